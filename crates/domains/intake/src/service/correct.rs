//! Sending a correction: after a returned pre-review (`resubmitted`) or a correction notice
//! (`corrected`). Only what the notice lists may differ, and every listed part must have changed
//! or be explained.

use serde::Deserialize;
use serde_json::Value;
use tb_contract::access::ApplicationWrite;
use tb_contract::item::{ItemDocument, SituationAnswers};
use tb_forms::Env;
use tb_http::Ctx;
use tb_kernel::{ApplicationId, Fault, FieldFault};
use tb_storage::{Tracked, Tx};
use utoipa::ToSchema;

use super::commit::counting;
use super::counter::rows;
use super::edit::{document, write_form};
use super::joint;
use super::joint::correct::Sending;
use super::joint::follow::{enter, follow};
use super::judge::{over, settle};
use super::licence;
use super::signing::tell::tell_correction;
use super::submit::{HandedIn, promises, references};
use super::tell::{Payload, tell};
use super::vault::gather::gather;
use super::write::{Entry, SELF, expect_version, held, notify, record, save, touch};
use crate::app::App;
use crate::error::{Error, fault_at, field, with_fields};
use crate::model::deferral::unpromised;
use crate::model::document::missing_materials;
use crate::model::licence::Checked;
use crate::model::{Correction, Editing, State, covers};
use crate::sealed::{self, FORM};
use crate::sentence::named;
use crate::store;
use crate::store::application::Application;
use crate::store::material::Material;
use crate::view::{ApplicationView, present, view};

/// Longest remark.
const MAX_REMARK: usize = 500;

/// A correction.
#[derive(Deserialize, ToSchema)]
pub struct CorrectApplication {
    /// Version that the page has.
    pub version: i64,
    /// All answers; what was autosaved where it is missing.
    #[serde(default)]
    pub form: Option<Value>,
    /// Words to the department: why something listed stays as it is.
    #[serde(default)]
    pub remark: String,
}

/// What a correction is judged by.
#[derive(Clone, Copy)]
pub(super) struct Asked<'a> {
    /// The list.
    pub correction: &'a Correction,
    /// Materials that a signed promise takes the place of.
    pub committed: &'a [String],
    /// How the licences stand that it is handed in with.
    pub licences: &'a Checked,
}

/// A correction that may be sent.
pub(super) struct Judged {
    handed: HandedIn,
    changed: Vec<String>,
    materials: Vec<Material>,
}

/// Sends a correction.
pub(crate) async fn correct(
    app: &App,
    ctx: &Ctx<ApplicationWrite>,
    id: ApplicationId,
    body: CorrectApplication,
) -> Result<ApplicationView, Fault> {
    let remark = remark(&body)?;
    let around = app.surroundings().await?;
    let licences = licence::check(app, ctx, id, None).await?;
    let mut tx = ctx.begin().await?;
    enter(&tx, &rows(ctx), id.0).await?;
    let mut row = held(&tx, ctx, id).await?;
    let Editing::Listed(asked) = sealed::editing(tx.sealer(), &row)? else {
        let on_the_whole = row.is_answered_as_one() && row.correction_open;
        return Err(if on_the_whole {
            Error::JointCorrectWhole.into()
        } else {
            Error::NothingToCorrect.into()
        });
    };
    expect_version(&row, body.version, ctx.locale())?;
    let item = app.item_of(tx.conn(), &row).await?;
    if let Some(form) = &body.form {
        write_form(
            tx.sealer(),
            &around.env(),
            &mut row,
            &item,
            form,
            ctx.locale(),
        )?;
    }
    if row.joint_plan.is_some() {
        let sending = Sending {
            item: &item,
            asked: &asked,
            licences: &licences,
            remark: &remark,
        };
        return send_whole(app, ctx, tx, row, (&around.env(), sending)).await;
    }
    let materials = store::material::all(tx.conn(), row.id).await?;
    let committed = counting(tx.conn(), &row, &item, &materials).await?;
    let committed = committed.map(|(_, ids)| ids).unwrap_or_default();
    let asked = Asked {
        correction: &asked,
        committed: &committed,
        licences: &licences,
    };
    let judged = judge(&around.env(), ctx, &row, &item, asked, materials, &remark)?;

    let kind = if sealed::state(&row)? == State::PreReviewReturned {
        "resubmitted"
    } else {
        "corrected"
    };
    let changed = judged.changed.clone();
    let who = sealed::applicant(tx.sealer(), &row)?;
    let answers = &judged.handed.answers;
    gather(&tx, &row, &who, &item, answers, &judged.materials).await?;
    hand_in(&mut tx, &mut row, &item, kind, judged, &remark).await?;
    let now = tx.now();
    record(&tx, &mut row, Entry::own(kind, now, &remark)).await?;
    notify(&tx, &row, kind, &named(&row)).await?;
    tell_correction(&tx, &row, &item, &changed).await?;
    touch(&mut row, SELF, now);
    save(&tx, &row).await?;
    follow(app, &mut tx, &row, SELF).await?;
    tx.done("intake.application.corrected", "application", id);
    let answer = view(app, ctx, tx.conn(), &row).await?;
    tx.commit(&answer).await?;
    app.tell(row.account_id, row.id);
    Ok(answer)
}

