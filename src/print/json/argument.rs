//! Arguments: nested nodes, written from the flat list of steps so that no depth of argument is a depth of calls.

use super::extent::rounded;
use super::term::ValueJson;
use crate::reading::proof::{By, How};
use crate::say::account::{Argument, Lost, NamedCube, Reach, Step};
use crate::value::Value;
use serde::ser::{Error, Serialize, SerializeMap, Serializer};
use serde_json::value::RawValue;

/// One argument, its root the outermost node.
pub struct ArgumentJson<'a>(pub &'a Argument);

impl Serialize for ArgumentJson<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let text = nested(self.0, None).map_err(S::Error::custom)?;
        RawValue::from_string(text)
            .map_err(S::Error::custom)?
            .serialize(serializer)
    }
}

/// The same, kept.
pub struct OwnArgumentJson(pub Argument);

impl Serialize for OwnArgumentJson {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        ArgumentJson(&self.0).serialize(serializer)
    }
}

/// An argument that beat another, with how.
pub struct WinnerJson<'a>(pub &'a Argument, pub How);

impl Serialize for WinnerJson<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let text = nested(self.0, Some(self.1)).map_err(S::Error::custom)?;
        RawValue::from_string(text)
            .map_err(S::Error::custom)?
            .serialize(serializer)
    }
}

/// A step by itself.
pub struct StepJson<'a>(pub &'a Step);

impl Serialize for StepJson<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Fields {
            step: self.0,
            reaches: &[],
            lost: None,
            how: None,
            alone: true,
        }
        .serialize(serializer)
    }
}

/// What is still to be written.
enum Piece<'a> {
    Text(&'static str),
    Node(usize, Option<&'a Lost>),
}

fn nested(argument: &Argument, how: Option<How>) -> serde_json::Result<String> {
    let mut text = String::new();
    let mut open = vec![Piece::Node(0, None)];
    while let Some(piece) = open.pop() {
        let (place, lost) = match piece {
            Piece::Text(piece) => {
                text.push_str(piece);
                continue;
            }
            Piece::Node(place, lost) => (place, lost),
        };
        let Some(step) = argument.steps.get(place) else {
            continue;
        };
        let (reaches, how) = if place == 0 {
            (&argument.reaches[..], how)
        } else {
            (&[][..], None)
        };
        text.push_str(&serde_json::to_string(&Fields {
            step,
            reaches,
            lost,
            how,
            alone: false,
        })?);
        // The object goes on.
        text.pop();
        let mut pieces = Vec::new();
        list(
            &mut pieces,
            ",\"premises\":[",
            step.premises
                .iter()
                .map(|&premise| Piece::Node(premise, None)),
        );
        list(
            &mut pieces,
            ",\"also\":[",
            step.also.iter().map(|&also| Piece::Node(also, None)),
        );
        list(
            &mut pieces,
            ",\"defeated\":[",
            step.defeated
                .iter()
                .map(|lost| Piece::Node(lost.node, Some(lost))),
        );
        pieces.push(Piece::Text("}"));
        open.extend(pieces.into_iter().rev());
    }
    Ok(text)
}

fn list<'a>(
    pieces: &mut Vec<Piece<'a>>,
    start: &'static str,
    items: impl Iterator<Item = Piece<'a>>,
) {
    let mut before = start;
    for item in items {
        pieces.push(Piece::Text(before));
        pieces.push(item);
        before = ",";
    }
    if before == "," {
        pieces.push(Piece::Text("]"));
    }
}

/// All of a node but the nodes below it.
struct Fields<'a> {
    step: &'a Step,
    reaches: &'a [Reach],
    lost: Option<&'a Lost>,
    how: Option<How>,
    /// Whether it is by itself, and nobody expects its premises.
    alone: bool,
}

