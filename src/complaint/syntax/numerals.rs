//! What digits are meant to be that are no number and no date: `16.08.2010`, `2010-2012`, `August`.

use crate::value::Date;

/// The dates that `16-08-2010`, `16.08.2010`, `08/2010` or `2010/08/16` can mean; two where day and month could be either.
pub(super) fn as_date(token: &str) -> Option<Vec<String>> {
    let token = token.trim_end_matches('.');
    let parts: Vec<&str> = token.split(['-', '.', '/']).collect();
    let digits = |part: &&str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    if !parts.iter().all(digits) {
        return None;
    }
    let is_year = |part: &str| part.len() == 4;
    let candidates: Vec<Vec<&str>> = match parts.as_slice() {
        [day, month, year] if is_year(year) => {
            vec![vec![year, month, day], vec![year, day, month]]
        }
        [year, month, day] if is_year(year) => vec![vec![year, month, day]],
        [month, year] if is_year(year) => vec![vec![year, month]],
        [year, month] if is_year(year) && !token.contains('.') => vec![vec![year, month]],
        _ => return None,
    };
    let mut dates: Vec<String> = candidates
        .into_iter()
        .map(|parts| {
            parts
                .iter()
                .map(|part| format!("{part:0>2}"))
                .collect::<Vec<_>>()
                .join("-")
        })
        .filter(|date| date != token && Date::read(date).is_some())
        .collect();
    dates.dedup();
    (!dates.is_empty()).then_some(dates)
}

/// The years of `2010-2012` and `1995-99`, where the second comes later.
pub(super) fn as_years(token: &str) -> Option<(String, String)> {
    let (first, last) = token.split_once(['-', '/', '\u{2013}'])?;
    let is_number = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    let last = match last.len() {
        4 => last.to_owned(),
        2 => format!("{}{last}", first.get(..2)?),
        _ => return None,
    };
    (first.len() == 4 && is_number(first) && is_number(&last) && *first < *last)
        .then(|| (first.to_owned(), last))
}

/// `1,000,000` for `1.000.000` and `1'000'000`.
pub(super) fn grouped(token: &str) -> Option<String> {
    const GROUP: usize = 3;
    let groups: Vec<&str> = token
        .trim_end_matches('.')
        .split(['.', '\'', '\u{2019}'])
        .collect();
    let [first, rest @ ..] = groups.as_slice() else {
        return None;
    };
    let is_number = |group: &&str| group.bytes().all(|byte| byte.is_ascii_digit());
    let sound = !first.is_empty()
        && first.len() <= GROUP
        && !rest.is_empty()
        && rest.iter().all(|group| group.len() == GROUP)
        && groups.iter().all(is_number);
    sound.then(|| groups.join(","))
}

/// The ends of `5-10`.
pub(super) fn range(token: &str) -> Option<(&str, &str)> {
    let (low, high) = token.split_once('-')?;
    let is_number = |text: &str| {
        !text.is_empty()
            && text
                .bytes()
                .all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b','))
    };
    (is_number(low) && is_number(high)).then_some((low, high))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_known_in_the_order_of_others() {
        let dates = |token| as_date(token).unwrap_or_default().join(" ");
        assert_eq!(dates("16-08-2010"), "2010-08-16");
        assert_eq!(dates("16.8.2010."), "2010-08-16");
        assert_eq!(dates("08/09/2010"), "2010-09-08 2010-08-09");
        assert_eq!(dates("08/08/2010"), "2010-08-08");
        assert_eq!(dates("2010/8"), "2010-08");
        assert_eq!(dates("08/2010"), "2010-08");
        assert_eq!(dates("31-31-2010"), "");
        assert_eq!(dates("2.14.1"), "");
        assert_eq!(dates("1.2010"), "2010-01");
    }

    #[test]
    fn groups_have_three_digits() {
        assert_eq!(grouped("1.000.000").as_deref(), Some("1,000,000"));
        assert_eq!(grouped("1'000").as_deref(), Some("1,000"));
        assert_eq!(grouped("2.14.1"), None);
        assert_eq!(grouped("1000.000.000"), None);
    }

    #[test]
    fn years_are_known_by_their_order() {
        assert_eq!(as_years("2010-2012"), Some(("2010".into(), "2012".into())));
        assert_eq!(as_years("1995-99"), Some(("1995".into(), "1999".into())));
        assert_eq!(as_years("2010-08"), None);
        assert_eq!(as_years("5-7"), None);
    }
}
