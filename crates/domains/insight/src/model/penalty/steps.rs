//! The life of an entry: who may do what with it.

use uuid::Uuid;

use crate::error::Error;

/// Where an entry stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum State {
    /// Waits for the second person.
    Proposed,
    /// Given back by him.
    Returned,
    /// The public sees it, until its last day.
    Published,
    /// Taken back: it should not have been shown.
    Withdrawn,
    /// No longer shown, since credit was repaired (信用修复).
    Repaired,
}

impl State {
    const ALL: [Self; 5] = [
        Self::Proposed,
        Self::Returned,
        Self::Published,
        Self::Withdrawn,
        Self::Repaired,
    ];

    /// Its word.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Proposed => "proposed",
            Self::Returned => "returned",
            Self::Published => "published",
            Self::Withdrawn => "withdrawn",
            Self::Repaired => "repaired",
        }
    }

    /// The state of a word.
    pub(crate) fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == word)
    }
}

/// What can be done with an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Command {
    /// Change it; it is checked anew.
    Edit,
    /// Show it.
    Publish,
    /// Give it back to whoever entered it.
    Return,
    /// Take it back.
    Withdraw,
    /// End its display, since credit was repaired.
    Repair,
}

impl Command {
    /// The command of the second person by its word.
    pub(crate) fn parse(word: &str) -> Option<Self> {
        match word {
            "publish" => Some(Self::Publish),
            "return" => Some(Self::Return),
            "withdraw" => Some(Self::Withdraw),
            "repair" => Some(Self::Repair),
            _ => None,
        }
    }

    /// Whether a reason has to stand with it.
    pub(crate) fn needs_reason(self, state: State) -> bool {
        match self {
            Self::Publish => false,
            Self::Edit => state == State::Published,
            Self::Return | Self::Withdraw | Self::Repair => true,
        }
    }
}

/// Where a command leads. Who entered an entry does not check it.
pub(crate) fn apply(
    state: State,
    made_by: Uuid,
    command: Command,
    who: Uuid,
) -> Result<State, Error> {
    let next = match (state, command) {
        (State::Proposed | State::Returned | State::Published, Command::Edit) => State::Proposed,
        (State::Proposed, Command::Publish) => State::Published,
        (State::Proposed, Command::Return) => State::Returned,
        (State::Proposed | State::Returned | State::Published, Command::Withdraw) => {
            State::Withdrawn
        }
        (State::Published, Command::Repair) => State::Repaired,
        _ => return Err(Error::PenaltyState),
    };
    if matches!(command, Command::Publish | Command::Return) && made_by == who {
        return Err(Error::SecondPerson);
    }
    Ok(next)
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::Command::{Edit, Publish, Repair, Return, Withdraw};
    use super::State::{Proposed, Published, Repaired, Returned, Withdrawn};
    use super::{State, apply};
    use crate::error::Error;

    #[test]
    fn each_state_allows_what_it_allows() {
        let (maker, other) = (Uuid::from_u128(1), Uuid::from_u128(2));
        let step = |state, command| apply(state, maker, command, other).ok();
        for (state, edit, publish, back, withdraw, repair) in [
            (
                Proposed,
                Some(Proposed),
                Some(Published),
                Some(Returned),
                Some(Withdrawn),
                None,
            ),
            (Returned, Some(Proposed), None, None, Some(Withdrawn), None),
            (
                Published,
                Some(Proposed),
                None,
                None,
                Some(Withdrawn),
                Some(Repaired),
            ),
            (Withdrawn, None, None, None, None, None),
            (Repaired, None, None, None, None, None),
        ] {
            let got = [Edit, Publish, Return, Withdraw, Repair].map(|one| step(state, one));
            assert_eq!(got, [edit, publish, back, withdraw, repair], "{state:?}");
            assert_eq!(State::parse(state.as_str()), Some(state));
        }
    }

    #[test]
    fn who_entered_it_does_not_check_it() {
        let maker = Uuid::from_u128(1);
        for command in [Publish, Return] {
            let refused = apply(Proposed, maker, command, maker);
            assert!(matches!(refused, Err(Error::SecondPerson)));
        }
        assert!(apply(Proposed, maker, Withdraw, maker).is_ok());
    }
}
