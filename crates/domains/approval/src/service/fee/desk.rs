//! What the office does about a fee: a clerk issues the notice where the sum has to be fixed, proposes
//! what is asked for, takes a notice back; a head who is another person approves.

use tb_contract::access::{FeeApprove, FeeHandle, Permission};
use tb_contract::events::FeeLine;
use tb_http::Ctx;
use tb_kernel::Fault;
use tb_storage::Tx;
use uuid::Uuid;

use super::super::deputy::{capacities, mark, telling, witness};
use super::super::record::Open;
use super::super::setting::Setting;
use super::super::supervise::{Watched, words};
use super::gate::{make, standing};
use super::{Step, mark as note, read, stage_now, step};
use crate::api::fee::{
    AnswerFee, CaseFees, ChargedFee, IssueFee, ProposeFee, RefuseFee, TakeBackFee,
};
use crate::app::App;
use crate::entity::{case, fee_order, fee_refund};
use crate::error::Error;
use crate::model::apply::Surroundings;
use crate::model::event::{EventDetail, StaffRef};
use crate::model::fee::{
    FeeCommand, FeeOrder, FeeStage, Fees, agrees, apply_fee, check_notice, standing_lines, total,
};
use crate::store::event::Doer;
use crate::{sealed, store};

type Answer = Result<CaseFees, Fault>;

/// Issues a notice by hand: nothing is charged that the item does not name.
pub(crate) async fn issue(app: &App, ctx: &Ctx<FeeHandle>, id: Uuid, body: IssueFee) -> Answer {
    let mut tx = ctx.begin().await?;
    let mut watched = Watched::take(app, &tx, ctx.scope(), id).await?;
    let setting = &watched.setting;
    let answers = sealed::dossier(tx.sealer(), &watched.row)?.form;
    let fees = Fees::of(&setting.item, &answers, &setting.orders);
    check_charges(app, (&watched.row, setting), &fees)?;
    let lines = charged(&watched, &body.lines)?;
    // What the form says is not a clerk's to change: less is a reduction, which two persons decide.
    let before = standing_lines(&setting.orders);
    if !agrees(&setting.item, &answers, &before, &lines) {
        return Err(Error::FeeDeparts.into());
    }
    let issuer = tx.actor().name.clone();
    make(&mut tx, &watched.row, &lines, issuer).await?;
    let stage = stage_now(&tx, &watched.row, &watched.setting).await?;
    note(&tx, &mut watched.row, stage).await?;
    let (told, department) = (
        app.clone(),
        tb_kernel::DepartmentId(watched.row.department_id),
    );
    tx.after_commit(move || told.tell(id, department));
    let answer = read::answer(
        app,
        &mut tx,
        (&watched.row, &watched.setting),
        FeeHandle::KEY,
    )
    .await?;
    tx.commit(&answer).await?;
    Ok(answer)
}

/// Whether a notice can be issued by hand.
pub(super) fn check_charges(
    app: &App,
    (row, setting): (&case::Model, &Setting),
    fees: &Fees<'_>,
) -> Result<(), Fault> {
    if app.payments().is_none() {
        return Err(Error::PaymentsOff.into());
    }
    let assesses = row.fee_stage.as_deref() == Some(FeeStage::Assess.as_str());
    check_notice(standing(row, setting)?, fees, assesses)?;
    Ok(())
}

/// The lines as the item names them; the amount of one is the clerk's only where it has to be fixed.
fn charged(watched: &Watched, lines: &[ChargedFee]) -> Result<Vec<FeeLine>, Error> {
    let line = |line: &ChargedFee| {
        let fee = watched.setting.item.fees.get(line.fee)?;
        let unit_amount = if fee.assessed {
            line.unit_amount?
        } else {
            fee.amount
        };
        Some(FeeLine {
            name: fee.name.clone(),
            basis: fee.basis.clone(),
            standard: fee.standard.clone(),
            unit_amount,
            quantity: line.quantity,
        })
    };
    let lines: Option<Vec<FeeLine>> = lines.iter().map(line).collect();
    lines
        .filter(|lines| total(lines).is_some())
        .ok_or(Error::FeeLinesWrong)
}

/// Proposes what a second person has to answer.
pub(crate) async fn propose(
    app: &App,
    ctx: &Ctx<FeeHandle>,
    at: (Uuid, Uuid),
    body: ProposeFee,
) -> Answer {
    let reason = words(&body.reason)?;
    let actor = ctx.actor();
    let command = FeeCommand::Propose {
        kind: body.what,
        sum: body.sum,
        reason: reason.clone(),
        by: StaffRef {
            id: actor.id.0,
            name: actor.name.clone(),
        },
        stood_for: actor.deputy_of.iter().map(|absent| absent.id.0).collect(),
    };
    act(app, ctx, at, body.version, command, &reason).await
}

