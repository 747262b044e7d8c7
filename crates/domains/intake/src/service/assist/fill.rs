//! The door of an assistant to a draft: he has its request, and the applicant's consent is in force. Behind it
//! stand the same use-cases as the applicant's own; handing in and signing have no door here.

use tb_contract::access::AssistFill;
use tb_http::Ctx;
use tb_kernel::{ApplicationId, Fault, office_time};

use crate::error::Error;
use crate::model::assist::AssistMay;
use crate::store;
use crate::store::application::Application;

/// What a call needs to be allowed to.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Needs {
    /// To look.
    Look,
    /// To fill in.
    Fill,
}

/// Refuses whoever has nothing to do with a draft as if there were none, and the assistant who has its request
/// as long as he lacks consent. What happens in a transaction is looked at there again, on the row itself.
pub(crate) async fn expect_consent(
    ctx: &Ctx<AssistFill>,
    id: ApplicationId,
    needs: Needs,
) -> Result<(), Fault> {
    let conn = ctx.read();
    let request = store::assist::of_draft(&conn, id.0).await?;
    let is_his = request.is_some_and(|one| one.assistant_id == Some(ctx.actor().id.0));
    if !is_his {
        return Err(Error::ApplicationNotFound.into());
    }
    let row = store::application::of_ids(&conn, vec![id.0]).await?.pop();
    let row = row.ok_or(Error::ApplicationNotFound)?;
    let today = office_time::day(ctx.now());
    let in_force = row.assistant_id == Some(ctx.actor().id.0)
        && row.assist_until.is_some_and(|last| last >= today);
    if !in_force {
        return Err(Error::AssistNoConsent.into());
    }
    if needs == Needs::Fill {
        expect_fills(&row, ctx.actor().id.0)?;
    }
    Ok(())
}

/// Refuses an assistant who may only look; everybody else passes.
pub(crate) fn expect_fills(row: &Application, account: uuid::Uuid) -> Result<(), Error> {
    let may = row.assist_may.as_deref().and_then(AssistMay::parse);
    if row.assistant_id == Some(account) && may != Some(AssistMay::Fill) {
        Err(Error::AssistLookOnly)
    } else {
        Ok(())
    }
}
