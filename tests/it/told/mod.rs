//! The text of an explanation, told from its JSON alone: what `--all` prints below the answer, line by line. What the text has and JSON
//! has not, or the other way round, comes out as another line.

pub mod changes;

use crate::support::{list, text};
use serde_json::Value;
use std::collections::BTreeSet;

fn all<'a>(of: &'a Value, field: &str) -> impl Iterator<Item = &'a Value> {
    of.get(field).into_iter().flat_map(list)
}

fn has(of: &Value, field: &str) -> bool {
    of.get(field).is_some()
}

/// All lines below the answer itself.
pub fn lines(answer: &Value) -> Vec<String> {
    let mut told = Told::default();
    let proofs: Vec<&Value> = match has(answer, "proofs") {
        true => all(answer, "proofs").collect(),
        false => answer.get("proof").into_iter().collect(),
    };
    for proof in &proofs {
        told.node(proof, 1, "", "");
    }
    let opposites: Vec<&Value> = match has(answer, "opposites") {
        true => all(answer, "opposites").collect(),
        false => answer.get("opposite").into_iter().collect(),
    };
    let refuted = !opposites.is_empty();
    opposites.iter().for_each(|it| told.node(it, 1, "", ""));
    let against = if refuted { "and:" } else { "against it:" };
    for (title, side) in [("for it:", "for"), (against, "against")] {
        if all(answer, side).next().is_some() {
            told.line(1, title);
        }
        all(answer, side).for_each(|argument| told.node(argument, 1, "- ", ""));
    }
    if all(answer, "settled_by").next().is_some() {
        told.line(1, "what would settle it:");
    }
    all(answer, "settled_by").for_each(|it| told.line(1, &format!("- {}", text(it))));
    told.hanging(answer);
    let argued = refuted || has(answer, "for") || has(answer, "against");
    if all(answer, "attempts").next().is_some() && !told.0.is_empty() {
        told.line(1, "how far its rules come:");
    }
    all(answer, "attempts").for_each(|it| told.attempt(it, 1, "", !refuted, argued));
    if told.0.is_empty() {
        told.line(1, "nothing states it, and no rule concludes it");
    }
    if let Some(near) = answer.get("nearest") {
        told.line(1, &format!("- nearest: `{}`", text(near)));
    }
    if has(answer, "contradicted") {
        told.line(1, "(rests on a contradiction)");
    }
    told.0
}

#[derive(Default)]
struct Told(Vec<String>);

impl Told {
    fn line(&mut self, indent: usize, said: &str) {
        self.0.push(format!("{}{said}", "  ".repeat(indent)));
    }

    fn node(&mut self, node: &Value, indent: usize, bullet: &str, title: &str) {
        let is_shown = has(node, "shown");
        let has_parts = ["text", "premises", "defeated"]
            .iter()
            .any(|field| has(node, field));
        let cited = match (is_shown, has(node, "text")) {
            (true, true) => " (shown above)".to_owned(),
            (false, true) => String::new(),
            (_, false) => cited(node),
        };
        let stands = if has(node, "stands") || has(node, "when") || has(node, "worlds") {
            " — ~"
        } else {
            ""
        };
        self.line(
            indent,
            &format!("{bullet}{title}{}{stands}{cited}", statement(node)),
        );
        if is_shown || !has_parts {
            return;
        }
        if let Some(because) = because(node) {
            self.line(indent + 1, &format!("{because}{}", cited_of(node)));
        }
        for premise in all(node, "premises").filter(|premise| !is_idle(premise)) {
            self.node(premise, indent + 1, "- ", "");
        }
        for also in all(node, "also") {
            self.line(indent + 1, "- and also");
            let from = self.0.len();
            self.node(also, indent + 1, "", "");
            self.0.remove(from);
        }
        for lost in all(node, "defeated") {
            let title = format!("against it, but {}: ", lost_to(lost));
            self.node(lost, indent + 1, "- ", &title);
        }
    }

