//! A complaint with its lines and underlines. Comes in: a [`Complaint`] and the [`Sources`] that its spans speak of; goes out: text for
//! a terminal or a file. Columns are those of a terminal, so tabs, wide letters and accents keep the underline in place.

use super::line::{Shown, show};
use super::{Complaint, Label, Severity};
use crate::text::{SourceId, Sources, Span};
use anstyle::{AnsiColor, Style};
use std::fmt::Write;

/// The styles of a drawing. [`Palette::PLAIN`] writes no escape codes at all.
#[derive(Clone, Copy, Debug, Default)]
pub struct Palette {
    pub error: Style,
    pub warning: Style,
    pub title: Style,
    /// Line numbers, bars and arrows
    pub frame: Style,
    /// Underlines of second places
    pub second: Style,
    pub help: Style,
}

impl Palette {
    pub const PLAIN: Self = Self {
        error: Style::new(),
        warning: Style::new(),
        title: Style::new(),
        frame: Style::new(),
        second: Style::new(),
        help: Style::new(),
    };

    pub const COLOUR: Self = Self {
        error: AnsiColor::Red.on_default().bold(),
        warning: AnsiColor::Yellow.on_default().bold(),
        title: Style::new().bold(),
        frame: AnsiColor::Blue.on_default(),
        second: AnsiColor::Cyan.on_default(),
        help: AnsiColor::Green.on_default(),
    };
}

/// Draws a complaint without colours.
///
/// ```text
/// error[missing-full-stop]: a full stop is missing
///   --> case.hence:3:20
///    |
///  3 | CSTO covers Armenia
///    |                    ^ expected `.`
///    = help: Every statement ends with a full stop.
/// ```
pub fn draw(complaint: &Complaint, sources: &Sources) -> String {
    draw_in(complaint, sources, &Palette::PLAIN)
}

/// Draws a complaint in the styles of a palette.
pub fn draw_in(complaint: &Complaint, sources: &Sources, palette: &Palette) -> String {
    let labels = by_place(complaint, sources);
    let gutter = labels
        .iter()
        .map(|place| place.line.to_string().len())
        .max()
        .unwrap_or(1);
    let mut drawing = Drawing {
        out: String::new(),
        gutter,
        palette,
        severity: complaint.severity,
    };
    drawing.title(complaint);
    let mut before: Option<&Place> = None;
    for place in &labels {
        let named = if before.is_none() {
            complaint.span()
        } else {
            place.label.span
        };
        drawing.place(place, named, before, sources);
        before = Some(place);
    }
    drawing.remarks(complaint);
    drawing.out
}

/// A label with its line; `first` is the place of the complaint.
struct Place<'a> {
    first: bool,
    label: &'a Label,
    line: usize,
}

impl Place<'_> {
    fn source(&self) -> SourceId {
        self.label.span.source
    }
}

/// The labels as they are drawn: those in the complaint's own file first, by line.
fn by_place<'a>(complaint: &'a Complaint, sources: &Sources) -> Vec<Place<'a>> {
    let own = complaint.span().source;
    let mut places: Vec<Place> = complaint
        .labels
        .iter()
        .enumerate()
        .map(|(place, label)| Place {
            first: place == 0,
            label,
            line: sources.get(label.span.source).line_of(label.span.start),
        })
        .collect();
    places.sort_by_key(|place| {
        (
            place.source() != own,
            place.source(),
            place.line,
            !place.first,
            place.label.span.start,
        )
    });
    places
}

struct Drawing<'a> {
    out: String,
    /// Columns of the widest line number
    gutter: usize,
    palette: &'a Palette,
    severity: Severity,
}

impl Drawing<'_> {
    fn title(&mut self, complaint: &Complaint) {
        let (word, style) = match self.severity {
            Severity::Error => ("error", self.palette.error),
            Severity::Warning => ("warning", self.palette.warning),
        };
        let title = self.palette.title;
        let _ = writeln!(
            self.out,
            "{style}{word}[{}]{style:#}{title}: {}{title:#}",
            complaint.code, complaint.title
        );
    }

    /// A line with one underline; the line itself only once, and the file only where it changes, with the place that is named.
    fn place(&mut self, place: &Place, named: Span, before: Option<&Place>, sources: &Sources) {
        let frame = self.palette.frame;
        let space = " ".repeat(self.gutter);
        let same_file = before.filter(|before| before.source() == place.source());
        if same_file.is_none() {
            self.file(named, before.is_none(), sources);
        }
        let source = sources.get(place.source());
        if !source.has_text() {
            return;
        }
        let span = within_line(
            place.label.span,
            source.line_bounds(place.line),
            source.line(place.line).len(),
        );
        let shown = show(source.line(place.line), span.0, span.1);
        match same_file {
            Some(before) if before.line == place.line => {}
            _ => {
                if same_file.is_some_and(|before| before.line + 1 < place.line) {
                    let _ = writeln!(self.out, "{frame}{space} ⋮{frame:#}");
                }
                let number = place.line.to_string();
                let _ = writeln!(
                    self.out,
                    "{frame}{number:>width$} |{frame:#} {}",
                    shown.text,
                    width = self.gutter + 1
                );
            }
        }
        self.underline(place, &shown);
    }

    fn file(&mut self, named: Span, opening: bool, sources: &Sources) {
        let frame = self.palette.frame;
        let space = " ".repeat(self.gutter + 1);
        let source = sources.get(named.source);
        let position = source.position(named.start);
        let arrow = if opening { "-->" } else { ":::" };
        if !source.has_text() && named.is_empty() {
            // Nothing of it could be read.
            let _ = writeln!(self.out, "{frame}{space}{arrow}{frame:#} {}", source.name);
            return;
        }
        let _ = writeln!(
            self.out,
            "{frame}{space}{arrow}{frame:#} {}:{}:{}",
            source.name, position.line, position.column
        );
        if source.has_text() {
            let _ = writeln!(self.out, "{frame}{space} |{frame:#}");
        }
    }

    fn underline(&mut self, place: &Place, shown: &Shown) {
        let frame = self.palette.frame;
        let space = " ".repeat(self.gutter + 1);
        let (mark, style) = match (place.first, self.severity) {
            (true, Severity::Error) => ("^", self.palette.error),
            (true, Severity::Warning) => ("^", self.palette.warning),
            (false, _) => ("-", self.palette.second),
        };
        let indent = " ".repeat(shown.start);
        let marks = mark.repeat(shown.width.max(1));
        let text = &place.label.text;
        let gap = if text.is_empty() { "" } else { " " };
        let _ = writeln!(
            self.out,
            "{frame}{space} |{frame:#} {indent}{style}{marks}{gap}{text}{style:#}"
        );
    }

    fn remarks(&mut self, complaint: &Complaint) {
        let frame = self.palette.frame;
        let space = " ".repeat(self.gutter + 1);
        let notes = complaint.notes.iter().map(|note| ("note", note));
        let help = complaint.help.iter().map(|help| ("help", help));
        for (word, text) in notes.chain(help) {
            let style = if word == "help" {
                self.palette.help
            } else {
                self.palette.title
            };
            let _ = writeln!(
                self.out,
                "{frame}{space} ={frame:#} {style}{word}{style:#}: {text}"
            );
        }
    }
}

/// The bytes of a span inside its first line.
fn within_line(span: Span, line: (usize, usize), length: usize) -> (usize, usize) {
    let start = (span.start as usize).saturating_sub(line.0).min(length);
    let end = (span.end as usize).saturating_sub(line.0).min(length);
    (start, end.max(start))
}
