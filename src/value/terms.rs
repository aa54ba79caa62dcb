//! Every value by a small number: equal values have equal numbers, and the engine sees nothing else.

use super::slots::Slots;
use super::{Comparison, Number, Operation, Quantity, Trouble, Value, compare, compute};
use num_integer::Integer;
use rustc_hash::FxBuildHasher;
use smol_str::SmolStr;
use std::cmp::Ordering;
use std::collections::BTreeSet;
use std::hash::BuildHasher;

/// A value by number. Small whole numbers are their own number (the top bit tells), so rows of
/// them cost no look-up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Term(pub u32);

const WHOLE: u32 = 1 << 31;
const WHOLE_OFFSET: i64 = 1 << 30;

impl Term {
    /// The term of a whole number from -2³⁰ to 2³⁰ - 1.
    pub fn small(whole: i64) -> Option<Self> {
        let shifted = whole.checked_add(WHOLE_OFFSET)?;
        (0..1 << 31)
            .contains(&shifted)
            .then_some(Self(WHOLE | shifted as u32))
    }

    /// The whole number that this term is, where it is a small one.
    pub fn as_small(self) -> Option<i64> {
        (self.0 & WHOLE != 0).then(|| i64::from(self.0 & !WHOLE) - WHOLE_OFFSET)
    }
}

/// All values of a program, each once. A quantity keeps the spelling it first came with, a number whether it was a percentage.
#[derive(Clone, Debug, Default)]
pub struct Terms {
    values: Vec<Value>,
    table: Slots,
    /// Numbers that came as percentages.
    shares: BTreeSet<Term>,
    /// Whether people will read them: what was computed is then said as `9,999,999 EUR`, not `9999999 EUR`.
    for_people: bool,
}

impl Terms {
    /// The number of a value, the same for equal ones. A quantity of which no unit is left is a plain number.
    pub fn intern(&mut self, value: Value) -> Term {
        let value = match value {
            Value::Quantity(quantity) => Value::from(quantity),
            value => value,
        };
        if let Value::Number(number) = &value
            && let Some(small) = number.as_i64().and_then(Term::small)
        {
            return small;
        }
        let hash = FxBuildHasher.hash_one(&value);
        match self
            .table
            .find(hash, |id| self.values[id as usize] == value)
        {
            Some(id) => Term(id),
            None => self.insert(hash, value),
        }
    }

    /// The number of a percentage: `30%` is 0.3. Whole numbers are said as numbers all the same.
    pub fn share(&mut self, share: &Number) -> Term {
        let value = Value::Number(share.clone());
        let is_new = self.find(&value).is_none();
        let term = self.intern(value);
        if is_new && term.as_small().is_none() {
            self.shares.insert(term);
        }
        term
    }

    /// Whether a number first came as a percentage.
    pub fn is_share(&self, term: Term) -> bool {
        self.shares.contains(&term)
    }

    /// Lets quantities that nobody wrote be said with separators.
    pub fn be_read_by_people(&mut self) {
        self.for_people = true;
    }

    pub fn are_for_people(&self) -> bool {
        self.for_people
    }

    /// The number of a name as it stands: NFC, straight quotes (see [`name_text`](super::name_text)).
    pub fn name(&mut self, name: &str) -> Term {
        self.hashed_name(name_hash(name), name)
    }

    /// The numbers of many names. In a large table each look-up waits for memory; here many wait at once, so
    /// that it takes a fraction of the time.
    pub fn names(&mut self, names: &[&str], mut found: impl FnMut(usize, Term)) {
        const AT_ONCE: usize = 64;
        let mut hashes = [0; AT_ONCE];
        let mut slots = [Slots::EMPTY; AT_ONCE];
        let mut terms = [None; AT_ONCE];
        for (chunk, names) in names.chunks(AT_ONCE).enumerate() {
            for (hash, name) in hashes.iter_mut().zip(names) {
                *hash = name_hash(name);
            }
            for (slot, &hash) in slots.iter_mut().zip(&hashes[..names.len()]) {
                *slot = self.table.first(hash);
            }
            for (at, name) in names.iter().enumerate() {
                let likely = slots[at].id_for(hashes[at]);
                terms[at] = likely.filter(|&id| self.is_name(id, name)).map(Term);
            }
            for (at, name) in names.iter().enumerate() {
                let term = terms[at].unwrap_or_else(|| self.hashed_name(hashes[at], name));
                found(chunk * AT_ONCE + at, term);
            }
        }
    }

    fn hashed_name(&mut self, hash: u64, name: &str) -> Term {
        match self.table.find(hash, |id| self.is_name(id, name)) {
            Some(id) => Term(id),
            None => self.insert(hash, Value::Name(SmolStr::new(name))),
        }
    }

    fn is_name(&self, id: u32, name: &str) -> bool {
        matches!(&self.values[id as usize], Value::Name(known) if known == name)
    }

    pub fn whole(&mut self, whole: i64) -> Term {
        Term::small(whole).unwrap_or_else(|| self.intern(Value::Number(Number::from(whole))))
    }

