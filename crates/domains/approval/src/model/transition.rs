//! The state machine of a case as data: every row of the table in `docs/domains/approval.md`, those
//! that run now and those that wait for a later step, with the reason.

use super::guard::Guard;
use super::state::{PaperKind, State};
use super::verb::Verb;

/// What a row does to the clocks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ClockEffect {
    /// The acceptance clock starts at the submission.
    AcceptanceStarts,
    /// The acceptance clock stops.
    AcceptanceStops,
    /// The acceptance clock starts again from 0.
    AcceptanceRestarts,
    /// The applicant's clock starts.
    ApplicantStarts,
    /// The applicant's clock stops.
    ApplicantStops,
    /// Legal and promised clocks start.
    TermsStart,
    /// The clock of a step starts.
    StepStarts,
    /// Legal and promised clocks pause.
    TermsPause,
    /// Legal and promised clocks go on.
    TermsResume,
    /// The legal date moves.
    LegalExtended,
    /// Legal, promised and step clocks stop.
    TermsStop,
    /// The delivery clock starts.
    DeliveryStarts,
    /// The delivery clock stops.
    DeliveryStops,
    /// Every clock ends.
    AllEnd,
    /// A clock of its own runs beside the case.
    OwnClock,
}

/// Whether a row runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Runs {
    /// Now.
    Now,
    /// Later; what it waits for.
    Later(&'static str),
}

/// One row of the table.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Row {
    /// Its number in the table.
    pub number: &'static str,
    /// What is done.
    pub verb: Verb,
    /// States it can be done in.
    pub from: &'static [State],
    /// States it leads to; the command chooses where there are several; none: it stays.
    pub to: &'static [State],
    /// What has to hold besides.
    pub guards: &'static [Guard],
    /// Paper that it makes.
    pub paper: Option<PaperKind>,
    /// What it does to the clocks.
    pub clocks: &'static [ClockEffect],
    /// Whether it runs.
    pub runs: Runs,
}

const LATER_FUSION: Runs = Runs::Later("collaboration comes with the fusion issue");

use ClockEffect as C;
use Guard as G;
use State as S;
use Verb as V;

const RUNNING: &[State] = &[
    S::Submitted,
    S::PreReviewReturned,
    S::AwaitingOriginals,
    S::Received,
    S::Correcting,
    S::Accepted,
    S::Examining,
    S::SpecialProcedure,
    S::Suspended,
];
const BEFORE_DELIVERY: &[State] = &[
    S::Submitted,
    S::PreReviewReturned,
    S::AwaitingOriginals,
    S::Received,
    S::Correcting,
    S::Accepted,
    S::Examining,
    S::SpecialProcedure,
    S::Suspended,
    S::Decided,
    S::Closed,
];
const AFTER_ACCEPTANCE: &[State] = &[S::Accepted, S::Examining, S::SpecialProcedure, S::Suspended];

/// Once the examination has begun, until there is a decision.
const IN_EXAMINATION: &[State] = &[S::Examining, S::SpecialProcedure, S::Suspended];

const AFTER_DECISION: &[State] = &[S::Decided, S::Closed, S::Delivered];

const fn now(
    number: &'static str,
    verb: Verb,
    from: &'static [State],
    to: &'static [State],
) -> Row {
    Row {
        number,
        verb,
        from,
        to,
        guards: &[],
        paper: None,
        clocks: &[],
        runs: Runs::Now,
    }
}

const fn later(
    number: &'static str,
    verb: Verb,
    from: &'static [State],
    to: &'static [State],
    runs: Runs,
) -> Row {
    Row {
        runs,
        ..now(number, verb, from, to)
    }
}

impl Row {
    const fn when(self, guards: &'static [Guard]) -> Self {
        Self { guards, ..self }
    }

    const fn paper(self, paper: PaperKind) -> Self {
        Self {
            paper: Some(paper),
            ..self
        }
    }

    const fn clocks(self, clocks: &'static [ClockEffect]) -> Self {
        Self { clocks, ..self }
    }
}

