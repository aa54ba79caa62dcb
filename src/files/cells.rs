//! Cells of a table → terms. Small whole numbers and plain names, which is nearly all there is, go straight to the table
//! of terms; the rest is read with care.

use crate::value::{Term, Terms, Value};

/// What a cell holds.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Cell<'a> {
    Empty,
    Term(Term),
    /// A name as it stands, still to be looked up: many at once are faster.
    Name(&'a str),
}

/// Reads a cell. White space around it does not count.
pub(super) fn read<'a>(cell: &'a [u8], terms: &mut Terms) -> Cell<'a> {
    if let Some(whole) = small_whole(cell) {
        return Cell::Term(whole);
    }
    // Cells are cut from a text, so they are texts.
    let text = str::from_utf8(cell).unwrap_or_default().trim();
    match text.as_bytes() {
        [] => Cell::Empty,
        [first, ..] if first.is_ascii_alphabetic() && text.is_ascii() => Cell::Name(text),
        _ => Cell::Term(terms.intern(Value::read_cell(text))),
    }
}

/// Up to nine digits.
fn small_whole(cell: &[u8]) -> Option<Term> {
    if cell.is_empty() || cell.len() > 9 {
        return None;
    }
    let mut whole = 0_i64;
    for &byte in cell {
        let digit = byte.wrapping_sub(b'0');
        if digit > 9 {
            return None;
        }
        whole = whole * 10 + i64::from(digit);
    }
    Term::small(whole)
}
