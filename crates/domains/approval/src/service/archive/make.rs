//! What waits for its archiving, and new hand-over lists of it.

use std::collections::BTreeSet;

use chrono::{DateTime, Datelike, Utc};
use tb_contract::access::{ArchiveHandOver, ArchiveRead};
use tb_http::Ctx;
use tb_jobs::enqueue;
use tb_kernel::{Fault, Page, PageRequest, Scope};
use tb_storage::{Conn, StorageError, Tx, is_unique_violation};
use uuid::Uuid;

use super::build::RUN;
use super::own_department;
use super::read::list_view;
use super::setup::fonds_view;
use crate::api::archive_body::{
    ArchiveListView, ArchiveOverview, NewArchiveList, WaitingCase, WaitingOfItem, WaitingQuery,
};
use crate::app::App;
use crate::entity::{archive_entry, archive_fonds, archive_list};
use crate::error::Error;
use crate::model::archive::{
    EntryState, ListState, MOST_CASES, Pattern, Place, Retention, retention, year,
};
use crate::model::event::office_day;
use crate::model::paper_number::office_short;
use crate::model::state::State;
use crate::model::words::Word;
use crate::service::list::place;
use crate::store::archive::{Waiting, WaitingItem, Wanted};
use crate::store::{self, archive as stored};

/// What numbers of lists are counted under.
const LIST_SERIAL: &str = "archive_list";

/// Subjects of the department's rules with what they rule.
type Rules = Vec<(String, String)>;

async fn rules(conn: &Conn, department: Uuid) -> Result<Rules, Fault> {
    let rows = stored::rules(conn, department).await?;
    let pairs = rows.into_iter().map(|row| (row.subject, row.retention));
    Ok(pairs.collect())
}

async fn kept(
    app: &App,
    conn: &Conn,
    rules: &Rules,
    item: (&str, i64),
) -> Result<Retention, Fault> {
    let (code, version) = item;
    let found = app.item(conn, code, version).await?;
    let found = found.ok_or_else(|| Fault::internal("a read copy that a case rests on is gone"))?;
    Ok(retention(rules, code, found.item_type))
}

/// How long the cases of items that wait are kept.
async fn kept_items(
    app: &App,
    conn: &Conn,
    scope: &Scope,
    rules: &Rules,
) -> Result<Vec<(WaitingItem, Retention)>, Fault> {
    let mut items = Vec::new();
    for item in stored::waiting_items(conn, scope).await? {
        let kept = kept(app, conn, rules, (&item.item_code, item.item_version)).await?;
        items.push((item, kept));
    }
    Ok(items)
}

/// What waits, in all.
pub(crate) async fn overview(app: &App, ctx: &Ctx<ArchiveRead>) -> Result<ArchiveOverview, Fault> {
    let department = own_department(ctx)?;
    let conn = ctx.read();
    let rules = rules(&conn, department.0).await?;
    let items = kept_items(app, &conn, ctx.scope(), &rules).await?;
    let years: BTreeSet<i32> = items
        .iter()
        .flat_map(|(item, _)| office_day(item.first).year()..=office_day(item.last).year())
        .collect();
    let fonds = stored::fonds(&conn, department.0).await?;
    Ok(ArchiveOverview {
        cases: items.iter().map(|(item, _)| item.cases).sum(),
        years: years.into_iter().rev().collect(),
        most: MOST_CASES,
        fonds: fonds.map(|row| fonds_view(row, ctx.now())),
        items: items
            .into_iter()
            .map(|(item, retention)| WaitingOfItem {
                code: item.item_code,
                name: item.item_name,
                cases: item.cases,
                retention,
            })
            .collect(),
    })
}

/// The filter as the store takes it.
async fn wanted(
    app: &App,
    conn: &Conn,
    scope: &Scope,
    rules: &Rules,
    query: &WaitingQuery,
) -> Result<Wanted, Fault> {
    let unknown = |name: &str| Error::UnknownFilter {
        name: name.to_owned(),
    };
    let ended = query.year.map(|wanted| year(wanted).ok_or(unknown("year")));
    let mut items = query
        .item
        .clone()
        .filter(|code| !code.is_empty())
        .map(|code| vec![code]);
    if let Some(retention) = query.retention {
        let all = kept_items(app, conn, scope, rules).await?;
        let of_it = all.into_iter().filter(|(_, kept)| *kept == retention);
        let of_it = of_it.map(|(item, _)| item.item_code);
        items = Some(match items {
            Some(asked) => of_it.filter(|code| asked.contains(code)).collect(),
            None => of_it.collect(),
        });
    }
    Ok(Wanted {
        ended: ended.transpose()?,
        items,
        ids: None,
    })
}

