//! The other side of an opinion: the department that is asked sees its requests with what the asking
//! one shows it of the case and no more, and answers or declines.

use tb_contract::access::OpinionAnswer;
use tb_contract::events::{Letter, LetterFile};
use tb_http::{Ctx, FileAnswer, WordsWithFiles, keep_for_letter};
use tb_kernel::{Fault, Page, PageRequest, Scope};
use tb_storage::{Conn, Tx};
use uuid::Uuid;

use super::{about, answer, settle, tell, view};
use crate::api::opinion::{AskedOpinionView, OpinionQuery, OpinionRow, OpinionView};
use crate::app::App;
use crate::entity::{case, opinion};
use crate::error::Error;
use crate::model::event::{EventDetail, EventKind};
use crate::model::opinion::{OpinionState, Stance};
use crate::model::words::Word;
use crate::sealed::{self, OPINION_ANSWER};
use crate::service::file::{Leaving, open};
use crate::service::list::place;
use crate::service::setting::setting;
use crate::service::supervise::{Watched, words};
use crate::store;
use crate::view::consultation::{Consultation, consultation};

/// What one's department is asked, the most urgent first.
pub(crate) async fn list(
    ctx: &Ctx<OpinionAnswer>,
    query: OpinionQuery,
) -> Result<Page<OpinionRow>, Fault> {
    let after = query
        .cursor
        .as_deref()
        .filter(|cursor| !cursor.is_empty())
        .map(place)
        .transpose()?;
    let limit = PageRequest {
        cursor: None,
        limit: query.limit,
    }
    .limit();
    let unknown = || Error::UnknownFilter {
        name: "state".to_owned(),
    };
    let state = match query.state.as_deref().filter(|word| !word.is_empty()) {
        Some(word) => OpinionState::parse(word).ok_or_else(unknown)?,
        None => OpinionState::Open,
    };
    let rows = store::opinion::list(&ctx.read(), ctx.scope(), state, after, limit).await?;
    let page = Page::from_surplus(rows, limit, |row: &opinion::Model| {
        format!("{}.{}", row.answer_until.timestamp_micros(), row.id)
    });
    let now = ctx.now();
    let row = |row: opinion::Model| OpinionRow {
        id: row.id,
        case_number: row.case_number,
        item_name: row.item_name,
        office: row.office,
        asked_at: row.asked_at,
        answer_by: row.answer_by,
        late: state == OpinionState::Open && row.answer_until <= now,
        state,
        stance: row.stance.as_deref().and_then(Stance::parse),
        answerer: row.answerer,
    };
    Ok(Page {
        items: page.items.into_iter().map(row).collect(),
        next_cursor: page.next_cursor,
    })
}

/// A request with what it shows of the case; that it was read is recorded first.
pub(crate) async fn show(
    app: &App,
    ctx: &Ctx<OpinionAnswer>,
    id: Uuid,
) -> Result<AskedOpinionView, Fault> {
    let conn = ctx.read();
    let one = store::opinion::asked(&conn, ctx.scope(), id)
        .await?
        .ok_or(Error::OpinionNotFound)?;
    let row = case_of(&conn, &one).await?;
    let setting = setting(app, &conn, &row).await?;
    ctx.record_read("opinion", id).await?;
    let shown = Consultation {
        row: &row,
        setting: &setting,
        form: one.shows_form,
        materials: &shown_materials(&one)?,
    };
    let opinion = view(app.store().sealer(), &one, ctx.now(), false)?;
    consultation(app.store().sealer(), opinion, &shown)
}

/// A file that the request shows, or that came with one's own answer; that it was read is recorded
/// first. Once the request is settled the case is closed to the department again: what it wrote itself
/// stays open to it.
pub(crate) async fn file(
    app: &App,
    ctx: &Ctx<OpinionAnswer>,
    id: Uuid,
    file_id: Uuid,
) -> Result<FileAnswer, Fault> {
    let conn = ctx.read();
    let one = store::opinion::asked(&conn, ctx.scope(), id)
        .await?
        .ok_or(Error::OpinionNotFound)?;
    let sealer = app.store().sealer();
    let own = answer(sealer, &one)?
        .and_then(|letter| letter.files.into_iter().find(|file| file.id == file_id));
    let (name, media_type, blob) = match own {
        Some(file) => (file.file_name.clone(), file.media_type.clone(), file.blob()),
        None if one.state == OpinionState::Open.as_str() => {
            let row = case_of(&conn, &one).await?;
            let shown = shown_materials(&one)?;
            let file = sealed::materials(sealer, &row)?
                .into_iter()
                .find(|file| file.id.0 == file_id && shown.contains(&file.requirement_id))
                .ok_or(Error::MaterialNotFound)?;
            (file.file_name, file.media_type, file.blob)
        }
        None => return Err(Error::MaterialNotFound.into()),
    };
    let leaving = Leaving {
        what: ("opinion_file", file_id),
        name,
        media_type,
        blob,
    };
    open(app, ctx, leaving).await
}

