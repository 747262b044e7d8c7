//! What the second person does with an entry: show it, give it back, take it back, end it by repair.

use serde::Deserialize;
use tb_contract::access::PenaltyCheck;
use tb_http::Ctx;
use tb_kernel::{Fault, office_time};
use utoipa::ToSchema;
use uuid::Uuid;

use super::read::{ManagedPenalty, manage};
use super::write::state;
use crate::error::Error;
use crate::model::penalty::{Command, State, apply};
use crate::service::correct::reason;
use crate::service::statistics::unknown;
use crate::store;
use crate::store::Within;

/// A command.
#[derive(Debug, Deserialize, ToSchema)]
pub struct PenaltyCommand {
    /// Version seen.
    pub version: i64,
    /// `publish`, `return`, `withdraw` or `repair`.
    pub command: String,
    /// Why; not needed for `publish`.
    #[serde(default)]
    pub reason: String,
}

/// Does it.
pub(crate) async fn act(
    ctx: &Ctx<PenaltyCheck>,
    id: Uuid,
    body: PenaltyCommand,
) -> Result<ManagedPenalty, Fault> {
    let command = Command::parse(&body.command).ok_or_else(|| unknown("command"))?;
    let within = Within::of(&ctx.read(), ctx.scope()).await?;
    let mut tx = ctx.begin().await?;
    let row = store::penalty::find_locked(tx.conn(), &within, id).await?;
    let mut row = row.ok_or(Error::PenaltyNotFound)?;
    if row.version != body.version {
        return Err(Error::StaleVersion.into());
    }
    let (now, me) = (state(&row)?, ctx.actor());
    let next = apply(now, row.made_by, command, me.id.0)?;
    if command.needs_reason(now) {
        row.note = reason(&body.reason)?;
    }
    next.as_str().clone_into(&mut row.state);
    if next == State::Published {
        row.checked_by = Some(me.id.0);
        row.checked_by_name.clone_from(&me.name);
        // What was corrected was published in its time, or not, the first time.
        row.recheck_by = None;
        row.published_at = row.published_at.or(Some(tx.now()));
    }
    row.version += 1;
    row.updated_at = tx.now();
    store::penalty::save(tx.conn(), &row).await?;
    let done = match command {
        Command::Publish => "insight.penalty.published",
        Command::Return => "insight.penalty.returned",
        Command::Repair => "insight.penalty.repaired",
        Command::Withdraw | Command::Edit => "insight.penalty.withdrawn",
    };
    tx.done(done, "penalty", id);
    let today = office_time::day(tx.now());
    let answer = manage(tx.sealer(), (*row).clone(), today, me.id.0)?;
    tx.commit(&answer).await?;
    Ok(answer)
}
