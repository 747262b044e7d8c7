//! The other side of a list: received, with what goes back; or taken back by the sender.

use std::collections::BTreeMap;

use tb_contract::access::{Permission, RelayUse, ShelfUse, reach};
use tb_http::Ctx;
use tb_kernel::{Fault, Scope};
use tb_storage::Tx;
use uuid::Uuid;

use super::read::page;
use super::{about, own_department, send_back, take, tell, word};
use crate::api::relay_body::{ReceiveRelayList, RelayListPage};
use crate::app::App;
use crate::entity::{relay_entry, relay_list};
use crate::error::{Error, field};
use crate::model::event::{EventDetail, EventKind};
use crate::model::relay::{MOST_PLACE, RelayEntryState, RelayState, RelayWhat, ResultAt};
use crate::model::state::State;
use crate::service::supervise::{Watched, words};
use crate::store;

/// Receives a list: what is there, and what goes back with a reason.
pub(crate) async fn receive(
    app: &App,
    ctx: &Ctx<RelayUse>,
    id: Uuid,
    body: ReceiveRelayList,
) -> Result<RelayListPage, Fault> {
    let own = own_department(ctx)?;
    let mut tx = ctx.begin().await?;
    let mut list = take(&tx, own.id, (id, body.version), |list| list.to_id).await?;
    // Results go to those alone who can hand them out.
    if list.what == RelayWhat::Results.as_str() && reach(tx.actor(), ShelfUse::KEY).is_none() {
        return Err(Error::NotYours.into());
    }
    let entries = store::relay::entries(tx.conn(), id).await?;
    let (mut back, mut places) = brought(&list, &entries, body)?;
    for entry in entries {
        let place = places.remove(&entry.id);
        match back.remove(&entry.id) {
            Some(reason) => {
                let what = (&entry, RelayEntryState::UnderWay);
                send_back(app, &mut tx, &list, what, &reason).await?;
            }
            None => arrive(app, &mut tx, &list, entry, place).await?,
        }
    }
    list.state = RelayState::Received.to_string();
    list.receiver = Some(tx.actor().name.clone());
    list.received_at = Some(tx.now());
    list.version += 1;
    store::relay::update(tx.conn(), list.clone()).await?;
    tx.done("approval.relay.received", "relay_list", id);
    tell(app, &mut tx, &list);
    let answer = page(ctx, tx.conn(), &list, &own).await?;
    tx.commit(&answer).await?;
    Ok(answer)
}

/// Reasons and places by entry, or everything that is wrong with them.
#[expect(clippy::type_complexity, reason = "two maps by entry, read at once")]
fn brought(
    list: &relay_list::Model,
    entries: &[relay_entry::Model],
    body: ReceiveRelayList,
) -> Result<(BTreeMap<Uuid, String>, BTreeMap<Uuid, String>), Fault> {
    let of_list = |id: &Uuid| entries.iter().any(|entry| entry.id == *id);
    let shelf = word::<RelayWhat>(&list.what)? == RelayWhat::Results;
    let (mut faults, mut back) = (Vec::new(), BTreeMap::new());
    for (at, one) in body.returned.into_iter().enumerate() {
        match words(&one.reason) {
            Ok(reason) if of_list(&one.id) => {
                back.insert(one.id, reason);
            }
            Ok(_) => return Err(Error::RelayListNotFound.into()),
            Err(_) => {
                let path = format!("/returned/{at}/reason");
                faults.push(field(path, "approval.field.relay_reason"));
            }
        }
    }
    let mut places = BTreeMap::new();
    for (id, place) in body.places {
        let place = place.trim().to_owned();
        let fits = place.chars().count() <= MOST_PLACE && !place.chars().any(char::is_control);
        if !fits || !shelf || !of_list(&id) {
            faults.push(field(format!("/places/{id}"), "approval.field.relay_place"));
        } else if !place.is_empty() {
            places.insert(id, place);
        }
    }
    if faults.is_empty() {
        Ok((back, places))
    } else {
        Err(Fault::fields("approval.relay_receipt_wrong", faults))
    }
}

async fn arrive(
    app: &App,
    tx: &mut Tx,
    list: &relay_list::Model,
    mut entry: relay_entry::Model,
    place: Option<String>,
) -> Result<(), Fault> {
    let mut watched = Watched::take(app, tx, &Scope::Everything, entry.case_id).await?;
    let stands = (
        watched.row.current_state()?,
        watched.row.revoked_at.is_some(),
    );
    let arrived = (EventKind::RelayArrived, "approval.case.relay_arrived");
    let shelved = (EventKind::ResultShelved, "approval.case.result_shelved");
    entry.arrived_at = Some(tx.now());
    // While it was under way it may have reached the applicant by other means, or be worth nothing any
    // more: then nobody is told to fetch it, and it can be given back.
    let (state, (kind, says)) = match (word(&list.what)?, stands) {
        (RelayWhat::Papers, _) => (RelayEntryState::Arrived, arrived),
        (RelayWhat::Results, (State::Closed, false)) => (RelayEntryState::Shelved, shelved),
        (RelayWhat::Results, (State::Delivered, _)) => (RelayEntryState::Collected, arrived),
        (RelayWhat::Results, _) => (RelayEntryState::Shelved, arrived),
    };
    entry.state = state.to_string();
    let mut detail = about(list, place.as_deref().unwrap_or_default())?;
    if state == RelayEntryState::Shelved {
        watched.row.result_at = Some(ResultAt::Counter.to_string());
    }
    if kind == EventKind::ResultShelved {
        detail = EventDetail {
            reason: ready(&list.to_office, place.as_deref()),
            ..detail
        };
    }
    entry.place = place;
    store::relay::update_entry(tx.conn(), entry).await?;
    watched.note(app, tx, (kind, says), detail).await?;
    Ok(())
}

/// Where the applicant finds his result.
fn ready(office: &str, place: Option<&str>) -> String {
    match place {
        Some(place) => format!("领取地点：{office}，出件位置{place}。"),
        None => format!("领取地点：{office}。"),
    }
}

/// Takes a list back that nobody has received.
pub(crate) async fn withdraw(
    app: &App,
    ctx: &Ctx<RelayUse>,
    id: Uuid,
    version: i64,
) -> Result<RelayListPage, Fault> {
    let own = own_department(ctx)?;
    let mut tx = ctx.begin().await?;
    let mut list = take(&tx, own.id, (id, version), |list| list.from_id).await?;
    for entry in store::relay::entries(tx.conn(), id).await? {
        let what = (&entry, RelayEntryState::UnderWay);
        send_back(app, &mut tx, &list, what, "").await?;
    }
    list.state = RelayState::Withdrawn.to_string();
    list.receiver = Some(tx.actor().name.clone());
    list.received_at = Some(tx.now());
    list.version += 1;
    store::relay::update(tx.conn(), list.clone()).await?;
    tx.done("approval.relay.withdrawn", "relay_list", id);
    tell(app, &mut tx, &list);
    let answer = page(ctx, tx.conn(), &list, &own).await?;
    tx.commit(&answer).await?;
    Ok(answer)
}
