//! The escalation chain (handler → head → supervising leader → inspectorate): every overdue case is
//! brought before each level once, after the days that the settings give.

use chrono::{DateTime, Days, Utc};
use tb_calendar::{Request, Term};
use tb_kernel::{Fault, RequestId, Scope, office_time};
use tb_storage::{Origin, Store};
use uuid::Uuid;

use super::record::cache_of;
use super::setting::calendar;
use super::supervise::{NewOrder, Watched, issue};
use crate::app::App;
use crate::model::clocks::plan;
use crate::model::event::{Beat, office_day};
use crate::model::light::{Cache, last_day};
use crate::model::running::running;
use crate::model::supervision::{Cause, Level, due_levels, ends, next_look, overdue, words_of};
use crate::store;
use crate::store::event::CaseEvent;

/// Cases looked at in one run.
const BATCH: u64 = 200;

/// Brings overdue cases before the levels whose turn has come; returns how many orders went out.
pub(crate) async fn escalate(app: &App, storage: &Store) -> Result<usize, Fault> {
    let now = storage.clock().now();
    let ids = store::supervision::to_look_at(&storage.read(), now, BATCH).await?;
    let mut issued = 0;
    for id in ids {
        match look_at(app, storage, id).await {
            Ok(orders) => issued += orders,
            Err(fault) => {
                tracing::error!(case = %id, code = fault.code, cause = ?fault.cause, "an overdue case cannot be escalated");
            }
        }
    }
    Ok(issued)
}

/// One case in one transaction: orders, events, and when it wants looking at again. Two runs at once
/// find the row locked, and a level that has had its order gets no second one.
async fn look_at(app: &App, storage: &Store, id: Uuid) -> Result<usize, Fault> {
    let origin = Origin::system("approval.escalate", RequestId(storage.new_id()));
    let mut tx = storage.begin(origin).await?;
    let now = tx.now();
    let watched = Watched::take(app, &tx, &Scope::Everything, id).await?;
    let (state, cache) = (watched.row.current_state()?, cache_of(&watched.row));
    let Some((cause, since)) = overdue(&cache, state, now) else {
        store::supervision::look_again(tx.conn(), id, next_look(&cache, state, now)).await?;
        tx.commit(&()).await?;
        return Ok(0);
    };
    let calendar = calendar(app, tx.conn(), &watched.row.calendar_version).await?;
    let region = watched.row.region.clone();
    let beats: Vec<Beat> = watched.history.iter().map(CaseEvent::beat).collect();
    let running = running(&beats, plan(&watched.setting.item).len());
    let mut pauses = running.pauses;
    if cause != Cause::Purple {
        pauses.extend(running.fee_pauses);
    }
    // A pause behind the due day does not move it, and is no delay either.
    let behind = calendar
        .remaining(office_day(now), last_day(since), &pauses, Some(&region))
        .map_err(Fault::internal)?
        .min(0)
        .unsigned_abs();
    let reply = Request::new(
        now,
        Term::working_days(app.settings().supervision_reply_days),
    )
    .in_region(&region);
    let reply_by = calendar.due(&reply).map_err(Fault::internal)?.date;
    let words = words_of(cause, behind);
    drop(watched);
    let mut issued = 0;
    for level in due_levels(behind, app.settings().escalation_days) {
        let key = (level.as_str(), cause.as_str(), since);
        if store::supervision::is_issued(tx.conn(), id, key).await? {
            continue;
        }
        let watched = Watched::take(app, &tx, &Scope::Everything, id).await?;
        let new = NewOrder {
            level,
            cause,
            since,
            words: &words,
            reply_by,
        };
        issue(app, &mut tx, watched, new).await?;
        issued += 1;
    }
    let again = look_next(&cache, now, behind, app.settings().escalation_days);
    store::supervision::look_again(tx.conn(), id, again).await?;
    tx.commit(&()).await?;
    Ok(issued)
}

/// Tomorrow, while a level still waits; else at the next end of a graver term.
fn look_next(
    cache: &Cache,
    now: DateTime<Utc>,
    behind: u32,
    days: [u32; 4],
) -> Option<DateTime<Utc>> {
    let has_more = due_levels(behind, days).count() < Level::CHAIN.len();
    let tomorrow = office_time::start_of_day(office_day(now) + Days::new(1));
    let ahead = ends(cache).into_iter().flatten().filter(|end| *end > now);
    ahead.chain(has_more.then_some(tomorrow)).min()
}