/// Grants what was proposed.
pub(crate) async fn approve(
    app: &App,
    ctx: &Ctx<FeeApprove>,
    at: (Uuid, Uuid),
    body: AnswerFee,
) -> Answer {
    // Whether the case goes on is seen under its lock.
    let command = FeeCommand::Approve { running: true };
    act(app, ctx, at, body.version, command, "").await
}

/// Refuses what was asked.
pub(crate) async fn refuse(
    app: &App,
    ctx: &Ctx<FeeHandle>,
    at: (Uuid, Uuid),
    body: RefuseFee,
) -> Answer {
    let reason = words(&body.reason)?;
    let command = FeeCommand::Refuse {
        reason: reason.clone(),
    };
    act(app, ctx, at, body.version, command, &reason).await
}

/// Takes a notice back.
pub(crate) async fn take_back(
    app: &App,
    ctx: &Ctx<FeeHandle>,
    at: (Uuid, Uuid),
    body: TakeBackFee,
) -> Answer {
    let reason = words(&body.reason)?;
    let command = FeeCommand::TakeBack {
        reason: reason.clone(),
    };
    act(app, ctx, at, body.version, command, &reason).await
}

/// One command of staff on one order: load, check the version, try in each capacity, record, answer.
async fn act<P: Permission>(
    app: &App,
    ctx: &Ctx<P>,
    (id, order_id): (Uuid, Uuid),
    version: i64,
    mut command: FeeCommand,
    reason: &str,
) -> Answer {
    let mut tx = ctx.begin().await?;
    let watched = Watched::take(app, &tx, ctx.scope(), id).await?;
    let row = store::fee::find(tx.conn(), order_id).await?;
    let row = row
        .filter(|row| row.case_id == id)
        .ok_or(Error::FeeNotFound)?;
    if row.version != version {
        return Err(Error::FeeMoved.into());
    }
    let order = sealed::fee_order(tx.sealer(), &row)?;
    if let FeeCommand::Approve { running } = &mut command {
        *running = watched.row.running;
    }
    let actor = tx.actor().clone();
    let mut refused: Option<Fault> = None;
    let mut found = None;
    for acting_for in capacities(&actor, P::KEY) {
        let around = Surroundings {
            acting_for,
            ..Surroundings::of(&actor, tx.now())
        };
        match apply_fee(&order, &command, around) {
            Ok((next, _)) => {
                found = Some((around, next));
                break;
            }
            Err(error) => refused = Some(telling(refused, error.into())),
        }
    }
    let Some((around, next)) = found else {
        return Err(refused.unwrap_or_else(|| Error::NotYours.into()));
    };
    let mut detail = EventDetail {
        reason: reason.to_owned(),
        ..EventDetail::default()
    };
    mark(&mut detail, &actor, around.acting_for);
    witness(&mut tx, around.acting_for, P::KEY);
    send_back(&mut tx, &row, &next).await?;
    let mut open = Open {
        app,
        setting: &watched.setting,
        row: watched.row,
        history: watched.history,
        causation_id: None,
    };
    let doing = Step {
        command: &command,
        around,
        detail,
        doer: Doer {
            id: actor.id.0,
            name: actor.name.clone(),
        },
    };
    step(&mut tx, &mut open, row, doing).await?;
    let answer = read::answer(app, &mut tx, (&open.row, &watched.setting), P::KEY).await?;
    tx.commit(&answer).await?;
    Ok(answer)
}

/// Says of which payments the money is that goes back: of the last ones first, and of none more than
/// came with it.
async fn send_back(tx: &mut Tx, row: &fee_order::Model, next: &FeeOrder) -> Result<(), Fault> {
    let mut left = next.refunding - row.refunding;
    let mut payments = store::fee::payments(tx.conn(), row.id).await?;
    while left > 0 {
        let payment = payments
            .pop()
            .ok_or_else(|| Fault::internal("more goes back than came"))?;
        let amount = left.min(payment.amount - payment.refunded);
        if amount <= 0 {
            continue;
        }
        let refund = fee_refund::Model {
            id: tx.new_id(),
            order_id: row.id,
            payment_id: payment.id,
            amount,
            state: store::fee::ASKED.to_owned(),
            answer: String::new(),
            asked_at: tx.now(),
            ended_at: None,
        };
        store::fee::insert_refund(tx.conn(), refund).await?;
        store::fee::add_refunded(tx.conn(), payment.id, amount).await?;
        left -= amount;
    }
    Ok(())
}
