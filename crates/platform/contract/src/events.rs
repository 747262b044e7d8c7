//! Payloads of the events that cross domains. Compatible growth only: optional fields may be
//! added; anything else is a new topic.

mod rating;
mod told;

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use tb_kernel::{AccountId, ApplicationId, DepartmentId, MaterialId, Region};

pub use tb_calendar::CalendarDocument;

pub use rating::{RatingGiven, RatingInvited, RatingTaken, RectificationTold};
pub use told::ApplicantTold;

use crate::item::{ItemDocument, SituationAnswers};
use crate::joint::{JointItem, JointRef};
use crate::licences::ReusedLicence;

mod appointment;
mod batch;
mod co_applicant;
mod commitment;
mod counter;
mod delivery;
mod facts;
mod fee;
mod letter;
mod licence;
mod proxy;
mod result;

pub use appointment::AppointmentTold;
pub use batch::{BatchRef, MOST_BATCH_ROWS};
pub use co_applicant::CoApplicant;
pub use commitment::{
    CommitmentBarred, LicenceOrderRevoked, RevocationTold, SignedCommitment, StatementMade,
};
pub use counter::{CounterEntry, TakenElsewhere};
pub use delivery::{
    DeliveryAddress, DeliveryChoice, DeliveryChosen, DeliveryTold, ReceiptConfirmed,
};
pub use facts::{CaseFacts, Holder};
pub use fee::{EarlierFee, FeeLine, FeeRequested, FeeTold};
pub use letter::{Letter, LetterFile, MessageSent};
pub use licence::{
    FormAnswer, LicenceChangeTold, LicenceChanged, LicenceOrderVoided, LicenceOrdered,
};
pub use proxy::{Proxy, ProxyChanged, ProxyEnded, ProxyRelation, ProxyStep};
pub use result::CaseResult;

/// `catalogue.item.published`: the whole description in its version.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ItemPublished {
    /// Implementation code.
    pub code: String,
    /// Version, from 1.
    pub version: i64,
    /// Description.
    pub item: ItemDocument,
}

/// `catalogue.item.withdrawn`: no new application may be made.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ItemWithdrawn {
    /// Implementation code.
    pub code: String,
    /// The last version.
    pub version: i64,
}

/// `insight.items.counted`: how often items were applied for, the most wanted first. Items of few
/// applications are not in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ItemsCounted {
    /// The days that were counted.
    pub days: u64,
    /// The items.
    pub items: Vec<ItemCount>,
}

/// How often an item was applied for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ItemCount {
    /// Implementation code.
    pub code: String,
    /// Applications.
    pub submitted: i64,
}

/// `catalogue.joint_item.published`: a joint matter in its version.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct JointItemPublished {
    /// Code.
    pub code: String,
    /// Version, from 1.
    pub version: i64,
    /// Description.
    pub item: JointItem,
}

/// `catalogue.joint_item.withdrawn`: no new application may be made.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct JointItemWithdrawn {
    /// Code.
    pub code: String,
    /// The last version.
    pub version: i64,
}

/// `catalogue.calendar.published`.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct CalendarPublished {
    /// The whole calendar.
    pub calendar: CalendarDocument,
}

/// `catalogue.department.published`: a department that takes part in the exchange.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct DepartmentPublished {
    /// Id: what the scope of its staff names.
    pub id: DepartmentId,
    /// Credit code: the name of its topics.
    pub code: String,
    /// Name.
    pub name: String,
    /// Region.
    pub region: Region,
    /// Whether its cases are handled here.
    pub enabled: bool,
}

/// Where an application was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Channel {
    /// Website.
    Pc,
    /// Phone.
    Mobile,
    /// Self-service terminal.
    Kiosk,
    /// Counter.
    Counter,
}

