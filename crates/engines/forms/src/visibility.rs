//! Which fields are shown: conditions over the answers given so far.

use std::collections::HashMap;

use crate::decimal::Plain;
use crate::document::Condition;

/// What is known of a field once it has been passed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Standing {
    /// Not shown.
    Hidden,
    /// Shown and not answered, or not readably.
    Open,
    /// Answered with these values (several for a multiple choice).
    Given(Vec<String>),
    /// Answered with a decimal.
    GivenNumber(String),
}

/// The fields passed so far at one level, inside those of the enclosing levels.
pub(crate) struct Scope<'a> {
    passed: HashMap<&'a str, Standing>,
    outer: Option<&'a Scope<'a>>,
}

impl<'a> Scope<'a> {
    pub(crate) fn new(outer: Option<&'a Scope<'a>>) -> Self {
        Self {
            passed: HashMap::new(),
            outer,
        }
    }

    pub(crate) fn pass(&mut self, key: &'a str, standing: Standing) {
        self.passed.insert(key, standing);
    }

    fn find(&self, key: &str) -> Option<&Standing> {
        self.passed
            .get(key)
            .or_else(|| self.outer.and_then(|outer| outer.find(key)))
    }

    /// Whether a field with this condition is shown. A condition on a field that is hidden or not
    /// there is false.
    pub(crate) fn shows(&self, condition: Option<&Condition>) -> bool {
        let Some(condition) = condition else {
            return true;
        };
        let wants_match = !matches!(condition, Condition::NotEquals { .. });
        match self.find(condition.field()) {
            None | Some(Standing::Hidden) => false,
            Some(Standing::Open) => !wants_match,
            Some(Standing::Given(values)) => {
                wants_match
                    == values
                        .iter()
                        .any(|value| condition.values().contains(value))
            }
            Some(Standing::GivenNumber(number)) => {
                let same = |value: &String| {
                    Plain::read(value).is_some_and(|plain| Plain::read(number) == Some(plain))
                };
                wants_match == condition.values().iter().any(same)
            }
        }
    }
}
