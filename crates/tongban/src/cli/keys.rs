//! `tongban keys new`: makes the key file.

use clap::Subcommand;
use tb_storage::KeyRing;

use super::{Failure, Outcome, both, say};
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
            KeyRing::from_file(&config.keys.file, Some(&SystemEntropy)).map_err(|error| {
                Failure::new(format!(
                    "{}: {error}",
                    both("密钥文件不能使用", "the key file cannot be used")
                ))
            })?;
            let what = if existed {
                both("密钥文件已有，未改动", "the key file is there and was kept")
            } else {
                both(
                    "已生成密钥文件，请另存一份，与数据分开保管",
                    "a key file was made: keep a copy apart from the data",
                )
            };
            say(&format!("{what}: {}", config.keys.file.display()))
        }
    }
}
