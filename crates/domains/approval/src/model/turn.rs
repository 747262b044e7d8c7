//! Whose turn it is: the post that a case waits for, which makes the to-do list of whoever holds it.

use tb_contract::item::{CaseKind, ItemDocument};

use super::clocks::plan;
use super::guard::{CLERK, HEAD};
use super::state::State;

/// The post that has to act next; none while the applicant or nobody has to. The words are those of
/// [`tb_contract::access::ROLES`] and of an item's steps.
pub(crate) fn post_in_turn(
    item: &ItemDocument,
    state: State,
    step: usize,
    withdrawal_pending: bool,
) -> Option<&str> {
    if withdrawal_pending {
        return Some(CLERK);
    }
    match state {
        State::Submitted | State::Received | State::Decided | State::Closed => Some(CLERK),
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
