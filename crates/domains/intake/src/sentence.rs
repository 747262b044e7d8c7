//! Sentences for citizens as keys with arguments: where an application stands, what to do next,
//! what happened. The text is made in the reader's language; arguments that end in `_on` are days.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};
use serde::Serialize;
use tb_http::Texts;
use tb_kernel::Locale;
use utoipa::ToSchema;

use crate::model::State;
use crate::model::joint::Progress;
use crate::sealed;
use crate::store::application::Application;
use crate::view::joint::counts;

/// A sentence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Sentence {
    /// Key of the text.
    pub key: String,
    /// Its arguments; days as `2026-11-27`.
    pub args: Args,
    /// The text in the caller's language.
    pub text: String,
}

/// Arguments of a text.
pub(crate) type Args = BTreeMap<String, String>;

/// Makes texts in one language, on one day.
#[derive(Clone, Copy)]
pub(crate) struct Speaker<'a> {
    pub texts: &'a Texts,
    pub locale: Locale,
    pub today: NaiveDate,
}

impl Speaker<'_> {
    /// A sentence.
    pub fn say(&self, key: String, args: Args) -> Sentence {
        let text = self.text(&key, &args);
        Sentence { key, args, text }
    }

    /// The text of a key; where it has none, that of `fallback`.
    pub fn text_or(&self, key: &str, fallback: &str, args: &Args) -> String {
        self.text(
            if self.texts.has(self.locale, key) {
                key
            } else {
                fallback
            },
            args,
        )
    }

    /// The text of a key. Besides the arguments it may use the clauses below, which are empty
    /// where what they tell is not known.
    pub fn text(&self, key: &str, args: &Args) -> String {
        let mut spoken: Args = args
            .iter()
            .map(|(name, value)| {
                (
                    name.clone(),
                    if name.ends_with("_on") {
                        self.day(value)
                    } else if name == "reason" {
                        // The clause ends the sentence itself.
                        value
                            .trim_end_matches(['。', '.', '；', ';', ' '])
                            .to_owned()
                    } else {
                        value.clone()
                    },
                )
            })
            .collect();
        for (clause, needs) in [
            ("because", "reason"),
            ("before", "due_on"),
            ("also_pay", "pay_on"),
            ("promised", "promised_on"),
            ("step_name", "step"),
        ] {
            let known = spoken.get(needs).is_some_and(|value| !value.is_empty());
            let text = if known {
                self.texts
                    .text(self.locale, &format!("intake.clause.{clause}"), &spoken)
            } else {
                String::new()
            };
            spoken.insert(clause.to_owned(), text);
        }
        self.texts.text(self.locale, key, &spoken)
    }

    /// A day as people say it, with the year only where it is not this one.
    fn day(&self, iso: &str) -> String {
        let Ok(day) = iso.parse::<NaiveDate>() else {
            return iso.to_owned();
        };
        let pattern = match (self.locale, day.year() == self.today.year()) {
            (Locale::Chinese, true) => "%-m月%-d日",
            (Locale::Chinese, false) => "%Y年%-m月%-d日",
            (Locale::English, true) => "%-d %B",
            (Locale::English, false) => "%-d %B %Y",
        };
        day.format(pattern).to_string()
    }
}

/// Arguments from pairs; those without a value are left out.
pub(crate) fn args<const N: usize>(pairs: [(&str, Option<String>); N]) -> Args {
    pairs
        .into_iter()
        .filter_map(|(name, value)| Some((name.to_owned(), value.filter(|v| !v.is_empty())?)))
        .collect()
}

/// The arguments that name an application.
pub(crate) fn named(row: &Application) -> Args {
    args([
        ("item_name", Some(row.item_name.clone())),
        ("case_number", row.number.clone()),
    ])
}

