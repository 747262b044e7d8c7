//! A paper as it is frozen by the transition that makes it: everything that will stand on it, so
//! that it can be rendered at any later time and always comes out the same.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use tb_calendar::Unit;
use tb_contract::item::ItemType;
use tb_typeset as t;

use super::clocks::{Alarm, Reading};
use super::commitment_paper::{Letter, Notice, Revocation, letter};
use super::delivery_paper::Receipt;
use super::diversion_paper::{Deferral, Extension, SpecialProcedure, Suspension, Termination};
use super::fee_paper::Charge;
use super::hearing_paper::{Call, Right};
use super::joint_paper::{JointAcceptance, JointCorrection};
use super::state::{RefusalKind, Ruling};

/// Version of the templates that today's papers are frozen for.
pub(crate) const TEMPLATE_VERSION: i32 = 1;

/// Everything that stands on a paper.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct FrozenPaper {
    /// Its number.
    pub number: String,
    /// The organ.
    pub organ: String,
    /// The date under the signature.
    pub issued_on: NaiveDate,
    /// Whether it is made for a sample item: it carries the watermark 样本.
    pub sample: bool,
    /// Applicant.
    pub addressee: String,
    /// Who acts for him, as papers say it: 委托代理人：某某.
    #[serde(default)]
    pub proxy: Option<String>,
    /// Whether the applicant is an organisation.
    pub is_organisation: bool,
    /// Case number.
    pub case_number: String,
    /// Name of the item.
    pub item: String,
    /// Day of the application.
    pub applied_on: NaiveDate,
    /// Telephone for questions.
    pub phone: Option<String>,
    /// Place for questions.
    pub office: Option<String>,
    /// What it says.
    pub content: Content,
}

/// What a paper says, by its kind.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub(crate) enum Content {
    /// 申请材料接收凭证
    MaterialReceipt {
        /// Names and numbers of files.
        materials: Vec<(String, u32)>,
        /// Clerk, where one received it.
        received_by: Option<String>,
        /// By when the office answers.
        reply_by: Option<NaiveDate>,
    },
    /// 一次性补正告知书
    CorrectionNotice {
        /// Words for the whole list.
        reason: String,
        /// Labels of fields.
        fields: Vec<String>,
        /// Names of materials.
        materials: Vec<String>,
        /// The applicant's term.
        deadline: Option<FrozenDue>,
        /// Whether the case ends with it.
        #[serde(default)]
        lapses: bool,
    },
    /// 受理通知书
    AcceptanceReceipt {
        /// Day of acceptance.
        accepted_on: NaiveDate,
        /// Promised date.
        promised: Option<FrozenDue>,
        /// Legal date.
        legal: Option<FrozenDue>,
    },
    /// 不受理、不予受理通知书
    Refusal {
        /// Which.
        refusal: RefusalKind,
        /// Reason.
        reason: String,
        /// What can be done against it.
        remedy: FrozenRemedy,
    },
    /// 准予、不予决定书
    Decision {
        /// Whether it is a permit.
        permit: bool,
        /// Day of acceptance.
        accepted_on: NaiveDate,
        /// What was decided.
        ruling: Ruling,
        /// Reason.
        reason: String,
        /// Name of the result.
        result: Option<String>,
        /// What can be done against it.
        remedy: FrozenRemedy,
    },
    /// 特别程序告知书
    SpecialProcedureNotice(SpecialProcedure),
    /// 延期告知书
    ExtensionNotice(Extension),
    /// 中止通知书
    SuspensionNotice(Suspension),
    /// 终止通知书
    TerminationNotice(Termination),
    /// 容缺受理告知承诺书
    DeferralPromise(Deferral),
    /// 告知承诺书
    CommitmentLetter(Letter),
    /// 拟撤销决定告知书
    RevocationNotice(Notice),
    /// 撤销决定书
    RevocationDecision(Revocation),
    /// 听证告知书
    HearingRight(Right),
    /// 听证通知书
    HearingNotice(Call),
    /// 送达回证
    DeliveryReceipt(Receipt),
    /// 缴款通知书
    PaymentNotice(Charge),
    /// 一次性补正告知书 of a joint matter
    JointCorrection(JointCorrection),
    /// 受理通知书 of a joint matter
    JointAcceptance(JointAcceptance),
}

/// A last day with its term.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct FrozenDue {
    /// Last day.
    pub on: NaiveDate,
    /// Days of the term; 0 for on the spot.
    pub days: u32,
    /// Whether they are working days.
    pub working: bool,
    /// Whether the day may still move.
    pub provisional: bool,
}

/// Where to turn to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct FrozenRemedy {
    /// For reconsideration.
    pub reconsideration_organ: String,
    /// For a lawsuit.
    pub court: String,
}

