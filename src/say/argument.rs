//! What one step of an argument, one attempt, one lost argument says: the only place that words them.

use super::account::{Argument, Hung, Lack, Loop, Lost, Step, Try};
use super::status::row_status;
use crate::reading::Status;
use crate::reading::proof::{By, How};

impl Step {
    /// The sentence with how it stands: `Armenia is finlandized, presumably`, `nothing says Armenia has another pipe`.
    pub fn line(&self) -> String {
        let claim = self.claim();
        if self.by == By::Arithmetic && self.premises.is_empty() {
            return format!("{claim}{}", rounded(&claim));
        }
        if self.doubts.is_some() {
            return claim;
        }
        match (self.status, &self.by) {
            (
                Status::Presumed | Status::Contested,
                By::Report {
                    author: Some(_), ..
                },
            )
            | (_, By::Absence | By::Uncounted) => claim,
            (Status::Presumed | Status::Contested | Status::Undecided, _) => {
                format!("{claim}, {}", row_status(self.status))
            }
            _ => claim,
        }
    }

    /// The sentence and who or what says so, without how it stands.
    pub fn claim(&self) -> String {
        if let Some(doubted) = &self.doubts {
            return format!("doubt whether {doubted}");
        }
        let sentence = &self.sentence;
        match (&self.by, self.status) {
            (By::Absence, Status::Refuted) => format!("not so: {sentence}"),
            (By::Absence, Status::Unknown) => match open_variables(sentence) {
                open if open.is_empty() => format!("nothing says {sentence}"),
                open => format!("for no {}: {sentence}", open.join(", ")),
            },
            (By::Absence, Status::Contested | Status::Undecided) => {
                format!("no more than {}: {sentence}", row_status(self.status))
            }
            (By::Absence, _) => format!("nothing speaks for {sentence}"),
            (By::Uncounted, status) => {
                format!("not counted, being {}: {sentence}", row_status(status))
            }
            (
                By::Report {
                    author: Some(author),
                    denied: true,
                },
                _,
            ) => {
                let denied = sentence
                    .strip_prefix("not ")
                    .map_or_else(|| format!("not {sentence}"), str::to_owned);
                let when = self.when.as_ref();
                let when = when.map_or_else(String::new, |when| format!(" ({when})"));
                format!("{author} denies that {denied}{when}")
            }
            _ if self.provenance.is_empty() => sentence.clone(),
            _ => format!("{sentence} ({})", self.provenance),
        }
    }

    /// The rule behind it: `because an alliance puts its members within the leader's reach (rule shield)`.
    pub fn because(&self) -> Option<String> {
        let text = self.text.as_ref()?;
        Some(match (&self.rule, self.has_gloss) {
            (Some(rule), true) => format!("because {text} (rule {rule})"),
            (Some(rule), false) => format!("by rule {rule}"),
            (None, true) => format!("because {text}"),
            (None, false) => format!("as {text}"),
        })
    }

    /// Where it is taken from: `memo ¶8; facts/treaties.hence:12`. Empty where nothing is cited.
    pub fn cited(&self) -> String {
        cited(&self.sources, self.at.as_deref())
    }

    /// The values of its variables, for where its premises do not show them: `great = Russia, state = Armenia`.
    pub fn valued(&self) -> String {
        let said = self.values.iter().map(|(name, value)| {
            let name = name.strip_prefix('?').unwrap_or(name);
            format!("{name} = {}", super::term::value_text(value, true))
        });
        said.collect::<Vec<_>>().join(", ")
    }
}

/// What a fraction comes to: `152.33` for `457/3`, `66.67%` for `200/3%`.
fn about(token: &str) -> Option<String> {
    let (token, rest) = token.split_at(token.find(',').unwrap_or(token.len()));
    let (fraction, sign) = match token.strip_suffix('%') {
        Some(fraction) => (fraction, "%"),
        None => (token, ""),
    };
    let (above, below) = fraction.split_once('/')?;
    let (above, below): (f64, f64) = (above.parse().ok()?, below.parse().ok()?);
    Some(format!("{:.2}{sign}{rest}", above / below))
}

