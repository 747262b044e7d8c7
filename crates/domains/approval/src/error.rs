//! Errors of approval. The codes are the keys of the texts in `locales/`.

use tb_kernel::{FieldFault, fault_codes};

fault_codes! {
    /// What can go wrong with a case.
    pub enum Error in "approval" {
        /// No such case, or none within reach.
        CaseNotFound: NotFound = "case_not_found",
        /// No such material on this case.
        MaterialNotFound: NotFound = "material_not_found",
        /// No such paper on this case.
        PaperNotFound: NotFound = "paper_not_found",
        /// Somebody else has changed the case meanwhile.
        StaleVersion { by: String, at: String }: Conflict = "stale_version",
        /// It is not said which version of the case was seen.
        VersionMissing: Invalid = "version_missing",
        /// The fee has not been paid.
        FeeUnpaid: Conflict = "fee_unpaid",
        /// The term for paying has not passed.
        FeeNotLapsed: Conflict = "fee_not_lapsed",
        /// No such fee order, or none within reach.
        FeeNotFound: NotFound = "fee_not_found",
        /// The state of the order does not allow it.
        FeeWrongState { state: String }: Conflict = "fee_wrong_state",
        /// The sum is out of bounds, in yuan.
        FeeSumWrong { least: String, most: String }: Invalid = "fee_sum_wrong",
        /// The lines of a notice are wrong.
        FeeLinesWrong: Invalid = "fee_lines_wrong",
        /// Another order of the case is open.
        FeeOpen: Conflict = "fee_open",
        /// The case does not stand before the gate of its item.
        FeeNotDue: Conflict = "fee_not_due",
        /// The applicant waits for an answer about it.
        FeeAsked: Conflict = "fee_asked",
        /// The case is over, or decided: nothing can be charged any more.
        FeeTooLate: Conflict = "fee_too_late",
        /// Nobody has asked for anything.
        FeeNothingAsked: Conflict = "fee_nothing_asked",
        /// A clerk has to propose a sum first.
        FeeNotProposed: Conflict = "fee_not_proposed",
        /// Whoever proposed it does not approve it.
        FeeSecondPerson: Conflict = "fee_second_person",
        /// Somebody has changed the order meanwhile.
        FeeMoved: Conflict = "fee_moved",
        /// No payment platform is connected.
        PaymentsOff: NotFound = "payments_off",
        /// The message does not come from the payment platform.
        PaymentForged: Forbidden = "payment_forged",
        /// The message is too old, or has been sent before.
        PaymentStale: Conflict = "payment_stale",
        /// The message says something else than the order does.
        PaymentAstray: Conflict = "payment_astray",
        /// The simulated payment platform does not take it.
        SimulatorRefused { why: String }: Conflict = "simulator_refused",
        /// The state does not allow the command.
        WrongState { state: String, allowed: String }: Conflict = "wrong_state",
        /// Required materials are not there.
        MaterialsMissing { names: String }: Conflict = "materials_missing",
        /// A reason is needed.
        ReasonMissing: Invalid = "reason_missing",
        /// A text is too long.
        TextTooLong { max: usize }: Invalid = "text_too_long",
        /// A notice lists nothing.
        NothingListed: Invalid = "nothing_listed",
        /// A notice lists what neither form nor material list has.
        UnknownPart: Invalid = "unknown_part",
        /// The material is waived: the applicant could not correct it.
        WaivedPart: Invalid = "waived_part",
        /// There was a second notice already.
        NoticesUsedUp: Conflict = "notices_used_up",
        /// A second notice is a head's.
        SecondNoticeByHead: Forbidden = "second_notice_by_head",
        /// A second notice may name only corrected parts.
        NotCorrectedBefore { parts: String }: Conflict = "not_corrected_before",
        /// The step is another post's.
        WrongPost { step: String, post: String }: Forbidden = "wrong_post",
        /// The examination is not over.
        StepsOpen { step: String }: Conflict = "steps_open",
        /// All steps are done.
        NoStepOpen: Conflict = "no_step_open",
        /// Clerks decide instant items only.
        HeadDecides: Forbidden = "head_decides",
        /// A head has to approve it.
        HeadApproves: Forbidden = "head_approves",
        /// The item lists no such special procedure.
        ProcedureNotListed: Conflict = "procedure_not_listed",
        /// The planned end lies behind, or more than a year ahead.
        PlannedEndAstray: Invalid = "planned_end_astray",
        /// The legal term was extended before.
        ExtendedBefore: Conflict = "extended_before",
        /// The item has no legal term.
        NoLegalTerm: Conflict = "no_legal_term",
        /// The legal term counts months, years or hours: ten of them are no extension of the law.
        LegalTermNotInDays: Conflict = "legal_term_not_in_days",
        /// The legal term is over.
        LegalTermOver: Conflict = "legal_term_over",
        /// Longer than the law allows, or nothing at all.
        ExtensionTooLong { max: u32 }: Invalid = "extension_too_long",
        /// The provision is not named.
        BasisMissing: Invalid = "basis_missing",
        /// The item is handled here, by no system of province or ministry.
        HandledHere: Conflict = "handled_here",
        /// The number in the other system is missing or too long.
        ExternalNumberWrong { max: usize }: Invalid = "external_number_wrong",
        /// The organ is not named.
        OrganMissing { max: usize }: Invalid = "organ_missing",
        /// Nobody need bring originals.
        NoOriginalsWanted: Conflict = "no_originals_wanted",
        /// The originals have to be compared first.
        OriginalsWanted { names: String }: Conflict = "originals_wanted",
        /// What was promised for later is not there.
        DeferredOwed { names: String }: Conflict = "deferred_owed",
        /// The applicant still has time to keep his promise.
        PromiseNotBroken: Conflict = "promise_not_broken",
        /// Nothing of this was promised.
        NothingOwed: Conflict = "nothing_owed",
        /// No promise ends soon.
        NothingToUrge: Conflict = "nothing_to_urge",
        /// The case rests on no promise that is to be checked.
        NoCommitment: Conflict = "no_commitment",
        /// The check is over, or a revocation is under way.
        CheckNotOpen: Conflict = "check_not_open",
        /// How it was checked is not said.
        MethodMissing: Invalid = "method_missing",
        /// The day lies behind, or more than a year ahead.
        MendByAstray: Invalid = "mend_by_astray",
        /// The holder has too little or too much time for his statement.
        AnswerTimeWrong { least: u64, most: u64 }: Invalid = "answer_time_wrong",
        /// Nobody means to revoke it, or the holder's days are over.
        NoRevocationProposed: Conflict = "no_revocation_proposed",
        /// The holder still has time for his statement.
        HolderNotHeard: Conflict = "holder_not_heard",
        /// Another person decides on the revocation.
        SecondPersonRevokes: Forbidden = "second_person_revokes",
        /// The bar is too long, or none.
        BarTimeWrong { most: u32 }: Invalid = "bar_time_wrong",
        /// The applicant is barred from promises.
        BarredFromCommitments: Conflict = "barred_from_commitments",
        /// No such bar, or none within reach.
        BarNotFound: NotFound = "bar_not_found",
        /// The bar was changed meanwhile, or is over.
        BarMoved: Conflict = "bar_moved",
        /// Another person has to lift it.
        SecondPersonLifts: Forbidden = "second_person_lifts",
        /// No such order of supervision, or none within reach.
        OrderNotFound: NotFound = "order_not_found",
        /// The order was answered meanwhile.
        OrderMoved: Conflict = "order_moved",
        /// The order is addressed to another post.
        OrderNotYours: Forbidden = "order_not_yours",
        /// The case has ended, or is decided.
        NothingToSupervise: Conflict = "nothing_to_supervise",
        /// Too little or too much time for the reply.
        ReplyTermWrong { most: u32 }: Invalid = "reply_term_wrong",
        /// The applicant wrote again meanwhile.
        LetterCame: Conflict = "letter_came",
        /// Some originals were not compared.
        OriginalsMissing { names: String }: Invalid = "originals_missing",
        /// The applicant's term runs, or he has not been reminded.
        ApplicantTermRuns: Conflict = "applicant_term_runs",
        /// A lapsed correction does not end this case.
        CorrectionStays: Conflict = "correction_stays",
        /// There is no decision, so there is nothing to deliver.
        NothingDecided: Conflict = "nothing_decided",
        /// There is no result any more to close or to hand over.
        DecisionRevoked: Conflict = "decision_revoked",
        /// The item does not offer this way of delivery.
        WayNotOffered: Conflict = "way_not_offered",
        /// The applicant chose another way of delivery.
        WayNotChosen: Conflict = "way_not_chosen",
        /// The result is with the courier.
        ParcelUnderWay: Conflict = "parcel_under_way",
        /// The applicant does not want it by courier.
        CourierNotChosen: Conflict = "courier_not_chosen",
        /// Courier or number of the parcel are missing, or too long.
        ParcelMissing: Invalid = "parcel_missing",
        /// Nothing was given to a courier.
        NothingDispatched: Conflict = "nothing_dispatched",
        /// Nothing waits for the applicant's confirmation.
        NothingToConfirm: Conflict = "nothing_to_confirm",
        /// Who takes the result is not named.
        CollectorMissing: Invalid = "collector_missing",
        /// Who takes the result cannot be right; see the fields.
        CollectorWrong: Invalid = "collector_wrong",
        /// The inspectorate gives orders and takes none by hand.
        OrderToInspectorate: Invalid = "order_to_inspectorate",
        /// Somebody has proposed it already.
        VoidProposed: Conflict = "void_proposed",
        /// Nobody has proposed it.
        VoidNotProposed: Conflict = "void_not_proposed",
        /// Another person has to confirm it.
        SecondPersonVoids: Forbidden = "second_person_voids",
        /// A withdrawal has to be answered first.
        WithdrawalPending: Conflict = "withdrawal_pending",
        /// The applicant did not ask to withdraw.
        NoWithdrawal: Conflict = "no_withdrawal",
        /// The acceptance term is not over yet.
        AcceptanceTermRuns: Conflict = "acceptance_term_runs",
        /// The cursor is none of ours.
        WrongCursor: Invalid = "wrong_cursor",
        /// A word of the filter is unknown.
        UnknownFilter { name: String }: Invalid = "unknown_filter",
        /// The paper cannot be rendered now.
        PaperNotReady: Unavailable = "paper_not_ready",
        /// A hearing is to be held.
        HearingOpen: Conflict = "hearing_open",
        /// Nobody is named, too many, or somebody without name or contact.
        InterestedPersonsWrong { most: usize }: Invalid = "interested_persons_wrong",
        /// Nobody was told of a right to a hearing, or it is over.
        NoHearingRight: Conflict = "no_hearing_right",
        /// The day that is entered lies ahead, or before those from which it can be.
        HearingDayWrong { first: String, last: String }: Invalid = "hearing_day_wrong",
        /// Told on that day, nobody could ask any more.
        HearingToldLate { until: String }: Invalid = "hearing_told_late",
        /// He has asked before.
        HearingAskedBefore: Conflict = "hearing_asked_before",
        /// He has not asked, or has taken it back.
        NotAnAsker: Invalid = "not_an_asker",
        /// The days for asking were over.
        HearingAskedLate { until: String }: Conflict = "hearing_asked_late",
        /// Whoever is named was not told.
        NotAnInterestedPerson: Invalid = "not_an_interested_person",
        /// Nobody has asked for a hearing.
        NoHearingAsked: Conflict = "no_hearing_asked",
        /// The place is empty or too long.
        HearingPlaceWrong { most: usize }: Invalid = "hearing_place_wrong",
        /// The notice comes too late for this day.
        HearingNoticeShort { days: u32, earliest: String }: Invalid = "hearing_notice_short",
        /// The day lies behind the term for holding it.
        HearingTooLate { latest: String }: Invalid = "hearing_too_late",
        /// Who examined the case does not preside.
        PresiderExamined: Conflict = "presider_examined",
        /// Who presided has examined the case since he was called, or handles it.
        PresiderExaminedSince: Conflict = "presider_examined_since",
        /// Day and place were not told.
        HearingNotCalled: Conflict = "hearing_not_called",
        /// It is not held yet.
        HearingAhead { at: String }: Conflict = "hearing_ahead",
        /// Results have to be attached before the case is closed.
        ResultOwed { names: String }: Conflict = "result_owed",
        /// There is no grant yet, or the applicant has the result.
        ResultTooLate: Conflict = "result_too_late",
        /// The item has no such result that is attached.
        ResultUnknown: Invalid = "result_unknown",
        /// Name or number of a result is missing, or too long.
        ResultIncomplete { max: usize }: Invalid = "result_incomplete",
        /// Neither a file nor copies on paper.
        ResultFileMissing { max: u32 }: Invalid = "result_file_missing",
        /// A result is one file.
        ResultOneFile: Invalid = "result_one_file",
        /// The signed record is missing.
        HearingRecordMissing: Invalid = "hearing_record_missing",
        /// A hearing can still be asked for.
        HearingRightRuns { until: String }: Conflict = "hearing_right_runs",
        /// A hearing was asked for and not held.
        HearingNotHeld: Conflict = "hearing_not_held",
        /// The term for an opinion is none that can be set.
        OpinionTermWrong { most: u32 }: Invalid = "opinion_term_wrong",
        /// No department is asked, too many, or one that cannot be; see the fields.
        DepartmentsWrong { most: usize }: Invalid = "opinion_departments_wrong",
        /// This department is asked already.
        OpinionAsked { office: String }: Conflict = "opinion_asked",
        /// No such request.
        OpinionNotFound: NotFound = "opinion_not_found",
        /// It is not said what the department thinks.
        StanceMissing: Invalid = "opinion_stance_missing",
        /// The request is answered, or taken back, or of no use any more.
        OpinionSettled: Conflict = "opinion_settled",
        /// A case that is decided or at an end needs no opinion.
        NothingToAsk: Conflict = "nothing_to_ask",
        /// The note says nothing.
        NoteEmpty: Invalid = "note_empty",
        /// No such note on this case.
        NoteNotFound: NotFound = "note_not_found",
        /// Only who wrote a note takes it back.
        NoteOfAnother: Forbidden = "note_of_another",
        /// The note names too many colleagues.
        TooManyMentions { max: usize }: Invalid = "too_many_mentions",
        /// Who is named does not work here, or may not read notes.
        NotAColleague: Invalid = "not_a_colleague",
        /// Who is to go on with a case does not work here, or handles no cases.
        NotASuccessor: Invalid = "not_a_successor",
        /// He handles it already.
        SameHandler: Conflict = "same_handler",
        /// The name of a label is empty or too long.
        LabelNameWrong { max: usize }: Invalid = "label_name_wrong",
        /// The department has a label of this name.
        LabelNameTaken: Conflict = "label_name_taken",
        /// The department has as many labels as it can keep apart.
        TooManyLabels { max: u64 }: Conflict = "too_many_labels",
        /// No such label of the department.
        LabelNotFound: NotFound = "label_not_found",
        /// The label was changed meanwhile.
        LabelMoved: Conflict = "label_moved",
        /// The case bears too many labels.
        CaseFullOfLabels { max: usize }: Conflict = "case_full_of_labels",
        /// The two persons are not two: one is the deputy of the other.
        DeputyOnBothSides: Forbidden = "deputy_on_both_sides",
        /// The name of a view is empty or too long.
        ViewNameWrong { max: usize }: Invalid = "view_name_wrong",
        /// The caller has a view of this name.
        ViewNameTaken: Conflict = "view_name_taken",
        /// The caller keeps as many views as he can.
        TooManyViews { max: u64 }: Conflict = "too_many_views",
        /// No such view of the caller's.
        ViewNotFound: NotFound = "view_not_found",
        /// The view was changed meanwhile.
        ViewMoved: Conflict = "view_moved",
        /// The caller belongs to no department.
        NobodyToShareWith: Invalid = "nobody_to_share_with",
        /// No such batch of the caller's.
        BatchNotFound: NotFound = "batch_not_found",
        /// The batch has gone on meanwhile.
        BatchMoved { state: String }: Conflict = "batch_moved",
        /// No case has passed the trial.
        BatchEmpty: Conflict = "batch_empty",
        /// More cases than one batch takes.
        BatchTooLarge { max: usize }: Invalid = "batch_too_large",
        /// The command needs something said that is not there.
        BatchWordMissing { name: String }: Invalid = "batch_word_missing",
        /// The command is for one case at a time.
        NotInBatches: Invalid = "not_in_batches",
        /// It is not said why personal data leaves the house.
        ExportReasonMissing { least: usize }: Invalid = "export_reason_missing",
        /// More cases than one file takes.
        ExportTooLarge { max: usize }: Invalid = "export_too_large",
        /// The filter finds no case.
        ExportEmpty: Conflict = "export_empty",
        /// No such hand-over list within reach, or no such case in it.
        ArchiveListNotFound: NotFound = "archive_list_not_found",
        /// The department has not said how its archive numbers are made.
        ArchiveFondsMissing: Conflict = "archive_fonds_missing",
        /// 全宗号 or 门类代码 is empty or has characters that a number cannot have.
        ArchiveFondsWrong: Invalid = "archive_fonds_wrong",
        /// The pattern would give a number twice, or is none.
        ArchivePatternWrong: Invalid = "archive_pattern_wrong",
        /// What a rule of retention is about is neither a type nor an item.
        ArchiveSubjectWrong: Invalid = "archive_subject_wrong",
        /// It is not said what a rule of retention rests on.
        ArchiveBasisMissing: Invalid = "archive_basis_missing",
        /// Settings were changed meanwhile.
        ArchiveSettingMoved: Conflict = "archive_setting_moved",
        /// No case was picked.
        ArchiveEmpty: Invalid = "archive_empty",
        /// More cases than one list takes.
        ArchiveTooLarge { max: usize }: Invalid = "archive_too_large",
        /// Some of the cases do not wait any more: a colleague's list has them, or they have moved.
        ArchiveTaken: Conflict = "archive_taken",
        /// The list has gone on meanwhile.
        ArchiveListMoved { state: String }: Conflict = "archive_list_moved",
        /// Some of its packages are not made, or have a fault.
        ArchiveUnready { count: usize }: Conflict = "archive_unready",
        /// Who handed a list over does not receive it.
        ArchiveSamePerson: Forbidden = "archive_same_person",
        /// The case has moved since it was picked: it is not settled.
        ArchiveCaseOpen: Conflict = "archive_case_open",
        /// The case has changed since it was packed.
        ArchiveCaseMoved: Conflict = "archive_case_moved",
        /// A file that belongs into the package is not in the store.
        ArchiveFileMissing { name: String }: Conflict = "archive_file_missing",
        /// The register has not issued the licence that the case has ordered.
        ArchiveLicenceMissing: Conflict = "archive_licence_missing",
        /// A file that belongs into the package is not what was handed in.
        ArchiveFileDamaged { name: String }: Conflict = "archive_file_damaged",
        /// The package is not in the store.
        ArchivePackageMissing: Conflict = "archive_package_missing",
        /// The package is not what was packed.
        ArchivePackageDamaged { about: String }: Conflict = "archive_package_damaged",
        /// No such hand-over list of one's department, or no such case on it.
        RelayListNotFound: NotFound = "relay_list_not_found",
        /// No case was picked, or more than a list takes.
        RelayCasesWrong { most: usize }: Invalid = "relay_cases_wrong",
        /// The papers of one list go to one office.
        RelayMixed: Invalid = "relay_mixed",
        /// Nobody is named who could receive it.
        RelayNobody: Invalid = "relay_nobody",
        /// Some of the cases do not wait any more.
        RelayTaken: Conflict = "relay_taken",
        /// The list has gone on meanwhile.
        RelayListMoved { state: String }: Conflict = "relay_list_moved",
        /// A reason is missing, or a place on the shelf is none.
        RelayReceiptWrong: Invalid = "relay_receipt_wrong",
        /// A notice by hand says something else than the form.
        FeeDeparts: Conflict = "fee_departs",
        /// The result is at a counter, or on its way there.
        ResultAtCounter: Conflict = "result_at_counter",
        /// No such result at one's counter.
        ShelfNotFound: NotFound = "shelf_not_found",
        /// The list is no text in an encoding that we know.
        ListUnreadable: Invalid = "list_unreadable",
        /// The line has no case number.
        NumberMalformed { shown: String }: Invalid = "number_malformed",
        /// Nothing stands where the case number should.
        NumberMissing: Invalid = "number_missing",
        /// A spreadsheet has shortened the number.
        NumberShortened: Invalid = "number_shortened",
        /// The number stood in the list before.
        NumberTwice: Invalid = "number_twice",
        /// No case has this number.
        NumberUnknown: NotFound = "number_unknown",
        /// The case is another department's.
        OtherDepartment: Forbidden = "other_department",
        /// No joint matter of this number waits for one's department as the lead office.
        JointNotFound: NotFound = "joint_not_found",
        /// Parts of it have come or gone meanwhile.
        JointMoved: Conflict = "joint_moved",
        /// Departments still examine, within their sub-terms.
        JointPartsMissing { offices: String }: Conflict = "joint_parts_missing",
        /// No part waits to be sent.
        JointNothingGiven: Conflict = "joint_nothing_given",
        /// What the lead office has edited is wrong.
        JointEditWrong: Invalid = "joint_edit_wrong",
        /// The case has moved, and the part cannot be sent as it was given.
        JointPartStuck { item: String }: Conflict = "joint_part_stuck",
        /// The caller lacks the permission; shown beside commands only.
        NotYours: Forbidden = "not_yours",
    }
}

/// A fault of one field of the body.
pub(crate) fn field(path: impl Into<String>, code: &'static str) -> FieldFault {
    FieldFault {
        path: path.into(),
        code: code.to_owned(),
        args: std::collections::BTreeMap::new(),
        message: String::new(),
    }
}
