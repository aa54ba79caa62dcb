//! Complaints on standard error.

use super::Role;
use crate::complaint::draw::{self, Palette};
use crate::complaint::Complaint;
use crate::text::Sources;
use std::io::{self, Write};

/// Each complaint drawn with its place, an empty line after it.
///
/// # Errors
/// When the output cannot be written.
pub fn complaints<'a>(out: &mut dyn Write, sources: &Sources, all: impl IntoIterator<Item = &'a Complaint>) -> io::Result<()> {
    all.into_iter().try_for_each(|complaint| writeln!(out, "{}", draw::draw_in(complaint, sources, &Palette::COLOUR)))
}

/// A complaint that no place accounts for.
///
/// # Errors
/// When the output cannot be written.
pub fn plain_complaint(out: &mut dyn Write, code: &str, title: &str, help: Option<&str>) -> io::Result<()> {
    writeln!(out, "{}: {title}", Role::Bad.paint(format_args!("error[{code}]")))?;
    help.map_or(Ok(()), |help| writeln!(out, "  help: {help}"))
}

/// `2 errors, 1 warning`, or that all is well.
///
/// # Errors
/// When the output cannot be written.
pub fn check_summary(out: &mut dyn Write, all: &[Complaint]) -> io::Result<()> {
    let errors = all.iter().filter(|complaint| complaint.is_error()).count();
    let warnings = all.len() - errors;
    let role = match (errors, warnings) {
        (0, 0) => Role::Good,
        (0, _) => Role::Doubtful,
        _ => Role::Bad,
    };
    let text = format!("{}, {}", counted(errors, "error"), counted(warnings, "warning"));
    writeln!(out, "{}", role.paint(text))
}

fn counted(number: usize, what: &str) -> String {
    let ending = if number == 1 { "" } else { "s" };
    format!("{number} {what}{ending}")
}
