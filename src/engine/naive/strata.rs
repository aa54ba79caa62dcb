//! In which order the judge takes the relations.

use crate::core::{Core, CoreId, CoreLiteral};

/// Mutually recursive relations together, each set after those that it reads.
pub fn strata(core: &Core) -> Vec<Vec<usize>> {
    let count = core.relations.len();
    let mut reaches = vec![vec![false; count]; count];
    for rule in &core.rules {
        for CoreId(read) in rule.body.iter().filter_map(CoreLiteral::reads) {
            reaches[rule.head.relation.at()][read as usize] = true;
        }
    }
    for via in 0..count {
        for from in 0..count {
            for to in 0..count {
                reaches[from][to] |= reaches[from][via] && reaches[via][to];
            }
        }
    }
    let together = |a: usize, b: usize| a == b || reaches[a][b] && reaches[b][a];
    let mut sets: Vec<Vec<usize>> = Vec::new();
    for relation in 0..count {
        if !sets
            .iter()
            .flatten()
            .any(|&known| together(known, relation))
        {
            sets.push(
                (0..count)
                    .filter(|&other| together(other, relation))
                    .collect(),
            );
        }
    }
    sets.sort_by_key(|set| {
        (0..count)
            .filter(|read| reaches[set[0]][*read] && !set.contains(read))
            .count()
    });
    sets
}
