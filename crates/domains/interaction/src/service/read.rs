//! The desk's list of rectifications, its counts, one task with all that its page shows.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use tb_contract::access::{Permission, RectificationRead};
use tb_http::Ctx;
use tb_kernel::{Fault, Page, PageRequest, RectificationId, office_time};
use tb_storage::{Conn, Sealer, StorageError};
use utoipa::{IntoParams, ToSchema};

use super::offer::{TaskCommand, commands};
use super::record::{Detail, state};
use crate::app::App;
use crate::error::Error;
use crate::model::task::State;
use crate::model::terms::light;
use crate::sealed::{COMMENT, DETAIL};
use crate::store;
use crate::store::task::{Filter, Place, Task, TaskEvent};

/// What the list is asked for.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct TaskQuery {
    /// States, by commas; those with a running term where absent.
    pub state: Option<String>,
    /// `green`, `yellow` or `red`.
    pub light: Option<String>,
    /// Start of a case number, or words of the item.
    pub q: Option<String>,
    /// Only those with an appeal to decide.
    #[serde(default)]
    pub appealed: bool,
    /// Where the last page ended: its `next_cursor`.
    pub cursor: Option<String>,
    /// Rows wanted, 1 to 100; 20 by default.
    pub limit: Option<u32>,
}

/// One line of the list.
#[derive(Debug, Serialize, ToSchema)]
pub struct TaskRow {
    /// Id.
    pub id: RectificationId,
    /// Case number.
    pub case_number: String,
    /// Item.
    pub item_name: String,
    /// Office.
    pub office: String,
    /// 2 or 1.
    pub level: i32,
    /// `open`, `contacted`, `rectified`, `closed`, `excluded`.
    pub state: &'static str,
    /// Rounds begun.
    pub round: i32,
    /// `green`, `yellow`, `red`; none where no term runs.
    pub light: Option<&'static str>,
    /// Last day of the term that runs.
    pub due: NaiveDate,
    /// Whether an appeal waits.
    pub appealed: bool,
    /// 0, 1 the head, 2 the centre.
    pub escalation: i32,
    /// `satisfied`, `dissatisfied`, `unreached`.
    pub outcome: Option<String>,
    /// When it was opened.
    pub opened_at: DateTime<Utc>,
}

/// A tag in words.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReasonTag {
    /// Key.
    pub key: String,
    /// In words.
    pub label: String,
}

/// Something that happened.
#[derive(Debug, Serialize, ToSchema)]
pub struct TaskEntry {
    /// `opened`, `contacted`, `rectified`, `called_back`, `answered`, `appealed`, `appeal_decided`,
    /// `escalated`.
    pub kind: String,
    /// When.
    pub at: DateTime<Utc>,
    /// Staff by name; empty for the citizen and the platform.
    pub actor: String,
    /// State after it.
    pub to: String,
    /// `phone`, `visit`, `message`; empty.
    pub way: String,
    /// Whether the citizen was reached.
    pub reached: Option<bool>,
    /// Words.
    pub words: String,
    /// What was found.
    pub findings: String,
    /// What was done.
    pub measures: String,
    /// What came of it.
    pub result: String,
    /// Level of the second rating.
    pub level: Option<u8>,
    /// Why the rating should not count.
    pub ground: String,
    /// Decision on that.
    pub upheld: Option<bool>,
    /// How high it went.
    pub escalation: i32,
}

/// One task with all that its page shows.
#[derive(Debug, Serialize, ToSchema)]
pub struct TaskView {
    /// The line of the list.
    #[serde(flatten)]
    pub row: TaskRow,
    /// Version to send back with a command.
    pub version: i64,
    /// Last day to get in touch, in this round.
    pub contact_due: NaiveDate,
    /// Last day of the rectification, in this round.
    pub close_due: NaiveDate,
    /// First contact.
    pub contacted_at: Option<DateTime<Utc>>,
    /// Rectified last.
    pub rectified_at: Option<DateTime<Utc>>,
    /// Closed.
    pub closed_at: Option<DateTime<Utc>>,
    /// The second rating, beside the first.
    pub second_level: Option<i32>,
    /// Call-backs without an answer in this round.
    pub unreached: i32,
    /// `none`, `asked`, `upheld`, `rejected`.
    pub appeal: String,
    /// How it was rated: `online`, `qr`, `device`.
    pub channel: String,
    /// When it was rated.
    pub rated_at: Option<DateTime<Utc>>,
    /// What went wrong, as chosen.
    pub tags: Vec<ReasonTag>,
    /// The citizen's words.
    pub words: String,
    /// What happened, in order.
    pub timeline: Vec<TaskEntry>,
    /// What the caller may do.
    pub commands: Vec<TaskCommand>,
}

/// Tasks within reach, the most urgent first.
pub(crate) async fn list(
    ctx: &Ctx<RectificationRead>,
    query: TaskQuery,
) -> Result<Page<TaskRow>, Fault> {
    let page = PageRequest {
        cursor: query.cursor.clone(),
        limit: query.limit,
    };
    let after = page
        .cursor
        .as_deref()
        .filter(|cursor| !cursor.is_empty())
        .map(place)
        .transpose()?;
    let (conn, limit) = (ctx.read(), page.limit());
    let today = office_time::day(ctx.now());
    let rows = store::task::list(&conn, ctx.scope(), &filter(query)?, today, after, limit).await?;
    let page = Page::from_surplus(rows, limit, |row| format!("{}.{}", row.due_on, row.id));
    let codes: Vec<String> = page
        .items
        .iter()
        .map(|row| row.department_code.clone())
        .collect();
    let names = store::copy::Departments::names(&conn, codes).await?;
    let mut items = Vec::with_capacity(page.items.len());
    for task in page.items {
        let office = names.get(&task.department_code).cloned();
        items.push(line(task, office.unwrap_or_default(), today)?);
    }
    Ok(Page {
        items,
        next_cursor: page.next_cursor,
    })
}

