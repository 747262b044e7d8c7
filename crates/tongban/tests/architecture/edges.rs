//! Who may depend on whom: `tongban` → domains → engines, platform → contract → kernel.

use super::packages::{Kind, Package, metadata};
use super::tree::report;

/// The place of a crate of ours in the house.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Layer {
    Kernel,
    Contract,
    Engine,
    Platform,
    Testkit,
    Domain,
    Binary,
    Bench,
}

/// Ours, by folder; `None` is somebody else's library.
fn layer_of(name: &str, manifest: &str) -> Option<Layer> {
    match name {
        "tb-kernel" => Some(Layer::Kernel),
        "tb-contract" => Some(Layer::Contract),
        "tb-testkit" => Some(Layer::Testkit),
        _ if manifest.contains("/crates/engines/") => Some(Layer::Engine),
        _ if manifest.contains("/crates/platform/") => Some(Layer::Platform),
        _ if manifest.contains("/crates/domains/") => Some(Layer::Domain),
        _ if manifest.contains("/crates/tongban/") => Some(Layer::Binary),
        _ if manifest.ends_with("/bench/Cargo.toml") => Some(Layer::Bench),
        _ => None,
    }
}

/// Engines whose types the contract may carry: small, without a heavy library.
const ENGINES_IN_CONTRACT: [&str; 2] = ["tb-calendar", "tb-forms"];

/// Libraries with one home each: only this crate may name them outside of tests.
const HOMES: [(&str, &str); 12] = [
    ("sqlx", "tb-storage"),
    ("object_store", "tb-storage"),
    ("rdkafka", "tb-events"),
    ("reqwest", "tb-gateway"),
    ("tantivy", "tb-search"),
    ("jieba-rs", "tb-search"),
    ("pinyin", "tb-search"),
    ("typst", "tb-typeset"),
    ("typst-pdf", "tb-typeset"),
    ("rust-embed", "tb-http"),
    ("calamine", "tb-sheet"),
    ("rust_xlsxwriter", "tb-sheet"),
];

/// What pure crates must not reach, not even through another library.
const IMPURE: [&str; 10] = [
    "tokio",
    "axum",
    "hyper",
    "reqwest",
    "sqlx",
    "sqlx-core",
    "sea-orm",
    "sea-orm-migration",
    "object_store",
    "rusqlite",
];

/// May a crate on `layer` depend on our crate `to`? The reason when not.
fn refusal(layer: Layer, to: &str, to_layer: Layer, kind: Kind) -> Option<&'static str> {
    use Layer::{Bench, Binary, Contract, Domain, Engine, Kernel, Platform, Testkit};
    if to_layer == Testkit {
        let allowed = kind == Kind::Dev && matches!(layer, Platform | Domain | Binary | Bench);
        return (!allowed).then_some("testkit is a dev-dependency, and none of pure crates");
    }
    let allowed = match layer {
        Kernel => false,
        Contract => to_layer == Kernel || ENGINES_IN_CONTRACT.contains(&to),
        Engine => to_layer == Kernel,
        Platform | Testkit => matches!(to_layer, Kernel | Contract | Platform),
        Domain if to == "tb-gateway" => false,
        Domain => matches!(to_layer, Kernel | Contract | Platform | Engine),
        Binary | Bench => true,
    };
    (!allowed).then_some(match (layer, to_layer) {
        (Domain, Domain) => {
            "domains meet by events, by ports of tb-contract, or by ids of tb-kernel"
        }
        (Domain, _) => "a domain never calls another role itself: the binary injects a port",
        (Platform | Testkit, Domain) => "the platform knows no domain",
        _ => "the arrow points inwards: tongban, domains, engines and platform, contract, kernel",
    })
}

/// Findings in the direct dependencies of one crate of ours.
fn check(package: &Package, all: &[&Package]) -> Vec<String> {
    let Some(layer) = layer_of(&package.name, &package.manifest_path) else {
        return vec![format!(
            "{} lies in no known folder: crates/{{platform,engines,domains}}/<name> or bench",
            package.name
        )];
    };
    let mut findings = Vec::new();
    for dep in &package.dependencies {
        let ours = all.iter().find(|other| other.name == dep.name);
        let reason = match ours.and_then(|other| layer_of(&other.name, &other.manifest_path)) {
            Some(to_layer) => refusal(layer, &dep.name, to_layer, dep.kind).map(str::to_owned),
            None if dep.kind == Kind::Dev || layer == Layer::Bench => None,
            None => stranger(&package.name, &dep.name),
        };
        findings.extend(reason.map(|reason| format!("{} -> {}: {reason}", package.name, dep.name)));
    }
    findings
}

