//! `why` and `why not`.

use super::argument::{ArgumentJson, StepJson, ValuesJson, WinnerJson};
use crate::reading::Status;
use crate::say::account::{Account, Argument, Hung, Loop, Try};
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
    #[serde(skip_serializing_if = "Option::is_none")]
    nearest: Option<&'a str>,
}

#[derive(Serialize)]
struct TryJson<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    rule: Option<&'a str>,
    #[serde(skip_serializing_if = "none")]
    with: ValuesJson<'a>,
    met: Vec<StepJson<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    missing: Vec<&'a str>,
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
            r#for: all(pro),
            against: all(con),
            settled_by: &account.settling,
            to_loop: hanging(|hangs| &hangs.towards),
            r#loop: hanging(|hangs| &hangs.around),
            nearest: account.nearby.as_deref(),
        }
    }
}

impl<'a> TryJson<'a> {
    fn new(attempt: &'a Try) -> Self {
        Self {
            rule: attempt.rule.as_deref(),
            with: ValuesJson(&attempt.with),
            met: attempt.met.iter().map(StepJson).collect(),
            missing: attempt
                .missing
                .iter()
                .map(|lack| lack.sentence.as_str())
                .collect(),
            nearest: attempt
                .missing
                .iter()
                .filter_map(|lack| lack.nearby.as_deref())
                .collect(),
            elsewhen: attempt
                .missing
                .iter()
                .filter_map(|lack| {
                    let (when, _) = lack.elsewhen.as_ref()?;
                    Some((lack.sentence.as_str(), when.as_slice()))
                })
                .collect(),
            through: attempt
                .missing
                .iter()
                .filter_map(|lack| lack.through.as_deref())
                .map(TryJson::new)
                .collect(),
            defeated_by: attempt
                .defeated_by
                .iter()
                .map(|(argument, how)| WinnerJson(argument, *how))
                .collect(),
        }
    }
}
