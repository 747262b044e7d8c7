//! Handing a request over to another assistant of the same office. Consent names its assistant, so it ends.

use serde::{Deserialize, Serialize};
use tb_contract::access::AssistDesk;
use tb_http::Ctx;
use tb_kernel::{AccountId, Fault};
use utoipa::ToSchema;
use uuid::Uuid;

use super::desk::{finish, said};
use super::over::end_consent;
use super::{mine, note, tell, words};
use crate::app::App;
use crate::error::Error;
use crate::store;
use crate::view::help::HelpView;

/// The role of those who help.
const ROLE: &str = "assistant";

/// Somebody a request can be handed over to.
#[derive(Debug, Serialize, ToSchema)]
pub struct FellowAssistant {
    /// Account.
    #[schema(value_type = Uuid)]
    pub id: AccountId,
    /// Name.
    pub name: String,
}

/// Hands a request over.
#[derive(Debug, Deserialize, ToSchema)]
pub struct HandHelpOver {
    /// Version that the page has.
    pub version: i64,
    /// To whom.
    pub successor_id: Uuid,
    /// What he should know.
    pub words: String,
}

/// The other assistants of the caller's office.
pub(crate) async fn fellows(
    app: &App,
    ctx: &Ctx<AssistDesk>,
) -> Result<Vec<FellowAssistant>, Fault> {
    let Some(office) = &ctx.actor().department else {
        return Ok(Vec::new());
    };
    let all = app.colleagues().of_department(office.id).await?.into_iter();
    let others =
        all.filter(|one| one.id != ctx.actor().id && one.roles.iter().any(|role| role == ROLE));
    Ok(others
        .map(|one| FellowAssistant {
            id: one.id,
            name: one.name,
        })
        .collect())
}

/// Hands a request over: it is the other's from here on, and the applicant is asked anew what he may do.
pub(crate) async fn hand_over(
    app: &App,
    ctx: &Ctx<AssistDesk>,
    id: Uuid,
    body: HandHelpOver,
) -> Result<HelpView, Fault> {
    let fellows = fellows(app, ctx).await?;
    let mut tx = ctx.begin().await?;
    let mut request = mine(&tx, ctx, id, body.version).await?;
    let mut found = fellows.into_iter();
    let next = found.find(|one| one.id.0 == body.successor_id);
    let next = next.ok_or(Error::AssistColleague)?;
    let said = said(&body.words)?;
    if let Some(application) = request.application_id
        && let Some(mut row) = store::application::any_locked(tx.conn(), application).await?
        && end_consent(&tx, &mut row, "handed_over").await?
    {
        store::application::save(tx.conn(), &row).await?;
    }
    note(&tx, id, "handed_over", &ctx.actor().name, &said).await?;
    request.assistant_id = Some(next.id.0);
    request.assistant_name = Some(next.name);
    tell(&tx, &request, "assist_handed_over", &words(&request, "")).await?;
    tx.done("intake.assist.handed_over", "assist_request", id);
    finish(ctx, tx, request).await
}
