//! The command line as typed. Nothing here is resolved: no file is looked for, no date read; [`options`](super::options) does that.

use clap::{Args, Parser, Subcommand, ValueEnum};
use std::path::PathBuf;

/// Reasons over facts, rules and scenarios written in near-English.
#[derive(Debug, Parser)]
#[command(
    name = "hence",
    version,
    max_term_width = 100,
    infer_subcommands = false
)]
#[command(
    after_help = "Exit status: 0 all well; 1 a test or snapshot fell short, a test met a contradiction, no test was found, `fmt --check`\n\
    met another layout, or a yes-or-no question of `ask` was answered neither yes nor presumably;\n\
    2 the input or the arguments are wrong; 3 a limit ended the run; 130 interrupted."
)]
pub struct Arguments {
    #[command(subcommand)]
    pub command: Option<Command>,

    /// When to use colour
    #[arg(long, global = true, value_enum, default_value_t = ColorChoice::Auto, value_name = "WHEN")]
    pub color: ColorChoice,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Print what follows, relation by relation, and answer the files' own questions
    Run(RunArguments),
    /// Answer questions
    Ask(AskArguments),
    /// Run the tests in the files, each file a case of its own
    Test(TestArguments),
    /// Record every conclusion beside the file; then tell what changed since, and why
    Snapshot(SnapshotArguments),
    /// Put scenarios side by side, or every world of the drivers
    Compare(CompareArguments),
    /// Parse and check only; print every error and warning
    Check(CheckArguments),
    /// Lay files out in the one canonical way, in place
    Fmt(FmtArguments),
    /// Tell what a complaint is about, with an example; without a code, list them
    Explain(ExplainArguments),
    /// The interactive session (also plain `hence` on a terminal).
    Repl(ReplArguments),
    /// Begin a new case: a folder with a small one that passes at once
    Init(InitArguments),
    #[command(flatten)]
    Later(Later),
}

/// Commands that have a name and nothing more; calling one says so.
#[derive(Debug, Subcommand)]
pub enum Later {
    #[command(hide = true)]
    Report(Anything),
    #[command(hide = true)]
    Lsp(Anything),
}

impl Later {
    pub fn name(&self) -> &'static str {
        match self {
            Self::Report(_) => "report",
            Self::Lsp(_) => "lsp",
        }
    }
}

#[derive(Debug, Args)]
pub struct Anything {
    #[arg(trailing_var_arg = true, allow_hyphen_values = true, hide = true)]
    pub rest: Vec<std::ffi::OsString>,
}

#[derive(Debug, Args)]
pub struct RunArguments {
    #[command(flatten)]
    pub inputs: InputArguments,
    /// Only relations or sentences that contain this; `*` stands for anything
    #[arg(long, value_name = "PATTERN")]
    pub only: Option<String>,
    /// List stated facts too
    #[arg(long)]
    pub facts: bool,
    /// List refuted, contested and undecided sentences too
    #[arg(long)]
    pub all_statuses: bool,
    /// Leave every driver open, those with a [now] outcome too
    #[arg(long)]
    pub all_worlds: bool,
    /// Print how many sentences hold in each relation, and nothing else
    #[arg(long)]
    pub count: bool,
    #[command(flatten)]
    pub output: OutputArguments,
    #[command(flatten)]
    pub evaluation: EvaluationArguments,
}

#[derive(Debug, Args)]
pub struct AskArguments {
    #[command(flatten)]
    pub inputs: InputArguments,
    /// A question, as a file would ask it; may be given more than once. Without one, the files' own are answered
    #[arg(short, long = "question", value_name = "QUESTION")]
    pub questions: Vec<String>,
    /// Every minimal proof, not just the first
    #[arg(long)]
    pub all: bool,
    /// How many steps of a proof to show
    #[arg(long, value_name = "N")]
    pub depth: Option<usize>,
    /// One line for each step of a proof
    #[arg(long)]
    pub brief: bool,
    #[command(flatten)]
    pub output: OutputArguments,
    #[command(flatten)]
    pub evaluation: EvaluationArguments,
}

#[derive(Debug, Args)]
pub struct TestArguments {
    #[command(flatten)]
    pub inputs: InputArguments,
    /// How to print the outcome
    #[arg(long, value_enum, default_value_t = TestFormat::Human, value_name = "FORMAT")]
    pub format: TestFormat,
    /// Only tests whose title contains this; `*` stands for anything
    #[arg(long, value_name = "PATTERN")]
    pub only: Option<String>,
    /// Stop at the first test that fails
    #[arg(long)]
    pub fail_fast: bool,
    /// List rules, exceptions and facts that no test depends on
    #[arg(long)]
    pub coverage: bool,
    /// Run again whenever a file changes
    #[arg(long)]
    pub watch: bool,
    #[command(flatten)]
    pub evaluation: EvaluationArguments,
}

