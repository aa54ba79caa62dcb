//! The whole run: every stratum in turn, by the cheapest way that its rules allow.

use super::bounds::Bounds;
use super::calls::Calls;
use super::goal::TableId;
use super::limits::{Halt, Limits, Meter, Stopped};
use super::rounds::Rounds;
use super::store::{Store, Weighing};
use super::strata::{Stratum, strata};
use super::{alternating, best};
use crate::core::Core;
use crate::label::{Always, Diagram, Labels};
use crate::model::{Model, Table};
use crate::value::Terms;

/// Runs the core to its fixpoint.
///
/// # Errors
/// When a limit is met, the run is cancelled, or a value cannot be computed.
pub fn run(core: &Core, terms: Terms, limits: &Limits) -> Result<Model, Stopped> {
    let mut diagram: Diagram = core.diagram.clone();
    diagram.set_budget(limits.node_budget(diagram.budget()));
    diagram.set_deadline(limits.deadline);
    let Outcome {
        tables,
        upper,
        terms,
    } = run_with(core, terms, &mut diagram, limits, Weighing::default())?;
    diagram.set_deadline(None);
    Ok(Model {
        tables,
        upper,
        terms,
        diagram,
    })
}

/// A model without its labels' meaning.
pub struct Outcome {
    pub tables: Vec<Table>,
    pub upper: Vec<Option<Table>>,
    pub terms: Terms,
}

/// Runs over any labels. Strata that no context can touch are run without.
pub fn run_with<L: Labels>(
    core: &Core,
    terms: Terms,
    labels: &mut L,
    limits: &Limits,
    weighing: Weighing,
) -> Result<Outcome, Stopped> {
    let meter = Meter::new(limits, core.rules.len());
    let mut store = Store::new(core, terms, meter, weighing);
    let strata = strata(core);
    store.calls = Calls::new(core, &strata);
    let mut result = Ok(());
    for stratum in &strata {
        if store.calls.run(stratum) {
            continue;
        }
        result = run_stratum(&mut store, stratum, labels);
        if result.is_err() {
            break;
        }
    }
    match result {
        Ok(()) => {
            let upper = std::mem::take(&mut store.upper);
            let upper = upper
                .into_iter()
                .map(|table| Some(store.finish(table?)))
                .collect();
            let tables = (0..core.relations.len())
                .map(|relation| store.finish(relation))
                .collect();
            Ok(Outcome {
                tables,
                upper,
                terms: store.terms,
            })
        }
        Err(Halt::Limit(limit)) => Err(Stopped::Limit {
            limit,
            costliest: store.meter.costliest(),
        }),
        Err(Halt::Trouble {
            rule,
            bindings,
            trouble,
        }) => Err(Stopped::Trouble {
            rule,
            bindings,
            trouble,
            terms: Box::new(store.terms),
        }),
    }
}

/// Runs a stratum, without labels where no context can touch it.
pub fn run_stratum<L: Labels>(
    store: &mut Store,
    stratum: &Stratum,
    labels: &mut L,
) -> Result<(), Halt> {
    match stratum.labelled {
        true => run_with_labels(store, stratum, labels),
        false => run_with_labels(store, stratum, &mut Always),
    }
}

fn run_with_labels<L: Labels>(
    store: &mut Store,
    stratum: &Stratum,
    labels: &mut L,
) -> Result<(), Halt> {
    let bounds = Bounds::new(store, stratum, labels)?;
    if stratum
        .relations
        .iter()
        .any(|relation| store.core.relations[relation.at()].best.is_some())
    {
        return best::run(store, stratum, &bounds, labels);
    }
    for relation in &stratum.relations {
        let arity = store.core.relations[relation.at()].arity;
        store.clear(relation.at(), arity, stratum.labelled);
        store.load(relation.at(), relation.at(), None, labels)?;
    }
    if stratum.rules.is_empty() {
        return Ok(());
    }
    if bounds.are_two() {
        return alternating::run(store, stratum, &bounds, labels);
    }
    let growing: Vec<TableId> = stratum
        .relations
        .iter()
        .map(|relation| relation.at())
        .collect();
    for &table in &growing {
        store.relations[table].growing = stratum.recursive;
    }
    // A call may be made while what cannot be computed is passed over for now.
    let before = (store.lenient, store.passed_over);
    store.lenient |= stratum.wide;
    let mut rounds = Rounds::new(bounds.lower_clauses(store, stratum), &growing);
    rounds.first(store, labels)?;
    if stratum.recursive {
        rounds.rest(store, labels)?;
    }
    if stratum.wide {
        (store.lenient, store.passed_over) = before;
    }
    for &table in &growing {
        store.relations[table].growing = false;
    }
    Ok(())
}
