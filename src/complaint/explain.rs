//! Every complaint by its code: what it is about, with an example that draws it. The examples are the tests of the complaints.

/// What `hence explain CODE` tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Explained {
    pub code: &'static str,
    /// Why it is a complaint and what to do; sentences.
    pub about: &'static str,
    /// A small file that draws it; empty where no file alone can.
    pub example: &'static str,
}

macro_rules! with_examples {
    ($($code:literal: $about:literal,)*) => {
        &[$(Explained {
            code: $code,
            about: $about,
            example: include_str!(concat!("../../tests/complaints/", $code, ".hence")),
        }),*]
    };
}

/// The entry of a code.
pub fn explained(code: &str) -> Option<&'static Explained> {
    ALL.iter()
        .chain(WITHOUT_EXAMPLE)
        .find(|explained| explained.code == code)
}

/// Every code, in order.
pub fn codes() -> Vec<&'static str> {
    let mut codes: Vec<&str> = ALL
        .iter()
        .chain(WITHOUT_EXAMPLE)
        .map(|explained| explained.code)
        .collect();
    codes.sort_unstable();
    codes
}

const ALL: &[Explained] = with_examples! {
    "anything-in-conclusion": "A rule cannot conclude something about `?`, which stands for anything. Name what it concludes about with a variable that the condition binds.",
    "as-of-in-fact": "`as of` belongs to questions, expectations and the statement that sets the present. Say when a fact holds in brackets: `[from 1995, until 2020]`.",
    "and-in-overrides": "Several rules that give way to one are listed with commas: `a overrides b, c`.",
    "as-of-note": "Notes say when with `from`, `until`, `before`, `in` or `happened in`; `as of` belongs to questions.",
    "as-of-words": "`as of` with a date says when something is asked. Without a date the two are words like any others, and make another sentence.",
    "asked-on-one-side": "Both sides of an `or` in a question must speak of the same `who` or variable, else a row would have an empty place.",
    "asked-outside-question": "`who`, `whom`, `what` and `which` ask, so they stand in questions and expectations only. In a rule write a variable such as `?state`.",
    "bare-date": "A date alone in brackets does not say whether the sentence holds from then, until then, or only then.",
    "capital-inside": "A capital makes a name, so `Unless`, `And` or `The` inside a statement belong to one. Where the word was meant it begins with a small letter; a name that has it stands in quotes.",
    "capital-opener": "A statement opens with a word in lower case (`rule`, `driver`, `test`); with a capital the word would be a name.",
    "capital-opening": "A capital makes a name, except for `The`, `Each of` and the question words at the opening of a statement, which are read in lower case. The warning is there in case a name was meant.",
    "chained-comparison": "A comparison has two sides. Write `1 < ?n and ?n < 5` for a value between two others.",
    "circular-overrides": "If two rules or reporters each prevail over the other, nothing is decided. Take one `overrides` out.",
    "circular-scenarios": "A scenario cannot extend itself, directly or through others.",
    "column-twice": "Each column of a loaded table needs a variable of its own.",
    "comma-in-number": "A comma inside a number stands before exactly three digits. Elsewhere it goes on with a list, so `1,50` is the two numbers 1 and 50.",
    "comma-between-sentences": "A comma goes on with a list of names. Whole sentences are joined by `and`.",
    "comparison-in-fact": "A fact states; what is compared or reckoned belongs into the condition of a rule or a question.",
    "condition-in-fact": "`or` and `unless` belong into conditions. A fact states each of its sentences.",
    "counted-outside": "A variable that is counted, summed or compared inside `where` has no single value outside of it. Use another name outside, or group by what both share.",
    "counts-itself": "A rule cannot count what it concludes itself: the count would change with every conclusion. Only `least` and `greatest` may feed the relation that they read, as for shortest paths.",
    "declared-otherwise": "A relation is declared once, or alike each time.",
    "does-not": "Words are not inflected here, so `does not depend` is no opposite of `depends`. Write `not … depends`.",
    "drops-conclusion": "`drop` takes a stated fact away. What is only concluded goes when the facts or rules behind it go; or suppose its opposite.",
    "drops-nothing": "`drop` takes a stated fact away, and no fact states this sentence. Often it is stated with other words.",
    "drops-outcome": "What an outcome of a driver states depends on the world; fix the driver instead of dropping the sentence.",
    "each-without-of": "A list opens with `each of` or goes on with a comma. `each A and B` and `both A and B` are two sentences, of which the first says nothing but `each A`.",
    "empty-cell": "A row of a loaded table with an empty cell states nothing clear. Fill the cell, or leave the row out.",
    "empty-name": "Quotes make a name of any text, but there must be one.",
    "empty-period": "These times have no day in common, so the sentence would never hold.",
    "empty-where": "`where` is followed by what is counted over: `?n is the number of ?c where ?c mines Cobalt`.",
    "fact-inside": "A line of a test opens with `expect`, one of a scenario with `suppose` or `drop`. Without that it is a fact, which holds everywhere, and ends the test or scenario.",
    "full-stop-inside": "A full stop ends a statement. Inside a name or number it needs quotes: `\"U.S.\"`, `\"2.14.1\"`.",
    "full-stop-twice": "A statement ends with one full stop. A second one ends nothing, and what stands before it has been read already.",
    "given-shares-variable": "What stands behind `given` is evidence of its own and shares no variable with the question.",
    "group-in-fact": "Parentheses group conditions; a fact has none.",
    "half-header": "The first line of a table either names all columns of the sentence or is a row like the others.",
    "if-after": "A rule puts its condition first: `CONDITION implies CONCLUSION`. `if` belongs to questions.",
    "if-then": "A rule needs neither `if` nor `then`: `CONDITION implies CONCLUSION`, or `suggests` where exceptions are thinkable.",
    "item-alone": "`expect`, `suppose` and `drop` stand in a test or scenario, which this is no longer part of.",
    "kind-without-name": "A kind behind a colon is a name with a capital: `?bloc:Alliance`.",
    "label-not-a-word": "A label is one word in lower case, so that it cannot be taken for a name.",
    "label-twice": "Two rules, drivers, scenarios or sources cannot have one label.",
    "likelihood-of-report": "A likelihood says how likely a fact is; a report or presumption is weighed by what argues against it.",
    "likelihood-out-of-range": "A likelihood lies between 0% and 100%.",
    "line-goes-on": "A statement may run over several lines. Where a line at the left margin goes on with the sentence above it, most often the full stop above is missing, and two statements are read as one. Indent the line if it is one sentence.",
    "list-mark": "Statements, outcomes, expectations and suppositions stand one below the other, each with its full stop. Dashes, stars and numbers before them, as in a list, are left out.",
    "list-out-of-place": "A list states a sentence once for each name, which makes sense in facts, outcomes, suppositions and expectations. In a rule use a variable, or `or`.",
    "list-then-more": "A list followed by further words and a name reads as one long sentence. If two sentences were meant, write them as two.",
    "lower-case-name": "A name begins with a capital. Written small it is a word, and words make another relation that nothing reads.",
    "lone-name-after-and": "A bare `and` joins sentences; it goes on with a list only where a comma, `each of` or `only` has opened one.",
    "lone-term": "A name alone says nothing; a sentence has at least one word, or two names.",
    "lone-variable": "A variable that stands in one place only, inside an `unless`, matches anything; write `?` if that is meant.",
    "magnitude-first": "`thousand`, `million`, `billion` and `trillion` belong to the number before them: `500 million USD`. Before a number they are words.",
    "misplaced-note": "Each kind of statement takes notes of its own: times on facts, outcomes, suppositions and rules; `now` on outcomes; a status on expectations.",
    "missing-comma": "A comma or `and` stands before each item of a list but the first; a name right behind an item is a term of its own. Behind a declared relation, `symmetric`, `transitive` and `functional` say something of it, after a comma. Without one they are words of the relation.",
    "missing-file": "The file that is named is not there. Paths start from the folder of the file that names them.",
    "missing-full-stop": "A statement ends with a full stop followed by a space or the end of a line.",
    "missing-question-mark": "A question ends with a question mark.",
    "missing-verb": "A rule says what follows from its condition: `CONDITION implies CONCLUSION`, or `suggests` where exceptions are thinkable.",
    "missing-where": "What is counted or summed is said behind `where`.",
    "name-in-arithmetic": "Only numbers, quantities and dates can be reckoned with.",
    "name-in-declaration": "A declaration shows a relation with variables in its places, no names.",
    "nearly-not": "A sentence is denied by `not`. Any other word, also `no` in front of a name, is a word of the sentence and makes another relation of it.",
    "nearly-a-unit": "Units are those of a table and are written as there, with their capitals: `USD`, `km`, `million`. Another word behind a number is only a word.",
    "nearly-a-verb": "A statement is a rule by its `implies`, `suggests` or `casts doubt on`, and settles a conflict by its `overrides`. With the word misspelt it is a fact.",
    "nearly-an-opener": "A statement opens with a word such as `source` or `use`. With the word misspelt it is a fact.",
    "nearly-another-name": "A name that is met only once and differs by a letter from one that is met often is usually that other one with a typing mistake. In quotes it is taken as meant.",
    "nearly-another-variable": "A variable that is met only once and differs from another by a letter is usually that other one with a typing mistake.",
    "nearly-the-same": "Two relations that differ by a letter are usually one with a typing mistake.",
    "needs-two-terms": "`symmetric` and `transitive` speak of relations between two terms.",
    "nested-too-deep": "Parentheses are nested deeper than anyone could read. Give the inner condition a sentence of its own by a rule.",
    "never-in-conflict": "`overrides` settles a conflict. Two rules that speak for the same side, or of different sentences, never meet.",
    "never-opposed": "Nothing states or concludes the opposite, so `not` can never be met. `unless` asks for what is not known; `not` for what is known not to be.",
    "never-stated": "A rule or question asks for a sentence that no fact states and no rule concludes. Often the words differ a little.",
    "no-column": "A loaded sentence needs a variable for each column that is to be read.",
    "no-only": "`expect no …` and `only` say two things at once; write two expectations.",
    "no-rows": "The loaded table is empty.",
    "no-such-date": "The date does not exist, or is not written as `2010`, `2010-08` or `2010-08-16`.",
    "not-a-number": "What stands here should be a number.",
    "not-before-comparison": "Turn the comparison round: `!=` for `not … =`.",
    "not-before-group": "`not` negates one sentence. Of several, say for each what is meant, or use `unless`.",
    "not-in-declaration": "A declaration names the relation; its opposite goes with it.",
    "note-twice": "The same kind of note stands twice and can only be meant once.",
    "nothing-asked": "`what if` supposes something and then asks: the question stands behind a colon.",
    "nothing-and-more": "In the outcome `no: nothing.` nothing happens; so `nothing` stands there alone.",
    "notes-out-of-place": "Notes in brackets stand at the end of a statement, before its full stop.",
    "nothing-left": "Outcomes without a likelihood share what the others leave of 100%. Where that is nothing they get 0%, which is seldom meant.",
    "nothing-between": "Words such as `and`, `unless`, `implies` and signs such as `+` and `=` stand between two things. Here one of the two is missing, or the word is written twice.",
    "number-after-name": "A number after a name is a term of its own: `Article 5` is two. Put quotes around what is one name.",
    "number-too-long": "Numbers are exact, up to 4096 bits.",
    "number-word": "Numbers are written in digits; `six` is a word like any other.",
    "odds-twice": "An outcome has one likelihood.",
    "one-of-two": "A relation has one place with at most one value.",
    "one-of-what": "`one ?x` names a variable of the declared sentence.",
    "only-outside-expectation": "`only` says that nothing else holds, which an expectation can test and a fact cannot state.",
    "only-with-others": "`only` is tested for one sentence by itself; put other conditions into expectations of their own.",
    "outcome-alone": "An outcome `label: sentences.` belongs to a driver, which this is no longer part of.",
    "outcome-is-fact": "What is a plain fact holds in every world, whatever the outcome. Take the fact out if the outcome decides.",
    "outside-file": "`use` and `load` stay within the project of the case. `--allow-path FOLDER` lets them reach further.",
    "over-a-hundred": "The outcomes of a driver exclude each other, so their percentages sum to 100 at most.",
    "question-mark-after-statement": "A statement ends with a full stop; with a question mark it would be a question.",
    "question-order": "A question is its sentence with a question mark behind it: `Armenia is free?`. A capital makes a name, so `Is Armenia` would be one.",
    "quoted-source": "A source has a label, which is declared once with its title and cited in notes.",
    "result-counted": "The result of a count or sum is a variable of its own, and not what is counted.",
    "reserved-label": "The word opens statements, so it cannot be a label.",
    "reserved-word": "`and`, `or`, `unless`, `not`, `implies` and a few more mean something everywhere, so no sentence can have them as its words. Say it with another word: `entails` for `implies`.",
    "second-verb": "A rule has one `implies` or `suggests`. What follows from the conclusion in turn is a rule of its own.",
    "short-year": "A number stands for a year wherever a date is due. With fewer than four digits it is a year of antiquity, which is seldom meant.",
    "space-before-percent": "`30%` is one number, 0.3; `%` between spaces is the rest of a division.",
    "stray-character": "The character has no meaning in this place. In a name it needs quotes.",
    "suffix-twice": "A question is asked in one scenario and as of one date.",
    "supposed-both-ways": "One scenario cannot suppose a sentence and its opposite, or two values where there is one.",
    "supposed-in-vain": "What is supposed changes an answer only where a rule or a question reads those words; a misspelt relation changes nothing.",
    "too-few-outcomes": "A driver is a question that is open, so it has at least two outcomes. `no: nothing.` is one.",
    "touching-unit": "A number and its unit are two tokens with a space between them; in one piece they are a word.",
    "two-bests": "A relation that keeps the least value cannot keep the greatest too. Give the two a relation each.",
    "two-kinds": "One name is used where two different kinds were declared; often a sentence is turned round.",
    "two-lists": "A sentence with two lists does not say which goes with which. Write a sentence for each name of one list.",
    "two-nots": "`not` negates the whole sentence, so a second one would take it back.",
    "two-nows": "One outcome of a driver is the present one.",
    "two-presents": "A case has one present.",
    "unbound-variable": "Each variable of a conclusion, comparison or `unless` needs a value from a sentence of the condition.",
    "unclosed-bracket": "Notes end with `]`.",
    "unclosed-quote": "A quoted name ends with a quote, on the same line.",
    "under-a-hundred": "The percentages of a driver's outcomes sum to less than 100 with none left to take the rest; they are scaled up.",
    "unexpected": "Something else was expected here.",
    "unexpected-end": "The statement breaks off.",
    "unknown-count": "What is counted or summed is written `?n is the number of ?c where ?c mines ?m`, with `number`, `sum`, `least`, `greatest` or `average`. It stands in a condition or a question.",
    "unknown-author": "Only a rule's label, or the name of somebody who reports or denies, can prevail or be prevailed over.",
    "unknown-escape": "In quotes only `\\\"` and `\\\\` have a meaning of their own.",
    "unknown-note": "Brackets hold sources, times, reports, likelihoods and a few fixed words.",
    "unknown-operator": "Comparisons are `=`, `!=`, `<`, `<=`, `>` and `>=`.",
    "unknown-opener": "A statement with a `:` behind its opening is a rule, a test, a driver, a scenario or an outcome of a driver. The word here is none of theirs; most often it is misspelt.",
    "unknown-scenario": "No scenario has this label. Without one the words would belong to the sentence, which nothing states.",
    "unknown-source": "A source is introduced once, `source memo \"its title\".`, before facts can cite it.",
    "unlike-units": "Only quantities of one kind can be ordered or added: metres with kilometres, not with dollars.",
    "unnamed-column": "Each column of a loaded sentence is a named variable.",
    "unopened-bracket": "A closing bracket or parenthesis has no opening one before it in its statement.",
    "use-cycle": "A file cannot use itself, directly or through others.",
    "variable-in-fact": "A fact speaks of names. With a variable it would be a rule: say for which, and what it implies.",
    "variable-in-list": "A list names what a sentence is said of; a variable stands alone.",
    "variable-without-mark": "A variable has its question mark everywhere. Without it the letters are a word, and the conclusion speaks of nobody.",
    "variable-twice": "Each place of a declaration has a variable of its own.",
    "word-twice": "A word or name that stands twice in a row makes another relation or another name. Most often a hand slipped.",
    "word-in-comparison": "A comparison has numbers, quantities, dates, names or variables on its sides, no words.",
    "wrong-cell-count": "A row has more or fewer cells than the table's first line, or than the loaded sentence has variables.",
};

