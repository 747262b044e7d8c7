//! The fee gate of an item: when a notice of payment goes out by itself, and what waits for the money.

use tb_contract::item::{FeeGate, ItemDocument};

use super::super::command::Command;
use super::super::diversion::{Diversion, Way};
use super::super::guard::Guard;
use super::super::state::{Ruling, State, TerminationGround};
use super::orders::Fees;
use super::{FeeOrder, FeeStage};
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

/// Where a case stands before the gate of its item.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Standing {
    /// The gate; none where the item names none, and a clerk charges by hand.
    pub gate: Option<FeeGate>,
    /// State of the case.
    pub state: State,
    /// Steps of its examination.
    pub steps: usize,
    /// Steps that are done.
    pub step: usize,
    /// Whether the applicant wants it back.
    pub withdrawal_pending: bool,
}

/// Whether a notice can go out now, by itself or by hand: the case stands before the gate. Before issue
/// that is when the examination is over, so that nobody pays for what is then denied. What was accepted
/// by silence, with the gate before the acceptance, is charged all the same; its clocks go on while there
/// is work to do (`running`).
pub(crate) fn check_due(standing: Standing) -> Result<(), Error> {
    let Standing { state, .. } = standing;
    if !state.is_running() {
        return Err(Error::FeeTooLate);
    }
    let is_accepted = matches!(state, State::Accepted | State::Examining);
    let stands = match standing.gate {
        Some(FeeGate::BeforeAcceptance) => state == State::Received || is_accepted,
        Some(FeeGate::BeforeIssue) | None => is_accepted && standing.step >= standing.steps,
    };
    if stands && !standing.withdrawal_pending {
        Ok(())
    } else {
        Err(Error::FeeNotDue)
    }
}

/// Whether a clerk can issue a notice: it is due, nothing is open beside it and something is owed; or a
/// clerk has to look at the sum again (`assesses`).
pub(crate) fn check_notice(
    standing: Standing,
    fees: &Fees<'_>,
    assesses: bool,
) -> Result<(), Error> {
    check_due(standing)?;
    let settled = fees.is_settled() && !assesses;
    let last = fees.orders.first().map(FeeOrder::stage);
    if fees.is_open() || settled || last == Some(FeeStage::Refund) {
        Err(Error::FeeOpen)
    } else {
        Ok(())
    }
}

/// Whether an item charges something that the platform can issue a notice for at its gate.
pub(crate) fn is_wanted(item: &ItemDocument) -> Option<FeeGate> {
    item.handling.fee_gate.filter(|_| !item.fees.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::fee::FeeState;
    use crate::model::fee::lines::Rest;
    use crate::model::words::Word;

    fn at(gate: Option<FeeGate>, state: State, step: usize) -> Standing {
        Standing {
            gate,
            state,
            steps: 2,
            step,
            withdrawal_pending: false,
        }
    }

    #[test]
    fn a_notice_goes_out_at_the_gate_and_nowhere_else() {
        let due = |gate, step| -> Vec<&'static str> {
            let states = State::ALL.iter().copied();
            states
                .filter(|state| check_due(at(gate, *state, step)).is_ok())
                .map(State::as_str)
                .collect()
        };
        let first = Some(FeeGate::BeforeAcceptance);
        assert_eq!(due(first, 0), ["received", "accepted", "examining"]);
        for gate in [None, Some(FeeGate::BeforeIssue)] {
            assert_eq!(due(gate, 1), [] as [&str; 0], "work is left: {gate:?}");
            assert_eq!(due(gate, 2), ["accepted", "examining"], "{gate:?}");
        }
        let leaving = Standing {
            withdrawal_pending: true,
            ..at(first, State::Received, 0)
        };
        assert_eq!(check_due(leaving), Err(Error::FeeNotDue));
        assert_eq!(
            check_due(at(first, State::Decided, 2)),
            Err(Error::FeeTooLate)
        );
    }

    #[test]
    fn beside_what_is_open_or_paid_there_is_no_other() {
        let standing = at(None, State::Examining, 2);
        let paid = FeeOrder {
            state: FeeState::Paid,
            paid: 4_000,
            ..FeeOrder::new(4_000)
        };
        let check = |orders: &[FeeOrder], assesses| {
            let rest = Rest::default();
            check_notice(standing, &Fees { orders, rest }, assesses)
        };
        assert_eq!(check(&[], false), Ok(()));
        assert_eq!(check(&[FeeOrder::new(4_000)], false), Err(Error::FeeOpen));
        assert_eq!(
            check(std::slice::from_ref(&paid), false),
            Err(Error::FeeOpen)
        );
        assert_eq!(check(std::slice::from_ref(&paid), true), Ok(()));
        let ended = |state| FeeOrder {
            state,
            ..FeeOrder::new(4_000)
        };
        assert_eq!(check(&[ended(FeeState::Lapsed)], false), Ok(()));
        let taken_back = [ended(FeeState::Cancelled), paid];
        assert_eq!(check(&taken_back, false), Err(Error::FeeOpen));
    }
}
