//! Supplying what was promised: files of owed materials, after the acceptance.

use std::collections::BTreeSet;

use serde::Deserialize;
use tb_contract::access::ApplicationWrite;
use tb_contract::item::SituationAnswers;
use tb_http::Ctx;
use tb_kernel::{ApplicationId, Fault};
use utoipa::ToSchema;

use super::counter::rows;
use super::joint::follow::{enter, follow};
use super::licence;
use super::submit::{HandedIn, references};
use super::tell::{Payload, tell};
use super::vault::gather::gather;
use super::write::{Entry, SELF, expect_version, held, notify, record, save, touch};
use crate::app::App;
use crate::error::{Error, with_fields};
use crate::model::Editing;
use crate::sealed;
use crate::sentence::named;
use crate::store;
use crate::view::{ApplicationView, view};

/// Hands in what was promised.
#[derive(Debug, Deserialize, ToSchema)]
pub struct SupplyMaterials {
    /// Version that the page has.
    pub version: i64,
}

/// Hands in the files of owed materials that are there; what is still missing stays owed.
pub(crate) async fn supply(
    app: &App,
    ctx: &Ctx<ApplicationWrite>,
    id: ApplicationId,
    body: SupplyMaterials,
) -> Result<ApplicationView, Fault> {
    let licences = licence::check(app, ctx, id, None).await?;
    let mut tx = ctx.begin().await?;
    enter(&tx, &rows(ctx), id.0).await?;
    let mut row = held(&tx, ctx, id).await?;
    let Editing::Owed(owed) = sealed::editing(tx.sealer(), &row)? else {
        return Err(Error::NothingOwed.into());
    };
    expect_version(&row, body.version, ctx.locale())?;
    let item = app.item_of(tx.conn(), &row).await?;
    let answers: SituationAnswers =
        serde_json::from_str(&row.situation_answers).map_err(Fault::internal)?;
    let materials = store::material::all(tx.conn(), row.id).await?;
    let came: BTreeSet<String> = materials
        .iter()
        .filter(|file| !file.removed && owed.contains(&file.requirement_id))
        .map(|file| file.requirement_id.clone())
        .collect();
    if came.is_empty() {
        return Err(Error::NothingSupplied.into());
    }
    let editing = Editing::Owed(owed);
    let given = (materials.as_slice(), &editing);
    let faults = licence::faults(tx.sealer(), &licences, &item, &answers, given)?;
    if !faults.is_empty() {
        return Err(with_fields(Error::ApplicationInvalid, faults));
    }
    let mut deferred = sealed::deferred(&row)?;
    for one in &mut deferred {
        one.sent |= came.contains(&one.requirement_id);
    }
    sealed::set_deferred(&mut row, deferred)?;
    let who = sealed::applicant(tx.sealer(), &row)?;
    gather(&tx, &row, &who, &item, &answers, &materials).await?;
    store::material::hand_in(tx.conn(), row.id).await?;
    let handed = HandedIn {
        form: sealed::form(tx.sealer(), &row)?,
        answers,
    };
    let payload = Payload {
        item: &item,
        who,
        materials: references(tx.sealer(), &item, &handed, &materials)?,
        handed,
        deferred: Vec::new(),
        commitment: None,
        changed: came.into_iter().collect(),
        remark: String::new(),
        joint: None,
        counter: None,
        co_applicants: Vec::new(),
    };
    tell(&mut tx, &mut row, "intake.application.supplied", payload)?;
    let now = tx.now();
    record(&tx, &mut row, Entry::own("supplied", now, "")).await?;
    notify(&tx, &row, "supplied", &named(&row)).await?;
    touch(&mut row, SELF, now);
    save(&tx, &row).await?;
    follow(app, &mut tx, &row, SELF).await?;
    tx.done("intake.application.supplied", "application", id);
    let answer = view(app, ctx, tx.conn(), &row).await?;
    tx.commit(&answer).await?;
    app.tell(row.account_id, row.id);
    Ok(answer)
}
