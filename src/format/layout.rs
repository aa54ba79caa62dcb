//! Pieces → lines. What fits one line stands in one; a longer statement breaks before its verb, exceptions, suffixes and notes,
//! then between sentences, and only then anywhere.

use super::hints::{Break, Hints};
use super::spelling::Piece;
use crate::syntax::{Keyword, Kind};
use unicode_width::UnicodeWidthStr;

/// Columns of a line.
pub(super) const WIDTH: usize = 100;

/// Further in than the line before
const STEP: usize = 2;

/// Comments that stand before a piece, inside a statement.
#[derive(Debug, Default)]
pub(super) struct Remarks<'a> {
    /// On the line of the piece before
    pub trailing: Option<&'a str>,
    /// On lines of their own
    pub above: Vec<&'a str>,
}

impl Remarks<'_> {
    fn is_empty(&self) -> bool {
        self.trailing.is_none() && self.above.is_empty()
    }
}

/// Lays one statement or item out. `remarks` has as many entries as `pieces`.
pub(super) fn lay_out(
    out: &mut String,
    pieces: &[Piece],
    remarks: &[Remarks],
    hints: &Hints,
    indent: usize,
) {
    let mut page = Page {
        out,
        indent,
        column: 0,
        is_fresh: true,
    };
    page.open_line(indent);
    if remarks.iter().all(Remarks::is_empty) && indent + width(pieces) <= WIDTH {
        pieces.iter().for_each(|piece| page.push(piece));
    } else {
        let mut start = 0;
        for section in sections(pieces, hints) {
            let stretch = start..section.end;
            page.section(&section, &pieces[stretch.clone()], &remarks[stretch], hints);
            start = section.end;
        }
    }
    page.out.push('\n');
}

/// A stretch of a long statement that begins a line; both insets count from the statement's indentation.
struct Section {
    end: usize,
    inset: usize,
    /// Where a line begins with `and`
    joints: usize,
}

/// The header of a rule with a gloss, the condition or whatever comes first, then every exception, verb and suffix. The `and` of
/// a condition stands under it, that of the others further in.
fn sections(pieces: &[Piece], hints: &Hints) -> Vec<Section> {
    let begins = |piece: &Piece| hints.breaks.get(&piece.token.start) == Some(&Break::Section);
    let later = (1..pieces.len())
        .filter(|&at| begins(&pieces[at]))
        .chain([pieces.len()]);
    let header = header(pieces);
    let mut sections: Vec<Section> = header
        .map(|end| Section {
            end,
            inset: 0,
            joints: STEP,
        })
        .into_iter()
        .collect();
    let inset = if header.is_some() { STEP } else { 0 };
    for (place, end) in later
        .filter(|&end| header.is_none_or(|header| end > header))
        .enumerate()
    {
        sections.push(match place {
            0 => Section {
                end,
                inset,
                joints: STEP,
            },
            _ => Section {
                end,
                inset: STEP,
                joints: 2 * STEP,
            },
        });
    }
    sections
}

/// Behind the colon of a rule's header, where the header has a gloss.
fn header(pieces: &[Piece]) -> Option<usize> {
    let opens = pieces.first()?.token.kind == Kind::Word(Keyword::Rule);
    let colon = pieces
        .iter()
        .take(4)
        .position(|piece| piece.token.kind == Kind::Colon)?;
    let has_gloss = pieces[..colon]
        .iter()
        .any(|piece| piece.token.kind == Kind::Quoted);
    (opens && has_gloss).then_some(colon + 1)
}

/// Columns of pieces in one line.
fn width(pieces: &[Piece]) -> usize {
    let spaces = pieces.iter().skip(1).filter(|piece| piece.spaced).count();
    spaces + pieces.iter().map(|piece| piece.text.width()).sum::<usize>()
}

struct Page<'a> {
    out: &'a mut String,
    /// Of the statement
    indent: usize,
    /// Where the line ends so far
    column: usize,
    /// Whether the line has only its indentation.
    is_fresh: bool,
}

impl Page<'_> {
    /// Prints a section on a line of its own, or on several.
    fn section(&mut self, section: &Section, pieces: &[Piece], remarks: &[Remarks], hints: &Hints) {
        let indent = self.indent + section.inset;
        self.remarks(&remarks[0], indent);
        self.open_line(indent);
        let mut start = 0;
        for end in part_ends(pieces, hints) {
            if start > 0 {
                let joint = self.indent + section.joints;
                self.remarks(&remarks[start], joint);
                if !self.fits(width(&pieces[start..end])) {
                    self.open_line(joint);
                }
            }
            self.part(&pieces[start..end], &remarks[start..end], indent + STEP);
            start = end;
        }
    }

    /// Prints a sentence with the `and` before it, where it stands; what does not fit goes on in new lines.
    fn part(&mut self, pieces: &[Piece], remarks: &[Remarks], indent: usize) {
        let fits = self.fits(width(pieces));
        for (at, piece) in pieces.iter().enumerate() {
            if at > 0 {
                self.remarks(&remarks[at], indent);
                let may_break = piece.spaced && !self.is_fresh && !opens(piece);
                if !fits && may_break && !self.fits(reach(&pieces[at..])) {
                    self.open_line(indent);
                }
            }
            self.push(piece);
        }
    }

    fn fits(&self, width: usize) -> bool {
        self.column + usize::from(!self.is_fresh) + width <= WIDTH
    }

    /// Comments end their lines.
    fn remarks(&mut self, remarks: &Remarks, indent: usize) {
        if let Some(comment) = remarks.trailing {
            self.out.push_str("  ");
            self.comment(comment);
        }
        for comment in &remarks.above {
            self.open_line(indent);
            self.comment(comment);
        }
        if !remarks.is_empty() {
            self.open_line(indent);
        }
    }

    fn comment(&mut self, comment: &str) {
        self.out.push_str(comment);
        self.is_fresh = false;
    }

    /// A new line, unless this one is still fresh.
    fn open_line(&mut self, indent: usize) {
        if self.is_fresh {
            self.out.truncate(self.out.len() - self.column);
        } else {
            self.out.push('\n');
        }
        self.out.extend(std::iter::repeat_n(' ', indent));
        self.column = indent;
        self.is_fresh = true;
    }

    fn push(&mut self, piece: &Piece) {
        if piece.spaced && !self.is_fresh {
            self.out.push(' ');
            self.column += 1;
        }
        self.out.push_str(&piece.text);
        self.column += piece.text.width();
        self.is_fresh = false;
    }
}

/// Where the sentences of a section end.
fn part_ends(pieces: &[Piece], hints: &Hints) -> Vec<usize> {
    let joint = |piece: &Piece| hints.breaks.get(&piece.token.start) == Some(&Break::Joint);
    (1..pieces.len())
        .filter(|&at| joint(&pieces[at]))
        .chain([pieces.len()])
        .collect()
}

/// Columns of a piece with all that must stay beside it: what touches it, and behind `and` the next one.
fn reach(pieces: &[Piece]) -> usize {
    let and = usize::from(pieces[0].text == "and" && pieces.len() > 1);
    let touching = pieces[1 + and..]
        .iter()
        .take_while(|piece| !piece.spaced)
        .count();
    width(&pieces[..=and + touching])
}

/// Whether a line that begins so would be read as a new item: `expect`, `suppose`.
fn opens(piece: &Piece) -> bool {
    matches!(piece.token.kind, Kind::Word(keyword) if keyword.is_opener())
}
