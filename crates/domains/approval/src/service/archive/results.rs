//! The results that were attached, in the package of a case: also those that were replaced.

use super::contents::{Bytes, ending, plain};
use crate::archive::FileHead;
use crate::model::result::in_force;
use crate::service::result::attached;
use crate::store::event::CaseEvent;

/// The folder, and the kind of its files.
const FOLDER: &str = "办理结果";

/// The files of the results; what was handed over on paper stands in the process alone.
pub(super) fn results(history: &[CaseEvent]) -> Vec<(FileHead, Bytes)> {
    let counts = in_force(attached(history));
    let files = attached(history).filter_map(|result| Some((result, result.file.as_ref()?)));
    files
        .enumerate()
        .map(|(at, (result, file))| {
            let replaced = if counts.contains(&result) {
                ""
            } else {
                "（已更换）"
            };
            let head = FileHead {
                path: format!(
                    "{FOLDER}/{:02}-{}{}",
                    at + 1,
                    plain(&result.name),
                    ending(&file.file_name)
                ),
                kind: FOLDER,
                title: format!("{}（{}）{replaced}", result.name, result.number),
                original: file.file_name.clone(),
                media_type: file.media_type.clone(),
            };
            let bytes = Bytes::Stored {
                blob: file.blob(),
                size: u64::try_from(file.size).ok(),
            };
            (head, bytes)
        })
        .collect()
}
