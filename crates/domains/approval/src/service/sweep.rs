//! The clocks of all cases that have one, computed anew: once a day, and at once when a new calendar
//! has come. A walk goes by id, page after page, and goes on where it was cut off.

use chrono::{DateTime, Duration, Utc};
use futures::{StreamExt, TryStreamExt, stream};
use tb_kernel::{ErrorKind, Fault, RequestId};
use tb_storage::{Conn, Origin, Store, Tracked};
use uuid::Uuid;

use super::commitment::set_check;
use super::record::{cache_of, set_alarm, set_clocks};
use super::setting::{Calendars, read_clocks, setting};
use super::tally;
use crate::app::App;
use crate::entity::case;
use crate::model::event::{Beat, office_day};
use crate::model::light::Cache;
use crate::store::event::CaseEvent;
use crate::store::sweep::Sweep;
use crate::store::{self, copy};

/// Cases of a page: one read, and one transaction where anything has moved.
const PAGE: usize = 500;
/// Pages between two notes of the position.
const PAGES: usize = 8;
/// Pages that are computed beside each other.
const AT_ONCE: usize = 2;
/// Cases after which other work gets its turn.
const IN_A_ROW: usize = 50;
/// After this long the next walk begins even though no calendar has come.
const EVERY_HOURS: i64 = 24;

/// Goes on with a walk, or begins one where it is due; returns how many cases were put right.
pub(crate) async fn sweep(app: &App, storage: &Store) -> Result<i64, Fault> {
    let Some(mut sweep) = due(storage).await? else {
        return Ok(0);
    };
    loop {
        let ids =
            store::sweep::ids_behind(&storage.read(), sweep.position, limit(PAGE * PAGES)).await?;
        let Some(last) = ids.last().copied() else {
            break;
        };
        sweep.looked_at += count(ids.len());
        sweep.moved += pages(app, storage, sweep.id, &ids).await?;
        sweep.position = Some(last);
        keep(storage, &sweep).await?;
        if copy::Calendars::newest_version(&storage.read())
            .await?
            .as_ref()
            != Some(&sweep.calendar_version)
        {
            // Another calendar has come: the next walk begins with it, from the first case.
            return Ok(sweep.moved);
        }
    }
    sweep.ended_at = Some(storage.clock().now());
    keep(storage, &sweep).await?;
    tally::count_again(storage).await?;
    app.figures().all_changed();
    tracing::info!(
        calendar = sweep.calendar_version,
        looked_at = sweep.looked_at,
        moved = sweep.moved,
        "the clocks of all cases were computed anew"
    );
    Ok(sweep.moved)
}

/// The walk under way, or a new one where it is time.
async fn due(storage: &Store) -> Result<Option<Sweep>, Fault> {
    let (conn, now) = (storage.read(), storage.clock().now());
    let Some(newest) = copy::Calendars::newest_version(&conn).await? else {
        return Ok(None);
    };
    if let Some(last) = store::sweep::last(&conn).await?
        && last.calendar_version == newest
    {
        match last.ended_at {
            None => return Ok(Some(last)),
            Some(_) if now - last.started_at < Duration::hours(EVERY_HOURS) => return Ok(None),
            Some(_) => {}
        }
    }
    let sweep = Sweep {
        id: storage.new_id(),
        calendar_version: newest,
        started_at: now,
        ended_at: None,
        position: None,
        looked_at: 0,
        moved: 0,
    };
    let tx = storage.begin(origin(storage)).await?;
    store::sweep::begin(tx.conn(), sweep.clone()).await?;
    tx.commit(&()).await?;
    Ok(Some(sweep))
}

async fn keep(storage: &Store, sweep: &Sweep) -> Result<(), Fault> {
    let tx = storage.begin(origin(storage)).await?;
    store::sweep::note(tx.conn(), sweep).await?;
    tx.commit(&()).await?;
    Ok(())
}

fn origin(storage: &Store) -> Origin {
    Origin::system("approval.rebuild_clocks", RequestId(storage.new_id()))
}

async fn pages(app: &App, storage: &Store, walk: Uuid, ids: &[Uuid]) -> Result<i64, Fault> {
    stream::iter(ids.chunks(PAGE).map(<[Uuid]>::to_vec))
        .map(|ids| page(app, storage, walk, ids))
        .buffer_unordered(AT_ONCE)
        .try_fold(0, |moved, page| async move { Ok(moved + page) })
        .await
}