    fn insert(&mut self, hash: u64, value: Value) -> Term {
        let id = self.values.len() as u32;
        assert!(
            id < WHOLE,
            "fewer than two thousand million different terms"
        );
        self.values.push(value);
        self.table.insert(hash, id);
        Term(id)
    }

    /// The value of a term of this table.
    pub fn get(&self, term: Term) -> Value {
        match term.as_small() {
            Some(whole) => Value::Number(Number::from(whole)),
            None => self.values[term.0 as usize].clone(),
        }
    }

    /// The term of a value, if the program has it.
    pub fn find(&self, value: &Value) -> Option<Term> {
        if let Value::Number(number) = value
            && let Some(small) = number.as_i64().and_then(Term::small)
        {
            return Some(small);
        }
        let hash = FxBuildHasher.hash_one(value);
        self.table
            .find(hash, |id| self.values[id as usize] == *value)
            .map(Term)
    }

    pub fn as_quantity(&self, term: Term) -> Option<&Quantity> {
        match self.values.get(term.0 as usize) {
            Some(Value::Quantity(quantity)) => Some(quantity),
            _ => None,
        }
    }

    /// One step of arithmetic. Small whole numbers, which is nearly all there ever is, make no [`Value`].
    pub fn compute(
        &mut self,
        left: Term,
        operation: Operation,
        right: Term,
    ) -> Result<Term, Trouble> {
        if let (Some(a), Some(b)) = (left.as_small(), right.as_small())
            && let Some(whole) = compute_small(a, operation, b)
        {
            return Ok(self.whole(whole));
        }
        compute(&self.get(left), operation, &self.get(right)).map(|value| self.intern(value))
    }

    /// Whether a comparison holds. Equal terms are equal values, and small whole numbers make no [`Value`].
    pub fn compare(
        &self,
        left: Term,
        comparison: Comparison,
        right: Term,
    ) -> Result<bool, Trouble> {
        if let (Some(a), Some(b)) = (left.as_small(), right.as_small()) {
            return Ok(comparison.holds(a.cmp(&b)));
        }
        match comparison {
            Comparison::Equal if left == right => Ok(true),
            Comparison::NotEqual if left == right => Ok(false),
            _ => compare(&self.get(left), comparison, &self.get(right)),
        }
    }

    /// The order of rows: numbers, quantities, dates, names.
    pub fn order(&self, left: Term, right: Term) -> Ordering {
        if left == right {
            return Ordering::Equal;
        }
        match (left.as_small(), right.as_small()) {
            (Some(a), Some(b)) => a.cmp(&b),
            (None, None) => self.values[left.0 as usize].cmp(&self.values[right.0 as usize]),
            (Some(_), None) => self.get(left).cmp(&self.values[right.0 as usize]),
            (None, Some(_)) => self.values[left.0 as usize].cmp(&self.get(right)),
        }
    }

    /// `base ^ exponent`
    ///
    /// # Errors
    /// As for [`power`](super::power).
    pub fn power(&mut self, base: Term, exponent: i64) -> Result<Term, Trouble> {
        let value = super::power(&self.get(base), exponent)?;
        Ok(self.intern(value))
    }

    /// A value near another that compares with it so, as [`next`](super::next) says.
    pub fn next(&mut self, comparison: Comparison, other: Term) -> Option<Term> {
        let value = super::next(comparison, &self.get(other))?;
        Some(self.intern(value))
    }

    pub fn len(&self) -> usize {
        self.values.len()
    }

    pub fn is_empty(&self) -> bool {
        self.values.is_empty()
    }
}

/// Two numbers of 31 bits cannot overflow here. `None` where the result is a fraction or a trouble.
fn compute_small(a: i64, operation: Operation, b: i64) -> Option<i64> {
    match operation {
        Operation::Add => Some(a + b),
        Operation::Subtract => Some(a - b),
        Operation::Multiply => Some(a * b),
        Operation::Divide => (b != 0 && a % b == 0).then(|| a / b),
        Operation::Remainder => (b != 0).then(|| a.mod_floor(&b)),
    }
}

/// The hash of a name without making a [`Value`] of it first.
fn name_hash(name: &str) -> u64 {
    FxBuildHasher.hash_one(NameRef(name))
}

struct NameRef<'a>(&'a str);

impl std::hash::Hash for NameRef<'_> {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        std::mem::discriminant(&Value::Name(SmolStr::default())).hash(state);
        self.0.hash(state);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_has_one_term_however_it_comes() {
        let mut terms = Terms::default();
        let armenia = terms.name("Armenia");
        assert_eq!(terms.intern(Value::Name("Armenia".into())), armenia);
        assert_eq!(terms.find(&Value::Name("Armenia".into())), Some(armenia));
    }

    #[test]
    fn small_whole_numbers_are_their_own_terms() {
        for whole in [-(1 << 30), -1, 0, 7, (1 << 30) - 1] {
            assert_eq!(Term::small(whole).and_then(Term::as_small), Some(whole));
        }
        assert_eq!(Term::small(1 << 30), None);
    }
}
