//! Fills an installation with cases of the past, for a demo city.

use chrono::{DateTime, Days, Utc};
use tb_calendar::Calendar;
use tb_kernel::{Fault, Region, office_time};
use tb_storage::{Origin, Store};
use uuid::Uuid;

use crate::model::permit::{ORDINARY, PUBLISHED};
use crate::model::spread::bucket;
use crate::model::tally::{ACCEPTED, ENDED, GRANTED, GROSS, LATE, NET, RATED, SUBMITTED};
use crate::model::validity::valid_to;
use crate::service::fold::added_up;
use crate::service::register::Sealed;
use crate::service::take::minutes;
use crate::store;
use crate::store::case::Case;
use crate::store::delta::Delta;
use crate::store::permit::Permit;

/// Rows of one statement.
const AT_ONCE: usize = 500;

/// A case of the past.
#[derive(Clone, Debug)]
pub struct PastCase {
    /// Case number.
    pub number: String,
    /// Item.
    pub item_code: String,
    /// Its name.
    pub item_name: String,
    /// Office.
    pub department_code: String,
    /// Region.
    pub region: Region,
    /// Whether an organisation applied.
    pub organisation: bool,
    /// The applicant, masked.
    pub applicant: String,
    /// State.
    pub state: String,
    /// Submission.
    pub submitted_at: DateTime<Utc>,
    /// Acceptance.
    pub accepted_at: Option<DateTime<Utc>>,
    /// Decision and closure.
    pub done_at: Option<DateTime<Utc>>,
    /// Office minutes that did not count.
    pub paused_minutes: i32,
    /// Whether it took longer than promised.
    pub late: bool,
    /// Days until the promised day, from the submission.
    pub promised_days: u64,
    /// Whether it pauses now.
    pub paused: bool,
    /// Rating, 5 to 1.
    pub level: Option<u8>,
}

/// A permit of the past.
#[derive(Clone, Debug)]
pub struct PastPermit {
    /// Case number.
    pub case_number: String,
    /// Holder.
    pub holder: String,
    /// Credit code; empty for persons.
    pub holder_code: String,
    /// Number of the decision.
    pub document_number: String,
    /// Certificate.
    pub certificate: String,
    /// What is permitted.
    pub content: String,
    /// Validity in words.
    pub validity: String,
    /// Item.
    pub item_code: String,
    /// Office.
    pub office: String,
    /// Its credit code.
    pub department_code: String,
    /// Region.
    pub region: Region,
    /// Decision.
    pub decided_at: DateTime<Utc>,
}

/// Adds cases and permits where there are none at all; returns how many.
pub async fn seed_past(
    storage: &Store,
    by: &Origin,
    cases: Vec<PastCase>,
    permits: Vec<PastPermit>,
) -> Result<usize, Fault> {
    let tx = storage.begin(by.clone()).await?;
    if store::case::is_any(tx.conn()).await? {
        return Ok(0);
    }
    let calendar = Calendar::embedded().map_err(Fault::internal)?;
    let mut rows = Vec::with_capacity(cases.len());
    let mut differences = Vec::new();
    for past in cases {
        let row = case(tx.new_id(), past, &calendar);
        differences.extend(counted(&row));
        rows.push(row);
    }
    let added = rows.len();
    for some in rows.chunks(AT_ONCE) {
        store::case::insert_many(tx.conn(), some.to_vec()).await?;
    }
    for some in added_up(&differences).chunks(AT_ONCE) {
        store::day::insert_many(tx.conn(), some.to_vec()).await?;
    }
    for past in permits {
        let id = tx.new_id();
        let sealed = Sealed::of(tx.sealer(), id, &past.holder, &past.holder_code)?;
        store::permit::insert(tx.conn(), permit(id, past, sealed)).await?;
    }
    tx.commit(&()).await?;
    Ok(added)
}

