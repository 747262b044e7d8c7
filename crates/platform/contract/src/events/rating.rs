//! Payloads about ratings (好差评), between intake, where they are given, and interaction, which owns
//! what follows.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use tb_kernel::{AccountId, ApplicationId, Region};

/// `intake.rating.invited`: a service has ended and may be rated.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct RatingInvited {
    /// Application.
    pub application_id: ApplicationId,
    /// Account of the applicant.
    pub account_id: AccountId,
    /// Case number: one rating each.
    pub case_number: String,
    /// Item.
    pub item_code: String,
    /// Its name.
    pub item_name: String,
    /// Credit code of the department that handled the case.
    pub department_code: String,
    /// Region of the case.
    pub region: Region,
    /// Moment.
    pub at: DateTime<Utc>,
    /// Whether it is part of a joint matter: rated with the whole, on its page, and never asked for alone.
    #[serde(default)]
    pub joint: bool,
}

/// `intake.rating.given`: the one rating of a case. Personal data: free words.
#[derive(Clone, Serialize, Deserialize)]
pub struct RatingGiven {
    /// What was rated; `at` is the moment of the rating.
    pub service: RatingInvited,
    /// `online`, `qr`, `device`, `sms` or `hotline`.
    pub channel: String,
    /// 5 to 1.
    pub level: u8,
    /// Tags of that level.
    pub tags: Vec<String>,
    /// Free words.
    pub comment: String,
}

/// `interaction.rating.taken`: a rating came by a one-time link, a counter device, a short message
/// or the hotline. Intake keeps it
/// unless the case has been rated meanwhile. Personal data: free words.
#[derive(Clone, Serialize, Deserialize)]
pub struct RatingTaken {
    /// Case number.
    pub case_number: String,
    /// `qr`, `device`, `sms` or `hotline`.
    pub channel: String,
    /// 5 to 1.
    pub level: u8,
    /// Tags of that level.
    pub tags: Vec<String>,
    /// Free words.
    pub comment: String,
}

/// `interaction.rectification.opened|contacted|rectified|reopened|closed|excluded`: what became of a
/// poor rating, for the applicant.
#[derive(Clone, Serialize, Deserialize)]
pub struct RectificationTold {
    /// Case number.
    pub case_number: String,
    /// Name of the office.
    pub office: String,
    /// Last day on which the office gets in touch, or ends the rectification.
    #[serde(default)]
    pub due: Option<NaiveDate>,
    /// Words for the applicant: the result, or why a rating does not count.
    #[serde(default)]
    pub words: String,
    /// Moment.
    pub at: DateTime<Utc>,
}
