use super::{Case, Input, Policy, read};
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// A folder with these files, and the case that the named ones make.
struct Trial {
    folder: TempDir,
}

impl Trial {
    fn new(files: &[(&str, &str)]) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        for (name, text) in files {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
            fs::write(path, text).expect("a file");
        }
        Self { folder }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn read(&self, named: &[&str]) -> Case {
        self.read_with(named, &Policy::default())
    }

    fn read_with(&self, named: &[&str], policy: &Policy) -> Case {
        let inputs: Vec<Input> = named
            .iter()
            .map(|name| Input::Path(self.path(name)))
            .collect();
        read(&inputs, policy)
    }

    /// The names of the documents, in order, as they stand below the folder.
    fn order(&self, case: &Case) -> Vec<String> {
        let name =
            |source| Path::new(&case.sources.get(source).name).strip_prefix(self.folder.path());
        case.documents
            .iter()
            .map(|document| {
                name(document.source)
                    .expect("below the folder")
                    .to_string_lossy()
                    .into_owned()
            })
            .collect()
    }
}

fn titles(case: &Case) -> Vec<&str> {
    case.complaints
        .iter()
        .map(|complaint| complaint.title.as_str())
        .collect()
}

fn codes(case: &Case) -> Vec<&str> {
    case.complaints
        .iter()
        .map(|complaint| complaint.code)
        .collect()
}

/// The rows of the first table, cells between bars.
fn rows(case: &Case) -> Vec<String> {
    let table = &case.tables[0];
    let cell = |&term: &_| case.terms.get(term).to_string();
    table
        .terms
        .chunks(table.arity)
        .map(|row| row.iter().map(cell).collect::<Vec<_>>().join("|"))
        .collect()
}

#[test]
fn a_used_file_stands_before_its_user_and_once() {
    let trial = Trial::new(&[
        (
            "main.hence",
            "use \"rules/a.hence\".\nuse \"rules/b.hence\".\n",
        ),
        ("rules/a.hence", "use \"../facts.hence\".\n"),
        ("rules/b.hence", "use \"./../rules/../facts.hence\".\n"),
        ("facts.hence", ""),
    ]);
    let case = trial.read(&["main.hence", "facts.hence"]);
    assert_eq!(titles(&case), [""; 0]);
    assert_eq!(
        trial.order(&case),
        [
            "facts.hence",
            "rules/a.hence",
            "rules/b.hence",
            "main.hence"
        ]
    );
}

#[test]
fn a_folder_is_the_files_below_it_by_path() {
    let trial = Trial::new(&[
        ("b.hence", ""),
        ("a/z.hence", ""),
        ("a/notes.txt", ""),
        (".git/c.hence", ""),
    ]);
    assert_eq!(trial.order(&trial.read(&["."])), ["a/z.hence", "b.hence"]);
    assert_eq!(codes(&trial.read(&["a/../.git"])), [""; 0]);
    fs::create_dir(trial.path("empty")).expect("a folder");
    assert_eq!(codes(&trial.read(&["empty"])), ["empty-folder"]);
}

#[test]
fn a_cycle_shows_its_way() {
    let trial = Trial::new(&[
        ("a.hence", "use \"b.hence\".\n"),
        ("b.hence", "use \"c.hence\".\n"),
        ("c.hence", "use \"b.hence\".\n"),
    ]);
    let case = trial.read(&["a.hence"]);
    assert_eq!(codes(&case), ["use-cycle"]);
    let way =
        case.complaints[0].notes[0].replace(&format!("{}/", trial.folder.path().display()), "");
    assert_eq!(way, "`b.hence` uses `c.hence` uses `b.hence`.");
    assert_eq!(case.documents.len(), 3);
}

