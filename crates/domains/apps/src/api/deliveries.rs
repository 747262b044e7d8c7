//! `/endpoints/{id}/deliveries` and `/deliveries/{id}`: what was sent, and what came of it.

use std::collections::HashSet;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use tb_contract::access::{EndpointRead, EndpointWrite};
use tb_http::{Ctx, Json, Path, Query, Result, guard};
use tb_kernel::{ErrorKind, Fault, Page, PageRequest};
use tb_storage::{Conn, StorageError};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use crate::entity::{attempt, delivery};
use crate::error::Error;
use crate::{App, service, store};

/// Where a message stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum DeliveryState {
    /// Sent as soon as it is due.
    Waiting,
    /// Taken by the other system.
    Delivered,
    /// Given up.
    Dead,
}

impl DeliveryState {
    fn word(self) -> &'static str {
        match self {
            Self::Waiting => store::delivery::WAITING,
            Self::Delivered => store::delivery::DELIVERED,
            Self::Dead => store::delivery::DEAD,
        }
    }

    fn of(word: &str) -> Self {
        match word {
            store::delivery::DELIVERED => Self::Delivered,
            store::delivery::DEAD => Self::Dead,
            _ => Self::Waiting,
        }
    }
}

/// One try.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
struct AttemptView {
    /// Moment.
    at: DateTime<Utc>,
    /// What the other system answered; none where no answer came.
    status: Option<i32>,
    /// Why none came; empty where one did.
    trouble: String,
    /// Milliseconds.
    millis: i64,
}

/// A message to an endpoint.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub(super) struct DeliveryView {
    /// Id.
    id: Uuid,
    /// The id the other system sees: the same at every try.
    message_id: String,
    /// Endpoint.
    endpoint_id: Uuid,
    /// Kind of event.
    kind: String,
    /// Case; empty for a test message.
    case_number: String,
    /// Version of the case.
    version: i64,
    /// Where it stands.
    state: DeliveryState,
    /// The next try, where it waits.
    due_at: DateTime<Utc>,
    /// When it was made.
    created_at: DateTime<Utc>,
    /// When it was taken or given up.
    finished_at: Option<DateTime<Utc>>,
    /// The body.
    body: String,
    /// The tries.
    attempts: Vec<AttemptView>,
}

impl DeliveryView {
    /// With these tries.
    pub fn of(row: delivery::Model, attempts: Vec<attempt::Model>) -> Self {
        Self {
            message_id: format!("msg_{}", row.id.simple()),
            state: DeliveryState::of(&row.state),
            id: row.id,
            endpoint_id: row.endpoint_id,
            kind: row.kind,
            case_number: row.case_number,
            version: row.version,
            due_at: row.due_at,
            created_at: row.created_at,
            finished_at: row.finished_at,
            body: row.body,
            attempts: attempts
                .into_iter()
                .map(|row| AttemptView {
                    at: row.at,
                    status: row.status,
                    trouble: row.trouble,
                    millis: row.millis,
                })
                .collect(),
        }
    }

    /// With its tries.
    pub async fn with_attempts(
        conn: &Conn,
        row: delivery::Model,
    ) -> std::result::Result<Self, StorageError> {
        let mut attempts = store::delivery::attempts(conn, HashSet::from([row.id])).await?;
        let attempts = attempts.remove(&row.id).unwrap_or_default();
        Ok(Self::of(row, attempts))
    }
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct DeliveryQuery {
    /// Only those that stand so.
    state: Option<DeliveryState>,
    /// Where the last page ended: its `next_cursor`.
    cursor: Option<String>,
    /// Rows wanted, 1 to 100; 20 by default.
    limit: Option<u32>,
}

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(guard::<EndpointRead, _>(routes!(list)))
        .routes(guard::<EndpointRead, _>(routes!(show)))
        .routes(guard::<EndpointWrite, _>(routes!(replay)))
}

/// Messages to an endpoint, newest first, with their tries.
#[utoipa::path(get, path = "/endpoints/{id}/deliveries", params(("id" = Uuid, Path), DeliveryQuery), responses((status = 200, body = Page<DeliveryView>)))]
async fn list(
    ctx: Ctx<EndpointRead>,
    Path(id): Path<Uuid>,
    Query(query): Query<DeliveryQuery>,
) -> Result<Json<Page<DeliveryView>>> {
    let page = PageRequest {
        cursor: query.cursor,
        limit: query.limit,
    };
    let before = page.cursor.as_deref().map(str::parse).transpose();
    let before = before.map_err(|_| Fault::new(ErrorKind::Invalid, "http.bad_cursor"))?;
    let conn = ctx.read();
    if store::endpoint::one(&conn, id).await?.is_none() {
        return Err(Fault::from(Error::EndpointNotFound).into());
    }
    let state = query.state.map(DeliveryState::word);
    let rows = store::delivery::page(&conn, id, state, before, page.limit() + 1).await?;
    let ids = rows.iter().map(|row| row.id).collect();
    let mut attempts = store::delivery::attempts(&conn, ids).await?;
    let page = Page::from_surplus(rows, page.limit(), |row| row.id.to_string());
    Ok(Json(page.map(|row| {
        let attempts = attempts.remove(&row.id).unwrap_or_default();
        DeliveryView::of(row, attempts)
    })))
}

/// One message.
#[utoipa::path(get, path = "/deliveries/{id}", params(("id" = Uuid, Path)), responses((status = 200, body = DeliveryView)))]
async fn show(ctx: Ctx<EndpointRead>, Path(id): Path<Uuid>) -> Result<Json<DeliveryView>> {
    let row = store::delivery::one(&ctx.read(), id).await?;
    let row = row.ok_or(Fault::from(Error::DeliveryNotFound))?;
    Ok(Json(DeliveryView::with_attempts(&ctx.read(), row).await?))
}

/// Sends a finished message again, under its id.
#[utoipa::path(post, path = "/deliveries/{id}/replay", params(("id" = Uuid, Path)), responses((status = 200, body = DeliveryView)))]
async fn replay(ctx: Ctx<EndpointWrite>, Path(id): Path<Uuid>) -> Result<Json<DeliveryView>> {
    let answer = |row| DeliveryView::of(row, Vec::new());
    Ok(Json(service::replay_one(&ctx, id, answer).await?))
}
