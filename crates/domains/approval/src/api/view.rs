//! Answers of the interface.

mod beside;
mod delivery;
mod hearing;
mod letter;
mod procedure;
mod result;
mod row;

use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;
use serde_json::Value;
use tb_calendar::Light;
use tb_contract::events::{BatchRef, CounterEntry};
use tb_contract::joint::JointRef;
use tb_contract::licences::{LicenceStanding, ReusedLicence};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::model::event::{EventKind, Listed, Rating};
use crate::model::opinion::Stance;
use crate::model::relay::Relayed;
use crate::model::state::State;
use crate::model::verb::Verb;

pub(crate) use beside::{
    CheckView, CommitmentView, DeferredView, ExternalView, OriginalView, VoidView,
};
pub(crate) use delivery::{CollectorView, ResultDeliveryView};
pub(crate) use hearing::{HearingAsking, HearingSession, HearingView};
pub(crate) use letter::LetterView;
pub(crate) use procedure::{ProcedureOptionView, ProcedureView};
pub(crate) use result::{AttachedView, ResultView};
pub(crate) use row::{CaseCounts, CaseRow};

/// A case with everything for its page.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CaseView {
    /// Id.
    pub id: Uuid,
    /// Case number.
    pub number: String,
    /// Version: commands name it.
    pub version: i64,
    /// Item.
    pub item: ItemView,
    /// Name of the department.
    pub office: String,
    /// Region.
    pub region: String,
    /// Channel.
    pub channel: String,
    /// The counter that took it in, where one did.
    pub counter: Option<CounterEntry>,
    /// The batch that it was handed in with, and which row of it this is.
    pub batch: Option<BatchRef>,
    /// State.
    pub state: State,
    /// Light; `null` once no clock runs towards a decision.
    #[schema(value_type = Option<String>, example = "green")]
    pub light: Option<Light>,
    /// Whether the step is overdue.
    pub step_overdue: bool,
    /// The special procedure under way.
    pub procedure: Option<ProcedureView>,
    /// Originals that the situation asks for.
    pub originals: Vec<OriginalView>,
    /// The proposal to make the case void that waits for a second person.
    pub void: Option<VoidView>,
    /// A promise in the place of materials or of the examination, with its check.
    pub commitment: Option<CommitmentView>,
    /// How the result is to reach the applicant, and how far it has come.
    pub delivery: ResultDeliveryView,
    /// The last hearing of interested persons.
    pub hearing: Option<HearingView>,
    /// Special procedures that the item lists.
    pub procedures: Vec<ProcedureOptionView>,
    /// Longest extension of the legal term, in its unit.
    pub longest_extension: u32,
    /// Whether personal data is masked in this answer.
    pub masked: bool,
    /// Parties.
    pub parties: Vec<PartyView>,
    /// Moments of the case.
    pub moments: MomentsView,
    /// Result.
    pub result: Option<String>,
    /// The system of province or ministry that handles it.
    pub external: Option<ExternalView>,
    /// Who handled it last.
    pub handler: Option<String>,
    /// Situation guide: question and answer.
    pub situation: Vec<SituationAnswerView>,
    /// Form document.
    #[schema(value_type = Option<Object>)]
    pub form: Option<Value>,
    /// Answers.
    #[schema(value_type = Object)]
    pub answers: Value,
    /// Materials that the situation asks for, and others that were given.
    pub materials: Vec<MaterialView>,
    /// History.
    pub timeline: Vec<EventView>,
    /// Clocks with their derivations.
    pub clocks: ClocksView,
    /// Step under way.
    pub step: Option<StepView>,
    /// Plan of examination.
    pub steps: Vec<StepView>,
    /// The last notice.
    pub correction: Option<CorrectionView>,
    /// Withdrawal that waits for its answer.
    pub withdrawal: Option<WithdrawalView>,
    /// Papers.
    pub papers: Vec<PaperView>,
    /// Commands: what the caller may do now, and why not the others.
    pub commands: Vec<CommandView>,
    /// Rating, once it was given.
    pub rating: Option<Rating>,
    /// Results that are papers of the office's own; behind a grant alone.
    pub results: Vec<ResultView>,
    /// How many letters applicant and office wrote to each other.
    pub letters: usize,
    /// Since when a letter of the applicant waits for an answer.
    pub letter_since: Option<DateTime<Utc>>,
    /// What its fee waits for, or how it ended.
    pub fee_stage: Option<String>,
    /// Whether the item charges fees.
    pub charges: bool,
    /// The joint matter that it is part of, with the other cases as last heard.
    pub joint: Option<JointRef>,
}

