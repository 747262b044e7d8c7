//! Sends one message: taken in hand, sent outside of any transaction, and what came of it noted. A
//! process that is killed in between leaves a message that another takes in hand after a minute and
//! sends under the same id.

use std::time::Instant;

use chrono::{DateTime, Duration, Utc};
use tb_contract::ports::{Outgoing, Unsent};
use tb_kernel::{Fault, RequestId};
use tb_storage::{Origin, StorageError, Store};
use zeroize::Zeroizing;

use super::endpoint::{OLD_SECRET, SECRET};
use crate::App;
use crate::entity::{attempt, delivery, endpoint};
use crate::error::Error;
use crate::model::{Outcome, after, signed_by};
use crate::store;
use crate::store::delivery::{DEAD, DELIVERED, Tried, WAITING};

/// How long a message stays in hand: longer than any answer may take.
pub(super) const LEASE: Duration = Duration::seconds(60);

/// Sends it, unless another has it in hand.
pub(crate) async fn deliver(
    storage: &Store,
    app: &App,
    row: &delivery::Model,
) -> Result<(), Fault> {
    match take_in_hand(storage, row).await? {
        Some(lease) => send(storage, app, row, lease).await,
        None => Ok(()),
    }
}

/// Sends a message that is in hand until `lease`.
pub(super) async fn send(
    storage: &Store,
    app: &App,
    row: &delivery::Model,
    lease: DateTime<Utc>,
) -> Result<(), Fault> {
    let endpoint = store::endpoint::one(&storage.read(), row.endpoint_id).await?;
    let endpoint = endpoint.ok_or(Error::EndpointNotFound)?;
    let id = format!("msg_{}", row.id.simple());
    let timestamp = storage.clock().now().timestamp();
    let secrets = secrets(storage, &endpoint)?;
    let signature = signed_by(&secrets, &id, timestamp, &row.body);
    let message = Outgoing {
        url: endpoint.url.clone(),
        headers: vec![
            ("webhook-id", id),
            ("webhook-timestamp", timestamp.to_string()),
            ("webhook-signature", signature),
        ],
        body: row.body.clone(),
    };
    let began = Instant::now();
    let answer = app.outbound.post(&message).await;
    let millis = i64::try_from(began.elapsed().as_millis()).unwrap_or(i64::MAX);
    note(storage, app, row, lease, &answer, millis).await
}

async fn take_in_hand(
    storage: &Store,
    row: &delivery::Model,
) -> Result<Option<DateTime<Utc>>, StorageError> {
    let origin = Origin::system("apps.deliver", RequestId(storage.new_id()));
    let tx = storage.begin(origin).await?;
    let (now, until) = (tx.now(), tx.now() + LEASE);
    let taken = store::delivery::lease(tx.conn(), row, now, until).await?;
    tx.commit(&()).await?;
    Ok(taken.then_some(until))
}

/// The secrets that are valid now, the newest first.
fn secrets(
    storage: &Store,
    endpoint: &endpoint::Model,
) -> Result<Vec<Zeroizing<String>>, StorageError> {
    let sealer = storage.sealer();
    let mut all = vec![Zeroizing::new(sealer.open_text(
        SECRET,
        endpoint.id,
        &endpoint.secret,
    )?)];
    let still = endpoint
        .old_secret_until
        .is_some_and(|until| storage.clock().now() < until);
    if let (true, Some(old)) = (still, &endpoint.old_secret) {
        all.push(Zeroizing::new(sealer.open_text(
            OLD_SECRET,
            endpoint.id,
            old,
        )?));
    }
    Ok(all)
}

async fn note(
    storage: &Store,
    app: &App,
    row: &delivery::Model,
    lease: DateTime<Utc>,
    answer: &Result<u16, Unsent>,
    millis: i64,
) -> Result<(), Fault> {
    let good = matches!(answer, Ok(200..=299));
    let origin = Origin::system("apps.deliver", RequestId(storage.new_id()));
    let mut tx = storage.begin(origin).await?;
    let now = tx.now();
    let tries = row.tries + 1;
    let mut chance = [0];
    storage.entropy().fill(&mut chance);
    let [chance] = chance;
    let (state, due_at) = match after(tries, &app.settings.retry_seconds, chance) {
        _ if good => (DELIVERED, now),
        Outcome::Dead => (DEAD, now),
        // A test message is tried once: somebody looks at it.
        Outcome::Again(_) if row.case_number.is_empty() => (DEAD, now),
        Outcome::Again(pause) => (
            WAITING,
            now + Duration::from_std(pause).unwrap_or(Duration::hours(10)),
        ),
    };
    let outcome = Tried {
        state,
        tries,
        due_at,
        finished_at: (state != WAITING).then_some(now),
    };
    if !store::delivery::note(tx.conn(), row.id, lease, &outcome).await? {
        // It took longer than the lease: another has sent it meanwhile, under the same id.
        return Ok(());
    }
    let attempt = attempt::Model {
        id: tx.new_id(),
        delivery_id: row.id,
        at: now,
        status: answer.as_ref().ok().map(|status| i32::from(*status)),
        trouble: answer.as_ref().err().map_or("", Unsent::word).to_owned(),
        millis,
    };
    store::delivery::add_attempt(tx.conn(), attempt).await?;
    judge(&mut tx, app, row, good).await?;
    if state == WAITING || state == DELIVERED {
        tx.ring_on_commit();
    }
    tx.commit(&()).await?;
    metrics::counter!("apps_deliveries_total", "outcome" => state).increment(1);
    Ok(())
}

/// Whether the endpoint is well: a success ends its trouble, a long trouble switches it off.
async fn judge(
    tx: &mut tb_storage::Tx,
    app: &App,
    row: &delivery::Model,
    good: bool,
) -> Result<(), StorageError> {
    let Some(mut endpoint) = store::endpoint::take(tx.conn(), row.endpoint_id).await? else {
        return Ok(());
    };
    let now = tx.now();
    let patience = Duration::hours(i64::from(app.settings.disable_after_hours));
    match (good, endpoint.failing_since) {
        (true, Some(_)) => endpoint.failing_since = None,
        (false, None) => endpoint.failing_since = Some(now),
        (false, Some(since)) if endpoint.active && now - since >= patience => {
            endpoint.active = false;
            endpoint.disabled_at = Some(now);
            endpoint.version += 1;
            tx.done("apps.endpoint.disabled", "endpoint", endpoint.id);
            tracing::warn!(endpoint = %endpoint.id, "an endpoint was switched off after long trouble");
        }
        (true, None) | (false, Some(_)) => return Ok(()),
    }
    store::endpoint::update(tx.conn(), endpoint).await
}