/// Where an application stands: key and arguments.
pub(crate) fn standing(state: State, row: &Application) -> (String, Args) {
    if let Some(progress) = counts(row).filter(|_| state != State::Draft) {
        return whole(&progress, row);
    }
    let variant = match state {
        _ if row.withdrawal_pending => "withdrawal_pending".to_owned(),
        _ if row.revoked_at.is_some() => "revoked".to_owned(),
        _ if row.fee_due.is_some() && !is_asked(state, row) => "fee_unpaid".to_owned(),
        State::PreReviewReturned | State::Correcting if !row.correction_open => {
            "correction_sent".to_owned()
        }
        State::Decided => format!(
            "decided_{}",
            if row.result.as_deref() == Some("denied") {
                "denied"
            } else {
                "granted"
            }
        ),
        // Without a decision a case is closed only because a correction did not come.
        State::Closed if row.result.is_none() => "correction_lapsed".to_owned(),
        State::Draft if row.signing_until.is_some() => "signing".to_owned(),
        other => other.as_str().to_owned(),
    };
    let promised = row
        .promised_due
        .or(row.legal_due)
        .filter(|_| matches!(state, State::Accepted | State::Examining));
    let asked = is_asked(state, row);
    let due = row
        .applicant_due
        .filter(|_| asked)
        .or(row.fee_due)
        .or(row.signing_until);
    let pay = row.fee_due.filter(|_| asked);
    let args = args([
        ("office", Some(row.department_name.clone())),
        ("promised_on", promised.map(|day| day.to_string())),
        ("due_on", due.map(|day| day.to_string())),
        ("pay_on", pay.map(|day| day.to_string())),
    ]);
    (format!("intake.standing.{variant}"), args)
}

/// The one sentence of a whole joint matter.
fn whole(progress: &Progress, row: &Application) -> (String, Args) {
    let Progress {
        total,
        turn,
        running,
        granted,
        denied,
    } = progress;
    let variant = match () {
        () if *turn > 0 => "turn",
        () if *running > 0 && *denied > 0 => "running_denied",
        () if *running > 0 => "running",
        () if granted == total => "granted",
        () if *granted > 0 => "partly",
        () if *denied > 0 => "denied",
        () => "ended",
    };
    let ended = total - running;
    let due = row.promised_due.filter(|_| *running > 0);
    let args = args([
        ("total", Some(total.to_string())),
        ("turn", Some(turn.to_string())),
        ("running", Some(running.to_string())),
        ("done", Some(ended.to_string())),
        ("granted", Some(granted.to_string())),
        ("denied", Some(denied.to_string())),
        ("others", Some((ended - granted.min(&ended)).to_string())),
        ("promised_on", due.map(|day| day.to_string())),
    ]);
    (format!("intake.standing.joint_{variant}"), args)
}

/// What the applicant can do next: key and arguments.
pub(crate) fn next_action(state: State, row: &Application) -> (String, Args) {
    let is_whole = row.joint_plan.is_some();
    let action = match state {
        _ if row.withdrawal_pending && !is_whole => "wait",
        State::PreReviewReturned | State::Correcting if is_whole && row.correction_open => {
            "correct"
        }
        state if is_whole && needs_action(state, row) => "joint_turn",
        _ if row.answer_until.is_some() => "make_statement",
        _ if row.revoked_at.is_some() => "none",
        State::Draft if row.signing_until.is_some() => "await_signatures",
        State::Draft => "fill_in",
        State::PreReviewReturned | State::Correcting if row.correction_open => {
            if row.is_answered_as_one() {
                "joint_correct"
            } else {
                "correct"
            }
        }
        State::AwaitingOriginals => "bring_originals",
        state if state.takes_promised() && owed_until(row).is_some() => "supply",
        // What loses him the case when it is late comes first; the other day is named beside it.
        _ if row.fee_due.is_some() => "pay",
        State::Decided => "collect_result",
        State::Closed | State::Delivered if !row.rated && row.joint_id.is_none() => "rate",
        state if state.is_open() => "wait",
        _ => "none",
    };
    let due = match action {
        "supply" => owed_until(row),
        "make_statement" => row.answer_until,
        "pay" => row.fee_due,
        "correct" | "joint_correct" | "bring_originals" => row.applicant_due,
        _ => None,
    };
    let pay = row.fee_due.filter(|_| action == "supply");
    let args = args([
        ("due_on", due.map(|day| day.to_string())),
        ("pay_on", pay.map(|day| day.to_string())),
    ]);
    (format!("intake.next.{action}"), args)
}

/// Whether it is the applicant's turn.
pub(crate) fn needs_action(state: State, row: &Application) -> bool {
    if let Some(progress) = counts(row) {
        return progress.turn > 0;
    }
    is_asked(state, row)
        || row.answer_until.is_some()
        || row.fee_due.is_some()
        || state.takes_promised() && owed_until(row).is_some()
}

/// Whether the case itself waits for him: for a correction, or for the originals.
fn is_asked(state: State, row: &Application) -> bool {
    row.correction_open && state.asks_for_correction() || state == State::AwaitingOriginals
}

/// The first day by which something promised is still to come.
fn owed_until(row: &Application) -> Option<NaiveDate> {
    let owed = sealed::deferred(row).unwrap_or_default();
    owed.iter().filter(|one| !one.sent).map(|one| one.by).min()
}