/// A clock for a paper. Terms that papers do not write in days show their date only through the
/// natural days up to it.
pub(crate) fn frozen_due(reading: &Reading) -> Option<FrozenDue> {
    let due = reading.due.as_ref()?;
    let provisional = matches!(reading.alarm, Some(Alarm::Provisional { .. }));
    let term = reading.request.term;
    let (days, working) = match term.unit {
        Unit::WorkingDays => (term.length, true),
        Unit::OnTheSpot | Unit::Minutes | Unit::Hours => (0, true),
        Unit::NaturalDays => (term.length, false),
        Unit::Months | Unit::Years => {
            let days = due
                .date
                .signed_duration_since(reading.request.start.day())
                .num_days();
            (u32::try_from(days).unwrap_or_default(), false)
        }
    };
    Some(FrozenDue {
        on: due.date,
        days,
        working,
        provisional,
    })
}

/// Reads the remedies of an item: “…向芙蓉区人民政府申请行政复议…向有管辖权的人民法院提起行政诉讼”.
pub(crate) fn remedy(text: &str) -> FrozenRemedy {
    let between = |end: &str| {
        let (before, _) = text.split_once(end)?;
        let (_, name) = before.rsplit_once('向')?;
        let usable = (2..=40).contains(&name.chars().count()) && !name.contains(['，', '。', '；']);
        usable.then(|| name.to_owned())
    };
    FrozenRemedy {
        reconsideration_organ: between("申请行政复议")
            .or_else(|| between("申请复议"))
            .unwrap_or_else(|| "本级人民政府".to_owned()),
        court: between("提起行政诉讼")
            .or_else(|| between("提起诉讼"))
            .unwrap_or_else(|| "有管辖权的人民法院".to_owned()),
    }
}

/// Whether an item is a permit.
pub(crate) fn is_permit(item_type: ItemType) -> bool {
    item_type == ItemType::Permit
}

impl Content {
    /// Its title.
    pub(crate) fn title(&self) -> &'static str {
        match self {
            Self::MaterialReceipt { .. } => "申请材料接收凭证",
            Self::CorrectionNotice { .. } | Self::JointCorrection(_) => "一次性补正告知书",
            Self::AcceptanceReceipt { .. } | Self::JointAcceptance(_) => "受理通知书",
            Self::Refusal {
                refusal: RefusalKind::NotAccepted,
                ..
            } => "不受理通知书",
            Self::Refusal { .. } => "不予受理通知书",
            Self::SpecialProcedureNotice(_) => "特别程序告知书",
            Self::ExtensionNotice(_) => "延期告知书",
            Self::SuspensionNotice(_) => "中止通知书",
            Self::TerminationNotice(_) => "终止通知书",
            Self::DeferralPromise(_) => "容缺受理告知承诺书",
            Self::CommitmentLetter(_) => "告知承诺书",
            Self::RevocationNotice(_) => "拟撤销决定告知书",
            Self::RevocationDecision(_) => "撤销决定书",
            Self::HearingRight(_) => "听证告知书",
            Self::HearingNotice(_) => "听证通知书",
            Self::DeliveryReceipt(_) => "送达回证",
            Self::PaymentNotice(_) => "缴款通知书",
            Self::Decision { permit, ruling, .. } => match (permit, ruling) {
                (true, Ruling::Granted) => "准予行政许可决定书",
                (true, Ruling::Denied) => "不予行政许可决定书",
                (false, Ruling::Granted) => "准予办理决定书",
                (false, Ruling::Denied) => "不予办理决定书",
            },
        }
    }
}

impl FrozenPaper {
    /// The paper for the typesetter.
    pub(crate) fn to_paper(&self) -> t::Paper {
        t::Paper {
            number: self.number.clone(),
            organ: self.organ.clone(),
            issued_on: self.issued_on,
            sample: self.sample,
            addressee: t::Addressee {
                name: self.addressee.clone(),
                proxy: self.proxy.clone(),
                kind: if self.is_organisation {
                    t::AddresseeKind::Organisation
                } else {
                    t::AddresseeKind::Person
                },
            },
            case: t::Case {
                number: self.case_number.clone(),
                item: self.item.clone(),
                applied_on: self.applied_on,
            },
            enquiry: t::Enquiry {
                online: None,
                phone: self.phone.clone(),
                office: self.office.clone(),
            },
            content: self.template(),
        }
    }

