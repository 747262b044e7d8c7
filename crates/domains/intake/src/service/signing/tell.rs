//! What co-applicants hear of an application after its hand-in: the main steps.

use std::collections::BTreeSet;

use tb_contract::item::ItemDocument;
use tb_storage::{StorageError, Tx};
use uuid::Uuid;

use super::tell_those;
use crate::model::signing::SignerState;
use crate::sentence::{Args, named};
use crate::store;
use crate::store::application::Application;

/// Steps that they are told, as messages to the applicant are called.
const TOLD: &[&str] = &[
    "submitted",
    "pre_review_returned",
    "correction_requested",
    "accepted",
    "decided_granted",
    "decided_denied",
    "not_accepted",
    "refused",
    "withdrawn",
    "terminated",
];

/// Tells those who have signed of a step; the accounts whose open pages follow it.
pub(crate) async fn tell_step(
    tx: &Tx,
    row: &Application,
    kind: &str,
    words: &Args,
) -> Result<Vec<Uuid>, StorageError> {
    let those = store::signing::all(tx.conn(), row.id).await?;
    if TOLD.contains(&kind) {
        let message = format!("co_{kind}");
        let signed = [SignerState::Signed];
        tell_those(tx, row, &those, &signed, (&message, words)).await?;
    }
    Ok(those.into_iter().filter_map(|one| one.account_id).collect())
}

/// Tells them what a correction has changed.
pub(crate) async fn tell_correction(
    tx: &Tx,
    row: &Application,
    item: &ItemDocument,
    changed: &[String],
) -> Result<(), StorageError> {
    let those = store::signing::all(tx.conn(), row.id).await?;
    let mut words = named(row);
    words.insert("changed".to_owned(), parts(item, changed));
    let signed = [SignerState::Signed];
    tell_those(tx, row, &those, &signed, ("co_corrected", &words)).await
}

/// The names of fields and materials, each once.
fn parts(item: &ItemDocument, changed: &[String]) -> String {
    let name = |part: &String| {
        let key = part.strip_prefix("form.").unwrap_or(part);
        let key = key.trim_start_matches('/').split('/').next()?;
        let form = item.form.as_ref();
        let field = form.and_then(|form| form.fields().find(|field| field.key == key));
        let material = item.materials.iter().find(|one| one.id == *part);
        material
            .map(|one| one.name.clone())
            .or_else(|| field.map(|field| field.label.clone()))
    };
    let names: BTreeSet<String> = changed.iter().filter_map(name).collect();
    names.into_iter().collect::<Vec<_>>().join("、")
}
