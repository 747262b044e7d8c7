//! Conditions: they name an earlier field whose value can be compared, and values it can have.

use super::{Check, Level};
use crate::decimal::Plain;
use crate::document::{Condition, Field};
use crate::kind::Kind;
use crate::problem::pointer;

impl Check {
    pub(super) fn condition(&mut self, condition: &Condition, path: &str, level: &Level<'_>) {
        let key = condition.field();
        let Some(field) = find(key, level) else {
            let comes_later = is_announced(key, level);
            let code = if comes_later {
                "document.condition_later"
            } else {
                "document.condition_unknown"
            };
            self.push(&pointer(path, "field"), code, &[("field", key)]);
            return;
        };
        let part = if matches!(condition, Condition::In { .. }) {
            "values"
        } else {
            "value"
        };
        let path = pointer(path, part);
        if condition.values().is_empty() {
            self.push(&path, "document.condition_empty", &[]);
        }
        let can_hold: &dyn Fn(&String) -> bool = match &field.kind {
            Kind::Dictionary(options) => &|value| {
                let list = options.options.as_ref();
                list.is_none_or(|list| list.iter().any(|choice| choice.value == *value))
            },
            Kind::Number(_) | Kind::Money(_) => &|value| Plain::read(value).is_some(),
            Kind::Text(_) | Kind::Date(_) | Kind::Division(_) => &|value| !value.is_empty(),
            _ => {
                self.push(&path, "document.condition_kind", &[("field", key)]);
                return;
            }
        };
        for value in condition.values().iter().filter(|value| !can_hold(value)) {
            let args = [("field", key), ("value", value.as_str())];
            self.push(&path, "document.condition_value", &args);
        }
    }
}

/// The field that `Scope` will find: the same row first, then the enclosing levels.
fn find<'a>(key: &str, level: &Level<'a>) -> Option<&'a Field> {
    let here = level.passed.iter().find(|field| field.key == key).copied();
    here.or_else(|| level.outer.and_then(|outer| find(key, outer)))
}

fn is_announced(key: &str, level: &Level<'_>) -> bool {
    level.all.contains(key) || level.outer.is_some_and(|outer| is_announced(key, outer))
}
