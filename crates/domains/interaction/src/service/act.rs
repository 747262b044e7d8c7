//! One command on one task: load, check the version, judge, write, tell.

use tb_contract::access::Permission;
use tb_http::Ctx;
use tb_kernel::{Fault, RectificationId, office_time};
use tb_storage::{Tracked, Tx};

use super::read::{TaskView, view};
use super::record::{Detail, Doer, facts, record, tell};
use crate::app::App;
use crate::error::Error;
use crate::model::task::{Bounds, Change, Command, State, Who, appeal, apply};
use crate::store;
use crate::store::task::Task;

/// Longest words, in characters.
pub(crate) const MOST_WORDS: usize = 2_000;

/// A command with its words.
pub(crate) struct Act {
    pub command: Command,
    pub kind: &'static str,
    pub detail: Detail,
}

/// Does a command of staff.
pub(crate) async fn act<P: Permission>(
    app: &App,
    ctx: &Ctx<P>,
    id: RectificationId,
    version: i64,
    act: Act,
) -> Result<TaskView, Fault> {
    let mut tx = ctx.begin().await?;
    let row = store::task::find_locked(tx.conn(), ctx.scope(), id.0).await?;
    let row = row.ok_or(Error::TaskNotFound)?;
    let who = Who::Staff {
        id: ctx.actor().id.0,
        department: ctx.actor().department.as_ref().map(|of| of.id),
    };
    let doer = Doer {
        id: ctx.actor().id.0,
        name: &ctx.actor().name,
    };
    let row = carry_out(app, &mut tx, row, version, who, &doer, &act).await?;
    let answer = view(app, ctx, tx.conn(), row).await?;
    tx.commit(&answer).await?;
    Ok(answer)
}

/// Judges and writes a command on a task that is held.
pub(crate) async fn carry_out(
    app: &App,
    tx: &mut Tx,
    mut row: Tracked<Task>,
    version: i64,
    who: Who,
    doer: &Doer<'_>,
    act: &Act,
) -> Result<Task, Fault> {
    let settings = app.settings();
    let bounds = Bounds {
        rounds: settings.rounds,
        calls: settings.calls,
    };
    // What cannot be done at all is said before what was seen too long ago.
    let change = apply(&facts(&row)?, act.command, who, bounds)?;
    if row.version != version {
        return Err(Error::StaleVersion.into());
    }
    row.version += 1;
    if matches!(act.command, Command::Contact { .. } | Command::Rectify) {
        note_handler(&mut row, doer)?;
    }
    let told = change_row(app, tx, &mut row, change, &act.detail).await?;
    record(tx, &mut row, act.kind, doer, &act.detail).await?;
    store::task::save(tx.conn(), &row).await?;
    if let Some((kind, due, words)) = told {
        tell(tx, &row, kind, due, &words).await?;
    }
    tx.done(action(act.command), "rectification", row.id);
    Ok(Task::clone(&row))
}

