//! Labels of a department, and what a note of the office may say. Neither is a transition: a case
//! keeps its version, its clocks and its place in the feedback.

use super::words::words;
use crate::error::Error;

words! {
    /// The colours of labels: those of the design that stand for nothing else. Red is left out,
    /// since it means an error or an overdue term.
    pub(crate) enum Tone {
        /// Brand.
        Blue = "blue",
        /// Green.
        Green = "green",
        /// Amber.
        Amber = "amber",
        /// Purple.
        Purple = "purple",
        /// Grey.
        Grey = "grey",
    }
}

/// Longest name of a label, in characters.
const MOST_NAME: usize = 12;
/// Most labels of a department.
pub(crate) const MOST_LABELS: u64 = 50;
/// Most labels on one case.
pub(crate) const MOST_ON_A_CASE: usize = 10;
/// Longest note, in characters.
const MOST_WORDS: usize = 2_000;
/// Most colleagues whom a note names.
pub(crate) const MOST_MENTIONS: usize = 20;

/// A name as it is kept.
pub(crate) fn name(text: &str) -> Result<String, Error> {
    let name = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let fits = (1..=MOST_NAME).contains(&name.chars().count());
    if fits && !name.chars().any(char::is_control) {
        Ok(name)
    } else {
        Err(Error::LabelNameWrong { max: MOST_NAME })
    }
}

/// What a note says, as it is kept.
pub(crate) fn note(text: &str) -> Result<String, Error> {
    let text = text.trim();
    if text.is_empty() {
        return Err(Error::NoteEmpty);
    }
    if text.chars().count() > MOST_WORDS {
        return Err(Error::TextTooLong { max: MOST_WORDS });
    }
    Ok(text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::{name, note};

    #[test]
    fn names_are_short_and_in_one_line() {
        assert_eq!(
            name("  待 现场\t核查 ").ok().as_deref(),
            Some("待 现场 核查")
        );
        for bad in ["", "   ", &"长".repeat(13), "a\u{7}"] {
            assert!(name(bad).is_err(), "{bad:?}");
        }
        assert!(name(&"长".repeat(12)).is_ok());
    }

    #[test]
    fn a_note_says_something() {
        assert!(note(" \n ").is_err());
        assert!(note(&"字".repeat(2_001)).is_err());
        assert_eq!(
            note(" 已电话联系\n明日再来 ").ok().as_deref(),
            Some("已电话联系\n明日再来")
        );
    }
}
