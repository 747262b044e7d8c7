//! Notes of the office: written by staff for staff, never shown to an applicant. They are beside the
//! case: its version, clocks and feedback do not know of them.

use tb_contract::access::{NoteRead, NoteWrite, Permission, scope_of};
use tb_contract::ports::Colleague;
use tb_http::Ctx;
use tb_kernel::{AccountId, AccountKind, Actor, DepartmentId, Fault, Page, PageRequest, Scope};
use tb_storage::Sealer;
use uuid::Uuid;

use crate::api::note::{ColleagueView, MentionView, NewNote, NoteView};
use crate::app::App;
use crate::entity::{mention, note};
use crate::error::Error;
use crate::model::label::{self, MOST_MENTIONS};
use crate::sealed::NOTE;
use crate::store;

/// The notes of a case within reach, the newest first.
pub(crate) async fn list(
    app: &App,
    ctx: &Ctx<NoteRead>,
    id: Uuid,
    query: &PageRequest,
) -> Result<Page<NoteView>, Fault> {
    let conn = ctx.read();
    store::case::find(&conn, ctx.scope(), id)
        .await?
        .ok_or(Error::CaseNotFound)?;
    let before = query.cursor.as_deref().filter(|cursor| !cursor.is_empty());
    let before = before
        .map(|cursor| Uuid::parse_str(cursor).map_err(|_| Error::WrongCursor))
        .transpose()?;
    let limit = query.limit();
    let rows = store::note::of_case(&conn, id, before, limit).await?;
    let page = Page::from_surplus(rows, limit, |row: &note::Model| row.id.to_string());
    let ids: Vec<Uuid> = page.items.iter().map(|row| row.id).collect();
    let named = store::note::mentions(&conn, &ids).await?;
    let me = ctx.actor().id;
    // Notes name people: that they were read is written down before they are shown.
    if !page.items.is_empty() {
        ctx.record_read("case", id).await?;
    }
    let items: Result<Vec<NoteView>, Fault> = page
        .items
        .into_iter()
        .map(|row| view(app.store().sealer(), row, &named, me))
        .collect();
    Ok(Page {
        items: items?,
        next_cursor: page.next_cursor,
    })
}

/// Writes a note.
pub(crate) async fn write(
    app: &App,
    ctx: &Ctx<NoteWrite>,
    id: Uuid,
    body: NewNote,
) -> Result<NoteView, Fault> {
    let words = label::note(&body.words)?;
    let named = named(app, ctx, id, body.mentions).await?;
    let mut tx = ctx.begin().await?;
    let case = store::case::find(tx.conn(), ctx.scope(), id)
        .await?
        .ok_or(Error::CaseNotFound)?;
    let note_id = tx.new_id();
    let row = note::Model {
        id: note_id,
        case_id: id,
        words: Some(tx.sealer().seal_text(NOTE, note_id, &words)?),
        author_id: tx.actor().id.0,
        author: tx.actor().name.clone(),
        written_at: tx.now(),
        withdrawn_at: None,
    };
    let named: Vec<mention::Model> = named
        .into_iter()
        .map(|colleague| mention::Model {
            note_id,
            account_id: colleague.id.0,
            case_id: id,
            name: colleague.name,
            read_at: None,
        })
        .collect();
    store::note::insert(tx.conn(), row.clone(), named.clone()).await?;
    tx.done("approval.note.written", "case", id);
    let answer = view(tx.sealer(), row, &named, ctx.actor().id)?;
    let (app, department) = (app.clone(), DepartmentId(case.department_id));
    tx.after_commit(move || app.tell(id, department));
    tx.commit(&answer).await?;
    Ok(answer)
}

/// Whom a note names, as colleagues who may read it; oneself need not be told.
async fn named(
    app: &App,
    ctx: &Ctx<NoteWrite>,
    id: Uuid,
    mut mentions: Vec<AccountId>,
) -> Result<Vec<Colleague>, Fault> {
    mentions.sort_unstable_by_key(|account| account.0);
    mentions.dedup();
    mentions.retain(|account| *account != ctx.actor().id);
    if mentions.is_empty() {
        return Ok(Vec::new());
    }
    if mentions.len() > MOST_MENTIONS {
        return Err(Error::TooManyMentions { max: MOST_MENTIONS }.into());
    }
    let case = store::case::find(&ctx.read(), ctx.scope(), id)
        .await?
        .ok_or(Error::CaseNotFound)?;
    let people = readers(app, DepartmentId(case.department_id)).await?;
    let named: Vec<Colleague> = people
        .into_iter()
        .filter(|colleague| mentions.contains(&colleague.id))
        .collect();
    if named.len() == mentions.len() {
        Ok(named)
    } else {
        Err(Error::NotAColleague.into())
    }
}

