//! What waits to be handed over, and the list that hands it over.

use std::collections::BTreeSet;

use chrono::Datelike;
use tb_contract::access::RelayUse;
use tb_http::Ctx;
use tb_kernel::{DepartmentRef, Fault, Page, PageRequest, Scope};
use tb_storage::{Department, StorageError, Tx, is_unique_violation};
use uuid::Uuid;

use super::read::page;
use super::{about, own_department, result_at, tell};
use crate::api::relay_body::{NewRelayList, RelayCase, RelayListPage, RelayQuery};
use crate::app::App;
use crate::entity::{case, relay_entry, relay_list};
use crate::error::{Error, field};
use crate::model::delivery::Parcel;
use crate::model::event::{EventKind, office_day};
use crate::model::paper_number::office_short;
use crate::model::relay::{
    MOST_CASES, RelayEntryState, RelayState, RelayWhat, ResultAt, is_for_office, results,
    taken_on_paper,
};
use crate::model::state::{Ruling, State};
use crate::model::words::Word;
use crate::sealed;
use crate::service::delivery::delivery_of;
use crate::service::setting::Setting;
use crate::service::supervise::Watched;
use crate::store;
use crate::store::copy;
use crate::store::relay::Waiting;

/// What numbers of lists are counted under.
const SERIAL: &str = "relay_list";

/// Cases whose papers or results wait in one's department, the oldest first.
pub(crate) async fn waiting(
    app: &App,
    ctx: &Ctx<RelayUse>,
    query: RelayQuery,
) -> Result<Page<RelayCase>, Fault> {
    let department = own_department(ctx)?;
    let what = query.what.unwrap_or(RelayWhat::Papers);
    let request = PageRequest {
        cursor: query.cursor,
        limit: query.limit,
    };
    let (conn, limit) = (ctx.read(), request.limit());
    let after = super::read::cursor(&request)?;
    let number = query.q.as_deref().unwrap_or_default().trim();
    let of = (department.id.0, number);
    let rows = store::relay::waiting(&conn, what, of, after, limit).await?;
    let page = Page::from_surplus(rows, limit, |row| row.id.to_string());
    let mut items = Vec::with_capacity(page.items.len());
    for row in page.items {
        let other = match (what, row.counter_id) {
            (RelayWhat::Papers, _) => {
                let name = app.office(&conn, &row.department_code).await?;
                name.map(|name| (name, row.department_code.clone()))
            }
            (RelayWhat::Results, Some(id)) => {
                let counter = copy::Departments::by_id(&conn, id).await?;
                counter.map(|counter| (counter.name, counter.code))
            }
            (RelayWhat::Results, None) => None,
        };
        items.push(line(row, other)?);
    }
    Ok(Page {
        items,
        next_cursor: page.next_cursor,
    })
}

fn line(row: Waiting, other: Option<(String, String)>) -> Result<RelayCase, Fault> {
    let (other, other_code) = other.unzip();
    Ok(RelayCase {
        state: State::parse(&row.state)
            .ok_or_else(|| Fault::internal("approval_case.state holds an unknown word"))?,
        since: row.closed_at.unwrap_or(row.submitted_at),
        id: row.id,
        number: row.number,
        item_name: row.item_name,
        other,
        other_code,
        papers: row.counter_papers,
    })
}

/// Hands cases over by a list. Nobody else's list gets the same case: the second one to commit is
/// refused.
pub(crate) async fn make(
    app: &App,
    ctx: &Ctx<RelayUse>,
    body: NewRelayList,
) -> Result<RelayListPage, Fault> {
    let own = own_department(ctx)?;
    let ids: BTreeSet<Uuid> = body.cases.iter().copied().collect();
    if ids.is_empty() || ids.len() > MOST_CASES {
        return Err(Error::RelayCasesWrong { most: MOST_CASES }.into());
    }
    let mut tx = ctx.begin().await?;
    let list_id = tx.new_id();
    let mut watched = Vec::with_capacity(ids.len());
    for id in ids {
        let taken = Watched::take(app, &tx, &Scope::Everything, id).await;
        let mut taken = taken.map_err(unknown)?;
        send(&mut taken, body.contents, own.id.0)?;
        watched.push(taken);
    }
    let rows: Vec<&case::Model> = watched.iter().map(|one| &*one.row).collect();
    let to = receiver(&tx, &own, &body, &rows).await?;
    let list = new_list(app, &tx, (list_id, &body), &own, &to).await?;
    let mut entries = Vec::with_capacity(watched.len());
    for (seq, one) in (1_i32..).zip(watched) {
        let papers = papers(&tx, body.contents, &one.row, &one.setting)?;
        entries.push(entry(&tx, &list, seq, &one.row, &papers)?);
        let what = (EventKind::RelaySent, "approval.case.relay_sent");
        one.note(app, &mut tx, what, about(&list, "")?).await?;
    }
    let written = store::relay::insert(tx.conn(), list.clone(), entries).await;
    written.map_err(taken)?;
    tx.done("approval.relay.sent", "relay_list", list.id);
    tell(app, &mut tx, &list);
    let answer = page(ctx, tx.conn(), &list, &own).await?;
    tx.commit(&answer).await?;
    Ok(answer)
}

/// A case that does not exist does not wait either.
fn unknown(fault: Fault) -> Fault {
    if fault.code == "approval.case_not_found" {
        Error::RelayTaken.into()
    } else {
        fault
    }
}