#[test]
fn a_long_chain_costs_no_stack() {
    let files: Vec<(String, String)> = (0..3000)
        .map(|n| (format!("{n}.hence"), format!("use \"{}.hence\".\n", n + 1)))
        .collect();
    let files: Vec<(&str, &str)> = files
        .iter()
        .map(|(name, text)| (name.as_str(), text.as_str()))
        .collect();
    let trial = Trial::new(&files);
    let case = trial.read(&["0.hence"]);
    assert_eq!(
        (case.documents.len(), codes(&case)),
        (3000, vec!["missing-file"])
    );
}

#[test]
fn a_missing_file_offers_the_nearest() {
    let trial = Trial::new(&[
        ("a.hence", "use \"rules/leverge.hence\".\n"),
        ("rules/leverage.hence", ""),
    ]);
    let case = trial.read(&["a.hence", "b.hence"]);
    assert_eq!(codes(&case), ["missing-file", "missing-file"]);
    assert_eq!(
        case.complaints[0].help,
        ["Did you mean `rules/leverage.hence`?"]
    );
}

#[test]
fn what_is_no_text_is_said_with_its_place() {
    let trial = Trial::new(&[("zero.hence", "A is on.\nB\0.\n")]);
    fs::write(trial.path("latin.hence"), b"A is on.\nCaf\xe9 is on.\n").expect("a file");
    fs::write(trial.path("wide.hence"), b"\xff\xfeA\0").expect("a file");
    for (name, code, line) in [
        ("zero.hence", "zero-byte", 2),
        ("latin.hence", "not-utf8", 2),
        ("wide.hence", "not-utf8", 1),
    ] {
        let case = trial.read(&[name]);
        assert_eq!(codes(&case), [code]);
        let span = case.complaints[0].span();
        assert_eq!(case.sources.get(span.source).line_of(span.start), line);
        assert!(case.documents.is_empty());
    }
}

#[test]
fn folders_and_devices_are_no_files() {
    let trial = Trial::new(&[
        ("a.hence", "use \"rules\".\nload \"rules\" as ?a is on.\n"),
        ("rules/b.hence", ""),
    ]);
    assert_eq!(codes(&trial.read(&["a.hence"])), ["no-regular-file"; 2]);
    assert_eq!(
        codes(&read(
            &[Input::Path("/dev/null".into())],
            &Policy::default()
        )),
        ["no-regular-file"]
    );
}

#[test]
fn a_file_past_the_limit_is_not_read() {
    let trial = Trial::new(&[("a.hence", "load \"t.csv\" as ?a is on.\n"), ("t.csv", "")]);
    let file = fs::File::create(trial.path("t.csv")).expect("a file");
    file.set_len((1 << 30) + 1).expect("a file of holes");
    assert_eq!(codes(&trial.read(&["a.hence"])), ["too-large-file"]);
}

#[test]
fn use_and_load_stay_in_the_case() {
    let outside = Trial::new(&[("secret.hence", ""), ("secret.csv", "a\nB\n")]);
    let (hence, csv) = (outside.path("secret.hence"), outside.path("secret.csv"));
    let text = format!(
        "use \"{}\".\nload \"{}\" as ?a is on.\nuse \"{}.no\".\n",
        hence.display(),
        csv.display(),
        hence.display()
    );
    let trial = Trial::new(&[("a.hence", &text)]);
    assert_eq!(codes(&trial.read(&["a.hence"])), ["outside-file"; 3]);
    let policy = Policy {
        allowed: vec![outside.folder.path().to_owned()],
    };
    assert_eq!(
        codes(&trial.read_with(&["a.hence"], &policy)),
        ["missing-file"]
    );
}

#[cfg(unix)]
#[test]
fn a_symbolic_link_is_followed_before_it_is_judged() {
    let outside = Trial::new(&[("secret.hence", "")]);
    let trial = Trial::new(&[
        ("a.hence", "use \"link.hence\".\nuse \"same.hence\".\n"),
        ("b.hence", ""),
    ]);
    std::os::unix::fs::symlink(outside.path("secret.hence"), trial.path("link.hence"))
        .expect("a link");
    std::os::unix::fs::symlink(trial.path("b.hence"), trial.path("same.hence")).expect("a link");
    let case = trial.read(&["a.hence", "b.hence"]);
    assert_eq!(
        (codes(&case), case.documents.len()),
        (vec!["outside-file"], 2)
    );
}