/// Whoever works in a department and may read notes.
async fn readers(app: &App, department: DepartmentId) -> Result<Vec<Colleague>, Fault> {
    let mut people = app.colleagues().of_department(department).await?;
    people.retain(|colleague| may(colleague, NoteRead::KEY));
    Ok(people)
}

/// Whether a colleague's roles give him a permission in his department.
pub(super) fn may(colleague: &Colleague, key: &'static str) -> bool {
    let actor = Actor {
        id: colleague.id,
        kind: AccountKind::Staff,
        name: String::new(),
        roles: colleague.roles.clone(),
        department: None,
        region: None,
        enterprise: None,
        deputy_of: Vec::new(),
        proxy_of: Vec::new(),
        kiosk: None,
    };
    tb_contract::access::reach(&actor, key).is_some()
}

/// Takes one's own note back.
pub(crate) async fn withdraw(
    app: &App,
    ctx: &Ctx<NoteWrite>,
    id: Uuid,
    note_id: Uuid,
) -> Result<(), Fault> {
    let mut tx = ctx.begin().await?;
    let case = store::case::find(tx.conn(), ctx.scope(), id)
        .await?
        .ok_or(Error::CaseNotFound)?;
    let mut row = store::note::take(tx.conn(), id, note_id)
        .await?
        .ok_or(Error::NoteNotFound)?;
    if row.author_id != tx.actor().id.0 {
        return Err(Error::NoteOfAnother.into());
    }
    if row.withdrawn_at.is_none() {
        row.words = None;
        row.withdrawn_at = Some(tx.now());
        store::note::empty(tx.conn(), row).await?;
        tx.done("approval.note.withdrawn", "case", id);
    }
    let (app, department) = (app.clone(), DepartmentId(case.department_id));
    tx.after_commit(move || app.tell(id, department));
    tx.commit(&()).await?;
    Ok(())
}

/// Notes that the caller has seen what names him.
pub(crate) async fn see(app: &App, ctx: &Ctx<NoteRead>, id: Uuid) -> Result<(), Fault> {
    let tx = ctx.begin().await?;
    let case = store::case::find(tx.conn(), ctx.scope(), id)
        .await?
        .ok_or(Error::CaseNotFound)?;
    let seen = store::note::see(tx.conn(), id, tx.actor().id.0, tx.now()).await?;
    let mut tx = tx;
    if seen > 0 {
        tx.done("approval.note.seen", "case", id);
        let (app, department) = (app.clone(), DepartmentId(case.department_id));
        tx.after_commit(move || app.tell(id, department));
    }
    tx.commit(&()).await?;
    Ok(())
}

/// Whoever works in the caller's department and may read notes.
pub(crate) async fn colleagues(
    app: &App,
    ctx: &Ctx<NoteRead>,
) -> Result<Vec<ColleagueView>, Fault> {
    let Some((Scope::Department(department), _)) =
        scope_of(ctx.actor(), NoteRead::KEY, NoteRead::DOOR)
    else {
        return Ok(Vec::new());
    };
    let people = readers(app, department).await?;
    let others = people
        .into_iter()
        .filter(|colleague| colleague.id != ctx.actor().id);
    Ok(others.map(ColleagueView::of).collect())
}

fn view(
    sealer: &Sealer,
    row: note::Model,
    named: &[mention::Model],
    me: AccountId,
) -> Result<NoteView, Fault> {
    let words = row
        .words
        .as_ref()
        .map(|words| sealer.open_text(NOTE, row.id, words))
        .transpose()?;
    let mine: Vec<&mention::Model> = named.iter().filter(|one| one.note_id == row.id).collect();
    Ok(NoteView {
        id: row.id,
        for_me: mine
            .iter()
            .any(|one| one.account_id == me.0 && one.read_at.is_none()),
        mentions: mine
            .iter()
            .map(|one| MentionView {
                name: one.name.clone(),
                read_at: one.read_at,
            })
            .collect(),
        may_withdraw: row.author_id == me.0 && words.is_some(),
        words,
        author: row.author,
        written_at: row.written_at,
        withdrawn_at: row.withdrawn_at,
    })
}
