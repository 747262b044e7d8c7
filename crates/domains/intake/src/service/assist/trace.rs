//! What an assistant has put into a draft: kept place by place with what stood there before, shown to the
//! applicant, and looked at by him before he hands in.

use std::collections::HashMap;

use serde_json::Value;
use tb_contract::item::{ItemDocument, SituationAnswers};
use tb_http::Ctx;
use tb_kernel::Fault;
use tb_storage::{Sealer, StorageError, Tx};
use uuid::Uuid;

use crate::error::Error;
use crate::model::assist::{
    Changed, files_changed, filled, form_changes, material_path, situation_changes,
};
use crate::sealed::{self, ASSIST_AFTER, ASSIST_BEFORE, FILE_NAME};
use crate::service::edit::document;
use crate::service::joint::answers;
use crate::service::write::{Entry, record};
use crate::store;
use crate::store::application::Application;
use crate::store::assist::Change;
use crate::store::material::Material;

/// The kind of entry on the timeline.
const FILLED: &str = "assist_filled";

/// Whether the caller fills in as an assistant.
fn is_assistant<P>(ctx: &Ctx<P>, row: &Application) -> bool {
    row.assistant_id == Some(ctx.actor().id.0)
}

/// The answers as they stood before an assistant's hand; none where somebody else writes.
pub(crate) fn form_before<P>(
    ctx: &Ctx<P>,
    sealer: &Sealer,
    row: &Application,
) -> Result<Option<Value>, StorageError> {
    is_assistant(ctx, row)
        .then(|| sealed::form(sealer, row))
        .transpose()
}

/// Keeps what was changed in the form; the caller saves the row.
pub(crate) async fn form_filled(
    tx: &Tx,
    row: &mut Application,
    item: &ItemDocument,
    before: Option<Value>,
) -> Result<(), Fault> {
    let Some(before) = before else { return Ok(()) };
    let after = sealed::form(tx.sealer(), row)?;
    let changes = form_changes(document(item)?, &before, &after);
    Ok(keep(tx, row, changes).await?)
}

/// Keeps which questions of the situation guide were answered; the caller saves the row.
pub(crate) async fn situation_filled<P>(
    tx: &Tx,
    ctx: &Ctx<P>,
    row: &mut Application,
    before: &SituationAnswers,
) -> Result<(), Fault> {
    if !is_assistant(ctx, row) {
        return Ok(());
    }
    let changes = situation_changes(before, &answers(row)?);
    Ok(keep(tx, row, changes).await?)
}

/// Keeps that files of a requirement came or went, after they did; the caller saves the row.
pub(crate) async fn files_filled<P>(
    tx: &Tx,
    ctx: &Ctx<P>,
    row: &mut Application,
    requirement_id: &str,
    before: &[Material],
) -> Result<(), StorageError> {
    if !is_assistant(ctx, row) {
        return Ok(());
    }
    let now = store::material::all(tx.conn(), row.id).await?;
    let before = names(tx.sealer(), before, requirement_id)?;
    let after = names(tx.sealer(), &now, requirement_id)?;
    let change = files_changed(requirement_id, &before, &after);
    keep(tx, row, vec![change]).await
}

/// The names of the files of a requirement that are there.
fn names(
    sealer: &Sealer,
    materials: &[Material],
    requirement_id: &str,
) -> Result<Vec<String>, StorageError> {
    let there = materials
        .iter()
        .filter(|one| !one.removed && one.requirement_id == requirement_id);
    there
        .map(|one| sealer.open_text(FILE_NAME, one.id, &one.file_name))
        .collect()
}

/// Writes places down, and on the timeline that an assistant filled in. Saves of one stretch of work stand
/// there once; the audit trail has each.
async fn keep(tx: &Tx, row: &mut Application, changes: Vec<Changed>) -> Result<(), StorageError> {
    if changes.is_empty() {
        return Ok(());
    }
    let known = store::assist::changes(tx.conn(), row.id).await?;
    let mut known: HashMap<String, Change> = known
        .into_iter()
        .map(|one| (one.path.clone(), one))
        .collect();
    for change in changes {
        let old = known.remove(&change.path);
        put(tx, row.id, change, old).await?;
    }
    let by = tx.actor().name.clone();
    let last = store::timeline::last(tx.conn(), row.id).await?;
    if last.is_some_and(|one| one.kind == FILLED && one.office == by) {
        return Ok(());
    }
    let now = tx.now();
    let entry = Entry {
        office: &by,
        ..Entry::own(FILLED, now, "")
    };
    record(tx, row, entry).await
}

