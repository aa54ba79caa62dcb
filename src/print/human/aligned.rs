//! Rows of cells under each other.

use super::Role;
use std::io::{self, Write};
use unicode_width::UnicodeWidthStr;

/// A column is never made wider than this for the sake of one long cell.
const WIDEST: usize = 72;

#[derive(Clone, Debug, Default)]
pub struct Cell {
    pub text: String,
    pub role: Role,
    /// Stands at the right of its column.
    pub number: bool,
}

impl Cell {
    pub fn new(role: Role, text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            role,
            number: false,
        }
    }

    pub fn plain(text: impl Into<String>) -> Self {
        Self::new(Role::Plain, text)
    }

    pub fn number(text: impl Into<String>) -> Self {
        Self {
            number: true,
            ..Self::plain(text)
        }
    }

    fn width(&self) -> usize {
        self.text.width()
    }
}

/// Writes the rows, two spaces between columns and before the first, none at the end of a line.
pub fn write_rows(out: &mut dyn Write, rows: &[Vec<Cell>]) -> io::Result<()> {
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let widths: Vec<usize> = (0..columns).map(|column| width(rows, column)).collect();
    rows.iter().try_for_each(|row| write_row(out, row, &widths))
}

fn width(rows: &[Vec<Cell>], column: usize) -> usize {
    rows.iter()
        .filter_map(|row| row.get(column))
        .map(Cell::width)
        .max()
        .unwrap_or(0)
        .min(WIDEST)
}

fn write_row(out: &mut dyn Write, row: &[Cell], widths: &[usize]) -> io::Result<()> {
    let last = row.iter().rposition(|cell| !cell.text.is_empty());
    for (column, cell) in row.iter().enumerate().take(last.map_or(0, |last| last + 1)) {
        let padding = widths[column].saturating_sub(cell.width());
        let text = cell.role.paint(&cell.text);
        if cell.number {
            write!(out, "  {:padding$}{text}", "")?;
        } else if Some(column) == last {
            write!(out, "  {text}")?;
        } else {
            write!(out, "  {text}{:padding$}", "")?;
        }
    }
    writeln!(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_stand_under_each_other() {
        let rows = [
            vec![
                Cell::plain("Armenia"),
                Cell::number("5"),
                Cell::plain("presumably"),
            ],
            vec![
                Cell::plain("阿塞拜疆"),
                Cell::number("1000"),
                Cell::default(),
            ],
        ];
        let mut out = Vec::new();
        write_rows(&mut out, &rows).expect("memory takes all");
        let text = anstream::adapter::strip_bytes(&out).into_vec();
        assert_eq!(
            String::from_utf8_lossy(&text),
            "  Armenia      5  presumably\n  阿塞拜疆  1000\n"
        );
    }
}