/// Complaints that no small file draws by itself.
const WITHOUT_EXAMPLE: &[Explained] = &[
    alone(
        "bad-argument",
        "The command line cannot be read as given; `hence --help` and `hence COMMAND --help` list what there is.",
    ),
    alone(
        "bad-snapshot",
        "The file beside a case in which `hence snapshot` keeps what it concluded cannot be read as that. Often it was edited by hand, or two versions of it were merged. Delete it and record it anew; what changed in between is then not told.",
    ),
    alone(
        "cannot-compute",
        "A comparison or sum in a question has no value for what the question finds: a division by zero, unlike units.",
    ),
    alone(
        "fact-limit",
        "The run was stopped at the limit of `--max-facts`. Often a rule feeds itself ever new values; bound it with a comparison.",
    ),
    alone(
        "memory-limit",
        "The run was stopped at the limit of `--max-memory`. Often a rule feeds itself ever new values; bound it with a comparison.",
    ),
    alone(
        "worlds-limit",
        "The drivers meet in so many ways in one conclusion that their worlds cannot be kept apart. Drivers that act together should be declared next to each other; fewer drivers, or drivers that bear on fewer facts, help too.",
    ),
    alone(
        "time-limit",
        "The run was stopped at the limit of `--timeout`.",
    ),
    alone("interrupted", "The run was stopped by Ctrl-C."),
    alone(
        "no-such-value",
        "A rule's arithmetic has no value: a division by zero, a number past the limit, unlike units. The complaint shows the rule and the values.",
    ),
    alone(
        "no-world-left",
        "What is impossible, given or supposed rules out every combination of the drivers' outcomes.",
    ),
    alone(
        "unknown-driver",
        "`--given` names a driver that the files do not have.",
    ),
    alone(
        "unknown-outcome",
        "`--given DRIVER=OUTCOME` names an outcome that the driver does not have, or none.",
    ),
    alone(
        "given-both",
        "Of a driver exactly one outcome is the case, so two cannot be given together.",
    ),
    alone(
        "given-unlikely",
        "Among worlds that have no weight at all nothing is likely or unlikely: what is given hangs on outcomes of 0%.",
    ),
    alone(
        "long-sentence",
        "A sentence has a thousand words and names at most. A longer one lacks full stops, or is no text of this language.",
    ),
    alone(
        "too-many-sentences",
        "Several lists in one expectation multiply. Split the expectation.",
    ),
    alone(
        "too-many-alternatives",
        "Several `or` and `unless` in one statement multiply. Let rules of their own conclude the parts.",
    ),
    alone(
        "long-comparison",
        "A comparison has 256 words and signs at most. Compute parts of it in rules of their own.",
    ),
    alone("not-utf8", "Files are UTF-8 text."),
    alone("zero-byte", "The file holds a zero byte, so it is no text."),
    alone("unreadable-file", "The file is there but cannot be read."),
    alone(
        "no-regular-file",
        "A device, pipe or socket is no file to read a case from.",
    ),
    alone("too-large-file", "A single file may have one gibibyte."),
    alone("empty-folder", "The folder holds no `.hence` file."),
    alone("text-too-long", "A single text may have four gigabytes."),
    alone(
        "not-carried",
        "What an `implies` rule concludes does not hold though its condition does, presumably: something else speaks against the conclusion, and a rule does not work backwards. Write the reverse rule too, say by `overrides` what prevails, or weaken the rule to `suggests`. Seen by `run` and `test`, which draw the conclusions.",
    ),
    alone(
        "more-bad-rows",
        "The first bad rows of a table are shown one by one, the others counted.",
    ),
    alone(
        "more-than-a-question",
        "One question was asked for, and there is more.",
    ),
    alone(
        "other-snapshot",
        "A snapshot keeps what follows under the options that it was recorded with, such as `--in SCENARIO`. It can be compared only with what follows under the same ones.",
    ),
    alone(
        "unwritable-file",
        "A file that was to be written cannot be: its folder is not there, or it may not be changed.",
    ),
    alone(
        "not-there-yet",
        "The command or option has a name and nothing more yet.",
    ),
];

const fn alone(code: &'static str, about: &'static str) -> Explained {
    Explained {
        code,
        about,
        example: "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_tested_complaint_is_explained() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/complaints");
        for entry in std::fs::read_dir(folder).expect("the folder is there") {
            let name = entry
                .expect("an entry")
                .file_name()
                .to_string_lossy()
                .into_owned();
            if let Some(code) = name.strip_suffix(".hence") {
                assert!(explained(code).is_some(), "`{code}` is not explained");
            }
        }
    }
}
