//! The guards of the state table, tried one by one.

use chrono::{DateTime, Months, NaiveDate, Utc};

use super::applicant_term::GRACE;
use super::apply::{Facts, Original, Surroundings};
use super::command::Command;
use super::commitment;
use super::deferral;
use super::delivery;
use super::diversion::{Diversion, Way};
use super::event::{Listed, office_day};
use super::fee::check_gate;
use super::hearing;
use super::state::{Ruling, StepOutcome};
use crate::error::Error;

/// Longest number of another system, in characters.
const MOST_NUMBER: usize = 60;
/// Longest name of the organ that a case goes to, or that handles it.
const MOST_ORGAN: usize = 120;

/// The post that decides, and that alone may send a second notice.
pub(crate) const HEAD: &str = "head";
/// The post at the counter.
pub(crate) const CLERK: &str = "clerk";
/// One notice, and a second one in narrow bounds.
const MOST_NOTICES: usize = 2;
/// Article 42: the head of the organ may extend by ten days.
pub(crate) const MOST_EXTENSION: u32 = 10;
/// The longest plan of a special procedure.
const LONGEST_PLAN: Months = Months::new(12);

/// What has to hold besides the state.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Guard {
    /// Form and materials are valid against the pinned version; intake has judged it.
    FormValid,
    /// At least one defect is named, and each exists in form or material list.
    DefectsListed,
    /// The first notice; a second names only corrected parts, by a head, with a reason.
    OneNotice,
    /// Only listed parts are taken over.
    ListedPartsOnly,
    /// All required materials are there, or promised where they may be deferred.
    MaterialsComplete,
    /// The acceptance term has ended without a notice.
    AcceptanceTermOver,
    /// A reason is given.
    ReasonGiven,
    /// The actor holds the post of the step.
    PostOfStep,
    /// Every step is done; an instant item has none.
    StepsDone,
    /// A head decides; a clerk decides an instant item.
    PostThatDecides,
    /// A denial gives reasons.
    ReasonIfDenied,
    /// No withdrawal waits for its answer.
    NoWithdrawalPending,
    /// A withdrawal waits for its answer.
    WithdrawalPending,
    /// A head gives the command.
    HeadApproves,
    /// The item lists the special procedure.
    ProcedureOfItem,
    /// The planned end lies ahead.
    PlannedEndAhead,
    /// It has not been extended before.
    ExtendedOnce,
    /// The legal term, which there is, still runs.
    BeforeDue,
    /// By at most ten days of the legal term: article 42.
    AtMostTenDays,
    /// The provision is named.
    BasisGiven,
    /// The organ that goes on with it is named.
    OrganNamed,
    /// The item says that a system of province or ministry handles it.
    HandledElsewhere,
    /// The number that it has there is given.
    NumberGiven,
    /// The situation asks for originals.
    OriginalsWanted,
    /// The situation asks for no originals.
    NoOriginalsWanted,
    /// Every original that is wanted was compared.
    OriginalsCompared,
    /// The applicant's term is over, and he was reminded a day before at least.
    RemindedInVain,
    /// The item says that a lapsed correction ends the case; its notice announced it.
    LapseAnnounced,
    /// Only promised materials are supplied, one at least.
    OwedOnly,
    /// A promise ends in two days at most, and nobody has urged it.
    PromiseEnds,
    /// A promise was urged and is broken.
    PromiseBroken,
    /// No promised material is owed; a broken promise leaves the denial.
    NothingOwed,
    /// There is a decision.
    Decided,
    /// The decision has not been revoked.
    NotRevoked,
    /// Every result that is a paper of the office's own is attached.
    ResultsThere,
    /// The item offers the way.
    WayOffered,
    /// No parcel is under way.
    NotDispatched,
    /// The result is not at a counter, nor on its way there.
    NotAtCounter,
    /// The applicant wants it by courier.
    CourierChosen,
    /// Courier and number of the parcel are named.
    ParcelNamed,
    /// The way is the applicant's choice, or the counter; a parcel was sent.
    WayFits,
    /// Who takes it out of a clerk's hand is named.
    CollectorNamed,
    /// A parcel is under way.
    ParcelSent,
    /// What was delivered online was not confirmed.
    ReceiptOpen,
    /// It goes to another than who handles it.
    AnotherHandler,
    /// Somebody has proposed to make it void.
    Proposed,
    /// Nobody has.
    NotProposed,
    /// It is another person than the one who proposed it.
    SecondPerson,
    /// Who promises in the place of materials or an examination is not barred from it.
    NotBarred,
    /// A promise is to be checked, or was to be mended.
    CheckOpen,
    /// How it was checked is said.
    MethodGiven,
    /// The holder's term for mending lies ahead.
    MendingAhead,
    /// The holder has five to sixty days for his statement.
    AnswerTime,
    /// The holder is being heard, and has not answered.
    StatementOpen,
    /// Somebody means to revoke.
    RevocationProposed,
    /// The holder has answered, or his days are over.
    HolderHeard,
    /// It is another person than the one who means to revoke.
    AnotherPerson,
    /// The bar ends, five years ahead at most.
    BarTime,
    /// What the item charges is paid, where it is to be paid by now.
    FeeSettled,
    /// For an unpaid fee: the term for paying has passed.
    FeeLapsed,
    /// No hearing is to be held.
    NoHearing,
    /// Interested persons are named, and where they are reached.
    PersonsNamed,
    /// They were told between the acceptance and today, and can still ask.
    ToldInTime,
    /// The right was told, he asked within its days; whoever asks was told and has not asked before.
    AskTime,
    /// A hearing can be asked for, or is to be held.
    HearingOpen,
    /// A hearing was asked for.
    HearingAsked,
    /// Seven days' notice, within twenty days, before nobody who examined the case.
    SessionFits,
    /// The moment of the hearing has come.
    SessionOver,
    /// Who presided has not examined the case meanwhile.
    PresiderApart,
    /// Nobody can ask for a hearing, and none is to be held.
    HearingDone,
    /// A guard of a row that does not run yet, in words.
    Described(&'static str),
}

