//! Registers, changes and tests endpoints. A secret is shown once, at its making.

use chrono::Duration;
use tb_contract::access::EndpointWrite;
use tb_http::Ctx;
use tb_kernel::Fault;
use tb_storage::{Column, StorageError, Tx};
use uuid::Uuid;
use zeroize::Zeroizing;

use super::deliver::{LEASE, send};
use crate::App;
use crate::entity::{delivery, endpoint};
use crate::error::Error;
use crate::model::{Fields, PING, Wants, check, new_secret, ping as ping_body};
use crate::store;

pub(super) const SECRET: Column = Column::new("apps_endpoint", "secret");
pub(super) const OLD_SECRET: Column = Column::new("apps_endpoint", "old_secret");
/// How long the secret before stays valid.
const OVERLAP: Duration = Duration::days(1);

/// An endpoint with its new secret.
pub(crate) struct Shown {
    pub endpoint: endpoint::Model,
    pub secret: Zeroizing<String>,
}

fn refuse(fields: &Fields, app: &App) -> Result<(), Fault> {
    let faults = check(fields, app.outbound.as_ref());
    if faults.is_empty() {
        return Ok(());
    }
    let mut fault = Fault::from(Error::EndpointInvalid);
    fault.fields = faults;
    Err(fault)
}

fn wants(fields: &Fields) -> Result<String, StorageError> {
    Ok(serde_json::to_string(&Wants {
        kinds: fields.kinds.clone(),
        item_codes: fields.item_codes.clone(),
        department_codes: fields.department_codes.clone(),
    })?)
}

/// Registers an endpoint. The caller turns what is shown into the request's answer.
pub(crate) async fn create<A: serde::Serialize>(
    app: &App,
    ctx: &Ctx<EndpointWrite>,
    fields: Fields,
    answer: impl FnOnce(Shown) -> A,
) -> Result<A, Fault> {
    refuse(&fields, app)?;
    let mut tx = ctx.begin().await?;
    let id = tx.new_id();
    let secret = new_secret(tx.store().entropy());
    let row = endpoint::Model {
        id,
        name: fields.name.trim().to_owned(),
        url: fields.url.clone(),
        secret: tx.sealer().seal_text(SECRET, id, &secret)?,
        old_secret: None,
        old_secret_until: None,
        wants: wants(&fields)?,
        active: fields.active,
        failing_since: None,
        disabled_at: None,
        version: 1,
        created_at: tx.now(),
        updated_at: tx.now(),
    };
    store::endpoint::insert(tx.conn(), row.clone()).await?;
    tx.done("apps.endpoint.created", "endpoint", id);
    let answer = answer(Shown {
        endpoint: row,
        secret,
    });
    tx.commit(&answer).await?;
    Ok(answer)
}

async fn take(tx: &Tx, id: Uuid, version: i64) -> Result<endpoint::Model, Fault> {
    let row = store::endpoint::take(tx.conn(), id).await?;
    let row = row.ok_or(Error::EndpointNotFound)?;
    if row.version != version {
        return Err(Error::StaleVersion.into());
    }
    Ok(row)
}

/// Changes an endpoint; switched on again, it begins without a past.
pub(crate) async fn save<A: serde::Serialize>(
    app: &App,
    ctx: &Ctx<EndpointWrite>,
    id: Uuid,
    version: i64,
    fields: Fields,
    answer: impl FnOnce(endpoint::Model) -> A,
) -> Result<A, Fault> {
    refuse(&fields, app)?;
    let mut tx = ctx.begin().await?;
    let mut row = take(&tx, id, version).await?;
    if fields.active && !row.active {
        row.failing_since = None;
        row.disabled_at = None;
        tx.ring_on_commit();
    }
    row.wants = wants(&fields)?;
    fields.name.trim().clone_into(&mut row.name);
    row.url = fields.url;
    row.active = fields.active;
    row.version += 1;
    row.updated_at = tx.now();
    store::endpoint::update(tx.conn(), row.clone()).await?;
    tx.done("apps.endpoint.changed", "endpoint", id);
    let answer = answer(row);
    tx.commit(&answer).await?;
    Ok(answer)
}

/// Makes a new secret; the one before stays valid beside it for a day.
pub(crate) async fn rotate<A: serde::Serialize>(
    ctx: &Ctx<EndpointWrite>,
    id: Uuid,
    version: i64,
    answer: impl FnOnce(Shown) -> A,
) -> Result<A, Fault> {
    let mut tx = ctx.begin().await?;
    let mut row = take(&tx, id, version).await?;
    let before = Zeroizing::new(tx.sealer().open_text(SECRET, id, &row.secret)?);
    let secret = new_secret(tx.store().entropy());
    row.old_secret = Some(tx.sealer().seal_text(OLD_SECRET, id, &before)?);
    row.old_secret_until = Some(tx.now() + OVERLAP);
    row.secret = tx.sealer().seal_text(SECRET, id, &secret)?;
    row.version += 1;
    row.updated_at = tx.now();
    store::endpoint::update(tx.conn(), row.clone()).await?;
    tx.done("apps.endpoint.secret_rotated", "endpoint", id);
    let answer = answer(Shown {
        endpoint: row,
        secret,
    });
    tx.commit(&answer).await?;
    Ok(answer)
}

/// Sends a test message now; the delivery with what came of it.
pub(crate) async fn ping<A: serde::Serialize>(
    app: &App,
    ctx: &Ctx<EndpointWrite>,
    id: Uuid,
    answer: impl FnOnce(delivery::Model) -> A,
) -> Result<delivery::Model, Fault> {
    let mut tx = ctx.begin().await?;
    let endpoint = store::endpoint::one(tx.conn(), id).await?;
    let endpoint = endpoint.ok_or(Error::EndpointNotFound)?;
    if !endpoint.active {
        return Err(Error::EndpointOff.into());
    }
    // In hand from the start: the task does not take it.
    let lease = tx.now() + LEASE;
    let row = delivery::Model {
        id: tx.new_id(),
        endpoint_id: id,
        event_id: tx.new_id(),
        case_number: String::new(),
        version: tx.now().timestamp_millis(),
        kind: PING.to_owned(),
        body: ping_body(tx.now()).map_err(Fault::internal)?,
        state: store::delivery::WAITING.to_owned(),
        tries: 0,
        due_at: tx.now(),
        lease_until: Some(lease),
        created_at: tx.now(),
        finished_at: None,
    };
    store::delivery::insert(tx.conn(), row.clone()).await?;
    tx.done("apps.endpoint.pinged", "endpoint", id);
    tx.commit(&answer(row.clone())).await?;
    send(ctx.store(), app, &row, lease).await?;
    let row = store::delivery::one(&ctx.read(), row.id).await?;
    Ok(row.ok_or(Error::DeliveryNotFound)?)
}
