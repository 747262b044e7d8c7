//! Masks: enough to recognise one's own, not enough to learn another's.

use super::{CitizenId, CreditCode};

/// Keeps the first `head` and last `tail` characters; a text too short for that is starred whole.
pub(super) fn keep_ends(text: &str, head: usize, tail: usize) -> String {
    let length = text.chars().count();
    if length <= head + tail {
        return "*".repeat(length);
    }
    text.chars()
        .enumerate()
        .map(|(at, c)| {
            if at < head || at >= length - tail {
                c
            } else {
                '*'
            }
        })
        .collect()
}

/// A person's name: 李* for two characters, 王*芳 for three, 欧**明 for four, * for one.
/// Long names get at most six stars, so that the mask does not tell their length.
pub fn mask_name(name: &str) -> String {
    let name = name.trim();
    let (first, last) = (name.chars().next(), name.chars().last());
    match (name.chars().count(), first, last) {
        (2, Some(first), _) => format!("{first}*"),
        (length @ 3.., Some(first), Some(last)) => {
            format!("{first}{}{last}", "*".repeat((length - 2).min(6)))
        }
        (length, ..) => "*".repeat(length),
    }
}
/// The mask of a citizen id or a credit code. Stars alone for what is no valid number: its mask could show
/// all of it.
pub fn mask_id(number: &str) -> String {
    let citizen = CitizenId::try_from(number.to_owned()).map(|id| id.masked());
    citizen
        .or_else(|_| CreditCode::try_from(number.to_owned()).map(|code| code.masked()))
        .unwrap_or_else(|_| "*".repeat(number.chars().count().min(3)))
}
