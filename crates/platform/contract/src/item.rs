//! The description of a service item (实施清单) as it is published, pinned and copied: domain.md
//! section 2. Intake and approval keep read copies of it by (code, version).

mod authority;
mod co_applicants;
mod commitment;
mod cross_region;
mod handling;
mod links;
mod material;
mod procedure;
mod proof;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use tb_calendar::Term;
use tb_forms::FormDocument;
use tb_kernel::Region;
use utoipa::ToSchema;

pub use authority::{ExerciseLevel, ItemAuthority, OfficeNature, PowerSource, Quota, ServiceScope};
pub use co_applicants::{CoApplicantRule, MOST_CO_APPLICANTS, SIGNING};
pub use commitment::{CommitmentRule, PromiseWords};
pub use cross_region::{CrossRegionMode, CrossRegionPlace, CrossRegionRule, ResultSender};
pub use handling::{
    AnnualInspection, ExaminationKind, FeeGate, FrontDesk, HandlingSystem, HandlingWay,
    Intermediary, ItemHandling, OnlineAddress, ResultDelivery,
};
pub use links::ItemLinks;
pub use material::{
    FormFile, MaterialForm, MaterialRequirement, MaterialSource, Necessity, PaperMark,
    ReplacingLicence,
};
pub use procedure::{ProcedureKind, SpecialProcedure};
pub use proof::{GUARDIANSHIP, PROXY_LETTER, is_proof, proof_of};

/// What kind of power or service an item is (事项类型), by its national code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
pub enum ItemType {
    /// 行政许可
    #[serde(rename = "01")]
    Permit,
    /// 行政处罚
    #[serde(rename = "02")]
    Penalty,
    /// 行政强制
    #[serde(rename = "03")]
    Coercion,
    /// 行政征收
    #[serde(rename = "04")]
    Levy,
    /// 行政给付
    #[serde(rename = "05")]
    Benefit,
    /// 行政检查
    #[serde(rename = "06")]
    Inspection,
    /// 行政确认
    #[serde(rename = "07")]
    Confirmation,
    /// 行政奖励
    #[serde(rename = "08")]
    Reward,
    /// 行政裁决
    #[serde(rename = "09")]
    Adjudication,
    /// 其他行政权力
    #[serde(rename = "10")]
    Other,
    /// 公共服务
    #[serde(rename = "20")]
    PublicService,
}

impl ItemType {
    /// Penalties, coercion, levies and inspections are ex officio: nobody applies for them.
    pub fn is_on_application(self) -> bool {
        !matches!(
            self,
            Self::Penalty | Self::Coercion | Self::Levy | Self::Inspection
        )
    }

    /// Reads the national code, with or without the leading zero.
    pub fn from_code(code: &str) -> Option<Self> {
        serde_json::from_value(serde_json::Value::String(format!("{code:0>2}"))).ok()
    }
}

/// Who may apply.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Audience {
    /// 自然人
    NaturalPerson,
    /// 企业法人
    Enterprise,
    /// 事业法人
    PublicInstitution,
    /// 社会组织法人
    SocialOrganisation,
    /// 非法人企业
    UnincorporatedEnterprise,
    /// 行政机关
    AdministrativeOrgan,
    /// 其他组织
    Other,
}

/// Whether the item is decided on the spot or promised (办件类型).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum CaseKind {
    /// 即办件
    Instant,
    /// 承诺件
    Promised,
    /// 联办件
    Joint,
    /// 上报件
    Reported,
}

/// One question of the situation guide.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct SituationQuestion {
    /// Key: `reason`.
    pub id: String,
    /// The question.
    pub question: String,
    /// Its options.
    pub options: Vec<SituationOption>,
}

/// One answer of a question, with what it asks for beyond the item's common materials.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct SituationOption {
    /// Key: `company_closed`.
    pub id: String,
    /// Text.
    pub label: String,
    /// Ids of the materials needed with this answer.
    #[serde(default)]
    pub materials: Vec<String>,
    /// Where this answer means that the item cannot be applied for: why, and what to do instead.
    #[serde(default)]
    pub barred: Option<String>,
    /// The condition (one of the item's, in its words) that is not met with a barred answer; with
    /// any other answer of the same question it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub condition: Option<String>,
}

/// A fixed step of examination (row 10 of the state table).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Step {
    /// Key: `review`.
    pub id: String,
    /// Name: 审核.
    pub name: String,
    /// Post that does it: `clerk`, `head` …
    pub post: String,
    /// Term of the step.
    #[schema(value_type = serde_json::Value)]
    pub term: Term,
    /// What is examined.
    #[serde(default)]
    pub standard: String,
    /// What the step ends with: 审查意见.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub result: String,
}

