//! `/tasks`: rectifications of poor ratings, as staff handle them.

use std::collections::BTreeMap;

use axum::extract::State;
use serde::Deserialize;
use tb_contract::access::{
    AppealDecide, Permission, RectificationCallBack, RectificationHandle, RectificationRead,
};
use tb_http::{Ctx, Json, Path, Query, Result, guard};
use tb_kernel::{Page, RectificationId};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::app::App;
use crate::error::Error;
use crate::model::task::{Command, GROUNDS, WAYS};
use crate::service::act::{Act, act, optional, required};
use crate::service::read::{self, TaskQuery, TaskRow, TaskView};
use crate::service::record::Detail;

/// A first contact, or the attempt.
#[derive(Debug, Deserialize, ToSchema)]
struct RecordContact {
    /// Version seen.
    version: i64,
    /// `phone`, `visit` or `message`.
    way: String,
    /// Whether the citizen was reached.
    reached: bool,
    /// What was said.
    #[serde(default)]
    words: String,
}

/// A rectification.
#[derive(Debug, Deserialize, ToSchema)]
struct RecordRectification {
    /// Version seen.
    version: i64,
    /// What was found.
    findings: String,
    /// What was done.
    measures: String,
    /// What came of it, for the citizen.
    result: String,
}

/// A call-back.
#[derive(Debug, Deserialize, ToSchema)]
struct RecordCallBack {
    /// Version seen.
    version: i64,
    /// How satisfied he is now, 5 to 1; none where he was not reached.
    level: Option<u8>,
    /// What he said.
    #[serde(default)]
    words: String,
}

/// The wish that a rating does not count.
#[derive(Debug, Deserialize, ToSchema)]
struct AskAppeal {
    /// Version seen.
    version: i64,
    /// `malicious`, `wrong_object`, `mistaken` or `not_service`.
    ground: String,
    /// Why.
    words: String,
}

/// The decision on it.
#[derive(Debug, Deserialize, ToSchema)]
struct DecideAppeal {
    /// Version seen.
    version: i64,
    /// Whether the rating is taken out of the count.
    upheld: bool,
    /// Why; the citizen reads it where the rating does not count.
    words: String,
}

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(guard::<RectificationRead, _>(routes!(list_tasks)))
        .routes(guard::<RectificationRead, _>(routes!(count_tasks)))
        .routes(guard::<RectificationRead, _>(routes!(show_task)))
        .routes(guard::<RectificationHandle, _>(routes!(record_contact)))
        .routes(guard::<RectificationHandle, _>(routes!(
            record_rectification
        )))
        .routes(guard::<RectificationCallBack, _>(routes!(record_call_back)))
        .routes(guard::<RectificationHandle, _>(routes!(ask_appeal)))
        .routes(guard::<AppealDecide, _>(routes!(decide_appeal)))
}

/// Rectifications within reach, the most urgent first.
#[utoipa::path(get, path = "/tasks", params(TaskQuery), responses((status = 200, body = Page<TaskRow>)))]
async fn list_tasks(
    ctx: Ctx<RectificationRead>,
    Query(query): Query<TaskQuery>,
) -> Result<Json<Page<TaskRow>>> {
    Ok(Json(read::list(&ctx, query).await?))
}

/// How many there are by state, light and with an appeal.
#[utoipa::path(get, path = "/task-counts", responses((status = 200, body = BTreeMap<String, i64>)))]
async fn count_tasks(ctx: Ctx<RectificationRead>) -> Result<Json<BTreeMap<String, i64>>> {
    Ok(Json(read::counts(&ctx).await?))
}

/// One rectification with everything for its page.
#[utoipa::path(get, path = "/tasks/{id}", params(("id" = RectificationId, Path)), responses((status = 200, body = TaskView)))]
async fn show_task(
    State(app): State<App>,
    ctx: Ctx<RectificationRead>,
    Path(id): Path<RectificationId>,
) -> Result<Json<TaskView>> {
    Ok(Json(read::show(&app, &ctx, id).await?))
}

