//! From 预受理 to 特别程序结果: what happened until the decision.

use tb_contract::item::ProcedureKind;

use super::{Source, word};
use crate::exchange::{
    Acceptance, Approval, CorrectionAcceptance, CorrectionNotice, PreAcceptance,
    SpecialProcedureRequest, SpecialProcedureResult,
};
use crate::model::event::EventKind;
use crate::model::hearing::Retreat;
use crate::model::light::last_day;
use crate::model::state::PaperKind;
use crate::service::create::APPLICANT;
use crate::store::event::CaseEvent;

/// As histories name the platform.
const PLATFORM: &str = "系统";

/// 预受理
pub(super) fn pre_acceptance(source: &Source<'_>, event: &CaseEvent) -> Option<PreAcceptance> {
    let result = match event.kind {
        EventKind::Received => "received",
        EventKind::PreReviewReturned => "returned",
        EventKind::PreReviewPassed => "originals_wanted",
        EventKind::OriginalsVerified => "originals_verified",
        _ => return None,
    };
    // What is submitted online is received at once, by nobody.
    let handler = match event.actor_name.as_str() {
        APPLICANT => PLATFORM,
        name => name,
    };
    Some(PreAcceptance {
        sequence: event.seq.into(),
        at: event.at,
        result: result.to_owned(),
        reason: event.detail.reason.clone(),
        handler: handler.to_owned(),
        document_number: source.number(event, PaperKind::MaterialReceipt),
    })
}

/// 受理
pub(super) fn acceptance(source: &Source<'_>, event: &CaseEvent) -> Option<Acceptance> {
    let (result, paper) = match event.kind {
        EventKind::Accepted => ("accepted", PaperKind::AcceptanceReceipt),
        EventKind::DeemedAccepted => ("deemed_accepted", PaperKind::AcceptanceReceipt),
        EventKind::NotAccepted => ("not_accepted", PaperKind::Refusal),
        EventKind::Refused => ("refused", PaperKind::Refusal),
        _ => return None,
    };
    let accepts = paper == PaperKind::AcceptanceReceipt;
    let due = |until: Option<_>| until.filter(|_| accepts).map(last_day);
    Some(Acceptance {
        sequence: event.seq.into(),
        at: event.at,
        counts_from: event.effective_at,
        result: result.to_owned(),
        reason: event.detail.reason.clone(),
        handler: event.actor_name.clone(),
        document_number: source.number(event, paper),
        legal_due: due(source.row.legal_until),
        promised_due: due(source.row.promised_until),
    })
}

/// 审批
pub(super) fn approval(source: &Source<'_>, event: &CaseEvent) -> Option<Approval> {
    let (result, paper) = match event.kind {
        EventKind::StepCompleted => ("pass".to_owned(), None),
        EventKind::StepReturned => ("return".to_owned(), None),
        EventKind::Decided => (
            event.detail.ruling.as_ref().map(word).unwrap_or_default(),
            Some(PaperKind::Decision),
        ),
        EventKind::DecisionRevoked => ("revoked".to_owned(), Some(PaperKind::RevocationDecision)),
        _ => return None,
    };
    let number = paper.map(|paper| source.number(event, paper));
    Some(Approval {
        sequence: event.seq.into(),
        at: event.at,
        step: event.detail.step_name.clone().unwrap_or_default(),
        result,
        opinion: event.detail.reason.clone(),
        handler: event.actor_name.clone(),
        document_number: number.unwrap_or_default(),
    })
}

/// 补正告知
pub(super) fn correction_notice(
    source: &Source<'_>,
    event: &CaseEvent,
) -> Option<CorrectionNotice> {
    let listed = event.detail.notice.as_ref()?;
    Some(CorrectionNotice {
        sequence: event.seq.into(),
        at: event.at,
        reason: event.detail.reason.clone(),
        materials: source.parts(&listed.materials),
        fields: source.parts(&listed.fields),
        handler: event.actor_name.clone(),
        document_number: source.number(event, PaperKind::CorrectionNotice),
    })
}

