//! What applicant and office write to each other about a case.

use axum::http::HeaderMap;
use chrono::{DateTime, Duration, Utc};
use tb_contract::access::{ApplicationRead, ApplicationWrite};
use tb_contract::events::{Letter, LetterFile, MessageSent};
use tb_http::{Ctx, FileAnswer, WordsWithFiles, keep_for_letter};
use tb_kernel::{ApplicationId, Fault};
use tb_storage::{Conn, StorageError, Tx};
use uuid::Uuid;

use super::counter::rows;
use super::read::own;
use super::write::{announce, held, save};
use crate::app::App;
use crate::entity::letter;
use crate::error::Error;
use crate::model::State;
use crate::places::Place;
use crate::sealed::{self, LETTER};
use crate::store;
use crate::store::application::Application;
use crate::view::{ApplicationView, view};

/// Longest words, in characters.
const MOST_WORDS: usize = 2_000;
/// Letters of an applicant about one case in a day and night.
const MOST_A_DAY: u64 = 20;

/// Lets a letter in before a byte of it is read.
pub(crate) async fn admit(
    app: &App,
    ctx: &Ctx<ApplicationWrite>,
    id: ApplicationId,
    headers: &HeaderMap,
) -> Result<Place, Fault> {
    super::upload::fits(headers)?;
    let row = store::application::find(&ctx.read(), &rows(ctx), id.0).await?;
    let row = row.ok_or(Error::ApplicationNotFound)?;
    expect_office(&row)?;
    expect_room(&ctx.read(), row.id, ctx.now()).await?;
    Ok(app.places().arrive(ctx.actor().id).await?)
}

/// Writes to the office that has the case.
pub(crate) async fn write(
    app: &App,
    ctx: &Ctx<ApplicationWrite>,
    id: ApplicationId,
    brought: WordsWithFiles,
) -> Result<ApplicationView, Fault> {
    let words = brought.words;
    match words.chars().count() {
        0 => return Err(Error::LetterEmpty.into()),
        length if length > MOST_WORDS => {
            return Err(Error::LetterTooLong { max: MOST_WORDS }.into());
        }
        _ => {}
    }
    let place = app.places().seal().await?;
    keep_for_letter(ctx.store(), &brought.files, async |files| {
        drop(place);
        send(app, ctx, id, words, files).await
    })
    .await
}

async fn send(
    app: &App,
    ctx: &Ctx<ApplicationWrite>,
    id: ApplicationId,
    words: String,
    files: Vec<LetterFile>,
) -> Result<ApplicationView, Fault> {
    let mut tx = ctx.begin().await?;
    let mut row = held(&tx, ctx, id).await?;
    expect_office(&row)?;
    expect_room(tx.conn(), row.id, tx.now()).await?;
    let letter = Letter {
        id: tx.new_id(),
        words,
        files,
    };
    let now = tx.now();
    keep(&tx, &row, "", now, &letter).await?;
    announce(
        &mut tx,
        &mut row,
        "intake.application.message_sent",
        |version, number| MessageSent {
            case_number: number.to_owned(),
            version,
            letter,
        },
    )?;
    save(&tx, &row).await?;
    tx.done("intake.application.message_sent", "application", id);
    let answer = view(app, ctx, tx.conn(), &row).await?;
    tx.commit(&answer).await?;
    app.tell(row.account_id, row.id);
    Ok(answer)
}

/// Keeps a letter; `office` is empty for the applicant's own.
pub(crate) async fn keep(
    tx: &Tx,
    row: &Application,
    office: &str,
    at: DateTime<Utc>,
    letter: &Letter,
) -> Result<(), StorageError> {
    let sealed = tx.sealer().seal_json(LETTER, letter.id, letter)?;
    let kept = letter::Model {
        id: letter.id,
        application_id: row.id,
        office: office.to_owned(),
        letter: sealed,
        sent_at: at,
    };
    store::letter::insert(tx.conn(), kept).await
}

/// A file of a letter.
pub(crate) async fn file(
    ctx: &Ctx<ApplicationRead>,
    id: ApplicationId,
    file_id: Uuid,
) -> Result<FileAnswer, Fault> {
    let conn = ctx.read();
    let row = own(&conn, ctx, id).await?;
    let mut found = None;
    for kept in store::letter::all(&conn, row.id).await? {
        let letter = sealed::letter(ctx.store().sealer(), &kept)?;
        found = found.or_else(|| letter.files.into_iter().find(|file| file.id == file_id));
    }
    let file = found.ok_or(Error::MaterialNotFound)?;
    let content = ctx
        .store()
        .blobs()
        .open_file(&file.blob())
        .await?
        .ok_or(Error::MaterialNotFound)?;
    ctx.record_read("letter_file", file_id).await?;
    Ok(FileAnswer {
        name: file.file_name,
        media_type: file.media_type,
        content,
    })
}

/// Whether an office has the case: a draft, an item that waits, and the whole of a joint matter have
/// none.
pub(crate) fn has_office(row: &Application, state: State) -> bool {
    row.joint_plan.is_none() && !matches!(state, State::Draft | State::Waiting)
}

/// Refuses one letter more than a day takes.
async fn expect_room(conn: &Conn, application: Uuid, now: DateTime<Utc>) -> Result<(), Fault> {
    let since = now - Duration::days(1);
    if store::letter::own_since(conn, application, since).await? >= MOST_A_DAY {
        return Err(Error::LettersTooMany { max: MOST_A_DAY }.into());
    }
    Ok(())
}

fn expect_office(row: &Application) -> Result<(), Fault> {
    if has_office(row, sealed::state(row)?) {
        Ok(())
    } else {
        Err(Error::NobodyToWriteTo.into())
    }
}
