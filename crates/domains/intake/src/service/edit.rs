//! Autosave of the form and new answers of the situation guide.

use serde::Deserialize;
use serde_json::Value;
use tb_contract::item::{ItemDocument, SituationAnswers};
use tb_forms::{Env, FieldProblem, FormDocument};
use tb_http::Ctx;
use tb_kernel::{ApplicationId, Fault, FieldFault, Locale};
use tb_storage::Sealer;
use utoipa::ToSchema;

use super::assist::trace::{form_before, form_filled, situation_filled};
use super::counter::hand;
use super::create::situation;
use super::joint;
use super::licence;
use super::vault::attach::fill_in;
use super::vault::{applicant_for, vault_for};
use super::write::{expect_thawed, expect_version, held, save, touch};
use crate::app::App;
use crate::error::{Error, with_fields};
use crate::model::Editing;
use crate::sealed::{self, FORM, FORM_DRAFT};
use crate::store;
use crate::store::application::Application;
use crate::view::{ApplicationView, view};

/// Answers of the form, as far as they go.
#[derive(Deserialize, ToSchema)]
pub struct SaveForm {
    /// Version that the page has.
    pub version: i64,
    /// All answers.
    pub form: Value,
}

/// Answers of the situation guide.
#[derive(Debug, Deserialize, ToSchema)]
pub struct AnswerSituation {
    /// Version that the page has.
    pub version: i64,
    /// All answers.
    pub situation_answers: SituationAnswers,
}

/// Saves the form: of a draft everything, of a correction what it lists.
pub(crate) async fn save_form<P>(
    app: &App,
    ctx: &Ctx<P>,
    id: ApplicationId,
    body: SaveForm,
) -> Result<ApplicationView, Fault> {
    let around = app.surroundings().await?;
    let mut tx = ctx.begin().await?;
    let mut row = held(&tx, ctx, id).await?;
    expect_version(&row, body.version, ctx.locale())?;
    let item = app.item_of(tx.conn(), &row).await?;
    let before = form_before(ctx, tx.sealer(), &row)?;
    write_form(
        tx.sealer(),
        &around.env(),
        &mut row,
        &item,
        &body.form,
        ctx.locale(),
    )?;
    form_filled(&tx, &mut row, &item, before).await?;
    touch(&mut row, hand(ctx), tx.now());
    save(&tx, &row).await?;
    tx.done("intake.application.form_saved", "application", id);
    let answer = view(app, ctx, tx.conn(), &row).await?;
    tx.commit(&answer).await?;
    Ok(answer)
}

/// Judges answers as a draft and puts them into the row.
pub(crate) fn write_form(
    sealer: &Sealer,
    env: &Env<'_>,
    row: &mut Application,
    item: &ItemDocument,
    form: &Value,
    locale: Locale,
) -> Result<(), Fault> {
    expect_thawed(row)?;
    let editing = sealed::editing(sealer, row)?;
    if matches!(editing, Editing::Owed(_) | Editing::Nothing) {
        return Err(Error::NotEditable.into());
    }
    let document = document(item)?;
    let normal = tb_forms::validate_draft(document, form, env)
        .map_err(|problems| refused(problems, locale))?;
    match editing {
        Editing::All if row.joint_plan.is_some() => {
            let all = joint::with_unasked(item, sealed::form(sealer, row)?, normal.as_value());
            row.form = sealer.seal_json(FORM, row.id, &all)?;
        }
        Editing::All => row.form = sealer.seal_json(FORM, row.id, normal.as_value())?,
        Editing::Listed(correction) => {
            let old = sealed::form(sealer, row)?;
            tb_forms::restrict(document, &old, normal.as_value(), &correction.fields)
                .map_err(|problems| refused(problems, locale))?;
            row.form_draft = Some(sealer.seal_json(FORM_DRAFT, row.id, normal.as_value())?);
        }
        Editing::Owed(_) | Editing::Nothing => {}
    }
    Ok(())
}

/// The form of an item that can be applied for.
pub(crate) fn document(item: &ItemDocument) -> Result<&FormDocument, Error> {
    item.form.as_ref().ok_or(Error::ItemNotOnline)
}

fn refused(problems: Vec<FieldProblem>, locale: Locale) -> Fault {
    with_fields(Error::FormInvalid, form_faults(problems, locale))
}

/// Problems of the form as faults under `/form`, with their sentences.
pub(crate) fn form_faults(problems: Vec<FieldProblem>, locale: Locale) -> Vec<FieldFault> {
    let fault = |problem: FieldProblem| FieldFault {
        message: problem.text(locale),
        path: format!("/form{}", problem.path),
        ..problem.into()
    };
    problems.into_iter().map(fault).collect()
}

/// Answers the situation guide anew. Files that are no longer asked for stay with the draft, and
/// come back into sight with the answer that asks for them; they are not handed in. What is asked
/// for anew is filled in from the register of licences and from the vault.
pub(crate) async fn answer_situation<P>(
    app: &App,
    ctx: &Ctx<P>,
    id: ApplicationId,
    body: AnswerSituation,
) -> Result<ApplicationView, Fault> {
    let row = super::read::own(&ctx.read(), ctx, id).await?;
    let owner = vault_for(app, ctx, &row).await?;
    let licences = licences(app, ctx, &row, &body.situation_answers).await?;
    let mut tx = ctx.begin().await?;
    let mut row = held(&tx, ctx, id).await?;
    expect_version(&row, body.version, ctx.locale())?;
    expect_thawed(&row)?;
    if sealed::editing(tx.sealer(), &row)? != Editing::All {
        return Err(Error::NotDraft.into());
    }
    let item = app.item_of(tx.conn(), &row).await?;
    situation(&item, &body.situation_answers, false)?;
    let before: SituationAnswers =
        serde_json::from_str(&row.situation_answers).map_err(Fault::internal)?;
    row.situation_answers =
        serde_json::to_string(&body.situation_answers).map_err(Fault::internal)?;
    licence::fill_in(&mut tx, &row, &licences).await?;
    match owner {
        Some(owner) if row.joint_plan.is_some() => {
            // Other items belong to the matter now, and ask for other materials.
            let item = app.item_of(tx.conn(), &row).await?;
            fill_in(&tx, &row, &owner, &item, None).await?;
        }
        Some(owner) => fill_in(&tx, &row, &owner, &item, Some(&before)).await?,
        None => {}
    }
    situation_filled(&tx, ctx, &mut row, &before).await?;
    touch(&mut row, hand(ctx), tx.now());
    store::application::save(tx.conn(), &row).await?;
    tx.done("intake.application.situation_answered", "application", id);
    let answer = view(app, ctx, tx.conn(), &row).await?;
    tx.commit(&answer).await?;
    Ok(answer)
}

/// The licences for what new answers ask for anew; in a joint matter other items may belong to it then.
async fn licences<P>(
    app: &App,
    ctx: &Ctx<P>,
    row: &Application,
    new: &SituationAnswers,
) -> Result<Vec<licence::Ready>, Fault> {
    let (conn, old) = (ctx.read(), joint::answers(row)?);
    let mut answered = row.clone();
    answered.situation_answers = serde_json::to_string(new).map_err(Fault::internal)?;
    let before = app.item_of(&conn, row).await?;
    let after = app.item_of(&conn, &answered).await?;
    let asked = licence::added(&after, new, (&before, &old));
    if asked.is_empty() {
        return Ok(Vec::new());
    }
    let who = applicant_for(app, ctx, row).await?;
    Ok(licence::ready(app, who.as_ref(), &asked).await)
}
