//! Lists as they are shown and printed, and how far those of a case have come.

use tb_contract::access::{CaseRead, RelayUse};
use tb_http::{Ctx, FileAnswer};
use tb_kernel::{CaseId, DepartmentRef, Fault, Page, PageRequest};
use tb_storage::{Conn, Sealer};
use tb_typeset::{RelayList, RelayRow, SignedBy};
use uuid::Uuid;

use super::{own_department, word};
use crate::api::relay_body::{
    RelayEntryView, RelayListPage, RelayListQuery, RelayListView, RelayMark, RelayOverview,
};
use crate::app::App;
use crate::entity::{relay_entry, relay_list};
use crate::error::Error;
use crate::model::event::office_day;
use crate::model::relay::{MOST_CASES, RelayEntryState, RelayState, RelayWhat};
use crate::sealed::RELAY_REASON;
use crate::store;

/// Where the page before ended.
pub(super) fn cursor(request: &PageRequest) -> Result<Option<Uuid>, Error> {
    let cursor = request.cursor.as_deref().filter(|text| !text.is_empty());
    cursor
        .map(|text| text.parse().map_err(|_| Error::WrongCursor))
        .transpose()
}

/// What is there to do in one's department.
pub(crate) async fn overview(ctx: &Ctx<RelayUse>) -> Result<RelayOverview, Fault> {
    let (conn, own) = (ctx.read(), own_department(ctx)?.id.0);
    Ok(RelayOverview {
        papers: store::relay::count_waiting(&conn, RelayWhat::Papers, own).await?,
        results: store::relay::count_waiting(&conn, RelayWhat::Results, own).await?,
        incoming: store::relay::count_incoming(&conn, own).await?,
        shelf: store::relay::count_shelf(&conn, own).await?,
        most: MOST_CASES,
    })
}

/// Lists of one's department, the newest first.
pub(crate) async fn lists(
    ctx: &Ctx<RelayUse>,
    query: RelayListQuery,
) -> Result<Page<RelayListView>, Fault> {
    let own = own_department(ctx)?;
    let request = PageRequest {
        cursor: query.cursor,
        limit: query.limit,
    };
    let (conn, limit, before) = (ctx.read(), request.limit(), cursor(&request)?);
    let found =
        store::relay::lists(&conn, own.id.0, query.sent, query.state, before, limit).await?;
    let page = Page::from_surplus(found, limit, |list| list.id.to_string());
    let items = page.items.iter().map(|list| list_view(list, own.id.0));
    Ok(Page {
        items: items.collect::<Result<_, Fault>>()?,
        next_cursor: page.next_cursor,
    })
}

/// A list as whoever works in `own` sees it.
fn list_view(list: &relay_list::Model, own: Uuid) -> Result<RelayListView, Fault> {
    let state: RelayState = word(&list.state)?;
    let open = state == RelayState::UnderWay;
    Ok(RelayListView {
        id: list.id,
        what: word(&list.what)?,
        number: list.number.clone(),
        from: list.from_office.clone(),
        to: list.to_office.clone(),
        cases: list.cases,
        state,
        company: list.company.clone(),
        tracking_number: list.tracking_number.clone(),
        sender: list.sender.clone(),
        sent_at: list.sent_at,
        receiver: list.receiver.clone(),
        received_at: list.received_at,
        may_receive: open && list.to_id == own,
        may_withdraw: open && list.from_id == own,
        version: list.version,
    })
}

/// What an entry hands over, by name.
pub(super) fn names(entry: &relay_entry::Model) -> Result<Vec<String>, Fault> {
    serde_json::from_str(&entry.papers).map_err(Fault::internal)
}

fn entry_view(sealer: &Sealer, entry: &relay_entry::Model) -> Result<RelayEntryView, Fault> {
    let reason = entry.reason.as_ref();
    let reason = reason.map(|reason| sealer.open_text(RELAY_REASON, entry.id, reason));
    Ok(RelayEntryView {
        id: entry.id,
        case_id: entry.case_id,
        case_number: entry.case_number.clone(),
        item_name: entry.item_name.clone(),
        papers: names(entry)?,
        state: word(&entry.state)?,
        place: entry.place.clone(),
        reason: reason.transpose()?.filter(|reason| !reason.is_empty()),
    })
}

