//! Calling somebody of the hall to a kiosk (呼叫人工): the call waits until one of the office that looks
//! after the kiosk says that he goes, or the caller takes it back, or it is half an hour old.

use chrono::{DateTime, Duration, Utc};
use serde::Serialize;
use tb_contract::access::{CallMake, CallTake};
use tb_http::Ctx;
use tb_kernel::{Fault, KioskRef};
use tb_storage::{StorageError, Tx, is_unique_violation};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::app::App;
use crate::error::Error;
use crate::store::call::{self, Call};

/// Nobody waits longer; a call that old was forgotten by both sides.
const OPEN_FOR: Duration = Duration::minutes(30);
/// So long a kiosk shows that somebody is on his way.
const TOLD_FOR: Duration = Duration::minutes(5);
/// Calls that a desk sees at once.
const MOST: u64 = 50;

/// A call as its kiosk sees it.
#[derive(Serialize, ToSchema)]
pub(crate) struct OwnCall {
    /// Whether nobody has answered yet.
    pub waiting: bool,
    /// When it was made.
    pub called_at: DateTime<Utc>,
}

/// A call as the staff see it.
#[derive(Serialize, ToSchema)]
pub(crate) struct CallView {
    /// Id.
    pub id: Uuid,
    /// The kiosk.
    pub kiosk_name: String,
    /// Where it stands.
    pub place: String,
    /// When it was made.
    pub called_at: DateTime<Utc>,
    /// Who goes.
    pub taken_by: Option<String>,
}

/// The kiosk that the caller stands at.
fn kiosk_of(ctx: &Ctx<CallMake>) -> Result<&KioskRef, Error> {
    ctx.actor().kiosk.as_ref().ok_or(Error::NotAtKiosk)
}

/// Calls; one that still waits stays the one.
pub(crate) async fn make(app: &App, ctx: &Ctx<CallMake>) -> Result<OwnCall, Fault> {
    let kiosk = kiosk_of(ctx)?;
    app.calls().check(&ctx.source())?;
    let mut tx = ctx.begin().await?;
    if let Some(open) = call::take_open(tx.conn(), kiosk.id).await? {
        if tx.now() - open.called_at < OPEN_FOR {
            let answer = own(&open);
            tx.commit(&answer).await?;
            return Ok(answer);
        }
        end(&mut tx, open, None).await?;
    }
    let row = Call {
        id: tx.new_id(),
        kiosk_id: kiosk.id,
        kiosk_name: kiosk.name.clone(),
        place: kiosk.place.clone(),
        department_id: kiosk.department.0,
        region: kiosk.region.to_string(),
        called_at: tx.now(),
        over_at: None,
        taken_by: None,
    };
    let answer = own(&row);
    tx.done("intake.call.made", "call", row.id);
    match call::insert(tx.conn(), row).await {
        Ok(()) => {}
        // Pressed twice at once: the other was first, and one call is enough.
        Err(StorageError::Database(cause)) if is_unique_violation(&cause) => {
            drop(tx);
            let first = current(ctx).await?;
            return Ok(first.ok_or(Error::CallOver)?);
        }
        Err(error) => return Err(error.into()),
    }
    tx.commit(&answer).await?;
    Ok(answer)
}

/// How the last call of the kiosk stands; none where there is nothing to say any more.
pub(crate) async fn current(ctx: &Ctx<CallMake>) -> Result<Option<OwnCall>, Fault> {
    let kiosk = kiosk_of(ctx)?;
    let last = call::last(&ctx.read(), kiosk.id).await?;
    Ok(last
        .filter(|row| is_told(row, ctx.now()))
        .map(|row| own(&row)))
}

/// Whether a call is still of interest at its kiosk.
fn is_told(row: &Call, now: DateTime<Utc>) -> bool {
    match (row.over_at, &row.taken_by) {
        (None, _) => now - row.called_at < OPEN_FOR,
        (Some(at), Some(_)) => now - at < TOLD_FOR,
        (Some(_), None) => false,
    }
}

fn own(row: &Call) -> OwnCall {
    OwnCall {
        waiting: row.over_at.is_none(),
        called_at: row.called_at,
    }
}

/// Takes the call back, where one waits.
pub(crate) async fn cancel(ctx: &Ctx<CallMake>) -> Result<(), Fault> {
    let kiosk = kiosk_of(ctx)?;
    let mut tx = ctx.begin().await?;
    if let Some(open) = call::take_open(tx.conn(), kiosk.id).await? {
        end(&mut tx, open, None).await?;
    }
    Ok(tx.commit(&()).await?)
}

/// The calls that wait within reach, the oldest first.
pub(crate) async fn list(ctx: &Ctx<CallTake>) -> Result<Vec<CallView>, Fault> {
    let since = ctx.now() - OPEN_FOR;
    let rows = call::open(&ctx.read(), ctx.scope(), since, MOST).await?;
    Ok(rows.into_iter().map(view).collect())
}

/// Says that the caller goes; whoever says so second is told who goes.
pub(crate) async fn take(ctx: &Ctx<CallTake>, id: Uuid) -> Result<CallView, Fault> {
    let mut tx = ctx.begin().await?;
    let row = call::take(tx.conn(), ctx.scope(), id)
        .await?
        .ok_or(Error::CallNotFound)?;
    if row.over_at.is_some() {
        return Err(match row.taken_by {
            Some(by) => Error::CallTaken { by }.into(),
            None => Error::CallOver.into(),
        });
    }
    let by = tx.actor().name.clone();
    let answer = view(end(&mut tx, row, Some(by)).await?);
    tx.commit(&answer).await?;
    Ok(answer)
}

async fn end(tx: &mut Tx, row: Call, taken_by: Option<String>) -> Result<Call, Fault> {
    let action = if taken_by.is_some() {
        "intake.call.taken"
    } else {
        "intake.call.cancelled"
    };
    let row = Call {
        over_at: Some(tx.now()),
        taken_by,
        ..row
    };
    call::update(tx.conn(), row.clone()).await?;
    tx.done(action, "call", row.id);
    Ok(row)
}

fn view(row: Call) -> CallView {
    CallView {
        id: row.id,
        kiosk_name: row.kiosk_name,
        place: row.place,
        called_at: row.called_at,
        taken_by: row.taken_by,
    }
}
