//! What the public reads: lists, guides, situations, themes, hot items, figures.

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use tb_contract::access::ItemBrowse;
use tb_contract::item::{Audience, ItemType, SituationAnswers};
use tb_http::{Json, Path, Query, Result, guard};
use tb_kernel::Region;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::catalogue::Catalogue;
use crate::model::ThemeAudience;
use crate::model::situation::SituationView;
use crate::service::{browse_items, related_items};
use crate::shelf::card::ItemCard;
use crate::shelf::guide::GuideView;

/// What a list of published items is narrowed to. Several filters must all hold.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct BrowseQuery {
    /// Words, pinyin or initials: `失业登记`, `shiye`, `sydj`; or the start of a code.
    pub q: Option<String>,
    /// Credit code of the department.
    pub department: Option<String>,
    /// Who may apply.
    pub audience: Option<Audience>,
    /// Name of a theme.
    pub theme: Option<String>,
    /// Event of a life or of an enterprise.
    pub life_event: Option<String>,
    /// Industry.
    pub industry: Option<String>,
    /// Occupation.
    pub occupation: Option<String>,
    /// Group with a way of its own.
    pub green_channel: Option<String>,
    /// Topic.
    pub topic: Option<String>,
    /// Division code: the items of its offices and of all that lies in it.
    pub region: Option<Region>,
    /// Type.
    pub item_type: Option<ItemType>,
    /// Whether it can be applied for online.
    pub online: Option<bool>,
    /// Whether to count what else could be chosen.
    pub facets: Option<bool>,
    /// `next_cursor` of the page before.
    pub cursor: Option<String>,
    /// Rows wanted, 1 to 100; 20 by default.
    pub limit: Option<u32>,
}

/// A page of published items.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct ItemList {
    /// The items, the best hits first.
    pub items: Vec<ItemCard>,
    /// The cursor of the next page; `null` on the last.
    pub next_cursor: Option<String>,
    /// What was taken to be meant, where nothing is called as typed; the likeliest first.
    pub meant: Vec<String>,
    /// Counts, where they were asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub facets: Option<Vec<FacetView>>,
}

/// How the hits spread over one filter. A filter on the facet itself is left out of account.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct FacetView {
    /// Name of the filter.
    pub name: String,
    /// Values, the most frequent first.
    pub values: Vec<FacetValue>,
}

/// One value of a filter.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct FacetValue {
    /// What to filter by.
    pub value: String,
    /// Name, where the value is a code.
    pub label: String,
    /// Number of hits.
    pub count: u64,
}

/// Answers of the situation guide.
#[derive(Debug, Deserialize, ToSchema)]
pub struct JudgeSituation {
    /// Question id → option id.
    pub answers: SituationAnswers,
}

/// A side of the portal.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ThemeQuery {
    /// 个人 or 法人; both without it.
    pub audience: Option<ThemeAudience>,
}

/// A theme.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct ThemeView {
    /// Name.
    pub name: String,
    /// The glyph of its tile.
    pub icon: String,
    /// Side of the portal.
    pub audience: ThemeAudience,
    /// Published items under it for this side.
    pub items: u64,
}

/// The neighbours of an item, by stage.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct RelatedItems {
    /// To be done before.
    pub preceding: Vec<ItemCard>,
    /// Usually done after.
    pub following: Vec<ItemCard>,
    /// Others for the same event, trade or theme, the nearest first.
    pub alike: Vec<ItemCard>,
}

/// A short list without further pages.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct Listed<T> {
    /// The rows.
    pub items: Vec<T>,
}

/// The public figures.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct Figures {
    /// Published items.
    pub items: u64,
    /// Published items that can be applied for online.
    pub online_items: u64,
    /// Departments.
    pub departments: u64,
    /// When they were counted.
    pub data_at: DateTime<Utc>,
}