/// Tries one guard of the row.
pub(super) fn check(
    guard: Guard,
    case: &Facts<'_>,
    command: &Command,
    around: Surroundings<'_>,
) -> Result<(), Error> {
    match (guard, command) {
        (
            Guard::DefectsListed | Guard::OneNotice,
            Command::ReturnForReview { listed, reason }
            | Command::RequestCorrection { listed, reason },
        ) => {
            if guard == Guard::OneNotice {
                return check_notices(case, listed, reason, around);
            }
            let is_empty = listed.fields.is_empty() && listed.materials.is_empty();
            if is_empty {
                Err(Error::NothingListed)
            } else {
                Ok(())
            }
        }
        (Guard::MaterialsComplete, _) => check_materials(case),
        (Guard::NotBarred, _) if case.barred => Err(Error::BarredFromCommitments),
        (Guard::StatementOpen, _) => commitment::check_statement(case),
        (Guard::AcceptanceTermOver, Command::DeemAccepted { until, .. }) => {
            let is_over = until.is_some_and(|until| until <= around.now);
            if is_over {
                Ok(())
            } else {
                Err(Error::AcceptanceTermRuns)
            }
        }
        (
            Guard::ReasonGiven | Guard::ReasonIfDenied,
            Command::Refuse { reason, .. }
            | Command::Decide {
                ruling: Ruling::Denied,
                reason,
            }
            | Command::AnswerWithdrawal {
                granted: false,
                reason,
            },
        ) if reason.trim().is_empty() => Err(Error::ReasonMissing),
        (
            Guard::WayOffered
            | Guard::NotDispatched
            | Guard::NotAtCounter
            | Guard::CourierChosen
            | Guard::ParcelNamed
            | Guard::WayFits
            | Guard::CollectorNamed
            | Guard::ParcelSent
            | Guard::ReceiptOpen,
            command,
        ) => delivery::check(guard, case, command),
        (Guard::FeeSettled | Guard::FeeLapsed, command) => check_gate(guard, case.fee, command),
        (Guard::HearingDone, _) => hearing::check_decision(case, around.now),
        (_, Command::Divert(diversion)) => check_diversion(guard, case, diversion, around),
        (Guard::WithdrawalPending, _) if !case.withdrawal_pending => Err(Error::NoWithdrawal),
        (Guard::NoWithdrawalPending, _) if case.withdrawal_pending => Err(Error::WithdrawalPending),
        (Guard::PostOfStep, Command::Step { outcome, .. }) => check_step(case, *outcome, around),
        (Guard::StepsDone, _) => check_steps_done(case),
        (Guard::PostThatDecides, _) => check_decider(case, around),
        (Guard::OriginalsWanted | Guard::NoOriginalsWanted | Guard::OriginalsCompared, command) => {
            check_originals(guard, case, command)
        }
        (Guard::OwedOnly | Guard::PromiseEnds | Guard::NothingOwed, command) => {
            deferral::check(guard, case, command, around.now)
        }
        (Guard::RemindedInVain, _) => check_reminded(case, around.now),
        (Guard::LapseAnnounced, _) if !case.applicant.lapses => Err(Error::CorrectionStays),
        (Guard::Decided, _) if !case.decided => Err(Error::NothingDecided),
        (Guard::ResultsThere, _) => match case.owed_results {
            [] => Ok(()),
            owed => Err(Error::ResultOwed {
                names: owed.join("、"),
            }),
        },
        (Guard::NotRevoked, _) if commitment::is_revoked(case) => Err(Error::DecisionRevoked),
        // Intake has judged the form, `correct` takes over listed parts only; the rest holds.
        _ => Ok(()),
    }
}