/// What the fractions of a comparison come to: ` (457/3 is about 152.33)`. Empty where there are none.
fn rounded(comparison: &str) -> String {
    let share = |token: &str| Some(format!("{token} is about {}", about(token)?));
    let mut told: Vec<String> = comparison.split(' ').filter_map(share).collect();
    told.dedup();
    match told.is_empty() {
        true => String::new(),
        false => format!(" ({})", told.join(", ")),
    }
}

/// The named variables of a condition, in order: `?bloc` of `?bloc covers Azerbaijan and ?bloc is a rival of Russia`.
fn open_variables(condition: &str) -> Vec<&str> {
    let mut found = Vec::new();
    // What stands in quotes is a name.
    for outside in condition.split('"').step_by(2) {
        let words = outside.split([' ', '(', ')', ',']);
        let named = words.filter(|word| word.len() > 1 && word.starts_with('?'));
        named.for_each(|word| {
            if !found.contains(&word) {
                found.push(word);
            }
        });
    }
    found
}

fn cited(sources: &[(String, Option<String>)], at: Option<&str>) -> String {
    let sources = sources.iter().map(|(source, place)| match place {
        Some(place) => format!("{source} {place}"),
        None => source.clone(),
    });
    let at = at.map(str::to_owned);
    sources.chain(at).collect::<Vec<_>>().join("; ")
}

impl Lost {
    /// `overridden by bold-act`
    pub fn line(&self) -> String {
        match self.how {
            How::Overridden => format!("overridden by {}", self.to),
            How::Undercut => format!("doubted by {}", self.to),
            How::CertainOpposite => "ruled out by what is certain".to_owned(),
            How::Rival => format!("no better than {}", self.to),
            How::Excepted => format!("stopped by {}", self.to),
        }
    }
}

impl Try {
    /// `` rule pipe lacks `Azerbaijan owns North-South` (nearest: `Georgia owns North-South`) ``, `rule caution says so, but is overridden by
    /// rule bold-act (Azerbaijan acts boldly against Russia)`. With `grounds`, what beats it is told with its premises.
    pub fn line(&self, grounds: bool) -> String {
        let apart = self.missing.len() > 1;
        self.told(grounds, |lack| lack.line(apart))
    }

    /// The same, how far the rules for what it lacks come being told apart.
    pub fn line_alone(&self, grounds: bool) -> String {
        self.told(grounds, Lack::line_alone)
    }

    fn told(&self, grounds: bool, lacks: impl Fn(&Lack) -> String) -> String {
        let name = self.name();
        let missing = self.missing.iter().filter(|lack| !lack.out_of_force);
        let missing: Vec<String> = missing.map(lacks).collect();
        let missing = (!missing.is_empty()).then(|| format!("lacks {}", missing.join("; and ")));
        let in_force = self.missing.iter().filter_map(Lack::in_force);
        let exceptions = |verb: &str, open: bool| {
            let met = self.beating(How::Excepted);
            let met = met.filter(|argument| argument.is_open() == open);
            let met: Vec<String> = met.map(Argument::met).collect();
            (!met.is_empty())
                .then(|| format!("{verb} stopped by its exception: {}", met.join("; and ")))
        };
        let stopped = [exceptions("is", false), exceptions("may be", true)];
        let fails = missing.into_iter().chain(in_force);
        let fails = fails.chain(stopped.into_iter().flatten());
        let fails: Vec<String> = fails.collect();
        if !fails.is_empty() {
            return format!("{name} {}", fails.join("; and "));
        }
        let certain: Vec<String> = self
            .beating(How::CertainOpposite)
            .map(Argument::root)
            .collect();
        if !certain.is_empty() {
            return format!(
                "{name} says so, but it is certain that {}",
                certain.join("; and that ")
            );
        }
        let beaten = [
            (How::Overridden, "is overridden by"),
            (How::Undercut, "is doubted by"),
            (How::Rival, "neither overrides nor is overridden by"),
        ];
        let told = beaten.iter().filter_map(|(how, words)| {
            let authors: Vec<String> = self
                .beating(*how)
                .map(|argument| argument.authored(grounds || *how != How::Overridden))
                .collect();
            (!authors.is_empty()).then(|| format!("{words} {}", listed(&authors)))
        });
        let told: Vec<String> = told.collect();
        match told.is_empty() {
            true => format!("{name} says so"),
            false => format!("{name} says so, but {}", told.join("; and ")),
        }
    }

