//! Hearings of interested persons (row 26): days by the calendar, who presides, the record with its
//! files. The rules stand in [`crate::model::hearing`].

use chrono::NaiveDate;
use tb_calendar::{Request, Term};
use tb_contract::access::{CaseDivert, CaseRead, CaseUnmask, Permission};
use tb_http::{Ctx, FileAnswer, WordsWithFiles, keep_for_letter};
use tb_kernel::{CaseId, Fault};

use super::divert::divert;
use super::file::{Leaving, open};
use super::note::may;
use super::setting::calendar;
use super::supervise::words;
use crate::api::hearing::{AskHearing, CallHearing, TellHearingRight, WaiveHearing};
use crate::api::view::CaseView;
use crate::app::App;
use crate::entity::case;
use crate::error::Error;
use crate::model::diversion::Way;
use crate::model::event::{EventKind, StaffRef, office_day};
use crate::model::hearing::{
    ASK_DAYS, HOLD_DAYS, Hearing, HearingStep, LATE_DAYS, NOTICE_DAYS, Retreat, Session, check_day,
    fold, told_anew,
};
use crate::store;
use crate::store::event::CaseEvent;

/// The last hearing in a history.
pub(crate) fn hearing_of(history: &[CaseEvent]) -> Option<Hearing<'_>> {
    let events = history
        .iter()
        .map(|event| (event.kind, event.effective_at, &event.detail));
    fold(events)
}

/// Tells applicant and interested persons that they may ask for a hearing; anew, where the notice reached
/// somebody later or somebody was forgotten.
pub(crate) async fn tell(
    app: &App,
    ctx: &Ctx<CaseDivert>,
    id: CaseId,
    body: TellHearingRight,
) -> Result<CaseView, Fault> {
    let row = case_of(ctx, id).await?;
    let accepted_on = office_day(row.accepted_at.unwrap_or(ctx.now()));
    let on = entered(ctx, body.told_on, accepted_on)?;
    let ask_by = day_after(app, ctx, &row, (on, ASK_DAYS)).await?;
    let history = store::event::of_case(&ctx.read(), app.store().sealer(), id.0).await?;
    let before = hearing_of(&history);
    let (persons, ask_by) = told_anew(before.as_ref(), body.persons, ask_by, ctx.now());
    let step = HearingStep::Tell {
        persons,
        on,
        ask_by,
        accepted_on,
    };
    divert(app, ctx, id, body.version, Way::Hearing(step), body.reason).await
}

/// Somebody who was told asks for it, in writing.
pub(crate) async fn ask(
    app: &App,
    ctx: &Ctx<CaseDivert>,
    id: CaseId,
    body: AskHearing,
) -> Result<CaseView, Fault> {
    let row = case_of(ctx, id).await?;
    let accepted_on = office_day(row.accepted_at.unwrap_or(ctx.now()));
    let on = entered(ctx, body.asked_on, accepted_on)?;
    let step = HearingStep::Ask {
        person: body.person.map(|place| place as usize),
        on,
        hold_by: day_after(app, ctx, &row, (on, HOLD_DAYS)).await?,
        accepted_on,
    };
    divert(app, ctx, id, body.version, Way::Hearing(step), body.reason).await
}

/// All give it up, or one who asked takes it back.
pub(crate) async fn waive(
    app: &App,
    ctx: &Ctx<CaseDivert>,
    id: CaseId,
    body: WaiveHearing,
) -> Result<CaseView, Fault> {
    case_of(ctx, id).await?;
    let step = match body.retreat {
        Retreat::All => HearingStep::Waive,
        Retreat::Asker => {
            let person = body.person.map(|place| place as usize);
            let history = store::event::of_case(&ctx.read(), app.store().sealer(), id.0).await?;
            let hearing = hearing_of(&history);
            HearingStep::TakeBack {
                person,
                hold_by: hearing.and_then(|one| one.hold_by_without(person)),
            }
        }
    };
    divert(app, ctx, id, body.version, Way::Hearing(step), body.reason).await
}

