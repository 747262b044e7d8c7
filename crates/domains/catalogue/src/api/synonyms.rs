//! Words that count as the same in searches.

use axum::extract::State;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use tb_contract::access::SynonymWrite;
use tb_http::{Ctx, Json, Path, Query, Result, guard};
use tb_kernel::Fault;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use crate::api::items::Listed;
use crate::catalogue::Catalogue;
use crate::entity::synonym;
use crate::service::{own_json, synonyms};

/// What the list is narrowed to.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct SynonymQuery {
    /// A part of a word.
    pub q: Option<String>,
}

/// A group of words that count as the same.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct SynonymView {
    /// Id.
    pub id: Uuid,
    /// The words.
    pub words: Vec<String>,
    /// A note.
    pub note: String,
    /// Version of the row, to be sent back with a change.
    pub version: i64,
    /// Last change.
    pub updated_at: DateTime<Utc>,
    /// By whom.
    pub updated_by: String,
}

/// A new or changed group.
#[derive(Debug, Deserialize, ToSchema)]
pub struct SaveSynonym {
    /// Version of the row that was read; 0 for a new group.
    #[serde(default)]
    pub version: i64,
    /// The words, 2 to 12.
    pub words: Vec<String>,
    /// A note.
    #[serde(default)]
    pub note: String,
}

/// Removes a group.
#[derive(Debug, Deserialize, ToSchema)]
pub struct RemoveSynonym {
    /// Version of the row that was read.
    pub version: i64,
}

/// What was added.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct AddedSynonyms {
    /// How many groups.
    pub added: u64,
}

impl SynonymView {
    pub(crate) fn of(row: synonym::Model) -> Result<Self, Fault> {
        Ok(Self {
            id: row.id,
            words: own_json(&row.words)?,
            note: row.note,
            version: row.version,
            updated_at: row.updated_at,
            updated_by: row.updated_by,
        })
    }
}

/// Lists the groups.
#[utoipa::path(get, path = "/manage/synonyms", params(SynonymQuery), responses((status = 200, body = Listed<SynonymView>)))]
async fn list_synonyms(
    ctx: Ctx<SynonymWrite>,
    Query(query): Query<SynonymQuery>,
) -> Result<Json<Listed<SynonymView>>> {
    let items = synonyms::list(&ctx, query.q).await?;
    Ok(Json(Listed { items }))
}

/// Adds a group.
#[utoipa::path(post, path = "/manage/synonyms", request_body = SaveSynonym, responses((status = 200, body = SynonymView)))]
async fn add_synonym(
    State(catalogue): State<Catalogue>,
    ctx: Ctx<SynonymWrite>,
    Json(body): Json<SaveSynonym>,
) -> Result<Json<SynonymView>> {
    Ok(Json(synonyms::add(&catalogue, &ctx, body).await?))
}

/// Changes a group.
#[utoipa::path(put, path = "/manage/synonyms/{id}", params(("id" = Uuid, Path)), request_body = SaveSynonym,
    responses((status = 200, body = SynonymView)))]
async fn save_synonym(
    State(catalogue): State<Catalogue>,
    ctx: Ctx<SynonymWrite>,
    Path(id): Path<Uuid>,
    Json(body): Json<SaveSynonym>,
) -> Result<Json<SynonymView>> {
    Ok(Json(synonyms::save(&catalogue, &ctx, id, body).await?))
}

/// Removes a group.
#[utoipa::path(post, path = "/manage/synonyms/{id}/remove", params(("id" = Uuid, Path)), request_body = RemoveSynonym,
    responses((status = 200, body = SynonymView)))]
async fn remove_synonym(
    State(catalogue): State<Catalogue>,
    ctx: Ctx<SynonymWrite>,
    Path(id): Path<Uuid>,
    Json(body): Json<RemoveSynonym>,
) -> Result<Json<SynonymView>> {
    Ok(Json(
        synonyms::remove(&catalogue, &ctx, id, body.version).await?,
    ))
}

/// Adds the common groups that come with the program.
#[utoipa::path(post, path = "/manage/synonyms/common", responses((status = 200, body = AddedSynonyms)))]
async fn add_common_synonyms(
    State(catalogue): State<Catalogue>,
    ctx: Ctx<SynonymWrite>,
) -> Result<Json<AddedSynonyms>> {
    Ok(Json(synonyms::add_common(&catalogue, &ctx).await?))
}

pub(super) fn routes() -> OpenApiRouter<Catalogue> {
    OpenApiRouter::new()
        .routes(guard::<SynonymWrite, _>(routes!(list_synonyms)))
        .routes(guard::<SynonymWrite, _>(routes!(add_synonym)))
        .routes(guard::<SynonymWrite, _>(routes!(save_synonym)))
        .routes(guard::<SynonymWrite, _>(routes!(remove_synonym)))
        .routes(guard::<SynonymWrite, _>(routes!(add_common_synonyms)))
}