/// May our crate name this library? The reason when not.
fn stranger(crate_name: &str, library: &str) -> Option<String> {
    let (_, home) = HOMES.iter().find(|(name, _)| *name == library)?;
    (*home != crate_name).then(|| format!("only {home} may name this library"))
}

#[test]
fn dependencies_point_inwards() {
    let ours = metadata().ours();
    let findings: Vec<String> = ours
        .iter()
        .flat_map(|package| check(package, &ours))
        .collect();
    report(
        &findings,
        "Move the code to the layer where it belongs, or add a port to tb-contract.",
    );
}

#[test]
fn pure_crates_reach_no_input_or_output() {
    let mut findings = Vec::new();
    for package in metadata().ours() {
        let layer = layer_of(&package.name, &package.manifest_path);
        if !matches!(layer, Some(Layer::Kernel | Layer::Contract | Layer::Engine)) {
            continue;
        }
        let impure = metadata().linked(&[package]);
        let impure = impure
            .iter()
            .filter(|linked| IMPURE.contains(&linked.name.as_str()));
        findings.extend(impure.map(|linked| format!("{} reaches {}", package.name, linked.name)));
    }
    report(
        &findings,
        "Kernel, contract and engines are pure: take the dependency out, or its feature.",
    );
}

#[test]
fn every_crate_keeps_the_lints_of_the_workspace() {
    let mut findings = Vec::new();
    for package in metadata().ours() {
        let manifest =
            std::fs::read_to_string(&package.manifest_path).expect("the manifest is readable");
        let manifest: toml::Table = manifest.parse().expect("the manifest is TOML");
        let lints = manifest
            .get("lints")
            .and_then(|lints| lints.get("workspace"))
            .and_then(toml::Value::as_bool);
        if lints != Some(true)
            || manifest
                .get("lints")
                .and_then(toml::Value::as_table)
                .is_some_and(|t| t.len() > 1)
        {
            findings.push(package.manifest_path.clone());
        }
    }
    report(
        &findings,
        "Write `[lints]` with `workspace = true`, and nothing else under it.",
    );
}

#[test]
fn a_bad_edge_is_refused() {
    use Kind::{Dev, Normal};
    let refused = [
        (Layer::Domain, "tb-intake", Layer::Domain, Normal),
        (Layer::Domain, "tb-intake", Layer::Domain, Dev),
        (Layer::Domain, "tb-gateway", Layer::Platform, Normal),
        (Layer::Domain, "tb-testkit", Layer::Testkit, Normal),
        (Layer::Domain, "tongban", Layer::Binary, Normal),
        (Layer::Platform, "tb-catalogue", Layer::Domain, Normal),
        (Layer::Platform, "tb-typeset", Layer::Engine, Normal),
        (Layer::Contract, "tb-typeset", Layer::Engine, Normal),
        (Layer::Contract, "tb-storage", Layer::Platform, Normal),
        (Layer::Engine, "tb-contract", Layer::Contract, Normal),
        (Layer::Engine, "tb-testkit", Layer::Testkit, Dev),
        (Layer::Kernel, "tb-calendar", Layer::Engine, Normal),
    ];
    for (layer, to, to_layer, kind) in refused {
        assert!(
            refusal(layer, to, to_layer, kind).is_some(),
            "{layer:?} -> {to} must be refused"
        );
    }
    let allowed = [
        (Layer::Domain, "tb-testkit", Layer::Testkit, Dev),
        (Layer::Domain, "tb-typeset", Layer::Engine, Normal),
        (Layer::Contract, "tb-forms", Layer::Engine, Normal),
        (Layer::Binary, "tb-gateway", Layer::Platform, Normal),
    ];
    for (layer, to, to_layer, kind) in allowed {
        assert_eq!(
            refusal(layer, to, to_layer, kind),
            None,
            "{layer:?} -> {to} must be allowed"
        );
    }
}

#[test]
fn a_library_outside_its_home_is_refused() {
    assert!(stranger("tb-intake", "reqwest").is_some());
    assert!(stranger("tb-storage", "typst").is_some());
    assert_eq!(stranger("tb-gateway", "reqwest"), None);
    assert_eq!(stranger("tb-intake", "serde"), None);
}

#[test]
fn a_folder_tells_the_layer() {
    assert_eq!(
        layer_of("tb-x", "/x/crates/engines/x/Cargo.toml"),
        Some(Layer::Engine)
    );
    assert_eq!(
        layer_of("tb-kernel", "/x/crates/platform/kernel/Cargo.toml"),
        Some(Layer::Kernel)
    );
    assert_eq!(layer_of("tb-x", "/x/elsewhere/Cargo.toml"), None);
}