/// Day, place and who presides.
pub(crate) async fn call(
    app: &App,
    ctx: &Ctx<CaseDivert>,
    id: CaseId,
    body: CallHearing,
) -> Result<CaseView, Fault> {
    let row = case_of(ctx, id).await?;
    let session = Session {
        at: body.held_at,
        place: body.place.trim().to_owned(),
        presider: presider(app, ctx, body.presider_id).await?,
    };
    let today = office_day(ctx.now());
    let step = HearingStep::Call {
        session,
        earliest: day_after(app, ctx, &row, (today, NOTICE_DAYS)).await?,
        last: day_after(app, ctx, &row, (today, NOTICE_DAYS + LATE_DAYS)).await?,
    };
    divert(app, ctx, id, body.version, Way::Hearing(step), body.remark).await
}

/// Lets a record in before a byte of it is read.
pub(crate) async fn admit(ctx: &Ctx<CaseDivert>, id: CaseId) -> Result<(), Fault> {
    case_of(ctx, id).await.map(drop)
}

/// It was held: what the record says, and the record as it was signed.
pub(crate) async fn hold(
    app: &App,
    ctx: &Ctx<CaseDivert>,
    id: CaseId,
    version: Option<i64>,
    brought: WordsWithFiles,
) -> Result<CaseView, Fault> {
    let version = version.ok_or(Error::VersionMissing)?;
    let record = words(&brought.words)?;
    if brought.files.is_empty() {
        return Err(Error::HearingRecordMissing.into());
    }
    keep_for_letter(app.store(), &brought.files, async |files| {
        let step = HearingStep::Hold { files };
        divert(app, ctx, id, version, Way::Hearing(step), record).await
    })
    .await
}

/// A file of the record; that it was read is recorded first.
pub(crate) async fn file(
    app: &App,
    ctx: &Ctx<CaseUnmask>,
    id: CaseId,
    file_id: uuid::Uuid,
) -> Result<FileAnswer, Fault> {
    let conn = ctx.read();
    store::case::find(&conn, ctx.scope(), id.0)
        .await?
        .ok_or(Error::CaseNotFound)?;
    let history = store::event::of_case(&conn, app.store().sealer(), id.0).await?;
    let file = history
        .iter()
        .filter(|event| event.kind == EventKind::HearingHeld)
        .flat_map(|event| &event.detail.proof)
        .find(|file| file.id == file_id)
        .ok_or(Error::MaterialNotFound)?;
    let leaving = Leaving {
        what: ("hearing_file", file_id),
        blob: file.blob(),
        name: file.file_name.clone(),
        media_type: file.media_type.clone(),
    };
    open(app, ctx, leaving).await
}

async fn case_of(ctx: &Ctx<CaseDivert>, id: CaseId) -> Result<case::Model, Fault> {
    let row = store::case::find(&ctx.read(), ctx.scope(), id.0).await?;
    Ok(row.ok_or(Error::CaseNotFound)?)
}

/// The day that a clerk has entered, today where he has entered none. Judged before the calendar is asked,
/// which knows some years only.
fn entered(
    ctx: &Ctx<CaseDivert>,
    day: Option<NaiveDate>,
    accepted_on: NaiveDate,
) -> Result<NaiveDate, Error> {
    let today = office_day(ctx.now());
    let day = day.unwrap_or(today);
    check_day(day, (accepted_on, today))?;
    Ok(day)
}

/// The last of so many working days from the morrow of a day on.
async fn day_after(
    app: &App,
    ctx: &Ctx<CaseDivert>,
    row: &case::Model,
    (day, days): (NaiveDate, u32),
) -> Result<NaiveDate, Fault> {
    let due = Request::new(day, Term::working_days(days)).in_region(&row.region);
    let calendar = calendar(app, &ctx.read(), &row.calendar_version).await?;
    Ok(calendar.due(&due).map_err(Fault::internal)?.date)
}

/// Who presides: somebody of the department.
async fn presider(
    app: &App,
    ctx: &Ctx<CaseDivert>,
    id: tb_kernel::AccountId,
) -> Result<StaffRef, Fault> {
    let department = ctx.actor().department.as_ref().ok_or(Error::NotYours)?;
    let people = app.colleagues().of_department(department.id).await?;
    let found = people
        .into_iter()
        .find(|one| one.id == id && may(one, CaseRead::KEY));
    let colleague = found.ok_or(Error::NotAColleague)?;
    Ok(StaffRef {
        id: colleague.id.0,
        name: colleague.name,
    })
}
