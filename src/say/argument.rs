//! What one step of an argument, one attempt, one lost argument says: the only place that words them.

use super::account::{Argument, Lack, Lost, Step, Try};
use super::status::row_status;
use crate::reading::Status;
use crate::reading::proof::{By, How};

impl Step {
    /// The sentence with how it stands: `Armenia is finlandized, presumably`, `nothing says Armenia has another pipe`.
    pub fn line(&self) -> String {
        let sentence = &self.sentence;
        match self.by {
            By::Absence => match self.status {
                Status::Refuted => format!("not so: {sentence}"),
                Status::Unknown => format!("nothing says {sentence}"),
                _ => format!("nothing speaks for {sentence}"),
            },
            By::Uncounted => format!("not counted, being {}: {sentence}", row_status(self.status)),
            _ => {
                let status = match (self.status, &self.by) {
                    (Status::Presumed, By::Report { .. }) | (Status::Refuted | Status::Unknown, _) => "",
                    (status, _) => row_status(status),
                };
                let status = if status.is_empty() { String::new() } else { format!(", {status}") };
                let provenance = if self.provenance.is_empty() { String::new() } else { format!(" ({})", self.provenance) };
                format!("{sentence}{status}{provenance}")
            }
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
        let sources = self.sources.iter().map(|(source, place)| match place {
            Some(place) => format!("{source} {place}"),
            None => source.clone(),
        });
        sources.chain(self.at.clone()).collect::<Vec<_>>().join("; ")
    }

    /// The values of its variables, for where its premises do not show them: `great = Russia, state = Armenia`.
    pub fn valued(&self) -> String {
        let said = self.values.iter().map(|(name, value)| {
            let name = name.strip_prefix('?').unwrap_or(name);
            format!("{name} = {}", super::term::value_text(value))
        });
        said.collect::<Vec<_>>().join(", ")
    }
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
    /// `rule pipe lacks Azerbaijan owns North-South (there is Georgia owns North-South)`, `rule caution says so, but is overridden by
    /// rule bold-act (Azerbaijan acts boldly against Russia)`.
    pub fn line(&self) -> String {
        let name = match (&self.rule, self.has_label) {
            (Some(label), true) => format!("rule {label}"),
            (Some(text), false) => format!("`{text}`"),
            (None, _) => "what was asked".to_owned(),
        };
        if !self.missing.is_empty() {
            let lacks: Vec<String> = self.missing.iter().map(Lack::line).collect();
            return format!("{name} lacks {}", lacks.join("; and "));
        }
        let excepted: Vec<String> = self.beaten_how(How::Excepted).map(|argument| argument.root()).collect();
        if !excepted.is_empty() {
            return format!("{name} is stopped by its exception: {}", excepted.join("; and "));
        }
        let beaten: Vec<String> = self.defeated_by.iter().map(|(argument, how)| beaten(argument, *how)).collect();
        match beaten.is_empty() {
            true => format!("{name} says so"),
            false => format!("{name} says so, but {}", beaten.join("; and ")),
        }
    }

    fn beaten_how(&self, wanted: How) -> impl Iterator<Item = &Argument> {
        self.defeated_by.iter().filter(move |(_, how)| *how == wanted).map(|(argument, _)| argument)
    }
}

impl Lack {
    fn line(&self) -> String {
        let status = match self.status {
            Some(status @ (Status::Contested | Status::Undecided | Status::Refuted)) => format!(", which is {}", row_status(status)),
            _ => String::new(),
        };
        let nearby = self.nearby.as_ref().map_or_else(String::new, |near| format!(" (there is {near})"));
        format!("{}{status}{nearby}", self.sentence)
    }
}

impl Argument {
    /// The root's sentence with how it stands.
    pub fn root(&self) -> String {
        self.steps.first().map_or_else(String::new, Step::line)
    }

    /// What its root is called when it beats something: its rule, its reporter, or its sentence.
    fn author(&self) -> String {
        match self.steps.first() {
            Some(Step { rule: Some(rule), .. }) => format!("rule {rule}"),
            Some(Step { by: By::Report { author: Some(author), .. }, .. }) => author.to_string(),
            Some(Step { text: Some(text), .. }) => format!("`{text}`"),
            Some(step) => step.sentence.clone(),
            None => String::new(),
        }
    }

    /// The root's premises in one line: ` (Azerbaijan acts boldly against Russia)`.
    fn grounds(&self) -> String {
        let Some(root) = self.steps.first() else { return String::new() };
        let said: Vec<String> = root.premises.iter().map(|&premise| self.steps[premise].line()).collect();
        if said.is_empty() { String::new() } else { format!(" ({})", said.join("; ")) }
    }
}

fn beaten(argument: &Argument, how: How) -> String {
    let (author, grounds) = (argument.author(), argument.grounds());
    match how {
        How::Overridden => format!("is overridden by {author}{grounds}"),
        How::Undercut => format!("is doubted by {author}{grounds}"),
        How::CertainOpposite => format!("it is certain that {}", argument.root()),
        How::Rival => {
            let opposite = argument.steps.first().map_or("", |root| root.sentence.as_str());
            format!("{author} says {opposite}{grounds}, and neither overrides the other")
        }
        How::Excepted => format!("is stopped by its exception: {}", argument.root()),
    }
}
