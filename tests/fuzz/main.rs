//! The fuzz targets' twin on a stable toolchain: everything that is shipped, cut up and put together at random, met by plain work or
//! by complaints, never by a panic. `PROPTEST_CASES=100000 PROPTEST_RNG_SEED=7 cargo test --test fuzz` goes on for longer; `fuzz/` has the
//! targets that follow the coverage.

mod layout;
mod parse;
mod run;

use proptest::prelude::*;
use proptest::sample::Index;
use std::path::Path;
use std::sync::LazyLock;

/// The texts that are cut up.
static SEEDS: LazyLock<Vec<String>> = LazyLock::new(|| {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut paths = Vec::new();
    for folder in [
        "tests/language",
        "tests/complaints",
        "examples",
        "rules",
        "facts",
    ] {
        let entries = std::fs::read_dir(root.join(folder)).expect("a shipped folder");
        paths.extend(entries.map(|entry| entry.expect("an entry").path()));
    }
    paths.sort();
    paths
        .iter()
        .filter(|path| path.extension().is_some_and(|ending| ending == "hence"))
        .filter_map(|path| std::fs::read(path).ok())
        .map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
        .collect()
});

/// What programs and hands put where it does not belong.
const ODD: [&str; 24] = [
    ".",
    "?",
    "[",
    "]",
    "(",
    ")",
    "\"",
    ":",
    ",",
    " not ",
    " and ",
    " unless ",
    " implies ",
    "?x",
    "?",
    "1e9",
    "%",
    "\u{feff}",
    "\u{0}",
    "\t",
    "\r\n",
    "\u{301}",
    "\n\n",
    "…",
];

#[derive(Clone, Debug)]
enum Edit {
    Remove(Index, usize),
    Double(Index, usize),
    Insert(Index, &'static str),
    /// A stretch of another seed.
    Splice(Index, Index, Index, usize),
}

fn edit() -> impl Strategy<Value = Edit> {
    let at = any::<Index>;
    prop_oneof![
        (at(), 1..60usize).prop_map(|(at, length)| Edit::Remove(at, length)),
        (at(), 1..200usize).prop_map(|(at, length)| Edit::Double(at, length)),
        (at(), prop::sample::select(&ODD[..])).prop_map(|(at, odd)| Edit::Insert(at, odd)),
        (at(), at(), at(), 1..400usize)
            .prop_map(|(at, seed, from, length)| Edit::Splice(at, seed, from, length)),
    ]
}

/// A seed with a few edits.
fn text() -> impl Strategy<Value = String> {
    (any::<Index>(), prop::collection::vec(edit(), 0..6)).prop_map(|(seed, edits)| {
        let mut chars: Vec<char> = seed.get(&SEEDS).chars().collect();
        for edit in edits {
            apply(&mut chars, &edit);
        }
        chars.into_iter().collect()
    })
}

fn apply(chars: &mut Vec<char>, edit: &Edit) {
    let place = |at: &Index, chars: &[char]| at.index(chars.len() + 1);
    match edit {
        Edit::Remove(at, length) => {
            let start = place(at, chars);
            let end = chars.len().min(start + length);
            chars.drain(start..end);
        }
        Edit::Double(at, length) => {
            let start = place(at, chars);
            let copied: Vec<char> = chars[start..].iter().take(*length).copied().collect();
            chars.splice(start..start, copied);
        }
        Edit::Insert(at, odd) => {
            let start = place(at, chars);
            chars.splice(start..start, odd.chars());
        }
        Edit::Splice(at, seed, from, length) => {
            let other: Vec<char> = seed.get(&SEEDS).chars().collect();
            let from = from.index(other.len() + 1);
            let start = place(at, chars);
            chars.splice(start..start, other[from..].iter().take(*length).copied());
        }
    }
}

/// Cases of each test, where `PROPTEST_CASES` does not say.
const CASES: u32 = 4_000;

fn config() -> ProptestConfig {
    match std::env::var_os("PROPTEST_CASES") {
        Some(_) => ProptestConfig::default(),
        None => ProptestConfig::with_cases(CASES),
    }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn any_text_parses(text in text()) {
        parse::try_it(&text);
    }

    #[test]
    fn any_text_keeps_its_layout(text in text()) {
        layout::try_it(&text);
    }

    #[test]
    fn any_text_is_answered(text in text()) {
        run::try_it(&text);
    }
}