fn case(id: Uuid, past: PastCase, calendar: &Calendar) -> Case {
    let region = past.region.to_string();
    let gross = past
        .done_at
        .and_then(|at| minutes(calendar, past.submitted_at, at, &region));
    let day = office_time::day(past.submitted_at);
    let due = day
        .checked_add_days(Days::new(past.promised_days + 1))
        .unwrap_or(day);
    let changed_at = past
        .done_at
        .or(past.accepted_at)
        .unwrap_or(past.submitted_at);
    let until = office_time::start_of_day(due);
    Case {
        id,
        version: 1,
        item_code: past.item_code,
        item_name: past.item_name,
        department_code: past.department_code,
        region,
        channel: "pc".to_owned(),
        organisation: past.organisation,
        applicant: past.applicant,
        sample: true,
        result: past.done_at.map(|_| "granted".to_owned()),
        running: past.done_at.is_none(),
        shown: past.accepted_at.is_some(),
        state: past.state,
        submitted_at: past.submitted_at,
        submitted_on: day,
        accepted_on: past.accepted_at.map(office_time::day),
        ended_on: past.done_at.map(office_time::day),
        done_at: past.done_at,
        paused_since: past.paused.then_some(changed_at),
        paused_minutes: past.paused_minutes,
        pauses_counted_to: None,
        gross_minutes: gross,
        net_minutes: gross.map(|gross| (gross - past.paused_minutes).max(0)),
        yellow_from: Some(until - chrono::Duration::days(2)),
        promised_until: Some(until),
        legal_until: Some(until + chrono::Duration::days(7)),
        late: past.late,
        rated_on: past.level.and(past.done_at).map(office_time::day),
        level: past.level.map(i32::from),
        changed_at,
        number: past.number,
    }
}

fn counted(row: &Case) -> Vec<Delta> {
    let bucket_of = |minutes: i32| (bucket(minutes.into()), minutes);
    let happened = [
        Some((SUBMITTED, row.submitted_on, (0, 0))),
        row.accepted_on.map(|day| (ACCEPTED, day, (0, 0))),
        row.ended_on.map(|day| (ENDED, day, (0, 0))),
        row.ended_on.map(|day| (GRANTED, day, (0, 0))),
        row.ended_on
            .filter(|_| row.late)
            .map(|day| (LATE, day, (0, 0))),
        row.ended_on
            .zip(row.gross_minutes)
            .map(|(day, minutes)| (GROSS, day, bucket_of(minutes))),
        row.ended_on
            .zip(row.net_minutes)
            .map(|(day, minutes)| (NET, day, bucket_of(minutes))),
        row.rated_on
            .zip(row.level)
            .map(|(day, level)| (RATED, day, (level, 0))),
    ];
    let differences = happened
        .into_iter()
        .flatten()
        .map(|(what, day, (bucket, minutes))| Delta {
            id: Uuid::nil(),
            day,
            department_code: row.department_code.clone(),
            item_code: row.item_code.clone(),
            region: row.region.clone(),
            what: what.to_owned(),
            bucket,
            minutes,
        });
    differences.collect()
}

fn permit(id: Uuid, past: PastPermit, sealed: Sealed) -> Permit {
    let decided_on = office_time::day(past.decided_at);
    Permit {
        id,
        case_number: past.case_number,
        version: 1,
        organisation: !past.holder_code.is_empty(),
        holder: sealed.holder,
        holder_bidx: sealed.holder_bidx,
        holder_code: sealed.code,
        holder_code_bidx: sealed.code_bidx,
        document_name: "准予行政许可决定书".to_owned(),
        document_number: past.document_number,
        permit_kind: ORDINARY.to_owned(),
        certificate: past.certificate,
        content: past.content,
        decided_on,
        due_on: decided_on
            .checked_add_days(Days::new(9))
            .unwrap_or(decided_on),
        valid_from: decided_on,
        valid_to: valid_to(decided_on, &past.validity),
        validity: past.validity,
        item_code: past.item_code,
        office: past.office,
        department_code: past.department_code,
        region: past.region.to_string(),
        sample: true,
        state: PUBLISHED.to_owned(),
        remark: String::new(),
        published_at: past.decided_at,
        updated_at: past.decided_at,
    }
}
