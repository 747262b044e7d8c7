//! Results that lie at a counter (出件架): found, handed out against a signature, or given back.

use tb_contract::access::ShelfUse;
use tb_http::{Ctx, FileAnswer};
use tb_kernel::identity_number::mask_name;
use tb_kernel::{Fault, Page, PageRequest, Scope};
use uuid::Uuid;

use super::read::{cursor, names};
use super::{own_department, send_back, tell};
use crate::api::relay_body::{GiveBackResult, HandOutResult, HandedOut, ShelfQuery, ShelfRow};
use crate::app::App;
use crate::entity::{case, relay_entry, relay_list};
use crate::error::Error;
use crate::model::command::Command;
use crate::model::relay::RelayEntryState;
use crate::model::state::{DeliveryWay, PaperKind};
use crate::sealed;
use crate::service::act::{Asked, act_in};
use crate::service::record::Writing;
use crate::service::supervise::words;
use crate::store;

/// Results that lie at one's counter, the oldest first.
pub(crate) async fn shelf(
    app: &App,
    ctx: &Ctx<ShelfUse>,
    query: ShelfQuery,
) -> Result<Page<ShelfRow>, Fault> {
    let own = own_department(ctx)?;
    let request = PageRequest {
        cursor: query.cursor,
        limit: query.limit,
    };
    let (conn, limit, after) = (ctx.read(), request.limit(), cursor(&request)?);
    let (q, sealer) = (query.q.unwrap_or_default(), app.store().sealer());
    let rows = store::relay::shelf(&conn, sealer, own.id.0, q.trim(), after, limit).await?;
    let page = Page::from_surplus(rows, limit, |(entry, _)| entry.id.to_string());
    let lists = page.items.iter().map(|(entry, _)| entry.list_id).collect();
    let lists = store::relay::of_ids(&conn, lists).await?;
    let mut items = Vec::with_capacity(page.items.len());
    for (entry, row) in &page.items {
        let office = lists.iter().find(|list| list.id == entry.list_id);
        let office = office.map_or_else(String::new, |list| list.from_office.clone());
        items.push(line(app, entry, row, office)?);
    }
    Ok(Page {
        items,
        next_cursor: page.next_cursor,
    })
}

fn line(
    app: &App,
    entry: &relay_entry::Model,
    row: &case::Model,
    office: String,
) -> Result<ShelfRow, Fault> {
    let who = sealed::applicant(app.store().sealer(), row)?;
    Ok(ShelfRow {
        id: entry.id,
        case_number: entry.case_number.clone(),
        item_name: entry.item_name.clone(),
        papers: names(entry)?,
        place: entry.place.clone(),
        since: entry.arrived_at,
        office,
        applicant: if row.organisation {
            who.name
        } else {
            mask_name(&who.name)
        },
        organisation: row.organisation,
        state: row.current_state()?,
        revoked: row.revoked_at.is_some(),
        version: row.version,
    })
}

/// A result of one's counter.
async fn found(ctx: &Ctx<ShelfUse>, id: Uuid) -> Result<relay_entry::Model, Fault> {
    let own = own_department(ctx)?;
    let entry = store::relay::shelved(&ctx.read(), own.id.0, id).await?;
    Ok(entry.ok_or(Error::ShelfNotFound)?)
}

/// Hands a result out: row 15 of the table, by the counter for the office, whose case does not change
/// hands by it.
pub(crate) async fn hand_out(
    app: &App,
    ctx: &Ctx<ShelfUse>,
    id: Uuid,
    body: HandOutResult,
) -> Result<HandedOut, Fault> {
    let entry = found(ctx, id).await?;
    let mut tx = ctx.begin().await?;
    let asked = Asked {
        scope: &Scope::Everything,
        id: entry.case_id,
        version: body.version,
        command: Command::Deliver {
            way: DeliveryWay::PickUp,
            collector: Some(body.collector),
        },
        writing: Writing::Beside,
    };
    let acted = Box::pin(act_in(app, &mut tx, asked)).await?;
    let how = RelayEntryState::HandedOut;
    store::relay::leave_shelf(tx.conn(), entry.case_id, how, tx.now()).await?;
    let answer = HandedOut {
        id,
        case_number: entry.case_number,
        state: acted.row.current_state()?,
    };
    if let Some(list) = list_of(&tx, entry.list_id).await? {
        tell(app, &mut tx, &list);
    }
    tx.commit(&answer).await?;
    Ok(answer)
}

async fn list_of(tx: &tb_storage::Tx, id: Uuid) -> Result<Option<relay_list::Model>, Fault> {
    Ok(store::relay::of_ids(tx.conn(), vec![id]).await?.pop())
}

/// The 送达回证 of what one's counter has handed out; that it was read is recorded.
pub(crate) async fn receipt(app: &App, ctx: &Ctx<ShelfUse>, id: Uuid) -> Result<FileAnswer, Fault> {
    let entry = found(ctx, id).await?;
    if entry.state != RelayEntryState::HandedOut.as_str() {
        return Err(Error::PaperNotFound.into());
    }
    let papers = store::paper::of_case(&ctx.read(), entry.case_id).await?;
    let paper = papers
        .into_iter()
        .rfind(|paper| paper.kind == PaperKind::DeliveryReceipt.as_str())
        .ok_or(Error::PaperNotFound)?;
    let content = app
        .press()
        .pdf(paper.id)
        .await?
        .ok_or(Error::PaperNotFound)?;
    ctx.record_read("paper", paper.id).await?;
    Ok(FileAnswer {
        name: format!("{}.pdf", paper.number),
        media_type: "application/pdf".to_owned(),
        content,
    })
}

/// Gives a result back to its office: nobody came for it, or it is not to be handed out.
pub(crate) async fn give_back(
    app: &App,
    ctx: &Ctx<ShelfUse>,
    id: Uuid,
    body: &GiveBackResult,
) -> Result<(), Fault> {
    let reason = words(&body.reason)?;
    let own = own_department(ctx)?;
    let mut tx = ctx.begin().await?;
    let entry = store::relay::shelved(tx.conn(), own.id.0, id)
        .await?
        .filter(|entry| entry.state == RelayEntryState::Shelved.as_str())
        .ok_or(Error::ShelfNotFound)?;
    let list = list_of(&tx, entry.list_id)
        .await?
        .ok_or(Error::RelayListNotFound)?;
    let what = (&entry, RelayEntryState::Shelved);
    send_back(app, &mut tx, &list, what, &reason).await?;
    tx.done("approval.relay.given_back", "relay_entry", id);
    tell(app, &mut tx, &list);
    tx.commit(&()).await?;
    Ok(())
}
