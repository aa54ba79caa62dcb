//! Random graphs, the same ones in every run.

pub type Pairs = Vec<(u32, u32)>;

/// A repeatable sequence of numbers (xorshift).
pub struct Random(pub u64);

impl Random {
    pub fn below(&mut self, end: u32) -> u32 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (((self.0 >> 32) * u64::from(end)) >> 32) as u32
    }
}

pub fn random_graph(nodes: u32, edges: usize, seed: u64) -> Pairs {
    let mut random = Random(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1);
    (0..edges)
        .map(|_| (random.below(nodes), random.below(nodes)))
        .collect()
}
pub fn weights(edges: &Pairs, end: u32) -> Vec<(u32, u32, u32)> {
    let mut random = Random(18);
    edges
        .iter()
        .map(|&(a, b)| (a, b, 1 + random.below(end)))
        .collect()
}