/// A fee.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Fee {
    /// Name.
    pub name: String,
    /// Amount in fen.
    pub amount: i64,
    /// Basis.
    pub basis: String,
    /// The tariff in words (收费标准): 每证 10 元.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub standard: String,
    /// Who pays less or nothing (减免情形).
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reduction: String,
    /// Key of the number field of the form that says how many are charged; one where it is empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub quantity_field: String,
    /// What the form has to say for it to be charged; always where there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub charged_if: Option<FeeCondition>,
    /// Whether a clerk fixes the amount (核定): no notice goes out by itself.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub assessed: bool,
}

/// When a fee is charged.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct FeeCondition {
    /// Key of a field of the form.
    pub field: String,
    /// Answers for which it is charged.
    pub values: Vec<String>,
}

/// One law, rule or paper that the item rests on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct LegalBasis {
    /// Name of the law.
    pub name: String,
    /// Its number.
    #[serde(default)]
    pub number: String,
    /// Article.
    pub article: String,
    /// What it says.
    pub text: String,
    /// Who made it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub issuer: String,
    /// First day of its effect.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<NaiveDate>,
}

/// A place where the item is handled in person.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Place {
    /// Name.
    pub name: String,
    /// Address.
    pub address: String,
    /// Opening hours.
    pub hours: String,
    /// Telephone.
    #[serde(default)]
    pub phone: String,
    /// Counter: 二楼 12 号窗口.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub window: String,
    /// How to get there: 地铁 2 号线芙蓉广场站.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub transport: String,
}

/// A frequent question.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Faq {
    /// Question.
    pub question: String,
    /// Answer.
    pub answer: String,
}

/// What the applicant gets.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct ItemResult {
    /// Name of the result: 失业登记凭证.
    pub name: String,
    /// Kind: 证照、批文、其他.
    pub kind: String,
    /// Validity in words.
    #[serde(default)]
    pub validity: String,
    /// What it lies in.
    #[serde(default, skip_serializing_if = "ResultIssue::is_decision")]
    pub issue: ResultIssue,
}

/// What a result lies in, so that it can be handed out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ResultIssue {
    /// The decision itself, or a licence of the register where its kind is one: nothing is uploaded.
    #[default]
    Decision,
    /// A paper of the office's own (办结上传结果): it is attached before the case is closed.
    Office,
}

impl ResultIssue {
    /// Whether nothing is uploaded.
    #[must_use]
    pub fn is_decision(&self) -> bool {
        *self == Self::Decision
    }
}

impl ItemDocument {
    /// Everything that the applicant gets, the main result first.
    pub fn results(&self) -> impl Iterator<Item = &ItemResult> {
        self.result.iter().chain(&self.further_results)
    }
}

/// How long a deferred material may be promised for where the item says nothing.
pub const DEFERRAL: Term = Term::working_days(10);