/// Finds published items.
#[utoipa::path(get, path = "/items", params(BrowseQuery), responses((status = 200, body = ItemList)))]
async fn list_items(
    State(catalogue): State<Catalogue>,
    Query(query): Query<BrowseQuery>,
) -> Result<Json<ItemList>> {
    Ok(Json(browse_items::list_items(&catalogue, query).await?))
}

/// Reads the guide of an item, by implementation, business or external code.
#[utoipa::path(get, path = "/items/{code}", params(("code" = String, Path)),
    responses((status = 200, body = GuideView), (status = 304)))]
async fn read_guide(
    State(catalogue): State<Catalogue>,
    Path(code): Path<String>,
    headers: HeaderMap,
) -> Result<Response> {
    Ok(catalogue.guide(&code).await?.answer.answer(&headers))
}

/// Reads one version of an item, offered or not: cases are pinned to it.
#[utoipa::path(get, path = "/items/{code}/versions/{version}", params(("code" = String, Path), ("version" = i64, Path)),
    responses((status = 200, body = GuideView)))]
async fn read_version(
    State(catalogue): State<Catalogue>,
    Path((code, version)): Path<(String, i64)>,
) -> Result<Json<GuideView>> {
    Ok(Json(
        browse_items::read_version(&catalogue, &code, version).await?,
    ))
}

/// Says what a set of situation answers asks for.
#[utoipa::path(post, path = "/items/{code}/situation", params(("code" = String, Path)), request_body = JudgeSituation,
    responses((status = 200, body = SituationView)))]
async fn judge_situation(
    State(catalogue): State<Catalogue>,
    Path(code): Path<String>,
    Json(body): Json<JudgeSituation>,
) -> Result<Json<SituationView>> {
    Ok(Json(
        browse_items::judge_situation(&catalogue, &code, &body.answers).await?,
    ))
}

/// Lists the neighbours of an item: what comes before it, after it, and what is like it.
#[utoipa::path(get, path = "/items/{code}/related", params(("code" = String, Path)),
    responses((status = 200, body = RelatedItems)))]
async fn list_related(
    State(catalogue): State<Catalogue>,
    Path(code): Path<String>,
) -> Result<Json<RelatedItems>> {
    Ok(Json(related_items::list_related(&catalogue, &code).await?))
}

/// Lists the themes.
#[utoipa::path(get, path = "/themes", params(ThemeQuery), responses((status = 200, body = Listed<ThemeView>)))]
async fn list_themes(
    State(catalogue): State<Catalogue>,
    Query(query): Query<ThemeQuery>,
) -> Result<Json<Listed<ThemeView>>> {
    Ok(Json(Listed {
        items: browse_items::list_themes(&catalogue, query.audience).await?,
    }))
}

/// Lists the hot items.
#[utoipa::path(get, path = "/hot", responses((status = 200, body = Listed<ItemCard>)))]
async fn list_hot(State(catalogue): State<Catalogue>) -> Result<Json<Listed<ItemCard>>> {
    Ok(Json(Listed {
        items: browse_items::list_hot(&catalogue).await?,
    }))
}

/// Counts the public figures.
#[utoipa::path(get, path = "/figures", responses((status = 200, body = Figures)))]
async fn count_figures(State(catalogue): State<Catalogue>) -> Result<Json<Figures>> {
    Ok(Json(browse_items::count_figures(&catalogue).await?))
}

pub(super) fn routes() -> OpenApiRouter<Catalogue> {
    OpenApiRouter::new()
        .routes(guard::<ItemBrowse, _>(routes!(list_items)))
        .routes(guard::<ItemBrowse, _>(routes!(read_guide)))
        .routes(guard::<ItemBrowse, _>(routes!(read_version)))
        .routes(guard::<ItemBrowse, _>(routes!(judge_situation)))
        .routes(guard::<ItemBrowse, _>(routes!(list_related)))
        .routes(guard::<ItemBrowse, _>(routes!(list_themes)))
        .routes(guard::<ItemBrowse, _>(routes!(list_hot)))
        .routes(guard::<ItemBrowse, _>(routes!(count_figures)))
}
