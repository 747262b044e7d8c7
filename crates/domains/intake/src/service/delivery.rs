//! How the result is to reach the applicant: his choice, and his word that he has it.

use serde::Deserialize;
use tb_contract::access::ApplicationWrite;
use tb_contract::events::{DeliveryAddress, DeliveryChoice, DeliveryChosen, ReceiptConfirmed};
use tb_contract::item::ResultDelivery;
use tb_http::Ctx;
use tb_kernel::{ApplicationId, Fault};
use utoipa::ToSchema;

use super::counter::hand;
use super::write::{Entry, SELF, announce, expect_version, held, record, save, touch};
use crate::app::App;
use crate::error::{Error, with_fields};
use crate::model::State;
use crate::model::delivery::{faults, is_changeable, is_confirmable, tidy};
use crate::sealed::{self, DELIVERY};
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
    let (state, told) = (
        sealed::state(&row)?,
        sealed::delivery_told(tx.sealer(), &row)?,
    );
    let item = app.item_of(tx.conn(), &row).await?;
    let ended = row.revoked_at.is_some() || (state == State::Closed && row.result.is_none());
    if row.joint_plan.is_some() || ended || !is_changeable(&item, state, told.as_ref()) {
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
    row.delivery = Some(tx.sealer().seal_json(DELIVERY, row.id, &choice)?);
    let now = tx.now();
    // Whoever has not got the application yet gets the choice with it.
    if !matches!(state, State::Draft | State::Waiting) {
        announce(
            &mut tx,
            &mut row,
            "intake.application.delivery_chosen",
            |version, number| DeliveryChosen {
                case_number: number.to_owned(),
                version,
                delivery: choice,
            },
        )?;
        record(&tx, &mut row, Entry::own("delivery_chosen", now, "")).await?;
    }
    touch(&mut row, hand(ctx), now);
    save(&tx, &row).await?;
    tx.done("intake.application.delivery_chosen", "application", id);
    let answer = view(app, ctx, tx.conn(), &row).await?;
    tx.commit(&answer).await?;
    app.tell(row.account_id, row.id);
    Ok(answer)
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
