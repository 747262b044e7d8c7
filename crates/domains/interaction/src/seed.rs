//! Fills an installation with services of the past and their ratings, for a demo city: sample data,
//! marked as such, so that the published rates say what the statistics beside them say.

use chrono::{DateTime, TimeDelta, Utc};
use tb_calendar::Calendar;
use tb_contract::rating::GOOD_FROM;
use tb_kernel::{DepartmentId, Fault, Region, office_time};
use tb_storage::{Origin, Store, Tx};
use uuid::Uuid;

use crate::app::Settings;
use crate::model::task::{State, appeal};
use crate::model::terms::term;
use crate::sealed::DETAIL;
use crate::service::record::Detail;
use crate::store;
use crate::store::occasion::{NONE, Occasion};
use crate::store::task::{Task, TaskEvent};

/// Rows of one statement.
const AT_ONCE: usize = 500;
/// What is written where a person would have written something.
const SAMPLE: &str = "样例数据";
/// Days that the seeded rectification of a poor rating takes at most: a service that ended later than that
/// before now has none, so it must not be rated poorly.
pub const RECTIFIED_WITHIN: i64 = 12;

/// A service of the past.
#[derive(Clone, Debug)]
pub struct PastService {
    /// Case number.
    pub case_number: String,
    /// Item.
    pub item_code: String,
    /// Its name.
    pub item_name: String,
    /// Credit code of the office.
    pub department_code: String,
    /// The office.
    pub department: DepartmentId,
    /// Region.
    pub region: Region,
    /// Closure, and rating where there is one.
    pub ended_at: DateTime<Utc>,
    /// Rating, 5 to 1.
    pub level: Option<u8>,
}

/// Adds services where there are none at all; poor ones with their rectification, which is over.
/// Returns how many.
pub async fn seed_past(
    storage: &Store,
    by: &Origin,
    services: Vec<PastService>,
) -> Result<usize, Fault> {
    let tx = storage.begin(by.clone()).await?;
    if store::occasion::is_any(tx.conn()).await? {
        return Ok(0);
    }
    let calendar = Calendar::embedded().map_err(Fault::internal)?;
    let rows: Vec<Occasion> = services
        .into_iter()
        .map(|past| occasion(tx.new_id(), past))
        .collect();
    for some in rows.chunks(AT_ONCE) {
        store::occasion::insert_many(tx.conn(), some.to_vec()).await?;
    }
    let poor = rows
        .iter()
        .filter(|row| row.level.is_some_and(|level| level < GOOD_FROM.into()));
    for (serial, row) in poor.enumerate() {
        rectified(&tx, &calendar, row, serial).await?;
    }
    tx.commit(&()).await?;
    Ok(rows.len())
}

fn occasion(id: Uuid, past: PastService) -> Occasion {
    Occasion {
        id,
        case_number: past.case_number,
        application_id: Uuid::nil(),
        account_id: Uuid::nil(),
        item_code: past.item_code,
        item_name: past.item_name,
        department_code: past.department_code,
        department_id: past.department.0,
        region: past.region.to_string(),
        invited_at: past.ended_at,
        rated_at: past.level.map(|_| past.ended_at),
        channel: past.level.map(|_| "online".to_owned()),
        level: past.level.map(i32::from),
        tags: "[]".to_owned(),
        comment: None,
        excluded: false,
        words_state: NONE.to_owned(),
        published: None,
        reviewed_at: None,
        joint: false,
        sample: true,
    }
}

/// A rectification that is over: most in their term, most with an answer to the call-back.
async fn rectified(
    tx: &Tx,
    calendar: &Calendar,
    of: &Occasion,
    serial: usize,
) -> Result<(), Fault> {
    let settings = Settings::default();
    let day = office_time::day(of.invited_at);
    let until = |days| term(calendar, day, days, &of.region).map_err(Fault::internal);
    let (contact, close) = (until(settings.contact_days)?, until(settings.close_days)?);
    let in_time = serial % 8 != 7;
    let second_level = (serial % 6 != 5).then_some(4);
    let contacted_at = of.invited_at + TimeDelta::hours(3);
    let rectified_at =
        of.invited_at + TimeDelta::days(if in_time { 3 } else { RECTIFIED_WITHIN - 2 });
    let closed_at = rectified_at + TimeDelta::days(2);
    let row = Task {
        id: tx.new_id(),
        occasion_id: of.id,
        case_number: of.case_number.clone(),
        account_id: of.account_id,
        item_code: of.item_code.clone(),
        item_name: of.item_name.clone(),
        department_code: of.department_code.clone(),
        department_id: of.department_id,
        region: of.region.clone(),
        level: of.level.unwrap_or_default(),
        state: State::Closed.as_str().to_owned(),
        version: 4,
        round: 1,
        invited_at: of.invited_at,
        opened_at: of.invited_at,
        round_at: of.invited_at,
        due_on: close.due,
        yellow_from: close.yellow_from,
        contact_due: contact.due,
        close_due: close.due,
        contacted_at: Some(contacted_at),
        rectified_at: Some(rectified_at),
        closed_at: Some(closed_at),
        in_time: Some(in_time),
        outcome: Some(second_level.map_or("unreached", |_| "satisfied").to_owned()),
        second_level,
        unreached: if second_level.is_some() { 0 } else { 3 },
        appeal: appeal::NONE.to_owned(),
        handlers: "[]".to_owned(),
        escalation: 0,
        last_seq: 4,
    };
    let last = second_level.map_or("unreached", |_| "called_back");
    let happened = [
        ("opened", of.invited_at, State::Open),
        ("contacted", contacted_at, State::Contacted),
        ("rectified", rectified_at, State::Rectified),
        (last, closed_at, State::Closed),
    ];
    for (seq, (kind, at, to)) in (1..).zip(happened) {
        store::task::insert_event(tx.conn(), event(tx, row.id, (seq, kind, at, to))?).await?;
    }
    Ok(store::task::insert(tx.conn(), row).await?)
}

fn event(
    tx: &Tx,
    task_id: Uuid,
    (seq, kind, at, to): (i32, &str, DateTime<Utc>, State),
) -> Result<TaskEvent, Fault> {
    let id = tx.new_id();
    let detail = Detail {
        words: SAMPLE.to_owned(),
        ..Detail::default()
    };
    Ok(TaskEvent {
        id,
        task_id,
        seq,
        kind: kind.to_owned(),
        at,
        actor_id: Uuid::nil(),
        actor_name: String::new(),
        to_state: to.as_str().to_owned(),
        detail: tx.sealer().seal_json(DETAIL, id, &detail)?,
    })
}
