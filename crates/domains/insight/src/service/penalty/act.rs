//! What the second person does with an entry: show it, give it back, take it back, end it by repair.

use serde::Deserialize;
use tb_contract::access::PenaltyCheck;
use tb_http::Ctx;
use tb_kernel::{Fault, office_time};
use tb_storage::Sealer;
use utoipa::ToSchema;
use uuid::Uuid;

use super::read::{ManagedPenalty, manage};
use super::write::standing;
use crate::error::Error;
use crate::model::penalty::{Command, State, apply, tells_who, told_until};
use crate::sealed::{LEGAL_PERSON, PARTY, PARTY_CODE};
use crate::service::correct::reason;
use crate::service::statistics::unknown;
use crate::store;
use crate::store::Within;
use crate::store::penalty::Penalty;

/// A command.
#[derive(Debug, Deserialize, ToSchema)]
pub struct PenaltyCommand {
    /// Version seen.
    pub version: i64,
    /// `publish`, `return`, `withdraw`, `repair` or `revoke`.
    pub command: String,
    /// Why; not needed for `publish`, told to the public by `revoke`.
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
    let (entry, me) = (standing(&row)?, ctx.actor());
    let next = apply(entry, command, me.id.0)?;
    let today = office_time::day(tx.now());
    if command == Command::Revoke {
        row.remark = reason(&body.reason)?;
        tells_no_party(tx.sealer(), &row)?;
        row.shown_until = told_until(row.shown_until, today);
    } else if command.needs_reason(entry.state) {
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
        Command::Revoke => "insight.penalty.revoked",
        Command::Withdraw | Command::Edit => "insight.penalty.withdrawn",
    };
    tx.done(done, "penalty", id);
    let answer = manage(tx.sealer(), (*row).clone(), today, me.id.0)?;
    tx.commit(&answer).await?;
    Ok(answer)
}

/// Of what is taken back the public learns the reason, but no longer about whom it was.
fn tells_no_party(sealer: &Sealer, row: &Penalty) -> Result<(), Fault> {
    let names = [
        sealer.open_text(PARTY, row.id, &row.party)?,
        sealer.open_text(PARTY_CODE, row.id, &row.party_code)?,
        sealer.open_text(LEGAL_PERSON, row.id, &row.legal_person)?,
    ];
    if names.iter().any(|name| tells_who(&row.remark, name)) {
        return Err(Error::ReasonNames.into());
    }
    Ok(())
}
