//! `tongban keys new`: makes the key file.

use clap::Subcommand;
use tb_storage::KeyRing;

use super::{Outcome, say};
use crate::config::Config;
use crate::system::SystemEntropy;

/// What to do with keys.
#[derive(Debug, Subcommand)]
pub enum Keys {
    /// Make the key file named in the settings; an existing one is left as it is.
    New,
}

/// Runs the command.
pub fn run(keys: &Keys, config: &Config) -> Outcome {
    match keys {
        Keys::New => {
            let existed = config.keys.file.exists();
            KeyRing::from_file(&config.keys.file, Some(&SystemEntropy))?;
            let what = if existed { "kept" } else { "made" };
            say(&format!(
                "{what}: {} (keep a copy apart from the data)",
                config.keys.file.display()
            ))
        }
    }
}
