//! What can be done with a case: the commands of the state table.

use super::words::words;

words! {
    /// What can be done with a case.
    pub(crate) enum Verb {
        /// 1
        Submit = "submit",
        /// 2
        ReturnForReview = "return_for_review",
        /// 2a
        Resubmit = "resubmit",
        /// 3
        Receive = "receive",
        /// 18
        PassPreReview = "pass_pre_review",
        /// 18b
        VerifyOriginals = "verify_originals",
        /// 18c
        MissOriginals = "miss_originals",
        /// 4
        RequestCorrection = "request_correction",
        /// 5
        Correct = "correct",
        /// 6
        LapseCorrection = "lapse_correction",
        /// 7
        Accept = "accept",
        /// 7a
        Begin = "begin",
        /// 8
        DeemAccepted = "deem_accepted",
        /// 9
        Refuse = "refuse",
        /// 10
        Step = "step",
        /// 11
        StartSpecialProcedure = "start_special_procedure",
        /// 11
        EndSpecialProcedure = "end_special_procedure",
        /// 12
        Extend = "extend",
        /// 21
        Suspend = "suspend",
        /// 21
        Resume = "resume",
        /// 13
        Collaborate = "collaborate",
        /// 26
        TellHearingRight = "tell_hearing_right",
        /// 26
        AskHearing = "ask_hearing",
        /// 26
        WaiveHearing = "waive_hearing",
        /// 26
        CallHearing = "call_hearing",
        /// 26
        HoldHearing = "hold_hearing",
        /// 24
        HandleExternally = "handle_externally",
        /// 14
        Decide = "decide",
        /// 15
        Close = "close",
        /// 15
        ChooseDelivery = "choose_delivery",
        /// 15
        Dispatch = "dispatch",
        /// 15
        TakeBackParcel = "take_back_parcel",
        /// 15
        Deliver = "deliver",
        /// 15
        ConfirmReceipt = "confirm_receipt",
        /// 16
        AskWithdrawal = "ask_withdrawal",
        /// 16
        AnswerWithdrawal = "answer_withdrawal",
        /// 23
        HandOver = "hand_over",
        /// 22
        Terminate = "terminate",
        /// 25
        ReportUp = "report_up",
        /// 27
        Transfer = "transfer",
        /// 20
        SupplyDeferred = "supply_deferred",
        /// 20
        UrgeDeferred = "urge_deferred",
        /// 20
        ReturnUnsupplied = "return_unsupplied",
        /// 28
        CheckCommitment = "check_commitment",
        /// 28
        OrderRectification = "order_rectification",
        /// 28
        ProposeRevocation = "propose_revocation",
        /// 28
        MakeStatement = "make_statement",
        /// 28
        RevokeDecision = "revoke_decision",
        /// 28
        KeepDecision = "keep_decision",
        /// 17
        ProposeVoid = "propose_void",
        /// 17
        Void = "void",
        /// 17
        RejectVoid = "reject_void",
    }
}

impl Verb {
    /// Commands that staff give; the others come from applicants, timers or other rows.
    pub(crate) const OF_STAFF: [Self; 38] = [
        Self::Receive,
        Self::PassPreReview,
        Self::VerifyOriginals,
        Self::ReturnForReview,
        Self::Accept,
        Self::RequestCorrection,
        Self::Refuse,
        Self::Transfer,
        Self::Step,
        Self::StartSpecialProcedure,
        Self::EndSpecialProcedure,
        Self::Extend,
        Self::Suspend,
        Self::Resume,
        Self::TellHearingRight,
        Self::AskHearing,
        Self::WaiveHearing,
        Self::CallHearing,
        Self::HoldHearing,
        Self::HandleExternally,
        Self::ReportUp,
        Self::ReturnUnsupplied,
        Self::Terminate,
        Self::Decide,
        Self::Close,
        Self::Dispatch,
        Self::TakeBackParcel,
        Self::Deliver,
        Self::AnswerWithdrawal,
        Self::HandOver,
        Self::CheckCommitment,
        Self::OrderRectification,
        Self::ProposeRevocation,
        Self::RevokeDecision,
        Self::KeepDecision,
        Self::ProposeVoid,
        Self::Void,
        Self::RejectVoid,
    ];

    /// Whether staff give it.
    pub(crate) fn is_of_staff(self) -> bool {
        Self::OF_STAFF.contains(&self)
    }
}