/// The one-time rule: a second notice names only what the first one had corrected, by a head, with
/// a reason; there is no third.
fn check_notices(
    case: &Facts<'_>,
    listed: &Listed,
    reason: &str,
    around: Surroundings<'_>,
) -> Result<(), Error> {
    let Some(last) = case.notices.last() else {
        return Ok(());
    };
    if case.notices.len() >= MOST_NOTICES {
        return Err(Error::NoticesUsedUp);
    }
    let new_fields = listed
        .fields
        .iter()
        .filter(|path| !last.fields.iter().any(|old| covers(old, path)));
    let new_materials = listed
        .materials
        .iter()
        .filter(|id| !last.materials.contains(id));
    let new: Vec<&str> = new_fields
        .chain(new_materials)
        .map(String::as_str)
        .collect();
    if !new.is_empty() {
        return Err(Error::NotCorrectedBefore {
            parts: new.join("、"),
        });
    }
    if !around.holds(HEAD) {
        return Err(Error::SecondNoticeByHead);
    }
    if reason.trim().is_empty() {
        Err(Error::ReasonMissing)
    } else {
        Ok(())
    }
}

/// Whether a JSON Pointer is `outer` or lies in it.
pub(crate) fn covers(outer: &str, inner: &str) -> bool {
    inner
        .strip_prefix(outer)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

fn check_materials(case: &Facts<'_>) -> Result<(), Error> {
    if case.missing.is_empty() {
        return Ok(());
    }
    Err(Error::MaterialsMissing {
        names: case.missing.join("、"),
    })
}

fn check_step(
    case: &Facts<'_>,
    outcome: StepOutcome,
    around: Surroundings<'_>,
) -> Result<(), Error> {
    match case.steps.get(case.step) {
        Some(step) if around.holds(&step.post) => Ok(()),
        Some(step) => Err(Error::WrongPost {
            step: step.name.clone(),
            post: step.post.clone(),
        }),
        // All steps are done: whoever decides may still send the case back to the last one.
        None if outcome == StepOutcome::Pass => Err(Error::NoStepOpen),
        None if around.holds(HEAD) => Ok(()),
        None => Err(Error::HeadDecides),
    }
}

fn check_diversion(
    guard: Guard,
    case: &Facts<'_>,
    diversion: &Diversion,
    around: Surroundings<'_>,
) -> Result<(), Error> {
    let refuse = |holds: bool, error: Error| if holds { Ok(()) } else { Err(error) };
    match (guard, &diversion.way) {
        (guard, Way::Hearing(step)) if guard != Guard::ReasonGiven => {
            hearing::check(guard, case, step, around)
        }
        (
            Guard::CheckOpen
            | Guard::MethodGiven
            | Guard::MendingAhead
            | Guard::AnswerTime
            | Guard::RevocationProposed
            | Guard::HolderHeard
            | Guard::AnotherPerson
            | Guard::BarTime,
            way,
        ) => commitment::check(guard, case, way, around),
        (Guard::HeadApproves, _) => refuse(around.holds(HEAD), Error::HeadApproves),
        (Guard::ReasonGiven, _) => {
            refuse(!diversion.reason.trim().is_empty(), Error::ReasonMissing)
        }
        (Guard::PromiseBroken, _) => deferral::check_broken(case, around.now),
        (Guard::NoWithdrawalPending, _) => {
            refuse(!case.withdrawal_pending, Error::WithdrawalPending)
        }
        (Guard::StepsDone, _) => check_steps_done(case),
        (Guard::ProcedureOfItem, Way::StartSpecialProcedure { kind, .. }) => {
            refuse(case.procedure(*kind).is_some(), Error::ProcedureNotListed)
        }
        (Guard::PlannedEndAhead, Way::StartSpecialProcedure { planned_end, .. }) => {
            let today = office_day(around.now);
            refuse(
                (today..=last_plan(today)).contains(planned_end),
                Error::PlannedEndAstray,
            )
        }
        (Guard::ExtendedOnce, _) => refuse(!case.legal.extended, Error::ExtendedBefore),
        (Guard::BeforeDue, _) => match case.legal.until {
            None => Err(Error::NoLegalTerm),
            Some(_) if !case.legal.in_days => Err(Error::LegalTermNotInDays),
            Some(until) => refuse(around.now < until, Error::LegalTermOver),
        },
        (Guard::AtMostTenDays, Way::Extend { length }) => refuse(
            (1..=MOST_EXTENSION).contains(length),
            Error::ExtensionTooLong {
                max: MOST_EXTENSION,
            },
        ),
        (Guard::BasisGiven, Way::Suspend { basis, .. } | Way::ProposeRevocation { basis, .. }) => {
            refuse(!basis.trim().is_empty(), Error::BasisMissing)
        }
        (Guard::Proposed, _) => refuse(case.void_proposed_by.is_some(), Error::VoidNotProposed),
        (Guard::NotProposed, _) => refuse(case.void_proposed_by.is_none(), Error::VoidProposed),
        (Guard::SecondPerson, _) => around.check_second(
            case.void_proposed_by,
            case.void_stood_for,
            Error::SecondPersonVoids,
        ),
        (Guard::AnotherHandler, Way::HandOver { to }) => {
            refuse(case.handler != Some(to.id), Error::SameHandler)
        }
        (
            Guard::OrganNamed,
            Way::ReportUp { organ } | Way::Transfer { organ } | Way::HandleExternally { organ, .. },
        ) => refuse(
            (1..=MOST_ORGAN).contains(&organ.trim().chars().count()),
            Error::OrganMissing { max: MOST_ORGAN },
        ),
        (Guard::HandledElsewhere, _) => refuse(case.elsewhere, Error::HandledHere),
        (Guard::NumberGiven, Way::HandleExternally { number, .. }) => refuse(
            (1..=MOST_NUMBER).contains(&number.trim().chars().count()),
            Error::ExternalNumberWrong { max: MOST_NUMBER },
        ),
        _ => Ok(()),
    }
}

fn check_originals(guard: Guard, case: &Facts<'_>, command: &Command) -> Result<(), Error> {
    let names = |of: &mut dyn Iterator<Item = &Original>| {
        of.map(|one| one.name.as_str())
            .collect::<Vec<_>>()
            .join("、")
    };
    match (guard, command) {
        (Guard::OriginalsWanted, _) if case.originals.is_empty() => Err(Error::NoOriginalsWanted),
        (Guard::NoOriginalsWanted, _) if !case.originals.is_empty() => {
            Err(Error::OriginalsWanted {
                names: names(&mut case.originals.iter()),
            })
        }
        (Guard::OriginalsCompared, Command::VerifyOriginals { materials, .. }) => {
            let missing = names(
                &mut case
                    .originals
                    .iter()
                    .filter(|one| !materials.contains(&one.id)),
            );
            if missing.is_empty() {
                Ok(())
            } else {
                Err(Error::OriginalsMissing { names: missing })
            }
        }
        _ => Ok(()),
    }
}

/// Nobody loses his application unwarned: between the reminder and the end lies a day at least.
fn check_reminded(case: &Facts<'_>, now: DateTime<Utc>) -> Result<(), Error> {
    let is_over = case.applicant.until.is_some_and(|until| until <= now);
    let is_warned = case
        .applicant
        .reminded_at
        .is_some_and(|at| at + GRACE <= now);
    if is_over && is_warned {
        Ok(())
    } else {
        Err(Error::ApplicantTermRuns)
    }
}

/// A plan that ends later is a slip of the pen.
fn last_plan(today: NaiveDate) -> NaiveDate {
    today
        .checked_add_months(LONGEST_PLAN)
        .unwrap_or(NaiveDate::MAX)
}

fn check_steps_done(case: &Facts<'_>) -> Result<(), Error> {
    match case.steps.get(case.step) {
        Some(step) => Err(Error::StepsOpen {
            step: step.name.clone(),
        }),
        None => Ok(()),
    }
}

fn check_decider(case: &Facts<'_>, around: Surroundings<'_>) -> Result<(), Error> {
    let may = around.holds(HEAD) || (case.instant && around.holds(CLERK));
    if may { Ok(()) } else { Err(Error::HeadDecides) }
}
