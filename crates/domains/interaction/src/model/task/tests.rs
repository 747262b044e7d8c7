//! Every state × every command, and who may do what.

use tb_kernel::DepartmentId;
use uuid::Uuid;

use super::{Bounds, Change, Command, Facts, State, Who, appeal, apply};
use crate::error::Error;

const BOUNDS: Bounds = Bounds {
    rounds: 3,
    calls: 3,
};

fn person(n: u128, department: Option<u128>) -> Who {
    Who::Staff {
        id: Uuid::from_u128(n),
        department: department.map(|n| DepartmentId(Uuid::from_u128(n))),
    }
}

fn facts(state: State) -> Facts {
    Facts {
        state,
        appeal: appeal::NONE.to_owned(),
        round: 1,
        unreached: 0,
        handlers: vec![Uuid::from_u128(1)],
        department: DepartmentId(Uuid::from_u128(100)),
    }
}

#[test]
fn each_command_has_its_states() {
    use State::{Contacted, Open, Rectified};
    let table: [(Command, &[State]); 4] = [
        (Command::Contact { reached: true }, &[Open]),
        (Command::Rectify, &[Contacted]),
        (Command::CallBack { level: Some(5) }, &[Rectified]),
        (Command::Appeal, &[Open, Contacted, Rectified]),
    ];
    for (command, states) in table {
        for state in State::ALL {
            let answer = apply(&facts(state), command, person(2, Some(100)), BOUNDS);
            assert_eq!(
                answer.is_ok(),
                states.contains(&state),
                "{command:?} in {state:?}: {answer:?}"
            );
        }
    }
}

#[test]
fn the_handler_does_not_call_back_and_the_citizen_answers_himself() {
    let call = Command::CallBack { level: Some(4) };
    let rectified = facts(State::Rectified);
    let by = |who| apply(&rectified, call, who, BOUNDS);
    assert_eq!(by(person(1, Some(100))), Err(Error::HandlerCallsBack));
    assert_eq!(by(person(2, Some(100))), Ok(Change::Closed("satisfied")));
    assert_eq!(by(Who::Applicant), Ok(Change::Closed("satisfied")));
}

#[test]
fn who_is_not_satisfied_is_heard_again_until_the_last_round() {
    let call = |round, unreached, level| {
        let facts = Facts {
            round,
            unreached,
            ..facts(State::Rectified)
        };
        apply(&facts, Command::CallBack { level }, Who::Applicant, BOUNDS)
    };
    assert_eq!(call(1, 0, Some(2)), Ok(Change::Reopened));
    assert_eq!(call(2, 0, Some(1)), Ok(Change::Reopened));
    assert_eq!(call(3, 0, Some(2)), Ok(Change::Closed("dissatisfied")));
    assert_eq!(call(3, 0, Some(3)), Ok(Change::Closed("satisfied")));
    assert_eq!(call(1, 0, None), Ok(Change::Noted));
    assert_eq!(call(1, 2, None), Ok(Change::Closed("unreached")));
}

#[test]
fn another_organisation_decides_an_appeal_once() {
    let decide = Command::DecideAppeal { upheld: true };
    let mut asked = facts(State::Contacted);
    let by = |facts: &Facts, who| apply(facts, decide, who, BOUNDS);
    assert_eq!(by(&asked, person(9, Some(7))), Err(Error::NoAppeal));
    asked.appeal = appeal::ASKED.to_owned();
    assert_eq!(by(&asked, person(9, Some(100))), Err(Error::RatedDecides));
    assert_eq!(by(&asked, Who::Applicant), Err(Error::RatedDecides));
    assert_eq!(by(&asked, person(9, Some(7))), Ok(Change::Excluded));
    asked.appeal = appeal::REJECTED.to_owned();
    assert_eq!(by(&asked, person(9, Some(7))), Err(Error::NoAppeal));
    let again = apply(&asked, Command::Appeal, person(1, Some(100)), BOUNDS);
    assert_eq!(again, Err(Error::AppealedBefore));
}
