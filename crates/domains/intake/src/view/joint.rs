//! A joint matter as the applicant sees it: of the whole its applications, of one of them the whole.

use chrono::NaiveDate;
use serde::Serialize;
use tb_contract::events::PaperRef;
use tb_http::Ctx;
use tb_kernel::{ApplicationId, Fault};
use tb_storage::Conn;
use utoipa::ToSchema;

use super::result::{ApplicationResult, results};
use super::speaker;
use crate::model::State;
use crate::sealed;
use crate::sentence::{Sentence, needs_action, next_action, standing};
use crate::service::counter::rows;
use crate::service::joint::{answers, plan};
use crate::store;
use crate::store::application::Application;

/// One item of a joint matter that was handed in.
#[derive(Debug, Serialize, ToSchema)]
pub struct JointPartView {
    /// Its own application.
    pub id: ApplicationId,
    /// Its case number.
    pub case_number: String,
    /// Item.
    pub item_name: String,
    /// Department.
    pub department_name: String,
    /// State.
    pub state: State,
    /// Where it stands.
    pub standing: Sentence,
    /// What to do next.
    pub next_action: Sentence,
    /// Whether it is the applicant's turn.
    pub needs_action: bool,
    /// Withdrawal asked for.
    pub withdrawal_pending: bool,
    /// `granted` or `denied`.
    pub result: Option<String>,
    /// Promised due date.
    pub promised_due: Option<NaiveDate>,
    /// Names of the items that must be granted first.
    pub after: Vec<String>,
    /// Papers of its department; each opens at its own application.
    pub papers: Vec<PaperRef>,
    /// What its department attached as the result; each opens at its own application.
    pub results: Vec<ApplicationResult>,
}

/// The joint matter that an application belongs to.
#[derive(Debug, Serialize, ToSchema)]
pub struct JointHome {
    /// Application of the whole.
    pub id: ApplicationId,
    /// Its number.
    pub number: String,
    /// Its name.
    pub name: String,
}

/// The applications of a whole; none before it is handed in, and none of an ordinary one.
pub(super) async fn parts<P>(
    ctx: &Ctx<P>,
    conn: &Conn,
    row: &Application,
) -> Result<Vec<JointPartView>, Fault> {
    if row.joint_plan.is_none() || row.number.is_none() {
        return Ok(Vec::new());
    }
    let copy = store::joint::version(conn, &row.item_code, row.item_version).await?;
    let matter: Option<tb_contract::joint::JointItem> = copy
        .map(|copy| serde_json::from_str(&copy.document))
        .transpose()
        .map_err(Fault::internal)?;
    let mut children = store::joint::children(conn, row.id).await?;
    children.sort_by_key(|child| {
        let members = matter.iter().flat_map(|matter| &matter.members);
        members
            .into_iter()
            .position(|member| member.item_code == child.item_code)
    });
    let given = answers(row)?;
    let after = |child: &Application| -> Vec<String> {
        let Some(matter) = &matter else {
            return Vec::new();
        };
        let members = matter.members_for(&given);
        let own = members.iter().find(|one| one.item_code == child.item_code);
        let keys = own.iter().flat_map(|own| &own.after);
        let codes = keys.filter_map(|key| members.iter().find(|one| one.key == *key));
        codes
            .filter_map(|one| {
                children
                    .iter()
                    .find(|child| child.item_code == one.item_code)
            })
            .map(|child| child.item_name.clone())
            .collect()
    };
    let mut views = Vec::with_capacity(children.len());
    for child in &children {
        views.push(part(ctx, conn, child, after(child)).await?);
    }
    Ok(views)
}

async fn part<P>(
    ctx: &Ctx<P>,
    conn: &Conn,
    row: &Application,
    after: Vec<String>,
) -> Result<JointPartView, Fault> {
    let speaker = speaker(ctx);
    let state = sealed::state(row)?;
    let (key, words) = standing(state, row);
    let (next, next_words) = next_action(state, row);
    Ok(JointPartView {
        id: ApplicationId(row.id),
        case_number: row.number.clone().unwrap_or_default(),
        item_name: row.item_name.clone(),
        department_name: row.department_name.clone(),
        state,
        standing: speaker.say(key, words),
        next_action: speaker.say(next, next_words),
        needs_action: needs_action(state, row),
        withdrawal_pending: row.withdrawal_pending,
        result: row.result.clone(),
        promised_due: row.promised_due,
        after,
        papers: sealed::papers(ctx.store().sealer(), row)?,
        results: results(ctx.store().sealer(), conn, row, state).await?,
    })
}

/// The whole that an application belongs to.
pub(super) async fn home<P>(
    ctx: &Ctx<P>,
    conn: &Conn,
    row: &Application,
) -> Result<Option<JointHome>, Fault> {
    let Some(id) = row.joint_id else {
        return Ok(None);
    };
    let whole = store::application::find(conn, &rows(ctx), id).await?;
    Ok(whole.map(|whole| JointHome {
        id: ApplicationId(whole.id),
        number: whole.number.unwrap_or_default(),
        name: whole.item_name,
    }))
}

/// Counts of a whole, for its sentence.
pub(crate) fn counts(row: &Application) -> Option<crate::model::joint::Progress> {
    plan(row).ok().flatten().map(|plan| plan.progress)
}
