//! Trees as short lines, for tests: `[CSTO] covers [Armenia]`, `{?x > 5} & ¬[?x] is [Bob]`. Every pair of braces is a node, so that
//! precedence can be read off.

use super::tree::*;

pub(crate) fn statement(statement: &Statement) -> String {
    match &statement.kind {
        StatementKind::Use(path) => format!("use {}", path.text),
        StatementKind::Load { path, row } => format!("load {} as {}", path.text, sentence(row)),
        StatementKind::Source { label, title } => format!("source {}: {}", label.text, title.text),
        StatementKind::AsOf(dated) => format!("as of {}", dated.date),
        StatementKind::Relation(declared) => {
            let properties = declared
                .properties
                .iter()
                .map(|property| format!(", {:?}", property.kind));
            format!(
                "relation {}{}",
                sentence(&declared.sentence),
                properties.collect::<String>()
            )
        }
        StatementKind::Fact(fact) => {
            format!("{}{}", sentences(&fact.sentences), notes(&fact.notes))
        }
        StatementKind::Facts(facts) => {
            format!(
                "{} facts like {}",
                facts.facts.len(),
                sentences(&facts.makes)
            )
        }
        StatementKind::Rule(rule) => {
            let label = rule
                .label
                .as_ref()
                .map(|label| format!("{}: ", label.text))
                .unwrap_or_default();
            let condition = rule.body.as_ref().map(body).unwrap_or_default();
            format!(
                "{label}{condition} {:?} {}{}",
                rule.verb,
                sentences(&rule.heads),
                notes(&rule.notes)
            )
        }
        StatementKind::Overrides { winner, losers } => {
            let losers: Vec<&str> = losers.iter().map(|loser| loser.text.as_str()).collect();
            format!("{} overrides {}", winner.text, losers.join(", "))
        }
        StatementKind::Driver(driver) => {
            let outcomes = driver.outcomes.iter().map(|outcome| {
                format!(
                    " {}: {}{}.",
                    outcome.label.text,
                    sentences(&outcome.sentences),
                    notes(&outcome.notes)
                )
            });
            format!(
                "driver {}:{}",
                driver.label.text,
                outcomes.collect::<String>()
            )
        }
        StatementKind::Impossible(condition) => format!("impossible {}", body(condition)),
        StatementKind::Scenario(scenario) => {
            let items = scenario.items.iter().map(|item| {
                let verb = if item.drop { "drop" } else { "suppose" };
                format!(
                    " {verb} {}{}.",
                    sentences(&item.sentences),
                    notes(&item.notes)
                )
            });
            let extends = scenario
                .extends
                .as_ref()
                .map(|label| format!(" < {}", label.text))
                .unwrap_or_default();
            format!(
                "scenario {}{extends}:{}",
                scenario.label.text,
                items.collect::<String>()
            )
        }
        StatementKind::Test(test) => {
            let expectations = test.expectations.iter().map(|expectation| {
                let no = if expectation.no.is_some() { " no" } else { "" };
                let rest = suffixes(&expectation.suffixes) + &notes(&expectation.notes);
                format!(" expect{no} {}{rest}.", body(&expectation.body))
            });
            format!(
                "test {}:{}",
                test.title.text,
                expectations.collect::<String>()
            )
        }
        StatementKind::Question(asked) => question(asked),
    }
}

pub(super) fn question(question: &Question) -> String {
    let kind = match &question.kind {
        QuestionKind::WhatIf(supposed) => format!("WhatIf {}: ", sentences(supposed)),
        kind => format!("{kind:?} "),
    };
    format!(
        "{kind}{}{}?",
        body(&question.body),
        suffixes(&question.suffixes)
    )
}

fn suffixes(suffixes: &[Suffix]) -> String {
    let words = suffixes.iter().map(|suffix| match &suffix.kind {
        SuffixKind::In(label) => format!(" <in {}>", label.text),
        SuffixKind::AsOf(dated) => format!(" <as of {}>", dated.date),
        SuffixKind::If(supposed) => format!(" <if {}>", sentences(supposed)),
        SuffixKind::Given(condition) => format!(" <given {}>", body(condition)),
    });
    words.collect()
}