/// Cases that wait, the oldest end first.
pub(crate) async fn waiting(
    app: &App,
    ctx: &Ctx<ArchiveRead>,
    query: WaitingQuery,
) -> Result<Page<WaitingCase>, Fault> {
    let department = own_department(ctx)?;
    let conn = ctx.read();
    let rules = rules(&conn, department.0).await?;
    let wanted = wanted(app, &conn, ctx.scope(), &rules, &query).await?;
    let cursor = query.cursor.as_deref().filter(|cursor| !cursor.is_empty());
    let after = cursor.map(place).transpose()?;
    let after = after.map(|place| (place.due_until, place.id));
    let limit = PageRequest {
        cursor: None,
        limit: query.limit,
    }
    .limit();
    let found = stored::waiting(&conn, ctx.scope(), &wanted, after, limit + 1).await?;
    let page = Page::from_surplus(found, limit, |row| {
        format!("{}.{}", ended(row).timestamp_micros(), row.id)
    });
    let mut items = Vec::with_capacity(page.items.len());
    for row in page.items {
        let kept = kept(app, &conn, &rules, (&row.item_code, row.item_version)).await?;
        let state = State::parse(&row.state)
            .ok_or_else(|| Fault::internal("approval_case.state holds an unknown word"))?;
        items.push(WaitingCase {
            ended_at: ended(&row),
            id: row.id,
            number: row.number,
            item_name: row.item_name,
            state,
            result: row.result,
            retention: kept,
        });
    }
    Ok(Page {
        items,
        next_cursor: page.next_cursor,
    })
}

/// The store gives cases that have ended alone.
fn ended(row: &Waiting) -> DateTime<Utc> {
    row.ended_at.unwrap_or_default()
}

/// Makes a list. Nobody else's list gets the same case: the second one to commit is refused.
pub(crate) async fn make(
    app: &App,
    ctx: &Ctx<ArchiveHandOver>,
    body: NewArchiveList,
) -> Result<ArchiveListView, Fault> {
    let department = own_department(ctx)?;
    let rows = chosen(app, ctx, department.0, &body).await?;
    let mut tx = ctx.begin().await?;
    // Once more within the transaction: a colleague may have been faster.
    let wanted = Wanted {
        ids: Some(rows.iter().map(|row| row.id).collect()),
        ..Wanted::default()
    };
    let most = MOST_CASES as u64;
    let rows = stored::waiting(tx.conn(), ctx.scope(), &wanted, None, most).await?;
    if Some(rows.len()) != wanted.ids.as_ref().map(Vec::len) {
        return Err(Error::ArchiveTaken.into());
    }
    let fonds = stored::fonds(tx.conn(), department.0)
        .await?
        .ok_or(Error::ArchiveFondsMissing)?;
    let list = new_list(app, &tx, &fonds, &rows).await?;
    let entries = new_entries(app, &tx, &fonds, list.id, &rows).await?;
    let written = stored::insert(tx.conn(), list.clone(), entries).await;
    written.map_err(taken)?;
    enqueue(&mut tx, RUN, Some(&list.id.to_string()), None, &list.id).await?;
    tx.done("approval.archive.listed", "archive_list", list.id);
    let entries = stored::entries(tx.conn(), &[list.id]).await?;
    let answer = list_view(ctx, &list, &entries)?;
    tx.commit(&answer).await?;
    Ok(answer)
}

/// Another list has one of the cases, or of the numbers.
fn taken(error: StorageError) -> Fault {
    match &error {
        StorageError::Database(cause) if is_unique_violation(cause) => Error::ArchiveTaken.into(),
        _ => error.into(),
    }
}

