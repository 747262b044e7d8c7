//! What applicant and office write to each other about a case: each letter is an event of the case, so
//! that the history has all of it, and moves neither state nor clocks.

use tb_contract::access::{CaseUnmask, LetterWrite};
use tb_contract::events::{Letter, MessageSent};
use tb_events::HandleError;
use tb_http::{Ctx, FileAnswer, WordsWithFiles};
use tb_kernel::Fault;
use tb_storage::Tx;
use uuid::Uuid;

use super::change::{doer, unmoved};
use super::record::{Open, Writing, record};
use super::supervise::{Watched, words};
use crate::api::letter::LetterWritten;
use crate::app::App;
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
    brought: WordsWithFiles,
) -> Result<LetterWritten, Fault> {
    let words = words(&brought.words)?;
    let mut files = Vec::new();
    for file in brought.files {
        files.push(file.keep(app.store().blobs(), app.store().new_id()).await?);
    }
    let mut tx = ctx.begin().await?;
    let mut watched = Watched::take(app, &tx, ctx.scope(), id).await?;
    watched.row.letter_since = None;
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
    let later = history
        .iter()
        .any(|event| event.seq > seen && event.kind == EventKind::MessageReceived);
    if later {
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
    let content = app
        .store()
        .blobs()
        .open_file(&file.blob())
        .await?
        .ok_or(Error::MaterialNotFound)?;
    ctx.record_read("letter_file", file_id).await?;
    Ok(FileAnswer {
        name: file.file_name.clone(),
        media_type: file.media_type.clone(),
        content,
    })
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
