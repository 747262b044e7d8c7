//! 办结 and 领取: how a case ended, and how its result reached the applicant.

use tb_contract::events::CaseResult;

use super::{Source, word};
use crate::exchange::{Collection, Completion};
use crate::model::event::EventKind;
use crate::model::result::in_force;
use crate::model::state::{DeliveryWay, PaperKind, Ruling};
use crate::service::delivery::delivery_of;
use crate::service::result::attached;
use crate::store::event::CaseEvent;

/// 办结
pub(super) fn completion(source: &Source<'_>, event: &CaseEvent) -> Option<Completion> {
    let (result, paper) = match event.kind {
        EventKind::Closed => return closed(source, event),
        EventKind::NotAccepted => ("not_accepted", Some(PaperKind::Refusal)),
        EventKind::Refused => ("refused", Some(PaperKind::Refusal)),
        EventKind::Returned | EventKind::ReturnedUnsupplied => ("returned", None),
        EventKind::CorrectionLapsed => ("lapsed", None),
        EventKind::Withdrawn => ("withdrawn", None),
        EventKind::Terminated => ("terminated", Some(PaperKind::TerminationNotice)),
        EventKind::Transferred => ("transferred", None),
        EventKind::ReportedUp => ("reported_up", None),
        EventKind::Voided => ("voided", None),
        _ => return None,
    };
    let number = paper.map(|paper| source.number(event, paper));
    Some(Completion {
        result: result.to_owned(),
        reason: event.detail.reason.clone(),
        document_number: number.unwrap_or_default(),
        ..begin(event)
    })
}

fn begin(event: &CaseEvent) -> Completion {
    let ground = event.detail.termination.as_ref();
    Completion {
        sequence: event.seq.into(),
        at: event.at,
        ground: ground.map(word).unwrap_or_default(),
        organ: event.detail.organ.clone(),
        handler: event.actor_name.clone(),
        ..Completion::default()
    }
}

/// Closed behind a decision: the result is the decision's.
fn closed(source: &Source<'_>, event: &CaseEvent) -> Option<Completion> {
    let decided = source.before(event, &[EventKind::Decided])?;
    let ruling = decided.detail.ruling?;
    // What is attached is named as it stands on it; one that was put right after the closure counts.
    let attached = in_force(attached(source.history));
    let joined = |text: fn(&CaseResult) -> &str| {
        let texts: Vec<&str> = attached.iter().map(|one| text(one)).collect();
        texts.join("、")
    };
    let name = source.setting.item.result.as_ref();
    let name = name.filter(|_| ruling == Ruling::Granted);
    let result_name = match attached.as_slice() {
        [] => name.map(|result| result.name.clone()).unwrap_or_default(),
        _ => joined(|one| &one.name),
    };
    Some(Completion {
        result: ruling.to_string(),
        reason: decided.detail.reason.clone(),
        result_name,
        result_number: joined(|one| &one.number),
        document_number: source.number(decided, PaperKind::Decision),
        ..begin(event)
    })
}

/// 领取
pub(super) fn collection(source: &Source<'_>, event: &CaseEvent) -> Option<Collection> {
    if event.kind != EventKind::Delivered {
        return None;
    }
    let detail = &event.detail;
    let delivery = delivery_of(source.history);
    // One that was sent in vain says nothing of how it was collected.
    let by_courier = detail.way == Some(DeliveryWay::Courier);
    let parcel = delivery
        .parcel
        .filter(|_| by_courier)
        .map(|(parcel, _)| parcel);
    let mut collection = Collection {
        sequence: event.seq.into(),
        at: event.at,
        way: detail.way.as_ref().map(word).unwrap_or_default(),
        confirmed_at: delivery.confirmed_at,
        handler: event.actor_name.clone(),
        document_number: source.number(event, PaperKind::DeliveryReceipt),
        ..Collection::default()
    };
    if let Some(parcel) = parcel {
        collection.courier = parcel.company;
        collection.tracking_number = parcel.tracking_number;
    }
    if let Some(collector) = detail.collector.as_deref() {
        collection.collector_name.clone_from(&collector.name);
        collection.collector_document = word(&collector.document);
        collection.collector_number.clone_from(&collector.id_number);
        collection.relation = word(&collector.relation);
        collection.authority.clone_from(&collector.authority);
    }
    Some(collection)
}
