//! The packages as `cargo metadata` tells them, for the tests that read the dependency graph.
//! Read by hand: the crate `cargo_metadata` switches on a feature of `serde_json`, which would make
//! the tests build nearly every library a second time beside the demo's.

use std::collections::{BTreeMap, HashMap};
use std::process::Command;
use std::sync::OnceLock;

use serde::Deserialize;

#[derive(Debug, Deserialize)]
pub struct Metadata {
    packages: Vec<Package>,
    workspace_members: Vec<String>,
    resolve: Resolve,
}

#[derive(Debug, Deserialize)]
pub struct Package {
    pub id: String,
    pub name: String,
    pub version: String,
    pub license: Option<String>,
    pub manifest_path: String,
    /// As the manifest writes them.
    pub dependencies: Vec<Dependency>,
}

#[derive(Debug, Deserialize)]
pub struct Dependency {
    pub name: String,
    #[serde(default)]
    pub kind: Kind,
}

/// cargo writes `null` for a normal dependency.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(from = "Option<String>")]
pub enum Kind {
    #[default]
    Normal,
    Build,
    Dev,
}

impl From<Option<String>> for Kind {
    fn from(kind: Option<String>) -> Self {
        match kind.as_deref() {
            None => Self::Normal,
            Some("build") => Self::Build,
            Some("dev") => Self::Dev,
            Some(other) => panic!("cargo metadata tells of an unknown kind of dependency: {other}"),
        }
    }
}

#[derive(Debug, Deserialize)]
struct Resolve {
    nodes: Vec<Node>,
}

#[derive(Debug, Deserialize)]
struct Node {
    id: String,
    deps: Vec<Edge>,
}

#[derive(Debug, Deserialize)]
struct Edge {
    pkg: String,
    dep_kinds: Vec<EdgeKind>,
}

#[derive(Debug, Deserialize)]
struct EdgeKind {
    kind: Kind,
}

impl Metadata {
    /// The packages of this workspace.
    pub fn ours(&self) -> Vec<&Package> {
        let members = &self.workspace_members;
        let ours = self
            .packages
            .iter()
            .filter(|package| members.contains(&package.id));
        ours.collect()
    }

    /// Everything that is linked into these packages: normal dependencies, followed to the end.
    pub fn linked(&self, from: &[&Package]) -> Vec<&Package> {
        let packages: HashMap<&str, &Package> = self
            .packages
            .iter()
            .map(|package| (package.id.as_str(), package))
            .collect();
        let nodes: HashMap<&str, &Node> = self
            .resolve
            .nodes
            .iter()
            .map(|node| (node.id.as_str(), node))
            .collect();
        let mut found = BTreeMap::new();
        let mut open: Vec<&str> = from.iter().map(|package| package.id.as_str()).collect();
        while let Some(id) = open.pop() {
            if found.insert(id, packages[id]).is_none() {
                let linked = nodes[id]
                    .deps
                    .iter()
                    .filter(|edge| edge.dep_kinds.iter().any(|kind| kind.kind == Kind::Normal));
                open.extend(linked.map(|edge| edge.pkg.as_str()));
            }
        }
        found.into_values().collect()
    }
}

/// The graph of this machine's platform, all features, read once per process.
pub fn metadata() -> &'static Metadata {
    static METADATA: OnceLock<Metadata> = OnceLock::new();
    METADATA.get_or_init(|| {
        let host = format!("{}-unknown-linux-gnu", std::env::consts::ARCH);
        let told = Command::new(env!("CARGO"))
            .args([
                "metadata",
                "--format-version=1",
                "--locked",
                "--all-features",
                "--filter-platform",
                &host,
            ])
            .current_dir(super::tree::root())
            .output()
            .expect("cargo runs");
        assert!(
            told.status.success(),
            "cargo metadata: {}",
            String::from_utf8_lossy(&told.stderr)
        );
        serde_json::from_slice(&told.stdout).expect("cargo metadata tells JSON of the known shape")
    })
}

#[test]
fn the_graph_reaches_through_the_libraries() {
    let ours = metadata().ours();
    let kernel = ours
        .into_iter()
        .find(|package| package.name == "tb-kernel")
        .expect("tb-kernel is a member");
    let linked = metadata().linked(&[kernel]);
    let names: Vec<&str> = linked.iter().map(|package| package.name.as_str()).collect();
    assert!(
        names.contains(&"serde_core"),
        "serde_core is linked through serde, found {names:?}"
    );
    assert!(
        !names.contains(&"tempfile"),
        "a tool of the tests is not linked"
    );
}
