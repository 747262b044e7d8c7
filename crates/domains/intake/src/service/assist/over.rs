//! How help comes to its end: a request that is closed, and consent that ends with it or before.

use tb_storage::{StorageError, Tx};

use super::{note, state, tell, words};
use crate::model::assist::{AssistOutcome, AssistState};
use crate::service::write::{Entry, record};
use crate::store;
use crate::store::application::Application;
use crate::store::assist::Request;

/// How a request ends.
pub(super) struct Ending<'a> {
    /// In which way.
    pub outcome: AssistOutcome,
    /// The assistant who ends it; empty for the applicant.
    pub by: &'a str,
    /// What he says of it.
    pub words: &'a str,
}

/// Closes a request with the consent to its draft, and writes both.
pub(super) async fn close(
    tx: &Tx,
    request: &mut Request,
    Ending { outcome, by, words }: Ending<'_>,
) -> Result<(), StorageError> {
    if let Some(id) = request.application_id
        && let Some(mut row) = store::application::any_locked(tx.conn(), id).await?
        && end_consent(tx, &mut row, "closed").await?
    {
        store::application::save(tx.conn(), &row).await?;
    }
    over(tx, request, outcome, (by, words)).await
}

/// Writes that a request is over.
async fn over(
    tx: &Tx,
    request: &mut Request,
    outcome: AssistOutcome,
    (by, words): (&str, &str),
) -> Result<(), StorageError> {
    AssistState::Closed.as_str().clone_into(&mut request.state);
    request.outcome = Some(outcome.as_str().to_owned());
    request.closed_at = Some(tx.now());
    request.version += 1;
    note(tx, request.id, outcome.as_str(), by, words).await?;
    store::assist::save(tx.conn(), request.clone()).await
}

/// Ends the consent to a draft: from here on no assistant reaches it. Whether there was one; the caller saves
/// the row.
pub(super) async fn end_consent(
    tx: &Tx,
    row: &mut Application,
    by: &str,
) -> Result<bool, StorageError> {
    if row.assistant_id.is_none() {
        return Ok(false);
    }
    store::assist::end_consents(tx.conn(), row.id, by, tx.now()).await?;
    row.assistant_id = None;
    row.assist_until = None;
    row.assist_may = None;
    let now = tx.now();
    record(tx, row, Entry::own("assist_consent_ended", now, "")).await?;
    Ok(true)
}

/// The draft is handed in: what assistants had to do with it is over. The caller saves the row.
pub(crate) async fn handed_in(tx: &Tx, row: &mut Application) -> Result<(), StorageError> {
    end_consent(tx, row, "submitted").await?;
    let Some(mut request) = store::assist::of_draft(tx.conn(), row.id).await? else {
        return Ok(());
    };
    over(tx, &mut request, AssistOutcome::Submitted, ("", "")).await
}

/// The draft is deleted: what was filled in is forgotten, and the request goes on without it.
pub(crate) async fn draft_gone(tx: &Tx, application: uuid::Uuid) -> Result<(), StorageError> {
    store::assist::end_consents(tx.conn(), application, "deleted", tx.now()).await?;
    store::assist::delete_changes(tx.conn(), application).await?;
    let Some(mut request) = store::assist::of_draft(tx.conn(), application).await? else {
        return Ok(());
    };
    request.application_id = None;
    request.version += 1;
    note(tx, request.id, "draft_deleted", "", "").await?;
    store::assist::save(tx.conn(), request).await
}

/// Tells the applicant that an assistant has closed his request.
pub(super) async fn tell_closed(
    tx: &Tx,
    request: &Request,
    reason: &str,
) -> Result<(), StorageError> {
    debug_assert_eq!(state(request), AssistState::Closed);
    tell(tx, request, "assist_closed", &words(request, reason)).await
}