/// The case that a request is about. It is beyond one's reach: only what the request shows leaves here.
async fn case_of(conn: &Conn, one: &opinion::Model) -> Result<case::Model, Fault> {
    store::case::find(conn, &Scope::Everything, one.case_id)
        .await?
        .ok_or_else(|| Fault::internal("the case of an opinion is gone"))
}

fn shown_materials(one: &opinion::Model) -> Result<Vec<String>, Fault> {
    serde_json::from_str(&one.shows_materials).map_err(Fault::internal)
}

/// Lets an answer in before a byte of its files is read.
pub(crate) async fn admit(ctx: &Ctx<OpinionAnswer>, id: Uuid) -> Result<(), Fault> {
    store::opinion::asked(&ctx.read(), ctx.scope(), id)
        .await?
        .ok_or(Error::OpinionNotFound)?;
    Ok(())
}

/// Answers.
pub(crate) async fn give(
    app: &App,
    ctx: &Ctx<OpinionAnswer>,
    id: Uuid,
    stance: Option<Stance>,
    brought: WordsWithFiles,
) -> Result<OpinionView, Fault> {
    let stance = stance.ok_or(Error::StanceMissing)?;
    // Who has nothing against it need not say more.
    let said = match (stance, brought.words.is_empty()) {
        (Stance::Agree | Stance::NoComment, true) => String::new(),
        _ => words(&brought.words)?,
    };
    keep_for_letter(app.store(), &brought.files, async |files| {
        send(app, ctx, id, stance, (said, files)).await
    })
    .await
}

async fn send(
    app: &App,
    ctx: &Ctx<OpinionAnswer>,
    id: Uuid,
    stance: Stance,
    (said, files): (String, Vec<LetterFile>),
) -> Result<OpinionView, Fault> {
    let tx = ctx.begin().await?;
    let (watched, mut one) = take(app, ctx, &tx, id).await?;
    settle(&mut one, OpinionState::Given, tx.now())?;
    let letter = Letter {
        id: tx.new_id(),
        words: said,
        files,
    };
    one.stance = Some(stance.to_string());
    one.answerer = Some(tx.actor().name.clone());
    one.answer = Some(tx.sealer().seal_json(OPINION_ANSWER, id, &letter)?);
    let detail = answered(&one, Some(stance), letter);
    let what = (EventKind::OpinionGiven, "approval.case.opinion_given");
    settled(app, ctx, tx, (watched, one), what, detail).await
}

/// Says that it is not a matter of one's department.
pub(crate) async fn decline(
    app: &App,
    ctx: &Ctx<OpinionAnswer>,
    id: Uuid,
    reason: &str,
) -> Result<OpinionView, Fault> {
    let said = words(reason)?;
    let tx = ctx.begin().await?;
    let (watched, mut one) = take(app, ctx, &tx, id).await?;
    settle(&mut one, OpinionState::Declined, tx.now())?;
    let letter = Letter {
        id: tx.new_id(),
        words: said,
        files: Vec::new(),
    };
    one.answerer = Some(tx.actor().name.clone());
    one.answer = Some(tx.sealer().seal_json(OPINION_ANSWER, id, &letter)?);
    let detail = answered(&one, None, letter);
    let what = (EventKind::OpinionDeclined, "approval.case.opinion_declined");
    settled(app, ctx, tx, (watched, one), what, detail).await
}

/// What the event about an answer says.
fn answered(one: &opinion::Model, stance: Option<Stance>, letter: Letter) -> EventDetail {
    let mut detail = about(one);
    if let Some(consulted) = detail.consulted.as_deref_mut() {
        consulted.stance = stance;
        consulted.answer = Some(letter);
    }
    detail
}

/// The case and the request of one's department: read behind the lock of the case, by which all who
/// change either wait for each other.
async fn take(
    app: &App,
    ctx: &Ctx<OpinionAnswer>,
    tx: &Tx,
    id: Uuid,
) -> Result<(Watched, opinion::Model), Fault> {
    let found = async || store::opinion::asked(tx.conn(), ctx.scope(), id).await;
    let case = found().await?.ok_or(Error::OpinionNotFound)?.case_id;
    let watched = Watched::take(app, tx, &Scope::Everything, case).await?;
    let one = found().await?.ok_or(Error::OpinionNotFound)?;
    Ok((watched, one))
}

async fn settled(
    app: &App,
    ctx: &Ctx<OpinionAnswer>,
    mut tx: Tx,
    (watched, one): (Watched, opinion::Model),
    what: (EventKind, &'static str),
    detail: EventDetail,
) -> Result<OpinionView, Fault> {
    store::opinion::update(tx.conn(), one.clone()).await?;
    watched.note(app, &mut tx, what, detail).await?;
    tell(app, &mut tx, &one);
    let view = view(tx.sealer(), &one, ctx.now(), false)?;
    tx.commit(&view).await?;
    Ok(view)
}
