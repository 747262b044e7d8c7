//! A case has changed, or was rated: its row moves on, and what is to be counted is left as
//! differences.

use chrono::{DateTime, NaiveDate, Utc};
use tb_calendar::{Calendar, OfficeHours};
use tb_contract::events::{CaseChanged, CaseFacts, FedBack, RatingGiven};
use tb_events::HandleError;
use tb_kernel::{Fault, office_time};
use tb_storage::{Tracked, Tx};

use super::register::{publish, strike};
use crate::app::App;
use crate::model::spread::bucket;
use crate::model::tally::{ACCEPTED, ENDED, GRANTED, GROSS, LATE, NET, RATED, SUBMITTED};
use crate::store;
use crate::store::case::Case;
use crate::store::delta::Delta;

const VOIDED: &str = "voided";
const GRANT: &str = "granted";
/// Ends by which the office has done its part without a decision.
const TURNED_DOWN: [&str; 2] = ["not_accepted", "refused"];
/// Ends of what was decided.
const CLOSED: [&str; 2] = ["closed", "delivered"];

/// What happens beside a case: nothing that is published of it changes, not even when.
const BESIDE: [&str; 34] = [
    ".result_attached",
    ".handed_over",
    ".fee_noticed",
    ".fee_billed",
    ".fee_paid",
    ".fee_reduction_asked",
    ".fee_refund_asked",
    ".fee_proposed",
    ".fee_reduced",
    ".fee_exempted",
    ".fee_request_refused",
    ".fee_reminded",
    ".fee_lapsed",
    ".fee_cancelled",
    ".fee_refund_approved",
    ".fee_refunded",
    ".fee_refund_failed",
    ".message_received",
    ".proxy_ended",
    ".message_sent",
    ".urged",
    ".supervised",
    ".supervision_replied",
    ".opinion_asked",
    ".opinion_given",
    ".opinion_declined",
    ".relay_sent",
    ".joint_answered",
    ".joint_returned",
    ".relay_arrived",
    ".relay_returned",
    ".result_shelved",
    ".opinion_withdrawn",
    ".rated",
];

/// Takes in a change. What was told before, or is older than the row, changes nothing.
pub(crate) async fn changed(app: &App, tx: &mut Tx, told: FedBack) -> Result<(), Fault> {
    let FedBack {
        kind,
        original: said,
    } = told;
    // Told by an approval that knows nothing of facts yet: nothing to count.
    let Some(facts) = &said.facts else {
        return Ok(());
    };
    let found = store::case::find_locked(tx.conn(), &said.case_number).await?;
    if found
        .as_ref()
        .is_some_and(|row| row.version >= said.version)
    {
        return Ok(());
    }
    let calendar = app.calendar(tx.conn()).await?;
    let mut count = Count::default();
    let is_new = found.is_none();
    let mut row = found.unwrap_or_else(|| Tracked::new(blank(tx, &said, facts)));
    if is_new {
        count.once(SUBMITTED, row.submitted_on);
    }
    let before = row.changed_at;
    advance(&mut row, &said, facts, &calendar, &mut count);
    if BESIDE.iter().any(|one| kind.ends_with(one)) {
        row.changed_at = before;
    }
    row.shown = row.accepted_on.is_some() && row.state != VOIDED;
    count.leave(tx, &row).await?;
    if is_new {
        store::case::insert(tx.conn(), (*row).clone()).await?;
    } else {
        store::case::save(tx.conn(), &row).await?;
    }
    if said.state == VOIDED || said.revoked {
        strike(tx, &said.case_number, said.revoked).await?;
    } else if facts.permit && said.result.as_deref() == Some(GRANT) {
        publish(tx, &calendar, &said, facts).await?;
    }
    tx.done("insight.case.counted", "case", &said.case_number);
    Ok(())
}

/// Takes in a rating: one per case, and intake sees to that.
pub(crate) async fn rated(tx: &mut Tx, said: RatingGiven) -> Result<(), HandleError> {
    let day = office_time::day(said.service.at);
    let found = store::case::find_locked(tx.conn(), &said.service.case_number).await?;
    let mut row = found.ok_or(HandleError::early("the case"))?;
    if row.level.is_some() {
        return Ok(());
    }
    row.level = Some(said.level.into());
    row.rated_on = Some(day);
    let mut count = Count::default();
    count.0.push((RATED, day, said.level.into(), 0));
    count.leave(tx, &row).await?;
    store::case::save(tx.conn(), &row).await?;
    tx.done("insight.rating.counted", "case", &row.number);
    Ok(())
}

