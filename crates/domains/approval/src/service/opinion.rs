//! Opinions of other departments (征求意见): the department that handles a case asks, and reads what
//! came back. Each step is an event of the case, which moves neither state nor clocks.

pub(crate) mod asked;

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use tb_calendar::{Request, Term};
use tb_contract::access::{CaseRead, CaseUnmask, OpinionAsk, Permission};
use tb_contract::events::Letter;
use tb_http::{Ctx, FileAnswer};
use tb_kernel::{DepartmentId, Fault};
use tb_storage::{Department, Sealer, Tx};
use uuid::Uuid;

use super::file::{Leaving, open};
use super::letter::file_view;
use super::read::may;
use super::record::Open;
use super::setting::calendar;
use super::supervise::{Watched, words};
use crate::api::opinion::{AskOpinion, OpinionView};
use crate::app::App;
use crate::entity::{case, opinion};
use crate::error::{Error, field};
use crate::model::event::{EventDetail, EventKind};
use crate::model::opinion::{Consulted, MOST_DAYS, MOST_DEPARTMENTS, OpinionState, Stance};
use crate::model::words::Word;
use crate::sealed::{self, OPINION_ANSWER, OPINION_QUESTION};
use crate::store;
use crate::store::copy;

/// Asks departments, each by a request of its own.
pub(crate) async fn ask(
    app: &App,
    ctx: &Ctx<OpinionAsk>,
    id: Uuid,
    body: AskOpinion,
) -> Result<Vec<OpinionView>, Fault> {
    let question = words(&body.words)?;
    if !(1..=MOST_DAYS).contains(&body.days) {
        return Err(Error::OpinionTermWrong { most: MOST_DAYS }.into());
    }
    let codes: BTreeSet<&str> = body.departments.iter().map(|code| code.trim()).collect();
    if codes.is_empty() || codes.len() > MOST_DEPARTMENTS {
        return Err(Error::DepartmentsWrong {
            most: MOST_DEPARTMENTS,
        }
        .into());
    }
    let mut tx = ctx.begin().await?;
    let watched = Watched::take(app, &tx, ctx.scope(), id).await?;
    expect_running(&watched.row)?;
    expect_given(tx.sealer(), &watched.row, &body.materials)?;
    let departments = to_ask(&tx, &watched.row, &codes).await?;
    let due = Request::new(tx.now(), Term::working_days(body.days)).in_region(&watched.row.region);
    let answer_by = calendar(app, tx.conn(), &watched.row.calendar_version)
        .await?
        .due(&due)
        .map_err(Fault::internal)?
        .date;
    let mut asked = Vec::new();
    for department in &departments {
        let request = tx.new_id();
        asked.push(opinion::Model {
            id: request,
            case_id: id,
            case_number: watched.row.number.clone(),
            item_name: watched.row.item_name.clone(),
            office: watched.setting.office.clone(),
            asked_id: department.id.0,
            asked_region: department.region.clone(),
            asked_office: department.name.clone(),
            question: tx
                .sealer()
                .seal_text(OPINION_QUESTION, request, &question)?,
            shows_form: body.with_form,
            shows_materials: serde_json::to_string(&body.materials).map_err(Fault::internal)?,
            asker: tx.actor().name.clone(),
            asked_at: tx.now(),
            answer_by,
            answer_until: tb_kernel::office_time::start_of_day(answer_by + chrono::Days::new(1)),
            state: OpinionState::Open.to_string(),
            stance: None,
            answer: None,
            answerer: None,
            settled_at: None,
        });
    }
    store::opinion::insert(tx.conn(), asked.clone()).await?;
    drop(watched);
    for one in &asked {
        let mut detail = about(one);
        if let Some(consulted) = detail.consulted.as_deref_mut() {
            consulted.question = Some(question.clone());
        }
        let watched = Watched::take(app, &tx, ctx.scope(), id).await?;
        let what = (EventKind::OpinionAsked, "approval.case.opinion_asked");
        watched.note(app, &mut tx, what, detail).await?;
        tell(app, &mut tx, one);
    }
    let views: Result<Vec<OpinionView>, Fault> = asked
        .iter()
        .map(|one| view(tx.sealer(), one, ctx.now(), true))
        .collect();
    let views = views?;
    tx.commit(&views).await?;
    Ok(views)
}

