//! Papers as data: every kind of paper has its own type, so that a paper with
//! a missing or misplaced part does not compile. Dates are civil dates in
//! China; the caller turns instants into them.

use chrono::NaiveDate;
use serde::Serialize;

use crate::commitment::{CommitmentLetter, RevocationDecision, RevocationNotice};
use crate::delivery::DeliveryReceipt;
use crate::fee::PaymentNotice;
use crate::hearing::{HearingNotice, HearingRight};
use crate::joint::{JointAcceptance, JointCorrection};

/// One paper. The same value always gives the same bytes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Paper {
    /// The paper's number, such as 长人社受〔2026〕15号; also its identity.
    pub number: String,
    /// The organ that issues and signs the paper.
    pub organ: String,
    /// The date under the signature.
    pub issued_on: NaiveDate,
    /// Whether the paper is a sample: watermark 样本 and a ring for the seal.
    pub sample: bool,
    /// To whom it is addressed.
    pub addressee: Addressee,
    /// The case that it belongs to.
    pub case: Case,
    /// Where the addressee can ask.
    pub enquiry: Enquiry,
    /// What the paper says.
    pub content: Template,
}

/// The kinds of papers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Template {
    /// 申请材料接收凭证
    MaterialReceipt(MaterialReceipt),
    /// 一次性补正告知书
    CorrectionNotice(CorrectionNotice),
    /// 受理通知书
    AcceptanceNotice(AcceptanceNotice),
    /// 不受理通知书, 不予受理通知书
    RefusalNotice(RefusalNotice),
    /// 准予、不予决定书
    Decision(Decision),
    /// 特别程序告知书
    SpecialProcedureNotice(SpecialProcedureNotice),
    /// 延期告知书
    ExtensionNotice(ExtensionNotice),
    /// 中止通知书
    SuspensionNotice(SuspensionNotice),
    /// 终止通知书
    TerminationNotice(TerminationNotice),
    /// 容缺受理告知承诺书
    DeferralPromise(DeferralPromise),
    /// 告知承诺书
    CommitmentLetter(CommitmentLetter),
    /// 拟撤销决定告知书
    RevocationNotice(RevocationNotice),
    /// 撤销决定书
    RevocationDecision(RevocationDecision),
    /// 听证告知书
    HearingRight(HearingRight),
    /// 听证通知书
    HearingNotice(HearingNotice),
    /// 送达回证
    DeliveryReceipt(DeliveryReceipt),
    /// 缴款通知书
    PaymentNotice(PaymentNotice),
    /// 一次性补正告知书 of a joint matter
    JointCorrection(JointCorrection),
    /// 受理通知书 of a joint matter
    JointAcceptance(JointAcceptance),
}

/// To whom a paper is addressed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Addressee {
    /// The full name.
    pub name: String,
    /// Who acts for him, with the title: 委托代理人：某某.
    pub proxy: Option<String>,
    /// Person or organisation: 你 or 你单位.
    pub kind: AddresseeKind,
}

/// Kinds of addressees.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum AddresseeKind {
    /// A natural person.
    Person,
    /// An enterprise or any other organisation.
    Organisation,
}

/// The case that a paper belongs to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Case {
    /// 办件编号
    pub number: String,
    /// The name of the service item.
    pub item: String,
    /// The day of the application, shown as 于…提出.
    pub applied_on: NaiveDate,
}

/// Where to ask about the case; what is `None` is not mentioned.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Enquiry {
    /// The address of the progress query on the web.
    pub online: Option<String>,
    /// A telephone number.
    pub phone: Option<String>,
    /// The counter or office and its address.
    pub office: Option<String>,
}

/// 申请材料接收凭证: what was handed in. It says that this is no acceptance.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MaterialReceipt {
    /// What was received, in the order of the item's list.
    pub materials: Vec<ReceivedMaterial>,
    /// The clerk who received it; `None` for an online application.
    pub received_by: Option<String>,
    /// By when the organ accepts, refuses or asks for a correction.
    pub reply_by: Option<NaiveDate>,
}

/// One material on a receipt.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ReceivedMaterial {
    /// The material's name.
    pub name: String,
    /// On paper or as a file.
    pub form: MaterialForm,
    /// How many copies.
    pub copies: u32,
    /// A remark, such as the original having been checked; may be empty.
    pub note: String,
}

/// How a material was handed in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum MaterialForm {
    /// 纸质原件
    Original,
    /// 纸质复印件
    Copy,
    /// 电子件
    Electronic,
}

/// 一次性补正告知书: everything that is missing, once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CorrectionNotice {
    /// The provision that the notice rests on, such as
    /// 《中华人民共和国行政许可法》第三十二条第一款第四项.
    pub basis: Option<String>,
    /// A word of explanation for the whole list.
    pub reason: Option<String>,
    /// Fields of the form to be filled in anew.
    pub fields: Vec<Defect>,
    /// Materials to be handed in or replaced.
    pub materials: Vec<Defect>,
    /// The last day for the correction, and the term it comes from.
    pub deadline: Option<Due>,
    /// Whether the case ends if the correction does not come.
    pub lapses: bool,
}