/// Who applies. Personal data.
#[derive(Clone, Serialize, Deserialize)]
pub struct Applicant {
    /// Account that applied.
    pub account_id: AccountId,
    /// Name of the person or enterprise.
    pub name: String,
    /// Citizen id or credit code.
    pub id_number: String,
    /// Phone for questions.
    pub phone: String,
    /// Agent's name, where an enterprise applies.
    #[serde(default)]
    pub agent_name: String,
}

/// A material as it travels: the bytes stay in the blob store and go by reference.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MaterialRef {
    /// Material.
    pub id: MaterialId,
    /// Requirement of the item that it answers.
    pub requirement_id: String,
    /// File name as given.
    pub file_name: String,
    /// Media type as sniffed.
    pub media_type: String,
    /// Size in bytes.
    pub size: i64,
    /// Address in the blob store.
    pub blob: String,
    /// Where it was not uploaded: the licence of ours that it is the sheet of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub licence: Option<ReusedLicence>,
}

/// A material that may be deferred (容缺), promised for a day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct DeferredPromise {
    /// Requirement of the item.
    pub requirement_id: String,
    /// Last day for it.
    pub by: NaiveDate,
}

/// `intake.application.submitted`, `.resubmitted`, `.corrected` and `.supplied`: everything a department needs.
#[derive(Clone, Serialize, Deserialize)]
pub struct ApplicationSubmitted {
    /// Application.
    pub application_id: ApplicationId,
    /// Case number.
    pub case_number: String,
    /// Version of the application.
    pub version: i64,
    /// Item and the versions pinned.
    pub item_code: String,
    /// Version of the item.
    pub item_version: i64,
    /// Name of the item.
    pub item_name: String,
    /// Calendar pinned.
    pub calendar_version: String,
    /// Department concerned.
    pub department_code: String,
    /// Region concerned.
    pub region: Region,
    /// Where it was made.
    pub channel: Channel,
    /// Moment of this submission.
    pub submitted_at: DateTime<Utc>,
    /// Applicant.
    pub applicant: Applicant,
    /// Situation answers.
    pub situation_answers: SituationAnswers,
    /// Form answers.
    pub form: serde_json::Value,
    /// Materials.
    pub materials: Vec<MaterialRef>,
    /// Materials that are not there and were promised for a day.
    #[serde(default)]
    pub deferred: Vec<DeferredPromise>,
    /// A promise in the place of materials or of the examination.
    #[serde(default)]
    pub commitment: Option<SignedCommitment>,
    /// How the result is to reach the applicant; none where he has not said.
    #[serde(default)]
    pub delivery: Option<DeliveryChoice>,
    /// For a correction or resubmission: JSON Pointers and requirement ids that changed.
    #[serde(default)]
    pub changed: Vec<String>,
    /// For a correction or resubmission: the applicant's words to it.
    #[serde(default)]
    pub remark: String,
    /// The joint matter that it is part of.
    #[serde(default)]
    pub joint: Option<JointRef>,
    /// Where a counter took it in: which, and who there.
    #[serde(default)]
    pub counter: Option<CounterEntry>,
    /// Who acts for the applicant, where somebody does.
    #[serde(default)]
    pub proxy: Option<Proxy>,
    /// Who applies beside him, as they signed; said once, at the hand-in.
    #[serde(default)]
    pub co_applicants: Vec<CoApplicant>,
    /// Which row of which batch it is, where an organisation applies for many at once.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub batch: Option<BatchRef>,
}

/// `intake.application.joint_moved`: another case of the same joint matter has moved.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct JointMoved {
    /// Case number of the one that is told.
    pub case_number: String,
    /// Version of its application.
    pub version: i64,
    /// The joint matter as it is now.
    pub joint: JointRef,
}

/// `intake.application.withdrawn`: the applicant asks; approval answers.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct WithdrawalAsked {
    /// Case number.
    pub case_number: String,
    /// Version of the application.
    pub version: i64,
    /// Reason.
    pub reason: String,
}