/// 补正受理
pub(super) fn correction_acceptance(
    source: &Source<'_>,
    event: &CaseEvent,
) -> Option<CorrectionAcceptance> {
    let kind = match event.kind {
        EventKind::Corrected | EventKind::Resubmitted | EventKind::DeferredSupplied => event.kind,
        _ => return None,
    };
    let mut changed = source.parts(&event.detail.changed);
    for supplied in &event.detail.deferred {
        if !changed.contains(&supplied.name) {
            changed.push(supplied.name.clone());
        }
    }
    Some(CorrectionAcceptance {
        sequence: event.seq.into(),
        at: event.at,
        kind: kind.to_string(),
        changed,
        ignored: source.parts(&event.detail.ignored),
    })
}

/// 特别程序申请
pub(super) fn special_request(
    source: &Source<'_>,
    event: &CaseEvent,
) -> Option<SpecialProcedureRequest> {
    let detail = &event.detail;
    let (kind, paper) = match event.kind {
        EventKind::SpecialProcedureStarted => (
            word(&detail.procedure.as_ref()?.kind),
            PaperKind::SpecialProcedureNotice,
        ),
        EventKind::Suspended => ("suspension".to_owned(), PaperKind::SuspensionNotice),
        EventKind::Extended => ("extension".to_owned(), PaperKind::ExtensionNotice),
        EventKind::HearingAsked => return Some(hearing_request(event)),
        _ => return None,
    };
    let procedure = detail.procedure.as_ref();
    let unit = source.setting.item.legal_term.map(|term| term.unit);
    Some(SpecialProcedureRequest {
        sequence: event.seq.into(),
        at: event.at,
        kind,
        name: procedure.map(|one| one.name.clone()).unwrap_or_default(),
        ground: detail.suspension.as_ref().map(word).unwrap_or_default(),
        basis: detail.basis.clone(),
        reason: detail.reason.clone(),
        planned_end: procedure.map(|one| one.planned_end),
        asked_on: None,
        extension: detail.extension.map(i64::from),
        extension_unit: detail
            .extension
            .and(unit.as_ref())
            .map(word)
            .unwrap_or_default(),
        handler: event.actor_name.clone(),
        document_number: source.number(event, paper),
    })
}

/// A hearing that somebody has asked for: its time does not count either.
fn hearing_request(event: &CaseEvent) -> SpecialProcedureRequest {
    let said = event.detail.hearing.as_deref();
    SpecialProcedureRequest {
        sequence: event.seq.into(),
        at: event.at,
        kind: word(&ProcedureKind::Hearing),
        name: "听证".to_owned(),
        reason: event.detail.reason.clone(),
        planned_end: event.detail.until,
        asked_on: said.and_then(|said| said.day),
        handler: event.actor_name.clone(),
        ..SpecialProcedureRequest::default()
    }
}

/// 特别程序结果
pub(super) fn special_result(
    source: &Source<'_>,
    event: &CaseEvent,
) -> Option<SpecialProcedureResult> {
    let begun = match event.kind {
        EventKind::SpecialProcedureEnded => EventKind::SpecialProcedureStarted,
        EventKind::Resumed => EventKind::Suspended,
        EventKind::HearingHeld => EventKind::HearingAsked,
        // All give it up, also before anybody has asked; or one takes back what he asked.
        EventKind::HearingWaived => return hearing_given_up(source, event),
        _ => return None,
    };
    Some(SpecialProcedureResult {
        sequence: event.seq.into(),
        request: source.before(event, &[begun]).map(|begun| begun.seq.into()),
        at: event.at,
        result: event.detail.reason.clone(),
        handler: event.actor_name.clone(),
    })
}

fn hearing_given_up(source: &Source<'_>, event: &CaseEvent) -> Option<SpecialProcedureResult> {
    let said = event.detail.hearing.as_deref();
    let alone = said.filter(|said| said.retreat == Some(Retreat::Asker));
    let asked = source.history.iter().rfind(|one| {
        let by = one.detail.hearing.as_deref().and_then(|said| said.person);
        one.seq < event.seq
            && one.kind == EventKind::HearingAsked
            && alone.is_none_or(|said| said.person == by)
    });
    asked.map(|asked| SpecialProcedureResult {
        sequence: event.seq.into(),
        request: Some(asked.seq.into()),
        at: event.at,
        result: event.detail.reason.clone(),
        handler: event.actor_name.clone(),
    })
}
