//! One line as a terminal shows it: tabs as spaces, what cannot be seen as a mark, a long line cut to a window around
//! what is pointed at.

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// Columns of a line that is shown whole; a longer one is cut.
const WHOLE: usize = 120;

/// Columns kept before what is pointed at, in a cut line.
const BEFORE: usize = 40;

/// Bytes looked at on each side, whatever the length of the line.
const REACH: usize = 600;

const TAB: usize = 4;

/// A shown line, and the columns of what is pointed at.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Shown {
    pub text: String,
    pub start: usize,
    pub width: usize,
}

/// Shows a line whose bytes from `start` to `end` are pointed at.
pub(super) fn show(line: &str, start: usize, end: usize) -> Shown {
    let (from, to) = reach(line, start, end);
    let cells = cells(&line[from..to], from);
    let column = |byte: usize| {
        cells
            .iter()
            .take_while(|cell| cell.end <= byte)
            .map(|cell| cell.width)
            .sum::<usize>()
    };
    let (first, last) = (column(start), column(end));
    let total: usize = cells.iter().map(|cell| cell.width).sum();
    if total <= WHOLE && from == 0 && to == line.len() {
        let text = cells.iter().map(|cell| cell.text.as_str()).collect();
        return Shown {
            text,
            start: first,
            width: last - first,
        };
    }
    window(&cells, from > 0, to < line.len(), first, last)
}

/// A stretch of the line around the place that is long enough for any window.
fn reach(line: &str, start: usize, end: usize) -> (usize, usize) {
    let boundary = |mut at: usize| {
        while !line.is_char_boundary(at) {
            at -= 1;
        }
        at
    };
    let end = end.min(start + REACH);
    (
        boundary(start.saturating_sub(REACH)),
        boundary((end + REACH).min(line.len())),
    )
}

/// One written character: what is printed for it, how wide that is, and where it ends in the line.
struct Cell {
    text: String,
    width: usize,
    end: usize,
}

fn cells(stretch: &str, from: usize) -> Vec<Cell> {
    let mut column = 0;
    stretch
        .grapheme_indices(true)
        .map(|(at, grapheme)| {
            let text = printed(grapheme, column);
            let width = text.width();
            column += width;
            Cell {
                text,
                width,
                end: from + at + grapheme.len(),
            }
        })
        .collect()
}

/// Tabs as spaces, control characters as their pictures, marks that would turn the line around as `�`.
fn printed(grapheme: &str, column: usize) -> String {
    match grapheme.chars().next() {
        Some('\t') => " ".repeat(TAB - column % TAB),
        Some('\u{feff}') => String::new(),
        Some(c @ '\0'..='\u{1f}') => char::from_u32(0x2400 + c as u32)
            .map(String::from)
            .unwrap_or_default(),
        Some(
            '\u{7f}'..='\u{9f}'
            | '\u{200b}'
            | '\u{200e}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{2069}',
        ) => "�".to_owned(),
        _ => grapheme.to_owned(),
    }
}

/// The cells around the place, with `…` where the line goes on.
fn window(cells: &[Cell], more_before: bool, more_after: bool, first: usize, last: usize) -> Shown {
    let left = first.saturating_sub(BEFORE);
    let right = left + WHOLE;
    let mut text = String::new();
    let (mut column, mut start, mut width) = (0, 0, 0);
    let (mut cut_before, mut cut_after) = (more_before, more_after);
    for cell in cells {
        match column {
            column if column < left => cut_before = true,
            column if column + cell.width > right => cut_after = true,
            column => {
                if column < first {
                    start += cell.width;
                } else if column < last {
                    width += cell.width;
                }
                text.push_str(&cell.text);
            }
        }
        column += cell.width;
    }
    if cut_before {
        text.insert(0, '…');
        start += 1;
    }
    if cut_after {
        text.push('…');
    }
    Shown { text, start, width }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_those_of_a_terminal() {
        for (line, place, start, width) in [
            ("CSTO covers Armenia", "Armenia", 12, 7),
            ("\tCSTO covers", "covers", 9, 6),
            ("阿塞拜疆 covers", "covers", 9, 6),
            ("Cote\u{301} covers", "covers", 5, 6),
            ("covers 阿塞", "阿塞", 7, 4),
            ("\u{feff}CSTO", "CSTO", 0, 4),
        ] {
            let at = line.find(place).unwrap_or_default();
            let shown = show(line, at, at + place.len());
            assert_eq!((shown.start, shown.width), (start, width), "{line}");
        }
    }

    #[test]
    fn a_long_line_is_cut_around_the_place() {
        let line = format!("{} here {}", "a".repeat(5_000), "b".repeat(5_000));
        let shown = show(&line, 5_001, 5_005);
        assert!(shown.text.starts_with('…') && shown.text.ends_with('…'));
        assert_eq!((shown.start, shown.width), (41, 4));
        assert_eq!(
            shown
                .text
                .chars()
                .skip(shown.start)
                .take(shown.width)
                .collect::<String>(),
            "here"
        );
    }
}
