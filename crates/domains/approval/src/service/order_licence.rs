//! Orders a licence where a granted case whose result is one is closed, and takes the order back
//! where such a case is voided. The register of licences acts on it; approval never calls it.

use chrono::{DateTime, Utc};
use tb_contract::events::{Applicant, LicenceOrderVoided, LicenceOrdered};
use tb_contract::item::{ItemDocument, ItemResult};
use tb_contract::topics;
use tb_kernel::{DepartmentId, Fault};
use tb_storage::{NewEvent, Tx};

use super::record::Open;
use crate::entity::case;
use crate::model::event::{EventDetail, EventKind, Happened, office_day};
use crate::model::form_words::in_words;
use crate::model::state::{Ruling, State};
use crate::sealed;
use crate::store::copy;
use crate::store::event::CaseEvent;

/// The kind of result that is a licence (结果类型), as the item names it.
const LICENCE: &str = "证照";

/// Says to the register what the change from `from` means for it, if anything.
pub(crate) fn order_licence(tx: &mut Tx, open: &Open<'_>, from: &str) -> Result<(), Fault> {
    let (row, state) = (&open.row, open.row.current_state()?);
    let Some(result) = licence(row, &open.setting.item).filter(|_| from != row.state) else {
        return Ok(());
    };
    match state {
        State::Closed => {
            let ordered = ordered(tx, open, &result.name)?;
            emit(tx, open, "approval.licence.ordered", &ordered)
        }
        State::Voided => {
            let case_number = row.number.clone();
            let voided = LicenceOrderVoided { case_number };
            emit(tx, open, "approval.licence.order_voided", &voided)
        }
        _ => Ok(()),
    }
}

/// The licence that a case came to, where that is its result and it is in force.
fn licence<'a>(row: &case::Model, item: &'a ItemDocument) -> Option<&'a ItemResult> {
    let granted = row.result.as_deref() == Some(Ruling::Granted.as_str());
    let result = item.result.as_ref();
    result.filter(|result| granted && row.revoked_at.is_none() && is_licence(result))
}

/// Whether a result is a licence of the register: its kind says so, and the office attaches none of its own.
pub(crate) fn is_licence(result: &ItemResult) -> bool {
    result.issue.is_decision() && result.kind.contains(LICENCE)
}

/// Notes with the closure that it orders a licence: cases closed before there was a register never did.
pub(crate) fn mark_order(open: &Open<'_>, events: &mut [Happened]) {
    if licence(&open.row, &open.setting.item).is_some() {
        mark_closure(events);
    }
}

fn mark_closure(events: &mut [Happened]) {
    for event in events {
        event.detail.licence_ordered = event.kind == EventKind::Closed;
    }
}

/// Whether the register has to have a licence of an ended case.
pub(crate) fn is_owed(row: &case::Model, item: &ItemDocument, history: &[CaseEvent]) -> bool {
    let is_ordered = was_ordered(history.iter().map(|event| &event.detail));
    is_ordered && licence(row, item).is_some() && row.state != State::Voided.as_str()
}

/// Whether a licence that was ordered will come: where no type of the register named the item then, the organ issues
/// it elsewhere, and nothing here has to wait for it.
pub(crate) fn is_awaited(
    issues_since: Option<DateTime<Utc>>,
    closed_at: Option<DateTime<Utc>>,
) -> bool {
    match (issues_since, closed_at) {
        (Some(since), Some(closed_at)) => since <= closed_at,
        (since, _) => since.is_some(),
    }
}

fn was_ordered<'a>(mut details: impl Iterator<Item = &'a EventDetail>) -> bool {
    details.any(|detail| detail.licence_ordered)
}

fn ordered(tx: &Tx, open: &Open<'_>, result_name: &str) -> Result<LicenceOrdered, Fault> {
    let (row, item) = (&open.row, &open.setting.item);
    let (who, dossier) = (
        sealed::applicant(tx.sealer(), row)?,
        sealed::dossier(tx.sealer(), row)?,
    );
    let form = item.form.as_ref();
    Ok(LicenceOrdered {
        case_number: row.number.clone(),
        item_code: row.item_code.clone(),
        item_name: row.item_name.clone(),
        result_name: result_name.to_owned(),
        department_id: DepartmentId(row.department_id),
        department_code: row.department_code.clone(),
        office: open.setting.office.clone(),
        region: copy::region(&row.region)?,
        applicant: Applicant {
            account_id: dossier.account_id,
            name: who.name,
            id_number: who.id_number,
            phone: who.phone,
            agent_name: dossier.agent_name,
        },
        organisation: row.organisation,
        decided_on: office_day(row.decided_at.unwrap_or(tx.now())),
        sample: item.sample,
        answers: form.map_or_else(Vec::new, |form| in_words(form, &dossier.form)),
    })
}

fn emit<T: serde::Serialize>(
    tx: &mut Tx,
    open: &Open<'_>,
    kind: &'static str,
    payload: &T,
) -> Result<(), Fault> {
    tx.emit(NewEvent {
        topic: topics::LICENCE_ORDER,
        key: &open.row.number,
        kind,
        version: open.row.version,
        causation_id: open.causation_id,
        department_code: Some(&open.row.department_code),
        region_path: Some(copy::region(&open.row.region)?.path()),
        payload,
    })?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;

    use super::{is_awaited, mark_closure, was_ordered};
    use crate::model::event::{EventDetail, EventKind, Happened};
    use crate::model::state::State;

    #[test]
    fn nothing_is_awaited_that_no_type_named_when_the_case_was_closed() {
        let at = |n| DateTime::UNIX_EPOCH + chrono::TimeDelta::days(n);
        assert!(!is_awaited(None, Some(at(5))), "issued elsewhere");
        assert!(is_awaited(Some(at(1)), Some(at(5))));
        assert!(!is_awaited(Some(at(9)), Some(at(5))), "the type came later");
        assert!(is_awaited(Some(at(9)), None), "closed at an unknown time");
    }

    #[test]
    fn a_closure_remembers_its_order_and_one_of_before_has_none() {
        let mut events = [EventKind::Decided, EventKind::Closed].map(|kind| Happened {
            kind,
            effective_at: DateTime::UNIX_EPOCH,
            from: State::Decided,
            to: State::Closed,
            detail: EventDetail::default(),
        });
        assert!(!was_ordered(events.iter().map(|event| &event.detail)));
        mark_closure(&mut events);
        let [decided, closed] = events.map(|event| event.detail);
        assert!(!decided.licence_ordered && closed.licence_ordered);
        let kept = serde_json::to_value(&closed).unwrap();
        let kept: EventDetail = serde_json::from_value(kept).unwrap();
        assert!(was_ordered([&decided, &kept].into_iter()));
        let of_before: EventDetail = serde_json::from_str("{}").unwrap();
        assert!(!was_ordered([&of_before].into_iter()));
    }
}
