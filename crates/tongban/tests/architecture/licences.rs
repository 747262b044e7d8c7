//! Every library that we link has a licence of the list in `deny.toml`: none that asks for our
//! own source, so that a city may change and keep what it runs.

use super::packages::{Package, metadata};
use super::tree::{report, root};

/// The list that cargo-deny reads too.
fn allowed() -> Vec<String> {
    let deny = std::fs::read_to_string(root().join("deny.toml")).expect("deny.toml is readable");
    let deny: toml::Table = deny.parse().expect("deny.toml is TOML");
    let list = deny
        .get("licenses")
        .and_then(|licenses| licenses.get("allow"))
        .and_then(toml::Value::as_array);
    let list = list.expect("deny.toml has [licenses] allow").iter();
    list.map(|licence| licence.as_str().expect("a licence is a text").to_owned())
        .collect()
}

/// Whether an SPDX expression can be met with the allowed licences: one side of `OR` is enough,
/// both sides of `AND` are needed; `/` is the old way to write `OR`.
fn is_met(expression: &str, allowed: &[String]) -> bool {
    let spaced = expression
        .replace('(', " ( ")
        .replace(')', " ) ")
        .replace('/', " OR ");
    let words: Vec<&str> = spaced.split_whitespace().collect();
    let mut rest = words.as_slice();
    let met = alternatives(&mut rest, allowed);
    met && rest.is_empty()
}

/// `AND` binds more tightly than `OR`.
fn alternatives(words: &mut &[&str], allowed: &[String]) -> bool {
    let mut met = together(words, allowed);
    while let Some(rest) = words.strip_prefix(&["OR"]) {
        *words = rest;
        met |= together(words, allowed);
    }
    met
}

fn together(words: &mut &[&str], allowed: &[String]) -> bool {
    let mut met = single(words, allowed);
    while let Some(rest) = words.strip_prefix(&["AND"]) {
        *words = rest;
        met &= single(words, allowed);
    }
    met
}

fn single(words: &mut &[&str], allowed: &[String]) -> bool {
    let Some((first, rest)) = words.split_first() else {
        return false;
    };
    *words = rest;
    if *first == "(" {
        let met = alternatives(words, allowed);
        let closed = words.first() == Some(&")");
        *words = words.get(1..).unwrap_or_default();
        return met && closed;
    }
    if let ["WITH", exception, rest @ ..] = *words {
        *words = rest;
        return allowed.contains(&format!("{first} WITH {exception}"));
    }
    allowed.iter().any(|licence| licence == first)
}

fn finding(package: &Package, allowed: &[String]) -> Option<String> {
    let licence = package.license.as_deref().unwrap_or("none named");
    (!is_met(licence, allowed)).then(|| format!("{} {}: {licence}", package.name, package.version))
}

#[test]
fn every_linked_library_has_an_allowed_licence() {
    let ours = metadata().ours();
    let linked = metadata().linked(&ours);
    assert!(linked.len() > ours.len(), "libraries are linked");
    let allowed = allowed();
    let findings: Vec<String> = linked
        .iter()
        .filter_map(|package| finding(package, &allowed))
        .collect();
    report(
        &findings,
        "Find another library; only a licence that asks nothing of our source may join the list in deny.toml.",
    );
}

#[test]
fn our_own_licence_is_named_everywhere() {
    let ours = metadata().ours();
    let other = ours
        .iter()
        .filter(|package| package.license.as_deref() != Some("Apache-2.0"));
    let findings: Vec<String> = other.map(|package| package.name.clone()).collect();
    report(
        &findings,
        "Write `license.workspace = true` in the manifest.",
    );
    let text = std::fs::read_to_string(root().join("LICENSE")).expect("LICENSE is readable");
    assert!(text.contains("Apache License") && text.contains("Version 2.0, January 2004"));
}

#[test]
fn a_bad_licence_is_found() {
    let allowed = [
        "MIT".to_owned(),
        "Apache-2.0".to_owned(),
        "Apache-2.0 WITH LLVM-exception".to_owned(),
    ];
    for met in [
        "MIT",
        "MIT OR GPL-3.0",
        "GPL-3.0/MIT",
        "(MIT OR GPL-2.0) AND Apache-2.0",
        "Apache-2.0 WITH LLVM-exception",
        "GPL-3.0 AND ISC OR MIT",
    ] {
        assert!(is_met(met, &allowed), "{met}");
    }
    for refused in [
        "GPL-3.0-only",
        "AGPL-3.0",
        "MIT AND GPL-3.0",
        "(MIT OR GPL-2.0) AND GPL-3.0",
        "MIT WITH x",
        "",
        "none named",
        "(MIT",
        "MIT MIT",
    ] {
        assert!(!is_met(refused, &allowed), "{refused}");
    }
}
