//! Between a counter and the offices that it works for (综窗与部门的交接): papers go to the office, results
//! come back to the counter, each by a list that both sides sign; the counter hands results out.

mod make;
mod read;
mod receive;
mod shelf;

pub(crate) use make::{make, waiting};
pub(crate) use read::{lists, of_case, overview, paper, show};
pub(crate) use receive::{receive, withdraw};
pub(crate) use shelf::{give_back, hand_out, receipt, shelf};

use tb_contract::access::Permission;
use tb_http::Ctx;
use tb_kernel::{DepartmentId, DepartmentRef, Fault, Scope};
use tb_storage::Tx;
use uuid::Uuid;

use super::supervise::Watched;
use crate::app::App;
use crate::entity::{relay_entry, relay_list};
use crate::error::Error;
use crate::model::event::{EventDetail, EventKind};
use crate::model::relay::{RelayEntryState, RelayState, RelayWhat, Relayed};
use crate::model::words::Word;
use crate::sealed::RELAY_REASON;
use crate::store;

/// The department in which the caller hands over or receives: with another reach there is none.
fn own_department<P: Permission>(ctx: &Ctx<P>) -> Result<DepartmentRef, Fault> {
    let own = ctx.actor().department.clone();
    match (ctx.scope(), own) {
        (Scope::Department(id), Some(department)) if department.id == *id => Ok(department),
        _ => Err(Error::NotYours.into()),
    }
}

/// A word of a closed set out of a column.
fn word<W: Word>(stored: &str) -> Result<W, Fault> {
    W::parse(stored).ok_or_else(|| Fault::internal("a hand-over list holds an unknown word"))
}

/// What every event about a list says.
fn about(list: &relay_list::Model, place: &str) -> Result<EventDetail, Fault> {
    Ok(EventDetail {
        relayed: Some(Box::new(Relayed {
            what: word(&list.what)?,
            number: list.number.clone(),
            from: list.from_office.clone(),
            to: list.to_office.clone(),
            place: place.to_owned(),
        })),
        ..EventDetail::default()
    })
}

/// Gives an entry back to the sender: the case can be put on another list.
async fn send_back(
    app: &App,
    tx: &mut Tx,
    list: &relay_list::Model,
    mut entry: relay_entry::Model,
    reason: &str,
) -> Result<(), Fault> {
    let mut watched = Watched::take(app, tx, &Scope::Everything, entry.case_id).await?;
    if entry.what == RelayWhat::Results.as_str() {
        watched.row.shelved_at = None;
    }
    entry.live = false;
    entry.state = RelayEntryState::Returned.to_string();
    entry.left_at = Some(tx.now());
    entry.reason = Some(tx.sealer().seal_text(RELAY_REASON, entry.id, reason)?);
    let detail = EventDetail {
        reason: reason.to_owned(),
        ..about(list, "")?
    };
    store::relay::update_entry(tx.conn(), entry).await?;
    let what = (EventKind::RelayReturned, "approval.case.relay_returned");
    watched.note(app, tx, what, detail).await?;
    Ok(())
}

/// Tells the open pages of both sides.
fn tell(app: &App, tx: &mut Tx, list: &relay_list::Model) {
    let (app, id) = (app.clone(), list.id);
    let sides = [DepartmentId(list.from_id), DepartmentId(list.to_id)];
    tx.after_commit(move || {
        for side in sides {
            app.tell_relay(id, side);
        }
    });
}

/// A list of one's department that is as the caller has seen it and still under way, kept from other
/// writers; `mine` says which side one has to be.
async fn take(
    tx: &Tx,
    department: DepartmentId,
    (id, version): (Uuid, i64),
    mine: impl Fn(&relay_list::Model) -> Uuid,
) -> Result<relay_list::Model, Fault> {
    let list = store::relay::take(tx.conn(), department.0, id)
        .await?
        .filter(|list| mine(list) == department.0)
        .ok_or(Error::RelayListNotFound)?;
    if list.version != version || list.state != RelayState::UnderWay.as_str() {
        return Err(Error::RelayListMoved { state: list.state }.into());
    }
    Ok(list)
}
