//! The states of a case and the words of its results.

use super::words::words;

words! {
    /// Where a case stands.
    pub(crate) enum State {
        /// 草稿: with the applicant, never seen here.
        Draft = "draft",
        /// 已提交
        Submitted = "submitted",
        /// 预审退回
        PreReviewReturned = "pre_review_returned",
        /// 待核验原件
        AwaitingOriginals = "awaiting_originals",
        /// 已收件
        Received = "received",
        /// 补正中
        Correcting = "correcting",
        /// 已受理
        Accepted = "accepted",
        /// 审查中
        Examining = "examining",
        /// 特别程序
        SpecialProcedure = "special_procedure",
        /// 中止
        Suspended = "suspended",
        /// 已决定
        Decided = "decided",
        /// 已办结
        Closed = "closed",
        /// 已送达
        Delivered = "delivered",
        /// 不受理
        NotAccepted = "not_accepted",
        /// 不予受理
        Refused = "refused",
        /// 退件
        Returned = "returned",
        /// 已撤回
        Withdrawn = "withdrawn",
        /// 终止
        Terminated = "terminated",
        /// 已移送
        Transferred = "transferred",
        /// 已转报
        ReportedUp = "reported_up",
        /// 作废
        Voided = "voided",
    }
}

impl State {
    /// Whether clocks run towards a decision: from submission until there is one or another end.
    pub(crate) fn is_running(self) -> bool {
        matches!(
            self,
            Self::Submitted
                | Self::PreReviewReturned
                | Self::AwaitingOriginals
                | Self::Received
                | Self::Correcting
                | Self::Accepted
                | Self::Examining
                | Self::SpecialProcedure
                | Self::Suspended
        )
    }

    /// Whether the case is over. Behind a decision it is not yet.
    pub(crate) fn is_end(self) -> bool {
        !self.is_running() && !matches!(self, Self::Draft | Self::Decided)
    }

    /// Whether an examination is under way, be it paused.
    pub(crate) fn is_examination(self) -> bool {
        matches!(
            self,
            Self::Examining | Self::SpecialProcedure | Self::Suspended
        )
    }
}

words! {
    /// What was decided.
    pub(crate) enum Ruling {
        /// 准予
        Granted = "granted",
        /// 不予
        Denied = "denied",
    }
}

words! {
    /// Why an application is not taken: article 32 (1) and (2).
    pub(crate) enum RefusalKind {
        /// 不受理: no permit is needed.
        NotAccepted = "not_accepted",
        /// 不予受理: not within our powers.
        Refused = "refused",
    }
}

words! {
    /// What an examination step comes to.
    pub(crate) enum StepOutcome {
        /// On to the next.
        Pass = "pass",
        /// Back to the one before; the first step is done again.
        Return = "return",
    }
}

words! {
    /// Why a case is suspended: for none but these.
    pub(crate) enum SuspensionGround {
        /// 等待法院裁判
        Court = "court",
        /// 等待调查结论
        Investigation = "investigation",
        /// 缺少其他必要条件
        MissingInput = "missing_input",
    }
}

words! {
    /// Why a case is terminated.
    pub(crate) enum TerminationGround {
        /// 申请人死亡、丧失行为能力或者法人终止
        ApplicantGone = "applicant_gone",
        /// 申请事项的对象灭失
        ObjectGone = "object_gone",
        /// 经通知未缴纳费用
        FeeUnpaid = "fee_unpaid",
    }
}

impl SuspensionGround {
    /// As a paper says it after 因.
    pub(crate) fn in_a_sentence(self) -> &'static str {
        match self {
            Self::Court => "等待人民法院的裁判",
            Self::Investigation => "等待有关机关的调查结论",
            Self::MissingInput => "缺少作出决定所必需的其他条件",
        }
    }
}

impl TerminationGround {
    /// As a paper says it after 因.
    pub(crate) fn in_a_sentence(self) -> &'static str {
        match self {
            Self::ApplicantGone => "申请人死亡、丧失行为能力或者依法终止",
            Self::ObjectGone => "申请事项的对象已经灭失",
            Self::FeeUnpaid => "申请人经通知仍未缴纳依法应当缴纳的费用",
        }
    }
}

words! {
    /// How the result reaches the applicant.
    pub(crate) enum DeliveryWay {
        /// 窗口领取
        PickUp = "pick_up",
        /// 快递送达
        Courier = "courier",
        /// 网上送达
        Online = "online",
        /// 上门送达
        InPerson = "in_person",
    }
}

impl DeliveryWay {
    /// Whether somebody takes it out of a clerk's hand.
    pub(crate) fn is_by_hand(self) -> bool {
        matches!(self, Self::PickUp | Self::InPerson)
    }
}

words! {
    /// The kinds of papers.
    pub(crate) enum PaperKind {
        /// 申请材料接收凭证
        MaterialReceipt = "material_receipt",
        /// 一次性补正告知书
        CorrectionNotice = "correction_notice",
        /// 受理通知书
        AcceptanceReceipt = "acceptance_receipt",
        /// 不受理、不予受理通知书
        Refusal = "refusal",
        /// 准予、不予决定书
        Decision = "decision",
        /// 特别程序告知书
        SpecialProcedureNotice = "special_procedure_notice",
        /// 延期告知书
        ExtensionNotice = "extension_notice",
        /// 中止通知书
        SuspensionNotice = "suspension_notice",
        /// 终止通知书
        TerminationNotice = "termination_notice",
        /// 容缺受理告知承诺书
        DeferralPromise = "deferral_promise",
        /// 告知承诺书
        CommitmentLetter = "commitment_letter",
        /// 拟撤销决定告知书
        RevocationNotice = "revocation_notice",
        /// 撤销决定书
        RevocationDecision = "revocation_decision",
        /// 听证告知书
        HearingRight = "hearing_right",
        /// 听证通知书
        HearingNotice = "hearing_notice",
        /// 送达回证
        DeliveryReceipt = "delivery_receipt",
        /// 缴款通知书
        PaymentNotice = "payment_notice",
    }
}
