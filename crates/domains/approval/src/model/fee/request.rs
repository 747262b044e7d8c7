//! What is asked about a fee: less, nothing, or money back. Whoever asks, a clerk proposes the sum and
//! a second person answers.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use tb_contract::events::LetterFile;
use tb_kernel::Fen;
use uuid::Uuid;

use super::super::applicant_term::REMINDER;
use super::super::apply::Surroundings;
use super::super::event::{EventKind, StaffRef};
use super::super::words::words;
use super::money::ask_back;
use super::{FeeOrder, FeeState, expect, head_there, is_refundable, words_there};
use crate::error::Error;

words! {
    /// What is asked for.
    pub(crate) enum RequestKind {
        /// 减征
        Reduction = "reduction",
        /// 免征
        Exemption = "exemption",
        /// 退款
        Refund = "refund",
    }
}

words! {
    /// Who asks.
    pub(crate) enum Asker {
        /// 申请人
        Applicant = "applicant",
        /// 经办人员
        Office = "office",
        /// 系统: money came that nobody waited for.
        Platform = "platform",
    }
}

/// A request that waits for its answer. Sealed at rest: reasons name people and their need.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Request {
    /// What.
    pub kind: RequestKind,
    /// Who.
    pub asker: Asker,
    /// Why, in the asker's words.
    pub reason: String,
    /// Proof.
    pub files: Vec<LetterFile>,
    /// When.
    pub asked_at: DateTime<Utc>,
    /// What is left to be paid, or is given back, as proposed.
    pub sum: Option<i64>,
    /// Why, in the words of who proposes.
    #[serde(default)]
    pub opinion: String,
    /// Who proposes it.
    pub proposer: Option<StaffRef>,
    /// Whose deputy he was then.
    #[serde(default)]
    pub stood_for: Vec<Uuid>,
}

impl Request {
    /// Money that nobody waited for goes back.
    pub(super) fn of_platform(sum: i64, now: DateTime<Utc>) -> Self {
        Self {
            kind: RequestKind::Refund,
            asker: Asker::Platform,
            reason: String::new(),
            files: Vec::new(),
            asked_at: now,
            sum: Some(sum),
            opinion: String::new(),
            proposer: None,
            stood_for: Vec::new(),
        }
    }
}

/// What the applicant asks for.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Ask {
    /// What.
    pub kind: RequestKind,
    /// Why.
    pub reason: String,
    /// Proof.
    pub files: Vec<LetterFile>,
    /// When.
    pub at: DateTime<Utc>,
    /// Whether the case has ended without what he paid for.
    pub ended_in_vain: bool,
}

/// The applicant asks. What the office thinks of by itself meanwhile becomes the answer to him where it
/// is of the same kind; another thought falls.
pub(super) fn ask(next: &mut FeeOrder, asked: &Ask) -> Result<EventKind, Error> {
    words_there(&asked.reason)?;
    let kind = if asked.kind == RequestKind::Refund {
        expect(is_refundable(next, asked.ended_in_vain), next)?;
        EventKind::FeeRefundAsked
    } else {
        // Once: what was reduced is not bargained over.
        expect(next.state == FeeState::Noticed && !next.is_asked(), next)?;
        EventKind::FeeReductionAsked
    };
    let proposed = next.request.take();
    let proposed = proposed.filter(|proposed| proposed.kind == asked.kind);
    next.request = Some(Request {
        kind: asked.kind,
        asker: Asker::Applicant,
        reason: asked.reason.clone(),
        files: asked.files.clone(),
        asked_at: asked.at,
        ..proposed.unwrap_or(Request {
            sum: None,
            ..Request::of_platform(0, asked.at)
        })
    });
    Ok(kind)
}

/// What a clerk proposes.
pub(super) struct Proposal<'a> {
    pub kind: RequestKind,
    pub sum: i64,
    pub reason: &'a str,
    pub by: &'a StaffRef,
    pub stood_for: &'a [Uuid],
}

