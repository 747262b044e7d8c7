//! Results that are no licence of the register (办结上传结果): attached before the case is closed, each as an event of
//! the case, so that one that was replaced stays in its history.

use chrono::NaiveDate;
use serde::Deserialize;
use tb_contract::access::{CaseClose, CaseUnmask};
use tb_contract::events::{CaseResult, LetterFile};
use tb_http::{Ctx, Enclosed, FileAnswer, keep_for_letter};
use tb_kernel::Fault;
use utoipa::ToSchema;
use uuid::Uuid;

use super::delivery::delivery_of;
use super::file::{Leaving, open};
use super::letter::file_view;
use super::relay::result_at;
use super::setting::Setting;
use super::supervise::Watched;
use crate::api::letter::LetterWritten;
use crate::api::view::{AttachedView, ResultView};
use crate::app::App;
use crate::entity::case;
use crate::error::Error;
use crate::model::event::{EventDetail, EventKind};
use crate::model::relay::ResultAt;
use crate::model::result::{self, Standing, in_force, owed, papers};
use crate::model::state::Ruling;
use crate::model::words::Word;
use crate::store;
use crate::store::event::CaseEvent;

/// Longest reason, in characters.
const MOST_REASON: usize = 500;

/// A result as it is attached.
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct AttachResult {
    /// Version of the case that was read.
    pub version: i64,
    /// Which result of the item, by its name there.
    pub of: String,
    /// What stands on it as its name.
    pub name: String,
    /// Its number.
    pub number: String,
    /// Last day of its validity; none: without an end.
    #[serde(default)]
    pub valid_until: Option<NaiveDate>,
    /// Copies that are handed over on paper, where there is no file.
    #[serde(default)]
    pub copies: u32,
    /// Why it takes the place of one that is there.
    #[serde(default)]
    pub reason: String,
}

/// Lets a result in before a byte of it is read.
pub(crate) async fn admit(ctx: &Ctx<CaseClose>, id: Uuid) -> Result<(), Fault> {
    store::case::find(&ctx.read(), ctx.scope(), id)
        .await?
        .ok_or(Error::CaseNotFound)?;
    Ok(())
}

/// Attaches a result, or puts it in the place of a wrong one.
pub(crate) async fn attach(
    app: &App,
    ctx: &Ctx<CaseClose>,
    id: Uuid,
    body: AttachResult,
    files: Vec<Enclosed>,
) -> Result<LetterWritten, Fault> {
    if files.len() > 1 {
        return Err(Error::ResultOneFile.into());
    }
    keep_for_letter(app.store(), &files, async |kept| {
        write(app, ctx, id, body, kept.into_iter().next()).await
    })
    .await
}

async fn write(
    app: &App,
    ctx: &Ctx<CaseClose>,
    id: Uuid,
    body: AttachResult,
    file: Option<LetterFile>,
) -> Result<LetterWritten, Fault> {
    let mut tx = ctx.begin().await?;
    let watched = Watched::take(app, &tx, ctx.scope(), id).await?;
    let row = &watched.row;
    if row.version != body.version {
        return Err(Error::StaleVersion {
            by: row.changed_by.clone(),
            at: row
                .changed_at
                .to_rfc3339_opts(chrono::SecondsFormat::Secs, true),
        }
        .into());
    }
    let reason = body.reason.trim().to_owned();
    if reason.chars().count() > MOST_REASON {
        return Err(Error::TextTooLong { max: MOST_REASON }.into());
    }
    let new = CaseResult {
        of: body.of,
        name: body.name.trim().to_owned(),
        number: body.number.trim().to_owned(),
        valid_until: body.valid_until,
        copies: if file.is_some() { 0 } else { body.copies },
        file,
    };
    let attached = in_force(attached(&watched.history));
    let standing = standing(row, &watched.history)?;
    result::check(&watched.setting.item, standing, &attached, &new, &reason)?;
    let detail = EventDetail {
        reason,
        result: Some(Box::new(new)),
        ..EventDetail::default()
    };
    let what = (EventKind::ResultAttached, "approval.case.result_attached");
    let version = watched.note(app, &mut tx, what, detail).await?;
    let answer = LetterWritten { version };
    tx.commit(&answer).await?;
    Ok(answer)
}

fn standing(row: &case::Model, history: &[CaseEvent]) -> Result<Standing, Fault> {
    let is_sent = delivery_of(history).parcel.is_some();
    Ok(Standing {
        state: row.current_state()?,
        ruling: ruling(row),
        revoked: row.revoked_at.is_some(),
        away: is_sent || result_at(row).is_some_and(ResultAt::is_away),
    })
}

fn ruling(row: &case::Model) -> Option<Ruling> {
    row.result.as_deref().and_then(Ruling::parse)
}

/// A file of a result, also of one that was replaced; that it was read is recorded first.
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
    let history = store::event::of_case(&conn, app.store().sealer(), id).await?;
    let file = attached(&history)
        .filter_map(|one| one.file.as_ref())
        .find(|file| file.id == file_id)
        .ok_or(Error::MaterialNotFound)?;
    let leaving = Leaving {
        what: ("result_file", file_id),
        blob: file.blob(),
        name: file.file_name.clone(),
        media_type: file.media_type.clone(),
    };
    open(app, ctx, leaving).await
}

/// Everything that was attached, oldest first.
pub(crate) fn attached(history: &[CaseEvent]) -> impl Iterator<Item = &CaseResult> {
    history
        .iter()
        .filter_map(|event| event.detail.result.as_deref())
}

/// Names of the results that a case still owes.
pub(crate) fn owed_results(
    row: &case::Model,
    setting: &Setting,
    history: &[CaseEvent],
) -> Vec<String> {
    owed(&setting.item, ruling(row), &in_force(attached(history)))
}

/// The results of a case that are papers of the office's own, each with what was attached, the newest first.
pub(crate) fn views(
    row: &case::Model,
    setting: &Setting,
    history: &[CaseEvent],
) -> Vec<ResultView> {
    if ruling(row) != Some(Ruling::Granted) {
        return Vec::new();
    }
    let of = |name: &str| {
        let events = history.iter().rev();
        events
            .filter_map(|event| Some((event, event.detail.result.as_deref()?)))
            .filter(|(_, result)| result.of == name)
            .map(|(event, result)| AttachedView {
                name: result.name.clone(),
                number: result.number.clone(),
                valid_until: result.valid_until,
                file: result.file.as_ref().map(file_view),
                copies: result.copies,
                by: event.actor_name.clone(),
                at: event.at,
                reason: event.detail.reason.clone(),
            })
            .collect()
    };
    papers(&setting.item)
        .map(|result| ResultView {
            name: result.name.clone(),
            kind: result.kind.clone(),
            validity: result.validity.clone(),
            attached: of(&result.name),
        })
        .collect()
}