fn notes(notes: &[Note]) -> String {
    let words = notes.iter().map(|note| match &note.kind {
        NoteKind::Source { label, place } => {
            format!(
                " [source {} {}]",
                label.text,
                place.as_ref().map_or("", |place| &place.text)
            )
        }
        NoteKind::From(dated) => format!(" [from {}]", dated.date),
        NoteKind::Until(dated) => format!(" [until {}]", dated.date),
        NoteKind::Before(dated) => format!(" [before {}]", dated.date),
        NoteKind::In(dated) => format!(" [in {}]", dated.date),
        NoteKind::Happened(dated) => format!(" [happened {}]", dated.date),
        NoteKind::ReportedBy(author) => format!(" [reported by {}]", author.text),
        NoteKind::DeniedBy(author) => format!(" [denied by {}]", author.text),
        NoteKind::Likelihood(Likelihood::Share(share)) => format!(" [{share}]"),
        NoteKind::Likelihood(Likelihood::Word(word)) => format!(" [{word:?}]"),
        NoteKind::Status(status) => format!(" [{status:?}]"),
        kind => format!(" [{kind:?}]"),
    });
    words.collect()
}

pub(super) fn body(condition: &Body) -> String {
    let joined = |parts: &[Body], sign: &str| {
        let parts: Vec<String> = parts.iter().map(body).collect();
        format!("{{{}}}", parts.join(sign))
    };
    match &condition.kind {
        BodyKind::Sentence(one) => sentence(one),
        BodyKind::Comparison {
            left,
            operator,
            right,
            ..
        } => {
            format!(
                "{{{} {operator:?} {}}}",
                expression(left),
                expression(right)
            )
        }
        BodyKind::Aggregate(aggregate) => format!(
            "{{{} = {:?} {} where {}}}",
            term(&aggregate.result),
            aggregate.kind,
            expression(&aggregate.over),
            body(&aggregate.condition)
        ),
        BodyKind::And(parts) => joined(parts, " & "),
        BodyKind::Or(parts) => joined(parts, " | "),
        BodyKind::Unless {
            body: first,
            exceptions,
        } => {
            let first = first.as_ref().map(|first| body(first)).unwrap_or_default();
            let exceptions = exceptions
                .iter()
                .map(|exception| format!(" \\ {}", body(exception)));
            format!("{{{first}{}}}", exceptions.collect::<String>())
        }
        BodyKind::Group(inner) => format!("({})", body(inner)),
    }
}

fn expression(whole: &Expression) -> String {
    match &whole.kind {
        ExpressionKind::Term(one) => term(one),
        ExpressionKind::Negative(inner) => format!("{{-{}}}", expression(inner)),
        ExpressionKind::Binary {
            left,
            operator,
            right,
        } => {
            format!(
                "{{{} {operator:?} {}}}",
                expression(left),
                expression(right)
            )
        }
        ExpressionKind::Power { base, exponent } => {
            format!("{{{} ^ {exponent}}}", expression(base))
        }
        ExpressionKind::Group(inner) => format!("({})", expression(inner)),
    }
}

fn sentences(all: &[Sentence]) -> String {
    let all: Vec<String> = all.iter().map(sentence).collect();
    all.join(" & ")
}

pub(super) fn sentence(sentence: &Sentence) -> String {
    let not = if sentence.not.is_some() { "¬" } else { "" };
    let parts: Vec<String> = sentence.parts.iter().map(part).collect();
    format!("{not}{}", parts.join(" "))
}

fn part(part: &Part) -> String {
    match part {
        Part::Word(word) => word.text.to_string(),
        Part::Term(one) => format!("[{}]", term(one)),
        Part::List(list) => {
            let opener = list
                .opener
                .map(|opener| format!("{opener:?} "))
                .unwrap_or_default();
            let items: Vec<String> = list.items.iter().map(term).collect();
            format!("[{opener}{}]", items.join("; "))
        }
    }
}

fn term(term: &Term) -> String {
    match &term.kind {
        TermKind::Name(name) => name.to_string(),
        TermKind::Number(number) | TermKind::Share(number) => format!("#{number}"),
        TermKind::Quantity(quantity) => {
            format!("#{} {}", quantity.number(), quantity.unit_written())
        }
        TermKind::Date(date) => format!("@{date}"),
        TermKind::Variable { name, kind: None } => format!("?{name}"),
        TermKind::Variable {
            name,
            kind: Some(kind),
        } => format!("?{name}:{}", kind.text),
        TermKind::Anything => "?".to_owned(),
        TermKind::Asked(word) => format!("{word}?"),
    }
}
