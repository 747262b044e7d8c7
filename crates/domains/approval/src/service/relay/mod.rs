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
use tb_contract::item::{ItemDocument, ResultSender};
use tb_http::Ctx;
use tb_kernel::{DepartmentId, DepartmentRef, Fault, Scope};
use tb_storage::Tx;
use uuid::Uuid;

use super::record::Open;
use super::supervise::Watched;
use crate::app::App;
use crate::entity::{case, relay_entry, relay_list};
use crate::error::Error;
use crate::model::event::{EventDetail, EventKind};
use crate::model::relay::{
    RelayEntryState, RelayState, RelayWhat, Relayed, ResultAt, goes_to_counter,
};
use crate::model::state::State;
use crate::model::words::Word;
use crate::sealed::{self, RELAY_REASON};
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

/// Where the result of a case is between office and counter.
pub(crate) fn result_at(row: &case::Model) -> Option<ResultAt> {
    row.result_at.as_deref().and_then(ResultAt::parse)
}

/// Whether the office sends the results of what was taken in elsewhere.
fn is_sent_by_office(item: &ItemDocument) -> bool {
    let rule = item.handling.cross_region.as_ref();
    rule.is_some_and(|rule| rule.results == ResultSender::Office)
}

/// What an event of a case means for its result: closed, it may wait for a counter; delivered,
/// revoked, void or sent by courier it waits no more. What is away stays where it is.
pub(crate) async fn follow(tx: &Tx, open: &mut Open<'_>, kind: EventKind) -> Result<(), Fault> {
    let at = result_at(&open.row);
    let row = &mut open.row;
    match kind {
        EventKind::Delivered => {
            if at == Some(ResultAt::Counter) {
                let how = RelayEntryState::Collected;
                store::relay::leave_shelf(tx.conn(), row.id, how, tx.now()).await?;
            }
            row.result_at = None;
        }
        EventKind::DecisionRevoked | EventKind::Voided | EventKind::Dispatched
            if at == Some(ResultAt::Waits) =>
        {
            row.result_at = None;
        }
        EventKind::Closed | EventKind::DeliveryChosen
            if !at.is_some_and(ResultAt::is_away) && row.closed_at.is_some() =>
        {
            let dossier = sealed::dossier(tx.sealer(), row)?;
            let chosen = dossier.delivery;
            let elsewhere = dossier
                .counter
                .is_some_and(|counter| counter.elsewhere.is_some());
            // Whoever applied elsewhere gets his result there, or from the office where the item says so.
            let by_office = elsewhere && is_sent_by_office(&open.setting.item);
            let waits = row.result.is_some()
                && row.revoked_at.is_none()
                && goes_to_counter(
                    &open.setting.item.handling.delivery,
                    chosen.map(|choice| choice.way),
                    row.counter_id.is_some() && !by_office,
                );
            row.result_at = waits.then(|| ResultAt::Waits.to_string());
        }
        _ => {}
    }
    Ok(())
}

/// Gives an entry back to the sender: the case can be put on another list. It is read behind the lock
/// of its case, by which all who move it wait for each other.
async fn send_back(
    app: &App,
    tx: &mut Tx,
    list: &relay_list::Model,
    (entry, was): (&relay_entry::Model, RelayEntryState),
    reason: &str,
) -> Result<(), Fault> {
    let mut watched = Watched::take(app, tx, &Scope::Everything, entry.case_id).await?;
    let mut entry = store::relay::entry(tx.conn(), entry.id)
        .await?
        .filter(|entry| entry.state == was.as_str())
        .ok_or(Error::ShelfNotFound)?;
    match word(&entry.what)? {
        RelayWhat::Papers => {
            let lying = read::names(&entry)?.len();
            watched.row.counter_papers = i32::try_from(lying).unwrap_or(i32::MAX);
        }
        RelayWhat::Results => {
            let waits =
                watched.row.current_state()? == State::Closed && watched.row.revoked_at.is_none();
            watched.row.result_at = waits.then(|| ResultAt::Waits.to_string());
        }
    }
    entry.live = false;
    entry.state = RelayEntryState::Returned.to_string();
    entry.left_at = Some(tx.now());
    entry.reason = Some(tx.sealer().seal_text(RELAY_REASON, entry.id, reason)?);
    store::relay::update_entry(tx.conn(), entry).await?;
    // Why it went back stands on the list, not in a history that more people read.
    let what = (EventKind::RelayReturned, "approval.case.relay_returned");
    watched.note(app, tx, what, about(list, "")?).await?;
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
