//! Deputies (代理) at cases: a colleague who is away lends his posts. Whoever can do something in his
//! own right does; else he acts in the place of who is away, which event and audit trail say.

use tb_contract::access::{as_deputy, given_by, reach};
use tb_kernel::{Actor, Deputised, Fault};
use tb_storage::Tx;

use super::act::{Seen, judge};
use crate::error::Error;
use crate::model::apply::{Outcome, Surroundings};
use crate::model::command::Command;
use crate::model::event::{EventDetail, StaffRef};
use crate::view::command::permission;

/// The capacities in which somebody may use a permission, his own right first.
pub(crate) fn capacities<'a>(actor: &'a Actor, key: &str) -> Vec<Option<&'a Deputised>> {
    if actor.deputy_of.is_empty() {
        return vec![None];
    }
    let own = reach(actor, key).is_some();
    let others = actor.deputy_of.iter();
    let others = others.filter(|absent| own || given_by(absent, key).is_some());
    own.then_some(None)
        .into_iter()
        .chain(others.map(Some))
        .collect()
}

/// His posts, and those that he holds as a deputy.
pub(crate) fn posts(actor: &Actor) -> Vec<String> {
    let lent = actor.deputy_of.iter().flat_map(|absent| &absent.roles);
    actor.roles.iter().chain(lent).cloned().collect()
}

/// In what capacity somebody holds a post, his own right first; `refusal` where he does not.
pub(crate) fn holding<'a>(
    actor: &'a Actor,
    post: &str,
    refusal: Error,
) -> Result<Option<&'a Deputised>, Error> {
    let has = |roles: &[String]| roles.iter().any(|role| role == post);
    if has(&actor.roles) {
        return Ok(None);
    }
    let mut lent = actor.deputy_of.iter();
    let absent = lent.find(|absent| has(&absent.roles));
    absent.map(Some).ok_or(refusal)
}

/// Somebody without what he holds as a deputy.
pub(crate) fn in_own_right(actor: &Actor) -> Actor {
    Actor {
        deputy_of: Vec::new(),
        ..actor.clone()
    }
}

/// Judges a command in the first capacity in which it can be given; the events say which.
pub(crate) fn judge_as(
    tx: &mut Tx,
    seen: Seen<'_>,
    version: Option<i64>,
    command: &Command,
) -> Result<Outcome, Fault> {
    let (key, _) = permission(command.verb());
    let actor = tx.actor().clone();
    let mut refused = None;
    for acting_for in capacities(&actor, key) {
        let around = Surroundings {
            acting_for,
            ..Surroundings::of(&actor, tx.now())
        };
        match judge(tx.sealer(), seen, version, command.clone(), around) {
            Ok(mut outcome) => {
                for event in &mut outcome.events {
                    mark(&mut event.detail, &actor, acting_for);
                }
                witness(tx, acting_for, key);
                return Ok(outcome);
            }
            Err(fault) => refused = Some(telling(refused, fault)),
        }
    }
    Err(refused.unwrap_or_else(|| Error::NotYours.into()))
}

/// Refusals that say that the post is another's.
const OF_POSTS: [&str; 4] = [
    "approval.wrong_post",
    "approval.head_decides",
    "approval.head_approves",
    "approval.second_notice_by_head",
];

/// Which of two refusals says more: one about the post gives way to what stands in the way of whoever
/// holds it.
pub(crate) fn telling(kept: Option<Fault>, next: Fault) -> Fault {
    match kept {
        Some(kept) if !OF_POSTS.contains(&kept.code) => kept,
        _ => next,
    }
}

/// Writes into an event in whose place it was done.
pub(crate) fn mark(detail: &mut EventDetail, actor: &Actor, acting_for: Option<&Deputised>) {
    detail.deputy_of = acting_for.map(|absent| StaffRef {
        id: absent.id.0,
        name: absent.name.clone(),
    });
    detail.stood_for = actor.deputy_of.iter().map(|absent| absent.id.0).collect();
}

/// Says in the audit trail in whose place it is done.
pub(crate) fn witness(tx: &mut Tx, acting_for: Option<&Deputised>, key: &str) {
    if let Some(absent) = acting_for {
        tx.act_as(as_deputy(given_by(absent, key).unwrap_or_default(), absent));
    }
}

/// A name as lists show who did something, with whose place he took.
pub(crate) fn name(actor: &Actor, acting_for: Option<&Deputised>) -> String {
    match acting_for {
        Some(absent) => format!("{}（代{}）", actor.name, absent.name),
        None => actor.name.clone(),
    }
}
