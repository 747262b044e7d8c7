//! Fills an installation with cases at the size of a city, for measuring. Each has its events, and
//! its clocks are read from them by the rules; nothing of it is told to the other domains.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use tb_calendar::{Calendar, LightRules};
use tb_contract::events::{Applicant, ApplicationSubmitted, Channel, MaterialRef};
use tb_contract::item::ItemDocument;
use tb_kernel::{AccountId, ApplicationId, DepartmentId, Fault, MaterialId, Region};
use tb_storage::{Department, Origin, Store, Tx};
use uuid::Uuid;

use crate::app::Settings;
use crate::entity::case;
use crate::model::clocks::{Terms, clocks, plan};
use crate::model::event::{Beat, EventDetail, EventKind, Happened, office_day};
use crate::model::state::{Ruling, State};
use crate::model::turn::Standing;
use crate::service::create::{APPLICANT, new_row};
use crate::service::record::{set_clocks, set_state};
use crate::service::setting::Setting;
use crate::service::tally;
use crate::store;
use crate::store::event::Doer;

/// Cases of one transaction.
const AT_ONCE: usize = 250;

/// A case of the past.
#[derive(Clone, Debug)]
pub struct PastCase {
    /// Case number.
    pub number: String,
    /// Item, in its first version.
    pub item: Arc<ItemDocument>,
    /// Department.
    pub department: DepartmentId,
    /// Region.
    pub region: Region,
    /// Name, number and phone.
    pub applicant: [String; 3],
    /// Submission.
    pub submitted_at: DateTime<Utc>,
    /// Acceptance.
    pub accepted_at: Option<DateTime<Utc>>,
    /// Decision and closure.
    pub done_at: Option<DateTime<Utc>>,
    /// Whether the result was handed over.
    pub delivered: bool,
}

/// Adds cases, a transaction for some hundreds of them.
pub async fn seed_cases(
    storage: &Store,
    by: &Origin,
    cases: impl Iterator<Item = PastCase>,
) -> Result<usize, Fault> {
    let calendar = Calendar::embedded().map_err(Fault::internal)?;
    let mut cases = cases.peekable();
    let mut added = 0;
    while cases.peek().is_some() {
        let tx = storage.begin(by.clone()).await?;
        let (mut rows, mut histories) = (Vec::new(), Vec::new());
        for past in cases.by_ref().take(AT_ONCE) {
            let (row, history) = case(&tx, &calendar, past)?;
            histories.push((row.id, history));
            rows.push(row);
        }
        added += rows.len();
        store::case::insert_many(tx.conn(), rows).await?;
        store::event::insert_many(&tx, histories).await?;
        tx.commit(&()).await?;
    }
    tally::count_again(storage).await?;
    Ok(added)
}

fn case(
    tx: &Tx,
    calendar: &Calendar,
    past: PastCase,
) -> Result<(case::Model, (Doer, Vec<Happened>)), Fault> {
    let department = Department {
        id: past.department,
        code: past.item.department_code.clone(),
        name: past.item.department_name.clone(),
        region: past.item.region.to_string(),
    };
    let history = history(&past);
    let sent = sent(tx, calendar, &past);
    let mut row = new_row(tx, &department, &sent, calendar.version().to_owned())?;
    let settings = Settings::default();
    let beats: Vec<Beat> = history
        .iter()
        .map(|event| Beat::of(event.kind, event.effective_at, &event.detail))
        .collect();
    let read = clocks(
        &beats,
        &Terms::of(&past.item, settings.start_roll),
        calendar,
        &LightRules::default(),
        office_day(tx.now()),
    );
    set_clocks(&mut row, &read, tx.now());
    let state = history.last().map_or(State::Draft, |event| event.to);
    let setting = Setting {
        item: past.item,
        office: department.name,
        barred: false,
        charges: false,
        assesses: false,
        orders: Vec::new(),
    };
    set_state(&mut row, &setting, state, 0, Standing::default());
    row.result = past.done_at.map(|_| Ruling::Granted.to_string());
    row.version = i64::try_from(history.len()).unwrap_or_default();
    let doer = Doer {
        id: Uuid::nil(),
        name: APPLICANT.to_owned(),
    };
    Ok((row, (doer, history)))
}

/// From the submission to where it is: every examination is at its first step still, or over.
fn history(past: &PastCase) -> Vec<Happened> {
    let mut events = Vec::new();
    let mut state = State::Draft;
    let mut then = |kind, at, to, detail| {
        events.push(Happened {
            kind,
            effective_at: at,
            from: state,
            to,
            detail,
        });
        state = to;
    };
    let nothing = EventDetail::default;
    then(
        EventKind::Submitted,
        past.submitted_at,
        State::Submitted,
        nothing(),
    );
    then(
        EventKind::Received,
        past.submitted_at,
        State::Received,
        nothing(),
    );
    if let Some(at) = past.accepted_at {
        then(EventKind::Accepted, at, State::Accepted, nothing());
        let first = EventDetail {
            entered_step: Some(0),
            step_name: plan(&past.item).first().map(|step| step.name.clone()),
            ..nothing()
        };
        then(EventKind::Begun, at, State::Examining, first);
    }
    if let Some(at) = past.done_at {
        let granted = EventDetail {
            ruling: Some(Ruling::Granted),
            ..nothing()
        };
        then(EventKind::Decided, at, State::Decided, granted);
        then(EventKind::Closed, at, State::Closed, nothing());
        if past.delivered {
            then(EventKind::Delivered, at, State::Delivered, nothing());
        }
    }
    events
}

/// A file for everything that is asked of all, so that the case can be accepted; the bytes are nowhere.
fn materials(tx: &Tx, item: &ItemDocument) -> Vec<MaterialRef> {
    let nothing_chosen = std::iter::empty::<(String, String)>().collect();
    let asked = item.materials_for(&nothing_chosen);
    asked
        .iter()
        .map(|one| MaterialRef {
            id: MaterialId(tx.new_id()),
            requirement_id: one.id.clone(),
            file_name: "样例.pdf".to_owned(),
            media_type: "application/pdf".to_owned(),
            size: 0,
            blob: String::new(),
            licence: None,
        })
        .collect()
}

fn sent(tx: &Tx, calendar: &Calendar, past: &PastCase) -> ApplicationSubmitted {
    let [name, id_number, phone] = past.applicant.clone();
    let item = &past.item;
    ApplicationSubmitted {
        application_id: ApplicationId(tx.new_id()),
        case_number: past.number.clone(),
        version: 1,
        item_code: item.code.clone(),
        item_version: 1,
        item_name: item.name.clone(),
        calendar_version: calendar.version().to_owned(),
        department_code: item.department_code.clone(),
        region: past.region.clone(),
        channel: Channel::Pc,
        submitted_at: past.submitted_at,
        form: serde_json::json!({
            "name": name, "id_number": id_number, "phone": phone,
            "address": "湖南省长沙市芙蓉区某街道某社区某小区 1 栋 1 单元 101 室（样例）",
            "remark": "供测量用的样例办件，不对应任何真实的人。",
        }),
        applicant: Applicant {
            account_id: AccountId(Uuid::nil()),
            name,
            id_number,
            phone,
            agent_name: String::new(),
        },
        situation_answers: std::iter::empty::<(String, String)>().collect(),
        materials: materials(tx, item),
        deferred: Vec::new(),
        commitment: None,
        delivery: None,
        changed: Vec::new(),
        remark: String::new(),
        joint: None,
        counter: None,
        proxy: None,
        co_applicants: Vec::new(),
        batch: None,
    }
}
