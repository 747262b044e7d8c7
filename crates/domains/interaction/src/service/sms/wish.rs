//! Which short messages somebody wishes: a setting of his own.

use serde::{Deserialize, Serialize};
use tb_contract::access::SmsWish;
use tb_http::Ctx;
use tb_kernel::Fault;
use utoipa::ToSchema;

use crate::app::App;
use crate::store;
use crate::store::sms::Wishes;

/// What one wishes.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct SmsWishes {
    /// Who sends them; none where no operator is connected, and none go out.
    pub operator: Option<String>,
    /// What one has to know or do: 预审通过, 补正, 不予受理.
    pub progress: bool,
    /// That a decision was made.
    pub result: bool,
    /// That one may rate.
    pub rating: bool,
}

/// The same, as it is to be.
#[derive(Debug, Deserialize, ToSchema)]
pub struct WishSms {
    /// What one has to know or do: 预审通过, 补正, 不予受理.
    pub progress: bool,
    /// That a decision was made.
    pub result: bool,
    /// That one may rate.
    pub rating: bool,
}

/// What the caller wishes.
pub(crate) async fn read(app: &App, ctx: &Ctx<SmsWish>) -> Result<SmsWishes, Fault> {
    let wishes = store::sms::wishes(&ctx.read(), ctx.actor().id.0).await?;
    Ok(shown(app, wishes))
}

/// Keeps what the caller wishes.
pub(crate) async fn write(
    app: &App,
    ctx: &Ctx<SmsWish>,
    body: WishSms,
) -> Result<SmsWishes, Fault> {
    let mut tx = ctx.begin().await?;
    let wishes = Wishes {
        progress: body.progress,
        result: body.result,
        rating: body.rating,
    };
    let account = ctx.actor().id;
    store::sms::wish(&tx, account.0, wishes).await?;
    tx.done("interaction.sms.wished", "account", account);
    let answer = shown(app, wishes);
    tx.commit(&answer).await?;
    Ok(answer)
}

fn shown(app: &App, wishes: Wishes) -> SmsWishes {
    SmsWishes {
        operator: app.operator().map(|one| one.name.clone()),
        progress: wishes.progress,
        result: wishes.result,
        rating: wishes.rating,
    }
}
