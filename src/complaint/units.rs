//! Complaints about unlike things that are compared or reckoned with.

use super::Complaint;
use crate::text::Span;
use crate::value::Value;

/// `?price > 5 km` where prices are in USD
pub fn unlike_compared(one: (Span, &Value), other: (Span, &Value)) -> Complaint {
    unlike("two unlike things are put in order", one, other)
}

/// `?price + 5 km`; a sum or not
pub fn unlike_reckoned(sum: bool, one: (Span, &Value), other: (Span, &Value)) -> Complaint {
    let title = if sum {
        "two unlike things are added"
    } else {
        "these cannot be reckoned with together"
    };
    unlike(title, one, other)
}

fn unlike(title: &str, (at, one): (Span, &Value), (other_at, other): (Span, &Value)) -> Complaint {
    let complaint = Complaint::error("unlike-units", title, at)
        .here(likeness(one))
        .and_at(other_at, likeness(other));
    complaint.help(match (one, other) {
        (Value::Name(_), _) | (_, Value::Name(_)) => {
            "Only numbers, quantities and dates have an order and can be reckoned with; names are only `=` or `!=`."
        }
        (Value::Date(_), Value::Number(_)) | (Value::Number(_), Value::Date(_)) => {
            "To a date add days, months or years: `?day + 30 days`."
        }
        (Value::Number(_), _) | (_, Value::Number(_)) => {
            "Give the plain number a unit, or divide the other by one of its unit: `?price / 1 USD`."
        }
        _ => "Write both in units that convert into each other, or multiply by a rate: `?price * 0.9 EUR / 1 USD`.",
    })
}

fn likeness(value: &Value) -> String {
    match value {
        Value::Number(_) => "a plain number".to_owned(),
        Value::Quantity(quantity) => format!("in {}", quantity.unit_written()),
        Value::Date(_) => "a date".to_owned(),
        Value::Name(_) => "a name".to_owned(),
    }
}