impl Serialize for Fields<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let step = self.step;
        let mut object = serializer.serialize_map(None)?;
        object.serialize_entry("sentence", &step.sentence)?;
        if let Some(taken) = &step.literal {
            object.serialize_entry("relation", &taken.relation)?;
            let terms: Vec<ValueJson<'_>> = taken.terms.iter().map(ValueJson).collect();
            object.serialize_entry("terms", &terms)?;
            if taken.negative {
                object.serialize_entry("not", &true)?;
            }
        }
        object.serialize_entry("status", super::extent::status(step.status))?;
        object.serialize_entry("by", by(&step.by))?;
        if step.by == By::Uncounted {
            object.serialize_entry("uncounted", &true)?;
        }
        if let Some(doubted) = &step.doubts {
            object.serialize_entry("doubts", doubted)?;
        }
        if let Some(rule) = &step.rule {
            object.serialize_entry("rule", rule)?;
        }
        if let Some(text) = &step.text {
            object.serialize_entry("text", text)?;
        }
        if !step.values.is_empty() {
            object.serialize_entry("values", &ValuesJson(&step.values))?;
        }
        if let By::Report {
            author: Some(author),
            denied,
        } = &step.by
        {
            object.serialize_entry(
                if *denied { "denied_by" } else { "reported_by" },
                author.as_str(),
            )?;
        }
        if !step.provenance.is_empty() {
            object.serialize_entry("note", &step.provenance)?;
        }
        if let Some(days) = &step.period {
            object.serialize_entry("period", days)?;
        }
        let sources: Vec<SourceJson<'_>> = step.sources.iter().map(SourceJson).collect();
        if !sources.is_empty() {
            object.serialize_entry("sources", &sources)?;
        }
        if let Some(at) = &step.at {
            object.serialize_entry("at", at)?;
        }
        if step.shown.is_some() {
            object.serialize_entry("shown", &true)?;
        }
        if step.cut && !self.alone {
            object.serialize_entry("cut", &true)?;
        }
        if let Some(lost) = self.lost {
            object.serialize_entry("to", &lost.to)?;
        }
        if let Some(how) = self.lost.map(|lost| lost.how).or(self.how) {
            object.serialize_entry("how", how_word(how))?;
        }
        if let [only] = self.reaches {
            reach(&mut object, only)?;
        } else if !self.reaches.is_empty() {
            let reaches: Vec<ReachJson<'_>> = self.reaches.iter().map(ReachJson).collect();
            object.serialize_entry("stands", &reaches)?;
        }
        object.end()
    }
}

fn reach<M: SerializeMap>(object: &mut M, reach: &Reach) -> Result<(), M::Error> {
    if let Some(when) = &reach.when {
        object.serialize_entry("when", when)?;
    }
    if let Some(worlds) = &reach.worlds {
        object.serialize_entry("worlds", &cubes(worlds))?;
    }
    if let Some(likelihood) = reach.likelihood {
        object.serialize_entry("likelihood", &rounded(likelihood))?;
    }
    Ok(())
}

struct ReachJson<'a>(&'a Reach);

impl Serialize for ReachJson<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = serializer.serialize_map(None)?;
        reach(&mut object, self.0)?;
        object.end()
    }
}

/// `[{"karabakh": ["war", "settled"]}]`
pub(super) fn cubes(worlds: &[NamedCube]) -> Vec<NamedJson<'_, Vec<String>>> {
    worlds.iter().map(|cube| NamedJson(cube)).collect()
}

/// An object from names to what they have.
pub(super) struct NamedJson<'a, T>(&'a [(String, T)]);

impl<T: Serialize> Serialize for NamedJson<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(name, value)| (name, value)))
    }
}

/// `{"?state": "Armenia"}`
pub struct ValuesJson<'a>(pub &'a [(String, Value)]);

impl Serialize for ValuesJson<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(name, value)| (name, ValueJson(value))))
    }
}

/// `{"source": "memo", "place": "¶8"}`
pub struct SourceJson<'a>(pub &'a (String, Option<String>));

impl Serialize for SourceJson<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let (source, place) = self.0;
        let mut object = serializer.serialize_map(None)?;
        object.serialize_entry("source", source)?;
        if let Some(place) = place {
            object.serialize_entry("place", place)?;
        }
        object.end()
    }
}

fn by(by: &By) -> &'static str {
    match by {
        By::Fact => "fact",
        By::Rule(_) | By::OneValue(_) => "rule",
        By::Assumption(_) => "assumption",
        By::Outcome(..) => "outcome",
        By::Report { .. } => "report",
        By::Absence | By::Uncounted => "absence",
        By::Arithmetic => "arithmetic",
    }
}

fn how_word(how: How) -> &'static str {
    match how {
        How::Overridden => "overridden",
        How::Undercut => "undercut",
        How::CertainOpposite => "certain opposite",
        How::Rival => "rival",
        How::Excepted => "exception",
    }
}