    fn attempt(&mut self, attempt: &Value, indent: usize, title: &str, grounds: bool, told: bool) {
        let said = format!("{title}{}{}", tried(attempt, grounds), cited_of(attempt));
        self.line(indent, &format!("- {said}"));
        for met in all(attempt, "met") {
            let by = match (met.get("rule"), is_gloss(met)) {
                (Some(rule), true) => format!(" (rule {})", text(rule)),
                _ => String::new(),
            };
            let met = format!("- met: {}{by}{}", statement(met), cited_of(met));
            self.line(indent + 1, &met);
        }
        for winner in all(attempt, "defeated_by") {
            let told = told && winner["how"] != "exception";
            if !told && winner["by"] != "absence" {
                self.node(winner, indent + 1, "- ", "against it: ");
            }
        }
        for through in all(attempt, "through") {
            let title = format!("for `{}`: ", text(&through["for"]));
            self.attempt(through, indent + 1, &title, false, false);
        }
    }

    fn hanging(&mut self, answer: &Value) {
        let towards: Vec<&str> = all(answer, "to_loop").map(text).collect();
        let around: Vec<&str> = all(answer, "loop").map(text).collect();
        let by: Vec<&str> = all(answer, "hangs_by").map(text).collect();
        assert_eq!(by.len(), towards.len() + around.len(), "{answer}");
        let Some(first) = around.first() else {
            return;
        };
        let (to, of) = by.split_at(towards.len());
        for (links, by) in [(&towards, to), (&around, of)] {
            let ends = links.iter().skip(1).chain([first]).zip(by);
            let told: Vec<String> = ends
                .map(|(end, by)| format!("on whether {end} ({by})"))
                .collect();
            match links.first() {
                Some(link) if link == first && links.len() == 1 => {
                    self.line(1, &format!("{link} hangs on itself ({})", by[0]));
                }
                Some(link) => self.line(1, &format!("{link} hangs {}", told.join(", and that "))),
                None => {}
            }
        }
    }
}

/// The sentence with how it stands and who says so.
fn statement(node: &Value) -> String {
    if let Some(doubted) = node.get("doubts") {
        return format!("doubt whether {}", text(doubted));
    }
    let (said, status) = (claim(node), text(&node["status"]));
    let is_reported = has(node, "reported_by") || has(node, "denied_by");
    match status {
        "presumed" if !is_reported && text(&node["by"]) != "absence" => {
            format!("{said}, presumably")
        }
        "contested" | "undecided" if !is_reported && text(&node["by"]) != "absence" => {
            format!("{said}, {status}")
        }
        _ => said,
    }
}

fn claim(node: &Value) -> String {
    if let Some(doubted) = node.get("doubts") {
        return format!("doubt whether {}", text(doubted));
    }
    let (sentence, status) = (text(&node["sentence"]), text(&node["status"]));
    let mut open: Vec<&str> = sentence
        .split(' ')
        .filter(|word| word.len() > 1 && word.starts_with('?'))
        .collect();
    open.sort_unstable();
    open.dedup();
    match (text(&node["by"]), status) {
        _ if has(node, "uncounted") => format!("not counted, being {status}: {sentence}"),
        ("absence", "refuted") => format!("not so: {sentence}"),
        ("absence", "unknown") if open.is_empty() => format!("nothing says {sentence}"),
        ("absence", "unknown") => format!("for no {}: {sentence}", open.join(", ")),
        ("absence", _) => format!("no more than {status}: {sentence}"),
        _ => match (node.get("denied_by"), node.get("note")) {
            (Some(by), note) => {
                let by = text(by);
                let before = format!("denied by {by}, ");
                let when = note.and_then(|note| text(note).strip_prefix(&before));
                let when = when.map_or_else(String::new, |when| format!(" ({when})"));
                let denied = sentence
                    .strip_prefix("not ")
                    .map_or_else(|| format!("not {sentence}"), str::to_owned);
                format!("{by} denies that {denied}{when}")
            }
            (None, Some(note)) => format!("{sentence} ({})", text(note)),
            (None, None) => sentence.to_owned(),
        },
    }
}