async fn chosen(
    app: &App,
    ctx: &Ctx<ArchiveHandOver>,
    department: Uuid,
    body: &NewArchiveList,
) -> Result<Vec<Waiting>, Fault> {
    let conn = ctx.read();
    let most = MOST_CASES as u64;
    let wanted = match &body.filter {
        Some(query) if body.ids.is_empty() => {
            let rules = rules(&conn, department).await?;
            wanted(app, &conn, ctx.scope(), &rules, query).await?
        }
        _ => {
            let ids: BTreeSet<Uuid> = body.ids.iter().copied().collect();
            if ids.len() > MOST_CASES {
                return Err(Error::ArchiveTooLarge { max: MOST_CASES }.into());
            }
            Wanted {
                ids: Some(ids.into_iter().collect()),
                ..Wanted::default()
            }
        }
    };
    let rows = stored::waiting(&conn, ctx.scope(), &wanted, None, most).await?;
    let named = wanted.ids.as_ref().map_or(0, Vec::len);
    if rows.len() < named {
        return Err(Error::ArchiveTaken.into());
    }
    if rows.is_empty() {
        return Err(Error::ArchiveEmpty.into());
    }
    Ok(rows)
}

async fn new_list(
    app: &App,
    tx: &Tx,
    fonds: &archive_fonds::Model,
    rows: &[Waiting],
) -> Result<archive_list::Model, Fault> {
    let department = tx.actor().department.clone().ok_or(Error::NotYours)?;
    let office = app.office(tx.conn(), &department.code).await?;
    let office = office.unwrap_or(department.name);
    let made_in = office_day(tx.now()).year();
    let serial =
        store::paper::next_serial(tx.conn(), &department.code, LIST_SERIAL, made_in).await?;
    Ok(archive_list::Model {
        id: tx.new_id(),
        department_id: department.id.0,
        region: rows
            .first()
            .map(|row| row.region.clone())
            .unwrap_or_default(),
        number: format!("{}档移〔{made_in}〕第{serial:03}号", office_short(&office)),
        office,
        fonds: fonds.fonds.clone(),
        state: ListState::Building.to_string(),
        made_by: tx.actor().id.0,
        maker: tx.actor().name.clone(),
        made_at: tx.now(),
        handed_by: None,
        hander: None,
        handed_at: None,
        receiver: None,
        received_at: None,
        void_reason: None,
        voider: None,
        voided_at: None,
        version: 1,
    })
}

async fn new_entries(
    app: &App,
    tx: &Tx,
    fonds: &archive_fonds::Model,
    list_id: Uuid,
    rows: &[Waiting],
) -> Result<Vec<archive_entry::Model>, Fault> {
    let rules = rules(tx.conn(), fonds.department_id).await?;
    let pattern = Pattern::parse(&fonds.pattern).ok_or(Error::ArchivePatternWrong)?;
    let ids: Vec<Uuid> = rows.iter().map(|row| row.id).collect();
    let mut places = stored::places(tx.conn(), &ids).await?;
    let mut entries = Vec::with_capacity(rows.len());
    for (seq, row) in (1_i32..).zip(rows) {
        let retention = kept(app, tx.conn(), &rules, (&row.item_code, row.item_version)).await?;
        let place = if let Some(place) = places.remove(&row.id) {
            place
        } else {
            let year = office_day(ended(row)).year();
            let given = stored::give_place(tx.conn(), row.id, &fonds.fonds, year).await;
            given.map_err(taken)?
        };
        let number = pattern.number(&Place {
            fonds: &place.fonds,
            category: &fonds.category,
            year: place.year,
            retention,
            serial: place.serial,
        });
        entries.push(entry(tx.new_id(), list_id, seq, row, retention, number));
    }
    Ok(entries)
}

fn entry(
    id: Uuid,
    list_id: Uuid,
    seq: i32,
    row: &Waiting,
    retention: Retention,
    archive_number: String,
) -> archive_entry::Model {
    archive_entry::Model {
        id,
        list_id,
        seq,
        case_id: row.id,
        case_number: row.number.clone(),
        case_version: 0,
        item_code: row.item_code.clone(),
        item_name: row.item_name.clone(),
        ended_at: ended(row),
        retention: retention.to_string(),
        archive_number,
        live: true,
        state: EntryState::Waiting.to_string(),
        code: None,
        args: String::new(),
        files: 0,
        size: 0,
        sum: String::new(),
        checked_at: None,
        reason: None,
        returned_by: None,
    }
}
