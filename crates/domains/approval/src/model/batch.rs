//! Batches: one command for many cases. Which commands may be given so, with which words, and the
//! states of a batch and of its rows.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::command::Command;
use super::diversion::{Diversion, Way};
use super::event::StaffRef;
use super::state::{DeliveryWay, RefusalKind, Ruling, StepOutcome};
use super::verb::Verb;
use super::words::words;
use crate::error::Error;

/// The most cases of one batch.
pub(crate) const MOST_CASES: usize = 10_000;

words! {
    /// Where a batch stands.
    pub(crate) enum BatchState {
        /// Its rows have been tried on the rules; nothing happens before it is started.
        Draft = "draft",
        /// It begins when its window is over; until then it can be revoked whole.
        Scheduled = "scheduled",
        /// Row by row.
        Running = "running",
        /// It ends behind the rows under way.
        Stopping = "stopping",
        /// Every row has its result.
        Finished = "finished",
        /// Somebody stopped it; rows that were left are skipped.
        Stopped = "stopped",
        /// It was given up before it began; nothing was done.
        Revoked = "revoked",
    }
}

words! {
    /// What became of a row.
    pub(crate) enum RowState {
        /// It passed the trial and waits.
        Ready = "ready",
        /// It did not pass the trial and is never run.
        Barred = "barred",
        /// Done.
        Done = "done",
        /// It passed the trial, but the rules said no when its turn came.
        Refused = "refused",
        /// The batch was revoked or stopped before its turn.
        Skipped = "skipped",
    }
}

words! {
    /// How the cases of a batch were chosen.
    pub(crate) enum BatchSource {
        /// Picked one by one.
        Selection = "selection",
        /// All that match a filter.
        Filter = "filter",
        /// By a list of case numbers.
        File = "file",
    }
}

impl BatchSource {
    /// Whether the batch waits for its window: whoever picked the cases himself has seen them.
    pub(crate) fn waits(self) -> bool {
        self != Self::Selection
    }
}

/// Commands that make sense for many cases at once; the others need words of their own for each
/// case (notices, originals, plans) or two persons.
pub(crate) const OF_BATCHES: [Verb; 12] = [
    Verb::Receive,
    Verb::PassPreReview,
    Verb::Accept,
    Verb::Refuse,
    Verb::Step,
    Verb::Extend,
    Verb::Resume,
    Verb::Decide,
    Verb::Close,
    Verb::Deliver,
    Verb::AnswerWithdrawal,
    Verb::HandOver,
];

/// What is said with the command, the same for every case.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub(crate) struct BatchWords {
    /// Reason or opinion.
    #[serde(default)]
    pub reason: String,
    /// `refuse`
    #[serde(default)]
    pub kind: Option<RefusalKind>,
    /// `step`
    #[serde(default)]
    pub outcome: Option<StepOutcome>,
    /// `decide`
    #[serde(default)]
    pub result: Option<Ruling>,
    /// `deliver`
    #[serde(default)]
    pub way: Option<DeliveryWay>,
    /// `answer_withdrawal`
    #[serde(default)]
    pub granted: Option<bool>,
    /// `extend`
    #[serde(default)]
    pub days: Option<u32>,
    /// `hand_over`: the account; its name is put in.
    #[serde(default)]
    pub successor: Option<StaffRef>,
}

