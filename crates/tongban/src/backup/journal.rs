//! The journal of a restore: what is under way stands in a file beside the key file, so that a
//! restore that was cut off is finished or begun anew, and no server starts over half of one.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::{beside, refused, remove, sync_folder_of, write};
use crate::cli::Failure;
use crate::config::Config;

/// How far a restore has come.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Journal {
    /// Everything is being brought to its place beside the old; on PostgreSQL the schema may be set
    /// aside under this name already.
    Filling {
        /// Name of the schema.
        set_aside: Option<String>,
    },
    /// All is checked; these are renamed one after the other.
    Moving {
        /// From and to.
        steps: Vec<(PathBuf, PathBuf)>,
    },
}

fn place(config: &Config) -> PathBuf {
    beside(&config.keys.file, ".restore-journal")
}

impl Journal {
    /// What an earlier restore has left.
    pub fn read(config: &Config) -> Result<Option<Self>, Failure> {
        match std::fs::read(place(config)) {
            Ok(bytes) => Ok(Some(serde_json::from_slice(&bytes)?)),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    /// Notes it, before what it says is done.
    pub fn note(&self, config: &Config) -> Result<(), Failure> {
        let place = place(config);
        if let Some(folder) = place.parent() {
            std::fs::create_dir_all(folder)?;
        }
        let new = beside(&place, ".new");
        write(&new, &serde_json::to_vec(self)?)?;
        std::fs::rename(&new, &place)?;
        sync_folder_of(&place)?;
        Ok(())
    }

    /// All is done.
    pub fn forget(config: &Config) -> Result<(), Failure> {
        Ok(remove(&place(config))?)
    }
}

/// Renames what is not renamed yet: doing it again does no harm.
pub fn move_in(steps: &[(PathBuf, PathBuf)]) -> Result<(), Failure> {
    for (from, to) in steps {
        if from.exists() && !is_taken(to) {
            // An empty folder stands in the way of no other.
            std::fs::rename(from, to)?;
            sync_folder_of(to)?;
        }
    }
    Ok(())
}

/// Whether something is there; an empty folder is nothing.
pub fn is_taken(path: &Path) -> bool {
    match std::fs::read_dir(path) {
        Ok(mut entries) => entries.next().is_some(),
        Err(_) => path.exists(),
    }
}

/// No server starts over half a restore.
pub(crate) fn refuse_half_restored(config: &Config) -> Result<(), Failure> {
    if Journal::read(config)?.is_none() {
        return Ok(());
    }
    Err(refused(
        "恢复被中断，尚未完成；请再次运行 tongban restore",
        "a restore was cut off before its end: run `tongban restore` again",
    ))
}

#[cfg(test)]
mod tests {
    use super::move_in;

    #[test]
    fn a_move_that_was_cut_off_is_finished() {
        for done in 0..=2 {
            let folder = tempfile::tempdir().unwrap();
            let at = |name: &str| folder.path().join(name);
            std::fs::write(at("db"), "old").unwrap();
            std::fs::write(at("db.restoring"), "new").unwrap();
            let steps = vec![(at("db"), at("db.before")), (at("db.restoring"), at("db"))];
            move_in(&steps[..done]).unwrap();
            move_in(&steps).unwrap();
            move_in(&steps).unwrap();
            assert_eq!(std::fs::read_to_string(at("db")).unwrap(), "new", "{done}");
            assert_eq!(std::fs::read_to_string(at("db.before")).unwrap(), "old");
        }
    }
}
