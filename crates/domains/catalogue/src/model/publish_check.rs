//! What must be right before an item is published, each fault with its place in the document. An
//! item that offers a form must say everything an applicant needs; a guide only must be sound.

mod complete;
mod sound;
mod ways;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Display;

use tb_contract::item::ItemDocument;
use tb_kernel::{FieldFault, Locale};

use crate::error::field;

/// All faults; none means that the item may be published.
pub(crate) fn check(item: &ItemDocument, locale: Locale) -> Vec<FieldFault> {
    let mut faults = Faults(Vec::new());
    sound::check(item, &mut faults);
    ways::check(item, &mut faults);
    if item.form.is_some() {
        complete::check(item, &mut faults);
        form(item, locale, &mut faults);
    }
    faults.0
}

/// What even a draft must have, or it could neither be found nor saved.
pub(crate) fn check_draft(item: &ItemDocument) -> Vec<FieldFault> {
    let mut faults = Faults(Vec::new());
    sound::names(item, &mut faults);
    faults.0
}

/// A fault of one field.
pub(crate) fn fault(path: impl Into<String>, code: &str) -> FieldFault {
    FieldFault {
        path: path.into(),
        code: code.to_owned(),
        args: BTreeMap::new(),
        message: String::new(),
    }
}

fn form(item: &ItemDocument, locale: Locale, faults: &mut Faults) {
    let Some(form) = &item.form else { return };
    for problem in form.check() {
        // The engine owns these codes and their texts.
        let message = problem.text(locale);
        let path = format!("/form{}", problem.path);
        faults.0.push(FieldFault {
            path,
            code: problem.code.to_owned(),
            args: problem.args,
            message,
        });
    }
}

/// The faults found so far.
struct Faults(Vec<FieldFault>);

impl Faults {
    fn add(&mut self, path: impl Into<String>, code: &str) {
        self.0.push(fault(path, code));
    }

    fn add_with(&mut self, path: impl Into<String>, code: &str, args: &[(&str, &dyn Display)]) {
        let mut fault = fault(path, code);
        fault.args = args
            .iter()
            .map(|(name, value)| ((*name).to_owned(), value.to_string()))
            .collect();
        self.0.push(fault);
    }

    /// A text that must stand there.
    fn require(&mut self, path: impl Into<String>, text: &str) {
        if text.trim().is_empty() {
            self.add(path, field::REQUIRED);
        }
    }

    /// Keys that may stand once only.
    fn unique<'a>(&mut self, path: &str, key: &str, keys: impl Iterator<Item = &'a str>) {
        let mut seen = BTreeSet::new();
        for (at, name) in keys.enumerate() {
            let place = format!("{path}/{at}/{key}");
            self.require(place.clone(), name);
            if !seen.insert(name) {
                self.add_with(place, field::DUPLICATE, &[("key", &name)]);
            }
        }
    }
}
