//! Ratings given by phone (服务热线): the operator makes sure who is calling, and writes down what he says.
//! The audit row names the operator.

use serde::Deserialize;
use tb_contract::access::HotlineRate;
use tb_http::Ctx;
use tb_kernel::{AccountId, Fault};
use utoipa::ToSchema;

use super::link::RatingThanks;
use super::taken::{Said, expect_alone, take};
use crate::app::App;
use crate::error::Error;
use crate::model::proof::proves;
use crate::store;

/// What ratings by phone are called.
const HOTLINE: &str = "hotline";

/// A rating as the caller gave it.
#[derive(Debug, Deserialize, ToSchema)]
pub struct RateByPhone {
    /// Case number.
    pub case_number: String,
    /// The last six characters of the caller's id number, or of his enterprise's credit code.
    pub id_tail: String,
    /// 5 to 1.
    pub level: u8,
    /// Tags of the level.
    #[serde(default)]
    pub tags: Vec<String>,
    /// The caller's words.
    #[serde(default)]
    pub comment: String,
}

/// Takes a rating down.
pub(crate) async fn rate(
    app: &App,
    ctx: &Ctx<HotlineRate>,
    body: RateByPhone,
) -> Result<RatingThanks, Fault> {
    let number = body.case_number.trim();
    let row = store::occasion::peek(&ctx.read(), ctx.scope(), number).await?;
    let row = row.ok_or(Error::NotRatable)?;
    let office = ctx.actor().department.as_ref();
    if office.is_some_and(|of| of.id.0 == row.department_id) {
        return Err(Error::RatedRecords.into());
    }
    let said = Said::new(Some(body.level), body.tags, &body.comment)?;
    // Before the number is looked at: nobody finds it out by trying.
    app.by_case().check(number)?;
    let profile = app.applicants().profile(AccountId(row.account_id)).await?;
    if !profile.is_some_and(|profile| proves(&profile, &body.id_tail)) {
        return Err(Error::ProofWrong.into());
    }
    let mut tx = ctx.begin().await?;
    let row = store::occasion::by_number(tx.conn(), ctx.scope(), number).await?;
    let row = row
        .filter(|row| row.level.is_none())
        .ok_or(Error::NotRatable)?;
    expect_alone(&row)?;
    let answer = RatingThanks { level: said.level };
    take(&mut tx, &row, HOTLINE, said)?;
    tx.done("interaction.rating.by_phone", "case", &row.case_number);
    tx.commit(&answer).await?;
    Ok(answer)
}
