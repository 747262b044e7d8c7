//! Sends finished messages again, under their ids.

use chrono::Duration;
use tb_contract::access::EndpointWrite;
use tb_http::Ctx;
use tb_kernel::Fault;
use uuid::Uuid;

use crate::entity::delivery;
use crate::error::Error;
use crate::store;
use crate::store::delivery::{Again, only, send_again, span};

const LONGEST: Duration = Duration::days(31);

/// One message.
pub(crate) async fn replay_one<A: serde::Serialize>(
    ctx: &Ctx<EndpointWrite>,
    id: Uuid,
    answer: impl FnOnce(delivery::Model) -> A,
) -> Result<A, Fault> {
    let mut tx = ctx.begin().await?;
    let row = store::delivery::one(tx.conn(), id).await?;
    let row = row.ok_or(Error::DeliveryNotFound)?;
    check_on(&tx, row.endpoint_id).await?;
    if send_again(tx.conn(), only(id), tx.now()).await? == 0 {
        return Err(Error::StillWaiting.into());
    }
    tx.done("apps.delivery.replayed", "delivery", id);
    tx.ring_on_commit();
    let row = store::delivery::one(tx.conn(), id).await?;
    let answer = answer(row.ok_or(Error::DeliveryNotFound)?);
    tx.commit(&answer).await?;
    Ok(answer)
}

/// Those of a span of time; the number of them.
pub(crate) async fn replay_span<A: serde::Serialize>(
    ctx: &Ctx<EndpointWrite>,
    again: Again,
    answer: impl FnOnce(u64) -> A,
) -> Result<A, Fault> {
    if again.to <= again.from || again.to - again.from > LONGEST {
        return Err(Error::BadSpan.into());
    }
    let mut tx = ctx.begin().await?;
    check_on(&tx, again.endpoint).await?;
    let put = send_again(tx.conn(), span(&again), tx.now()).await?;
    tx.done("apps.deliveries.replayed", "endpoint", again.endpoint);
    tx.ring_on_commit();
    let answer = answer(put);
    tx.commit(&answer).await?;
    Ok(answer)
}

async fn check_on(tx: &tb_storage::Tx, endpoint: Uuid) -> Result<(), Fault> {
    let row = store::endpoint::one(tx.conn(), endpoint).await?;
    let row = row.ok_or(Error::EndpointNotFound)?;
    if row.active {
        Ok(())
    } else {
        Err(Error::EndpointOff.into())
    }
}
