//! `why` and `why not`.

use super::argument::{
    ArgumentJson, NamedJson, SourceJson, StepJson, ValuesJson, WinnerJson, cubes,
};
use super::extent::{answer, status};
use super::is_false;
use super::term::ValueJson;
use crate::reading::Status;
use crate::say::account::{Account, Argument, Elsewhere, Hung, Lack, Loop, Try};
use indexmap::IndexMap;
use serde::{Serialize, Serializer};

/// The same, kept.
pub struct OwnExplainedJson(pub Account);

impl Serialize for OwnExplainedJson {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        ExplainedJson::new(&self.0).serialize(serializer)
    }
}

/// To be flattened into what is explained.
#[derive(Serialize)]
pub struct ExplainedJson<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    proof: Option<ArgumentJson<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    proofs: Vec<ArgumentJson<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    attempts: Option<Vec<TryJson<'a>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    opposite: Option<ArgumentJson<'a>>,
    /// All of them, where there are several: in other worlds, or of several sentences.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    opposites: Vec<ArgumentJson<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    r#for: Vec<ArgumentJson<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    against: Vec<ArgumentJson<'a>>,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    settled_by: &'a [String],
    #[serde(skip_serializing_if = "Vec::is_empty")]
    to_loop: Vec<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    r#loop: Vec<&'a str>,
    /// For each of `to_loop` and then of `loop`, the rule by which it hangs on the next.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    hangs_by: Vec<&'a str>,
    /// When it holds, where nothing says so at the time asked about.
    #[serde(skip_serializing_if = "Option::is_none")]
    elsewhen: Option<&'a [[Option<String>; 2]]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    nearest: Option<&'a str>,
    /// Whether there are more proofs than these.
    #[serde(skip_serializing_if = "is_false")]
    cut: bool,
    /// The worlds that what is told of its failing is for, where it stands otherwise in others.
    #[serde(skip_serializing_if = "Option::is_none")]
    failing: Option<Vec<NamedJson<'a, Vec<String>>>>,
    /// How it stands in others, or at other times.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    elsewhere: Vec<ElsewhereJson<'a>>,
}

/// `{"answer": "contested", "when": [["2024-01-01", null]], "for": …}`
#[derive(Serialize)]
struct ElsewhereJson<'a> {
    answer: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    when: Option<[&'a [Option<String>; 2]; 1]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    worlds: Option<Vec<NamedJson<'a, Vec<String>>>>,
    #[serde(flatten)]
    account: ExplainedJson<'a>,
}

#[derive(Serialize)]
struct TryJson<'a> {
    /// In `through`: the sentence that it would conclude.
    #[serde(skip_serializing_if = "Option::is_none")]
    r#for: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    rule: Option<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    sources: Vec<SourceJson<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    at: Option<&'a str>,
    #[serde(skip_serializing_if = "none")]
    with: ValuesJson<'a>,
    met: Vec<StepJson<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    missing: Vec<&'a str>,
    /// For what is missing and is argued for or against: how it stands, by sentence.
    #[serde(skip_serializing_if = "IndexMap::is_empty")]
    stands: IndexMap<&'a str, &'static str>,
    /// For a comparison that is missing: how its rule has it and what its variables are, by the comparison.
    #[serde(skip_serializing_if = "IndexMap::is_empty")]
    written: IndexMap<&'a str, WrittenJson<'a>>,
    /// For an aggregate that is missing: what it comes to, by its words.
    #[serde(skip_serializing_if = "IndexMap::is_empty")]
    instead: IndexMap<&'a str, ValueJson<'a>>,
    /// Of what is missing, the opposites that would have to be said in so many words, a rival value not being enough.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    outright: Vec<&'a str>,
    /// For what is missing: what holds and is one term away.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    nearest: Vec<&'a str>,
    /// For what is missing: when it holds, by sentence.
    #[serde(skip_serializing_if = "IndexMap::is_empty")]
    elsewhen: IndexMap<&'a str, &'a [[Option<String>; 2]]>,
    /// The rules that would conclude what is missing, and how far they come.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    through: Vec<TryJson<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    defeated_by: Vec<WinnerJson<'a>>,
}

/// `{"rule": "?n = 0", "values": {"?n": "1, the number of ?host where Ledger lives on ?host"}}`
#[derive(Serialize)]
struct WrittenJson<'a> {
    rule: &'a str,
    values: IndexMap<&'a str, &'a str>,
}

