//! `hence explain CODE`: what a complaint is about, with an example and what is said of it.

use super::args::ExplainArguments;
use super::exit::{Exit, Failure};
use super::output::Output;
use crate::check;
use crate::complaint::explain::{Explained, codes, explained};
use crate::files::{self, Input, Policy};
use crate::print::human::{self, Role};
use crate::text::nearest;
use std::io::Write;

/// # Errors
/// When there is no such code, or the output cannot be written.
pub fn explain(arguments: &ExplainArguments, output: &mut Output) -> Result<Exit, Failure> {
    let Some(code) = &arguments.code else {
        for code in codes() {
            writeln!(output.out, "{code}")?;
        }
        return Ok(Exit::Well);
    };
    let Some(found) = explained(code) else {
        let near = nearest(code, codes()).map_or_else(
            || "; `hence explain` lists them".to_owned(),
            |near| format!("; did you mean `{near}`?"),
        );
        return Err(Failure::usage(format!(
            "no complaint is called `{code}`{near}"
        )));
    };
    tell(found, &mut *output.out)?;
    Ok(Exit::Well)
}

fn tell(found: &Explained, out: &mut dyn Write) -> std::io::Result<()> {
    writeln!(
        out,
        "{}\n\n{}",
        Role::Heading.paint(found.code),
        found.about
    )?;
    if found.example.is_empty() {
        return Ok(());
    }
    writeln!(out, "\nFor example:\n")?;
    for line in found.example.trim_end().lines() {
        writeln!(out, "    {line}")?;
    }
    let input = Input::Text {
        name: "example.hence".into(),
        text: found.example.into(),
    };
    let mut case = files::read(&[input], &Policy::default());
    let (_, complaints) = check::check(&mut case, &check::Options::default());
    let mut complaints = [case.complaints, complaints].concat();
    complaints.retain(|complaint| complaint.code == found.code);
    if !complaints.is_empty() {
        writeln!(out)?;
        human::complaints(out, &case.sources, &complaints)?;
    }
    Ok(())
}
