//! Complaints in the order of the text, and only as many as anybody reads.

use super::draw::{Palette, draw_in};
use super::{Complaint, Severity};
use crate::text::Sources;

/// How many complaints are drawn.
pub const MOST_DRAWN: usize = 50;

/// By file and place, errors before warnings; what is said twice of one place is said once.
pub fn in_order(mut complaints: Vec<Complaint>) -> Vec<Complaint> {
    let place = |complaint: &Complaint| {
        let span = complaint.span();
        (
            span.source,
            span.start,
            complaint.severity,
            span.end,
            complaint.code,
        )
    };
    complaints.sort_by_key(place);
    complaints.dedup();
    complaints
}

/// Draws the first [`MOST_DRAWN`], a line between them, and says how many more there are. Where
/// not all fit, warnings give way to errors.
pub fn draw_all(complaints: &[Complaint], sources: &Sources, palette: &Palette) -> String {
    let errors = complaints
        .iter()
        .filter(|complaint| complaint.is_error())
        .count();
    let mut errors_left = MOST_DRAWN;
    let mut warnings_left = MOST_DRAWN.saturating_sub(errors);
    let drawn = complaints.iter().filter(|complaint| {
        let left = match complaint.severity {
            Severity::Error => &mut errors_left,
            Severity::Warning => &mut warnings_left,
        };
        let drawn = *left > 0;
        *left -= usize::from(drawn);
        drawn
    });
    let mut out: Vec<String> = drawn
        .map(|complaint| draw_in(complaint, sources, palette))
        .collect();
    if out.len() < complaints.len() {
        out.push(format!(
            "… and {} more\n",
            counted(
                complaints.len() - out.len(),
                errors.saturating_sub(MOST_DRAWN)
            )
        ));
    }
    out.join("\n")
}

/// `19,950 errors`, `3 warnings`, `20 errors and 3 warnings`
fn counted(all: usize, errors: usize) -> String {
    let some =
        |count: usize, what: &str| format!("{count} {what}{}", if count == 1 { "" } else { "s" });
    match (errors, all - errors) {
        (errors, 0) => some(errors, "error"),
        (0, warnings) => some(warnings, "warning"),
        (errors, warnings) => format!(
            "{} and {}",
            some(errors, "error"),
            some(warnings, "warning")
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{Source, SourceId, Span};

    #[test]
    fn warnings_give_way_to_errors() {
        let mut sources = Sources::default();
        let id = sources.add(Source::new("case.hence", "A is on."));
        let at = Span::new(id, 0, 1);
        let warnings = (0..30).map(|_| Complaint::warning("w", "a warning", at));
        let all: Vec<Complaint> = warnings
            .chain((0..40).map(|_| Complaint::error("e", "an error", at)))
            .collect();
        let drawn = draw_all(&all, &sources, &Palette::PLAIN);
        assert_eq!(drawn.matches("error[e]").count(), 40);
        assert_eq!(drawn.matches("warning[w]").count(), 10);
        assert!(drawn.ends_with("… and 20 warnings more\n"), "{drawn}");
    }

    #[test]
    fn complaints_follow_the_text() {
        let at = |start| Span::new(SourceId(0), start, start + 1);
        let all = vec![
            Complaint::error("b", "b", at(5)),
            Complaint::warning("c", "c", at(2)),
            Complaint::error("a", "a", at(2)),
            Complaint::error("b", "b", at(5)),
        ];
        let codes: Vec<&str> = in_order(all)
            .iter()
            .map(|complaint| complaint.code)
            .collect();
        assert_eq!(codes, ["a", "c", "b"]);
    }
}
