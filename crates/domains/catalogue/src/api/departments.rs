//! Departments.

use axum::extract::State;
use serde::{Deserialize, Serialize};
use tb_contract::access::{DepartmentWrite, ItemBrowse};
use tb_http::{Ctx, Json, Path, Query, Result, guard};
use tb_kernel::{DepartmentId, Page, Region};
use tb_search::initials_of;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::catalogue::Catalogue;
use crate::entity::department;
use crate::model::DepartmentKind;
use crate::service::save_department;

/// What a list of departments is narrowed to.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct DepartmentQuery {
    /// Division code: its departments and those of all that lies in it.
    pub region: Option<Region>,
    /// A part of the name.
    pub q: Option<String>,
    /// `next_cursor` of the page before.
    pub cursor: Option<String>,
    /// Rows wanted, 1 to 100; 20 by default.
    pub limit: Option<u32>,
}

/// A department.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct DepartmentView {
    /// Id.
    pub id: DepartmentId,
    /// Credit code, or an external code.
    pub code: String,
    /// Name.
    pub name: String,
    /// Name in short.
    pub short_name: String,
    /// The letters by which each character of the name can be typed in pinyin.
    pub initials: Vec<String>,
    /// Organ or centre.
    pub kind: DepartmentKind,
    /// Region of responsibility.
    pub region: String,
    /// Telephone.
    pub phone: String,
    /// Address.
    pub address: String,
    /// Whether cases are handled here.
    pub enabled: bool,
    /// Sample data.
    pub sample: bool,
    /// Codes in other systems.
    pub external_codes: Vec<String>,
    /// Names under which lists know it.
    pub import_names: Vec<String>,
    /// Version of the row, to be sent back with a change.
    pub version: i64,
    /// Items it offers.
    pub items: u64,
}

/// What can be said of a department.
#[derive(Debug, Deserialize, ToSchema)]
pub struct DepartmentFields {
    /// Name.
    pub name: String,
    /// Name in short; the name where empty.
    #[serde(default)]
    pub short_name: String,
    /// Organ or centre.
    #[serde(default)]
    pub kind: DepartmentKind,
    /// Region of responsibility.
    pub region: Region,
    /// Telephone.
    #[serde(default)]
    pub phone: String,
    /// Address.
    #[serde(default)]
    pub address: String,
    /// Whether cases are handled here.
    #[serde(default)]
    pub enabled: bool,
    /// Sample data.
    #[serde(default)]
    pub sample: bool,
    /// Codes in other systems.
    #[serde(default)]
    pub external_codes: Vec<String>,
    /// Names under which lists know it.
    #[serde(default)]
    pub import_names: Vec<String>,
}

/// A new department.
#[derive(Debug, Deserialize, ToSchema)]
pub struct NewDepartment {
    /// Credit code: it becomes the name of the department's topics and never changes.
    pub code: String,
    /// All else.
    #[serde(flatten)]
    pub department: DepartmentFields,
}

/// A changed department.
#[derive(Debug, Deserialize, ToSchema)]
pub struct SaveDepartment {
    /// Version of the row that was read.
    pub version: i64,
    /// What it is to say.
    #[serde(flatten)]
    pub department: DepartmentFields,
}

impl DepartmentView {
    pub(crate) fn of(row: &department::Model, items: u64) -> Self {
        // Lists that we wrote ourselves; a broken one shows as empty rather than hiding the row.
        let list = |json: &str| serde_json::from_str(json).unwrap_or_default();
        Self {
            id: row.id.into(),
            code: row.code.clone(),
            name: row.name.clone(),
            short_name: row.short_name.clone(),
            initials: initials_of(&row.name),
            kind: DepartmentKind::from_word(&row.kind),
            region: row.region.clone(),
            phone: row.phone.clone(),
            address: row.address.clone(),
            enabled: row.enabled,
            sample: row.sample,
            external_codes: list(&row.external_codes),
            import_names: list(&row.import_names),
            version: row.version,
            items,
        }
    }
}

/// Lists departments.
#[utoipa::path(get, path = "/departments", params(DepartmentQuery),
    responses((status = 200, body = Page<DepartmentView>)))]
async fn list_departments(
    State(catalogue): State<Catalogue>,
    Query(query): Query<DepartmentQuery>,
) -> Result<Json<Page<DepartmentView>>> {
    Ok(Json(
        save_department::list_departments(&catalogue, query).await?,
    ))
}

/// Creates a department.
#[utoipa::path(post, path = "/manage/departments", request_body = NewDepartment,
    responses((status = 200, body = DepartmentView)))]
async fn create_department(
    ctx: Ctx<DepartmentWrite>,
    Json(body): Json<NewDepartment>,
) -> Result<Json<DepartmentView>> {
    Ok(Json(
        save_department::create_department(&ctx, body.code, body.department).await?,
    ))
}

/// Changes a department.
#[utoipa::path(put, path = "/manage/departments/{code}", params(("code" = String, Path)),
    request_body = SaveDepartment, responses((status = 200, body = DepartmentView)))]
async fn save_department(
    ctx: Ctx<DepartmentWrite>,
    Path(code): Path<String>,
    Json(body): Json<SaveDepartment>,
) -> Result<Json<DepartmentView>> {
    Ok(Json(
        save_department::save_department(&ctx, &code, body).await?,
    ))
}

pub(super) fn routes() -> OpenApiRouter<Catalogue> {
    OpenApiRouter::new()
        .routes(guard::<ItemBrowse, _>(routes!(list_departments)))
        .routes(guard::<DepartmentWrite, _>(routes!(create_department)))
        .routes(guard::<DepartmentWrite, _>(routes!(save_department)))
}
