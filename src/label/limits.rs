//! Labels at their limits: thousands of axes on a small stack, a spent budget.

use super::{Axis, AxisId, Choices, Diagram, Label, Smallest, Space};
use crate::program::DriverId;

const AXES: u32 = 10_000;

fn drivers(count: u32) -> Diagram {
    Diagram::new(Space {
        axes: (0..count)
            .map(|driver| (Axis::Driver(DriverId(driver)), 2))
            .collect(),
    })
}

/// The first outcome of each driver, the last driver first: so each step of a chain is short.
fn outcomes(diagram: &mut Diagram) -> Vec<Label> {
    let axes = diagram.space().axes.len() as u32;
    (0..axes)
        .rev()
        .map(|axis| diagram.among(AxisId(axis), &[0]))
        .collect()
}

/// Runs on a thread with the stack that threads have by default.
fn on_a_small_stack(work: impl FnOnce() + Send + 'static) {
    let thread = std::thread::Builder::new()
        .stack_size(2 << 20)
        .spawn(work)
        .expect("a thread starts");
    thread.join().expect("the work is done");
}

#[test]
fn a_conjunction_of_thousands_of_drivers() {
    on_a_small_stack(|| {
        let mut diagram = drivers(AXES);
        let each = outcomes(&mut diagram);
        let all = each
            .iter()
            .fold(Label::ALWAYS, |all, &outcome| diagram.and(outcome, all));
        let every_other = each
            .iter()
            .step_by(2)
            .fold(Label::ALWAYS, |all, &outcome| diagram.and(outcome, all));
        assert_eq!(diagram.nodes_of(all), AXES as usize);
        assert!(diagram.within(all, every_other) && !diagram.within(every_other, all));
        assert_eq!(diagram.or(all, every_other), every_other);
        let more = diagram.without(every_other, all);
        assert_eq!(diagram.or(more, all), every_other);
        let not = diagram.not(all);
        assert_eq!(diagram.not(not), all);
        let last = AxisId(AXES - 1);
        assert_eq!(diagram.at(all, last, 1), Label::NEVER);
        let but_one = diagram.for_some(all, last);
        assert_eq!(diagram.axes_of(but_one).len(), AXES as usize - 1);
        assert_eq!(diagram.cubes(all).len(), 1);
        assert_eq!(diagram.cubes_up_to(not, 7).len(), 7);
        let nearly_sure = vec![vec![0.9999, 0.0001]; AXES as usize];
        assert!((diagram.weigh(all, &nearly_sure) - 0.9999f64.powi(AXES as i32)).abs() < 1e-9);
    });
}

#[test]
fn changes_among_thousands_of_drivers() {
    on_a_small_stack(|| {
        let mut diagram = drivers(AXES);
        let each = outcomes(&mut diagram);
        let all = each
            .iter()
            .fold(Label::ALWAYS, |all, &outcome| diagram.and(outcome, all));
        let some = each
            .iter()
            .fold(Label::NEVER, |some, &outcome| diagram.or(outcome, some));
        let from: Choices = (0..AXES).map(|axis| (AxisId(axis), 1)).collect();
        let change_all = (0..AXES).map(|axis| (AxisId(axis), 0)).collect();
        assert_eq!(
            diagram.flips(all, &from, 3),
            Smallest {
                sets: vec![change_all],
                complete: true
            }
        );
        let change_one = |axis| vec![(AxisId(axis), 0)];
        let found = diagram.flips(some, &from, 3);
        assert_eq!(
            found,
            Smallest {
                sets: vec![change_one(0), change_one(1), change_one(2)],
                complete: false
            }
        );
        assert_eq!(
            diagram.cheapest(some, |axis, _| f64::from(AXES - axis.0)),
            Some((1.0, change_one(AXES - 1)))
        );
        assert_eq!(
            diagram.cheapest(all, |_, _| 1.0).map(|(cost, _)| cost),
            Some(f64::from(AXES))
        );
    });
}

/// Exactly `wanted` of the drivers have their first outcome.
fn exactly(diagram: &mut Diagram, wanted: usize) -> Label {
    let mut counts = vec![Label::NEVER; wanted + 1];
    counts[0] = Label::ALWAYS;
    for outcome in outcomes(diagram) {
        for count in (0..=wanted).rev() {
            let more = if count > 0 {
                diagram.and(outcome, counts[count - 1])
            } else {
                Label::NEVER
            };
            let same = diagram.without(counts[count], outcome);
            counts[count] = diagram.or(more, same);
        }
    }
    counts[wanted]
}

#[test]
fn a_spent_budget_is_told_and_operations_end() {
    let mut diagram = drivers(60);
    diagram.set_budget(500);
    let some = diagram.among(AxisId(0), &[0]);
    let label = exactly(&mut diagram, 30);
    assert!(diagram.exhausted());
    assert!(diagram.len() <= 500);
    assert!(label.is_never());
    assert_eq!(diagram.or(some, Label::NEVER), some);
}

/// Half of sixty drivers: 10¹⁷ minimal sets, of which a few are wanted.
#[test]
fn a_few_of_very_many_changes() {
    let mut diagram = drivers(60);
    let half = exactly(&mut diagram, 30);
    let nodes = diagram.len();
    let from: Choices = (0..60).map(|axis| (AxisId(axis), 1)).collect();
    let found = diagram.flips(half, &from, 5);
    assert_eq!(found.sets.len(), 5);
    assert!(!found.complete && found.sets.iter().all(|set| set.len() == 30));
    assert_eq!((diagram.len(), diagram.exhausted()), (nodes, false));
    assert_eq!(exactly(&mut diagram, 30), half);
}

#[test]
fn nothing_is_told_of_a_spent_diagram() {
    let mut diagram = drivers(10);
    diagram.set_budget(5);
    let some = diagram.among(AxisId(0), &[0]);
    exactly(&mut diagram, 5);
    let from: Choices = (0..10).map(|axis| (AxisId(axis), 1)).collect();
    assert_eq!(diagram.flips(some, &from, 5), Smallest::default());
    assert_eq!(diagram.cheapest(some, |_, _| 1.0), None);
}

#[test]
fn a_long_time_axis_takes_little_room() {
    const SEGMENTS: u32 = 20_000;
    let mut diagram = Diagram::new(Space {
        axes: vec![(Axis::Time, SEGMENTS)],
    });
    let time = AxisId(0);
    for start in 0..SEGMENTS - 10 {
        let (early, late) = (
            diagram.between(time, start..start + 10),
            diagram.between(time, start + 5..SEGMENTS),
        );
        assert_eq!(
            diagram.and(early, late),
            diagram.between(time, start + 5..start + 10)
        );
        assert_eq!(
            diagram.onward(early),
            diagram.between(time, start..SEGMENTS)
        );
    }
    assert!(diagram.bytes() < 20 << 20);
}

#[test]
fn ends_at_its_deadline() {
    let mut diagram = drivers(8);
    diagram.set_deadline(Some(std::time::Instant::now()));
    outcomes(&mut diagram);
    assert!(diagram.exhausted());
}
