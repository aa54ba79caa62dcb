//! What a change does without, and what it supposes.

use super::Voice;
use crate::program::{Author, Standing};
use crate::reading::{AskedValue, Dropped, StandIn, Supposed};
use crate::syntax::tree::AggregateKind;
use crate::value::{Term, Value};

impl Voice<'_> {
    /// What a comparison asks of a value that nothing gives: `> 100`.
    pub fn asked_value(&self, asked: AskedValue) -> String {
        format!("{} {}", asked.comparison.sign(), self.term(asked.with))
    }

    /// What is to be said of a value that nothing gives: the value, and `stands in for another day`, `is what the sum lacks`.
    pub fn stand_in(&self, (term, stands): &(Term, StandIn)) -> (String, String) {
        let is_name = matches!(self.terms.get(*term), Value::Name(_));
        let said = match stands {
            StandIn::Another(_) if is_name => "is a stand-in".to_owned(),
            StandIn::Another(noun) => format!("stands in for another {noun}"),
            StandIn::MakesUp(AggregateKind::Average) => "is what the average lacks".to_owned(),
            StandIn::MakesUp(_) => "is what the sum lacks".to_owned(),
        };
        (self.term(*term), said)
    }

    /// What is to be said of a supposition: `> 100 will do`, `a rule asks for > 100`, `so far only rules conclude this`; empty where nothing is.
    pub fn supposed_aside(&self, supposed: &Supposed) -> String {
        let asked = supposed.asked.map(|asked| {
            let value = self.asked_value(asked);
            match asked.any {
                true => format!("{value} will do"),
                false => format!("a rule asks for {value}"),
            }
        });
        let concluded = supposed
            .concluded
            .then(|| "so far only rules conclude this".to_owned());
        let stand_ins = supposed.stand_ins.iter();
        let stand_ins = stand_ins.map(|stands| {
            let (term, said) = self.stand_in(stands);
            format!("{term} {said}")
        });
        let said: Vec<String> = (asked.into_iter())
            .chain(stand_ins)
            .chain(concluded)
            .collect();
        said.join(", ")
    }

    /// The sentence; with its note where it is not simply stated: `Sam is armed [denied by Bob]`.
    pub fn dropped(&self, gone: &Dropped) -> String {
        let mut said = self.sentence(
            gone.sentence.relation,
            &gone.sentence.terms,
            gone.sentence.negative,
        );
        let name = |author: &Author| match author {
            Author::Rule(name) | Author::Reporter(name) => super::term::quoted_name(name),
        };
        match &gone.standing {
            Standing::Stated => {}
            Standing::Reported(author) => {
                said.push_str(&format!(" [reported by {}]", name(author)))
            }
            Standing::Denied(author) => said.push_str(&format!(" [denied by {}]", name(author))),
            Standing::Presumed => said.push_str(" [presumably]"),
        }
        said
    }
}
