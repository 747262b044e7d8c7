//! The lead office was silent: before the term of the law ends, each part that was given goes out by itself
//! as its department's own answer, and who has given none answers by himself. The lead office's head is told.

use chrono::{DateTime, Utc};
use tb_calendar::{Request, Term};
use tb_kernel::{Fault, RequestId, Scope};
use tb_storage::{Origin, Store};
use uuid::Uuid;

use super::{answerer, beside, part_of, sent_out, settle, state};
use crate::app::App;
use crate::entity::joint_part;
use crate::model::apply::Outcome;
use crate::model::event::{EventDetail, EventKind};
use crate::model::joint::{JointSaid, PartState};
use crate::model::supervision::{Cause, Level};
use crate::service::act::Seen;
use crate::service::record::{Open, Writing, record};
use crate::service::setting::calendar;
use crate::service::supervise::{NewOrder, Watched, issue};
use crate::store;
use crate::store::event::Doer;

/// Parts looked at in one run.
const BATCH: u64 = 200;

/// Lets go what the lead offices have not sent; returns how many parts that were.
pub(crate) async fn release(app: &App, storage: &Store) -> Result<usize, Fault> {
    let parts = store::joint::lapsed(&storage.read(), storage.clock().now(), BATCH).await?;
    let mut released = 0;
    for part in parts {
        let id = part.case_id;
        let done = match Box::pin(tell_head(app, storage, &part)).await {
            Ok(()) => Box::pin(release_one(app, storage, id)).await,
            Err(fault) => Err(fault),
        };
        match done {
            Ok(done) => released += usize::from(done),
            Err(fault) => {
                tracing::error!(case = %id, code = fault.code, cause = ?fault.cause, "a part of a joint answer cannot be released");
            }
        }
    }
    Ok(released)
}

/// One part in one transaction: the answer that was given, else the note that the department answers.
async fn release_one(app: &App, storage: &Store, id: Uuid) -> Result<bool, Fault> {
    let origin = Origin::system("approval.joint_terms", RequestId(storage.new_id()));
    let mut tx = storage.begin(origin).await?;
    let watched = Watched::take(app, &tx, &Scope::Everything, id).await?;
    let part = store::joint::of_case(tx.conn(), id).await?;
    let is_over = |part: &joint_part::Model| {
        part.send_until <= tx.now() && state(part).is_some_and(PartState::is_waiting)
    };
    // It may have been sent in the same moment.
    let Some(part) = part.filter(is_over) else {
        return Ok(false);
    };
    let said = JointSaid {
        lead: part.lead_name.clone(),
        answer: None,
        sent_by: None,
        dropped: Vec::new(),
    };
    let seen = Seen {
        row: &watched.row,
        setting: &watched.setting,
        history: &watched.history,
    };
    let given = part_of(&watched.history)
        .map(|given| -> Result<(Doer, Outcome), Fault> {
            let outcome = sent_out(&tx, seen, given, said.clone())?;
            Ok((answerer(given.0), outcome))
        })
        .transpose();
    let given = given.unwrap_or_else(|fault| {
        tracing::warn!(case = %id, code = fault.code, "a part of a joint answer does not hold any more");
        None
    });
    let mut open = Open {
        app,
        setting: &watched.setting,
        row: watched.row,
        history: watched.history,
        causation_id: None,
    };
    let (doer, outcome) = if let Some(given) = given {
        given
    } else {
        let detail = EventDetail {
            joint: Some(Box::new(said)),
            ..EventDetail::default()
        };
        let what = (EventKind::JointReturned, detail);
        let doer = Doer {
            id: Uuid::nil(),
            name: tx.actor().name.clone(),
        };
        let now_in = open.row.current_state()?;
        (doer, beside(&open, tx.now(), what, now_in))
    };
    Box::pin(record(&mut tx, &mut open, outcome, &doer, Writing::Change)).await?;
    settle(app, &mut tx, part, PartState::Released).await?;
    tx.commit(&()).await?;
    Ok(true)
}

/// Orders the lead office's head to answer for the silence, once for all parts that end together, on the
/// office's own case of the matter. Where it has none that runs, its list shows the parts as late and
/// nothing more.
async fn tell_head(app: &App, storage: &Store, part: &joint_part::Model) -> Result<(), Fault> {
    let conn = storage.read();
    let all = store::joint::of_matter(&conn, &Scope::Everything, &part.joint_number).await?;
    let own = all
        .into_iter()
        .find(|one| one.department_id == part.lead_id);
    let Some(own) = own else {
        return Ok(());
    };
    let origin = Origin::system("approval.joint_terms", RequestId(storage.new_id()));
    let mut tx = storage.begin(origin).await?;
    let watched = Watched::take(app, &tx, &Scope::Everything, own.case_id).await?;
    let (level, cause, since) = (Level::Head, Cause::JointSilence, part.send_until);
    let key = (level.as_str(), cause.as_str(), since);
    let is_issued = store::supervision::is_issued(tx.conn(), own.case_id, key).await?;
    if is_issued || !watched.row.current_state()?.is_running() {
        return Ok(());
    }
    let calendar = calendar(app, tx.conn(), &watched.row.calendar_version).await?;
    let days = Term::working_days(app.settings().supervision_reply_days);
    let reply = Request::new(tx.now(), days).in_region(&watched.row.region);
    let new = NewOrder {
        level,
        cause,
        since,
        words: &words(part, tx.now()),
        reply_by: calendar.due(&reply).map_err(Fault::internal)?.date,
    };
    issue(app, &mut tx, watched, new).await?;
    tx.commit(&()).await?;
    Ok(())
}

fn words(part: &joint_part::Model, now: DateTime<Utc>) -> String {
    let day = tb_kernel::office_time::day(now).format("%-m月%-d日");
    format!(
        "“{}”（{}）应于{}前由牵头部门统一答复，至{day}没有发出，各部门的答复已自动分别送达。请说明原因。",
        part.joint_name,
        part.joint_number,
        part.send_by.format("%-m月%-d日"),
    )
}
