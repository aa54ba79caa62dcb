//! A complaint with its line and underline, as plain text.
