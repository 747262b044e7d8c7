//! The promise of a case and its check, for the case's page.

use chrono::{DateTime, Utc};
use tb_calendar::Locale;
use tb_kernel::identity_number::mask_name;

use super::Shown;
use crate::api::view::{CheckView, CommitmentView};
use crate::model::commitment::{Check, CheckStage, Undertaking};
use crate::model::event::EventKind;
use crate::model::light::{far_away, last_day};
use crate::service::evidence::Evidence;
use crate::store::event::CaseEvent;

/// The promise; before the acceptance as it was handed in, then as it was accepted.
pub(super) fn commitment(
    shown: &Shown<'_>,
    evidence: &Evidence,
    now: DateTime<Utc>,
    locale: Locale,
    clear: bool,
) -> Option<CommitmentView> {
    let accepted = shown
        .history
        .iter()
        .find_map(|event| event.detail.commitment.as_ref());
    let undertaking: &Undertaking = accepted.or(evidence.undertaking.as_ref())?;
    let rule = shown.setting.item.commitment.as_ref();
    Some(CommitmentView {
        kind: undertaking.kind,
        materials: undertaking.materials.clone(),
        signer: if clear {
            undertaking.signer.clone()
        } else {
            mask_name(&undertaking.signer)
        },
        signed_at: undertaking.signed_at,
        told: undertaking.told.clone(),
        promised: undertaking.promised.clone(),
        method: rule.map(|rule| rule.method.clone()).unwrap_or_default(),
        check: evidence.check.map(|check| view(shown, check, now, locale)),
    })
}

fn view(shown: &Shown<'_>, check: Check, now: DateTime<Utc>, locale: Locale) -> CheckView {
    let until = shown.row.check_until.filter(|until| *until < far_away());
    let last = |kind: EventKind| -> Option<&CaseEvent> {
        shown.history.iter().rfind(|event| event.kind == kind)
    };
    let hearing = last(EventKind::RevocationProposed)
        .filter(|_| matches!(check.stage, CheckStage::Hearing | CheckStage::Revoked));
    let due = shown
        .clocks
        .check
        .as_ref()
        .filter(|_| check.stage == CheckStage::Due)
        .and_then(|reading| reading.due.as_ref());
    CheckView {
        stage: check.stage,
        due: until.map(last_day),
        lines: due
            .map(|due| due.derivation.to_text(locale))
            .unwrap_or_default(),
        late: until.is_some_and(|until| until <= now),
        proposed_by: hearing.map(|event| event.actor_name.clone()),
        reason: hearing.map(|event| event.detail.reason.clone()),
        statement: last(EventKind::StatementMade)
            .filter(|_| hearing.is_some())
            .map(|event| event.detail.reason.clone()),
        barred_until: last(EventKind::DecisionRevoked).and_then(|event| event.detail.until),
    }
}