/// Sends the correction of a whole.
async fn send_whole(
    app: &App,
    ctx: &Ctx<ApplicationWrite>,
    mut tx: Tx,
    mut row: Tracked<Application>,
    (env, sending): (&Env<'_>, Sending<'_>),
) -> Result<ApplicationView, Fault> {
    let remark = sending.remark.to_owned();
    let moved = Box::pin(joint::correct::send(
        app,
        &mut tx,
        ctx,
        (&mut row, env),
        sending,
    ))
    .await?;
    let now = tx.now();
    record(&tx, &mut row, Entry::own("corrected", now, &remark)).await?;
    notify(&tx, &row, "corrected", &named(&row)).await?;
    touch(&mut row, SELF, now);
    save(&tx, &row).await?;
    let id = ApplicationId(row.id);
    drop(row);
    Box::pin(follow(app, &mut tx, &moved, SELF)).await?;
    tx.done("intake.application.corrected", "application", id);
    let row = held(&tx, ctx, id).await?;
    let answer = view(app, ctx, tx.conn(), &row).await?;
    tx.commit(&answer).await?;
    app.tell(row.account_id, row.id);
    Ok(answer)
}

fn remark(body: &CorrectApplication) -> Result<String, Fault> {
    let remark = body.remark.trim().to_owned();
    if remark.chars().count() <= MAX_REMARK {
        return Ok(remark);
    }
    let fault = fault_at(
        "/remark".to_owned(),
        field::TOO_LONG,
        &[("max", &MAX_REMARK.to_string())],
    );
    Err(with_fields(Error::CorrectionIncomplete, vec![fault]))
}

/// Whether the correction is complete and keeps to its list.
pub(super) fn judge(
    env: &Env<'_>,
    ctx: &Ctx<ApplicationWrite>,
    row: &Application,
    item: &ItemDocument,
    asked: Asked<'_>,
    materials: Vec<Material>,
    remark: &str,
) -> Result<Judged, Fault> {
    let Asked {
        correction: asked,
        committed,
        licences,
    } = asked;
    let (sealer, form) = (ctx.store().sealer(), document(item)?);
    let answers: SituationAnswers =
        serde_json::from_str(&row.situation_answers).map_err(Fault::internal)?;
    let (old, new) = (
        sealed::form(sealer, row)?,
        sealed::working_form(sealer, row)?,
    );
    let mut faults = Vec::new();
    let judged = tb_forms::validate_correction(form, &old, &new, &asked.fields, env);
    let new = settle(judged, item, &materials, ctx.locale(), &mut faults)?;
    let mut there = present(&materials);
    // What the notice lists is wanted itself: a promise was not enough.
    there.extend(
        committed
            .iter()
            .filter(|id| !asked.materials.contains(id))
            .map(String::as_str),
    );
    faults.extend(missing_materials(item, &answers, &there));
    faults.extend(unpromised(
        item,
        &answers,
        &there,
        &promises(row, &materials)?,
    ));
    faults.extend(over(sealer, env.today, item, &answers, &materials)?);
    let editing = Editing::Listed(asked.clone());
    let given = (materials.as_slice(), &editing);
    faults.extend(licence::faults(sealer, licences, item, &answers, given)?);
    if !faults.is_empty() {
        return Err(with_fields(Error::CorrectionIncomplete, faults));
    }
    let changed = changes(&tb_forms::changed_paths(form, &old, &new), &materials);
    let left = untouched(asked, &changed);
    if !left.is_empty() && remark.is_empty() {
        return Err(with_fields(Error::CorrectionIncomplete, left));
    }
    Ok(Judged {
        handed: HandedIn { form: new, answers },
        changed,
        materials,
    })
}

/// Makes the correction what the department has, and tells it.
pub(super) async fn hand_in(
    tx: &mut Tx,
    row: &mut Application,
    item: &ItemDocument,
    kind: &str,
    judged: Judged,
    remark: &str,
) -> Result<(), Fault> {
    let Judged {
        handed,
        changed,
        materials,
    } = judged;
    row.form = tx.sealer().seal_json(FORM, row.id, &handed.form)?;
    row.form_draft = None;
    row.correction_open = false;
    row.applicant_due = None;
    let who = sealed::applicant(tx.sealer(), row)?;
    store::material::hand_in(tx.conn(), row.id).await?;
    let deferred = promises(row, &materials)?;
    let materials = references(tx.sealer(), item, &handed, &materials)?;
    let payload = Payload {
        item,
        who,
        handed,
        materials,
        deferred,
        commitment: None,
        changed,
        remark: remark.to_owned(),
        joint: None,
        counter: None,
        co_applicants: Vec::new(),
    };
    Ok(tell(
        tx,
        row,
        &format!("intake.application.{kind}"),
        payload,
    )?)
}

/// What changed since the last hand-in: paths of the form, and requirement ids of files that came
/// or went.
pub(super) fn changes(paths: &[String], materials: &[Material]) -> Vec<String> {
    let moved = materials
        .iter()
        .filter(|row| row.handed_in == row.removed)
        .map(|row| row.requirement_id.clone());
    let mut changed: Vec<String> = paths.iter().cloned().chain(moved).collect();
    changed.sort();
    changed.dedup();
    changed
}

/// Listed parts that did not change.
pub(super) fn untouched(asked: &Correction, changed: &[String]) -> Vec<FieldFault> {
    let fields = asked
        .fields
        .iter()
        .filter(|path| !changed.iter().any(|changed| covers(path, changed)));
    let materials = asked.materials.iter().filter(|id| !changed.contains(id));
    fields
        .map(|path| fault_at(format!("/form{path}"), field::CORRECTION_UNCHANGED, &[]))
        .chain(
            materials
                .map(|id| fault_at(format!("/materials/{id}"), field::CORRECTION_UNCHANGED, &[])),
        )
        .collect()
}
