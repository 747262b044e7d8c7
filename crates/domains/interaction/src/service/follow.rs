//! The citizen's side: what becomes of his poor rating, and his answer to the call-back.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use tb_contract::access::RectificationFollow;
use tb_http::Ctx;
use tb_kernel::Fault;
use tb_storage::Conn;
use utoipa::ToSchema;

use super::act::{Act, carry_out, optional};
use super::read::detail;
use super::record::{Detail, Doer, state};
use crate::app::App;
use crate::error::Error;
use crate::model::task::{Command, State, Who};
use crate::store;
use crate::store::task::Task;

/// What becomes of one's own poor rating.
#[derive(Debug, Serialize, ToSchema)]
pub struct MyRectification {
    /// Case number.
    pub case_number: String,
    /// `open`, `contacted`, `rectified`, `closed`, `excluded`.
    pub state: &'static str,
    /// Version to send back with the answer.
    pub version: i64,
    /// Rounds begun.
    pub round: i32,
    /// Name of the office.
    pub office: String,
    /// Last day on which it gets in touch.
    pub contact_due: NaiveDate,
    /// Last day of the rectification.
    pub close_due: NaiveDate,
    /// When it got in touch.
    pub contacted_at: Option<DateTime<Utc>>,
    /// When it was done.
    pub rectified_at: Option<DateTime<Utc>>,
    /// What came of it, in the office's words.
    pub result: String,
    /// Whether the citizen is asked if he is satisfied now.
    pub asks: bool,
    /// `satisfied`, `dissatisfied`, `unreached`.
    pub outcome: Option<String>,
    /// The second rating, beside the first.
    pub second_level: Option<i32>,
    /// Why the rating does not count.
    pub excluded_because: String,
}

/// The answer to the call-back.
#[derive(Debug, Deserialize, ToSchema)]
pub struct AnswerCallBack {
    /// Version seen.
    pub version: i64,
    /// 5 very satisfied … 1 very dissatisfied with the rectification.
    pub level: u8,
    /// Free words.
    #[serde(default)]
    pub words: String,
}

/// What becomes of the caller's rating of a case; none where there is nothing to rectify.
pub(crate) async fn show(
    ctx: &Ctx<RectificationFollow>,
    number: &str,
) -> Result<Option<MyRectification>, Fault> {
    let conn = ctx.read();
    match store::task::by_number(&conn, ctx.scope(), number).await? {
        Some(row) => Ok(Some(mine(ctx, &conn, row).await?)),
        None => Ok(None),
    }
}

async fn mine(
    ctx: &Ctx<RectificationFollow>,
    conn: &Conn,
    row: Task,
) -> Result<MyRectification, Fault> {
    let office = store::copy::Departments::by_code(conn, &row.department_code).await?;
    let events = store::task::events(conn, row.id).await?;
    let words = |kind: &str, of: fn(Detail) -> String| match events
        .iter()
        .rfind(|event| event.kind == kind)
    {
        Some(event) => detail(ctx.store().sealer(), event).map(of),
        None => Ok(String::new()),
    };
    let state = state(&row)?;
    Ok(MyRectification {
        state: state.as_str(),
        asks: state == State::Rectified,
        result: words("rectified", |detail| detail.result)?,
        excluded_because: match state {
            State::Excluded => words("appeal_decided", |detail| detail.words)?,
            _ => String::new(),
        },
        office: office.map(|office| office.name).unwrap_or_default(),
        case_number: row.case_number,
        version: row.version,
        round: row.round,
        contact_due: row.contact_due,
        close_due: row.close_due,
        contacted_at: row.contacted_at,
        rectified_at: row.rectified_at,
        outcome: row.outcome,
        second_level: row.second_level,
    })
}

/// Answers the call-back.
pub(crate) async fn answer(
    app: &App,
    ctx: &Ctx<RectificationFollow>,
    number: &str,
    body: AnswerCallBack,
) -> Result<MyRectification, Fault> {
    if !(1..=5).contains(&body.level) {
        return Err(Error::LevelAstray.into());
    }
    let words = optional(&body.words)?;
    let mut tx = ctx.begin().await?;
    let row = store::task::by_number(tx.conn(), ctx.scope(), number).await?;
    let id = row.ok_or(Error::TaskNotFound)?.id;
    let row = store::task::find_locked(tx.conn(), ctx.scope(), id).await?;
    let row = row.ok_or(Error::TaskNotFound)?;
    let act = Act {
        command: Command::CallBack {
            level: Some(body.level),
        },
        kind: "answered",
        detail: Detail {
            level: Some(body.level),
            words,
            ..Detail::default()
        },
    };
    let doer = Doer {
        id: ctx.actor().id.0,
        name: "",
    };
    let who = Who::Applicant;
    let row = carry_out(app, &mut tx, row, body.version, who, &doer, &act).await?;
    let answer = mine(ctx, tx.conn(), row).await?;
    tx.commit(&answer).await?;
    Ok(answer)
}
