//! What applicant and office write to each other about a case: each letter is an event of the case, so
//! that the history has all of it, and moves neither state nor clocks.

use chrono::{DateTime, Utc};
use tb_contract::access::{CaseUnmask, LetterRead, LetterWrite};
use tb_contract::events::{Letter, LetterFile, MessageSent};
use tb_events::HandleError;
use tb_http::{Ctx, FileAnswer, WordsWithFiles, keep_for_letter};
use tb_kernel::Fault;
use tb_storage::Tx;
use uuid::Uuid;

use super::change::{doer, unmoved};
use super::file::{Leaving, open};
use super::record::{Open, Writing, record};
use super::supervise::{Watched, words};
use crate::api::letter::LetterWritten;
use crate::api::view::{FileView, LetterView};
use crate::app::App;
use crate::entity::case;
use crate::error::Error;
use crate::model::apply::Outcome;
use crate::model::event::{EventDetail, EventKind, Happened};
use crate::store;
use crate::store::event::CaseEvent;

/// The applicant writes; the case waits for an answer from his first letter on.
pub(crate) async fn received(
    tx: &mut Tx,
    open: &mut Open<'_>,
    sent: MessageSent,
) -> Result<(), HandleError> {
    let state = open.row.current_state()?;
    let event = Happened {
        kind: EventKind::MessageReceived,
        effective_at: tx.now(),
        from: state,
        to: state,
        detail: detail(sent.letter),
    };
    let outcome = Outcome {
        events: vec![event],
        ..unmoved(open, state, "approval.case.message_received")
    };
    open.row.letter_since = open.row.letter_since.or(Some(tx.now()));
    let doer = doer(tx, &open.row)?;
    record(tx, open, outcome, &doer, Writing::Change).await?;
    Ok(())
}

/// Lets a letter in before a byte of it is read.
pub(crate) async fn admit(ctx: &Ctx<LetterWrite>, id: Uuid) -> Result<(), Fault> {
    store::case::find(&ctx.read(), ctx.scope(), id)
        .await?
        .ok_or(Error::CaseNotFound)?;
    Ok(())
}

/// The office writes; whoever does it does not become the handler by it.
pub(crate) async fn write(
    app: &App,
    ctx: &Ctx<LetterWrite>,
    id: Uuid,
    seen: i32,
    brought: WordsWithFiles,
) -> Result<LetterWritten, Fault> {
    let words = words(&brought.words)?;
    keep_for_letter(app.store(), &brought.files, async |files| {
        send(app, ctx, id, seen, (words, files)).await
    })
    .await
}

async fn send(
    app: &App,
    ctx: &Ctx<LetterWrite>,
    id: Uuid,
    seen: i32,
    (words, files): (String, Vec<LetterFile>),
) -> Result<LetterWritten, Fault> {
    let mut tx = ctx.begin().await?;
    let mut watched = Watched::take(app, &tx, ctx.scope(), id).await?;
    // What came after what the clerk had before him still waits.
    watched.row.letter_since = unseen(&watched.row, &watched.history, seen);
    let letter = Letter {
        id: tx.new_id(),
        words,
        files,
    };
    let what = (EventKind::MessageSent, "approval.case.message_sent");
    let version = watched.note(app, &mut tx, what, detail(letter)).await?;
    let answer = LetterWritten { version };
    tx.commit(&answer).await?;
    Ok(answer)
}

/// Notes that what the applicant wrote up to an event needs no answer. A later letter still does.
pub(crate) async fn settle(
    app: &App,
    ctx: &Ctx<LetterWrite>,
    id: Uuid,
    seen: i32,
) -> Result<(), Fault> {
    let mut tx = ctx.begin().await?;
    let row = store::case::find_for_change(tx.conn(), ctx.scope(), id)
        .await?
        .ok_or(Error::CaseNotFound)?;
    let history = store::event::of_case(tx.conn(), tx.sealer(), id).await?;
    if unseen(&row, &history, seen).is_some() {
        return Err(Error::LetterCame.into());
    }
    if row.letter_since.is_some() {
        store::case::settle_letter(tx.conn(), id).await?;
        tx.done("approval.letter.settled", "case", id);
        let (app, department) = (app.clone(), tb_kernel::DepartmentId(row.department_id));
        tx.after_commit(move || app.tell(id, department));
    }
    tx.commit(&()).await?;
    Ok(())
}

/// A file of a letter; that it was read is recorded first.
pub(crate) async fn file(
    app: &App,
    ctx: &Ctx<CaseUnmask>,
    id: Uuid,
    file_id: Uuid,
) -> Result<FileAnswer, Fault> {
    let conn = ctx.read();
    store::case::find(&conn, ctx.scope(), id)
        .await?
        .ok_or(Error::CaseNotFound)?;
    let history = store::event::of_case(&conn, app.store().sealer(), id).await?;
    let file = letters(&history)
        .flat_map(|(_, letter)| &letter.files)
        .find(|file| file.id == file_id)
        .ok_or(Error::MaterialNotFound)?;
    let leaving = Leaving {
        what: ("letter_file", file_id),
        blob: file.blob(),
        name: file.file_name.clone(),
        media_type: file.media_type.clone(),
    };
    open(app, ctx, leaving).await
}

/// What was written about a case within reach, oldest first; that it was read is recorded first.
pub(crate) async fn list(
    app: &App,
    ctx: &Ctx<LetterRead>,
    id: Uuid,
) -> Result<Vec<LetterView>, Fault> {
    let conn = ctx.read();
    store::case::find(&conn, ctx.scope(), id)
        .await?
        .ok_or(Error::CaseNotFound)?;
    let history = store::event::of_case(&conn, app.store().sealer(), id).await?;
    let views: Vec<LetterView> = letters(&history).map(view).collect();
    if !views.is_empty() {
        ctx.record_read("case", id).await?;
    }
    Ok(views)
}

fn view((event, letter): (&CaseEvent, &Letter)) -> LetterView {
    LetterView {
        seq: event.seq,
        by_applicant: event.kind == EventKind::MessageReceived,
        author: event.actor_name.clone(),
        at: event.at,
        words: letter.words.clone(),
        files: letter.files.iter().map(file_view).collect(),
    }
}

/// A file as a list shows it.
pub(crate) fn file_view(file: &LetterFile) -> FileView {
    FileView {
        id: file.id,
        file_name: file.file_name.clone(),
        media_type: file.media_type.clone(),
        size: file.size,
    }
}

/// When the first letter came, of those that wait, behind what somebody has seen.
fn unseen(row: &case::Model, history: &[CaseEvent], seen: i32) -> Option<DateTime<Utc>> {
    let since = row.letter_since?;
    history
        .iter()
        .filter(|event| event.kind == EventKind::MessageReceived && event.seq > seen)
        .map(|event| event.at)
        .find(|at| *at >= since)
}

/// The letters of a history.
pub(crate) fn letters(history: &[CaseEvent]) -> impl Iterator<Item = (&CaseEvent, &Letter)> {
    history
        .iter()
        .filter_map(|event| Some((event, event.detail.letter.as_deref()?)))
}

fn detail(letter: Letter) -> EventDetail {
    EventDetail {
        letter: Some(Box::new(letter)),
        ..EventDetail::default()
    }
}
