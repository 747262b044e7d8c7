//! One file tells one thing: at most 500 lines, and a median near 100. The length of functions is
//! clippy's (`too_many_lines`, 80 lines).

use super::tree::{Source, report, sources};

/// Hard limit for a file of any language.
const LINES: usize = 500;
const LANGUAGES: [&str; 3] = ["rs", "ts", "vue"];

fn lengths<'a>(sources: &'a [Source], language: &str) -> Vec<(usize, &'a str)> {
    let files = sources
        .iter()
        .filter(|source| source.extension() == language && !source.is_generated());
    let mut lengths: Vec<_> = files
        .map(|source| (source.text.lines().count(), source.path.as_str()))
        .collect();
    lengths.sort_unstable();
    lengths
}

fn too_long(sources: &[Source]) -> Vec<String> {
    let all = LANGUAGES
        .iter()
        .flat_map(|language| lengths(sources, language));
    all.filter(|(lines, _)| *lines > LINES)
        .map(|(lines, path)| format!("{lines} lines: {path}"))
        .collect()
}

#[test]
fn no_file_is_too_long() {
    for language in LANGUAGES {
        let lengths = lengths(sources(), language);
        let median = lengths
            .get(lengths.len() / 2)
            .map_or(0, |(lines, _)| *lines);
        eprintln!(
            "{language}: {} files, median {median} lines (goal: 130 at most)",
            lengths.len()
        );
    }
    report(
        &too_long(sources()),
        "Find the natural seam and split the file into a folder of the same name.",
    );
}

#[test]
fn a_long_file_is_found() {
    let line = "let a = 1;\n";
    let sources = [
        Source::new("a.rs", &line.repeat(LINES + 1)),
        Source::new("b.rs", &line.repeat(LINES)),
        Source::new("c.ts", &format!("// @generated\n{}", line.repeat(LINES))),
        Source::new("d.json", &line.repeat(LINES + 1)),
    ];
    assert_eq!(too_long(&sources), ["501 lines: a.rs"]);
}
