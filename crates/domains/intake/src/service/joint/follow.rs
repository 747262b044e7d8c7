//! The whole follows its applications: state, dates, one sentence; who waited is sent off or told
//! that it will not be; the departments of the others hear of it.

use chrono::NaiveDate;
use tb_contract::events::JointMoved;
use tb_contract::joint::JointRef;
use tb_kernel::{Fault, office_time};
use tb_storage::{Tracked, Tx};
use uuid::Uuid;

use super::correct::collect;
use super::{Matter, answers, keep_plan, matter, plan, reference};
use crate::app::App;
use crate::model::State;
use crate::model::deferral::Deferred;
use crate::model::joint::{Gate, Standing, gate, progress, result_of, state_of};
use crate::sealed;
use crate::sentence::{named, needs_action};
use crate::service::promise::days;
use crate::service::submit::{HandedIn, promises, references};
use crate::service::tell::{Payload, tell};
use crate::service::write::{Entry, announce, notify, record, touch};
use crate::store;
use crate::store::application::{Application, Reach};

const MOVED: &str = "intake.application.joint_moved";

/// Holds the whole before one of its applications, so that all who move one take turns here and
/// never wait for each other crosswise.
pub(crate) async fn enter(tx: &Tx, reach: &Reach, id: Uuid) -> Result<(), Fault> {
    let row = store::application::find(tx.conn(), reach, id).await?;
    if let Some(whole) = row.and_then(|row| row.joint_id) {
        store::joint::whole_locked(tx.conn(), whole).await?;
    }
    Ok(())
}

/// Brings the whole up to date after one of its applications has been saved by `by`.
pub(crate) async fn follow(
    app: &App,
    tx: &mut Tx,
    moved: &Application,
    by: &str,
) -> Result<(), Fault> {
    let Some(whole_id) = moved.joint_id else {
        return Ok(());
    };
    let Some(mut whole) = store::joint::whole_locked(tx.conn(), whole_id).await? else {
        return Ok(());
    };
    let Some(pinned) = plan(&whole)? else {
        return Ok(());
    };
    let matter = matter(app, tx.conn(), &whole, pinned).await?;
    let mut children = store::joint::children_locked(tx.conn(), whole_id).await?;
    let before = children.iter().map(|one| mark(one)).collect::<Vec<_>>();
    gates(app, tx, &matter, &whole, &mut children).await?;
    let was_running = matter.plan.progress.running > 0;
    restate(&mut whole, &matter, &children)?;
    if whole.is_answered_as_one() {
        collect(tx, &mut whole, &matter, &children)?;
    }
    touch(&mut whole, by, tx.now());
    let ended = plan(&whole)?.is_some_and(|plan| plan.progress.running == 0);
    if was_running && ended {
        record(tx, &mut whole, Entry::platform("joint_done", tx.now())).await?;
        notify(tx, &whole, "joint_done", &named(&whole)).await?;
    }
    store::application::save(tx.conn(), &whole).await?;
    tell_others(tx, &matter, &whole, &mut children, moved.id, &before)?;
    for child in &children {
        store::application::save(tx.conn(), child).await?;
    }
    let (app, account) = (app.clone(), whole.account_id);
    tx.after_commit(move || app.tell(account, whole_id));
    Ok(())
}

/// What of an application the others are told.
fn mark(row: &Application) -> (Uuid, String) {
    (row.id, row.state.clone())
}

fn standing(row: &Application) -> Result<Standing<'_>, Fault> {
    let state = sealed::state(row)?;
    Ok(Standing {
        state,
        turn: needs_action(state, row),
        result: row.result.as_deref(),
    })
}

/// Opens the way for those that wait, in their order, as far as others are granted.
async fn gates(
    app: &App,
    tx: &mut Tx,
    matter: &Matter,
    whole: &Application,
    children: &mut [Tracked<Application>],
) -> Result<(), Fault> {
    let present = answers(whole)?;
    for (member, item) in matter.members(&present) {
        let Some(at) = children.iter().position(|one| one.item_code == item.code) else {
            continue;
        };
        let waits = children
            .get(at)
            .is_some_and(|one| one.state == State::Waiting.as_str());
        if !waits {
            continue;
        }
        let before = member
            .after
            .iter()
            .filter_map(|key| matter.items.get(key))
            .filter_map(|item| children.iter().find(|one| one.item_code == item.code))
            .map(|one| standing(one))
            .collect::<Result<Vec<_>, _>>()?;
        let verdict = gate(&before);
        let joint = {
            let all: Vec<&Application> = children.iter().map(|one| &**one).collect();
            reference(whole, &matter.joint, &all)
        };
        let Some(child) = children.get_mut(at) else {
            continue;
        };
        let now = tx.now();
        match verdict {
            Gate::Shut => {}
            Gate::Open => release(app, tx, child, joint).await?,
            Gate::Never => {
                State::Terminated.as_str().clone_into(&mut child.state);
                record(tx, child, Entry::platform("joint_not_sent", now)).await?;
                notify(tx, child, "joint_not_sent", &named(child)).await?;
            }
        }
    }
    Ok(())
}

