//! `/event-log`: lag, waiting events and dead letters, replay.

use axum::extract::State;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use tb_contract::access::{EventLogRead, EventLogWrite};
use tb_events::{DeadLetterFilter, LagRow, ParkedEvent, ParkedState, ReplayReport, Selection};
use tb_http::{Ctx, Json, Path, Query, guard};
use tb_kernel::{ErrorKind, Fault, Page, PageRequest};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use crate::App;
use crate::error::Error;

/// How far a consumer group is behind in one topic.
#[derive(Debug, Serialize, ToSchema)]
struct LagView {
    /// Group.
    group: String,
    /// Topic.
    topic: String,
    /// Events not yet looked at.
    behind: u64,
    /// Time of the oldest of them.
    oldest_at: Option<DateTime<Utc>>,
    /// Events waiting for another attempt or behind another event.
    parked: u64,
    /// Dead letters.
    dead: u64,
    /// Consumers that share the topic.
    consumers: u64,
}

/// An event that a group could not handle at once. No payload is shown.
#[derive(Debug, Serialize, ToSchema)]
struct ParkedView {
    /// Id of the entry.
    id: Uuid,
    /// Group.
    group: String,
    /// Topic.
    topic: String,
    /// Key: the case number.
    key: String,
    /// Kind of event.
    kind: String,
    /// Version.
    version: i64,
    /// `waiting`, `behind` or `dead`.
    state: &'static str,
    /// Stable code of what went wrong.
    code: String,
    /// The same in words.
    error: String,
    /// Attempts so far.
    attempts: i32,
    /// When it was parked.
    parked_at: DateTime<Utc>,
    /// When it will be tried again.
    next_at: DateTime<Utc>,
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct ParkedQuery {
    /// Group.
    group: Option<String>,
    /// Key.
    key: Option<String>,
    /// Where the last page ended: its `next_cursor`.
    cursor: Option<String>,
    /// Rows wanted, 1 to 100; 20 by default.
    limit: Option<u32>,
}

/// What to replay: exactly one of `id`, `key` with `group`, or `from` with `until`.
#[derive(Debug, Deserialize, ToSchema)]
struct Replay {
    /// One dead letter.
    id: Option<Uuid>,
    /// Group.
    group: Option<String>,
    /// All of one key.
    key: Option<String>,
    /// All parked from this moment …
    from: Option<DateTime<Utc>>,
    /// … until this one.
    until: Option<DateTime<Utc>>,
    /// Only count.
    #[serde(default)]
    dry_run: bool,
}

/// What a replay put back, or would.
#[derive(Debug, Serialize, ToSchema)]
struct ReplayView {
    /// Dead letters.
    dead_letters: u64,
    /// Events that wait behind them.
    followers: u64,
}

impl ParkedQuery {
    fn page(&self) -> PageRequest {
        PageRequest {
            cursor: self.cursor.clone(),
            limit: self.limit,
        }
    }
}

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(guard::<EventLogRead, _>(routes!(lag)))
        .routes(guard::<EventLogRead, _>(routes!(parked)))
        .routes(guard::<EventLogRead, _>(routes!(dead_letters)))
        .routes(guard::<EventLogWrite, _>(routes!(replay)))
        .routes(guard::<EventLogWrite, _>(routes!(discard)))
}

/// Lag of every consumer group.
#[utoipa::path(get, path = "/event-log/lag", responses((status = 200, body = Vec<LagView>)))]
async fn lag(State(app): State<App>, _: Ctx<EventLogRead>) -> tb_http::Result<Json<Vec<LagView>>> {
    Ok(Json(
        app.log.lag(None).await?.into_iter().map(lag_view).collect(),
    ))
}

