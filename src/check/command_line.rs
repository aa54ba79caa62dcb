//! What the command line says about every question: `--in`, `--as-of`, `--given`. A slip there is pointed at in a
//! source of its own, so that it is drawn like any other.

use super::Options;
use super::frames::Defaults;
use super::labels::Labels;
use crate::complaint::{Complaint, contexts as complaints, labels as label_complaints};
use crate::program::{Driver, DriverId, Program};
use crate::text::{Source, Sources, Span};

/// The defaults of frames.
pub(super) fn defaults(
    options: &Options,
    labels: &Labels,
    sources: &mut Sources,
    complaints: &mut Vec<Complaint>,
) -> Defaults {
    let scenario = options.scenario.as_ref().and_then(|label| {
        let known = labels.scenarios.get(label);
        if known.is_none() {
            let at = written(sources, "--in ", label);
            let near = labels.scenarios.nearest(label);
            complaints.push(label_complaints::unknown("scenario", label, at, near));
        }
        known
    });
    Defaults {
        scenario,
        as_of: options.as_of,
    }
}

/// Puts the given outcomes into every frame.
pub(super) fn given(
    options: &Options,
    program: &mut Program,
    sources: &mut Sources,
    complaints: &mut Vec<Complaint>,
) {
    let mut outcomes: Vec<(DriverId, usize)> = Vec::new();
    for (driver, outcome) in &options.given {
        match find(driver, outcome, &program.drivers, sources) {
            Ok((driver, outcome)) => match outcomes.iter().find(|(known, _)| *known == driver) {
                Some((_, other)) if *other != outcome => {
                    let label = &program.drivers[driver.0 as usize].label;
                    let at = written(sources, "--given ", label);
                    complaints.push(complaints::given_both(label, at));
                }
                Some(_) => {}
                None => outcomes.push((driver, outcome)),
            },
            Err(complaint) => complaints.push(complaint),
        }
    }
    let expectations = program
        .tests
        .iter_mut()
        .flat_map(|test| &mut test.expectations);
    let frames = expectations
        .map(|expectation| &mut expectation.frame)
        .chain(
            program
                .questions
                .iter_mut()
                .map(|question| &mut question.frame),
        );
    frames.for_each(|frame| frame.outcomes.clone_from(&outcomes));
}

fn find(
    driver: &str,
    outcome: &str,
    drivers: &[Driver],
    sources: &mut Sources,
) -> Result<(DriverId, usize), Complaint> {
    let Some(number) = drivers.iter().position(|known| known.label == driver) else {
        let at = written(sources, "--given ", driver);
        let known: Vec<&str> = drivers.iter().map(|known| known.label.as_str()).collect();
        return Err(label_complaints::unknown_driver(driver, &known, at));
    };
    let outcomes = &drivers[number].outcomes;
    let Some(place) = outcomes.iter().position(|known| known.label == outcome) else {
        let at = written(sources, &format!("--given {driver}="), outcome);
        let known: Vec<&str> = outcomes.iter().map(|known| known.label.as_str()).collect();
        return Err(label_complaints::unknown_outcome(
            driver, outcome, &known, at,
        ));
    };
    Ok((DriverId(number as u32), place))
}

/// A source for an argument, and where its value stands.
fn written(sources: &mut Sources, option: &str, value: &str) -> Span {
    let source = sources.add(Source::new("command line", format!("{option}{value}")));
    Span::new(source, option.len(), option.len() + value.len())
}