#[test]
fn a_table_goes_by_name_or_in_order() {
    let load = "load \"t.csv\" as ?a exports ?volume to ?b.\n";
    for (text, expected) in [
        (
            "Russia,30%,Armenia\ngas,\"5,000\",\"A \"\"B\"\"\"\n",
            ["Russia|0.3|Armenia", "gas|5000|A \"B\""],
        ),
        (
            "b,note,a,volume\nArmenia,,Russia,5 bcm\r\n\r\nIran,x,Iraq,2010-08",
            ["Russia|5 bcm|Armenia", "Iraq|2010-08|Iran"],
        ),
        (
            "\u{feff}a, volume ,b\n Ñ ,-7,1/3\nX,1e3,Y\n",
            ["Ñ|-7|1/3", "X|1000|Y"],
        ),
    ] {
        let trial = Trial::new(&[("a.hence", load), ("t.csv", text)]);
        let case = trial.read(&["a.hence"]);
        assert_eq!(titles(&case), [""; 0]);
        assert_eq!(rows(&case), expected);
    }
}

#[test]
fn a_row_is_cited_where_it_stands() {
    let trial = Trial::new(&[
        ("a.hence", "load \"t.csv\" as ?a is ?b.\n"),
        ("t.csv", "a,b\n\nX,1\r\n\"Y\nZ\",2"),
    ]);
    let case = trial.read(&["a.hence"]);
    let said: Vec<&str> = case.tables[0]
        .at
        .iter()
        .map(|&at| case.sources.slice(at))
        .collect();
    assert_eq!(said, ["X,1", "\"Y\nZ\",2"]);
    assert!(case.sources.cite(case.tables[0].at[1]).ends_with("t.csv:4"));
}

#[test]
fn bad_rows_are_said_each_and_then_counted() {
    let trial = Trial::new(&[
        ("a.hence", "load \"t.csv\" as ?a is ?b.\n"),
        ("t.csv", "X,1\nY\n\"\",2\nZ, \n"),
    ]);
    let case = trial.read(&["a.hence"]);
    assert_eq!(
        titles(&case),
        [
            "the row has 1 cell, not 2",
            "row 3 has an empty cell for `?a`",
            "row 4 has an empty cell for `?b`"
        ]
    );
    assert_eq!(rows(&case), ["X|1"]);
    let many = Trial::new(&[
        ("a.hence", "load \"t.csv\" as ?a is ?b.\n"),
        ("t.csv", &"X\n".repeat(50)),
    ]);
    let case = many.read(&["a.hence"]);
    assert_eq!(titles(&case).last(), Some(&"40 more rows like these"));
}

#[test]
fn a_first_line_with_some_of_the_names_is_a_row_and_a_warning() {
    let trial = Trial::new(&[
        ("a.hence", "load \"t.csv\" as ?a is ?b.\n"),
        ("t.csv", "A,c\nX,1\n"),
    ]);
    let case = trial.read(&["a.hence"]);
    assert_eq!(titles(&case), ["no column is named `a` or `b`"]);
    assert_eq!(rows(&case), ["A|c", "X|1"]);
}

#[test]
fn the_text_of_a_large_table_is_not_kept() {
    let text: String = (0..200_000).map(|n| format!("A{n},{n}\n")).collect();
    let trial = Trial::new(&[
        ("a.hence", "load \"t.csv\" as ?a is ?b.\n"),
        ("t.csv", &text),
    ]);
    let case = trial.read(&["a.hence"]);
    let at = case.tables[0].at[199_999];
    assert!(!case.sources.get(at.source).has_text());
    assert!(case.sources.cite(at).ends_with("t.csv:200000"));
    assert_eq!(case.sources.slice(at), "");
}
