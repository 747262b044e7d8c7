//! What must never be committed: folders of one person's machine, addresses of package registries
//! and of their mirrors. A checkout works for everybody, from the registries each one has set up.

use super::tree::{Source, report, sources};

/// First folders of a path that exists on one machine only. Put together here, so that this file
/// does not find itself.
fn machine_folders() -> [String; 4] {
    ["home", "root", "work", "Users"].map(|folder| format!("/{folder}/"))
}

/// Parts of host names of registries and mirrors.
fn registry_hosts() -> [String; 14] {
    [
        ("registry.", "npmjs.org"),
        ("npm", "mirror.com"),
        ("npm.", "taobao"),
        ("rs", "proxy.cn"),
        ("index.", "crates.io"),
        ("static.", "crates.io"),
        ("mirrors.", "tuna"),
        ("mirrors.", "ustc"),
        ("mirrors.", "aliyun"),
        ("mirrors.", "cloud"),
        ("files.", "pythonhosted"),
        ("pypi.", "org/simple"),
        ("deb.", "debian.org"),
        ("repo.", "maven.apache.org"),
    ]
    .map(|(first, second)| format!("{first}{second}"))
}

/// A folder counts where a path begins: after a space, a quote, a bracket, `=`, `:` (not of `://`).
fn begins_path(line: &str, at: usize) -> bool {
    let before = line.get(..at).unwrap_or_default();
    before
        .chars()
        .next_back()
        .is_none_or(|c| c.is_whitespace() || "\"'`([{<=:,;|".contains(c))
}

fn in_line(line: &str, folders: &[String], hosts: &[String]) -> Option<String> {
    let folder = folders.iter().find(|folder| {
        line.match_indices(folder.as_str())
            .any(|(at, _)| begins_path(line, at))
    });
    folder
        .or_else(|| hosts.iter().find(|host| line.contains(host.as_str())))
        .cloned()
}

fn leaks(source: &Source) -> Vec<String> {
    // Both lock files are checked apart: they name the source of every package.
    if source.path.ends_with("package-lock.json") || source.path == "Cargo.lock" {
        return Vec::new();
    }
    let (folders, hosts) = (machine_folders(), registry_hosts());
    let lines = source.text.lines().enumerate();
    let found = lines.filter_map(|(at, line)| Some((at + 1, in_line(line, &folders, &hosts)?)));
    found
        .map(|(line, leak)| format!("{}:{line}: {leak}", source.path))
        .collect()
}

/// Packages of an npm lock file that come from elsewhere than the npm registry. npm writes that
/// host whatever mirror is set up, when it is told to; then the file serves everybody.
fn foreign_packages(lock: &str) -> Vec<String> {
    let registry = format!("https://{}/", registry_hosts()[0]);
    let lock: serde_json::Value = serde_json::from_str(lock).expect("the lock file is JSON");
    let packages = lock
        .get("packages")
        .and_then(serde_json::Value::as_object)
        .expect("lock file version 2 or 3");
    let resolved = packages
        .iter()
        .filter_map(|(name, package)| Some((name, package.get("resolved")?.as_str()?)));
    resolved
        .filter(|(_, from)| !from.starts_with(&registry))
        .map(|(name, from)| format!("{name}: {from}"))
        .collect()
}

/// Packages of `Cargo.lock` that come neither from this workspace nor from crates.io.
fn foreign_crates(lock: &str) -> Vec<String> {
    let sources = lock
        .lines()
        .filter_map(|line| line.strip_prefix("source = \"")?.strip_suffix('"'));
    sources
        .filter(|from| *from != "registry+https://github.com/rust-lang/crates.io-index")
        .map(str::to_owned)
        .collect()
}

#[test]
fn nothing_of_one_machine_is_committed() {
    let findings: Vec<String> = sources().iter().flat_map(leaks).collect();
    report(
        &findings,
        "Use a path relative to the checkout, or a setting; leave registries to the reader's own set-up.",
    );
}

#[test]
fn lock_files_name_the_public_registries() {
    let mut findings = Vec::new();
    for source in sources() {
        if source.path.ends_with("package-lock.json") {
            findings.extend(foreign_packages(&source.text));
        } else if source.path == "Cargo.lock" {
            findings.extend(foreign_crates(&source.text));
        }
    }
    report(
        &findings,
        "Replace the host by the public registry's (npm: `resolved`; cargo: no source replacement).",
    );
}

#[test]
fn a_leak_is_found() {
    let [home, root, work, _] = machine_folders();
    let mirror = &registry_hosts()[1];
    for line in [
        format!("cd {work}main"),
        format!("path = \"{home}li/x\""),
        format!("DIR={root}.cache"),
        format!("https://{mirror}/x"),
    ] {
        assert_eq!(leaks(&Source::new("a.sh", &line)).len(), 1, "{line}");
    }
    for line in [
        format!("https://example.org{home}page"),
        format!("./ends{work}x"),
        "the work / the home".to_owned(),
    ] {
        assert_eq!(
            leaks(&Source::new("a.md", &line)),
            Vec::<String>::new(),
            "{line}"
        );
    }
}

#[test]
fn a_foreign_package_is_found() {
    let [npm, mirror, ..] = registry_hosts();
    let lock = format!(
        r#"{{"packages": {{"": {{}}, "a": {{"resolved": "https://{npm}/a.tgz"}}, "b": {{"resolved": "https://{mirror}/b.tgz"}}}}}}"#
    );
    assert_eq!(
        foreign_packages(&lock),
        [format!("b: https://{mirror}/b.tgz")]
    );
    let lock = "source = \"registry+https://github.com/rust-lang/crates.io-index\"\nsource = \"git+https://example.org/x\"\n";
    assert_eq!(foreign_crates(lock), ["git+https://example.org/x"]);
}
