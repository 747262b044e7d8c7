//! The state table in words, for the documents: one line a row, made from the data that runs.

use super::guard::Guard;
use super::state::State;
use super::transition::{ClockEffect, Row, Runs, TABLE};

/// The table as Markdown; `docs/domains/approval.md` holds it, and a test compares.
pub fn state_table() -> String {
    let mut lines = vec![
        "| row | command | from | to | guards | paper | clocks | runs |".to_owned(),
        "|---|---|---|---|---|---|---|---|".to_owned(),
    ];
    lines.extend(TABLE.iter().map(line));
    lines.join("\n")
}

fn line(row: &Row) -> String {
    let states = |states: &[State]| {
        let names: Vec<String> = states.iter().map(|state| format!("`{state}`")).collect();
        names.join(" ")
    };
    let to = if row.to.is_empty() {
        "stays".to_owned()
    } else {
        states(row.to)
    };
    let guards: Vec<&str> = row.guards.iter().map(|guard| guard_text(*guard)).collect();
    let clocks: Vec<&str> = row
        .clocks
        .iter()
        .map(|effect| clock_text(*effect))
        .collect();
    let runs = match row.runs {
        Runs::Now => "now".to_owned(),
        Runs::Later(reason) => format!("later: {reason}"),
    };
    format!(
        "| {} | `{}` | {} | {to} | {} | {} | {} | {runs} |",
        row.number,
        row.verb,
        states(row.from),
        guards.join("; "),
        row.paper
            .map(|paper| format!("`{paper}`"))
            .unwrap_or_default(),
        clocks.join("; "),
    )
}

fn guard_text(guard: Guard) -> &'static str {
    match guard {
        Guard::FormValid => "form and materials valid against the pinned version (intake judges)",
        Guard::DefectsListed => "at least one defect, each in form or material list",
        Guard::OneNotice => {
            "one notice; a second names corrected parts only, by a head, with a reason"
        }
        Guard::ListedPartsOnly => "only listed parts are taken over",
        Guard::MaterialsComplete => {
            "required materials there, promised for a day, or a promise in their place"
        }
        Guard::AcceptanceTermOver => "5 working days without a notice are over",
        Guard::ReasonGiven => "reason",
        Guard::PostOfStep => "post of the step",
        Guard::StepsDone => "every step done; an instant item has none",
        Guard::PostThatDecides => "a head; a clerk for an instant item",
        Guard::ReasonIfDenied => "a denial gives reasons",
        Guard::NoWithdrawalPending => "no withdrawal waits",
        Guard::WithdrawalPending => "a withdrawal waits",
        Guard::HeadApproves => "a head",
        Guard::ProcedureOfItem => "the item lists the special procedure",
        Guard::PlannedEndAhead => "the planned end lies ahead",
        Guard::ExtendedOnce => "not extended before",
        Guard::BeforeDue => "the legal term runs",
        Guard::AtMostTenDays => "by at most 10 days",
        Guard::BasisGiven => "provision named",
        Guard::OrganNamed => "organ named",
        Guard::HandledElsewhere => "the item is handled by a system of province or ministry",
        Guard::NumberGiven => "its number there",
        Guard::OriginalsWanted => "the situation asks for originals",
        Guard::NoOriginalsWanted => "the situation asks for no originals",
        Guard::OriginalsCompared => "every original compared",
        Guard::RemindedInVain => "the applicant's term is over, a day after his reminder at least",
        Guard::LapseAnnounced => "the item says so, the notice announced it",
        Guard::OwedOnly => "promised materials only, one at least",
        Guard::PromiseEnds => "a promise ends within 2 days",
        Guard::PromiseBroken => "a promise is broken, a day after the urging at least",
        Guard::NothingOwed => "no promised material is owed; a broken promise leaves the denial",
        Guard::Decided => "a decision",
        Guard::NotRevoked => "not revoked",
        Guard::ResultsThere => "results that are papers of the office's own are attached",
        Guard::WayOffered => "the item offers the way",
        Guard::NotDispatched => "no parcel is under way",
        Guard::NotAtCounter => "the result does not lie at a counter",
        Guard::CourierChosen => "courier chosen",
        Guard::ParcelNamed => "courier and number of the parcel",
        Guard::WayFits => "at the counter, or by the way that was chosen; a parcel was sent",
        Guard::CollectorNamed => "by hand: who takes it",
        Guard::ParcelSent => "a parcel is under way",
        Guard::ReceiptOpen => "delivered online and not confirmed",
        Guard::Proposed => "proposed",
        Guard::NotProposed => "not proposed before",
        Guard::AnotherHandler => "to another than who handles it",
        Guard::SecondPerson | Guard::AnotherPerson => "not by who proposed it",
        Guard::NotBarred => "who promises is not barred from it",
        Guard::CheckOpen => "a granted promise, not checked or to be mended",
        Guard::MethodGiven => "method",
        Guard::MendingAhead => "the term for mending lies ahead",
        Guard::AnswerTime => "5 to 60 days for the holder's statement",
        Guard::StatementOpen => "the holder is heard",
        Guard::RevocationProposed => "a revocation is proposed",
        Guard::HolderHeard => "the holder has answered, or his days are over",
        Guard::BarTime => "a bar of 5 years at most",
        Guard::FeeSettled => "the fee is paid, where the gate of the item is here",
        Guard::FeeLapsed => "for an unpaid fee: its term has passed",
        Guard::NoHearing => "no hearing is to be held",
        Guard::PersonsNamed => "interested persons, and where they are reached",
        Guard::ToldInTime => "on a day since the acceptance, and the days for asking last",
        Guard::AskTime => {
            "on a day within 5 working days of the telling, by one who was told and has not asked"
        }
        Guard::HearingOpen => "a hearing can be asked for, or was; for one alone: by him",
        Guard::HearingAsked => "a hearing was asked for",
        Guard::SessionFits => {
            "7 working days' notice, within 20 of the asking; before nobody who examined the case"
        }
        Guard::SessionOver => "its moment has come",
        Guard::PresiderApart => "who presided has not examined the case since",
        Guard::HearingDone => "no hearing can be asked for, none is to be held",
        Guard::Described(words) => words,
    }
}

fn clock_text(effect: ClockEffect) -> &'static str {
    match effect {
        ClockEffect::AcceptanceStarts => "acceptance starts at submission",
        ClockEffect::AcceptanceStops => "acceptance stops",
        ClockEffect::AcceptanceRestarts => "acceptance restarts from 0",
        ClockEffect::ApplicantStarts => "applicant's term starts",
        ClockEffect::ApplicantStops => "applicant's term ends",
        ClockEffect::TermsStart => "legal and promised start",
        ClockEffect::StepStarts => "step starts",
        ClockEffect::TermsPause => "legal, promised and step pause",
        ClockEffect::TermsResume => "legal, promised and step go on",
        ClockEffect::LegalExtended => "the legal date moves",
        ClockEffect::TermsStop => "legal, promised and step stop",
        ClockEffect::DeliveryStarts => "delivery (10 working days) starts",
        ClockEffect::DeliveryStops => "delivery stops",
        ClockEffect::AllEnd => "all end",
        ClockEffect::OwnClock => "a term of its own",
    }
}
