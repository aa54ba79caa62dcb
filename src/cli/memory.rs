//! How much memory the process takes: what the system has given it, whatever for. Where the system does not tell, there is no gauge,
//! and the engine counts its own tables.

use std::fs::{self, File};
use std::sync::OnceLock;

/// Set by whoever chose the allocator.
pub static GIVE_BACK: OnceLock<fn()> = OnceLock::new();

/// Returns to the system what has been freed, where the allocator is known.
pub fn give_back() {
    if let Some(give_back) = GIVE_BACK.get() {
        give_back();
    }
}

/// Asks the system, again and again, through one open file.
pub struct Gauge {
    statm: File,
    page: usize,
}

impl Gauge {
    pub fn new() -> Option<Self> {
        Some(Self {
            statm: File::open("/proc/self/statm").ok()?,
            page: page_size(&fs::read("/proc/self/auxv").ok()?)?,
        })
    }

    /// Bytes that are in memory now.
    #[cfg(unix)]
    pub fn taken(&self) -> Option<usize> {
        use std::os::unix::fs::FileExt;
        let mut line = [0; 128];
        let length = self.statm.read_at(&mut line, 0).ok()?;
        let line = str::from_utf8(&line[..length]).ok()?;
        let resident: usize = line.split(' ').nth(1)?.parse().ok()?;
        resident.checked_mul(self.page)
    }

    #[cfg(not(unix))]
    pub fn taken(&self) -> Option<usize> {
        None
    }
}

/// Finds the size of a page in what the kernel tells a new process: pairs of a kind and a value.
fn page_size(told: &[u8]) -> Option<usize> {
    const KIND: usize = 6;
    const WORD: usize = size_of::<usize>();
    let word = |bytes: &[u8]| bytes.try_into().map(usize::from_ne_bytes).ok();
    told.chunks_exact(2 * WORD)
        .find(|pair| word(&pair[..WORD]) == Some(KIND))
        .and_then(|pair| word(&pair[WORD..]))
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;

    #[test]
    fn what_is_filled_is_taken() {
        let gauge = Gauge::new().expect("the system tells");
        let before = gauge.taken().expect("it is read");
        let filled = vec![1_u8; 64 << 20];
        let after = gauge.taken().expect("it is read again");
        assert!(
            after > before + (32 << 20),
            "{before} {after} {}",
            filled.len()
        );
    }
}
