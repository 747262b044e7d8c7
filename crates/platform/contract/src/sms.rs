//! Short messages (短信): the port to an operator, what goes back and forth, and the kinds that there are.
//! A message says no more of a person than the number of a case and the item.

use std::collections::BTreeMap;

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::payments::{Distrust, SignedMessage};
use crate::ports::PortResult;

/// Longest value of a parameter, in characters, as operators bound it.
pub const MAX_PARAM: usize = 30;

/// What a message is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum SmsKind {
    /// 预审通过
    PreReviewPassed,
    /// 补正
    CorrectionAsked,
    /// 不予受理
    NotAccepted,
    /// A decision was made.
    ResultReady,
    /// Please rate.
    RatingAsked,
    /// How to reply to that.
    RatingHelp,
}

/// What somebody can wish for or not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SmsWish {
    /// What he has to know or do: passed, to be corrected, not accepted.
    Progress,
    /// That there is a result.
    Result,
    /// That he may rate.
    Rating,
}

impl SmsKind {
    /// Every kind.
    pub const ALL: [Self; 6] = [
        Self::PreReviewPassed,
        Self::CorrectionAsked,
        Self::NotAccepted,
        Self::ResultReady,
        Self::RatingAsked,
        Self::RatingHelp,
    ];

    /// The word for it: the operator's name of the template, too.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::PreReviewPassed => "pre_review_passed",
            Self::CorrectionAsked => "correction_asked",
            Self::NotAccepted => "not_accepted",
            Self::ResultReady => "result_ready",
            Self::RatingAsked => "rating_asked",
            Self::RatingHelp => "rating_help",
        }
    }

    /// The kind by its word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == word)
    }

    /// The kind that goes with a message of the inbox; none where that stays in the inbox.
    pub fn of_message(kind: &str) -> Option<Self> {
        match kind {
            "pre_review_passed" => Some(Self::PreReviewPassed),
            "pre_review_returned" | "correction_requested" => Some(Self::CorrectionAsked),
            "not_accepted" | "refused" => Some(Self::NotAccepted),
            "decided_granted" | "decided_denied" => Some(Self::ResultReady),
            _ => None,
        }
    }

    /// Which wish it needs.
    pub fn wish(self) -> SmsWish {
        match self {
            Self::PreReviewPassed | Self::CorrectionAsked | Self::NotAccepted => SmsWish::Progress,
            Self::ResultReady => SmsWish::Result,
            Self::RatingAsked | Self::RatingHelp => SmsWish::Rating,
        }
    }
}

/// A message to be sent. Personal data: the number.
#[derive(Clone, Serialize, Deserialize)]
pub struct SmsAsked {
    /// Our number of it: asked again under the same, the operator answers as before.
    pub key: String,
    /// Mobile number.
    pub to: String,
    /// Whose message it is: 【…】 in front of the text.
    pub signature: String,
    /// Which of the texts that the operator has approved.
    pub template: String,
    /// What is put into it.
    pub params: BTreeMap<String, String>,
    /// Digits behind the sender's number (扩展码): a reply comes back with them.
    pub extension: String,
}

/// What the operator said to a message.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SmsAnswered {
    /// Taken, in so many segments (计费条数).
    Accepted(u32),
    /// Refused for good.
    Refused(SmsRefusal),
}

/// Why an operator refuses a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SmsRefusal {
    /// The signature is not approved.
    Signature,
    /// The template is not approved.
    Template,
    /// Parameters are missing, too many or too long.
    Params,
    /// No mobile number.
    Number,
    /// The text is too long.
    TooLong,
    /// The number had its messages for the day.
    Limit,
    /// Who has the number wants none (退订).
    OptedOut,
}

impl SmsRefusal {
    /// The word for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Signature => "signature",
            Self::Template => "template",
            Self::Params => "params",
            Self::Number => "number",
            Self::TooLong => "too_long",
            Self::Limit => "limit",
            Self::OptedOut => "opted_out",
        }
    }
}

/// What the operator tells of its own accord: signed, maybe twice, maybe late, maybe never. Personal
/// data: a number and somebody's words.
#[derive(Clone, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "what")]
pub enum SmsNotice {
    /// A message has arrived, or has not (回执).
    Report {
        /// Our number of it.
        key: String,
        /// Whether it arrived.
        delivered: bool,
    },
    /// Somebody replied (上行短信).
    Reply {
        /// The operator's number of it.
        id: String,
        /// Mobile number that it came from.
        from: String,
        /// The digits behind our number that it went to.
        extension: String,
        /// What it says.
        words: String,
        /// When it was sent.
        at: DateTime<Utc>,
    },
}

/// An operator. It is called outside of transactions; each call may be repeated.
#[async_trait]
pub trait Sms: Send + Sync {
    /// Sends a message, or answers as before.
    async fn send(&self, asked: &SmsAsked) -> PortResult<SmsAnswered>;

    /// Reads what claims to come from the operator.
    ///
    /// # Errors
    /// Where it is not to be believed.
    fn read(&self, message: &SignedMessage, now: DateTime<Utc>) -> Result<SmsNotice, Distrust>;
}

#[cfg(test)]
mod tests {
    use super::{SmsKind, SmsWish};

    #[test]
    fn kinds_have_one_word_each() {
        for kind in SmsKind::ALL {
            assert_eq!(SmsKind::parse(kind.as_str()), Some(kind));
        }
        assert_eq!(SmsKind::parse("verification_code"), None);
    }

    #[test]
    fn the_three_duties_of_the_inbox_go_by_one_wish() {
        for message in ["pre_review_passed", "correction_requested", "refused"] {
            let kind = SmsKind::of_message(message);
            assert_eq!(
                kind.map(SmsKind::wish),
                Some(SmsWish::Progress),
                "{message}"
            );
        }
        assert_eq!(SmsKind::of_message("step_completed"), None);
    }
}
