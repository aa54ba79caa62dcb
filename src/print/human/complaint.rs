//! Complaints on standard error.

use super::Role;
use crate::complaint::{Complaint, draw};
use crate::text::Sources;
use std::io::{self, Write};

/// Each complaint drawn with its place, an empty line after it.
///
/// # Errors
/// When the output cannot be written.
pub fn complaints<'a>(out: &mut dyn Write, sources: &Sources, all: impl IntoIterator<Item = &'a Complaint>) -> io::Result<()> {
    all.into_iter().try_for_each(|complaint| writeln!(out, "{}", draw::draw(complaint, sources)))
}

/// A complaint that no place accounts for.
///
/// # Errors
/// When the output cannot be written.
pub fn plain_complaint(out: &mut dyn Write, code: &str, title: &str, help: Option<&str>) -> io::Result<()> {
    writeln!(out, "{}: {title}", Role::Bad.paint(format_args!("error[{code}]")))?;
    help.map_or(Ok(()), |help| writeln!(out, "  help: {help}"))
}
