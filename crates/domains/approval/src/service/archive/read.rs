//! Hand-over lists as pages show them, the paper to sign, and where a case lies.

use std::collections::HashMap;

use tb_contract::access::{ArchiveRead, CaseRead};
use tb_http::{Ctx, FileAnswer};
use tb_kernel::{CaseId, Fault, Page, PageRequest, Scope};
use tb_storage::{Conn, Sealer};
use tb_typeset::{ArchiveList, ArchiveRow, SignedBy};
use uuid::Uuid;

use crate::api::archive_body::{
    ArchiveEntryView, ArchiveListPage, ArchiveListView, ArchiveMark, ListsQuery,
};
use crate::app::App;
use crate::entity::{archive_entry, archive_list};
use crate::error::Error;
use crate::model::archive::{EntryState, ListState, Retention};
use crate::model::event::office_day;
use crate::model::words::Word;
use crate::sealed::{ARCHIVE_RETURN, ARCHIVE_VOID};
use crate::service::said::in_words;
use crate::store::{self, archive as stored};

fn unknown() -> Fault {
    Fault::internal("a table of the archive holds an unknown word")
}

/// The state of a list.
pub(super) fn state_of(list: &archive_list::Model) -> Result<ListState, Fault> {
    ListState::parse(&list.state).ok_or_else(unknown)
}

fn opened(
    sealer: &Sealer,
    column: tb_storage::Column,
    id: Uuid,
    words: Option<&tb_storage::SealedBytes>,
) -> Result<Option<String>, Fault> {
    let open = words.map(|words| sealer.open_text(column, id, words));
    Ok(open.transpose()?)
}

/// A list with the counts of its entries.
pub(super) fn list_view<P>(
    ctx: &Ctx<P>,
    list: &archive_list::Model,
    entries: &[archive_entry::Model],
) -> Result<ArchiveListView, Fault> {
    let live = || {
        entries
            .iter()
            .filter(|entry| entry.list_id == list.id && entry.live)
    };
    let count = |state: EntryState| live().filter(|entry| entry.state == state.as_str()).count();
    let sealer = ctx.store().sealer();
    Ok(ArchiveListView {
        id: list.id,
        number: list.number.clone(),
        fonds: list.fonds.clone(),
        office: list.office.clone(),
        state: state_of(list)?,
        maker: list.maker.clone(),
        made_at: list.made_at,
        hander: list.hander.clone(),
        handed_at: list.handed_at,
        receiver: list.receiver.clone(),
        received_at: list.received_at,
        void_reason: opened(sealer, ARCHIVE_VOID, list.id, list.void_reason.as_ref())?,
        voider: list.voider.clone(),
        voided_at: list.voided_at,
        cases: live().count(),
        packed: count(EntryState::Packed),
        checked: live().filter(|entry| entry.checked_at.is_some()).count(),
        failed: count(EntryState::Failed),
        files: live().map(|entry| i64::from(entry.files)).sum(),
        size: live().map(|entry| entry.size).sum(),
        handed_by_caller: list.handed_by == Some(ctx.actor().id.0),
        version: list.version,
    })
}

fn entry_view<P>(
    ctx: &Ctx<P>,
    entry: archive_entry::Model,
    versions: &HashMap<Uuid, i64>,
) -> Result<ArchiveEntryView, Fault> {
    let sealer = ctx.store().sealer();
    let moved = is_moved(&entry, versions.get(&entry.case_id).copied());
    Ok(ArchiveEntryView {
        retention: Retention::parse(&entry.retention).ok_or_else(unknown)?,
        state: EntryState::parse(&entry.state).ok_or_else(unknown)?,
        message: in_words(ctx, entry.code.as_deref(), &entry.args)?,
        reason: opened(sealer, ARCHIVE_RETURN, entry.id, entry.reason.as_ref())?,
        moved,
        id: entry.id,
        case_id: entry.case_id,
        case_number: entry.case_number,
        item_name: entry.item_name,
        archive_number: entry.archive_number,
        ended_at: entry.ended_at,
        code: entry.code,
        files: entry.files,
        size: entry.size,
        sum: entry.sum,
        checked_at: entry.checked_at,
        returned_by: entry.returned_by,
    })
}

/// Whether a case has changed since it was packed.
fn is_moved(entry: &archive_entry::Model, version: Option<i64>) -> bool {
    entry.live && entry.case_version > 0 && version != Some(entry.case_version)
}

/// A list with its entries.
pub(super) async fn page<P>(
    ctx: &Ctx<P>,
    conn: &Conn,
    list: &archive_list::Model,
) -> Result<ArchiveListPage, Fault> {
    let entries = stored::entries(conn, &[list.id]).await?;
    let cases: Vec<Uuid> = entries.iter().map(|entry| entry.case_id).collect();
    let versions = stored::versions(conn, &cases).await?;
    let head = list_view(ctx, list, &entries)?;
    let entries = entries
        .into_iter()
        .map(|entry| entry_view(ctx, entry, &versions));
    Ok(ArchiveListPage {
        list: head,
        entries: entries.collect::<Result<_, Fault>>()?,
    })
}