/// Sends one that has waited to its department.
async fn release(
    app: &App,
    tx: &mut Tx,
    child: &mut Tracked<Application>,
    joint: JointRef,
) -> Result<(), Fault> {
    State::Submitted.as_str().clone_into(&mut child.state);
    let item = app.item_of(tx.conn(), child).await?;
    let now = tx.now();
    let allowed = days(app, tx.conn(), child, &item, now).await?;
    move_promises(child, allowed)?;
    let handed = HandedIn {
        form: sealed::form(tx.sealer(), child)?,
        answers: answers(child)?,
    };
    let files = store::material::all(tx.conn(), child.id).await?;
    let payload = Payload {
        item: &item,
        who: sealed::applicant(tx.sealer(), child)?,
        materials: references(tx.sealer(), &item, &handed, &files)?,
        handed,
        deferred: promises(child, &files)?,
        commitment: None,
        changed: Vec::new(),
        remark: String::new(),
        joint: Some(joint),
        counter: None,
        co_applicants: Vec::new(),
    };
    tell(tx, child, "intake.application.submitted", payload)?;
    record(tx, child, Entry::platform("joint_released", now)).await?;
    notify(tx, child, "joint_released", &named(child)).await?;
    Ok(())
}

/// While it waited its applicant could hand in nothing: the days promised move on by as long, within
/// what the item allows from today.
fn move_promises(
    child: &mut Application,
    (today, latest): (NaiveDate, NaiveDate),
) -> Result<(), Fault> {
    let handed_in = child.submitted_at.map_or(today, office_time::day);
    let moved = sealed::deferred(child)?.into_iter().map(|made| Deferred {
        by: (made.by + (today - handed_in)).min(latest),
        ..made
    });
    let moved = moved.collect();
    Ok(sealed::set_deferred(child, moved)?)
}

/// State, result, dates and counts of the whole.
pub(super) fn restate(
    whole: &mut Application,
    matter: &Matter,
    children: &[Tracked<Application>],
) -> Result<(), Fault> {
    let standings = children
        .iter()
        .map(|one| standing(one))
        .collect::<Result<Vec<_>, _>>()?;
    let mut plan = matter.plan.clone();
    plan.progress = progress(&standings);
    state_of(&standings).as_str().clone_into(&mut whole.state);
    whole.result = result_of(&plan.progress).map(str::to_owned);
    whole.withdrawal_pending =
        plan.progress.running > 0 && children.iter().any(|one| one.withdrawal_pending);
    let latest = children
        .iter()
        .filter(|one| one.promised_due.is_some())
        .max_by_key(|one| one.promised_due);
    match latest {
        // What is promised of the whole holds until one of its items needs longer.
        Some(child) if child.promised_due > plan.overall_due => {
            whole.promised_due = child.promised_due;
            whole.derivation.clone_from(&child.derivation);
        }
        _ => {
            whole.promised_due = plan.overall_due;
            whole.derivation = plan.derivation.as_ref().map(ToString::to_string);
        }
    }
    keep_plan(whole, &plan)
}

/// Tells the departments of the other cases, as far as theirs are still under way.
fn tell_others(
    tx: &mut Tx,
    matter: &Matter,
    whole: &Application,
    children: &mut [Tracked<Application>],
    moved: Uuid,
    before: &[(Uuid, String)],
) -> Result<(), Fault> {
    let joint = {
        let all: Vec<&Application> = children.iter().map(|one| &**one).collect();
        reference(whole, &matter.joint, &all)
    };
    for child in children.iter_mut() {
        let is_just_sent = before
            .iter()
            .any(|(id, state)| *id == child.id && *state != child.state);
        if child.id == moved || child.change_version == 0 || is_just_sent {
            continue;
        }
        announce(tx, child, MOVED, |version, number| JointMoved {
            case_number: number.to_owned(),
            version,
            joint: joint.clone(),
        })?;
    }
    Ok(())
}