/// The item of a case.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ItemView {
    /// Code.
    pub code: String,
    /// Pinned version.
    pub version: i64,
    /// Name.
    pub name: String,
    /// Whether it is a sample.
    pub sample: bool,
    /// Whether it is decided on the spot.
    pub instant: bool,
    /// Legal term in words.
    pub legal_term: Option<String>,
    /// Promised term in words.
    pub promised_term: Option<String>,
    /// Conditions.
    pub conditions: Vec<String>,
    /// Legal bases: name and article.
    pub legal_bases: Vec<String>,
}

/// Somebody on a case.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PartyView {
    /// `applicant`, `agent` (of an organisation), `proxy` (委托代理人), `guardian` or `co_applicant`.
    pub role: String,
    /// Whether it is an organisation.
    pub organisation: bool,
    /// Name.
    pub name: String,
    /// Citizen id or credit code; empty where unknown.
    pub id_number: String,
    /// Phone; empty where unknown.
    pub phone: String,
    /// Of a proxy or guardian: by what he acts, and until when.
    pub proof: Option<ProxyProofView>,
    /// Of a co-applicant: that he has signed.
    pub signed: Option<PartySignedView>,
}

/// The signature of a co-applicant.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PartySignedView {
    /// What the item calls him: 共有人, 合伙人 …
    pub title: String,
    /// The name as whoever signed wrote it.
    pub signature: String,
    /// When.
    pub at: DateTime<Utc>,
}

/// By what somebody acts for the applicant.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ProxyProofView {
    /// The requirement that the paper answers; none: the applicant has authorised him online, and the
    /// platform has checked both identities.
    pub material: Option<String>,
    /// First day.
    pub from: NaiveDate,
    /// Last day.
    pub until: NaiveDate,
    /// The day on which it was ended before.
    pub ended_on: Option<NaiveDate>,
    /// Whether it is over, ended or past its last day.
    pub over: bool,
}

/// Moments of a case.
#[expect(
    clippy::struct_field_names,
    reason = "moments are called `…_at` everywhere"
)]
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct MomentsView {
    /// First submission.
    pub submitted_at: DateTime<Utc>,
    /// Receipt of what is being answered.
    pub received_at: Option<DateTime<Utc>>,
    /// From when it counts as accepted.
    pub accepted_at: Option<DateTime<Utc>>,
    /// Decision.
    pub decided_at: Option<DateTime<Utc>>,
    /// Closure.
    pub closed_at: Option<DateTime<Utc>>,
    /// Delivery.
    pub delivered_at: Option<DateTime<Utc>>,
}

/// One answer of the situation guide.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SituationAnswerView {
    /// The question.
    pub question: String,
    /// The answer.
    pub answer: String,
}

/// One material.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct MaterialView {
    /// Requirement.
    pub requirement_id: String,
    /// Name.
    pub name: String,
    /// `required`, `optional` or `deferrable`; `null` for what the item does not ask for.
    pub necessity: Option<String>,
    /// What a good one looks like.
    pub standard: String,
    /// Why it need not be handed in.
    pub waived: Option<String>,
    /// Whether it is required and neither there nor promised.
    pub missing: bool,
    /// The day it is promised for, while it is not there.
    pub promised_by: Option<NaiveDate>,
    /// Whether a promise takes its place for good.
    pub committed: bool,
    /// Files given.
    pub files: Vec<FileView>,
    /// Those of them that are the sheets of licences of ours (电子证照免提交).
    pub licences: Vec<CaseLicenceView>,
}

/// A licence of ours in the place of an upload.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CaseLicenceView {
    /// The file that is its sheet.
    pub file_id: Uuid,
    /// The licence as it stood when it was taken.
    #[serde(flatten)]
    pub taken: ReusedLicence,
    /// How it stands now.
    pub standing: LicenceStanding,
    /// The first day on which it is in force no more; none while it is.
    pub ended_on: Option<NaiveDate>,
}

/// One file.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct FileView {
    /// Id: `GET /cases/{id}/materials/{material_id}`.
    pub id: Uuid,
    /// File name; only its extension while masked.
    pub file_name: String,
    /// Media type.
    pub media_type: String,
    /// Size in bytes.
    pub size: i64,
}

