//! How the result is to reach the applicant: his choice, and his word that he has it.

use serde::Deserialize;
use tb_contract::access::ApplicationWrite;
use tb_contract::events::{DeliveryAddress, DeliveryChoice, DeliveryChosen, ReceiptConfirmed};
use tb_contract::item::{ItemDocument, ResultDelivery};
use tb_http::Ctx;
use tb_kernel::{ApplicationId, Fault};
use tb_storage::Tx;
use utoipa::ToSchema;

use super::counter::hand;
use super::write::{Entry, SELF, announce, expect_version, held, record, save, touch};
use crate::app::App;
use crate::error::{Error, with_fields};
use crate::model::State;
use crate::model::delivery::{faults, is_changeable, is_confirmable, tidy};
use crate::sealed::{self, DELIVERY};
use crate::store;
use crate::store::application::Application;
use crate::view::{ApplicationView, view};

/// How the result is to come.
#[derive(Debug, Deserialize, ToSchema)]
pub struct ChooseDelivery {
    /// Version that the page has.
    pub version: i64,
    /// Way: one that the item offers.
    pub way: ResultDelivery,
    /// Where it goes, for the ways that need it.
    #[serde(default)]
    pub address: Option<DeliveryAddress>,
}

/// The result is there.
#[derive(Debug, Deserialize, ToSchema)]
pub struct ConfirmReceipt {
    /// Version that the page has.
    pub version: i64,
}

/// Keeps the choice; the department is told of it once it has the application.
pub(crate) async fn choose<P>(
    app: &App,
    ctx: &Ctx<P>,
    id: ApplicationId,
    body: ChooseDelivery,
) -> Result<ApplicationView, Fault> {
    let mut tx = ctx.begin().await?;
    let mut row = held(&tx, ctx, id).await?;
    expect_version(&row, body.version, ctx.locale())?;
    let item = app.item_of(tx.conn(), &row).await?;
    if !may_choose(&tx, &row, &item)? {
        return Err(Error::DeliverySettled.into());
    }
    let wrong = faults(&item, body.way, body.address.as_ref());
    if !wrong.is_empty() {
        return Err(with_fields(Error::ApplicationInvalid, wrong));
    }
    let choice = DeliveryChoice {
        way: body.way,
        address: body.address.filter(|_| body.way.wants_address()).map(tidy),
        chosen_at: tx.now(),
    };
    if row.joint_plan.is_some() && sealed::state(&row)? != State::Draft {
        choose_for_items(app, &mut tx, &mut row, (&choice, hand(ctx))).await?;
    } else {
        take(&mut tx, &mut row, &choice).await?;
    }
    let now = tx.now();
    touch(&mut row, hand(ctx), now);
    save(&tx, &row).await?;
    tx.done("intake.application.delivery_chosen", "application", id);
    let answer = view(app, ctx, tx.conn(), &row).await?;
    tx.commit(&answer).await?;
    app.tell(row.account_id, row.id);
    Ok(answer)
}

/// Whether the choice may still be made or changed.
fn may_choose(tx: &Tx, row: &Application, item: &ItemDocument) -> Result<bool, Fault> {
    let (state, told) = (
        sealed::state(row)?,
        sealed::delivery_told(tx.sealer(), row)?,
    );
    let ended = row.revoked_at.is_some() || (state == State::Closed && row.result.is_none());
    Ok(!ended && is_changeable(item, state, told.as_ref()))
}

/// Keeps a choice, and tells the department of it that has the application; whoever has not got it yet gets
/// the choice with it.
async fn take(tx: &mut Tx, row: &mut Application, choice: &DeliveryChoice) -> Result<(), Fault> {
    row.delivery = Some(tx.sealer().seal_json(DELIVERY, row.id, choice)?);
    if matches!(sealed::state(row)?, State::Draft | State::Waiting) {
        return Ok(());
    }
    announce(
        tx,
        row,
        "intake.application.delivery_chosen",
        |version, number| DeliveryChosen {
            case_number: number.to_owned(),
            version,
            delivery: choice.clone(),
        },
    )?;
    let now = tx.now();
    Ok(record(tx, row, Entry::own("delivery_chosen", now, "")).await?)
}

/// One choice for all items of a joint matter whose results are not on their way; the caller saves the
/// whole's own row.
async fn choose_for_items(
    app: &App,
    tx: &mut Tx,
    whole: &mut Application,
    (choice, by): (&DeliveryChoice, &str),
) -> Result<(), Fault> {
    let mut taken = 0;
    for mut child in store::joint::children_locked(tx.conn(), whole.id).await? {
        let item = app.item_of(tx.conn(), &child).await?;
        if may_choose(tx, &child, &item)? {
            take(tx, &mut child, choice).await?;
            touch(&mut child, by, tx.now());
            save(tx, &child).await?;
            taken += 1;
        }
    }
    if taken == 0 {
        return Err(Error::DeliverySettled.into());
    }
    whole.delivery = Some(tx.sealer().seal_json(DELIVERY, whole.id, choice)?);
    let now = tx.now();
    Ok(record(tx, whole, Entry::own("delivery_chosen", now, "")).await?)
}

/// Takes the applicant's word that he has the result.
pub(crate) async fn confirm(
    app: &App,
    ctx: &Ctx<ApplicationWrite>,
    id: ApplicationId,
    body: ConfirmReceipt,
) -> Result<ApplicationView, Fault> {
    let mut tx = ctx.begin().await?;
    let mut row = held(&tx, ctx, id).await?;
    let told = sealed::delivery_told(tx.sealer(), &row)?;
    if row.revoked_at.is_some() || !is_confirmable(sealed::state(&row)?, told.as_ref()) {
        return Err(Error::NothingToConfirm.into());
    }
    expect_version(&row, body.version, ctx.locale())?;
    let now = tx.now();
    let told = told.map(|told| tb_contract::events::DeliveryTold {
        confirmed_at: Some(now),
        ..told
    });
    sealed::set_delivery_told(tx.sealer(), &mut row, told.as_ref())?;
    announce(
        &mut tx,
        &mut row,
        "intake.application.receipt_confirmed",
        |version, number| ReceiptConfirmed {
            case_number: number.to_owned(),
            version,
        },
    )?;
    record(&tx, &mut row, Entry::own("receipt_confirmed", now, "")).await?;
    touch(&mut row, SELF, now);
    save(&tx, &row).await?;
    tx.done("intake.application.receipt_confirmed", "application", id);
    let answer = view(app, ctx, tx.conn(), &row).await?;
    tx.commit(&answer).await?;
    app.tell(row.account_id, row.id);
    Ok(answer)
}