type Told = (&'static str, Option<chrono::NaiveDate>, String);

/// Moves the row; says what the applicant is told.
async fn change_row(
    app: &App,
    tx: &mut Tx,
    row: &mut Task,
    change: Change,
    detail: &Detail,
) -> Result<Option<Told>, Fault> {
    let now = tx.now();
    Ok(match change {
        Change::Noted => {
            if row.state == State::Rectified.as_str() {
                row.unreached += 1;
            }
            None
        }
        Change::Contacted => {
            row.contacted_at.get_or_insert(now);
            put(row, State::Contacted);
            run_to_close(app, tx, row).await?;
            Some(("contacted", None, String::new()))
        }
        Change::Rectified => {
            let in_time = office_time::day(now) <= row.close_due;
            row.in_time.get_or_insert(in_time);
            row.rectified_at = Some(now);
            row.unreached = 0;
            put(row, State::Rectified);
            run(app, tx, row, app.settings().call_back_days).await?;
            Some(("rectified", None, detail.result.clone()))
        }
        Change::Reopened => {
            row.second_level = detail.level.map(i32::from);
            row.round += 1;
            row.round_at = now;
            put(row, State::Open);
            begin_round(app, tx, row).await?;
            Some(("reopened", Some(row.contact_due), String::new()))
        }
        Change::Closed(outcome) => {
            if detail.level.is_some() {
                row.second_level = detail.level.map(i32::from);
            }
            row.outcome = Some(outcome.to_owned());
            row.closed_at = Some(now);
            put(row, State::Closed);
            Some(("closed", None, String::new()))
        }
        Change::Appealed => {
            appeal::ASKED.clone_into(&mut row.appeal);
            None
        }
        Change::Rejected => {
            appeal::REJECTED.clone_into(&mut row.appeal);
            None
        }
        Change::Excluded => {
            appeal::UPHELD.clone_into(&mut row.appeal);
            row.closed_at = Some(now);
            put(row, State::Excluded);
            exclude(tx, row).await?;
            Some(("excluded", None, detail.words.clone()))
        }
    })
}

fn put(row: &mut Task, state: State) {
    state.as_str().clone_into(&mut row.state);
}

/// A new round: both terms begin anew.
async fn begin_round(app: &App, tx: &Tx, row: &mut Task) -> Result<(), Fault> {
    let today = office_time::day(tx.now());
    let close = app.term(tx.conn(), today, app.settings().close_days, &row.region);
    row.close_due = close.await?.due;
    run(app, tx, row, app.settings().contact_days).await?;
    row.contact_due = row.due_on;
    Ok(())
}

/// Lets a term run from today.
async fn run(app: &App, tx: &Tx, row: &mut Task, days: u32) -> Result<(), Fault> {
    let term = app.term(tx.conn(), office_time::day(tx.now()), days, &row.region);
    let term = term.await?;
    row.due_on = term.due;
    row.yellow_from = term.yellow_from;
    row.escalation = 0;
    Ok(())
}

/// Lets the term of the rectification run, which began with the round.
async fn run_to_close(app: &App, tx: &Tx, row: &mut Task) -> Result<(), Fault> {
    let begun = office_time::day(row.round_at);
    let term = app.term(tx.conn(), begun, app.settings().close_days, &row.region);
    let term = term.await?;
    row.due_on = term.due;
    row.yellow_from = term.yellow_from;
    row.escalation = 0;
    Ok(())
}

/// Takes the rating out of the count; it stays as it is.
async fn exclude(tx: &Tx, row: &Task) -> Result<(), Fault> {
    let scope = tb_kernel::Scope::Everything;
    let rated = store::occasion::find_locked(tx.conn(), &scope, row.occasion_id).await?;
    let mut rated = rated.ok_or(Error::TaskNotFound)?;
    rated.excluded = true;
    Ok(store::occasion::save(tx.conn(), &rated).await?)
}

fn note_handler(row: &mut Task, doer: &Doer<'_>) -> Result<(), Fault> {
    let mut handlers: Vec<uuid::Uuid> =
        serde_json::from_str(&row.handlers).map_err(Fault::internal)?;
    if !handlers.contains(&doer.id) {
        handlers.push(doer.id);
    }
    row.handlers = serde_json::to_string(&handlers).map_err(Fault::internal)?;
    Ok(())
}

fn action(command: Command) -> &'static str {
    match command {
        Command::Contact { .. } => "interaction.rectification.contacted",
        Command::Rectify => "interaction.rectification.rectified",
        Command::CallBack { .. } => "interaction.rectification.called_back",
        Command::Appeal => "interaction.appeal.asked",
        Command::DecideAppeal { .. } => "interaction.appeal.decided",
    }
}

/// Words that must be there, trimmed, and not too long.
pub(crate) fn required(words: &str, what: &str) -> Result<String, Error> {
    let words = optional(words)?;
    if words.is_empty() {
        return Err(Error::WordsMissing {
            what: what.to_owned(),
        });
    }
    Ok(words)
}

/// Words that may be there.
pub(crate) fn optional(words: &str) -> Result<String, Error> {
    let words = words.trim();
    if words.chars().count() > MOST_WORDS {
        return Err(Error::TextTooLong { max: MOST_WORDS });
    }
    Ok(words.to_owned())
}
