//! Labels of a department, and which case bears which.

use axum::extract::State;
use serde::{Deserialize, Serialize};
use tb_contract::access::{CaseRead, LabelUse, LabelWrite};
use tb_http::{Ctx, Json, Path, guard};
use tb_kernel::CaseId;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use crate::app::App;
use crate::entity::label;
use crate::model::label::Tone;
use crate::model::words::Word;
use crate::service;

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(guard::<CaseRead, _>(routes!(list_labels)))
        .routes(guard::<LabelWrite, _>(routes!(make_label)))
        .routes(guard::<LabelWrite, _>(routes!(change_label)))
        .routes(guard::<LabelWrite, _>(routes!(remove_label)))
        .routes(guard::<CaseRead, _>(routes!(labels_of_case)))
        .routes(guard::<LabelUse, _>(routes!(label_case)))
}

/// A new label.
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct NewLabel {
    /// Name, unique in the department.
    pub name: String,
    /// Colour.
    pub tone: Tone,
}

/// A label as it is to be.
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct ChangedLabel {
    /// Version that the caller has seen.
    pub version: i64,
    /// Name.
    pub name: String,
    /// Colour.
    pub tone: Tone,
}

/// A label to be removed.
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct RemovedLabel {
    /// Version that the caller has seen.
    pub version: i64,
}

/// Labels to put on a case and to take off it.
#[derive(Debug, Default, Deserialize, ToSchema)]
pub(crate) struct LabelCase {
    /// To put on.
    #[serde(default)]
    pub put: Vec<Uuid>,
    /// To take off.
    #[serde(default)]
    pub off: Vec<Uuid>,
}

/// A label.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct LabelView {
    /// Id.
    pub id: Uuid,
    /// Name.
    pub name: String,
    /// Colour.
    pub tone: Tone,
    /// Version: a change names it.
    pub version: i64,
}

impl From<label::Model> for LabelView {
    fn from(row: label::Model) -> Self {
        Self {
            id: row.id,
            tone: Tone::parse(&row.tone).unwrap_or(Tone::Grey),
            name: row.name,
            version: row.version,
        }
    }
}

/// The labels of the caller's department.
#[utoipa::path(get, path = "/labels", responses((status = 200, body = Vec<LabelView>)))]
async fn list_labels(ctx: Ctx<CaseRead>) -> tb_http::Result<Json<Vec<LabelView>>> {
    Ok(Json(service::label::list(&ctx).await?))
}

/// Makes a label.
#[utoipa::path(post, path = "/labels", request_body = NewLabel, responses((status = 200, body = LabelView)))]
async fn make_label(
    ctx: Ctx<LabelWrite>,
    Json(body): Json<NewLabel>,
) -> tb_http::Result<Json<LabelView>> {
    Ok(Json(service::label::make(&ctx, body).await?))
}

/// Changes name and colour of a label.
#[utoipa::path(put, path = "/labels/{id}", params(("id" = Uuid, Path)), request_body = ChangedLabel, responses((status = 200, body = LabelView)))]
async fn change_label(
    ctx: Ctx<LabelWrite>,
    Path(id): Path<Uuid>,
    Json(body): Json<ChangedLabel>,
) -> tb_http::Result<Json<LabelView>> {
    Ok(Json(service::label::change(&ctx, id, body).await?))
}

/// Removes a label; the cases that bore it lose it.
#[utoipa::path(post, path = "/labels/{id}/remove", params(("id" = Uuid, Path)), request_body = RemovedLabel, responses((status = 200)))]
async fn remove_label(
    ctx: Ctx<LabelWrite>,
    Path(id): Path<Uuid>,
    Json(body): Json<RemovedLabel>,
) -> tb_http::Result<Json<()>> {
    Ok(Json(service::label::remove(&ctx, id, body.version).await?))
}

/// The labels of a case.
#[utoipa::path(get, path = "/cases/{id}/labels", params(("id" = CaseId, Path)), responses((status = 200, body = Vec<LabelView>)))]
async fn labels_of_case(
    ctx: Ctx<CaseRead>,
    Path(id): Path<CaseId>,
) -> tb_http::Result<Json<Vec<LabelView>>> {
    Ok(Json(service::label::of_case(&ctx, id.0).await?))
}

/// Puts labels on a case and takes others off; answers with all that it bears then.
#[utoipa::path(post, path = "/cases/{id}/labels", params(("id" = CaseId, Path)), request_body = LabelCase, responses((status = 200, body = Vec<LabelView>)))]
async fn label_case(
    State(app): State<App>,
    ctx: Ctx<LabelUse>,
    Path(id): Path<CaseId>,
    Json(body): Json<LabelCase>,
) -> tb_http::Result<Json<Vec<LabelView>>> {
    Ok(Json(service::label::put(&app, &ctx, id.0, body).await?))
}
