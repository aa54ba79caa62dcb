//! `hence compare`: conclusions side by side, under each scenario or in each world.

use super::args::{CompareArguments, Format};
use super::exit::{Exit, Failure};
use super::options::evaluation;
use super::output::Output;
use super::run::print_counts;
use super::steps;
use crate::print::{human, json};
use crate::program::{DriverId, Program};
use crate::reading::CompareOptions;
use crate::say::Voice;
use crate::text::nearest;
use num_bigint::BigInt;

/// # Errors
/// When the input is wrong, a limit is met or the output cannot be written.
pub fn compare(arguments: CompareArguments, output: &mut Output) -> Result<Exit, Failure> {
    let for_people = arguments.output.format == Format::Human;
    let evaluation = evaluation(&arguments.evaluation, for_people)?;
    let prepared = steps::prepare(&arguments.inputs, &evaluation, &[])?;
    output.warn(&prepared.sources, &prepared.warnings)?;
    let hypotheses = arguments.hypotheses.as_deref();
    let options = CompareOptions {
        frame: prepared.frame.clone(),
        hypotheses: hypotheses
            .map(|label| driver(&prepared.program, label))
            .transpose()?,
    };
    let mut reader = steps::conclude(&prepared, &evaluation)?;
    if arguments.count {
        let counts = reader
            .compared_counts(&options)
            .map_err(|complaint| prepared.complain(complaint))?;
        let voice = Voice::new(&prepared.program, reader.terms());
        let named: Vec<(String, BigInt)> = counts
            .into_iter()
            .map(|(relation, number)| (voice.relation(relation), number))
            .collect();
        print_counts(&named, arguments.output.format, output)?;
        return Ok(Exit::Well);
    }
    let comparison = reader
        .compare(&options)
        .map_err(|complaint| prepared.complain(complaint))?;
    let voice = Voice::new(&prepared.program, reader.terms()).citing(&prepared.sources);
    match arguments.output.format {
        Format::Human => human::comparison(&mut *output.out, voice, &comparison)?,
        Format::Json => json::write(
            &mut *output.out,
            &json::CompareJson::new(voice, &comparison),
        )?,
    }
    Ok(Exit::Well)
}

fn driver(program: &Program, label: &str) -> Result<DriverId, Failure> {
    let labels = || program.drivers.iter().map(|driver| driver.label.as_str());
    if let Some(number) = labels().position(|known| known == label) {
        return Ok(DriverId(number as u32));
    }
    let near =
        nearest(label, labels()).map_or_else(String::new, |near| format!("; is `{near}` meant?"));
    Err(Failure::usage(format!(
        "`--hypotheses {label}`: no driver is called `{label}`{near}"
    )))
}