/// Records that somebody got in touch, or tried to.
#[utoipa::path(post, path = "/tasks/{id}/contact", params(("id" = RectificationId, Path)), request_body = RecordContact, responses((status = 200, body = TaskView)))]
async fn record_contact(
    State(app): State<App>,
    ctx: Ctx<RectificationHandle>,
    Path(id): Path<RectificationId>,
    Json(body): Json<RecordContact>,
) -> Result<Json<TaskView>> {
    let detail = Detail {
        way: one_of(&body.way, &WAYS, "way")?,
        reached: Some(body.reached),
        words: optional(&body.words)?,
        ..Detail::default()
    };
    let command = Command::Contact {
        reached: body.reached,
    };
    done(&app, &ctx, id, body.version, command, "contacted", detail).await
}

/// Records findings, measures and result.
#[utoipa::path(post, path = "/tasks/{id}/rectify", params(("id" = RectificationId, Path)), request_body = RecordRectification, responses((status = 200, body = TaskView)))]
async fn record_rectification(
    State(app): State<App>,
    ctx: Ctx<RectificationHandle>,
    Path(id): Path<RectificationId>,
    Json(body): Json<RecordRectification>,
) -> Result<Json<TaskView>> {
    let detail = Detail {
        findings: required(&body.findings, "findings")?,
        measures: required(&body.measures, "measures")?,
        result: required(&body.result, "result")?,
        ..Detail::default()
    };
    let command = Command::Rectify;
    done(&app, &ctx, id, body.version, command, "rectified", detail).await
}

/// Records a call-back, by somebody else than the handler.
#[utoipa::path(post, path = "/tasks/{id}/call-back", params(("id" = RectificationId, Path)), request_body = RecordCallBack, responses((status = 200, body = TaskView)))]
async fn record_call_back(
    State(app): State<App>,
    ctx: Ctx<RectificationCallBack>,
    Path(id): Path<RectificationId>,
    Json(body): Json<RecordCallBack>,
) -> Result<Json<TaskView>> {
    if body.level.is_some_and(|level| !(1..=5).contains(&level)) {
        return Err(tb_kernel::Fault::from(Error::LevelAstray).into());
    }
    let detail = Detail {
        way: "phone".to_owned(),
        reached: Some(body.level.is_some()),
        level: body.level,
        words: optional(&body.words)?,
        ..Detail::default()
    };
    let command = Command::CallBack { level: body.level };
    done(&app, &ctx, id, body.version, command, "called_back", detail).await
}

/// Asks that the rating does not count.
#[utoipa::path(post, path = "/tasks/{id}/appeal", params(("id" = RectificationId, Path)), request_body = AskAppeal, responses((status = 200, body = TaskView)))]
async fn ask_appeal(
    State(app): State<App>,
    ctx: Ctx<RectificationHandle>,
    Path(id): Path<RectificationId>,
    Json(body): Json<AskAppeal>,
) -> Result<Json<TaskView>> {
    let detail = Detail {
        ground: one_of(&body.ground, &GROUNDS, "ground")?,
        words: required(&body.words, "words")?,
        ..Detail::default()
    };
    let command = Command::Appeal;
    done(&app, &ctx, id, body.version, command, "appealed", detail).await
}

/// Decides whether the rating counts; by another organisation than the one rated.
#[utoipa::path(post, path = "/tasks/{id}/decide-appeal", params(("id" = RectificationId, Path)), request_body = DecideAppeal, responses((status = 200, body = TaskView)))]
async fn decide_appeal(
    State(app): State<App>,
    ctx: Ctx<AppealDecide>,
    Path(id): Path<RectificationId>,
    Json(body): Json<DecideAppeal>,
) -> Result<Json<TaskView>> {
    let detail = Detail {
        upheld: Some(body.upheld),
        words: required(&body.words, "words")?,
        ..Detail::default()
    };
    let command = Command::DecideAppeal {
        upheld: body.upheld,
    };
    done(
        &app,
        &ctx,
        id,
        body.version,
        command,
        "appeal_decided",
        detail,
    )
    .await
}

/// Does it, and answers with the page.
async fn done<P: Permission>(
    app: &App,
    ctx: &Ctx<P>,
    id: RectificationId,
    version: i64,
    command: Command,
    kind: &'static str,
    detail: Detail,
) -> Result<Json<TaskView>> {
    let what = Act {
        command,
        kind,
        detail,
    };
    Ok(Json(act(app, ctx, id, version, what).await?))
}

fn one_of(word: &str, known: &[&str], name: &str) -> std::result::Result<String, tb_kernel::Fault> {
    if known.contains(&word) {
        return Ok(word.to_owned());
    }
    let name = name.to_owned();
    Err(Error::UnknownWord { name }.into())
}