/// Events of a group that wait for another attempt.
#[utoipa::path(get, path = "/event-log/parked", params(ParkedQuery), responses((status = 200, body = Page<ParkedView>)))]
async fn parked(
    State(app): State<App>,
    _: Ctx<EventLogRead>,
    Query(query): Query<ParkedQuery>,
) -> tb_http::Result<Json<Page<ParkedView>>> {
    let page = query.page();
    let group = query.group.ok_or(Error::BadSelection)?;
    let page = app.log.parked(&group, &page).await.map_err(in_our_words)?;
    Ok(Json(page.map(parked_view)))
}

/// Dead letters.
#[utoipa::path(get, path = "/event-log/dead-letters", params(ParkedQuery), responses((status = 200, body = Page<ParkedView>)))]
async fn dead_letters(
    State(app): State<App>,
    _: Ctx<EventLogRead>,
    Query(query): Query<ParkedQuery>,
) -> tb_http::Result<Json<Page<ParkedView>>> {
    let page = query.page();
    let filter = DeadLetterFilter {
        group: query.group,
        key: query.key,
    };
    let page = app.log.dead_letters(&filter, &page).await;
    Ok(Json(page.map_err(in_our_words)?.map(parked_view)))
}

/// Put dead letters back to work.
#[utoipa::path(post, path = "/event-log/replay", request_body = Replay, responses((status = 200, body = ReplayView)))]
async fn replay(
    State(app): State<App>,
    ctx: Ctx<EventLogWrite>,
    Json(body): Json<Replay>,
) -> tb_http::Result<Json<ReplayView>> {
    let dry_run = body.dry_run;
    let report = app
        .log
        .replay(ctx.origin_once(), selection(body)?, dry_run)
        .await?;
    Ok(Json(replay_view(report)))
}

/// Drop a dead letter for good.
#[utoipa::path(post, path = "/event-log/dead-letters/{id}/discard", responses((status = 200)))]
async fn discard(
    State(app): State<App>,
    ctx: Ctx<EventLogWrite>,
    Path(id): Path<Uuid>,
) -> tb_http::Result<Json<()>> {
    let done = app.log.discard(ctx.origin_once(), id).await;
    Ok(Json(done.map_err(in_our_words)?))
}

/// The log knows no languages: what it refuses is said in words of this domain.
fn in_our_words(fault: Fault) -> Fault {
    match fault.code {
        "events.no_such_dead_letter" | "events.not_dead" => Error::DeadLetterNotFound.into(),
        "events.wrong_cursor" => Fault::new(ErrorKind::Invalid, "http.bad_cursor"),
        _ => fault,
    }
}

fn selection(body: Replay) -> Result<Selection, Fault> {
    match body {
        Replay {
            id: Some(id),
            key: None,
            from: None,
            until: None,
            ..
        } => Ok(Selection::Id(id)),
        Replay {
            id: None,
            key: Some(key),
            group: Some(group),
            from: None,
            until: None,
            ..
        } => Ok(Selection::Key { group, key }),
        Replay {
            id: None,
            key: None,
            group,
            from: Some(from),
            until: Some(until),
            ..
        } => Ok(Selection::Time { group, from, until }),
        _ => Err(Error::BadSelection.into()),
    }
}

fn lag_view(row: LagRow) -> LagView {
    LagView {
        group: row.group,
        topic: row.topic,
        behind: row.behind,
        oldest_at: row.oldest_at,
        parked: row.parked,
        dead: row.dead,
        consumers: row.consumers,
    }
}

fn parked_view(row: ParkedEvent) -> ParkedView {
    ParkedView {
        id: row.id,
        group: row.group,
        topic: row.topic,
        key: row.key,
        kind: row.kind,
        version: row.version,
        state: match row.state {
            ParkedState::Waiting => "waiting",
            ParkedState::Behind => "behind",
            ParkedState::Dead => "dead",
        },
        code: row.code,
        error: row.error,
        attempts: row.attempts,
        parked_at: row.parked_at,
        next_at: row.next_at,
    }
}

fn replay_view(report: ReplayReport) -> ReplayView {
    ReplayView {
        dead_letters: report.dead_letters,
        followers: report.followers,
    }
}
