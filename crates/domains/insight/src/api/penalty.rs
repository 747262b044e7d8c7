//! `/penalties`: the public register of administrative penalties, and how it is kept.

use std::time::Duration;

use axum::extract::multipart::{MultipartError, MultipartRejection};
use axum::extract::{Multipart, State};
use axum::http::StatusCode;
use tb_contract::access::{PenaltyCheck, PenaltyRead, PenaltyWrite, PublicityRead};
use tb_http::{Ctx, FileAnswer, Json, Path, Query, Result, guard, takes_files};
use tb_kernel::{Fault, Page};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use crate::app::App;
use crate::error::Error;
use crate::service::penalty::act::{self, PenaltyCommand};
use crate::service::penalty::import::{self, PenaltyImport};
use crate::service::penalty::read::{self, ManagedPenalty, PenaltyQuery, PenaltyView};
use crate::service::penalty::write::{self, EditPenalty, EnterPenalty};

/// Largest list.
const MAX_FILE: usize = 4 * 1024 * 1024;
/// How long taking it in may take.
const WORK: Duration = Duration::from_mins(1);

pub(super) fn routes() -> OpenApiRouter<App> {
    let import = takes_files(MAX_FILE, WORK, routes!(import_penalties));
    OpenApiRouter::new()
        .routes(guard::<PublicityRead, _>(routes!(list_penalties)))
        .routes(guard::<PenaltyRead, _>(routes!(list_managed_penalties)))
        .routes(guard::<PenaltyWrite, _>(routes!(enter_penalty)))
        .routes(guard::<PenaltyWrite, _>(routes!(edit_penalty)))
        .routes(guard::<PenaltyCheck, _>(routes!(command_penalty)))
        .routes(guard::<PenaltyWrite, _>(routes!(penalty_template)))
        .routes(guard::<PenaltyWrite, _>(import))
}

/// Penalties on display, the latest decision first.
#[utoipa::path(get, path = "/penalties", params(PenaltyQuery), responses((status = 200, body = Page<PenaltyView>)))]
async fn list_penalties(
    ctx: Ctx<PublicityRead>,
    Query(query): Query<PenaltyQuery>,
) -> Result<Json<Page<PenaltyView>>> {
    Ok(Json(read::published(&ctx, query).await?))
}

/// Penalties within reach in every state.
#[utoipa::path(get, path = "/manage/penalties", params(PenaltyQuery), responses((status = 200, body = Page<ManagedPenalty>)))]
async fn list_managed_penalties(
    ctx: Ctx<PenaltyRead>,
    Query(query): Query<PenaltyQuery>,
) -> Result<Json<Page<ManagedPenalty>>> {
    Ok(Json(read::managed(&ctx, query).await?))
}

/// Enters a penalty; it waits for the second person.
#[utoipa::path(post, path = "/manage/penalties", request_body = EnterPenalty, responses((status = 200, body = ManagedPenalty)))]
async fn enter_penalty(
    State(app): State<App>,
    ctx: Ctx<PenaltyWrite>,
    Json(body): Json<EnterPenalty>,
) -> Result<Json<ManagedPenalty>> {
    Ok(Json(write::enter(&app, &ctx, body).await?))
}

/// Changes a penalty; it waits for the second person anew.
#[utoipa::path(put, path = "/manage/penalties/{id}", params(("id" = Uuid, Path)), request_body = EditPenalty, responses((status = 200, body = ManagedPenalty)))]
async fn edit_penalty(
    State(app): State<App>,
    ctx: Ctx<PenaltyWrite>,
    Path(id): Path<Uuid>,
    Json(body): Json<EditPenalty>,
) -> Result<Json<ManagedPenalty>> {
    Ok(Json(write::edit(&app, &ctx, id, body).await?))
}

/// Publishes, returns, withdraws or ends a penalty.
#[utoipa::path(post, path = "/manage/penalties/{id}/commands", params(("id" = Uuid, Path)), request_body = PenaltyCommand, responses((status = 200, body = ManagedPenalty)))]
async fn command_penalty(
    ctx: Ctx<PenaltyCheck>,
    Path(id): Path<Uuid>,
    Json(body): Json<PenaltyCommand>,
) -> Result<Json<ManagedPenalty>> {
    Ok(Json(act::act(&ctx, id, body).await?))
}

/// The workbook to fill in.
#[utoipa::path(get, path = "/manage/penalty-template", responses((status = 200, body = Vec<u8>, content_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")))]
async fn penalty_template(ctx: Ctx<PenaltyWrite>) -> Result<FileAnswer> {
    Ok(FileAnswer {
        name: "penalties.xlsx".to_owned(),
        media_type: tb_sheet::MEDIA_TYPE.to_owned(),
        content: import::template(&ctx).await?.into(),
    })
}

/// The parts of the form.
#[derive(Debug, ToSchema)]
#[expect(
    dead_code,
    reason = "only the OpenAPI document reads it; the parts are read one by one"
)]
struct PenaltyForm {
    /// CSV, or a workbook.
    #[schema(value_type = String, format = Binary)]
    file: Vec<u8>,
    /// `true`: only report what would happen.
    dry_run: Option<bool>,
}

/// Takes a list in: all of its rows or none.
#[utoipa::path(post, path = "/manage/penalty-imports", request_body(content = PenaltyForm, content_type = "multipart/form-data"), responses((status = 200, body = PenaltyImport)))]
async fn import_penalties(
    State(app): State<App>,
    ctx: Ctx<PenaltyWrite>,
    multipart: std::result::Result<Multipart, MultipartRejection>,
) -> Result<Json<PenaltyImport>> {
    let mut parts = multipart.map_err(|_| Error::SheetUnreadable)?;
    let (mut file, mut dry_run) = (None, false);
    while let Some(part) = parts.next_field().await.map_err(|error| broken(&error))? {
        match part.name().unwrap_or_default() {
            "file" => file = Some(part.bytes().await.map_err(|error| broken(&error))?.to_vec()),
            "dry_run" => {
                dry_run = part.text().await.map_err(|error| broken(&error))? == "true";
            }
            _ => {}
        }
    }
    let file = file.ok_or(Error::SheetUnreadable)?;
    Ok(Json(
        Box::pin(import::import(&app, &ctx, file, dry_run)).await?,
    ))
}

fn broken(error: &MultipartError) -> Fault {
    if error.status() == StatusCode::PAYLOAD_TOO_LARGE {
        return Error::FileTooLarge {
            max: "4 MiB".to_owned(),
        }
        .into();
    }
    Error::SheetUnreadable.into()
}