/// The table.
pub(crate) const TABLE: &[Row] = &[
    now("1", V::Submit, &[S::Draft], &[S::Submitted])
        .when(&[G::FormValid])
        .clocks(&[C::AcceptanceStarts]),
    now(
        "2",
        V::ReturnForReview,
        &[S::Submitted],
        &[S::PreReviewReturned],
    )
    .when(&[G::DefectsListed, G::OneNotice])
    .paper(PaperKind::CorrectionNotice)
    .clocks(&[C::AcceptanceStops, C::ApplicantStarts]),
    now("2a", V::Resubmit, &[S::PreReviewReturned], &[S::Submitted])
        .when(&[G::ListedPartsOnly])
        .clocks(&[C::ApplicantStops, C::AcceptanceRestarts]),
    now("3", V::Receive, &[S::Submitted], &[S::Received])
        .when(&[G::NoOriginalsWanted])
        .paper(PaperKind::MaterialReceipt),
    now(
        "18",
        V::PassPreReview,
        &[S::Submitted],
        &[S::AwaitingOriginals],
    )
    .when(&[G::OriginalsWanted])
    .clocks(&[C::AcceptanceStops, C::ApplicantStarts]),
    now(
        "18b",
        V::VerifyOriginals,
        &[S::AwaitingOriginals],
        &[S::Received],
    )
    .when(&[G::OriginalsCompared])
    .paper(PaperKind::MaterialReceipt)
    .clocks(&[C::ApplicantStops, C::AcceptanceRestarts]),
    now(
        "18c",
        V::MissOriginals,
        &[S::AwaitingOriginals],
        &[S::Returned],
    )
    .when(&[G::RemindedInVain])
    .clocks(&[C::AllEnd]),
    now("4", V::RequestCorrection, &[S::Received], &[S::Correcting])
        .when(&[G::DefectsListed, G::OneNotice])
        .paper(PaperKind::CorrectionNotice)
        .clocks(&[C::AcceptanceStops, C::ApplicantStarts]),
    now("5", V::Correct, &[S::Correcting], &[S::Received])
        .when(&[G::ListedPartsOnly])
        .clocks(&[C::ApplicantStops, C::AcceptanceRestarts]),
    now("6", V::LapseCorrection, &[S::Correcting], &[S::Closed])
        .when(&[G::LapseAnnounced, G::RemindedInVain])
        .clocks(&[C::AllEnd]),
    now("7", V::Accept, &[S::Received], &[S::Accepted])
        .when(&[G::MaterialsComplete, G::NotBarred, G::FeeSettled])
        .paper(PaperKind::AcceptanceReceipt)
        .clocks(&[C::AcceptanceStops, C::TermsStart]),
    now("7a", V::Begin, &[S::Accepted], &[S::Examining]).clocks(&[C::StepStarts]),
    now(
        "8",
        V::DeemAccepted,
        &[S::Submitted, S::Received],
        &[S::Accepted],
    )
    .when(&[G::AcceptanceTermOver])
    .clocks(&[C::AcceptanceStops, C::TermsStart]),
    now(
        "9",
        V::Refuse,
        &[S::Submitted, S::Received],
        &[S::NotAccepted, S::Refused],
    )
    .when(&[G::ReasonGiven])
    .paper(PaperKind::Refusal)
    .clocks(&[C::AllEnd]),
    now("10", V::Step, &[S::Examining], &[])
        .when(&[G::PostOfStep])
        .clocks(&[C::StepStarts]),
    now(
        "11",
        V::StartSpecialProcedure,
        &[S::Examining],
        &[S::SpecialProcedure],
    )
    .when(&[
        G::HeadApproves,
        G::NoWithdrawalPending,
        G::ProcedureOfItem,
        G::PlannedEndAhead,
        G::ReasonGiven,
    ])
    .paper(PaperKind::SpecialProcedureNotice)
    .clocks(&[C::TermsPause]),
    now(
        "11",
        V::EndSpecialProcedure,
        &[S::SpecialProcedure],
        &[S::Examining],
    )
    .when(&[G::ReasonGiven])
    .clocks(&[C::TermsResume]),
    now("12", V::Extend, &[S::Examining], &[])
        .when(&[
            G::HeadApproves,
            G::ExtendedOnce,
            G::BeforeDue,
            G::AtMostTenDays,
            G::ReasonGiven,
        ])
        .paper(PaperKind::ExtensionNotice)
        .clocks(&[C::LegalExtended]),
    now("21", V::Suspend, &[S::Examining], &[S::Suspended])
        .when(&[
            G::HeadApproves,
            G::NoWithdrawalPending,
            G::BasisGiven,
            G::ReasonGiven,
        ])
        .paper(PaperKind::SuspensionNotice)
        .clocks(&[C::TermsPause]),
    now("21", V::Resume, &[S::Suspended], &[S::Examining])
        .when(&[G::HeadApproves, G::ReasonGiven])
        .clocks(&[C::TermsResume]),
    later("13", V::Collaborate, &[S::Examining], &[], LATER_FUSION)
        .when(&[G::Described("three-level routing")])
        .clocks(&[C::OwnClock]),
    now("26", V::TellHearingRight, IN_EXAMINATION, &[])
        .when(&[G::NoHearing, G::PersonsNamed, G::ToldInTime, G::ReasonGiven])
        .paper(PaperKind::HearingRight)
        .clocks(&[C::OwnClock]),
    now("26", V::AskHearing, IN_EXAMINATION, &[])
        .when(&[G::AskTime, G::ReasonGiven])
        .clocks(&[C::TermsPause, C::OwnClock]),
    now("26", V::WaiveHearing, IN_EXAMINATION, &[])
        .when(&[G::HearingOpen, G::ReasonGiven])
        .clocks(&[C::TermsResume]),
    now("26", V::CallHearing, IN_EXAMINATION, &[])
        .when(&[G::HearingAsked, G::SessionFits])
        .paper(PaperKind::HearingNotice),
    now("26", V::HoldHearing, IN_EXAMINATION, &[])
        .when(&[
            G::HearingAsked,
            G::SessionOver,
            G::PresiderApart,
            G::ReasonGiven,
        ])
        .clocks(&[C::TermsResume]),
    now("24", V::HandleExternally, &[S::Examining], &[]).when(&[
        G::HandledElsewhere,
        G::OrganNamed,
        G::NumberGiven,
        G::ReasonGiven,
    ]),
    now("14", V::Decide, &[S::Accepted, S::Examining], &[S::Decided])
        .when(&[
            G::NoWithdrawalPending,
            G::StepsDone,
            G::NothingOwed,
            G::FeeSettled,
            G::HearingDone,
            G::PostThatDecides,
            G::ReasonIfDenied,
        ])
        .paper(PaperKind::Decision)
        .clocks(&[C::TermsStop, C::DeliveryStarts]),
    now("15", V::Close, &[S::Decided], &[S::Closed]).when(&[G::NotRevoked, G::ResultsThere]),
    now("15", V::ChooseDelivery, BEFORE_DELIVERY, &[]).when(&[G::WayOffered, G::NotDispatched]),
    now("15", V::Dispatch, &[S::Closed], &[]).when(&[
        G::Decided,
        G::NotRevoked,
        G::NotAtCounter,
        G::CourierChosen,
        G::ParcelNamed,
    ]),
    now("15", V::TakeBackParcel, &[S::Closed], &[]).when(&[G::ParcelSent, G::ReasonGiven]),
    now("15", V::Deliver, &[S::Closed], &[S::Delivered])
        .when(&[G::Decided, G::NotRevoked, G::WayFits, G::CollectorNamed])
        .paper(PaperKind::DeliveryReceipt)
        .clocks(&[C::DeliveryStops]),
    now("15", V::ConfirmReceipt, &[S::Closed], &[S::Delivered])
        .when(&[G::NotRevoked, G::ParcelSent])
        .paper(PaperKind::DeliveryReceipt)
        .clocks(&[C::DeliveryStops]),
    now("15", V::ConfirmReceipt, &[S::Delivered], &[]).when(&[G::ReceiptOpen]),
    now("16", V::AskWithdrawal, RUNNING, &[]),
    now("16", V::AnswerWithdrawal, RUNNING, &[S::Withdrawn])
        .when(&[G::WithdrawalPending, G::ReasonGiven])
        .clocks(&[C::AllEnd]),
    now("23", V::HandOver, BEFORE_DELIVERY, &[]).when(&[
        G::HeadApproves,
        G::AnotherHandler,
        G::ReasonGiven,
    ]),
    now("22", V::Terminate, AFTER_ACCEPTANCE, &[S::Terminated])
        .when(&[G::HeadApproves, G::FeeLapsed, G::ReasonGiven])
        .paper(PaperKind::TerminationNotice)
        .clocks(&[C::AllEnd]),
    now("25", V::ReportUp, &[S::Examining], &[S::ReportedUp])
        .when(&[
            G::HeadApproves,
            G::NoWithdrawalPending,
            G::StepsDone,
            G::HearingDone,
            G::OrganNamed,
            G::ReasonGiven,
        ])
        .clocks(&[C::AllEnd]),
    now(
        "27",
        V::Transfer,
        &[S::Submitted, S::Received],
        &[S::Transferred],
    )
    .when(&[G::OrganNamed, G::ReasonGiven])
    .clocks(&[C::AllEnd]),
    now("20", V::SupplyDeferred, AFTER_ACCEPTANCE, &[]).when(&[G::OwedOnly]),
    now("20", V::UrgeDeferred, AFTER_ACCEPTANCE, &[]).when(&[G::PromiseEnds]),
    now("20", V::ReturnUnsupplied, AFTER_ACCEPTANCE, &[S::Returned])
        .when(&[G::PromiseBroken, G::HeadApproves, G::ReasonGiven])
        .clocks(&[C::AllEnd]),
    now("28", V::CheckCommitment, AFTER_DECISION, &[])
        .when(&[G::CheckOpen, G::MethodGiven, G::ReasonGiven])
        .clocks(&[C::OwnClock]),
    now("28", V::OrderRectification, AFTER_DECISION, &[])
        .when(&[
            G::CheckOpen,
            G::MethodGiven,
            G::MendingAhead,
            G::ReasonGiven,
        ])
        .clocks(&[C::OwnClock]),
    now("28", V::ProposeRevocation, AFTER_DECISION, &[])
        .when(&[G::CheckOpen, G::BasisGiven, G::AnswerTime, G::ReasonGiven])
        .paper(PaperKind::RevocationNotice)
        .clocks(&[C::OwnClock]),
    now("28", V::MakeStatement, AFTER_DECISION, &[]).when(&[G::StatementOpen]),
    now("28", V::RevokeDecision, AFTER_DECISION, &[])
        .when(&[
            G::RevocationProposed,
            G::HeadApproves,
            G::AnotherPerson,
            G::HolderHeard,
            G::BarTime,
            G::ReasonGiven,
        ])
        .paper(PaperKind::RevocationDecision),
    now("28", V::KeepDecision, AFTER_DECISION, &[]).when(&[
        G::RevocationProposed,
        G::HeadApproves,
        G::AnotherPerson,
        G::ReasonGiven,
    ]),
    now("17", V::ProposeVoid, BEFORE_DELIVERY, &[]).when(&[G::NotProposed, G::ReasonGiven]),
    now("17", V::Void, BEFORE_DELIVERY, &[S::Voided])
        .when(&[
            G::HeadApproves,
            G::Proposed,
            G::SecondPerson,
            G::ReasonGiven,
        ])
        .clocks(&[C::AllEnd]),
    now("17", V::RejectVoid, BEFORE_DELIVERY, &[]).when(&[
        G::HeadApproves,
        G::Proposed,
        G::ReasonGiven,
    ]),
];

/// The row by which `verb` can be done in `state`.
pub(crate) fn row(verb: Verb, state: State) -> Option<&'static Row> {
    TABLE
        .iter()
        .find(|row| row.verb == verb && row.runs == Runs::Now && row.from.contains(&state))
}

/// What can be done in a state by staff, in the order of the table.
pub(crate) fn verbs_of_staff(state: State) -> impl Iterator<Item = Verb> {
    TABLE
        .iter()
        .filter(move |row| row.runs == Runs::Now && row.from.contains(&state))
        .map(|row| row.verb)
        .filter(|verb| verb.is_of_staff())
}