/// Whether what is said of a rule is its gloss, not the rule itself in words.
fn is_gloss(node: &Value) -> bool {
    let said = node.get("text").map_or("", text);
    let verbs = [" implies ", " suggests ", " casts doubt on "];
    !said.starts_with('`') && !verbs.iter().any(|verb| said.contains(verb))
}

fn because(node: &Value) -> Option<String> {
    let said = text(node.get("text")?);
    Some(match (node.get("rule"), is_gloss(node)) {
        (Some(rule), true) => format!("because {said} (rule {})", text(rule)),
        (Some(rule), false) => format!("by rule {}", text(rule)),
        (None, true) => format!("because {said}"),
        (None, false) => format!("as {said}"),
    })
}

/// That a thing is itself and that two names differ go without saying.
fn is_idle(node: &Value) -> bool {
    let is_name = |side: &str| side.starts_with(|first: char| first == '"' || first.is_uppercase());
    let sentence = text(&node["sentence"]);
    text(&node["by"]) == "arithmetic"
        && match (sentence.split_once(" = "), sentence.split_once(" != ")) {
            (Some((left, right)), _) => left == right,
            (_, Some((left, right))) => is_name(left) && is_name(right),
            _ => false,
        }
}

fn lost_to(lost: &Value) -> String {
    let to = text(&lost["to"]);
    match text(&lost["how"]) {
        "overridden" => format!("overridden by {to}"),
        "undercut" => format!("doubted by {to}"),
        "certain opposite" => "ruled out by what is certain".to_owned(),
        "rival" => format!("no better than {to}"),
        _ => format!("stopped by {to}"),
    }
}

fn cited(node: &Value) -> String {
    if has(node, "text") {
        String::new()
    } else {
        cited_of(node)
    }
}

fn cited_of(of: &Value) -> String {
    let at = of.get("at").map(|at| text(at).to_owned());
    let cited: Vec<String> = all(of, "sources").map(source).chain(at).collect();
    match cited.is_empty() {
        true => String::new(),
        false => format!("  [{}]", cited.join("; ")),
    }
}

fn source(source: &Value) -> String {
    match source.get("place") {
        Some(place) => format!("{} {}", text(&source["source"]), text(place)),
        None => text(&source["source"]).to_owned(),
    }
}

