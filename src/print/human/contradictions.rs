//! Sentences that are certain together with their opposites: both proofs, and where they part.

use super::Role;
use super::outline::{Line, outline};
use crate::reading::Contradiction;
use crate::say::Voice;
use std::io::{self, Write};

/// Says of each sentence that it holds together with its opposite, and why either does.
///
/// # Errors
/// When the output cannot be written.
pub fn contradictions(
    out: &mut dyn Write,
    voice: Voice<'_>,
    found: &[Contradiction],
) -> io::Result<()> {
    for contradiction in found {
        let word = Role::Bad.paint("contradiction:");
        writeln!(out, "{word} {}", voice.contradiction(contradiction))?;
        both_proofs(voice, contradiction, 1)
            .iter()
            .try_for_each(|line| line.write(out))?;
        writeln!(out)?;
    }
    Ok(())
}

/// The proof of the sentence, that of its opposite, and what both rest on.
fn both_proofs(voice: Voice<'_>, contradiction: &Contradiction, indent: usize) -> Vec<Line> {
    let mut lines = Vec::new();
    for proof in &contradiction.proofs {
        lines.extend(outline(&voice.argument(proof), indent, false));
    }
    let shared = voice.shared(contradiction);
    if !shared.is_empty() {
        lines.push(Line::new(
            indent,
            false,
            format!("both rest on {}", shared.join("; ")),
        ));
    }
    lines
}
