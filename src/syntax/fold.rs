//! Texts as they are compared: NFC, straight quotes and apostrophes, escapes read.

use smol_str::SmolStr;
use unicode_normalization::UnicodeNormalization;

/// Whether a character is one of the quotation marks that equal `"`.
pub(super) fn is_quote(c: char) -> bool {
    matches!(c, '"' | '\u{201c}' | '\u{201d}' | '\u{201e}' | '\u{201f}')
}

/// Whether a character is one of the apostrophes that equal `'`.
pub(super) fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '\u{2018}' | '\u{2019}' | '\u{201b}')
}

/// A word or name in NFC with straight apostrophes.
pub(super) fn fold(text: &str) -> SmolStr {
    text.chars().map(straight).nfc().collect()
}

/// The inside of a quoted text: as [`fold`], and `\"` and `\\` read.
pub(super) fn unquote(inside: &str) -> SmolStr {
    let mut escaped = false;
    inside
        .chars()
        .filter(|&c| {
            escaped = c == '\\' && !escaped;
            !escaped
        })
        .map(straight)
        .nfc()
        .collect()
}

fn straight(c: char) -> char {
    match c {
        c if is_apostrophe(c) => '\'',
        c if is_quote(c) => '"',
        c => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_that_look_alike_are_alike() {
        assert_eq!(fold("Cote\u{301} d\u{2019}Ivoire"), "Coté d'Ivoire");
        assert_eq!(
            unquote(r#"the \"near abroad\" \\ more"#),
            r#"the "near abroad" \ more"#
        );
    }
}