/// What one attempt comes to: what it lacks, what stops it, what beats it.
fn tried(attempt: &Value, grounds: bool) -> String {
    let rule = attempt.get("rule").map_or("", text);
    let name = match rule {
        "" => "what was asked".to_owned(),
        text if text.contains(' ') => format!("`{text}`"),
        label => format!("rule {label}"),
    };
    let mut nearest = all(attempt, "nearest").map(text).collect::<Vec<_>>();
    let of = |field: &str, sentence: &str| attempt.get(field).and_then(|of| of.get(sentence));
    let is_force = |missing: &&Value| text(missing).starts_with("the rule is in force ");
    let in_force = all(attempt, "missing").filter(is_force);
    let in_force = in_force.map(|it| format!("{} only", text(it).replacen("the rule ", "", 1)));
    let in_force: Vec<String> = in_force.collect();
    let lacks: Vec<String> = all(attempt, "missing")
        .filter(|missing| !is_force(missing))
        .map(|missing| {
            let sentence = text(missing);
            let mut aside = Vec::new();
            let mut shown = sentence.to_owned();
            if let Some(written) = of("written", sentence) {
                text(&written["rule"]).clone_into(&mut shown);
                let values = written["values"].as_object().expect("values");
                let told = values.iter();
                aside.extend(told.map(|(name, value)| format!("{name} is {}", text(value))));
            }
            if let Some(when) = of("elsewhen", sentence) {
                let [_, until] = &list(&list(when)[0])[..] else {
                    panic!("{when}")
                };
                aside.push(format!("it holds until {}", text(until)));
            }
            if let Some(value) = of("instead", sentence) {
                aside.push(format!("it is {value}"));
            }
            let is_near = |near: &&str| apart(near, sentence);
            if let Some(at) = nearest.iter().position(is_near) {
                aside.push(format!("nearest: `{}`", nearest.remove(at)));
            }
            let stands = match of("stands", sentence).map(text) {
                Some("refuted") => ", which is refuted".to_owned(),
                Some(status) => format!(", which is {status}"),
                None => String::new(),
            };
            let outright = all(attempt, "outright").any(|it| it == missing);
            let stands = match outright {
                true => " in so many words, another value not being enough here",
                false => &stands,
            };
            let aside = match aside.is_empty() {
                true => String::new(),
                false => format!(" ({})", aside.join(", ")),
            };
            format!("`{shown}`{stands}{aside}")
        })
        .collect();
    assert!(nearest.is_empty(), "near to nothing: {nearest:?}");
    let beating = |how: &str, told: &dyn Fn(&Value) -> String| -> Vec<String> {
        let winners = all(attempt, "defeated_by").filter(|it| it["how"] == how);
        winners.map(told).collect()
    };
    let exceptions = |open: bool| -> String {
        let met = all(attempt, "defeated_by").filter(|it| it["how"] == "exception");
        let is_open =
            |it: &&Value| ["contested", "undecided"].contains(&text(&it["status"])) == open;
        let met = met.filter(is_open).map(|it| {
            let status = text(&it["status"]);
            match text(&it["by"]) {
                "absence" => format!("{}, {status}", text(&it["sentence"])),
                _ if open && it.get("doubts").is_none() => format!("{}, {status}", claim(it)),
                _ => statement(it),
            }
        });
        met.collect::<Vec<_>>().join("; and ")
    };
    let mut fails = Vec::new();
    if !lacks.is_empty() {
        fails.push(format!("lacks {}", lacks.join("; and ")));
    }
    fails.extend(in_force);
    for (verb, open) in [("is", false), ("may be", true)] {
        let met = exceptions(open);
        if !met.is_empty() {
            fails.push(format!("{verb} stopped by its exception: {met}"));
        }
    }
    if !fails.is_empty() {
        return format!("{name} {}", fails.join("; and "));
    }
    let certain = beating("certain opposite", &statement);
    if !certain.is_empty() {
        let certain = certain.join("; and that ");
        return format!("{name} says so, but it is certain that {certain}");
    }
    let ways = [
        ("overridden", "is overridden by"),
        ("undercut", "is doubted by"),
        ("rival", "neither overrides nor is overridden by"),
    ];
    let told: Vec<String> = ways
        .iter()
        .filter_map(|(how, words)| {
            let with_grounds = grounds || *how != "overridden";
            let by = beating(how, &|winner| authored(winner, with_grounds));
            (!by.is_empty()).then(|| format!("{words} {}", listed(&by)))
        })
        .collect();
    assert!(!told.is_empty(), "nothing is said against {attempt}");
    format!("{name} says so, but {}", told.join("; and "))
}

/// Whether two sentences are the same but for a few words.
fn apart(near: &str, sentence: &str) -> bool {
    let words = |text: &str| -> BTreeSet<String> { text.split(' ').map(str::to_owned).collect() };
    let (near, sentence) = (words(near), words(sentence));
    near.intersection(&sentence).count() + 2 >= near.len()
}

/// What beats something by its name, with what it rests on.
fn authored(winner: &Value, grounds: bool) -> String {
    let author = match (
        winner.get("rule"),
        winner.get("reported_by"),
        winner.get("text"),
    ) {
        (Some(rule), _, _) => format!("rule {}", text(rule)),
        (None, Some(author), _) => return text(author).to_owned(),
        (None, None, Some(rule)) => format!("`{}`", text(rule)),
        (None, None, None) => return claim(winner),
    };
    let premises = all(winner, "premises").filter(|it| it["by"] != "arithmetic");
    let said: Vec<String> = premises.map(claim).collect();
    match grounds && !said.is_empty() {
        true => format!("{author} ({})", said.join("; ")),
        false => author,
    }
}

fn listed(parts: &[String]) -> String {
    match parts {
        [only] => only.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
        [] => String::new(),
    }
}
