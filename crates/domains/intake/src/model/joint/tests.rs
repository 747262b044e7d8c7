//! Where a whole stands, and who is let in.

use super::{Gate, Standing, gate, progress, result_of, state_of};
use crate::model::State;

fn one(state: State, result: Option<&'static str>) -> Standing<'static> {
    Standing {
        state,
        turn: matches!(state, State::Correcting | State::AwaitingOriginals),
        result,
    }
}

#[test]
fn the_whole_stands_where_its_parts_stand() {
    use State::{
        Closed, Correcting, Decided, Delivered, Examining, Received, Refused, Submitted, Waiting,
        Withdrawn,
    };
    let granted = Some("granted");
    let denied = Some("denied");
    let cases: [(&[Standing<'_>], State, Option<&str>); 10] = [
        (&[one(Submitted, None), one(Waiting, None)], Submitted, None),
        (&[one(Received, None), one(Submitted, None)], Received, None),
        (
            &[one(Examining, None), one(Submitted, None)],
            Examining,
            None,
        ),
        (
            &[one(Examining, None), one(Correcting, None)],
            Correcting,
            None,
        ),
        (
            &[one(Decided, granted), one(Waiting, None)],
            Examining,
            None,
        ),
        (
            &[one(Closed, granted), one(Delivered, granted)],
            Closed,
            granted,
        ),
        (
            &[one(Delivered, granted), one(Delivered, granted)],
            Delivered,
            granted,
        ),
        (&[one(Closed, granted), one(Closed, denied)], Closed, None),
        (
            &[one(Withdrawn, None), one(Withdrawn, None)],
            Withdrawn,
            None,
        ),
        (&[one(Withdrawn, None), one(Refused, None)], Refused, None),
    ];
    for (all, state, result) in cases {
        assert_eq!(state_of(all), state, "{all:?}");
        assert_eq!(result_of(&progress(all)), result, "{all:?}");
    }
}

#[test]
fn who_waits_is_let_in_or_turned_away() {
    let granted = one(State::Decided, Some("granted"));
    assert_eq!(gate(&[]), Gate::Open);
    assert_eq!(gate(std::slice::from_ref(&granted)), Gate::Open);
    assert_eq!(
        gate(&[granted.clone(), one(State::Examining, None)]),
        Gate::Shut
    );
    assert_eq!(
        gate(&[granted, one(State::Decided, Some("denied"))]),
        Gate::Never
    );
    assert_eq!(gate(&[one(State::Withdrawn, None)]), Gate::Never);
    assert_eq!(gate(&[one(State::Waiting, None)]), Gate::Shut);
}
