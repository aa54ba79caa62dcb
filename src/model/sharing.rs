//! Where a pair stands in its table, by the terms that it shares with pairs looked for before: one reading of the table finds all of
//! those, and a proof mostly goes on from a pair to another that has a term in common with it.

use super::lookup::SCANS;
use super::table::{RowId, Table};
use crate::value::Term;

/// The pairs of a table that have the terms of pairs looked for.
#[derive(Debug, Default)]
pub(super) struct ByTerm {
    scans: usize,
    lists: Vec<Sharing>,
}

/// All pairs with one term in one column: the other terms in order, with their rows.
#[derive(Debug)]
struct Sharing {
    column: usize,
    term: Term,
    others: Vec<(Term, u32)>,
}

/// Pairs read at once when looking for some.
const BLOCK: usize = 32;

impl ByTerm {
    /// The number of a pair, or that there is none; `None` where the table has been read often enough.
    pub fn find(&mut self, table: &Table, pair: [Term; 2]) -> Option<Option<RowId>> {
        let of_one = |list: &&Sharing| pair[list.column] == list.term;
        if let Some(list) = self.lists.iter().find(of_one) {
            return Some(list.find(pair[1 - list.column]));
        }
        if self.scans == SCANS {
            return None;
        }
        self.scans += 1;
        let mut lists = [0, 1].map(|column| Sharing {
            column,
            term: pair[column],
            others: Vec::new(),
        });
        let is_near = |row: &[Term]| (row[0] == pair[0]) | (row[1] == pair[1]);
        // What most pairs share is no way to find one.
        let most = table.len() / BLOCK + BLOCK;
        let mut found = None;
        for (block, rows) in table.terms.chunks(2 * BLOCK).enumerate() {
            let near = rows
                .chunks_exact(2)
                .fold(false, |any, row| any | is_near(row));
            if !near {
                continue;
            }
            for (number, row) in (block * BLOCK..).zip(rows.chunks_exact(2)) {
                let number = number as u32;
                if row == pair {
                    found = Some(RowId(number));
                }
                for list in &mut lists {
                    if row[list.column] == list.term && list.others.len() <= most {
                        list.others.push((row[1 - list.column], number));
                    }
                }
            }
        }
        for mut list in lists {
            if list.others.len() <= most {
                list.others.sort_unstable();
                self.lists.push(list);
            }
        }
        Some(found)
    }
}

impl Sharing {
    fn find(&self, other: Term) -> Option<RowId> {
        let place = self.others.binary_search_by_key(&other, |entry| entry.0);
        place.ok().map(|place| RowId(self.others[place].1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_pairs_by_what_they_share_with_earlier_ones() {
        // 0 goes with everything, the others with few.
        let mut table = Table::new(2, false);
        let pairs: Vec<[Term; 2]> = (0..900)
            .map(|n| if n % 2 == 0 { [0, n] } else { [n % 30, n / 30] })
            .map(|pair| pair.map(Term))
            .collect();
        for pair in &pairs {
            table.terms.extend(pair);
            table.len += 1;
        }
        let row = |pair: [Term; 2]| pairs.iter().position(|known| *known == pair);
        let row = |pair| row(pair).map(|row| RowId(row as u32));
        let mut by_term = ByTerm::default();
        let asked = [
            (7, 3),
            (7, 5),
            (11, 3),
            (7, 900),
            (0, 600),
            (0, 601),
            (2, 600),
            (11, 4),
            (13, 9),
        ];
        let mut unread = Vec::new();
        for (a, b) in asked {
            let pair = [Term(a), Term(b)];
            match by_term.find(&table, pair) {
                Some(found) => assert_eq!(found, row(pair), "{a}, {b}"),
                None => unread.push((a, b)),
            }
        }
        assert_eq!(
            unread,
            [(13, 9)],
            "all others share a term with one of four"
        );
        let lists = by_term.lists.iter().map(|list| (list.column, list.term.0));
        assert!(
            !lists.collect::<Vec<_>>().contains(&(0, 0)),
            "kept half of the table"
        );
    }
}
