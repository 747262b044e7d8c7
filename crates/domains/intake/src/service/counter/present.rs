//! Who stands there, entered anew: a name misread, a number mistyped.

use serde::Deserialize;
use tb_contract::access::CounterWrite;
use tb_contract::events::Applicant;
use tb_http::Ctx;
use tb_kernel::{ApplicationId, Fault};
use utoipa::ToSchema;

use super::begin::{present, who};
use super::{draft_entry, hand, profile, set_present};
use crate::app::App;
use crate::error::Error;
use crate::model::counter::Presented;
use crate::model::may_apply;
use crate::sealed;
use crate::service::create::applicant;
use crate::service::write::{expect_version, held, save, touch};
use crate::store;
use crate::view::{ApplicationView, view};

/// Who stands there after all.
#[derive(Deserialize, ToSchema)]
pub struct ChangePresented {
    /// Version that the page has.
    pub version: i64,
    /// Who stands there.
    pub applicant: Presented,
    /// The clerk has compared the identity document with who shows it.
    pub id_checked: bool,
}

/// Whether somebody else stands there: of a name misread or a number mistyped the other is right still.
fn is_another(before: &Applicant, now: &Applicant) -> bool {
    before.name != now.name && before.id_number != now.id_number
}

/// Writes who stands there anew; the form stays as it is.
pub(crate) async fn change(
    app: &App,
    ctx: &Ctx<CounterWrite>,
    id: ApplicationId,
    body: ChangePresented,
) -> Result<ApplicationView, Fault> {
    let who = who(ctx, &body.applicant, body.id_checked)?;
    let mut tx = ctx.begin().await?;
    let mut row = held(&tx, ctx, id).await?;
    expect_version(&row, body.version, ctx.locale())?;
    let item = app.item_of(tx.conn(), &row).await?;
    if !may_apply(who.kind(), &item.audience) {
        return Err(Error::AudienceMismatch.into());
    }
    let mut entry = draft_entry(&tx, &row).await?;
    let before = sealed::applicant(tx.sealer(), &row)?;
    let applicant = applicant(&profile(&who), who.kind());
    if is_another(&before, &applicant) {
        // Files and papers are his who stood there before.
        store::material::delete_all(tx.conn(), row.id).await?;
        "[]".clone_into(&mut entry.papers);
    } else if before.id_number != applicant.id_number {
        // The licences that were taken are somebody else's.
        store::material::delete_licences(tx.conn(), row.id).await?;
    }
    sealed::set_applicant(tx.sealer(), &mut row, &applicant)?;
    set_present(tx.sealer(), &mut entry, &present(&who, tx.now()))?;
    // What somebody else has signed does not bind him.
    store::commitment::delete(tx.conn(), row.id).await?;
    store::counter::save(tx.conn(), entry).await?;
    touch(&mut row, hand(ctx), tx.now());
    save(&tx, &row).await?;
    tx.done("intake.counter.applicant_changed", "application", id);
    let answer = view(app, ctx, tx.conn(), &row).await?;
    tx.commit(&answer).await?;
    Ok(answer)
}
