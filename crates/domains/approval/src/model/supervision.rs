//! Supervision (督办) and urging (催办): whom an overdue case is brought before, level by level, and
//! what an order asks for.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::light::Cache;
use super::state::State;
use super::words::words;

words! {
    /// Whom an order is addressed to: the chain, from the bottom.
    pub(crate) enum Level {
        /// 经办人
        Handler = "handler",
        /// 部门负责人
        Head = "head",
        /// 分管领导
        Leader = "leader",
        /// 电子监察
        Inspectorate = "inspectorate",
    }
}

impl Level {
    /// The chain.
    pub(crate) const CHAIN: [Self; 4] =
        [Self::Handler, Self::Head, Self::Leader, Self::Inspectorate];

    /// The role that answers for it.
    pub(crate) fn role(self) -> &'static str {
        match self {
            Self::Handler => "clerk",
            Self::Head => "head",
            Self::Leader => "leader",
            Self::Inspectorate => "centre_operator",
        }
    }
}

words! {
    /// Why there is an order.
    pub(crate) enum Cause {
        /// Past the promised term.
        Red = "red",
        /// Past the legal term, or the term for the answer.
        Purple = "purple",
        /// A step is late while the case is on time.
        StepOverdue = "step_overdue",
        /// The lead office of a joint matter was silent.
        JointSilence = "joint_silence",
        /// Somebody ordered it.
        Manual = "manual",
    }
}

words! {
    /// How far an order has come.
    pub(crate) enum OrderState {
        /// Waits for its reply.
        Open = "open",
        /// Answered.
        Replied = "replied",
    }
}

/// What an event of supervision says besides.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Supervised {
    /// The order; none where a case was only urged.
    pub order: Option<Uuid>,
    /// Whom it is addressed to.
    pub level: Level,
    /// Why.
    pub cause: Cause,
    /// By when a reply is wanted.
    pub reply_by: Option<NaiveDate>,
}

/// What is overdue about a case, the gravest only, and since which moment. While a case is paused
/// nothing new falls overdue.
pub(crate) fn overdue(
    cache: &Cache,
    state: State,
    now: DateTime<Utc>,
) -> Option<(Cause, DateTime<Utc>)> {
    if !state.is_running() || cache.paused_since.is_some() {
        return None;
    }
    let over = |until: Option<DateTime<Utc>>| until.filter(|until| *until <= now);
    over(cache.legal_until.or(cache.acceptance_until))
        .map(|since| (Cause::Purple, since))
        .or_else(|| over(cache.promised_until).map(|since| (Cause::Red, since)))
        .or_else(|| over(cache.step_until).map(|since| (Cause::StepOverdue, since)))
}

/// When a case next wants looking at: at the first end of a term that lies ahead, or at once where
/// one is over.
pub(crate) fn next_look(cache: &Cache, state: State, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    if !state.is_running() || cache.paused_since.is_some() {
        return None;
    }
    if overdue(cache, state, now).is_some() {
        return Some(now);
    }
    ends(cache).into_iter().flatten().min()
}

/// The ends of the terms that are watched.
pub(crate) fn ends(cache: &Cache) -> [Option<DateTime<Utc>>; 3] {
    [
        cache.legal_until.or(cache.acceptance_until),
        cache.promised_until,
        cache.step_until,
    ]
}

/// The levels whose turn has come: `behind` working days after the term, by the days that each
/// level waits.
pub(crate) fn due_levels(behind: u32, days: [u32; 4]) -> impl Iterator<Item = Level> {
    Level::CHAIN
        .into_iter()
        .zip(days)
        .filter(move |(_, wait)| *wait <= behind)
        .map(|(level, _)| level)
}

/// What an order of the platform says.
pub(crate) fn words_of(cause: Cause, behind: u32) -> String {
    let what = match cause {
        Cause::Purple => "已超过法定期限",
        Cause::Red => "已超过承诺期限",
        Cause::StepOverdue => "当前环节已超期",
        Cause::JointSilence => "牵头部门没有按时统一答复",
        Cause::Manual => "需要督办",
    };
    format!("{what}（超期{behind}个工作日），请说明原因和办结时间，尽快办理。")
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, Duration, Utc};

    use super::{Cause, Level, due_levels, next_look, overdue};
    use crate::model::light::Cache;
    use crate::model::state::State;

    fn noon() -> DateTime<Utc> {
        "2026-11-24T04:00:00Z".parse().unwrap()
    }

    #[test]
    fn the_gravest_cause_counts_and_a_paused_case_falls_behind_no_more() {
        let hour = Duration::hours(1);
        let mut cache = Cache {
            legal_until: Some(noon() + hour * 9),
            promised_until: Some(noon() + hour * 3),
            step_until: Some(noon() + hour),
            ..Cache::default()
        };
        let at =
            |cache: &Cache, hours: i32| overdue(cache, State::Examining, noon() + hour * hours);
        assert_eq!(at(&cache, 0), None);
        assert_eq!(
            next_look(&cache, State::Examining, noon()),
            Some(noon() + hour)
        );
        assert_eq!(at(&cache, 1), Some((Cause::StepOverdue, noon() + hour)));
        assert_eq!(at(&cache, 3), Some((Cause::Red, noon() + hour * 3)));
        assert_eq!(at(&cache, 9), Some((Cause::Purple, noon() + hour * 9)));
        assert_eq!(overdue(&cache, State::Decided, noon() + hour * 9), None);
        cache.paused_since = Some(noon());
        assert_eq!(at(&cache, 9), None);
        assert_eq!(next_look(&cache, State::Suspended, noon() + hour * 9), None);
    }

    #[test]
    fn each_level_waits_for_its_days() {
        let levels = |behind| due_levels(behind, [0, 1, 3, 5]).collect::<Vec<_>>();
        assert_eq!(levels(0), [Level::Handler]);
        assert_eq!(levels(2), [Level::Handler, Level::Head]);
        assert_eq!(levels(5).len(), 4);
    }
}
