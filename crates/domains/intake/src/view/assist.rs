//! Help with a draft, as its page shows it: who helps, what he may do, and what he has filled in.

use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;
use serde_json::Value;
use tb_contract::item::SituationAnswers;
use tb_kernel::{Fault, office_time};
use tb_storage::{Conn, Sealer};
use utoipa::ToSchema;
use uuid::Uuid;

use super::ApplicationView;
use crate::model::State;
use crate::model::assist::{AssistMay, AssistState};
use crate::sealed;
use crate::service::assist::state;
use crate::service::assist::trace::{Now, opened};
use crate::service::joint::answers;
use crate::store;
use crate::store::application::Application;

/// Help with a draft.
#[derive(Debug, Serialize, ToSchema)]
pub struct ApplicationAssist {
    /// The request that is under way; none where it is over and something filled in is left.
    pub request_id: Option<Uuid>,
    /// How far it is.
    pub state: Option<AssistState>,
    /// The assistant who has it.
    pub assistant: Option<String>,
    /// What the applicant lets him do; none: nothing.
    pub may: Option<AssistMay>,
    /// His last day.
    pub until_on: Option<NaiveDate>,
    /// Whether the caller is that assistant.
    pub mine: bool,
    /// What assistants have filled in and is as they left it.
    pub changes: Vec<AssistChange>,
}

/// A place that an assistant has filled in.
#[derive(Debug, Serialize, ToSchema)]
pub struct AssistChange {
    /// `/form/…`, `/situation_answers/{question}` or `/materials/{requirement}` (names of files).
    pub path: String,
    /// What stood there before; none: nothing.
    pub before: Option<Value>,
    /// What he put there; none: nothing.
    pub after: Option<Value>,
    /// Who.
    pub by: String,
    /// When.
    pub at: DateTime<Utc>,
    /// Whether the applicant has looked at it.
    pub checked: bool,
}

/// Help with a draft; none where nobody was asked for any.
pub(super) async fn assist(
    (sealer, conn): (&Sealer, &Conn),
    row: &Application,
    now: DateTime<Utc>,
) -> Result<Option<ApplicationAssist>, Fault> {
    if sealed::state(row)? != State::Draft || row.account_id.is_nil() {
        return Ok(None);
    }
    let request = match store::assist::of_draft(conn, row.id).await? {
        Some(found) => Some(found),
        None => store::assist::of_item(conn, row.account_id, &row.item_code).await?,
    };
    let changes = changes((sealer, conn), row).await?;
    if request.is_none() && changes.is_empty() {
        return Ok(None);
    }
    let today = office_time::day(now);
    let in_force = row.assist_until.is_some_and(|last| last >= today);
    let may = row.assist_may.as_deref().and_then(AssistMay::parse);
    Ok(Some(ApplicationAssist {
        request_id: request.as_ref().map(|one| one.id),
        state: request.as_ref().map(state),
        assistant: request.and_then(|one| one.assistant_name),
        may: may.filter(|_| in_force),
        until_on: row.assist_until.filter(|_| in_force),
        mine: false,
        changes,
    }))
}

/// What an assistant sees of a draft: what he fills in. Promises, signatures, delivery and the applicant's
/// licences are not his to choose.
pub(super) fn to_assistant(view: ApplicationView) -> ApplicationView {
    let materials = view.materials.into_iter().map(|mut one| {
        one.requirement.licence_types.clear();
        one.deferral = None;
        one
    });
    ApplicationView {
        materials: materials.collect(),
        assist: view.assist.map(|assist| ApplicationAssist {
            mine: true,
            ..assist
        }),
        commitment: None,
        signing: None,
        delivery: None,
        ..view
    }
}

async fn changes(
    (sealer, conn): (&Sealer, &Conn),
    row: &Application,
) -> Result<Vec<AssistChange>, Fault> {
    let kept = store::assist::changes(conn, row.id).await?;
    if kept.is_empty() {
        return Ok(Vec::new());
    }
    let form = sealed::form(sealer, row)?;
    let situation: SituationAnswers = answers(row)?;
    let materials = store::material::all(conn, row.id).await?;
    let now = Now {
        form: &form,
        situation: &situation,
        materials: &materials,
    };
    let mut shown = Vec::with_capacity(kept.len());
    for one in kept {
        let change = opened(sealer, &one)?;
        if now.holds(sealer, &change)? {
            shown.push(AssistChange {
                path: change.path,
                before: change.before,
                after: change.after,
                by: one.by_name,
                at: one.at,
                checked: one.checked_at.is_some(),
            });
        }
    }
    Ok(shown)
}