/// Lists within reach, the newest first.
pub(crate) async fn lists(
    ctx: &Ctx<ArchiveRead>,
    query: ListsQuery,
) -> Result<Page<ArchiveListView>, Fault> {
    let words = query.state.as_deref().unwrap_or_default().split(',');
    let states: Result<Vec<ListState>, Error> = words
        .filter(|word| !word.is_empty())
        .map(|word| {
            ListState::parse(word).ok_or_else(|| Error::UnknownFilter {
                name: "state".to_owned(),
            })
        })
        .collect();
    let cursor = query.cursor.as_deref().filter(|cursor| !cursor.is_empty());
    let before = cursor
        .map(|cursor| cursor.parse::<Uuid>().map_err(|_| Error::WrongCursor))
        .transpose()?;
    let limit = PageRequest {
        cursor: None,
        limit: query.limit,
    }
    .limit();
    let conn = ctx.read();
    let found = stored::lists(&conn, ctx.scope(), &states?, before, limit).await?;
    let page = Page::from_surplus(found, limit, |list| list.id.to_string());
    let ids: Vec<Uuid> = page.items.iter().map(|list| list.id).collect();
    let entries = stored::entries(&conn, &ids).await?;
    let items = page.items.iter().map(|list| list_view(ctx, list, &entries));
    Ok(Page {
        items: items.collect::<Result<_, Fault>>()?,
        next_cursor: page.next_cursor,
    })
}

async fn found<P>(ctx: &Ctx<P>, id: Uuid) -> Result<archive_list::Model, Fault> {
    let found = stored::find(&ctx.read(), ctx.scope(), id).await?;
    Ok(found.ok_or(Error::ArchiveListNotFound)?)
}

/// A list with its cases.
pub(crate) async fn show(ctx: &Ctx<ArchiveRead>, id: Uuid) -> Result<ArchiveListPage, Fault> {
    page(ctx, &ctx.read(), &found(ctx, id).await?).await
}

/// The list as a paper: signed as far as it has come.
pub(crate) async fn paper(
    app: &App,
    ctx: &Ctx<ArchiveRead>,
    id: Uuid,
) -> Result<FileAnswer, Fault> {
    let list = found(ctx, id).await?;
    let ArchiveListPage { list, entries } = page(ctx, &ctx.read(), &list).await?;
    let signed = |name: &Option<String>, at: Option<chrono::DateTime<chrono::Utc>>| {
        let (name, on) = (name.clone()?, office_day(at?));
        Some(SignedBy { name, on })
    };
    let rows = entries
        .iter()
        .filter(|entry| entry.state != EntryState::Dropped);
    let number = list.number.clone();
    let paper = ArchiveList {
        handed_over: signed(&list.hander, list.handed_at),
        received: signed(&list.receiver, list.received_at),
        made_on: office_day(list.made_at),
        files: u64::try_from(list.files).unwrap_or_default(),
        size: in_bytes(list.size),
        number: list.number,
        organ: list.office,
        fonds: list.fonds,
        rows: rows.map(paper_row).collect(),
    };
    let content = app.press().archive_list(paper).await?;
    Ok(FileAnswer {
        name: format!("{number}.pdf"),
        media_type: "application/pdf".to_owned(),
        content: content.into(),
    })
}

fn paper_row(entry: &ArchiveEntryView) -> ArchiveRow {
    let remark = match entry.state {
        EntryState::Returned => "退回",
        EntryState::Failed => "未通过核验",
        _ => "",
    };
    ArchiveRow {
        archive_number: entry.archive_number.clone(),
        case_number: entry.case_number.clone(),
        item: entry.item_name.clone(),
        retention: entry.retention.label().to_owned(),
        files: u64::try_from(entry.files).unwrap_or_default(),
        sum: entry.sum.clone(),
        remark: remark.to_owned(),
    }
}

/// A size for people, with one digit behind the point.
fn in_bytes(size: i64) -> String {
    const UNITS: [&str; 3] = ["KB", "MB", "GB"];
    let mut tenths = size.max(0) * 10 / 1024;
    let mut unit = 0;
    while tenths >= 10_240 && unit + 1 < UNITS.len() {
        tenths /= 1024;
        unit += 1;
    }
    let name = UNITS.get(unit).copied().unwrap_or_default();
    format!("{}.{} {name}", tenths / 10, tenths % 10)
}

/// Where a case lies in the archive, or on its way there; nothing where it is in no list.
pub(crate) async fn mark(ctx: &Ctx<CaseRead>, id: CaseId) -> Result<Option<ArchiveMark>, Fault> {
    let conn = ctx.read();
    let row = store::case::find(&conn, ctx.scope(), id.0)
        .await?
        .ok_or(Error::CaseNotFound)?;
    let Some(entry) = stored::of_case(&conn, row.id).await? else {
        return Ok(None);
    };
    let list = stored::find(&conn, &Scope::Everything, entry.list_id).await?;
    let list = list.ok_or_else(|| Fault::internal("a list of the archive is gone"))?;
    Ok(Some(ArchiveMark {
        state: state_of(&list)?,
        list_id: list.id,
        list_number: list.number,
        received_at: list.received_at,
        entry_state: EntryState::parse(&entry.state).ok_or_else(unknown)?,
        retention: Retention::parse(&entry.retention).ok_or_else(unknown)?,
        moved: is_moved(&entry, Some(row.version)),
        entry_id: entry.id,
        archive_number: entry.archive_number,
    }))
}

#[cfg(test)]
mod tests {
    use super::in_bytes;

    #[test]
    fn a_size_is_said_for_people() {
        assert_eq!(in_bytes(0), "0.0 KB");
        assert_eq!(in_bytes(1_536), "1.5 KB");
        assert_eq!(in_bytes(5 * 1024 * 1024), "5.0 MB");
        assert_eq!(in_bytes(3 * 1024 * 1024 * 1024), "3.0 GB");
        assert_eq!(in_bytes(5_000 * 1024 * 1024 * 1024), "5000.0 GB");
    }
}