/// One thing to be corrected.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Defect {
    /// The field or material.
    pub name: String,
    /// What is wrong and what to do; `None` asks to fill it in or hand it in anew.
    pub demand: Option<String>,
}

/// 受理通知书: the case has begun, with the days by which it ends.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AcceptanceNotice {
    /// The provision that the notice rests on.
    pub basis: Option<String>,
    /// From when the case counts as accepted.
    pub accepted_on: NaiveDate,
    /// 承诺办结日期; `None` where the item promises none.
    pub promised: Option<Due>,
    /// 法定办结日期; `None` where the law sets none.
    pub legal: Option<Due>,
}

/// A last day and the term that leads to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Due {
    /// The last day.
    pub on: NaiveDate,
    /// The term.
    pub term: Term,
    /// Whether the calendar does not reach that far yet, so that it may move.
    pub provisional: bool,
}

/// A length of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Term {
    /// How many days; 0 means on the spot.
    pub days: u32,
    /// Which days count.
    pub unit: TermUnit,
}

/// Which days a term counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum TermUnit {
    /// 工作日
    WorkingDays,
    /// 自然日
    NaturalDays,
}

/// 不受理通知书 or 不予受理通知书.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RefusalNotice {
    /// Why the organ does not take the application.
    #[serde(flatten)]
    pub kind: RefusalKind,
    /// The provision that the notice rests on.
    pub basis: Option<String>,
    /// The facts behind it.
    pub reason: String,
    /// What the applicant can do against it.
    pub remedy: Remedy,
}

/// Why an application is not taken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum RefusalKind {
    /// 不受理: the matter needs no permit.
    NotAccepted,
    /// 不予受理: the matter is not this organ's; the right one where it is known.
    Refused {
        /// Where to apply instead.
        right_organ: Option<String>,
    },
}

/// Administrative reconsideration and litigation, with their statutory terms.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Remedy {
    /// Where to ask for reconsideration, within sixty days.
    pub reconsideration_organ: String,
    /// Where to sue, within six months.
    pub court: String,
}

/// 准予、不予决定书.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Decision {
    /// A permit, or any other matter: it changes the words of the decision.
    pub matter: Matter,
    /// The day of acceptance.
    pub accepted_on: NaiveDate,
    /// The provision that the decision rests on.
    pub basis: Option<String>,
    /// The decision.
    #[serde(flatten)]
    pub ruling: Ruling,
}

/// Kinds of matters that are decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Matter {
    /// 行政许可
    Permit,
    /// Benefits, confirmations, public services and so on: 办理.
    Service,
}

/// What was decided. A denial without reason and remedy cannot be written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case", tag = "ruling")]
pub enum Ruling {
    /// 准予
    Granted {
        /// The certificate that is issued, if any, without its quotation marks.
        result: Option<String>,
        /// How long it is valid.
        validity: Option<Validity>,
        /// How the result reaches the applicant, as a sentence.
        delivery: Option<String>,
    },
    /// 不予
    Denied {
        /// The facts and reasons.
        reason: String,
        /// What the applicant can do against it.
        remedy: Remedy,
    },
}

/// From when until when a result is valid.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Validity {
    /// The first day.
    pub from: NaiveDate,
    /// The last day; `None` for one without an end.
    pub until: Option<NaiveDate>,
}

/// 特别程序告知书: a procedure whose time is not counted has begun.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SpecialProcedureNotice {
    /// Its kind in words: 专家评审.
    pub kind: String,
    /// Its name as the item has it.
    pub name: String,
    /// The provision that it rests on.
    pub basis: Option<String>,
    /// Why it is needed here.
    pub reason: String,
    /// First day that is not counted.
    pub begins_on: NaiveDate,
    /// The day by which it is planned to end.
    pub planned_end: NaiveDate,
}

/// 延期告知书: the legal term is extended, once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ExtensionNotice {
    /// The provision that it rests on.
    pub basis: Option<String>,
    /// Why.
    pub reason: String,
    /// By how much.
    pub by: Term,
    /// The legal date after it, where the calendar reaches so far.
    pub legal: Option<Due>,
    /// The promised date after it, where the item promises one.
    pub promised: Option<Due>,
}

/// 中止通知书: the handling rests until its ground is gone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SuspensionNotice {
    /// The ground in words.
    pub ground: String,
    /// The provision that it rests on.
    pub basis: String,
    /// The facts.
    pub reason: String,
    /// First day that is not counted.
    pub since: NaiveDate,
}

/// 终止通知书: the handling ends without a decision.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TerminationNotice {
    /// The ground in words.
    pub ground: String,
    /// The facts.
    pub reason: String,
    /// What the applicant can do against it.
    pub remedy: Remedy,
}

/// 容缺受理告知承诺书: materials that follow later.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DeferralPromise {
    /// Day of acceptance.
    pub accepted_on: NaiveDate,
    /// What follows.
    pub materials: Vec<DeferredMaterial>,
}

/// One of them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DeferredMaterial {
    /// Name.
    pub name: String,
    /// Last day for it.
    pub by: NaiveDate,
}
