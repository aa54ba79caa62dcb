//! An argument as an indented outline, as it can be pasted into a report: the sentence first, below it why, then its premises, its
//! sources at the end of the line. Works through a list, so that no depth of argument is a depth of calls.

use super::Role;
use crate::reading::Status;
use crate::reading::proof::By;
use crate::say::account::{Argument, Lost, Step};
use indexmap::{IndexMap, IndexSet};
use std::collections::VecDeque;
use std::io::{self, Write};

/// A deeper step than this is argued at the left margin again, under a number.
const DEEPEST: usize = 9;

/// One line of an outline.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Line {
    /// In steps of two spaces.
    pub indent: usize,
    pub bullet: bool,
    pub parts: Vec<(Role, String)>,
}

impl Line {
    pub fn new(indent: usize, bullet: bool, text: impl Into<String>) -> Self {
        Self {
            indent,
            bullet,
            parts: vec![(Role::Plain, text.into())],
        }
    }

    fn with(mut self, role: Role, text: impl Into<String>) -> Self {
        let text = text.into();
        if !text.is_empty() {
            self.parts.push((role, text));
        }
        self
    }

    pub fn cite(self, cited: &str) -> Self {
        let cited = if cited.is_empty() {
            String::new()
        } else {
            format!("  [{cited}]")
        };
        self.with(Role::Aside, cited)
    }

    pub fn write(&self, out: &mut dyn Write) -> io::Result<()> {
        write!(out, "{:1$}", "", self.indent * 2)?;
        if self.bullet {
            write!(out, "- ")?;
        }
        for (role, text) in &self.parts {
            write!(out, "{}", role.paint(text))?;
        }
        writeln!(out)
    }
}

/// Why a step is shown where it is.
#[derive(Clone, Copy)]
enum Place<'a> {
    Root,
    Premise,
    /// A further argument for the same, without which an argument against it would win.
    Also,
    Against(&'a Lost),
    /// So many premises more.
    More(usize),
}

struct Task<'a> {
    step: usize,
    indent: usize,
    place: Place<'a>,
}

/// Of what is counted so many are listed, unless all is asked for: the rest of the argument is to be seen too.
const MOST_COUNTED: usize = 20;

/// The whole argument, its root at this indent.
pub fn outline(argument: &Argument, indent: usize, all: bool) -> Vec<Line> {
    let mut outline = Outline {
        argument,
        counted: if all { usize::MAX } else { MOST_COUNTED },
        lines: Vec::new(),
        later: VecDeque::new(),
        numbered: 0,
    };
    if argument.steps.is_empty() {
        return Vec::new();
    }
    outline.write(0, indent, Place::Root);
    while let Some((number, step)) = outline.later.pop_front() {
        outline.lines.push(Line::default());
        let from = outline.lines.len();
        outline.write(step, indent, Place::Root);
        if let Some((_, text)) = outline
            .lines
            .get_mut(from)
            .and_then(|line| line.parts.first_mut())
        {
            text.insert_str(0, &format!("[{number}] "));
        }
    }
    outline.lines
}

/// The root's sentence, its rule and its premises, and nothing below them. `claimed`: without how it stands.
pub fn shallow(argument: &Argument, indent: usize, claimed: bool) -> Vec<Line> {
    let Some(root) = argument.steps.first() else {
        return Vec::new();
    };
    let mut lines = vec![headed(argument, root, indent)];
    if claimed {
        lines[0].parts[0].1 = root.claim();
    }
    lines.extend(
        root.because()
            .map(|because| Line::new(indent + 1, false, because).cite(&root.cited())),
    );
    let premises = root
        .premises
        .iter()
        .map(|&premise| &argument.steps[premise]);
    let said = premises.filter(|premise| !is_idle(premise));
    lines.extend(said.map(|premise| alone(premise, indent + 1, "")));
    lines
}

/// A premise without what it rests on, but for the name of its rule.
pub fn alone(premise: &Step, indent: usize, title: &str) -> Line {
    let rule = premise.rule.as_ref().filter(|_| premise.has_gloss);
    let by = rule.map_or_else(String::new, |rule| format!(" (rule {rule})"));
    Line::new(indent, true, format!("{title}{}", premise.line()))
        .with(Role::Aside, by)
        .cite(&premise.cited())
}

/// The sentence, the rules and what they rest on in the end, nothing between.
pub fn brief(argument: &Argument, indent: usize) -> Vec<Line> {
    let Some(root) = argument.steps.first() else {
        return Vec::new();
    };
    let mut lines = vec![headed(argument, root, indent)];
    let mut rules: IndexSet<String> = IndexSet::new();
    let mut leaves: IndexMap<&str, &Step> = IndexMap::new();
    let mut open = vec![0];
    while let Some(place) = open.pop() {
        let step = &argument.steps[place];
        open.extend(step.premises.iter().rev());
        if let By::Rule(_) = step.by {
            let name = step
                .rule
                .clone()
                .or_else(|| step.at.clone())
                .or_else(|| step.text.clone())
                .unwrap_or_default();
            if step.shown.is_none() {
                rules.insert(name);
            }
        } else if step.premises.is_empty() && place > 0 {
            leaves.entry(&step.sentence).or_insert(step);
        }
    }
    if !rules.is_empty() {
        let listed = rules.into_iter().collect::<Vec<_>>().join(", ");
        lines.push(
            Line {
                indent: indent + 1,
                ..Line::default()
            }
            .with(Role::Aside, format!("by {listed}")),
        );
    }
    lines.extend(
        leaves
            .values()
            .map(|leaf| Line::new(indent + 1, true, leaf.line()).cite(&leaf.cited())),
    );
    lines
}

