//! The fee gate of an item: when a notice of payment goes out by itself, and what waits for the money.

use tb_contract::item::{FeeGate, ItemDocument};

use super::super::command::Command;
use super::super::diversion::{Diversion, Way};
use super::super::guard::Guard;
use super::super::state::{Ruling, State, TerminationGround};
use crate::error::Error;

/// The fee of a case as its rules look at it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct FeeFacts {
    /// The gate at which the item wants its fee; none where this case is charged nothing.
    pub gate: Option<FeeGate>,
    /// Whether nothing is owed any more.
    pub settled: bool,
    /// Whether an order waits for its money.
    pub open: bool,
    /// Whether the applicant let the term for paying pass.
    pub lapsed: bool,
}

/// Tries a guard about the fee.
pub(crate) fn check_gate(guard: Guard, fee: FeeFacts, command: &Command) -> Result<(), Error> {
    let refused = match (guard, command) {
        // The acceptance waits only where the item says so; deemed acceptance (article 32) never does.
        (Guard::FeeSettled, Command::Accept) => {
            fee.gate == Some(FeeGate::BeforeAcceptance) && !fee.settled
        }
        // A denial waits for no money.
        (
            Guard::FeeSettled,
            Command::Decide {
                ruling: Ruling::Granted,
                ..
            },
        ) => !fee.settled && (fee.gate.is_some() || fee.open),
        (
            Guard::FeeLapsed,
            Command::Divert(Diversion {
                way:
                    Way::Terminate {
                        ground: TerminationGround::FeeUnpaid,
                    },
                ..
            }),
        ) if !fee.lapsed => return Err(Error::FeeNotLapsed),
        _ => false,
    };
    if refused {
        Err(Error::FeeUnpaid)
    } else {
        Ok(())
    }
}

/// Whether the notice goes out now: the case stands before the gate of its item. Before issue that is
/// when the examination is over, so that nobody pays for what is then denied.
pub(crate) fn is_due_at(gate: FeeGate, state: State, steps: usize, step: usize) -> bool {
    match gate {
        FeeGate::BeforeAcceptance => state == State::Received,
        FeeGate::BeforeIssue => {
            matches!(state, State::Accepted | State::Examining) && step >= steps
        }
    }
}

/// Whether an item charges something that the platform can issue a notice for at its gate.
pub(crate) fn is_wanted(item: &ItemDocument) -> Option<FeeGate> {
    item.handling.fee_gate.filter(|_| !item.fees.is_empty())
}
