//! Ground normal programs and their well-founded model, by the alternating fixpoint (Van Gelder 1993). Atoms are
//! whatever can be compared; nothing is clever here.

use std::collections::BTreeMap;

/// How an atom ends up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Truth {
    Holds,
    Fails,
    /// A loop leaves it open.
    Open,
}

/// The body of a rule: what must hold and what must fail, by atom number.
#[derive(Clone, Debug, Default)]
pub struct Conditions {
    pub hold: Vec<usize>,
    pub fail: Vec<usize>,
}

#[derive(Debug)]
pub struct Normal<A> {
    numbers: BTreeMap<A, usize>,
    rules: Vec<(usize, Conditions)>,
}

impl<A> Default for Normal<A> {
    fn default() -> Self {
        Self {
            numbers: BTreeMap::new(),
            rules: Vec::new(),
        }
    }
}

impl<A: Ord + Clone> Normal<A> {
    pub fn number(&mut self, atom: &A) -> usize {
        if let Some(&number) = self.numbers.get(atom) {
            return number;
        }
        let number = self.numbers.len();
        self.numbers.insert(atom.clone(), number);
        number
    }

    pub fn rule(&mut self, head: &A, body: Conditions) {
        let head = self.number(head);
        self.rules.push((head, body));
    }

    /// What follows when exactly the atoms assumed count as holding wherever one must fail.
    fn follows(&self, assumed: &[bool]) -> Vec<bool> {
        let mut holds = vec![false; self.numbers.len()];
        loop {
            let mut grown = false;
            for (head, body) in &self.rules {
                if !holds[*head]
                    && body.hold.iter().all(|&atom| holds[atom])
                    && body.fail.iter().all(|&atom| !assumed[atom])
                {
                    holds[*head] = true;
                    grown = true;
                }
            }
            if !grown {
                return holds;
            }
        }
    }

    pub fn well_founded(&self) -> BTreeMap<A, Truth> {
        let mut surely = vec![false; self.numbers.len()];
        loop {
            let perhaps = self.follows(&surely);
            let next = self.follows(&perhaps);
            if next == surely {
                let truth = |at: usize| match (surely[at], perhaps[at]) {
                    (true, _) => Truth::Holds,
                    (false, true) => Truth::Open,
                    (false, false) => Truth::Fails,
                };
                return self
                    .numbers
                    .iter()
                    .map(|(atom, &at)| (atom.clone(), truth(at)))
                    .collect();
            }
            surely = next;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn model(
        rules: &[(&'static str, &[&'static str], &[&'static str])],
    ) -> BTreeMap<&'static str, Truth> {
        let mut normal = Normal::default();
        for (head, hold, fail) in rules {
            let hold = hold.iter().map(|atom| normal.number(atom)).collect();
            let fail = fail.iter().map(|atom| normal.number(atom)).collect();
            normal.rule(head, Conditions { hold, fail });
        }
        normal.well_founded()
    }

    #[test]
    fn an_even_loop_is_open_and_an_odd_one_too() {
        let model = model(&[
            ("a", &[], &["b"]),
            ("b", &[], &["a"]),
            ("c", &[], &["c"]),
            ("d", &[], &["e"]),
        ]);
        assert_eq!(model["a"], Truth::Open);
        assert_eq!(model["c"], Truth::Open);
        assert_eq!(model["d"], Truth::Holds);
        assert_eq!(model["e"], Truth::Fails);
    }

    #[test]
    fn nothing_holds_itself_up() {
        let model = model(&[("a", &["b"], &[]), ("b", &["a"], &[]), ("c", &[], &["a"])]);
        assert_eq!(model["a"], Truth::Fails);
        assert_eq!(model["c"], Truth::Holds);
    }
}
