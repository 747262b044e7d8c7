//! What follows of promises beside the state of a case: the date of the check, what the holder is
//! told, and what a revocation brings with it: the licence goes, and the holder is barred.

use chrono::{DateTime, NaiveDate};
use tb_contract::events::{CommitmentBarred, LicenceOrderRevoked, RevocationTold};
use tb_contract::topics;
use tb_kernel::Fault;
use tb_storage::{NewEvent, Tx};

use super::record::Open;
use crate::entity::{bar, case};
use crate::model::clocks::{Clocks, Reading};
use crate::model::commitment::{Check, CheckStage, CommitmentKind, Undertaking, fold};
use crate::model::event::{EventDetail, EventKind, office_day};
use crate::model::light::far_away;
use crate::sealed;
use crate::store::event::CaseEvent;
use crate::store::{self, copy};

/// The check of a promise, out of the history.
pub(crate) fn check_of(history: &[CaseEvent]) -> Option<Check> {
    fold(
        history
            .iter()
            .map(|event| (event.kind, event.actor_id, &event.detail)),
    )
}

/// Writes into the row how far the check has come, and when it wants looking at.
pub(crate) fn set_check(row: &mut case::Model, history: &[CaseEvent], clocks: &Clocks) {
    let check = check_of(history);
    row.check_stage = check.map(|check| check.stage.to_string());
    row.check_until = check
        .filter(|check| CheckStage::OPEN.contains(&check.stage))
        .map(|check| until(check, clocks));
}

/// The first moment after the term of the stage; far away where the calendar does not reach.
fn until(check: Check, clocks: &Clocks) -> DateTime<chrono::Utc> {
    check
        .until
        .or_else(|| clocks.check.as_ref().and_then(Reading::until))
        .unwrap_or_else(far_away)
}

/// What the holder is told while he is heard.
pub(crate) fn told(history: &[CaseEvent]) -> Option<RevocationTold> {
    let check = check_of(history).filter(|check| check.stage == CheckStage::Hearing)?;
    let proposed = history
        .iter()
        .rfind(|event| event.kind == EventKind::RevocationProposed)?;
    Some(RevocationTold {
        reason: proposed.detail.reason.clone(),
        basis: proposed.detail.basis.clone(),
        answer_until: proposed.detail.until?,
        answered: check.answered,
    })
}

/// What the applicant reads of his promise when it was accepted.
pub(crate) fn commitment_sentence(undertaking: &Undertaking) -> String {
    match undertaking.kind {
        CommitmentKind::Whole => "按告知承诺方式办理。".to_owned(),
        CommitmentKind::Materials => {
            format!("以书面承诺代替材料：{}。", undertaking.materials.join("、"))
        }
    }
}

/// Bars the holder and takes the licence back, in the transaction of the revocation.
pub(crate) async fn revoked(
    tx: &mut Tx,
    open: &Open<'_>,
    detail: &EventDetail,
) -> Result<(), Fault> {
    let row = &open.row;
    let basis = open
        .history
        .iter()
        .rfind(|event| event.kind == EventKind::RevocationProposed)
        .map(|event| event.detail.basis.clone())
        .unwrap_or_default();
    let until_on = detail.until.unwrap_or(office_day(tx.now()));
    // A number tells who is barred; an applicant without one could not be told from others.
    if !sealed::applicant(tx.sealer(), row)?
        .id_number
        .trim()
        .is_empty()
    {
        let bar = bar_of(tx, open, &detail.reason, until_on)?;
        tell(tx, &bar, &detail.reason)?;
        tx.done("approval.commitment.barred", "commitment_bar", bar.id);
        store::bar::insert(tx.conn(), bar).await?;
    }
    tx.emit(NewEvent {
        topic: topics::LICENCE_ORDER,
        key: &row.number,
        kind: "approval.licence.order_revoked",
        version: row.version,
        causation_id: None,
        department_code: Some(&row.department_code),
        region_path: Some(copy::region(&row.region)?.path()),
        payload: &LicenceOrderRevoked {
            case_number: row.number.clone(),
            reason: detail.reason.clone(),
            basis,
        },
    })?;
    Ok(())
}

fn bar_of(
    tx: &Tx,
    open: &Open<'_>,
    reason: &str,
    until_on: NaiveDate,
) -> Result<bar::Model, Fault> {
    let (row, sealer, id) = (&open.row, tx.sealer(), tx.new_id());
    let who = sealed::applicant(sealer, row)?;
    Ok(bar::Model {
        id,
        holder_bidx: row.applicant_id_number_bidx.clone(),
        organisation: row.organisation,
        holder_name: sealer.seal_text(sealed::BAR_NAME, id, &who.name)?,
        holder_id_number: sealer.seal_text(sealed::BAR_ID_NUMBER, id, &who.id_number)?,
        case_id: row.id,
        case_number: row.number.clone(),
        item_name: row.item_name.clone(),
        department_id: row.department_id,
        department_code: row.department_code.clone(),
        region: row.region.clone(),
        office: open.setting.office.clone(),
        reason: sealer.seal_text(sealed::BAR_REASON, id, reason)?,
        until_on,
        made_by: tx.actor().name.clone(),
        made_at: tx.now(),
        lift_proposer_id: None,
        lift_proposer: None,
        lift_reason: None,
        lift_stood_for: None,
        lifted_at: None,
        lifted_by: None,
        version: 1,
    })
}

/// Tells intake who may promise nothing, or may again.
pub(crate) fn tell(tx: &mut Tx, bar: &bar::Model, reason: &str) -> Result<(), Fault> {
    let id_number = tx
        .sealer()
        .open_text(sealed::BAR_ID_NUMBER, bar.id, &bar.holder_id_number)?;
    let lifted = bar.lifted_at.is_some();
    tx.emit(NewEvent {
        topic: topics::COMMITMENT,
        key: &bar.id.to_string(),
        kind: if lifted {
            "approval.commitment.bar_lifted"
        } else {
            "approval.commitment.barred"
        },
        version: bar.version,
        causation_id: None,
        department_code: Some(&bar.department_code),
        region_path: Some(copy::region(&bar.region)?.path()),
        payload: &CommitmentBarred {
            bar_id: bar.id,
            id_number,
            office: bar.office.clone(),
            reason: reason.to_owned(),
            until: bar.until_on,
            lifted,
        },
    })?;
    Ok(())
}