fn filter(query: TaskQuery) -> Result<Filter, Error> {
    let unknown = |name: &str| Error::UnknownWord {
        name: name.to_owned(),
    };
    let words = query.state.unwrap_or_default();
    let words = words
        .split(',')
        .map(str::trim)
        .filter(|word| !word.is_empty());
    let states: Result<Vec<String>, Error> = words
        .map(|word| match State::parse(word) {
            Some(state) => Ok(state.as_str().to_owned()),
            None => Err(unknown("state")),
        })
        .collect();
    let light = query.light.filter(|word| !word.is_empty());
    if let Some(word) = &light
        && !["green", "yellow", "red"].contains(&word.as_str())
    {
        return Err(unknown("light"));
    }
    let q = query.q.map(|q| q.trim().to_owned());
    Ok(Filter {
        states: states?,
        light,
        q: q.filter(|q| !q.is_empty()),
        appealed: query.appealed,
    })
}

fn place(cursor: &str) -> Result<Place, Error> {
    let parts = || {
        let (due, id) = cursor.split_once('.')?;
        Some((due.parse().ok()?, id.parse().ok()?))
    };
    parts().ok_or(Error::WrongCursor)
}

fn line(row: Task, office: String, today: NaiveDate) -> Result<TaskRow, StorageError> {
    let state = state(&row)?;
    Ok(TaskRow {
        id: RectificationId(row.id),
        case_number: row.case_number,
        item_name: row.item_name,
        office,
        level: row.level,
        light: state
            .is_running()
            .then(|| light(today, row.due_on, row.yellow_from)),
        state: state.as_str(),
        round: row.round,
        due: row.due_on,
        appealed: row.appeal == crate::model::task::appeal::ASKED,
        escalation: row.escalation,
        outcome: row.outcome,
        opened_at: row.opened_at,
    })
}

/// How many there are within reach: by state, by light, with an appeal.
pub(crate) async fn counts(ctx: &Ctx<RectificationRead>) -> Result<BTreeMap<String, i64>, Fault> {
    let today = office_time::day(ctx.now());
    Ok(store::task::counts(&ctx.read(), ctx.scope(), today).await?)
}

/// One task with all that its page shows; that somebody read the citizen's words is noted.
pub(crate) async fn show<P: Permission>(
    app: &App,
    ctx: &Ctx<P>,
    id: RectificationId,
) -> Result<TaskView, Fault> {
    let conn = ctx.read();
    let row = store::task::find(&conn, ctx.scope(), id.0).await?;
    let row = row.ok_or(Error::TaskNotFound)?;
    ctx.record_read("rectification", id).await?;
    view(app, ctx, &conn, row).await
}

/// The view of a task, read on `conn`.
pub(crate) async fn view<P>(
    app: &App,
    ctx: &Ctx<P>,
    conn: &Conn,
    row: Task,
) -> Result<TaskView, Fault> {
    let scope = tb_kernel::Scope::Everything;
    let rated = store::occasion::find(conn, &scope, row.occasion_id).await?;
    let rated = rated.ok_or(Error::TaskNotFound)?;
    let office = store::copy::Departments::by_code(conn, &row.department_code).await?;
    let events = store::task::events(conn, row.id).await?;
    let sealer = ctx.store().sealer();
    let words = rated
        .comment
        .as_ref()
        .map(|sealed| sealer.open_text(COMMENT, rated.id, sealed))
        .transpose()?;
    let tags: Vec<String> = serde_json::from_str(&rated.tags).map_err(Fault::internal)?;
    let label = |key: &str| {
        let key = format!("interaction.tag.{key}");
        ctx.edge()
            .texts()
            .text(ctx.locale(), &key, &BTreeMap::new())
    };
    let timeline: Result<Vec<TaskEntry>, StorageError> = events
        .iter()
        .map(|event| Ok(entry(event, detail(sealer, event)?)))
        .collect();
    Ok(TaskView {
        version: row.version,
        contact_due: row.contact_due,
        close_due: row.close_due,
        contacted_at: row.contacted_at,
        rectified_at: row.rectified_at,
        closed_at: row.closed_at,
        second_level: row.second_level,
        unreached: row.unreached,
        appeal: row.appeal.clone(),
        channel: rated.channel.unwrap_or_default(),
        rated_at: rated.rated_at,
        tags: tags
            .into_iter()
            .map(|key| ReasonTag {
                label: label(&key),
                key,
            })
            .collect(),
        words: words.unwrap_or_default(),
        timeline: timeline?,
        commands: commands(app, ctx, &row)?,
        row: line(
            row,
            office.map(|office| office.name).unwrap_or_default(),
            office_time::day(ctx.now()),
        )?,
    })
}

/// What an event says besides.
pub(crate) fn detail(sealer: &Sealer, event: &TaskEvent) -> Result<Detail, StorageError> {
    sealer.open_json(DETAIL, event.id, &event.detail)
}

fn entry(event: &TaskEvent, detail: Detail) -> TaskEntry {
    TaskEntry {
        kind: event.kind.clone(),
        at: event.at,
        actor: event.actor_name.clone(),
        to: event.to_state.clone(),
        way: detail.way,
        reached: detail.reached,
        words: detail.words,
        findings: detail.findings,
        measures: detail.measures,
        result: detail.result,
        level: detail.level,
        ground: detail.ground,
        upheld: detail.upheld,
        escalation: detail.escalation,
    }
}
