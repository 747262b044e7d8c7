//! A name says what is inside. A file that could be called anything will hold anything.

use super::tree::{Source, report, sources};

/// Words that say nothing; they end no name of a file, a folder of sources or a module.
const EMPTY_WORDS: [&str; 11] = [
    "manager", "managers", "helper", "helpers", "util", "utils", "common", "data", "info", "misc",
    "stuff",
];
const LANGUAGES: [&str; 5] = ["rs", "ts", "vue", "mjs", "js"];

/// The last word of `case_manager`, `case-manager` and `CaseManager`, in lower case.
fn last_word(name: &str) -> String {
    let start = name
        .char_indices()
        .rev()
        .find_map(|(at, c)| match c {
            '_' | '-' | '.' => Some(at + c.len_utf8()),
            'A'..='Z' => Some(at),
            _ => None,
        })
        .unwrap_or_default();
    name.get(start..).unwrap_or_default().to_lowercase()
}

fn is_empty_word(name: &str) -> bool {
    EMPTY_WORDS.contains(&last_word(name).as_str())
}

/// Findings in the path of a source file.
fn in_path(source: &Source) -> Vec<String> {
    let mut parts: Vec<&str> = source.path.split('/').collect();
    let file = parts.pop().unwrap_or_default();
    // `useForm.test.ts` is about `useForm`.
    parts.push(file.split('.').next().unwrap_or_default());
    parts
        .into_iter()
        .filter(|part| is_empty_word(part))
        .map(|part| format!("{}: {part:?}", source.path))
        .collect()
}

/// Findings in the `mod` lines of a Rust file.
fn in_modules(source: &Source) -> Vec<String> {
    let modules = source.text.lines().filter_map(|line| {
        let words = line.trim_start().trim_end_matches(['{', ';', ' ']);
        let (visibility, name) = words
            .split_once("mod ")
            .filter(|(before, _)| before.is_empty() || before.starts_with("pub"))?;
        let plain = visibility.is_empty() || visibility.ends_with(' ');
        (plain && name.chars().all(|c| c.is_alphanumeric() || c == '_')).then_some(name)
    });
    modules
        .filter(|name| is_empty_word(name))
        .map(|name| format!("{}: mod {name}", source.path))
        .collect()
}

/// A Rust file begins with `//!`, after inner attributes at most.
fn has_module_doc(text: &str) -> bool {
    let mut in_attribute = false;
    for line in text.lines().map(str::trim) {
        if in_attribute || line.starts_with("#![") {
            in_attribute = !line.ends_with(']');
        } else if !line.is_empty() {
            return line.starts_with("//!");
        }
    }
    false
}

fn of_language<'a>(sources: &'a [Source], languages: &[&str]) -> impl Iterator<Item = &'a Source> {
    sources
        .iter()
        .filter(move |source| languages.contains(&source.extension()))
}

#[test]
fn every_name_says_something() {
    let rust = of_language(sources(), &["rs"]).flat_map(in_modules);
    let findings: Vec<String> = of_language(sources(), &LANGUAGES)
        .flat_map(in_path)
        .chain(rust)
        .collect();
    report(
        &findings,
        "Name the file after the thing or the verb that it holds.",
    );
}

#[test]
fn every_rust_file_says_what_it_is_for() {
    let silent = of_language(sources(), &["rs"]).filter(|source| !has_module_doc(&source.text));
    let findings: Vec<String> = silent.map(|source| source.path.clone()).collect();
    report(
        &findings,
        "Begin the file with `//!`: one to five lines, what it holds and why.",
    );
}

#[test]
fn an_empty_name_is_found() {
    for path in [
        "web/src/core/utils.ts",
        "a/src/helpers/x.rs",
        "a/src/case_manager.rs",
        "w/FormData.vue",
        "a/data.test.ts",
    ] {
        assert_eq!(in_path(&Source::new(path, "")).len(), 1, "{path}");
    }
    for path in [
        "a/src/database.rs",
        "web/src/core/format.ts",
        "a/src/metadata.rs",
        "a/src/manage.rs",
    ] {
        assert_eq!(
            in_path(&Source::new(path, "")),
            Vec::<String>::new(),
            "{path}"
        );
    }
}

#[test]
fn an_empty_module_name_is_found() {
    let text = "mod api;\npub(crate) mod utils;\npub mod info {\n// a mod data;\nlet x = \"mod misc\";\n    mod common;\n";
    let found = in_modules(&Source::new("a.rs", text));
    assert_eq!(
        found,
        ["a.rs: mod utils", "a.rs: mod info", "a.rs: mod common"]
    );
}

#[test]
fn a_silent_file_is_found() {
    assert!(has_module_doc("//! What it is for.\n"));
    assert!(has_module_doc(
        "#![expect(\n    clippy::unwrap_used,\n    reason = \"a test\"\n)]\n\n//! What.\n"
    ));
    assert!(!has_module_doc("use std::fmt;\n//! too late\n"));
    assert!(!has_module_doc("/// Not the module.\nfn main() {}\n"));
    assert!(!has_module_doc(""));
}