fn blank(tx: &Tx, said: &CaseChanged, facts: &CaseFacts) -> Case {
    Case {
        number: said.case_number.clone(),
        id: tx.new_id(),
        version: 0,
        item_code: said.item_code.clone(),
        item_name: facts.item_name.clone(),
        department_code: facts.department_code.clone(),
        region: facts.region.to_string(),
        channel: facts.channel.clone(),
        organisation: facts.organisation,
        applicant: facts.applicant.clone(),
        sample: facts.sample,
        state: said.state.clone(),
        result: None,
        running: true,
        shown: false,
        submitted_at: facts.submitted_at,
        submitted_on: office_time::day(facts.submitted_at),
        accepted_on: None,
        ended_on: None,
        done_at: None,
        paused_since: None,
        paused_minutes: 0,
        pauses_counted_to: None,
        gross_minutes: None,
        net_minutes: None,
        yellow_from: None,
        promised_until: None,
        legal_until: None,
        late: false,
        rated_on: None,
        level: None,
        changed_at: said.at,
    }
}

/// Moves the row to the change and notes what happened for the first time.
fn advance(
    row: &mut Case,
    said: &CaseChanged,
    facts: &CaseFacts,
    calendar: &Calendar,
    count: &mut Count,
) {
    let turned_down = TURNED_DOWN.contains(&said.state.as_str());
    let end_of_time = facts.decided_at.or(turned_down.then_some(said.at));
    if let Some(since) = row.paused_since
        && facts.paused_since != Some(since)
    {
        // A pause is told from the beginning of its day: a second one of the same day goes on where
        // the first ended.
        let counted_to = row.pauses_counted_to.unwrap_or(row.submitted_at);
        let from = since.max(row.submitted_at).max(counted_to);
        row.paused_minutes += minutes(calendar, from, said.at, &row.region).unwrap_or_default();
        row.pauses_counted_to = Some(said.at);
    }
    row.version = said.version;
    row.state.clone_from(&said.state);
    row.result.clone_from(&said.result);
    row.running = facts.running;
    row.applicant.clone_from(&facts.applicant);
    row.paused_since = facts.paused_since;
    row.yellow_from = facts.yellow_from;
    // With the decision the terms end; the last promise says whether it was kept.
    let last = row.promised_until.filter(|_| !facts.running);
    row.promised_until = facts.promised_until.or(last);
    row.legal_until = facts.legal_until;
    row.changed_at = said.at;
    if let (None, Some(at)) = (row.accepted_on, facts.accepted_at) {
        let day = office_time::day(at);
        row.accepted_on = Some(day);
        count.once(ACCEPTED, day);
    }
    if let (None, Some(at)) = (row.done_at, end_of_time) {
        done(row, at, calendar, count);
    }
    let closed = CLOSED.contains(&said.state.as_str()) && row.done_at.is_some();
    if row.ended_on.is_none() && (turned_down || closed) {
        let day = office_time::day(said.at);
        row.ended_on = Some(day);
        count.once(ENDED, day);
        if said.result.as_deref() == Some(GRANT) {
            count.once(GRANTED, day);
        }
        if row.late {
            count.once(LATE, day);
        }
    }
}

/// The office has done its part: how long it took, and whether it kept its promise.
fn done(row: &mut Case, at: DateTime<Utc>, calendar: &Calendar, count: &mut Count) {
    row.done_at = Some(at);
    row.late = row.promised_until.is_some_and(|until| until <= at);
    // Beyond the calendar nobody knows which days count: no figure rather than a wrong one.
    let Some(gross) = minutes(calendar, row.submitted_at, at, &row.region) else {
        return;
    };
    let net = (gross - row.paused_minutes).max(0);
    row.gross_minutes = Some(gross);
    row.net_minutes = Some(net);
    let day = office_time::day(at);
    count.0.push((GROSS, day, bucket(gross.into()), gross));
    count.0.push((NET, day, bucket(net.into()), net));
}

/// Office minutes between two moments.
pub(crate) fn minutes(
    calendar: &Calendar,
    from: DateTime<Utc>,
    to: DateTime<Utc>,
    region: &str,
) -> Option<i32> {
    if to <= from {
        return Some(0);
    }
    let hours = OfficeHours::default();
    let between = calendar.remaining_minutes(from, to, &[], Some(region), &hours);
    between.ok().map(|minutes| minutes.max(0))
}

/// What is to be counted: kind, day, bucket, minutes.
#[derive(Debug, Default)]
struct Count(Vec<(&'static str, NaiveDate, i32, i32)>);

impl Count {
    fn once(&mut self, what: &'static str, day: NaiveDate) {
        self.0.push((what, day, 0, 0));
    }

    async fn leave(self, tx: &Tx, row: &Case) -> Result<(), Fault> {
        let differences = self
            .0
            .into_iter()
            .map(|(what, day, bucket, minutes)| Delta {
                id: tx.new_id(),
                day,
                department_code: row.department_code.clone(),
                item_code: row.item_code.clone(),
                region: row.region.clone(),
                what: what.to_owned(),
                bucket,
                minutes,
            });
        Ok(store::delta::leave(tx.conn(), differences.collect()).await?)
    }
}