fn headed(argument: &Argument, root: &Step, indent: usize) -> Line {
    let stands = if argument.stands.is_empty() {
        String::new()
    } else {
        format!(" — {}", argument.stands)
    };
    let line = Line::new(indent, false, root.line()).with(Role::Doubtful, stands);
    if root.text.is_none() {
        line.cite(&root.cited())
    } else {
        line
    }
}

struct Outline<'a> {
    argument: &'a Argument,
    /// How many premises are listed of what is counted.
    counted: usize,
    lines: Vec<Line>,
    /// Steps to be argued under a number.
    later: VecDeque<(usize, usize)>,
    numbered: usize,
}

impl<'a> Outline<'a> {
    fn write(&mut self, step: usize, indent: usize, place: Place<'a>) {
        let mut open = vec![Task {
            step,
            indent,
            place,
        }];
        while let Some(Task {
            step: number,
            indent: at,
            place,
        }) = open.pop()
        {
            if let Place::More(more) = place {
                self.lines
                    .push(Line::new(at, true, format!("… {more} more with --all")));
                continue;
            }
            let step = &self.argument.steps[number];
            let deep = at - indent > DEEPEST && has_parts(step);
            self.head(number, at, place, deep);
            if deep {
                continue;
            }
            self.reason(step, at + 1);
            let below = |&step: &usize, place: Place<'a>| Task {
                step,
                indent: at + 1,
                place,
            };
            let worth_saying = |&&premise: &&usize| !is_idle(&self.argument.steps[premise]);
            let most = match step.by {
                By::Arithmetic => self.counted,
                _ => usize::MAX,
            };
            let worth: Vec<&usize> = step.premises.iter().filter(worth_saying).collect();
            let (listed, more) = worth.split_at(worth.len().min(most));
            let premises = listed.iter().map(|step| below(step, Place::Premise));
            let more = (!more.is_empty()).then(|| below(&number, Place::More(more.len())));
            let premises = premises.chain(more);
            let also = step.also.iter().map(|step| below(step, Place::Also));
            let against = step
                .defeated
                .iter()
                .map(|lost| below(&lost.node, Place::Against(lost)));
            let parts: Vec<Task<'a>> = premises.chain(also).chain(against).collect();
            open.extend(parts.into_iter().rev());
        }
    }

    /// The line of the step itself.
    fn head(&mut self, number: usize, indent: usize, place: Place<'a>, deep: bool) {
        let step = &self.argument.steps[number];
        let mut line = match place {
            Place::Root if number == 0 => headed(self.argument, step, indent),
            Place::Root => Line::new(indent, false, step.line()),
            Place::Premise => Line::new(indent, true, step.line()),
            Place::Also => Line::new(indent, true, "and also"),
            Place::More(_) => return,
            Place::Against(lost) => Line::new(
                indent,
                true,
                format!("against it, but {}: {}", lost.line(), step.line()),
            ),
        };
        if step.by == By::Absence && matches!(step.status, Status::Unknown | Status::Refuted) {
            line.parts[0].0 = Role::Aside;
        }
        if step
            .shown
            .is_some_and(|shown| has_parts(&self.argument.steps[shown]))
        {
            line = line.with(Role::Aside, " (shown above)");
        } else if deep {
            self.numbered += 1;
            self.later.push_back((self.numbered, number));
            line = line.with(Role::Aside, format!(" (see [{}])", self.numbered));
        } else if step.text.is_none() && number > 0 {
            line = line.cite(&step.cited());
        }
        self.lines.push(line);
    }

    /// The rule behind a step.
    fn reason(&mut self, step: &Step, indent: usize) {
        if step.shown.is_some() {
            return;
        }
        let Some(because) = step.because() else {
            return;
        };
        let mut line = Line::new(indent, false, because);
        if step.cut {
            let valued = step.valued();
            let with = if valued.is_empty() {
                " …".to_owned()
            } else {
                format!(", with {valued} …")
            };
            line = line.with(Role::Plain, with);
        }
        self.lines.push(line.cite(&step.cited()));
    }
}

/// What goes without saying: that a thing is itself, as where an aggregate is compared with what it must be, and that two names differ.
fn is_idle(step: &Step) -> bool {
    let is_name = |text: &str| text.starts_with(|first: char| first == '"' || first.is_uppercase());
    step.by == By::Arithmetic
        && match (
            step.sentence.split_once(" = "),
            step.sentence.split_once(" != "),
        ) {
            (Some((left, right)), _) => left == right,
            (None, Some((left, right))) => is_name(left) && is_name(right),
            (None, None) => false,
        }
}

/// Whether there is anything to show below a step.
fn has_parts(step: &Step) -> bool {
    step.text.is_some() || !step.premises.is_empty() || !step.defeated.is_empty()
}