/// A list with its cases.
pub(super) async fn page<P>(
    ctx: &Ctx<P>,
    conn: &Conn,
    list: &relay_list::Model,
    own: &DepartmentRef,
) -> Result<RelayListPage, Fault> {
    let sealer = ctx.store().sealer();
    let entries = store::relay::entries(conn, list.id).await?;
    let entries = entries.iter().map(|entry| entry_view(sealer, entry));
    Ok(RelayListPage {
        list: list_view(list, own.id.0)?,
        entries: entries.collect::<Result<_, Fault>>()?,
    })
}

async fn found(ctx: &Ctx<RelayUse>, id: Uuid) -> Result<(RelayListPage, DepartmentRef), Fault> {
    let (conn, own) = (ctx.read(), own_department(ctx)?);
    let list = store::relay::find(&conn, own.id.0, id)
        .await?
        .ok_or(Error::RelayListNotFound)?;
    Ok((page(ctx, &conn, &list, &own).await?, own))
}

/// A list of one's department.
pub(crate) async fn show(ctx: &Ctx<RelayUse>, id: Uuid) -> Result<RelayListPage, Fault> {
    Ok(found(ctx, id).await?.0)
}

/// The list as a paper: signed as far as it has come.
pub(crate) async fn paper(app: &App, ctx: &Ctx<RelayUse>, id: Uuid) -> Result<FileAnswer, Fault> {
    let (RelayListPage { list, entries }, _) = found(ctx, id).await?;
    let received = match (list.state, list.receiver, list.received_at) {
        (RelayState::Received, Some(name), Some(at)) => Some(SignedBy {
            name,
            on: office_day(at),
        }),
        _ => None,
    };
    let number = list.number.clone();
    let rows = entries.into_iter().map(|entry| RelayRow {
        case_number: entry.case_number,
        item: entry.item_name,
        papers: entry.papers,
        remark: match entry.state {
            RelayEntryState::Returned => entry.reason.unwrap_or_else(|| "退回".to_owned()),
            _ => entry.place.unwrap_or_default(),
        },
    });
    let paper = RelayList {
        results: list.what == RelayWhat::Results,
        number: list.number,
        from: list.from,
        to: list.to,
        sent: SignedBy {
            name: list.sender,
            on: office_day(list.sent_at),
        },
        received,
        rows: rows.collect(),
    };
    let bytes = app.press().relay_list(paper).await?;
    Ok(FileAnswer {
        name: format!("{number}.pdf"),
        media_type: "application/pdf".to_owned(),
        content: bytes.into(),
    })
}

/// How far papers and result of a case within reach have come, the oldest hand-over first.
pub(crate) async fn of_case(ctx: &Ctx<CaseRead>, id: CaseId) -> Result<Vec<RelayMark>, Fault> {
    let conn = ctx.read();
    let row = store::case::find(&conn, ctx.scope(), id.0)
        .await?
        .ok_or(Error::CaseNotFound)?;
    let entries = store::relay::of_case(&conn, row.id).await?;
    let lists = entries.iter().map(|entry| entry.list_id).collect();
    let lists = store::relay::of_ids(&conn, lists).await?;
    let own = ctx.actor().department.as_ref();
    let own = own.map_or(Uuid::nil(), |department| department.id.0);
    let mut marks = Vec::with_capacity(entries.len());
    for entry in &entries {
        let Some(list) = lists.iter().find(|list| list.id == entry.list_id) else {
            continue;
        };
        marks.push(RelayMark {
            list: list_view(list, own)?,
            entry: entry_view(ctx.store().sealer(), entry)?,
            arrived_at: entry.arrived_at,
            left_at: entry.left_at,
        });
    }
    Ok(marks)
}
