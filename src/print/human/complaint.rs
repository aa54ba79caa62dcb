//! Complaints on standard error.

use super::Role;
use crate::complaint::{Complaint, Palette, draw_all, in_order};
use crate::text::Sources;
use std::io::{self, Write};

/// The complaints drawn with their places, in order, an empty line after each.
///
/// # Errors
/// When the output cannot be written.
pub fn complaints(out: &mut dyn Write, sources: &Sources, all: &[Complaint]) -> io::Result<()> {
    if all.is_empty() {
        return Ok(());
    }
    let ordered = in_order(all.to_vec());
    writeln!(out, "{}", draw_all(&ordered, sources, &Palette::COLOUR))
}

/// A complaint that no place accounts for.
///
/// # Errors
/// When the output cannot be written.
pub fn plain_complaint(
    out: &mut dyn Write,
    code: &str,
    title: &str,
    help: Option<&str>,
) -> io::Result<()> {
    writeln!(
        out,
        "{}: {title}",
        Role::Bad.paint(format_args!("error[{code}]"))
    )?;
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
    let text = format!(
        "{}, {}",
        counted(errors, "error"),
        counted(warnings, "warning")
    );
    writeln!(out, "{}", role.paint(text))
}

fn counted(number: usize, what: &str) -> String {
    let ending = if number == 1 { "" } else { "s" };
    format!("{number} {what}{ending}")
}
