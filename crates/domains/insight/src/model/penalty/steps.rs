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
    /// The decision itself was changed, revoked, found unlawful or void: the public reads why, and no more.
    Revoked,
}

impl State {
    const ALL: [Self; 6] = [
        Self::Proposed,
        Self::Returned,
        Self::Published,
        Self::Withdrawn,
        Self::Repaired,
        Self::Revoked,
    ];

    /// Its word.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Proposed => "proposed",
            Self::Returned => "returned",
            Self::Published => "published",
            Self::Withdrawn => "withdrawn",
            Self::Repaired => "repaired",
            Self::Revoked => "revoked",
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
    /// Take it back and say publicly why, since the decision no longer stands (行政处罚法, article 48).
    Revoke,
}

impl Command {
    /// The command of the second person by its word.
    pub(crate) fn parse(word: &str) -> Option<Self> {
        match word {
            "publish" => Some(Self::Publish),
            "return" => Some(Self::Return),
            "withdraw" => Some(Self::Withdraw),
            "repair" => Some(Self::Repair),
            "revoke" => Some(Self::Revoke),
            _ => None,
        }
    }

    /// Whether a reason has to stand with it.
    pub(crate) fn needs_reason(self, state: State) -> bool {
        match self {
            Self::Publish => false,
            Self::Edit => state == State::Published,
            Self::Return | Self::Withdraw | Self::Repair | Self::Revoke => true,
        }
    }
}

/// An entry as its steps look at it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Standing {
    /// Where it stands.
    pub state: State,
    /// Who entered it, or changed it last.
    pub made_by: Uuid,
    /// Whether the public has ever seen it.
    pub was_public: bool,
}

/// Where a command leads. Who entered an entry does not check it.
pub(crate) fn apply(entry: Standing, command: Command, who: Uuid) -> Result<State, Error> {
    let next = match (entry.state, command) {
        (State::Proposed | State::Returned | State::Published, Command::Edit) => State::Proposed,
        (State::Proposed, Command::Publish) => State::Published,
        (State::Proposed, Command::Return) => State::Returned,
        (State::Proposed | State::Returned | State::Published, Command::Withdraw) => {
            State::Withdrawn
        }
        (State::Published, Command::Repair) => State::Repaired,
        // Also while a correction waits: the public has seen it, and is owed the reason.
        (State::Proposed | State::Returned | State::Published, Command::Revoke)
            if entry.was_public =>
        {
            State::Revoked
        }
        _ => return Err(Error::PenaltyState),
    };
    if matches!(command, Command::Publish | Command::Return) && entry.made_by == who {
        return Err(Error::SecondPerson);
    }
    Ok(next)
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::Command::{Edit, Publish, Repair, Return, Revoke, Withdraw};
    use super::State::{Proposed, Published, Repaired, Returned, Revoked, Withdrawn};
    use super::{Standing, State, apply};
    use crate::error::Error;

    const MAKER: Uuid = Uuid::from_u128(1);

    fn entry(state: State, was_public: bool) -> Standing {
        Standing {
            state,
            made_by: MAKER,
            was_public,
        }
    }

    #[test]
    fn only_what_was_public_is_taken_back_with_a_public_reason() {
        let other = Uuid::from_u128(2);
        let revoke = |state, was_public| apply(entry(state, was_public), Revoke, other).ok();
        for state in [Proposed, Returned, Published] {
            assert_eq!(revoke(state, true), Some(Revoked));
            assert_eq!(revoke(state, false), None);
        }
        for state in [Withdrawn, Repaired, Revoked] {
            assert_eq!(revoke(state, true), None);
        }
    }

    #[test]
    fn each_state_allows_what_it_allows() {
        let other = Uuid::from_u128(2);
        let step = |state, command| apply(entry(state, false), command, other).ok();
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
            (Revoked, None, None, None, None, None),
        ] {
            let got = [Edit, Publish, Return, Withdraw, Repair].map(|one| step(state, one));
            assert_eq!(got, [edit, publish, back, withdraw, repair], "{state:?}");
            assert_eq!(State::parse(state.as_str()), Some(state));
        }
    }

    #[test]
    fn who_entered_it_does_not_check_it() {
        let proposed = entry(Proposed, false);
        for command in [Publish, Return] {
            let refused = apply(proposed, command, MAKER);
            assert!(matches!(refused, Err(Error::SecondPerson)));
        }
        assert!(apply(proposed, Withdraw, MAKER).is_ok());
    }
}
