//! Fonts of official papers, read from the configured files when the first paper is made: they are
//! large, and an idle process does without them.

use std::path::PathBuf;

/// The font files of this process.
#[derive(Clone, Debug, Default)]
pub struct Fonts(Vec<PathBuf>);

impl Fonts {
    /// Fonts in these files; those that are missing are passed over.
    pub fn new(paths: Vec<PathBuf>) -> Self {
        Self(paths)
    }

    /// What reads them, when it is called.
    pub fn reader(&self) -> impl Fn() -> Vec<Vec<u8>> + Send + Sync + use<> {
        let paths = self.0.clone();
        move || read(&paths)
    }
}

fn read(paths: &[PathBuf]) -> Vec<Vec<u8>> {
    let fonts: Vec<Vec<u8>> = paths
        .iter()
        .filter_map(|path| std::fs::read(path).ok())
        .collect();
    if fonts.is_empty() {
        tracing::error!(?paths, "no font was found: papers cannot be made");
    }
    fonts
}
