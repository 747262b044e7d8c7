//! The delivery of a result: what the applicant says of it, what the office does, what he is told.

use tb_contract::access::CaseClose;
use tb_contract::events::{DeliveryChoice, DeliveryChosen, DeliveryTold, ReceiptConfirmed};
use tb_events::HandleError;
use tb_http::Ctx;
use tb_kernel::identity_number::mask_name;
use tb_kernel::{CaseId, Fault};
use tb_storage::{Sealer, Tx};

use super::act::act;
use super::change::{doer, facts, unmoved};
use super::commitment::check_of;
use super::create::APPLICANT;
use super::record::{Open, Writing, record};
use crate::api::delivery::{DeliverCase, DispatchCase};
use crate::api::view::CaseView;
use crate::app::App;
use crate::entity::case;
use crate::model::apply::{Facts, Outcome, Surroundings, apply};
use crate::model::command::Command;
use crate::model::delivery::{Delivery, Owner, Parcel, faults, fold};
use crate::model::event::{EventDetail, EventKind, Happened};
use crate::model::state::{DeliveryWay, State};
use crate::sealed::{self, DOSSIER};
use crate::store;
use crate::store::event::CaseEvent;

const TOO_LATE: &str = "结果已经寄出或者送达，送达方式没有更改。";

/// How far the delivery has come.
pub(crate) fn delivery_of(history: &[CaseEvent]) -> Delivery {
    fold(history.iter().map(|event| {
        let by_applicant = event.actor_name == APPLICANT;
        (event.kind, event.at, by_applicant, &event.detail)
    }))
}

/// Row 15: given to a courier.
pub(crate) async fn dispatch(
    app: &App,
    ctx: &Ctx<CaseClose>,
    id: CaseId,
    body: DispatchCase,
) -> Result<CaseView, Fault> {
    let command = Command::Dispatch(Parcel {
        company: body.company.trim().to_owned(),
        tracking_number: body.tracking_number.trim().to_owned(),
    });
    act(app, ctx, id, body.version, command).await
}

/// Row 15: delivered.
pub(crate) async fn deliver(
    app: &App,
    ctx: &Ctx<CaseClose>,
    id: CaseId,
    body: DeliverCase,
) -> Result<CaseView, Fault> {
    let command = Command::Deliver {
        way: body.way,
        collector: body.collector,
    };
    act(app, ctx, id, body.version, command).await
}

/// Refuses a collector who cannot be right.
pub(crate) fn check_collector(
    sealer: &Sealer,
    row: &case::Model,
    command: &Command,
) -> Result<(), Fault> {
    let Command::Deliver {
        way,
        collector: Some(collector),
    } = command
    else {
        return Ok(());
    };
    if !way.is_by_hand() {
        return Ok(());
    }
    let who = sealed::applicant(sealer, row)?;
    let agent = sealed::dossier(sealer, row)?.agent_name;
    let wrong = faults(
        collector,
        &Owner {
            name: &who.name,
            id_number: &who.id_number,
            organisation: row.organisation,
            agent: &agent,
        },
    );
    if wrong.is_empty() {
        Ok(())
    } else {
        Err(Fault::fields("approval.collector_wrong", wrong))
    }
}

/// Row 15: the applicant wants it otherwise; behind the parcel or the delivery it changes nothing.
pub(super) async fn chosen(
    tx: &mut Tx,
    open: &mut Open<'_>,
    told: DeliveryChosen,
) -> Result<(), HandleError> {
    let command = Command::ChooseDelivery {
        at: tx.now(),
        choice: told.delivery.clone(),
    };
    let mut dossier = sealed::dossier(tx.sealer(), &open.row)?;
    dossier.delivery = Some(told.delivery);
    let sealed = tx.sealer().seal_json(DOSSIER, open.row.id, &dossier)?;
    said(tx, open, &command, told.version, Some(sealed)).await
}