/// The departments by their codes: each another one than that of the case, and not asked already.
async fn to_ask(
    tx: &Tx,
    row: &case::Model,
    codes: &BTreeSet<&str>,
) -> Result<Vec<Department>, Fault> {
    let open: Vec<Uuid> = store::opinion::of_case(tx.conn(), row.id)
        .await?
        .into_iter()
        .filter(|one| one.state == OpinionState::Open.as_str())
        .map(|one| one.asked_id)
        .collect();
    let mut departments = Vec::new();
    let mut faults = Vec::new();
    for (place, code) in codes.iter().enumerate() {
        let found = copy::Departments::by_code(tx.conn(), code).await?;
        match found.filter(|one| one.id.0 != row.department_id) {
            Some(one) if open.contains(&one.id.0) => {
                return Err(Error::OpinionAsked { office: one.name }.into());
            }
            Some(one) => departments.push(one),
            None => {
                let path = format!("/departments/{place}");
                let mut unknown = field(path, "approval.field.department");
                unknown.args.insert("code".to_owned(), (*code).to_owned());
                faults.push(unknown);
            }
        }
    }
    if faults.is_empty() {
        Ok(departments)
    } else {
        let wrong = Fault::from(Error::DepartmentsWrong {
            most: MOST_DEPARTMENTS,
        });
        Err(Fault::fields(wrong.code, faults))
    }
}

/// Files can be shown only where there are any.
fn expect_given(sealer: &Sealer, row: &case::Model, shown: &[String]) -> Result<(), Fault> {
    let given = sealed::materials(sealer, row)?;
    let is_given = |id: &String| given.iter().any(|file| file.requirement_id == *id);
    if shown.iter().all(is_given) {
        Ok(())
    } else {
        Err(Error::MaterialNotFound.into())
    }
}

fn expect_running(row: &case::Model) -> Result<(), Fault> {
    if row.current_state()?.is_running() {
        Ok(())
    } else {
        Err(Error::NothingToAsk.into())
    }
}

/// Takes a request back that nobody has answered.
pub(crate) async fn withdraw(
    app: &App,
    ctx: &Ctx<OpinionAsk>,
    id: Uuid,
    request: Uuid,
) -> Result<OpinionView, Fault> {
    let mut tx = ctx.begin().await?;
    let watched = Watched::take(app, &tx, ctx.scope(), id).await?;
    let mut one = store::opinion::about(tx.conn(), id, request)
        .await?
        .ok_or(Error::OpinionNotFound)?;
    settle(&mut one, OpinionState::Withdrawn, tx.now())?;
    store::opinion::update(tx.conn(), one.clone()).await?;
    let what = (
        EventKind::OpinionWithdrawn,
        "approval.case.opinion_withdrawn",
    );
    watched.note(app, &mut tx, what, about(&one)).await?;
    tell(app, &mut tx, &one);
    let answer = view(tx.sealer(), &one, ctx.now(), true)?;
    tx.commit(&answer).await?;
    Ok(answer)
}

/// The opinions about a case within reach; that they were read is recorded first, since they may name
/// people.
pub(crate) async fn of_case(
    app: &App,
    ctx: &Ctx<CaseRead>,
    id: Uuid,
) -> Result<Vec<OpinionView>, Fault> {
    let conn = ctx.read();
    let row = store::case::find(&conn, ctx.scope(), id)
        .await?
        .ok_or(Error::CaseNotFound)?;
    let may_ask = may(ctx.actor(), OpinionAsk::KEY, OpinionAsk::DOOR, &row)?;
    let rows = store::opinion::of_case(&conn, id).await?;
    if !rows.is_empty() {
        ctx.record_read("case", id).await?;
    }
    let sealer = app.store().sealer();
    rows.iter()
        .map(|one| view(sealer, one, ctx.now(), may_ask))
        .collect()
}

