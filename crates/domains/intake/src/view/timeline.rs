//! What happened with an application, in words.

use tb_storage::{Sealer, StorageError};

use super::ApplicationEntry;
use crate::sealed;
use crate::sentence::{Speaker, args};
use crate::store::timeline::TimelineEntry;

/// The entries, with the words that came with them.
pub(super) fn timeline(
    sealer: &Sealer,
    speaker: Speaker<'_>,
    rows: Vec<TimelineEntry>,
) -> Result<Vec<ApplicationEntry>, StorageError> {
    rows.into_iter()
        .map(|row| {
            let words = row
                .words
                .as_ref()
                .map(|sealed| sealer.open_text(sealed::WORDS, row.id, sealed))
                .transpose()?;
            Ok(ApplicationEntry {
                text: entry_text(speaker, &row),
                kind: row.kind,
                at: row.at,
                office: row.office,
                step: row.step,
                item: row.item,
                words: words.unwrap_or_default(),
                by_proxy: row.by_proxy,
            })
        })
        .collect()
}

/// What a timeline entry says, without the words that came with it; in the course of a whole with the item.
pub(crate) fn entry_text(speaker: Speaker<'_>, row: &TimelineEntry) -> String {
    let words = args([
        ("office", Some(row.office.clone())),
        ("step", row.step.clone()),
    ]);
    let text = speaker.text_or(
        &format!("intake.timeline.{}", row.kind),
        "intake.timeline.other",
        &words,
    );
    match &row.item {
        Some(item) => format!("【{item}】{text}"),
        None => text,
    }
}
