//! The options of each kind: bounds in order, limits of the platform, lists without doubles.

use std::collections::HashSet;

use super::Check;
use crate::day::Bound;
use crate::decimal::Plain;
use crate::kind::{DateOptions, DictionaryOptions, FILE_TYPES, Kind, TextOptions, Unrecognised};
use crate::pattern;
use crate::problem::pointer;
use crate::validate::MOST_ROWS;
use crate::value::{LONG_TEXT_LENGTH, MOST_CHOICES, MOST_FILES, TEXT_LENGTH};

/// Longest answer to `text` and `long_text` that a form may allow.
const LONGEST_TEXT: u32 = 2_000;
const LONGEST_LONG_TEXT: u32 = 20_000;
/// Most rows and files that a form may allow.
const ROWS_LIMIT: u32 = 200;
const FILES_LIMIT: u32 = 20;
/// Most digits after the point.
const LARGEST_SCALE: u32 = 8;
/// Most entries of an inline list; longer ones belong in a code table.
const OPTIONS_LIMIT: usize = 300;
/// Longest stored value of an entry.
const LONGEST_VALUE: usize = 64;

impl Check {
    pub(super) fn options(&mut self, kind: &Kind, path: &str) {
        match kind {
            Kind::Text(options) => self.text(options, path, TEXT_LENGTH, LONGEST_TEXT),
            Kind::LongText(options) => {
                self.text(options, path, LONG_TEXT_LENGTH, LONGEST_LONG_TEXT);
            }
            Kind::Number(options) => {
                self.decimals(options.min.as_deref(), options.max.as_deref(), path);
                self.limit(options.scale, LARGEST_SCALE, &pointer(path, "scale"));
            }
            Kind::Money(options) => {
                let min = options.min.as_deref().unwrap_or("0");
                self.decimals(Some(min), options.max.as_deref(), path);
            }
            Kind::Date(options) => self.days(options, path),
            Kind::Dictionary(options) => self.dictionary(options, path),
            Kind::Division(options) => {
                if let Some(code) = options.within.as_deref().filter(|code| !is_code(code)) {
                    self.push(
                        &pointer(path, "within"),
                        "document.division",
                        &[("value", code)],
                    );
                }
            }
            Kind::Attachment(options) => {
                let max = options.max_files.unwrap_or(MOST_FILES);
                self.count(
                    options.min_files,
                    max,
                    FILES_LIMIT,
                    &pointer(path, "max_files"),
                );
                let unknown = |name: &&String| !FILE_TYPES.contains(&name.as_str());
                for name in options.types.iter().filter(unknown) {
                    let args = [("value", name.as_str())];
                    self.push(&pointer(path, "types"), "document.file_type", &args);
                }
            }
            Kind::Repeat(options) => {
                let max = options.max_rows.unwrap_or(MOST_ROWS);
                self.count(
                    options.min_rows,
                    max,
                    ROWS_LIMIT,
                    &pointer(path, "max_rows"),
                );
            }
            Kind::Unrecognised(raw) => self.unrecognised(raw, path),
            Kind::CitizenId(_) | Kind::CreditCode(_) | Kind::Phone(_) | Kind::Email(_) => {}
        }
    }

    fn unrecognised(&mut self, raw: &Unrecognised, path: &str) {
        match raw.options.get("kind").and_then(serde_json::Value::as_str) {
            Some(name) if !Kind::NAMES.contains(&name) => {
                let args = [("name", name)];
                self.push(&pointer(path, "kind"), "document.unknown_kind", &args);
            }
            _ => self.push(path, "document.kind_options", &[("reason", &raw.reason)]),
        }
    }

    fn text(&mut self, options: &TextOptions, path: &str, usual: u32, limit: u32) {
        let max = options.max_length.unwrap_or(usual);
        self.count(options.min_length, max, limit, &pointer(path, "max_length"));
        if let Some(Err(reason)) = options.pattern.as_deref().map(pattern::compile) {
            self.push(
                &pointer(path, "pattern"),
                "document.pattern",
                &[("reason", &reason)],
            );
        }
    }

    /// A count with its bounds: not zero, not above the platform's limit, the lower one below.
    fn count(&mut self, min: Option<u32>, max: u32, limit: u32, path: &str) {
        if max == 0 {
            self.push(path, "document.zero", &[]);
        }
        if min.is_some_and(|min| min > max) {
            self.push(path, "document.bounds", &[]);
        }
        self.limit(max, limit, path);
    }

    fn limit(&mut self, value: u32, limit: u32, path: &str) {
        if value > limit {
            self.push(path, "document.limit", &[("max", &limit.to_string())]);
        }
    }

    fn decimals(&mut self, min: Option<&str>, max: Option<&str>, path: &str) {
        let read = |text: Option<&str>| text.and_then(Plain::read).and_then(|plain| plain.number());
        for (name, text) in [("min", min), ("max", max)] {
            if let Some(text) = text.filter(|text| read(Some(text)).is_none()) {
                self.push(&pointer(path, name), "document.decimal", &[("value", text)]);
            }
        }
        if let (Some(min), Some(max)) = (read(min), read(max))
            && min > max
        {
            self.push(&pointer(path, "min"), "document.bounds", &[]);
        }
    }

    fn days(&mut self, options: &DateOptions, path: &str) {
        let read = |text: &Option<String>| text.as_deref().and_then(Bound::read);
        for (name, text) in [("min", &options.min), ("max", &options.max)] {
            if let (Some(value), None) = (text.as_deref(), read(text)) {
                self.push(&pointer(path, name), "document.day", &[("value", value)]);
            }
        }
        if let (Some(min), Some(max)) = (read(&options.min), read(&options.max))
            && min.surely_after(max)
        {
            self.push(&pointer(path, "min"), "document.bounds", &[]);
        }
    }

    fn dictionary(&mut self, options: &DictionaryOptions, path: &str) {
        let has_table = options
            .table
            .as_ref()
            .is_some_and(|table| !table.is_empty());
        if options.options.is_some() == has_table {
            self.push(path, "document.source", &[]);
        }
        let bounds_choices = options.min_choices.is_some() || options.max_choices.is_some();
        if bounds_choices && !options.multiple {
            self.push(path, "document.only_multiple", &[]);
        }
        let list = options.options.as_deref();
        if let Some([]) = list {
            self.push(&pointer(path, "options"), "document.source", &[]);
        }
        let limit = u32::try_from(OPTIONS_LIMIT).unwrap_or(u32::MAX);
        let max = options.max_choices.unwrap_or(MOST_CHOICES);
        self.count(
            options.min_choices,
            max,
            limit,
            &pointer(path, "max_choices"),
        );
        let mut seen = HashSet::new();
        for (at, choice) in list.into_iter().flatten().enumerate() {
            let fits = !choice.value.is_empty()
                && choice.value.trim() == choice.value
                && choice.value.chars().count() <= LONGEST_VALUE
                && !choice.label.trim().is_empty()
                && at < OPTIONS_LIMIT;
            if !fits || !seen.insert(&choice.value) {
                let args = [("value", choice.value.as_str())];
                self.push(
                    &pointer(&pointer(path, "options"), at),
                    "document.option",
                    &args,
                );
            }
        }
    }
}

fn is_code(code: &str) -> bool {
    tb_kernel::Region::parse(code).is_some()
}