/// Reads the clocks of a page, and writes those that say something else than the rows. A case that
/// changes in the meantime has had its clocks read by that change.
async fn page(app: &App, storage: &Store, walk: Uuid, ids: Vec<Uuid>) -> Result<i64, Fault> {
    let (conn, now) = (storage.read(), storage.clock().now());
    let rows = store::sweep::without_dossier(&conn, &ids).await?;
    let mut histories = store::event::of_cases(&conn, storage.sealer(), &ids).await?;
    // Asked for behind the rows, so that none of them was read by a newer one.
    let newest = copy::Calendars::newest_version(&conn).await?;
    let read = Read {
        app,
        conn: &conn,
        newest: newest.as_deref(),
        now,
    };
    let mut moved = Vec::new();
    for (place, mut row) in rows.into_iter().enumerate() {
        if place % IN_A_ROW == IN_A_ROW - 1 {
            tokio::task::yield_now().await;
        }
        let history = histories.remove(&row.id).unwrap_or_else(|| Ok(Vec::new()));
        let done = match history {
            Ok(history) => set_anew(&read, &mut row, &history).await,
            Err(error) => Err(error.into()),
        };
        match done {
            Ok(()) if row.is_changed() => moved.push(row),
            Ok(()) => {}
            // The database is away: the page is read again.
            Err(fault) if fault.kind == ErrorKind::Unavailable => return Err(fault),
            // A case in trouble of its own does not hold up the others.
            Err(fault) => {
                tracing::error!(case = %row.id, code = fault.code, cause = ?fault.cause, "the clocks of a case cannot be computed");
            }
        }
    }
    if moved.is_empty() {
        return Ok(0);
    }
    let mut tx = storage.begin(origin(storage)).await?;
    let versions = store::sweep::hold(tx.conn(), moved.iter().map(|row| row.id).collect()).await?;
    moved.retain(|row| versions.get(&row.id) == Some(&row.version));
    store::sweep::write_alike(tx.conn(), &moved, tx.now()).await?;
    // Dates are a cache of events and calendar, and nobody decided anything: a row of the walk for the
    // page, not one for each of a million cases.
    tx.done("approval.clocks.rebuilt", "clock_sweep", walk);
    let figures = app.clone();
    tx.after_commit(move || figures.figures().all_changed());
    tx.commit(&()).await?;
    Ok(count(moved.len()))
}

/// What the cases of a page are read by.
struct Read<'a> {
    app: &'a App,
    conn: &'a Conn,
    newest: Option<&'a str>,
    /// One moment for all, so that rows that change alike stay alike.
    now: DateTime<Utc>,
}

/// Sets what a row holds of its clocks to what its events say.
async fn set_anew(
    read: &Read<'_>,
    row: &mut Tracked<case::Model>,
    history: &[CaseEvent],
) -> Result<(), Fault> {
    let Read {
        app,
        conn,
        newest,
        now,
    } = *read;
    let setting = setting(app, conn, row).await?;
    let beats: Vec<Beat> = history.iter().map(CaseEvent::beat).collect();
    let as_of = office_day(history.last().map_or(now, |event| event.at));
    let calendars = Calendars {
        pinned: &row.calendar_version,
        newest,
    };
    let (clocks, calendar) = read_clocks(app, conn, calendars, &setting.item, &beats, as_of)
        .await?
        .ok_or_else(|| Fault::internal("the calendar of a case is gone"))?;
    if cache_of(row) != Cache::from(&clocks) || row.calendar_version != calendar {
        // Written with the others of its kind.
        let clocks_at = row.clocks_at;
        set_clocks(row, &clocks, now);
        row.clocks_at = clocks_at;
        row.calendar_version = calendar;
    }
    let state = row.current_state()?;
    set_alarm(row, &setting, history, state);
    set_check(row, history, &clocks);
    Ok(())
}

fn limit(many: usize) -> u64 {
    u64::try_from(many).unwrap_or(u64::MAX)
}

fn count(many: usize) -> i64 {
    i64::try_from(many).unwrap_or(i64::MAX)
}