/// A clerk proposes a sum; until somebody answers, another may propose another one.
pub(super) fn propose(
    next: &mut FeeOrder,
    proposal: Proposal<'_>,
    now: DateTime<Utc>,
) -> Result<EventKind, Error> {
    words_there(proposal.reason)?;
    let refunds = |kind| kind == RequestKind::Refund;
    let waiting = next.request.take();
    if let Some(waiting) = &waiting {
        // What was asked as a reduction may become an exemption, never a refund.
        expect(refunds(waiting.kind) == refunds(proposal.kind), next)?;
    }
    let within = match proposal.kind {
        RequestKind::Refund => {
            expect(next.kept() > 0, next)?;
            1..=next.kept()
        }
        RequestKind::Reduction => {
            expect(next.state == FeeState::Noticed, next)?;
            next.kept() + 1..=next.due - 1
        }
        RequestKind::Exemption => {
            expect(next.is_payable(), next)?;
            0..=0
        }
    };
    if !within.contains(&proposal.sum) {
        return Err(Error::FeeSumWrong {
            least: yuan(*within.start()),
            most: yuan(*within.end()),
        });
    }
    let asked = waiting.unwrap_or(Request {
        asker: Asker::Office,
        ..Request::of_platform(proposal.sum, now)
    });
    next.request = Some(Request {
        kind: proposal.kind,
        sum: Some(proposal.sum),
        opinion: proposal.reason.trim().to_owned(),
        proposer: Some(proposal.by.clone()),
        stood_for: proposal.stood_for.to_vec(),
        ..asked
    });
    Ok(EventKind::FeeProposed)
}

/// A head who is another person grants what was proposed. What is given back of a fee while the case
/// goes on is charged no more; money that nobody waited for was never charged.
pub(super) fn approve(
    next: &mut FeeOrder,
    running: bool,
    around: Surroundings<'_>,
) -> Result<EventKind, Error> {
    let request = next.request.take().ok_or(Error::FeeNothingAsked)?;
    let proposer = request.proposer.as_ref().ok_or(Error::FeeNotProposed)?;
    head_there(around)?;
    around.check_second(
        Some(proposer.id),
        &request.stood_for,
        Error::FeeSecondPerson,
    )?;
    let sum = request.sum.unwrap_or_default();
    Ok(match request.kind {
        RequestKind::Reduction => {
            next.state = FeeState::Reduced;
            next.due = sum;
            next.bill_anew();
            EventKind::FeeReduced
        }
        RequestKind::Exemption => {
            next.state = FeeState::Exempt;
            next.due = 0;
            ask_back(next, next.kept(), around.now);
            EventKind::FeeExempted
        }
        RequestKind::Refund => {
            next.state = FeeState::Refunding;
            next.refunding += sum;
            if running && request.asker != Asker::Platform {
                next.due = next.due.min(next.kept());
            }
            EventKind::FeeRefundApproved
        }
    })
}

/// What was asked is refused. Nobody loses his case over it unwarned: he is reminded anew, and gets
/// another code where the one that he has runs out meanwhile.
pub(super) fn refuse(
    next: &mut FeeOrder,
    reason: &str,
    around: Surroundings<'_>,
) -> Result<EventKind, Error> {
    words_there(reason)?;
    let request = next.request.take().ok_or(Error::FeeNothingAsked)?;
    // What a clerk has proposed is a head's to refuse, and so is money that came too late.
    if request.proposer.is_some() || request.asker == Asker::Platform {
        head_there(around)?;
    }
    next.reminded_at = None;
    let runs_out = next
        .until
        .is_some_and(|until| until - REMINDER <= around.now);
    if next.is_payable() && runs_out {
        next.bill_anew();
    }
    Ok(EventKind::FeeRequestRefused)
}

/// A sum as people write it.
fn yuan(fen: i64) -> String {
    Fen(fen).to_yuan()
}