/// Row 15: the applicant says that he has it.
pub(super) async fn confirmed(
    tx: &mut Tx,
    open: &mut Open<'_>,
    told: ReceiptConfirmed,
) -> Result<(), HandleError> {
    let command = Command::ConfirmReceipt { at: tx.now() };
    said(tx, open, &command, told.version, None).await
}

async fn said(
    tx: &mut Tx,
    open: &mut Open<'_>,
    command: &Command,
    version: i64,
    dossier: Option<tb_storage::SealedBytes>,
) -> Result<(), HandleError> {
    let state = open.row.current_state()?;
    let delivery = delivery_of(&open.history);
    let choice = sealed::dossier(tx.sealer(), &open.row)?.delivery;
    let facts = Facts {
        check: check_of(&open.history),
        decided: open.row.decided_at.is_some(),
        delivery: delivery.facts(&open.setting.item.handling.delivery, choice.as_ref()),
        ..facts(&open.row, state, open.setting)
    };
    let outcome = match apply(&facts, command, Surroundings::platform(tx.now())) {
        Ok(outcome) => {
            open.row.dossier = dossier.unwrap_or_else(|| open.row.dossier.clone());
            outcome
        }
        Err(_) if dossier.is_some() && (delivery.parcel.is_some() || delivery.done.is_some()) => {
            too_late(tx, open, state, choice)
        }
        Err(_) => {
            return Ok(store::case::take_version(tx.conn(), open.row.id, version).await?);
        }
    };
    let doer = doer(tx, &open.row)?;
    record(tx, open, outcome, &doer, Writing::Change).await?;
    Ok(())
}

/// The applicant chose anew while the result left: he is told, and his page goes back to what is in
/// force.
fn too_late(tx: &Tx, open: &Open<'_>, state: State, in_force: Option<DeliveryChoice>) -> Outcome {
    let event = Happened {
        kind: EventKind::DeliveryChangeLate,
        effective_at: tx.now(),
        from: state,
        to: state,
        detail: EventDetail {
            reason: TOO_LATE.to_owned(),
            delivery: in_force.map(Box::new),
            ..EventDetail::default()
        },
    };
    Outcome {
        events: vec![event],
        ..unmoved(open, state, "approval.case.delivery_change_late")
    }
}

/// What the applicant is told of it; nothing before the office has done something. `main`: what has
/// just happened.
pub(crate) fn told(history: &[CaseEvent], main: &Happened) -> Option<DeliveryTold> {
    let Delivery {
        parcel,
        done,
        confirmed_at,
    } = delivery_of(history);
    let way = match (&done, &parcel) {
        (Some((way, ..)), _) => *way,
        (None, Some(_)) => DeliveryWay::Courier,
        (None, None) => return None,
    };
    let (parcel, dispatched_at) = parcel.filter(|_| way == DeliveryWay::Courier).unzip();
    let (company, tracking_number) = parcel
        .map(|parcel| (parcel.company, parcel.tracking_number))
        .unwrap_or_default();
    let collector = done.as_ref().and_then(|(.., collector)| collector.as_ref());
    Some(DeliveryTold {
        way: way.to_string(),
        company,
        tracking_number,
        dispatched_at,
        collector: collector
            .map(|who| mask_name(&who.name))
            .unwrap_or_default(),
        delivered_at: done.as_ref().map(|(_, at, _)| *at),
        confirmed_at,
        in_force: Some(main)
            .filter(|main| main.kind == EventKind::DeliveryChangeLate)
            .and_then(|main| main.detail.delivery.as_deref().cloned()),
    })
}

/// The words of a delivery for the applicant's timeline and inbox.
pub(crate) fn sentence(detail: &EventDetail) -> Option<String> {
    if let Some(parcel) = &detail.parcel {
        return Some(format!(
            "{}，运单号 {}。",
            parcel.company, parcel.tracking_number
        ));
    }
    let way = detail.way?;
    Some(match &detail.collector {
        Some(who) => format!("{}，签收人：{}。", way.label(), mask_name(&who.name)),
        None => way.label().to_owned(),
    })
}
