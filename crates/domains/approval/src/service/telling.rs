//! The words of an event for the applicant.

use tb_kernel::Fen;

use super::commitment::commitment_sentence;
use super::delivery::sentence;
use super::setting::Setting;
use crate::model::deferral;
use crate::model::event::{EventDetail, EventKind};
use crate::model::hearing::in_words;

/// What the applicant is told of an event besides its kind.
pub(super) fn words_for_applicant(detail: &EventDetail, setting: &Setting) -> String {
    if let Some(words) = sentence(detail) {
        return words;
    }
    let mut words = Vec::new();
    words.extend(
        detail
            .fee
            .map(|fen| format!("金额：{}元。", Fen(fen).to_yuan())),
    );
    if let Some(session) = detail
        .hearing
        .as_ref()
        .and_then(|said| said.session.as_ref())
    {
        let (at, place, presider) = (in_words(session.at), &session.place, &session.presider.name);
        words.push(format!(
            "听证时间：{at}。地点：{place}。主持人：{presider}。"
        ));
    }
    if let Some(procedure) = &detail.procedure {
        words.push(format!("{}。", procedure.name));
    }
    if !detail.external_number.is_empty() {
        let (organ, number) = (&detail.organ, &detail.external_number);
        words.push(format!("由{organ}的系统办理，办件编号{number}。"));
    } else if !detail.organ.is_empty() {
        words.push(format!("接收机关：{}。", detail.organ));
    }
    if !detail.originals.is_empty() {
        words.push(format!("原件：{}。", detail.originals.join("、")));
        let place = setting.item.places.first();
        words.extend(place.map(|place| format!("地点：{}（{}）。", place.name, place.address)));
    }
    if let Some(undertaking) = &detail.commitment {
        words.push(commitment_sentence(undertaking));
    }
    if !detail.method.is_empty() {
        words.push(format!("核查方式：{}。", detail.method));
    }
    if let Some(until) = detail.until {
        words.push(format!("截止日期：{}。", until.format("%Y年%-m月%-d日")));
    }
    if !detail.deferred.is_empty() {
        words.push(deferral::sentence(&detail.deferred));
    }
    words.push(detail.reason.clone());
    words.concat()
}

/// Whether the words of an event are for the applicant: opinions of a step are the office's own, and
/// what he said himself he need not be told.
pub(super) fn is_for_applicant(kind: EventKind) -> bool {
    !matches!(
        kind,
        EventKind::StepCompleted
            | EventKind::StepReturned
            | EventKind::Resubmitted
            | EventKind::Corrected
            | EventKind::DeferredSupplied
            | EventKind::StatementMade
            | EventKind::Urged
            | EventKind::Supervised
            | EventKind::SupervisionReplied
            | EventKind::HearingAsked
            | EventKind::HearingWaived
            | EventKind::HearingHeld
            | EventKind::JointAnswered
            | EventKind::JointReturned
            | EventKind::RelaySent
            | EventKind::RelayArrived
            | EventKind::RelayReturned
            | EventKind::OpinionAsked
            | EventKind::OpinionGiven
            | EventKind::OpinionDeclined
            | EventKind::OpinionWithdrawn
            | EventKind::DeliveryChosen
            | EventKind::ReceiptConfirmed
            | EventKind::ResultAttached
            | EventKind::MessageReceived
            | EventKind::ProxyEnded
            | EventKind::MessageSent
            | EventKind::WithdrawalAsked
            | EventKind::HandedOver
            | EventKind::VoidProposed
            | EventKind::VoidRejected
            | EventKind::FeeReductionAsked
            | EventKind::FeeRefundAsked
            | EventKind::FeeProposed
            | EventKind::FeeRefundFailed
            | EventKind::Rated
    )
}
