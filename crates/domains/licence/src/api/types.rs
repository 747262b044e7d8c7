//! Types of licences, for administrators.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use tb_contract::access::LicenceTypeWrite;
use tb_http::{Ctx, Json, Path, Query, Result, guard};
use tb_kernel::{Page, PageRequest};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::app::App;
use crate::model::document::TypeDocument;
use crate::service::types;

/// What a list of types is narrowed to.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct TypeQuery {
    /// `next_cursor` of the page before.
    pub cursor: Option<String>,
    /// Rows wanted, 1 to 100; 20 by default.
    pub limit: Option<u32>,
}

/// A type in its newest version.
#[derive(Debug, Serialize, ToSchema)]
pub struct TypeView {
    /// 证照类型代码.
    pub code: String,
    /// Version, to be sent back with a change.
    pub version: i64,
    /// Template.
    pub document: TypeDocument,
    /// When it was saved.
    pub saved_at: DateTime<Utc>,
    /// By whom.
    pub saved_by: String,
}

/// A type in one version.
#[derive(Debug, Serialize, ToSchema)]
pub struct TypeVersionView {
    /// Version.
    pub version: i64,
    /// Template.
    pub document: TypeDocument,
    /// When it was saved.
    pub saved_at: DateTime<Utc>,
    /// By whom.
    pub saved_by: String,
}

/// A new type.
#[derive(Debug, Deserialize, ToSchema)]
pub struct NewType {
    /// 证照类型代码; it never changes.
    pub code: String,
    /// Template.
    pub document: TypeDocument,
}

/// A changed type.
#[derive(Debug, Deserialize, ToSchema)]
pub struct SaveType {
    /// Version that was read.
    pub version: i64,
    /// Template.
    pub document: TypeDocument,
}

/// Types by code.
#[utoipa::path(get, path = "/types", params(TypeQuery), responses((status = 200, body = Page<TypeView>)))]
async fn list_licence_types(
    ctx: Ctx<LicenceTypeWrite>,
    Query(query): Query<TypeQuery>,
) -> Result<Json<Page<TypeView>>> {
    let request = PageRequest {
        cursor: query.cursor,
        limit: query.limit,
    };
    Ok(Json(types::list(&ctx, request).await?))
}

/// The versions of a type, the newest first.
#[utoipa::path(get, path = "/types/{code}/versions", params(("code" = String, Path)), responses((status = 200, body = Vec<TypeVersionView>)))]
async fn list_licence_type_versions(
    ctx: Ctx<LicenceTypeWrite>,
    Path(code): Path<String>,
) -> Result<Json<Vec<TypeVersionView>>> {
    Ok(Json(types::versions(&ctx, &code).await?))
}

/// Creates a type.
#[utoipa::path(post, path = "/types", request_body = NewType, responses((status = 200, body = TypeView)))]
async fn create_licence_type(
    ctx: Ctx<LicenceTypeWrite>,
    Json(body): Json<NewType>,
) -> Result<Json<TypeView>> {
    Ok(Json(types::create(&ctx, body).await?))
}

/// Changes a type; every change is a new version.
#[utoipa::path(put, path = "/types/{code}", params(("code" = String, Path)), request_body = SaveType, responses((status = 200, body = TypeView)))]
async fn save_licence_type(
    ctx: Ctx<LicenceTypeWrite>,
    Path(code): Path<String>,
    Json(body): Json<SaveType>,
) -> Result<Json<TypeView>> {
    Ok(Json(types::save(&ctx, &code, body).await?))
}

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(guard::<LicenceTypeWrite, _>(routes!(list_licence_types)))
        .routes(guard::<LicenceTypeWrite, _>(routes!(
            list_licence_type_versions
        )))
        .routes(guard::<LicenceTypeWrite, _>(routes!(create_licence_type)))
        .routes(guard::<LicenceTypeWrite, _>(routes!(save_licence_type)))
}