/// The command that a batch gives each of its cases. What would be refused for every case is
/// refused here.
pub(crate) fn command(verb: Verb, words: &BatchWords) -> Result<Command, Error> {
    let reason = || words.reason.trim().to_owned();
    let must = || {
        if words.reason.trim().is_empty() {
            Err(Error::ReasonMissing)
        } else {
            Ok(reason())
        }
    };
    let missing = |name: &str| Error::BatchWordMissing {
        name: name.to_owned(),
    };
    Ok(match verb {
        Verb::Receive => Command::Receive {
            // The moment is that of the submission; the service puts it in.
            at: chrono::DateTime::UNIX_EPOCH,
        },
        Verb::PassPreReview => Command::PassPreReview,
        Verb::Accept => Command::Accept,
        Verb::Refuse => Command::Refuse {
            kind: words.kind.ok_or_else(|| missing("kind"))?,
            reason: must()?,
        },
        Verb::Step => match words.outcome.ok_or_else(|| missing("outcome"))? {
            StepOutcome::Pass => Command::Step {
                outcome: StepOutcome::Pass,
                opinion: reason(),
            },
            StepOutcome::Return => Command::Step {
                outcome: StepOutcome::Return,
                opinion: must()?,
            },
        },
        Verb::Extend => Command::Divert(Diversion {
            way: Way::Extend {
                length: words.days.ok_or_else(|| missing("days"))?,
            },
            reason: must()?,
        }),
        Verb::Resume => Command::Divert(Diversion {
            way: Way::Resume,
            reason: must()?,
        }),
        Verb::Decide => match words.result.ok_or_else(|| missing("result"))? {
            Ruling::Granted => Command::Decide {
                ruling: Ruling::Granted,
                reason: reason(),
            },
            Ruling::Denied => Command::Decide {
                ruling: Ruling::Denied,
                reason: must()?,
            },
        },
        Verb::Close => Command::Close,
        Verb::Deliver => match words.way.ok_or_else(|| missing("way"))? {
            // Who takes it is another one for each case.
            way if way.is_by_hand() => return Err(Error::CollectorMissing),
            way => Command::Deliver {
                way,
                collector: None,
            },
        },
        Verb::AnswerWithdrawal => {
            let granted = words.granted.ok_or_else(|| missing("granted"))?;
            Command::AnswerWithdrawal {
                granted,
                reason: if granted { reason() } else { must()? },
            }
        }
        Verb::HandOver => Command::Divert(Diversion {
            way: Way::HandOver {
                to: words
                    .successor
                    .clone()
                    .ok_or_else(|| missing("successor"))?,
            },
            reason: must()?,
        }),
        _ => return Err(Error::NotInBatches),
    })
}

#[cfg(test)]
mod tests {
    use super::{BatchWords, OF_BATCHES, command};
    use crate::error::Error;
    use crate::model::state::{DeliveryWay, RefusalKind, Ruling, StepOutcome};
    use crate::model::verb::Verb;
    use crate::model::words::Word;

    fn full() -> BatchWords {
        BatchWords {
            reason: " 理由 ".to_owned(),
            kind: Some(RefusalKind::Refused),
            outcome: Some(StepOutcome::Return),
            result: Some(Ruling::Denied),
            way: Some(DeliveryWay::Online),
            granted: Some(false),
            days: Some(5),
            successor: Some(crate::model::event::StaffRef {
                id: uuid::Uuid::from_u128(7),
                name: "王样例".to_owned(),
            }),
        }
    }

    #[test]
    fn each_command_of_batches_comes_out_as_itself_and_no_other_does() {
        for verb in Verb::ALL {
            let made = command(*verb, &full());
            if OF_BATCHES.contains(verb) {
                assert_eq!(made.map(|made| made.verb()), Ok(*verb));
                assert!(verb.is_of_staff());
            } else {
                assert_eq!(made, Err(Error::NotInBatches), "{verb}");
            }
        }
    }

    #[test]
    fn what_the_law_wants_said_is_asked_for_once_and_not_ten_thousand_times() {
        let silent = BatchWords {
            reason: "  ".to_owned(),
            ..full()
        };
        for verb in [
            Verb::Refuse,
            Verb::Step,
            Verb::Extend,
            Verb::Resume,
            Verb::Decide,
            Verb::AnswerWithdrawal,
        ] {
            assert_eq!(command(verb, &silent), Err(Error::ReasonMissing), "{verb}");
        }
        let name = "way".to_owned();
        assert_eq!(
            command(Verb::Deliver, &BatchWords::default()),
            Err(Error::BatchWordMissing { name })
        );
    }
}