/// Takes a case from where it lies, if it lies there.
fn send(watched: &mut Watched, what: RelayWhat, own: Uuid) -> Result<(), Fault> {
    let state = watched.row.current_state()?;
    let lies_here = match what {
        RelayWhat::Papers => {
            let row = &watched.row;
            row.counter_id == Some(own) && row.counter_papers > 0 && is_for_office(state)
        }
        RelayWhat::Results => {
            let row = &watched.row;
            row.department_id == own
                && state == State::Closed
                && row.result.is_some()
                && row.revoked_at.is_none()
                && !result_at(row).is_some_and(ResultAt::is_away)
        }
    };
    if !lies_here {
        return Err(Error::RelayTaken.into());
    }
    match what {
        RelayWhat::Papers => watched.row.counter_papers = 0,
        RelayWhat::Results if delivery_of(&watched.history).parcel.is_some() => {
            return Err(Error::ParcelUnderWay.into());
        }
        RelayWhat::Results => watched.row.result_at = Some(ResultAt::UnderWay.to_string()),
    }
    Ok(())
}

fn taken(error: StorageError) -> Fault {
    match &error {
        StorageError::Database(cause) if is_unique_violation(cause) => Error::RelayTaken.into(),
        _ => error.into(),
    }
}

/// Who receives: of papers the one office that handles them all; of results the counter that is named,
/// or that took all of them in.
async fn receiver(
    tx: &Tx,
    own: &DepartmentRef,
    body: &NewRelayList,
    rows: &[&case::Model],
) -> Result<Department, Fault> {
    let conn = tx.conn();
    let found = match (body.contents, &body.to) {
        (RelayWhat::Papers, _) => {
            let offices: BTreeSet<&str> = rows
                .iter()
                .map(|row| row.department_code.as_str())
                .collect();
            match (offices.first(), offices.len()) {
                (Some(code), 1) => copy::Departments::by_code(conn, code).await?,
                _ => return Err(Error::RelayMixed.into()),
            }
        }
        (RelayWhat::Results, Some(code)) => copy::Departments::by_code(conn, code.trim()).await?,
        (RelayWhat::Results, None) => {
            let counters: BTreeSet<Option<Uuid>> = rows.iter().map(|row| row.counter_id).collect();
            match (counters.first(), counters.len()) {
                (Some(Some(id)), 1) => copy::Departments::by_id(conn, *id).await?,
                _ => None,
            }
        }
    };
    found.filter(|to| to.id != own.id).ok_or_else(|| {
        let wrong = field("/to", "approval.field.relay_to");
        Fault::fields("approval.relay_nobody", vec![wrong])
    })
}

async fn new_list(
    app: &App,
    tx: &Tx,
    (id, body): (Uuid, &NewRelayList),
    own: &DepartmentRef,
    to: &Department,
) -> Result<relay_list::Model, Fault> {
    let (company, tracking_number) = courier(body)?.unzip();
    let office = app.office(tx.conn(), &own.code).await?;
    let office = office.unwrap_or_else(|| own.name.clone());
    let year = office_day(tx.now()).year();
    let serial = store::paper::next_serial(tx.conn(), &own.code, SERIAL, year).await?;
    Ok(relay_list::Model {
        id,
        what: body.contents.to_string(),
        number: format!("{}交〔{year}〕第{serial:04}号", office_short(&office)),
        from_id: own.id.0,
        from_office: office,
        to_id: to.id.0,
        to_office: to.name.clone(),
        cases: i32::try_from(body.cases.iter().collect::<BTreeSet<_>>().len()).unwrap_or(i32::MAX),
        state: RelayState::UnderWay.to_string(),
        company,
        tracking_number,
        sender: tx.actor().name.clone(),
        sent_at: tx.now(),
        receiver: None,
        received_at: None,
        version: 1,
    })
}

/// Who carries a list, and under which number; both are named or neither.
fn courier(body: &NewRelayList) -> Result<Option<(String, String)>, Fault> {
    let word = |entered: Option<&str>| entered.unwrap_or_default().trim().to_owned();
    let parcel = Parcel {
        company: word(body.company.as_deref()),
        tracking_number: word(body.tracking_number.as_deref()),
    };
    if parcel.company.is_empty() && parcel.tracking_number.is_empty() {
        return Ok(None);
    }
    if !parcel.is_named() {
        return Err(Error::ParcelMissing.into());
    }
    Ok(Some((parcel.company, parcel.tracking_number)))
}

/// What is handed over of a case, by name.
fn papers(
    tx: &Tx,
    what: RelayWhat,
    row: &case::Model,
    setting: &Setting,
) -> Result<Vec<String>, Fault> {
    match what {
        RelayWhat::Papers => {
            let counter = sealed::dossier(tx.sealer(), row)?.counter;
            let taken = counter.map_or_else(Vec::new, |counter| counter.papers);
            Ok(taken_on_paper(&setting.item, &taken))
        }
        RelayWhat::Results => {
            let granted = row.result.as_deref() == Some(Ruling::Granted.as_str());
            Ok(results(&setting.item, granted))
        }
    }
}

fn entry(
    tx: &Tx,
    list: &relay_list::Model,
    seq: i32,
    row: &case::Model,
    papers: &[String],
) -> Result<relay_entry::Model, Fault> {
    Ok(relay_entry::Model {
        id: tx.new_id(),
        list_id: list.id,
        seq,
        what: list.what.clone(),
        to_id: list.to_id,
        case_id: row.id,
        case_number: row.number.clone(),
        item_name: row.item_name.clone(),
        papers: serde_json::to_string(papers).map_err(Fault::internal)?,
        live: true,
        state: RelayEntryState::UnderWay.to_string(),
        place: None,
        arrived_at: None,
        left_at: None,
        reason: None,
    })
}
