//! What is said about what is wrong: one file per complaint, drawn into a snapshot under its input.
//!
//! `INSTA_UPDATE=always cargo test complaints` records new ones; read them before keeping them.

use crate::support::{hence_files, hence_in, project};

#[test]
fn every_complaint_reads_well() {
    let folder = "tests/complaints";
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(project(folder).join("snapshots"));
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| {
        for path in hence_files(folder) {
            let file = path
                .file_name()
                .expect("a file has a name")
                .to_string_lossy();
            let input = std::fs::read_to_string(&path).expect("the file");
            let ran = hence_in(&project(folder), &["check", &file], "");
            let name = file.trim_end_matches(".hence");
            let said = format!(
                "{}\n--- status {}\n{}",
                input.trim_end(),
                ran.status,
                ran.err.trim_end()
            );
            insta::assert_snapshot!(name, said);
        }
    });
}
