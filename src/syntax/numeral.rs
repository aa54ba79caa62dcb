//! What begins with a digit: a number, a date or a word such as `102nd`. Only the extent is settled here; the value is read
//! where a term is made.

use nom::branch::alt;
use nom::bytes::complete::{tag, take_while_m_n};
use nom::character::complete::{char, digit1, one_of};
use nom::combinator::{not, opt, peek, recognize};
use nom::multi::many0_count;
use nom::sequence::{pair, preceded, terminated};
use nom::{IResult, Parser};

type Cut<'a> = IResult<&'a str, &'a str, ()>;

/// The longest number that the text begins with: `5,000`, `2.5`, `1e-3`.
///
/// A comma belongs to it only between a digit and exactly three digits, so `5,0000` begins with `5`.
pub(super) fn number(text: &str) -> Cut<'_> {
    let group = preceded(char(','), terminated(digits(3, 3), peek(not(digit))));
    let fraction = preceded(char('.'), digit1);
    let exponent = (char('e'), opt(one_of("+-")), digit1);
    recognize((digit1, many0_count(group), opt(fraction), opt(exponent))).parse(text)
}

/// `2010-08` or `2010-08-16` by its form alone; whether there is such a day is asked later. `2010-8` counts, so
/// that it can be complained of as a date.
pub(super) fn date(text: &str) -> Cut<'_> {
    let part = || preceded(tag("-"), digits(1, 2));
    recognize((
        digits(4, 4),
        part(),
        opt(part()),
        peek(not(alt((digit, tag("-"))))),
    ))
    .parse(text)
}

/// Plain digits that a letter follows, perhaps after a hyphen: `102nd`, `3-year`.
pub(super) fn opens_word(text: &str) -> bool {
    let letter = |c: char| c.is_alphabetic();
    let opening = pair(digit1::<_, ()>, opt(char('-')));
    preceded(opening, take_while_m_n(1, 1, letter))
        .parse(text)
        .is_ok()
}

fn digit(text: &str) -> Cut<'_> {
    digits(1, 1).parse(text)
}

fn digits<'a>(least: usize, most: usize) -> impl Parser<&'a str, Output = &'a str, Error = ()> {
    take_while_m_n(least, most, |c: char| c.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_comma_belongs_to_a_number_before_exactly_three_digits() {
        for (text, expected) in [
            ("5,000", "5,000"),
            ("1,234,567 x", "1,234,567"),
            ("5,0000", "5"),
            ("1990,2000,30", "1990"),
            ("2.5 ", "2.5"),
            ("2. ", "2"),
            ("1e-3", "1e-3"),
            ("1e", "1"),
        ] {
            assert_eq!(
                number(text).map(|(_, number)| number),
                Ok(expected),
                "{text}"
            );
        }
    }

    #[test]
    fn dates_and_words_that_begin_with_digits() {
        assert_eq!(date("2010-08-16.").map(|(_, date)| date), Ok("2010-08-16"));
        assert_eq!(date("2010-08").map(|(_, date)| date), Ok("2010-08"));
        assert!(date("2010-2012").is_err());
        assert!(opens_word("102nd") && opens_word("3-year") && !opens_word("5-7"));
    }
}
