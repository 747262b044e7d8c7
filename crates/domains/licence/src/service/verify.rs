//! Verifying: by the code on a licence, or by its number and the last character of its holder's
//! name. What is not ours and what was entered wrongly look the same.

use serde::Deserialize;
use tb_contract::access::LicenceVerify;
use tb_http::Ctx;
use tb_kernel::Fault;
use tb_kernel::identity_number::half_width;
use utoipa::ToSchema;

use crate::app::App;
use crate::error::Error;
use crate::model::code::is_code;
use crate::model::number::as_written;
use crate::view::{VerifyView, verified};
use crate::{sealed, store};

/// Longest number that is looked for.
const MOST_NUMBER: usize = 100;

/// A question by number.
#[derive(Deserialize, ToSchema)]
pub struct AskLicence {
    /// Number or identifier of the licence.
    pub number: String,
    /// Last character of the holder's name.
    pub name_end: String,
}

/// By the code on it.
pub(crate) async fn by_code(
    app: &App,
    ctx: &Ctx<LicenceVerify>,
    code: &str,
) -> Result<VerifyView, Fault> {
    let [by_address, _] = app.verify_limits();
    by_address.check(ctx.address())?;
    if !is_code(code) {
        return Err(Error::NotOurs.into());
    }
    let conn = ctx.read();
    let row = store::licence::by_code(&conn, app.store().sealer(), code).await?;
    let row = row.ok_or(Error::NotOurs)?;
    verified(app, &conn, &row, ctx.now()).await
}

/// By its number and the end of its holder's name.
pub(crate) async fn by_number(
    app: &App,
    ctx: &Ctx<LicenceVerify>,
    asked: &AskLicence,
) -> Result<VerifyView, Fault> {
    let [by_address, by_number] = app.verify_limits();
    by_address.check(ctx.address())?;
    let number: String = asked.number.trim().chars().take(MOST_NUMBER).collect();
    let end = half_width(asked.name_end.trim());
    if number.is_empty() || end.chars().count() != 1 {
        return Err(Error::NoMatch.into());
    }
    by_number.check(&number)?;
    let (conn, sealer) = (ctx.read(), app.store().sealer());
    for written in as_written(&number) {
        for row in store::licence::by_number(&conn, &written).await? {
            let name = sealer.open_text(sealed::HOLDER_NAME, row.id, &row.holder_name)?;
            if half_width(&name).ends_with(&end) {
                return verified(app, &conn, &row, ctx.now()).await;
            }
        }
    }
    // Which of both does not fit is not said: numbers can be guessed.
    Err(Error::NoMatch.into())
}