fn none(values: &ValuesJson<'_>) -> bool {
    values.0.is_empty()
}

impl<'a> ExplainedJson<'a> {
    pub fn new(account: &'a Account) -> Self {
        let all =
            |arguments: &'a [Argument]| arguments.iter().map(ArgumentJson).collect::<Vec<_>>();
        let several = account.asked.all || account.proofs.len() > 1;
        let holds = matches!(account.status, Status::Certain | Status::Presumed);
        let [pro, con] = &account.sides;
        let hanging = |part: fn(&Loop) -> &[Hung]| -> Vec<&'a str> {
            let links = account.hangs.as_ref().map_or(&[][..], part);
            links.iter().map(|link| link.sentence.as_str()).collect()
        };
        Self {
            proof: account.proofs.first().map(ArgumentJson),
            proofs: if several {
                all(&account.proofs)
            } else {
                Vec::new()
            },
            attempts: (!holds).then(|| account.attempts.iter().map(TryJson::new).collect()),
            opposite: account.opposite.first().map(ArgumentJson),
            opposites: match account.opposite.len() {
                0 | 1 => Vec::new(),
                _ => all(&account.opposite),
            },
            r#for: all(pro),
            against: all(con),
            settled_by: &account.settling,
            to_loop: hanging(|hangs| &hangs.towards),
            r#loop: hanging(|hangs| &hangs.around),
            hangs_by: account
                .hangs
                .iter()
                .flat_map(|hangs| hangs.towards.iter().chain(&hangs.around))
                .map(|link| link.by.as_str())
                .collect(),
            elsewhen: (account.elsewhen.as_ref()).map(|(_, days)| days.as_slice()),
            nearest: account.nearby.as_deref(),
            cut: account.cut,
            failing: account
                .failing
                .as_ref()
                .map(|failing| cubes(&failing.worlds)),
            elsewhere: account.elsewhere.iter().map(ElsewhereJson::new).collect(),
        }
    }
}

impl<'a> ElsewhereJson<'a> {
    fn new(other: &'a Elsewhere) -> Self {
        Self {
            answer: answer(other.account.status),
            when: other.when.as_ref().map(|when| [when]),
            worlds: other.worlds.as_deref().map(cubes),
            account: ExplainedJson::new(&other.account),
        }
    }
}

impl<'a> TryJson<'a> {
    fn new(attempt: &'a Try) -> Self {
        let missing = || attempt.missing.iter();
        fn told<T>(lack: &Lack, what: Option<T>) -> Option<(&str, T)> {
            Some((lack.sentence.as_str(), what?))
        }
        let through = |lack: &'a Lack| {
            Some(TryJson {
                r#for: Some(lack.sentence.as_str()),
                ..TryJson::new(lack.through.as_deref()?)
            })
        };
        Self {
            r#for: None,
            rule: attempt.rule.as_deref(),
            sources: attempt.sources.iter().map(SourceJson).collect(),
            at: attempt.at.as_deref(),
            with: ValuesJson(&attempt.with),
            met: attempt.met.iter().map(StepJson).collect(),
            missing: missing().map(|lack| lack.sentence.as_str()).collect(),
            stands: missing()
                .filter_map(|lack| told(lack, lack.argued().map(status)))
                .collect(),
            written: missing()
                .filter_map(|lack| told(lack, lack.written.as_ref().map(WrittenJson::new)))
                .collect(),
            instead: missing()
                .filter_map(|lack| told(lack, lack.instead.as_ref().map(ValueJson)))
                .collect(),
            outright: missing()
                .filter(|lack| lack.outright)
                .map(|lack| lack.sentence.as_str())
                .collect(),
            nearest: missing()
                .filter_map(|lack| lack.nearby.as_deref())
                .collect(),
            elsewhen: missing()
                .filter_map(|lack| told(lack, lack.elsewhen.as_ref().map(|(when, _)| &when[..])))
                .collect(),
            through: missing().filter_map(through).collect(),
            defeated_by: attempt
                .defeated_by
                .iter()
                .map(|(argument, how)| WinnerJson(argument, *how))
                .collect(),
        }
    }
}

impl<'a> WrittenJson<'a> {
    fn new((rule, values): &'a (String, Vec<(String, String)>)) -> Self {
        let values = values.iter();
        Self {
            rule,
            values: values
                .map(|(name, value)| (name.as_str(), value.as_str()))
                .collect(),
        }
    }
}