/// One event of the history.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct EventView {
    /// Place, from 1.
    pub seq: i32,
    /// What.
    pub kind: EventKind,
    /// When it was recorded.
    pub at: DateTime<Utc>,
    /// From when it counts.
    pub effective_at: DateTime<Utc>,
    /// On what day it was done, where a clerk has entered it: told, asked.
    pub done_on: Option<NaiveDate>,
    /// Who: staff by name, 申请人, 系统.
    pub actor: String,
    /// In whose place, where a deputy acted.
    pub deputy_of: Option<String>,
    /// Who goes on with it, where it was handed over.
    pub successor: Option<String>,
    /// The other department, where it is about its opinion.
    pub consulted: Option<String>,
    /// What that department thinks.
    pub stance: Option<Stance>,
    /// The hand-over between counter and office that it is about.
    pub relayed: Option<Relayed>,
    /// State before.
    pub from: State,
    /// State after.
    pub to: State,
    /// Reason or opinion.
    pub reason: String,
    /// Fen that an event of a fee is about.
    pub fee: Option<i64>,
    /// Step.
    pub step: Option<String>,
    /// What a notice lists.
    pub notice: Option<Listed>,
    /// Parts the applicant changed.
    pub changed: Vec<String>,
    /// Parts he changed although they were not listed, and that were not taken over.
    pub ignored: Vec<String>,
    /// How the result was delivered.
    pub way: Option<String>,
    /// What was decided.
    pub result: Option<String>,
    /// The special procedure that began.
    pub procedure: Option<String>,
    /// The organ that goes on with it.
    pub organ: Option<String>,
    /// The number that the case has in its system.
    pub external_number: Option<String>,
    /// The provision that it rests on.
    pub basis: Option<String>,
    /// Names of the originals that are wanted, or were compared.
    pub originals: Vec<String>,
    /// Materials that follow later: promised at the acceptance, urged, or supplied.
    pub deferred: Vec<DeferredView>,
    /// How a promise was checked.
    pub method: Option<String>,
    /// Last day that was set: for mending, for a statement, of a bar.
    pub until: Option<NaiveDate>,
    /// Length of an extension in words: 10个工作日.
    pub extension: Option<String>,
    /// Ground of a suspension or termination.
    pub ground: Option<String>,
}

/// The clocks.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ClocksView {
    /// Clocks that show something, each with its derivation.
    pub clocks: Vec<ClockView>,
    /// From when on it is yellow.
    pub yellow_from: Option<DateTime<Utc>>,
    /// First day of the pause.
    pub paused_since: Option<NaiveDate>,
    /// Calendar used.
    pub calendar_version: String,
    /// Word of the gravest alarm: `provisional`, `beyond_coverage`.
    pub alarm: Option<String>,
}

/// One clock.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ClockView {
    /// `acceptance`, `applicant`, `promised`, `legal`, `step`, `delivery`.
    pub kind: String,
    /// Start.
    pub start: NaiveDate,
    /// Term in words.
    pub term: String,
    /// Last day; `null` where the calendar does not reach.
    pub due: Option<NaiveDate>,
    /// Last minute, for terms in hours.
    pub due_at: Option<DateTime<Utc>>,
    /// The day on which it stopped for good: that of the decision or another end.
    pub stopped_on: Option<NaiveDate>,
    /// Working days left, or that were left when it stopped.
    pub remaining_working_days: Option<i32>,
    /// Whether it is over.
    pub overdue: bool,
    /// First day of an open pause in it: `due` is then the earliest possible day.
    pub open_pause: Option<NaiveDate>,
    /// Whether the date is uncertain, and how.
    pub alarm: Option<String>,
    /// The year whose holiday notice would settle it.
    pub missing_year: Option<i32>,
    /// Derivation in words.
    pub lines: Vec<String>,
    /// Derivation as data.
    #[schema(value_type = Option<Object>)]
    pub derivation: Option<Value>,
}

/// One step of the plan.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct StepView {
    /// Key.
    pub id: String,
    /// Name.
    pub name: String,
    /// Post that does it.
    pub post: String,
    /// Term in words.
    pub term: String,
    /// What is examined.
    pub standard: String,
    /// `done`, `current` or `waiting`.
    pub status: String,
}

/// The last notice.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CorrectionView {
    /// Fields with their labels.
    pub fields: Vec<PartView>,
    /// Materials with their names.
    pub materials: Vec<PartView>,
    /// Words.
    pub reason: String,
    /// Last day for the applicant; `null` once he has answered.
    pub due: Option<NaiveDate>,
    /// How many notices there have been.
    pub notices: usize,
}

/// A listed part.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PartView {
    /// JSON Pointer or requirement id.
    pub key: String,
    /// Label or name.
    pub label: String,
}

/// A withdrawal that waits.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct WithdrawalView {
    /// When it was asked for.
    pub asked_at: DateTime<Utc>,
    /// The applicant's words.
    pub reason: String,
}

/// A paper.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PaperView {
    /// Id: `GET /cases/{id}/papers/{paper_id}`.
    pub id: Uuid,
    /// Kind.
    pub kind: String,
    /// Number.
    pub number: String,
    /// Title.
    pub title: String,
    /// When it was frozen.
    pub frozen_at: DateTime<Utc>,
}

/// A command and whether the caller may give it now.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CommandView {
    /// Command; in the path with `-` for `_`.
    pub command: Verb,
    /// Whether it may be given now.
    pub allowed: bool,
    /// Code of the reason why not.
    pub code: Option<String>,
    /// The reason in the caller's language.
    pub reason: Option<String>,
}