    fn template(&self) -> t::Template {
        match &self.content {
            Content::MaterialReceipt {
                materials,
                received_by,
                reply_by,
            } => t::Template::MaterialReceipt(t::MaterialReceipt {
                materials: materials.iter().map(received).collect(),
                received_by: received_by.clone(),
                reply_by: *reply_by,
            }),
            Content::CorrectionNotice {
                reason,
                fields,
                materials,
                deadline,
                lapses,
            } => t::Template::CorrectionNotice(t::CorrectionNotice {
                basis: None,
                reason: Some(reason.clone()).filter(|reason| !reason.is_empty()),
                fields: fields.iter().map(|name| defect(name)).collect(),
                materials: materials.iter().map(|name| defect(name)).collect(),
                deadline: deadline.map(due),
                lapses: *lapses,
            }),
            Content::AcceptanceReceipt {
                accepted_on,
                promised,
                legal,
            } => t::Template::AcceptanceNotice(acceptance(*accepted_on, *promised, *legal)),
            Content::Refusal {
                refusal,
                reason,
                remedy,
            } => t::Template::RefusalNotice(t::RefusalNotice {
                kind: refused(*refusal),
                basis: None,
                reason: reason.clone(),
                remedy: remedy.to_remedy(),
            }),
            Content::SpecialProcedureNotice(notice) => notice.template(),
            Content::ExtensionNotice(notice) => notice.template(),
            Content::SuspensionNotice(notice) => notice.template(),
            Content::TerminationNotice(notice) => notice.template(),
            Content::DeferralPromise(promise) => promise.template(),
            Content::CommitmentLetter(promise) => letter(promise),
            Content::RevocationNotice(notice) => notice.template(),
            Content::RevocationDecision(decision) => decision.template(),
            Content::HearingRight(right) => right.template(),
            Content::HearingNotice(call) => call.template(),
            Content::DeliveryReceipt(receipt) => receipt.template(),
            Content::PaymentNotice(charge) => charge.template(),
            Content::JointCorrection(notice) => notice.template(),
            Content::JointAcceptance(notice) => notice.template(),
            Content::Decision {
                permit,
                accepted_on,
                ruling,
                reason,
                result,
                remedy,
            } => t::Template::Decision(t::Decision {
                matter: matter(*permit),
                accepted_on: *accepted_on,
                basis: None,
                ruling: match ruling {
                    Ruling::Granted => t::Ruling::Granted {
                        result: result.clone(),
                        validity: None,
                        delivery: None,
                    },
                    Ruling::Denied => t::Ruling::Denied {
                        reason: reason.clone(),
                        remedy: remedy.to_remedy(),
                    },
                },
            }),
        }
    }
}

impl FrozenRemedy {
    pub(super) fn to_remedy(&self) -> t::Remedy {
        t::Remedy {
            reconsideration_organ: self.reconsideration_organ.clone(),
            court: self.court.clone(),
        }
    }
}

fn matter(permit: bool) -> t::Matter {
    if permit {
        t::Matter::Permit
    } else {
        t::Matter::Service
    }
}

fn acceptance(
    accepted_on: NaiveDate,
    promised: Option<FrozenDue>,
    legal: Option<FrozenDue>,
) -> t::AcceptanceNotice {
    t::AcceptanceNotice {
        basis: None,
        accepted_on,
        promised: promised.map(due),
        legal: legal.map(due),
    }
}

pub(super) fn due(due: FrozenDue) -> t::Due {
    t::Due {
        on: due.on,
        term: term(due.days, due.working),
        provisional: due.provisional,
    }
}

pub(super) fn term(days: u32, working: bool) -> t::Term {
    let unit = if working {
        t::TermUnit::WorkingDays
    } else {
        t::TermUnit::NaturalDays
    };
    t::Term { days, unit }
}

fn refused(kind: RefusalKind) -> t::RefusalKind {
    match kind {
        RefusalKind::NotAccepted => t::RefusalKind::NotAccepted,
        RefusalKind::Refused => t::RefusalKind::Refused { right_organ: None },
    }
}

fn defect(name: &str) -> t::Defect {
    t::Defect {
        name: name.to_owned(),
        demand: None,
    }
}

fn received((name, files): &(String, u32)) -> t::ReceivedMaterial {
    t::ReceivedMaterial {
        name: name.clone(),
        form: t::MaterialForm::Electronic,
        copies: *files,
        note: String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::remedy;

    #[test]
    fn remedies_are_read_from_the_items_words() {
        let text = "对办理结果不服的，可以自知道之日起六十日内向芙蓉区人民政府申请行政复议，也可以自知道或者应当知道之日起六个月内依法向有管辖权的人民法院提起行政诉讼。";
        let found = remedy(text);
        assert_eq!(found.reconsideration_organ, "芙蓉区人民政府");
        assert_eq!(found.court, "有管辖权的人民法院");
        assert_eq!(remedy("").reconsideration_organ, "本级人民政府");
    }
}