/// One place: what the applicant last had there stays known; where it stands there again nothing was filled
/// in.
async fn put(
    tx: &Tx,
    application_id: Uuid,
    change: Changed,
    old: Option<Change>,
) -> Result<(), StorageError> {
    let is_new = old.is_none();
    let id = old.as_ref().map_or_else(|| tx.new_id(), |one| one.id);
    let seal = |column, value: Option<&Value>| {
        value
            .map(|value| tx.sealer().seal_json(column, id, value))
            .transpose()
    };
    // What the applicant has written over an assistant's words since is his, and is what he had.
    let before = match old.map(|one| opened(tx.sealer(), &one)).transpose()? {
        Some(known) if known.after == change.before => known.before,
        _ => change.before,
    };
    if before == change.after {
        if !is_new {
            store::assist::delete_change(tx.conn(), id).await?;
        }
        return Ok(());
    }
    let row = Change {
        id,
        application_id,
        path: change.path,
        before: seal(ASSIST_BEFORE, before.as_ref())?,
        after: seal(ASSIST_AFTER, change.after.as_ref())?,
        by_name: tx.actor().name.clone(),
        at: tx.now(),
        checked_at: None,
    };
    store::assist::put_change(tx.conn(), row, is_new).await
}

/// A place as it was written down.
pub(crate) fn opened(sealer: &Sealer, row: &Change) -> Result<Changed, StorageError> {
    let open = |column, sealed: Option<&tb_storage::SealedBytes>| {
        sealed
            .map(|sealed| sealer.open_json::<Value>(column, row.id, sealed))
            .transpose()
    };
    Ok(Changed {
        path: row.path.clone(),
        before: open(ASSIST_BEFORE, row.before.as_ref())?,
        after: open(ASSIST_AFTER, row.after.as_ref())?,
    })
}

/// A draft as it is now, to be compared with what assistants have put into it.
pub(crate) struct Now<'a> {
    /// Answers of the form.
    pub form: &'a Value,
    /// Answers of the situation guide.
    pub situation: &'a SituationAnswers,
    /// Files.
    pub materials: &'a [Material],
}

impl Now<'_> {
    /// Whether a place still holds what the assistant put there: what the applicant has written since is his.
    pub fn holds(&self, sealer: &Sealer, change: &Changed) -> Result<bool, StorageError> {
        if let Some(path) = change.path.strip_prefix("/form") {
            return Ok(filled(self.form.pointer(path)) == change.after);
        }
        for one in self.materials {
            if material_path(&one.requirement_id) == change.path {
                let there = names(sealer, self.materials, &one.requirement_id)?;
                let there = (!there.is_empty()).then(|| Value::from(there));
                return Ok(there == change.after);
            }
        }
        let nothing = SituationAnswers::default();
        let answers = situation_changes(&nothing, self.situation);
        let now = answers.into_iter().find(|one| one.path == change.path);
        Ok(now.and_then(|one| one.after) == change.after)
    }
}

/// Refuses a hand-in as long as the applicant has not looked at what was filled in for him.
pub(crate) async fn expect_checked(
    tx: &Tx,
    row: &Application,
    materials: &[Material],
) -> Result<(), Fault> {
    let all = store::assist::changes(tx.conn(), row.id).await?;
    let unchecked = all.iter().filter(|one| one.checked_at.is_none());
    let (form, situation) = (sealed::form(tx.sealer(), row)?, answers(row)?);
    let now = Now {
        form: &form,
        situation: &situation,
        materials,
    };
    let mut count = 0;
    for one in unchecked {
        if now.holds(tx.sealer(), &opened(tx.sealer(), one)?)? {
            count += 1;
        }
    }
    if count > 0 {
        return Err(Error::AssistUnchecked { count }.into());
    }
    Ok(())
}