    /// How far it comes as a part of another one; of a long chain the two ends: `rule r9 lacks `A9 holds`, and so on to rule r1, which
    /// lacks `A1 holds``.
    fn through(&self) -> String {
        let mut chain = vec![self];
        while let [
            Lack {
                nearby: None,
                through: Some(next),
                ..
            },
        ] = &chain[chain.len() - 1].missing[..]
        {
            chain.push(next);
        }
        match &chain[..] {
            [first, .., last] if chain.len() > 2 && last.missing.len() == 1 => {
                let step = &first.missing[0].sentence;
                let end = last.missing[0].in_force();
                let end = end.unwrap_or_else(|| format!("lacks {}", last.missing[0].line(true)));
                format!(
                    "{} lacks `{step}`, and so on to {}, which {end}",
                    first.name(),
                    last.name()
                )
            }
            _ => self.line(false),
        }
    }

    /// Where its rule is taken from, as for a [step](Step::cited).
    pub fn cited(&self) -> String {
        cited(&self.sources, self.at.as_deref())
    }

    fn name(&self) -> String {
        match (&self.rule, self.has_label) {
            (Some(label), true) => format!("rule {label}"),
            (Some(text), false) => format!("`{text}`"),
            (None, _) => "what was asked".to_owned(),
        }
    }

    fn beating(&self, wanted: How) -> impl Iterator<Item = &Argument> {
        self.defeated_by
            .iter()
            .filter(move |(_, how)| *how == wanted)
            .map(|(argument, _)| argument)
    }
}

