//! Complaints about inputs: files that are not there or no text, what `use` and `load` name, and the rows of a table.

use super::Complaint;
use crate::text::Span;

pub fn missing(name: &str, near: Option<&str>, at: Span) -> Complaint {
    let complaint = Complaint::error("missing-file", format!("there is no file `{name}`"), at);
    match near {
        Some(near) => complaint.help(format!("Did you mean `{near}`?")),
        // Named on the command line, where there is nothing to point at.
        None if at.is_empty() => {
            complaint.help("A path starts from the folder in which the command is run.")
        }
        None => complaint.help("A path in a file starts from the folder of that file."),
    }
}

/// `use "".`
pub fn no_name(at: Span) -> Complaint {
    Complaint::error("missing-file", "no file is named", at)
        .help("Write its path between the quotes, from the folder of this file: `use \"rules/trade.hence\".`")
}

/// `kind` is what it is instead: `a folder`, `a pipe`.
pub fn no_file(name: &str, kind: &str, at: Span) -> Complaint {
    Complaint::error(
        "no-regular-file",
        format!("`{name}` is {kind}, not a file"),
        at,
    )
    .help("Name a file. Standard input is `-`, and a folder can be named on the command line.")
}

pub fn unreadable(name: &str, why: &str, at: Span) -> Complaint {
    Complaint::error("unreadable-file", format!("`{name}` cannot be read"), at)
        .note(format!("The system says: {why}."))
}

pub fn too_large(name: &str, at: Span) -> Complaint {
    Complaint::error(
        "too-large-file",
        format!("`{name}` is larger than 1 GiB"),
        at,
    )
    .help("Split it and name the parts one by one.")
}

pub fn empty_folder(name: &str, at: Span) -> Complaint {
    Complaint::error(
        "empty-folder",
        format!("no `.hence` file is in `{name}` or below"),
        at,
    )
}

/// `wide`: it begins as UTF-16 does.
pub fn not_utf8(shown: Span, byte: usize, wide: bool, spreadsheet: bool) -> Complaint {
    let complaint = Complaint::error("not-utf8", "the text is not UTF-8", shown)
        .here("not a letter")
        .note(format!(
            "The first bad byte is byte {} of the file.",
            byte + 1
        ));
    if spreadsheet {
        complaint.help("It is a workbook. Save the sheet as CSV in UTF-8, and load that.")
    } else if wide {
        complaint.help("It looks like UTF-16: save it as UTF-8.")
    } else {
        complaint.help("Save it as UTF-8.")
    }
}

pub fn zero_byte(at: Span, byte: usize, spreadsheet: bool) -> Complaint {
    Complaint::error("zero-byte", "the file is no text", at)
        .here("a zero byte")
        .note(format!("It is byte {} of the file.", byte + 1))
        .help(if spreadsheet {
            "It is a workbook. Save the sheet as CSV in UTF-8, and load that."
        } else {
            "Save it as plain text in UTF-8."
        })
}

/// `names` are the files of the cycle, each using the next and the last using the first.
pub fn use_cycle(names: &[&str], at: Span) -> Complaint {
    let first = names.first().copied().unwrap_or_default();
    let way: Vec<String> = names
        .iter()
        .chain([&first])
        .map(|name| format!("`{name}`"))
        .collect();
    Complaint::error("use-cycle", format!("`{first}` uses itself"), at)
        .note(format!("{}.", way.join(" uses ")))
        .help("Move what both need into a file of its own, and use that from both.")
}

pub fn outside(name: &str, folder: &str, at: Span) -> Complaint {
    Complaint::error("outside-file", format!("`{name}` is outside the folders of this case"), at)
        .note("`use` and `load` reach what is below the project's root (the nearest folder with a file `hence.toml`), or else below the folder of the named file.")
        .help(format!("If you trust it, add `--allow-path {folder}`."))
}

/// `load "x.csv" as it rains.`
pub fn no_column(at: Span) -> Complaint {
    Complaint::error("no-column", "a loaded sentence needs a variable for each column", at)
        .help("Write a variable where a cell belongs, as in `load \"trade.csv\" as ?a exports ?volume to ?b.`")
}

/// `load "x.csv" as ?a knows ?a.`
pub fn column_twice(name: &str, at: Span) -> Complaint {
    Complaint::error(
        "column-twice",
        format!("the column `{name}` is used twice"),
        at,
    )
    .help("Give each column a variable of its own.")
}

/// `load "x.csv" as ?a knows ?.`
pub fn unnamed_column(at: Span) -> Complaint {
    Complaint::error("unnamed-column", "a column needs a name", at)
        .help("Write a variable such as `?buyer`, named after the column.")
}

pub fn wrong_cell_count(cells: usize, due: usize, by_name: bool, row: Span) -> Complaint {
    let count = |n: usize| {
        if n == 1 {
            "1 cell".to_owned()
        } else {
            format!("{n} cells")
        }
    };
    let complaint = Complaint::error(
        "wrong-cell-count",
        format!("the row has {}, not {due}", count(cells)),
        row,
    );
    if by_name {
        complaint.note("The first line names the columns, and each row has a cell for each.")
    } else {
        complaint
            .note("The first line does not hold the variables' names, so the columns are taken in order.")
            .help("A cell with a comma in it stands in double quotes.")
    }
}

/// `row` counts as a table program does: the first line is row 1.
pub fn empty_cell(variable: &str, row: usize, at: Span) -> Complaint {
    Complaint::error(
        "empty-cell",
        format!("row {row} has an empty cell for `?{variable}`"),
        at,
    )
    .help("Fill it in, or leave the row out.")
}

pub fn more_bad_rows(rows: usize, row: Span) -> Complaint {
    let title = if rows == 1 {
        "1 more row like these".to_owned()
    } else {
        format!("{rows} more rows like these")
    };
    Complaint::error("more-bad-rows", title, row).here("the first of them")
}

/// The first line looks like a header but is read as a row.
pub fn half_header(missing: &[&str], header: Span) -> Complaint {
    let missing: Vec<String> = missing.iter().map(|name| format!("`{name}`")).collect();
    Complaint::warning("half-header", format!("no column is named {}", missing.join(" or ")), header)
        .note("The first line has names for some of the variables, not for all, so it is read as a row like the others.")
        .help("Name the columns and the variables alike.")
}

pub fn no_rows(name: &str, at: Span) -> Complaint {
    Complaint::warning("no-rows", format!("`{name}` has no rows"), at)
}
