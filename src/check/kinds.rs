//! Names that stand under two declared kinds.

use crate::complaint::{Complaint, relations as complaints};
use crate::program::Program;
use crate::say;
use crate::text::Span;
use crate::value::Term;
use rustc_hash::{FxHashMap, FxHashSet};
use smol_str::SmolStr;

/// Warns of each name once: `relation ?a:State …` and `relation ?b:Alliance …`, both with Armenia.
pub(super) fn kinds(program: &Program, complaints: &mut Vec<Complaint>) {
    let declared = |kinds: &[Option<SmolStr>]| kinds.iter().any(Option::is_some);
    if !program
        .relations
        .iter()
        .any(|relation| declared(&relation.kinds))
    {
        return;
    }
    let mut seen: FxHashMap<Term, (&SmolStr, Span)> = FxHashMap::default();
    let mut told: FxHashSet<Term> = FxHashSet::default();
    for fact in program.facts.iter() {
        let kinds = &program.relations[fact.relation.0 as usize].kinds;
        for (kind, &term) in kinds.iter().zip(fact.terms) {
            let Some(kind) = kind else { continue };
            let &mut (known, first) = seen.entry(term).or_insert((kind, fact.at));
            if known != kind && told.insert(term) {
                let name = say::term(&program.terms, term);
                complaints.push(complaints::two_kinds(&name, known, kind, fact.at, first));
            }
        }
    }
}
