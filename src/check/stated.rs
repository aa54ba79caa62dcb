//! What meets stated facts: dropped sentences, which must be stated, and outcomes, which should not be.

use crate::complaint::{Complaint, contexts as complaints};
use crate::program::{
    Argument, Driver, FactRef, Ground, Program, Rule, ScenarioId, Standing, Supposition, Verb,
};
use crate::say;
use crate::text::{Span, nearest};
use rustc_hash::{FxHashMap, FxHashSet};

/// Every `drop` must drop something that is stated.
pub(super) fn drops(program: &Program, complaints: &mut Vec<Complaint>) {
    let dropped: Vec<(ScenarioId, &Supposition)> = program
        .scenarios
        .iter()
        .enumerate()
        .flat_map(|(id, scenario)| {
            let dropped = scenario.suppositions.iter().filter(|item| item.drop);
            dropped.map(move |item| (ScenarioId(id as u32), item))
        })
        .collect();
    let wanted: FxHashSet<&Ground> = dropped.iter().map(|(_, item)| &item.literal).collect();
    let mut stated: FxHashSet<Ground> = FxHashSet::default();
    each_fact_of(program, &wanted, |_, ground| {
        stated.insert(ground.clone());
    });
    for (scenario, item) in dropped {
        let literal = &item.literal;
        if stated.contains(literal) || inherits(program, scenario, literal) {
            continue;
        }
        let said = sentence(program, literal);
        let rules: Vec<(String, Span)> = concluding(program, literal).collect();
        let outcome = program.drivers.iter().find_map(|driver| {
            let states = |outcome: &&crate::program::Outcome| outcome.states.contains(literal);
            driver
                .outcomes
                .iter()
                .find(states)
                .map(|outcome| (driver, outcome))
        });
        complaints.push(if !rules.is_empty() {
            complaints::drops_conclusion(&said, &rules, item.at)
        } else if let Some((driver, outcome)) = outcome {
            complaints::drops_outcome(&said, &driver.label, item.at, outcome.at)
        } else {
            let near = near_fact(program, literal, &said);
            complaints::drops_nothing(&said, item.at, near.as_deref())
        });
    }
}

/// Calls for each fact that is one of some sentences.
fn each_fact_of<'p>(
    program: &'p Program,
    wanted: &FxHashSet<&Ground>,
    mut visit: impl FnMut(FactRef<'p>, &Ground),
) {
    if wanted.is_empty() {
        return;
    }
    let mut touched = vec![false; program.relations.len()];
    for ground in wanted {
        touched[ground.relation.0 as usize] = true;
    }
    let mut ground = Ground {
        relation: crate::program::RelationId(0),
        negative: false,
        terms: Vec::new(),
    };
    for fact in program
        .facts
        .iter()
        .filter(|fact| touched[fact.relation.0 as usize])
    {
        ground.relation = fact.relation;
        ground.negative = fact.negative;
        ground.terms.clear();
        ground.terms.extend_from_slice(fact.terms);
        if wanted.contains(&ground) {
            visit(fact, &ground);
        }
    }
}

/// Whether a scenario that this one extends supposes the sentence.
fn inherits(program: &Program, scenario: ScenarioId, literal: &Ground) -> bool {
    let mut next = program.scenarios[scenario.0 as usize].extends;
    while let Some(id) = next {
        let scenario = &program.scenarios[id.0 as usize];
        if scenario
            .suppositions
            .iter()
            .any(|item| !item.drop && item.literal == *literal)
        {
            return true;
        }
        next = scenario.extends;
    }
    false
}

/// The rules whose conclusion can be the sentence, as they are called, and where they stand.
fn concluding<'p>(
    program: &'p Program,
    literal: &'p Ground,
) -> impl Iterator<Item = (String, Span)> + use<'p> {
    let meets = move |rule: &&Rule| {
        rule.verb != Verb::CastsDoubtOn
            && rule.heads.iter().any(|head| {
                head.relation == literal.relation
                    && head.negative == literal.negative
                    && head
                        .arguments
                        .iter()
                        .zip(&literal.terms)
                        .all(|(argument, &term)| match argument {
                            Argument::Constant(own) => *own == term,
                            Argument::Variable(_) => true,
                        })
            })
    };
    program.rules.iter().filter(meets).map(|rule| {
        let called = match &rule.label {
            Some(label) => format!("the rule `{label}`"),
            None => "this rule".to_owned(),
        };
        (called, rule.at)
    })
}

/// The stated sentence of the same relation that is nearest in words.
fn near_fact(program: &Program, literal: &Ground, said: &str) -> Option<String> {
    const LOOKED_AT: usize = 2_000;
    let same = program
        .facts
        .iter()
        .filter(|fact| fact.relation == literal.relation)
        .take(LOOKED_AT);
    let stated: Vec<String> = same
        .map(|fact| {
            say::sentence(
                &program.relations,
                &program.terms,
                fact.relation,
                fact.negative,
                fact.terms,
            )
        })
        .collect();
    nearest(said, stated.iter().map(String::as_str)).map(str::to_owned)
}

fn sentence(program: &Program, literal: &Ground) -> String {
    say::sentence(
        &program.relations,
        &program.terms,
        literal.relation,
        literal.negative,
        &literal.terms,
    )
}

/// An outcome's sentence that is a plain fact too holds in every world.
pub(super) fn outcomes(program: &Program, complaints: &mut Vec<Complaint>) {
    let mut wanted: FxHashMap<&Ground, (&Driver, usize)> = FxHashMap::default();
    for driver in &program.drivers {
        for (place, outcome) in driver.outcomes.iter().enumerate() {
            for ground in &outcome.states {
                wanted.entry(ground).or_insert((driver, place));
            }
        }
    }
    let grounds: FxHashSet<&Ground> = wanted.keys().copied().collect();
    let mut told: FxHashSet<Ground> = FxHashSet::default();
    each_fact_of(program, &grounds, |fact, ground| {
        let Some(&(driver, place)) = wanted.get(ground) else {
            return;
        };
        let outcome = &driver.outcomes[place];
        let period = fact.notes.and_then(|notes| notes.period);
        let meets = match (period, outcome.period) {
            (Some(one), Some(other)) => one.meets(other),
            _ => true,
        };
        if *fact.standing() == Standing::Stated && meets && told.insert(ground.clone()) {
            let said = sentence(program, ground);
            complaints.push(complaints::outcome_is_fact(&said, outcome.at, fact.at));
        }
    });
}