/// The whole description of an item in one version.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct ItemDocument {
    /// Implementation code (实施编码, 31), or the external code where the office has no valid one.
    pub code: String,
    /// Business item code (业务办理项编码, 33).
    #[serde(default)]
    pub business_code: Option<String>,
    /// Code of the base item (基本编码, 12) that it implements, where its own code does not say so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub base_code: Option<String>,
    /// Codes in other systems.
    #[serde(default)]
    pub external_codes: Vec<String>,
    /// Name.
    pub name: String,
    /// Main item, where this is a sub-item.
    #[serde(default)]
    pub category: String,
    /// Type.
    pub item_type: ItemType,
    /// Credit code of the handling department.
    pub department_code: String,
    /// Name of the handling department.
    pub department_name: String,
    /// Region whose office handles it.
    pub region: Region,
    /// Who may apply.
    pub audience: Vec<Audience>,
    /// Instant or promised.
    pub case_kind: CaseKind,
    /// Sample data, not an office's own word.
    pub sample: bool,
    /// In short, for lists.
    #[serde(default)]
    pub summary: String,
    /// Conditions (受理条件).
    #[serde(default)]
    pub conditions: Vec<String>,
    /// Legal term.
    #[serde(default)]
    #[schema(value_type = Option<serde_json::Value>)]
    pub legal_term: Option<Term>,
    /// Promised term.
    #[serde(default)]
    #[schema(value_type = Option<serde_json::Value>)]
    pub promised_term: Option<Term>,
    /// How the legal term counts, in words.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub legal_term_note: String,
    /// How the promised term counts, in words.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub promised_term_note: String,
    /// Term of a pre-review: with one, a new application waits in `submitted` for a clerk.
    #[serde(default)]
    #[schema(value_type = Option<serde_json::Value>)]
    pub pre_review_term: Option<Term>,
    /// Days an applicant has for a correction.
    #[serde(default)]
    #[schema(value_type = Option<serde_json::Value>)]
    pub correction_term: Option<Term>,
    /// Whether a case ends when the correction does not come in time; the notice says so.
    #[serde(default)]
    pub correction_lapses: bool,
    /// How long after the application a deferred material (容缺) may be promised for.
    #[serde(default)]
    #[schema(value_type = Option<serde_json::Value>)]
    pub deferral_term: Option<Term>,
    /// What may be done on a promise (告知承诺), where anything may.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub commitment: Option<CommitmentRule>,
    /// Situation guide.
    #[serde(default)]
    pub situations: Vec<SituationQuestion>,
    /// Materials; those named by a situation option are asked for only with that answer.
    #[serde(default)]
    pub materials: Vec<MaterialRequirement>,
    /// Examination steps, in order.
    #[serde(default)]
    pub steps: Vec<Step>,
    /// Special procedures that may be needed; no other may be started.
    #[serde(default)]
    pub special_procedures: Vec<SpecialProcedure>,
    /// Fees; none means free of charge.
    #[serde(default)]
    pub fees: Vec<Fee>,
    /// Legal bases.
    #[serde(default)]
    pub legal_bases: Vec<LegalBasis>,
    /// What the applicant gets.
    #[serde(default)]
    pub result: Option<ItemResult>,
    /// What else the applicant gets.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub further_results: Vec<ItemResult>,
    /// The office's power.
    #[serde(default)]
    pub authority: ItemAuthority,
    /// How it is handled.
    #[serde(default)]
    pub handling: ItemHandling,
    /// Navigation and neighbours.
    #[serde(default)]
    pub links: ItemLinks,
    /// Online depth I–IV as 1–4 (网上办理深度); 0: not online.
    #[serde(default)]
    pub online_depth: u8,
    /// Visits needed (到办事现场次数).
    #[serde(default)]
    pub visits: u8,
    /// Places and hours.
    #[serde(default)]
    pub places: Vec<Place>,
    /// Consultation channel.
    #[serde(default)]
    pub consultation: String,
    /// Complaint channel.
    #[serde(default)]
    pub complaint: String,
    /// Remedies: where to ask for reconsideration, where to sue.
    #[serde(default)]
    pub remedies: String,
    /// Themes (主题) by name: 就业创业.
    #[serde(default)]
    pub themes: Vec<String>,
    /// Further search words.
    #[serde(default)]
    pub keywords: Vec<String>,
    /// Questions and answers.
    #[serde(default)]
    pub faqs: Vec<Faq>,
    /// The form, where the item can be applied for online.
    #[serde(default)]
    #[schema(value_type = Option<serde_json::Value>)]
    pub form: Option<FormDocument>,
    /// First day of effect.
    #[serde(default)]
    pub effective_from: Option<NaiveDate>,
}

impl ItemDocument {
    /// Whether a system of province or ministry handles its cases.
    pub fn is_handled_elsewhere(&self) -> bool {
        matches!(
            self.handling.system,
            HandlingSystem::Province | HandlingSystem::Ministry
        )
    }

    /// Whether an application can be made online: an item on application with a form.
    pub fn is_online(&self) -> bool {
        self.form.is_some() && self.item_type.is_on_application()
    }

    /// The materials that a set of situation answers asks for: the common ones and those that the
    /// chosen options name.
    pub fn materials_for(&self, answers: &SituationAnswers) -> Vec<&MaterialRequirement> {
        let options = || {
            self.situations
                .iter()
                .flat_map(|q| q.options.iter().map(move |o| (q, o)))
        };
        self.materials
            .iter()
            .filter(|material| {
                let mut named = options()
                    .filter(|(_, o)| o.materials.contains(&material.id))
                    .peekable();
                named.peek().is_none() || named.any(|(q, o)| answers.get(&q.id) == Some(&o.id))
            })
            .collect()
    }
}

/// Answers of the situation guide: question id → option id.
pub type SituationAnswers = std::collections::BTreeMap<String, String>;
