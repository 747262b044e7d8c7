//! Voids the licences of a case that was voided before its result was delivered.

use tb_contract::events::LicenceOrderRevoked;
use tb_kernel::Fault;
use tb_storage::Tx;
use uuid::Uuid;

use super::record::say;
use crate::entity::licence;
use crate::model::standing::LicenceState;
use crate::sealed::Detail;
use crate::store::{self, event::Entry};

/// Voids what is still in force; what ended otherwise stays as it ended.
pub(crate) async fn void(tx: &mut Tx, case_number: &str, causation_id: Uuid) -> Result<(), Fault> {
    for row in store::licence::of_case(tx.conn(), case_number).await? {
        if row.state == LicenceState::Valid.as_str() {
            end(
                tx,
                row,
                LicenceState::Voided,
                Detail::default(),
                Some(causation_id),
            )
            .await?;
        }
    }
    Ok(())
}

/// Revokes the licences of a case whose decision was revoked: the holder was heard there.
pub(crate) async fn revoke(
    tx: &mut Tx,
    said: LicenceOrderRevoked,
    causation_id: Uuid,
) -> Result<(), Fault> {
    for row in store::licence::of_case(tx.conn(), &said.case_number).await? {
        if row.state == LicenceState::Valid.as_str() {
            let detail = Detail {
                reason: said.reason.clone(),
                basis: said.basis.clone(),
                ..Detail::default()
            };
            end(tx, row, LicenceState::Revoked, detail, Some(causation_id)).await?;
        }
    }
    Ok(())
}

/// Ends a licence that this transaction has taken, with history and event.
pub(crate) async fn end(
    tx: &mut Tx,
    mut row: licence::Model,
    to: LicenceState,
    detail: Detail,
    causation_id: Option<Uuid>,
) -> Result<licence::Model, Fault> {
    let from = std::mem::replace(&mut row.state, to.as_str().to_owned());
    row.row_version += 1;
    row.changed_at = tx.now();
    row.changed_by.clone_from(&tx.actor().name);
    store::licence::update(tx.conn(), row.clone()).await?;
    let history = store::event::of_licence(tx.conn(), row.id).await?;
    let entry = Entry {
        licence_id: row.id,
        seq: history.last().map_or(1, |last| last.seq + 1),
        kind: to.as_str(),
        from: &from,
        to: to.as_str(),
        detail,
    };
    store::event::add(tx, entry).await?;
    let kind = match to {
        LicenceState::Valid => return Err(Fault::internal("a licence does not end as valid")),
        LicenceState::Replaced => "licence.licence.replaced",
        LicenceState::Revoked => "licence.licence.revoked",
        LicenceState::Deregistered => "licence.licence.deregistered",
        LicenceState::Voided => "licence.licence.voided",
    };
    say(tx, &row, kind, &from, causation_id)?;
    Ok(row)
}