/// `intake.application.rated`.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ApplicationRated {
    /// Case number.
    pub case_number: String,
    /// Version of the application.
    pub version: i64,
    /// 5 to 1.
    pub level: u8,
    /// Tags chosen.
    pub tags: Vec<String>,
    /// Free words.
    pub comment: String,
}

/// The notice of P6: it tells a department that an application for it exists; no personal data.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ApplicationNotice {
    /// Case number.
    pub case_number: String,
    /// Version whose payload follows on the department's own topic.
    pub version: i64,
    /// Kind of the change: the event type of the payload.
    pub change: String,
    /// Item.
    pub item_code: String,
    /// Department.
    pub department_code: String,
    /// Region path.
    pub region_path: String,
}

/// A paper that came with a change. Its PDF lies in the blob store under `paper/<id>` as soon as
/// it has been rendered.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct PaperRef {
    /// Id of the paper.
    pub id: uuid::Uuid,
    /// Kind: `acceptance_receipt`, `correction_notice`, `decision` …
    pub kind: String,
    /// Number on the paper.
    pub number: String,
    /// Title for people.
    pub title: String,
}

/// What approval says of a case after every change: acceptance and approval data alike (P7, P9,
/// P14). Kind of the event tells what happened.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct CaseChanged {
    /// Case number.
    pub case_number: String,
    /// Item.
    #[serde(default)]
    pub item_code: String,
    /// Version of the case, one higher at each change.
    pub version: i64,
    /// State after the change.
    pub state: String,
    /// State before.
    pub from: String,
    /// Moment.
    pub at: DateTime<Utc>,
    /// Name of the office.
    pub office: String,
    /// Name of the step that was completed or returned from; none for other changes.
    #[serde(default)]
    pub step: Option<String>,
    /// Words for the applicant: reason of a refusal, opinion that may be shown.
    #[serde(default)]
    pub reason: String,
    /// Fields to correct (JSON Pointers).
    #[serde(default)]
    pub fields: Vec<String>,
    /// Materials to correct (requirement ids).
    #[serde(default)]
    pub materials: Vec<String>,
    /// Last day for the applicant to act.
    #[serde(default)]
    pub applicant_due: Option<NaiveDate>,
    /// Legal due date.
    #[serde(default)]
    pub legal_due: Option<NaiveDate>,
    /// Promised due date.
    #[serde(default)]
    pub promised_due: Option<NaiveDate>,
    /// Derivation of the promised (else legal) due date, as the calendar engine gives it.
    #[serde(default)]
    pub derivation: Option<serde_json::Value>,
    /// Materials that the applicant still owes.
    #[serde(default)]
    pub deferred: Vec<DeferredPromise>,
    /// `granted` or `denied`.
    #[serde(default)]
    pub result: Option<String>,
    /// Whether the decision was revoked afterwards.
    #[serde(default)]
    pub revoked: bool,
    /// A revocation that is meant, while the holder is heard.
    #[serde(default)]
    pub revocation: Option<RevocationTold>,
    /// How far the delivery has come.
    #[serde(default)]
    pub delivery: Option<DeliveryTold>,
    /// How the fee stands, where there is one.
    #[serde(default)]
    pub fee: Option<FeeTold>,
    /// What the office writes to the applicant.
    #[serde(default)]
    pub letter: Option<Letter>,
    /// A result that the office attached with this change.
    #[serde(default)]
    pub attached: Option<CaseResult>,
    /// Papers that came with the change.
    #[serde(default)]
    pub papers: Vec<PaperRef>,
    /// Number of the joint matter that the case is part of.
    #[serde(default)]
    pub joint: Option<String>,
    /// How the case stands, for statistics and publicity.
    #[serde(default)]
    pub facts: Option<CaseFacts>,
}

/// `governance.application.fed_back`: wraps what approval said.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct FedBack {
    /// Kind of the original event.
    pub kind: String,
    /// The original payload.
    pub original: CaseChanged,
}
