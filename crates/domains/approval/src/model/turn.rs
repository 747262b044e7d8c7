//! Whose turn it is: the post that a case waits for, which makes the to-do list of whoever holds it.

use tb_contract::item::{CaseKind, ItemDocument};

use super::clocks::plan;
use super::guard::{CLERK, HEAD};
use super::state::State;

/// What else decides whose turn it is.
#[derive(Clone, Copy, Debug, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own")]
pub(crate) struct Standing {
    /// A withdrawal waits for its answer.
    pub withdrawal_pending: bool,
    /// Somebody wants the case void.
    pub void_proposed: bool,
    /// There is a decision, and it was not revoked.
    pub decided: bool,
    /// Its part of the answer to a joint matter lies with the lead office.
    pub answered: bool,
}

/// The post that has to act next; none while the applicant or nobody has to. The words are those of
/// [`tb_contract::access::ROLES`] and of an item's steps.
pub(crate) fn post_in_turn(
    item: &ItemDocument,
    state: State,
    step: usize,
    standing: Standing,
) -> Option<&str> {
    if standing.void_proposed {
        return Some(HEAD);
    }
    if standing.withdrawal_pending {
        return Some(CLERK);
    }
    match state {
        // A correction that lapsed closes without a result, and a revoked decision is none: there is
        // nothing to hand over.
        State::Decided | State::Closed if !standing.decided => None,
        State::Submitted | State::Received if standing.answered => None,
        State::Submitted
        | State::AwaitingOriginals
        | State::Received
        | State::Decided
        | State::Closed => Some(CLERK),
        // A head resumes and ends what was suspended.
        State::Suspended => Some(HEAD),
        State::Accepted | State::Examining | State::SpecialProcedure => {
            Some(match plan(item).get(step) {
                Some(step) => step.post.as_str(),
                None if item.case_kind == CaseKind::Instant => CLERK,
                None => HEAD,
            })
        }
        _ => None,
    }
}