#[derive(Debug, Args)]
pub struct SnapshotArguments {
    #[command(flatten)]
    pub inputs: InputArguments,
    /// Record what changed
    #[arg(long, conflicts_with_all = ["review", "check"])]
    pub accept: bool,
    /// Ask of each change whether to record it
    #[arg(long, conflicts_with_all = ["check", "format"])]
    pub review: bool,
    /// Record nothing; a file without a snapshot falls short
    #[arg(long)]
    pub check: bool,
    #[command(flatten)]
    pub output: OutputArguments,
    #[command(flatten)]
    pub evaluation: EvaluationArguments,
}

#[derive(Debug, Args)]
pub struct CompareArguments {
    #[command(flatten)]
    pub inputs: InputArguments,
    /// Put the outcomes of this driver side by side
    #[arg(long, value_name = "DRIVER")]
    pub hypotheses: Option<String>,
    /// Print how many sentences of each relation hold, each once for every world (and scenario) in which it does
    #[arg(long)]
    pub count: bool,
    #[command(flatten)]
    pub output: OutputArguments,
    #[command(flatten)]
    pub evaluation: EvaluationArguments,
}

#[derive(Debug, Args)]
pub struct CheckArguments {
    #[command(flatten)]
    pub inputs: InputArguments,
    #[command(flatten)]
    pub output: OutputArguments,
    #[command(flatten)]
    pub limits: LimitArguments,
}

#[derive(Debug, Args)]
pub struct FmtArguments {
    /// Files and folders; `-` formats standard input to standard output
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// Change nothing; name the files that are not in the canonical layout and exit 1 if there are any
    #[arg(long)]
    pub check: bool,
    #[command(flatten)]
    pub limits: LimitArguments,
}

#[derive(Debug, Args)]
pub struct InputArguments {
    /// Files and folders (every .hence file below one); `-` for standard input
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// A folder besides those of the files that `use` and `load` may reach; may be given more than once
    #[arg(long, value_name = "FOLDER")]
    pub allow_path: Vec<PathBuf>,
}

#[derive(Debug, Args)]
pub struct OutputArguments {
    /// How to print
    #[arg(long, value_enum, default_value_t = Format::Human, value_name = "FORMAT")]
    pub format: Format,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "Evaluation")]
pub struct EvaluationArguments {
    /// The scenario that counts where a question names none
    #[arg(long = "in", value_name = "SCENARIO")]
    pub scenario: Option<String>,
    /// The present, instead of the files' own
    #[arg(long, value_name = "DATE", allow_hyphen_values = true)]
    pub as_of: Option<String>,
    /// Keep only the worlds with this outcome; may be given more than once
    #[arg(long, value_name = "DRIVER=OUTCOME")]
    pub given: Vec<String>,
    /// Whether what is contested makes what rests on it contested too, or is set aside
    #[arg(long, value_enum, default_value_t = AmbiguityChoice::Propagating, value_name = "WAY")]
    pub ambiguity: AmbiguityChoice,
    /// Stop at more than so many facts, stated and concluded
    #[arg(long, value_name = "N", allow_negative_numbers = true, value_parser = whole_number)]
    pub max_facts: Option<usize>,
    #[command(flatten)]
    pub limits: LimitArguments,
}

#[derive(Debug, Args)]
pub struct LimitArguments {
    /// Stop after so many seconds
    #[arg(long, value_name = "SECONDS", allow_negative_numbers = true, value_parser = number_of_seconds)]
    pub timeout: Option<f64>,
    /// Stop before more than so many mebibytes of memory are taken [default: 4096]
    #[arg(long, value_name = "MIB", allow_negative_numbers = true, value_parser = whole_number)]
    pub max_memory: Option<usize>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ColorChoice {
    Auto,
    Always,
    Never,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    Human,
    Json,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum TestFormat {
    Human,
    Json,
    Junit,
    Tap,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum AmbiguityChoice {
    Propagating,
    Blocking,
}

#[derive(Debug, Args)]
pub struct ReplArguments {
    /// Files and folders to begin with.
    #[arg(value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// A folder besides those of the files that `use` and `load` may reach; may be given more than once
    #[arg(long, value_name = "FOLDER")]
    pub allow_path: Vec<PathBuf>,
    #[command(flatten)]
    pub evaluation: EvaluationArguments,
}

#[derive(Debug, Args)]
pub struct ExplainArguments {
    /// The name in brackets behind `error` or `warning`.
    #[arg(value_name = "CODE")]
    pub code: Option<String>,
}

#[derive(Debug, Args)]
pub struct InitArguments {
    /// The folder of the case; it is made where it is not there, and must be empty
    #[arg(value_name = "DIR")]
    pub folder: PathBuf,
}

fn number_of_seconds(text: &str) -> Result<f64, String> {
    let seconds = text.parse().ok();
    seconds
        .filter(|seconds: &f64| seconds.is_finite() && *seconds >= 0.0)
        .ok_or_else(|| "write a number of seconds, such as `10` or `0.5`".to_owned())
}

fn whole_number(text: &str) -> Result<usize, String> {
    text.parse()
        .map_err(|_| "write a whole number in figures, such as `1000`".to_owned())
}
