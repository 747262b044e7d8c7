//! Whether a form document makes sense, said at publishing time and with the place of every
//! fault, so that no applicant ever meets a form that cannot be filled in.

use std::collections::{BTreeMap, HashSet};

use serde_json::Value;

use crate::document::{Field, FormDocument, PREFILL_SOURCES, VERIFIED_SOURCES};
use crate::kind::Kind;
use crate::problem::{DocumentProblem, pointer};

mod condition;
mod options;

/// Most fields of a form, nested ones included.
const MOST_FIELDS: usize = 500;
/// Deepest nesting of repeat groups.
const MOST_NESTING: usize = 4;
/// Longest label in characters.
const LONGEST_LABEL: usize = 200;
/// Longest key in bytes.
const LONGEST_KEY: usize = 64;

impl FormDocument {
    /// Reads a document of any origin: what cannot be read is a problem, not an error.
    pub fn read(document: &Value) -> Result<Self, Vec<DocumentProblem>> {
        let document: Self = serde_json::from_value(document.clone()).map_err(|error| {
            let args = BTreeMap::from([("reason".to_owned(), error.to_string())]);
            vec![DocumentProblem {
                path: String::new(),
                code: "document.malformed",
                args,
            }]
        })?;
        let problems = document.check();
        if problems.is_empty() {
            Ok(document)
        } else {
            Err(problems)
        }
    }

    /// All problems of the document; none means that it may be published.
    pub fn check(&self) -> Vec<DocumentProblem> {
        let mut check = Check::default();
        check.key(&self.key, "/key");
        check.label(&self.title, "/title");
        if self.sections.is_empty() {
            check.push("/sections", "document.empty", &[]);
        }
        let mut level = Level::default();
        let mut section_keys = HashSet::new();
        level.announce(self.fields());
        for (at, section) in self.sections.iter().enumerate() {
            let path = format!("/sections/{at}");
            check.key(&section.key, &pointer(&path, "key"));
            check.label(&section.title, &pointer(&path, "title"));
            if !section_keys.insert(&section.key) {
                let args = [("key", section.key.as_str())];
                check.push(&pointer(&path, "key"), "document.duplicate_key", &args);
            }
            if section.fields.is_empty() {
                check.push(&pointer(&path, "fields"), "document.empty", &[]);
            }
            check.fields(&section.fields, &pointer(&path, "fields"), &mut level);
        }
        if check.fields > MOST_FIELDS {
            let max = MOST_FIELDS.to_string();
            check.push("/sections", "document.too_large", &[("max", &max)]);
        }
        check.problems
    }
}

/// The fields of one level, split into those passed and those still to come.
#[derive(Default)]
struct Level<'a> {
    passed: Vec<&'a Field>,
    all: HashSet<&'a str>,
    outer: Option<&'a Level<'a>>,
    nesting: usize,
}

impl<'a> Level<'a> {
    fn announce(&mut self, fields: impl Iterator<Item = &'a Field>) {
        self.all.extend(fields.map(|field| field.key.as_str()));
    }
}

#[derive(Default)]
struct Check {
    problems: Vec<DocumentProblem>,
    fields: usize,
}

impl Check {
    fn push(&mut self, path: &str, code: &'static str, args: &[(&str, &str)]) {
        let args = args
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
            .collect();
        self.problems.push(DocumentProblem {
            path: path.to_owned(),
            code,
            args,
        });
    }

    fn key(&mut self, key: &str, path: &str) {
        let fits = key.len() <= LONGEST_KEY
            && key.starts_with(|c: char| c.is_ascii_lowercase())
            && key
                .chars()
                .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_');
        if !fits {
            let shown: String = key.chars().take(LONGEST_KEY).collect();
            self.push(path, "document.key", &[("key", &shown)]);
        }
    }

    fn label(&mut self, label: &str, path: &str) {
        if label.trim().is_empty() || label.chars().count() > LONGEST_LABEL {
            self.push(path, "document.label", &[]);
        }
    }

    fn fields<'a>(&mut self, fields: &'a [Field], path: &str, level: &mut Level<'a>) {
        for (at, field) in fields.iter().enumerate() {
            let path = pointer(path, at);
            self.fields += 1;
            self.key(&field.key, &pointer(&path, "key"));
            self.label(&field.label, &pointer(&path, "label"));
            if level.passed.iter().any(|earlier| earlier.key == field.key) {
                let args = [("key", field.key.as_str())];
                self.push(&pointer(&path, "key"), "document.duplicate_key", &args);
            }
            if let Some(condition) = &field.visible_when {
                self.condition(condition, &pointer(&path, "visible_when"), level);
            }
            self.prefill(field, &path, level.nesting);
            self.options(&field.kind, &path);
            if let Kind::Repeat(options) = &field.kind {
                self.rows(&options.fields, &pointer(&path, "fields"), level);
            }
            level.passed.push(field);
        }
    }

    fn rows(&mut self, fields: &[Field], path: &str, outer: &Level<'_>) {
        let nesting = outer.nesting + 1;
        if nesting > MOST_NESTING {
            let max = MOST_NESTING.to_string();
            self.push(path, "document.too_deep", &[("max", &max)]);
            return;
        }
        if fields.is_empty() {
            self.push(path, "document.empty", &[]);
        }
        let mut level = Level {
            passed: Vec::new(),
            all: HashSet::new(),
            outer: Some(outer),
            nesting,
        };
        level.announce(fields.iter());
        self.fields(fields, path, &mut level);
    }

    fn prefill(&mut self, field: &Field, path: &str, nesting: usize) {
        let settled = |source: &str| VERIFIED_SOURCES.contains(&source);
        if field.verified && !field.prefill.as_deref().is_some_and(settled) {
            self.push(&pointer(path, "verified"), "document.verified", &[]);
        }
        let Some(source) = field.prefill.as_deref() else {
            return;
        };
        let path = pointer(path, "prefill");
        if !PREFILL_SOURCES.contains(&source) {
            self.push(&path, "document.prefill", &[("source", source)]);
            return;
        }
        if nesting > 0 {
            self.push(&path, "document.prefill_nested", &[]);
        }
        let fits = match &field.kind {
            Kind::Text(_) => true,
            kind => source.rsplit('.').next() == Some(kind.name()),
        };
        if !fits {
            self.push(&path, "document.prefill_kind", &[("source", source)]);
        }
    }
}