/// A file that came with an answer; that it was read is recorded first.
pub(crate) async fn file(
    app: &App,
    ctx: &Ctx<CaseUnmask>,
    id: Uuid,
    file_id: Uuid,
) -> Result<FileAnswer, Fault> {
    let conn = ctx.read();
    store::case::find(&conn, ctx.scope(), id)
        .await?
        .ok_or(Error::CaseNotFound)?;
    let rows = store::opinion::of_case(&conn, id).await?;
    let sealer = app.store().sealer();
    for one in &rows {
        let files = answer(sealer, one)?.map_or_else(Vec::new, |letter| letter.files);
        if let Some(file) = files.into_iter().find(|file| file.id == file_id) {
            let leaving = Leaving {
                what: ("opinion_file", file_id),
                blob: file.blob(),
                name: file.file_name,
                media_type: file.media_type,
            };
            return open(app, ctx, leaving).await;
        }
    }
    Err(Error::MaterialNotFound.into())
}

/// Ends a request that waits; nothing ends one twice.
pub(super) fn settle(
    one: &mut opinion::Model,
    state: OpinionState,
    now: DateTime<Utc>,
) -> Result<(), Error> {
    if one.state != OpinionState::Open.as_str() {
        return Err(Error::OpinionSettled);
    }
    one.state = state.to_string();
    one.settled_at = Some(now);
    Ok(())
}

/// A case has come to its decision or its end: nobody need answer any more.
pub(super) async fn lapse(tx: &mut Tx, open: &Open<'_>) -> Result<(), Fault> {
    let (case, now) = (open.row.id, tx.now());
    for asked in store::opinion::lapse(tx.conn(), case, now).await? {
        let app = open.app.clone();
        tx.after_commit(move || app.tell(case, DepartmentId(asked)));
    }
    Ok(())
}

/// What every event about a request says.
pub(super) fn about(one: &opinion::Model) -> EventDetail {
    EventDetail {
        consulted: Some(Box::new(Consulted {
            request: one.id,
            office: one.asked_office.clone(),
            by: Some(one.answer_by),
            question: None,
            stance: None,
            answer: None,
        })),
        ..EventDetail::default()
    }
}

/// Tells the desks of the department that is asked; those of the case hear of the event.
pub(super) fn tell(app: &App, tx: &mut Tx, one: &opinion::Model) {
    let (app, case, asked) = (app.clone(), one.case_id, DepartmentId(one.asked_id));
    tx.after_commit(move || app.tell(case, asked));
}

/// The answer of a department.
pub(super) fn answer(sealer: &Sealer, one: &opinion::Model) -> Result<Option<Letter>, Fault> {
    let opened = one
        .answer
        .as_ref()
        .map(|answer| sealer.open_json(OPINION_ANSWER, one.id, answer));
    Ok(opened.transpose()?)
}

/// A request with its answer; `may_ask` where the caller could take it back.
pub(super) fn view(
    sealer: &Sealer,
    one: &opinion::Model,
    now: DateTime<Utc>,
    may_ask: bool,
) -> Result<OpinionView, Fault> {
    let is_open = one.state == OpinionState::Open.as_str();
    let answer = answer(sealer, one)?;
    Ok(OpinionView {
        id: one.id,
        case_number: one.case_number.clone(),
        item_name: one.item_name.clone(),
        office: one.office.clone(),
        asked_office: one.asked_office.clone(),
        words: sealer.open_text(OPINION_QUESTION, one.id, &one.question)?,
        asker: one.asker.clone(),
        asked_at: one.asked_at,
        answer_by: one.answer_by,
        state: OpinionState::parse(&one.state).unwrap_or(OpinionState::Open),
        late: is_open && one.answer_until <= now,
        stance: one.stance.as_deref().and_then(Stance::parse),
        files: answer
            .iter()
            .flat_map(|letter| letter.files.iter().map(file_view))
            .collect(),
        answer: answer.map(|letter| letter.words),
        answerer: one.answerer.clone(),
        settled_at: one.settled_at,
        may_withdraw: is_open && may_ask,
    })
}
