//! Notes that the office keeps about a case, and colleagues whom they can name.

use axum::extract::State;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use tb_contract::access::{NoteRead, NoteWrite};
use tb_contract::ports::Colleague;
use tb_http::{Ctx, Json, Path, Query, guard};
use tb_kernel::{AccountId, CaseId, Page, PageRequest};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use crate::app::App;
use crate::service::note;

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(guard::<NoteRead, _>(routes!(list_notes)))
        .routes(guard::<NoteWrite, _>(routes!(write_note)))
        .routes(guard::<NoteWrite, _>(routes!(withdraw_note)))
        .routes(guard::<NoteRead, _>(routes!(see_notes)))
        .routes(guard::<NoteRead, _>(routes!(list_colleagues)))
}

/// A new note.
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct NewNote {
    /// What it says.
    pub words: String,
    /// Colleagues who are to look at it.
    #[serde(default)]
    pub mentions: Vec<AccountId>,
}

/// A note.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct NoteView {
    /// Id.
    pub id: Uuid,
    /// What it says; `null` once the author has taken it back.
    pub words: Option<String>,
    /// Who wrote it.
    pub author: String,
    /// When.
    pub written_at: DateTime<Utc>,
    /// When it was taken back.
    pub withdrawn_at: Option<DateTime<Utc>>,
    /// Whom it names.
    pub mentions: Vec<MentionView>,
    /// Whether it names the caller, who has not seen it.
    pub for_me: bool,
    /// Whether the caller can take it back.
    pub may_withdraw: bool,
}

/// Somebody whom a note names.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct MentionView {
    /// Name.
    pub name: String,
    /// When he has seen it.
    pub read_at: Option<DateTime<Utc>>,
}

/// Somebody of the caller's department.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ColleagueView {
    /// Account.
    pub id: AccountId,
    /// Name.
    pub name: String,
    /// Keys of the roles held.
    pub roles: Vec<String>,
}

impl ColleagueView {
    /// A colleague as he is shown to others.
    pub(crate) fn of(colleague: Colleague) -> Self {
        Self {
            id: colleague.id,
            name: colleague.name,
            roles: colleague.roles,
        }
    }
}

/// The notes of a case, the newest first.
#[utoipa::path(get, path = "/cases/{id}/notes", params(("id" = CaseId, Path), PageRequest), responses((status = 200, body = Page<NoteView>)))]
async fn list_notes(
    State(app): State<App>,
    ctx: Ctx<NoteRead>,
    Path(id): Path<CaseId>,
    Query(query): Query<PageRequest>,
) -> tb_http::Result<Json<Page<NoteView>>> {
    Ok(Json(note::list(&app, &ctx, id.0, &query).await?))
}

/// Writes a note; whoever it names finds the case among those that wait for his look.
#[utoipa::path(post, path = "/cases/{id}/notes", params(("id" = CaseId, Path)), request_body = NewNote, responses((status = 200, body = NoteView)))]
async fn write_note(
    State(app): State<App>,
    ctx: Ctx<NoteWrite>,
    Path(id): Path<CaseId>,
    Json(body): Json<NewNote>,
) -> tb_http::Result<Json<NoteView>> {
    Ok(Json(note::write(&app, &ctx, id.0, body).await?))
}

/// Takes one's own note back: what it said is gone, that there was one is not.
#[utoipa::path(post, path = "/cases/{id}/notes/{note_id}/withdraw", params(("id" = CaseId, Path), ("note_id" = Uuid, Path)), responses((status = 200)))]
async fn withdraw_note(
    State(app): State<App>,
    ctx: Ctx<NoteWrite>,
    Path((id, note_id)): Path<(CaseId, Uuid)>,
) -> tb_http::Result<Json<()>> {
    Ok(Json(note::withdraw(&app, &ctx, id.0, note_id).await?))
}

/// Says that the caller has seen the notes of a case that name him.
#[utoipa::path(post, path = "/cases/{id}/notes/seen", params(("id" = CaseId, Path)), responses((status = 200)))]
async fn see_notes(
    State(app): State<App>,
    ctx: Ctx<NoteRead>,
    Path(id): Path<CaseId>,
) -> tb_http::Result<Json<()>> {
    Ok(Json(note::see(&app, &ctx, id.0).await?))
}

/// Whoever works in the caller's department and may read notes.
#[utoipa::path(get, path = "/colleagues", responses((status = 200, body = Vec<ColleagueView>)))]
async fn list_colleagues(
    State(app): State<App>,
    ctx: Ctx<NoteRead>,
) -> tb_http::Result<Json<Vec<ColleagueView>>> {
    Ok(Json(note::colleagues(&app, &ctx).await?))
}