/// `a, b and c`
pub(super) fn listed(parts: &[String]) -> String {
    match parts {
        [] => String::new(),
        [only] => only.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

impl Lack {
    /// `` `Azerbaijan owns North-South` (nearest: `Georgia owns North-South`) ``, `` `?total >= 60%` (?total is 55%) ``.
    /// In brackets what it would rest on, where it stands `apart` from others.
    fn line(&self, apart: bool) -> String {
        self.told(self.through.as_deref(), apart)
    }

    /// The same without what it would rest on.
    fn line_alone(&self) -> String {
        self.told(None, true)
    }

    /// `is in force until 2010 only`, where it is that its rule is not.
    fn in_force(&self) -> Option<String> {
        let said = self.sentence.strip_prefix("the rule ");
        let said = said.filter(|_| self.out_of_force)?;
        Some(format!("{said} only"))
    }

    /// How it stands, where something argues for or against it.
    pub fn argued(&self) -> Option<Status> {
        let argued = [Status::Contested, Status::Undecided, Status::Refuted];
        self.status.filter(|status| argued.contains(status))
    }

    fn told(&self, through: Option<&Try>, apart: bool) -> String {
        let status = match self.argued() {
            _ if self.outright => {
                " in so many words, another value not being enough here".to_owned()
            }
            Some(status) => format!(", which is {}", row_status(status)),
            None => String::new(),
        };
        let (text, values) = match &self.written {
            Some((text, values)) => (text, &values[..]),
            None => (&self.sentence, &[][..]),
        };
        let told = values.iter().map(|(name, value)| match about(value) {
            Some(about) => format!("{name} is about {about}"),
            None => format!("{name} is {value}"),
        });
        let mut told: Vec<String> = told.collect();
        let elsewhen = self.elsewhen.as_ref();
        told.extend(
            elsewhen
                .filter(|_| through.is_none())
                .map(|(_, when)| format!("it holds {when}")),
        );
        told.extend(
            self.instead
                .as_ref()
                .map(|value| format!("it is {}", super::term::value_text(value, true))),
        );
        told.extend(
            self.nearby
                .as_ref()
                .map(|near| format!("nearest: `{near}`")),
        );
        let aside = match (&told[..], through) {
            ([], Some(attempt)) if apart => format!(" ({})", attempt.through()),
            ([], Some(attempt)) => format!(", for which {}", attempt.through()),
            ([], None) => String::new(),
            (told, _) => format!(" ({})", told.join(", ")),
        };
        format!("`{text}`{status}{aside}")
    }
}

impl Loop {
    /// What hangs on what, in at most two lines: `Guard is awake hangs on whether Alarm is on (rule third)`, and of the loop `Alarm is on
    /// hangs on whether Bulb is on (rule first), and that on whether Alarm is on (rule second)`.
    pub fn lines(&self) -> Vec<String> {
        let Some(first) = self.around.first() else {
            return Vec::new();
        };
        let mut lines = Vec::new();
        if !self.towards.is_empty() {
            lines.push(chain(&self.towards, first));
        }
        lines.push(match &self.around[..] {
            [only] => format!("{} hangs on itself{}", only.sentence, aside(&only.by)),
            all => chain(all, first),
        });
        lines
    }
}

/// Links of a chain that are told: those in the middle are counted.
const MOST_LINKS: usize = 6;

/// `A hangs on whether B (rule x), and that on whether C (rule y)`, with the sentence at the end.
fn chain(links: &[Hung], end: &Hung) -> String {
    let targets = links.iter().skip(1).chain([end]);
    let mut told: Vec<String> = links
        .iter()
        .zip(targets)
        .map(|(link, target)| format!("on whether {}{}", target.sentence, aside(&link.by)))
        .collect();
    if told.len() > MOST_LINKS {
        let kept = MOST_LINKS / 2;
        let left_out = kept..told.len() - kept;
        let count = left_out.len();
        told.drain(left_out);
        told[kept] = format!("through {count} more {}", told[kept]);
    }
    format!("{} hangs {}", links[0].sentence, told.join(", and that "))
}

fn aside(by: &str) -> String {
    match by {
        "" => String::new(),
        by => format!(" ({by})"),
    }
}

impl Argument {
    /// The root's sentence with how it stands.
    pub fn root(&self) -> String {
        self.steps.first().map_or_else(String::new, Step::line)
    }

    /// The same for an exception, which may be met by no more than an open loop.
    fn met(&self) -> String {
        match self.steps.first() {
            Some(root) if root.by == By::Absence => {
                format!("{}, {}", root.sentence, row_status(root.status))
            }
            Some(root) if self.is_open() && root.doubts.is_none() => {
                format!("{}, {}", root.claim(), row_status(root.status))
            }
            _ => self.root(),
        }
    }

    /// Whether what it is for is not settled.
    fn is_open(&self) -> bool {
        let status = self.steps.first().map(|root| root.status);
        matches!(status, Some(Status::Contested | Status::Undecided))
    }

    /// What its root is called when it beats something, its rule or reporter, and with `grounds` its premises:
    /// `rule bold-act (Azerbaijan acts boldly against Russia)`.
    fn authored(&self, grounds: bool) -> String {
        let Some(root) = self.steps.first() else {
            return String::new();
        };
        let author = match root {
            Step {
                rule: Some(rule), ..
            } => format!("rule {rule}"),
            Step {
                by: By::Report { denied: true, .. },
                ..
            } => return root.claim(),
            Step {
                by:
                    By::Report {
                        author: Some(author),
                        ..
                    },
                ..
            } => author.to_string(),
            Step {
                text: Some(text), ..
            } => format!("`{text}`"),
            _ => return root.claim(),
        };
        let premises = root.premises.iter().map(|&premise| &self.steps[premise]);
        let said: Vec<String> = premises
            .filter(|premise| premise.by != By::Arithmetic)
            .map(Step::claim)
            .collect();
        if grounds && !said.is_empty() {
            format!("{author} ({})", said.join("; "))
        } else {
            author
        }
    }
}
