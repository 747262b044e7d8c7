//! What applicants see of their own applications; their own data is shown as it is.

mod assist;
pub(crate) mod batch;
mod commitment;
mod counter;
mod delivery;
mod fee;
pub(crate) mod help;
pub(crate) mod joint;
mod letter;
mod material;
mod proxy;
mod result;
pub(crate) mod signature;
mod signing;
mod timeline;

use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;
use tb_contract::events::{Applicant, PaperRef};
use tb_contract::item::{ItemDocument, SituationAnswers, SituationQuestion};
use tb_http::Ctx;
use tb_kernel::{ApplicationId, Fault, office_time};
use tb_storage::{Conn, Sealer, StorageError};
use utoipa::ToSchema;

use crate::app::App;
use crate::entity::rating;
use crate::model::{Correction, Editing, State};
use crate::sealed;
use crate::sentence::{Sentence, Speaker, needs_action, next_action, standing};
use crate::service::counter::{entry_of, papers_of};
use crate::service::joint::known;
use crate::service::letter::has_office;
use crate::store;
use crate::store::application::Application;
pub use joint::{JointHome, JointPartView};
pub(crate) use timeline::entry_text;
use timeline::timeline;

pub(crate) use assist::ApplicationAssist;
pub(crate) use batch::ApplicationBatch;
pub(crate) use commitment::{CommitmentOffer, RevocationView};
pub(crate) use counter::ApplicationCounter;
pub(crate) use delivery::ApplicationDelivery;
pub(crate) use fee::ApplicationFee;
pub(crate) use letter::ApplicationLetter;
pub(crate) use material::{ApplicationFile, RequirementView, file, present};
use material::{Asked, materials};
pub(crate) use proxy::{ApplicationProxy, RowProxy};
pub(crate) use result::ApplicationResult;
pub(crate) use signing::ApplicationSigning;

/// One application, in full.
#[expect(
    clippy::struct_excessive_bools,
    reason = "each says something of its own"
)]
#[derive(Debug, Serialize, ToSchema)]
pub struct ApplicationView {
    /// Id.
    pub id: ApplicationId,
    /// Case number; none before submission.
    pub case_number: Option<String>,
    /// Item and the versions it is pinned to.
    pub item_code: String,
    /// Version of the item.
    pub item_version: i64,
    /// Version of the form.
    pub form_version: i64,
    /// Version of the calendar.
    pub calendar_version: String,
    /// Name of the item.
    pub item_name: String,
    /// Credit code of the handling department.
    pub department_code: String,
    /// Its name.
    pub department_name: String,
    /// Region.
    pub region: String,
    /// Where it was made: `pc`, `mobile`, `kiosk`, `counter`.
    pub channel: String,
    /// State.
    pub state: State,
    /// Version to send back with a change.
    pub version: i64,
    /// Where it stands.
    pub standing: Sentence,
    /// What to do next.
    pub next_action: Sentence,
    /// What may be edited: `all`, `listed` (see `correction`), `owed` (files of promised materials) or
    /// `nothing`.
    pub editable: &'static str,
    /// Who applies.
    pub applicant: ApplicationOwner,
    /// The counter that took it in, where one did.
    pub counter: Option<ApplicationCounter>,
    /// The batch that it was handed in with, where it was.
    pub batch: Option<ApplicationBatch>,
    /// Who acts for the applicant, where somebody does.
    pub proxy: Option<ApplicationProxy>,
    /// Help with a draft, where he asked for any.
    pub assist: Option<ApplicationAssist>,
    /// Questions of the situation guide.
    pub situations: Vec<SituationQuestion>,
    /// Their answers.
    pub situation_answers: SituationAnswers,
    /// The form document of the pinned version.
    pub form_document: serde_json::Value,
    /// Answers, with corrections under way.
    pub form: serde_json::Value,
    /// What has to be handed in, with what is there.
    pub materials: Vec<RequirementView>,
    /// Files of the form's own attachment fields.
    pub attachments: Vec<ApplicationFile>,
    /// What is to be mended, while it is.
    pub correction: Option<ApplicationCorrection>,
    /// What happened.
    pub timeline: Vec<ApplicationEntry>,
    /// Papers; each opens at `papers/{id}`.
    pub papers: Vec<PaperRef>,
    /// Withdrawal asked for and not answered.
    pub withdrawal_pending: bool,
    /// `granted` or `denied`.
    pub result: Option<String>,
    /// What may be promised in the place of materials or of the examination, and what was.
    pub commitment: Option<CommitmentOffer>,
    /// Who signs besides him, where the item wants it.
    pub signing: Option<ApplicationSigning>,
    /// How the result is to reach him, and where it is.
    pub delivery: Option<ApplicationDelivery>,
    /// The fee, where one is charged.
    pub fee: Option<ApplicationFee>,
    /// What the office attached as the result, once the case is closed.
    pub results: Vec<ApplicationResult>,
    /// What was written between him and the office, oldest first.
    pub letters: Vec<ApplicationLetter>,
    /// Whether there is an office that he can write to.
    pub may_write: bool,
    /// Whether the decision was revoked afterwards.
    pub revoked: bool,
    /// A revocation that is meant, while the applicant is heard.
    pub revocation: Option<RevocationView>,
    /// Last day for the applicant to act.
    pub applicant_due: Option<NaiveDate>,
    /// Legal due date.
    pub legal_due: Option<NaiveDate>,
    /// Promised due date.
    pub promised_due: Option<NaiveDate>,
    /// How the due date came about, as the calendar engine gives it.
    pub derivation: Option<serde_json::Value>,
    /// The rating given.
    pub rating: Option<RatingView>,
    /// Whether it is that of a whole joint matter.
    pub is_joint: bool,
    /// Whether what is to be corrected in its items is corrected on the whole.
    pub joint_merged: bool,
    /// Of a whole: its applications.
    pub parts: Vec<JointPartView>,
    /// The joint matter that it belongs to.
    pub joint: Option<JointHome>,
    /// Made.
    pub created_at: DateTime<Utc>,
    /// Changed last.
    pub updated_at: DateTime<Utc>,
    /// Handed in first.
    pub submitted_at: Option<DateTime<Utc>>,
}

/// Who applies.
#[derive(Debug, Serialize, ToSchema)]
pub struct ApplicationOwner {
    /// Name of the person or enterprise.
    pub name: String,
    /// Citizen id or credit code.
    pub id_number: String,
    /// Phone.
    pub phone: String,
    /// Agent, where an enterprise applies.
    pub agent_name: String,
}

impl From<Applicant> for ApplicationOwner {
    fn from(who: Applicant) -> Self {
        Self {
            name: who.name,
            id_number: who.id_number,
            phone: who.phone,
            agent_name: who.agent_name,
        }
    }
}

/// What the department asked to mend.
#[derive(Debug, Serialize, ToSchema)]
pub struct ApplicationCorrection {
    /// Fields, as JSON Pointers into `form`.
    pub fields: Vec<String>,
    /// Requirement ids.
    pub materials: Vec<String>,
    /// In the department's words.
    pub reason: String,
    /// Last day.
    pub due: Option<NaiveDate>,
    /// Still to be sent; `false`: sent, the department has not answered yet.
    pub open: bool,
}

/// Something that happened.
#[derive(Debug, Serialize, ToSchema)]
pub struct ApplicationEntry {
    /// What: `submitted`, `accepted` …
    pub kind: String,
    /// The same in words.
    pub text: String,
    /// When.
    pub at: DateTime<Utc>,
    /// The office; empty for the applicant's own acts.
    pub office: String,
    /// The step concerned.
    pub step: Option<String>,
    /// Of a whole: the item that it is about.
    pub item: Option<String>,
    /// Words that came with it.
    pub words: String,
    /// Done by whoever acts for the applicant.
    pub by_proxy: bool,
}

/// A rating.
#[derive(Debug, Serialize, ToSchema)]
pub struct RatingView {
    /// 5 to 1.
    pub level: i32,
    /// Tags.
    pub tags: Vec<String>,
    /// Free words.
    pub comment: String,
    /// When.
    pub created_at: DateTime<Utc>,
}

/// One line of the list.
#[derive(Debug, Serialize, ToSchema)]
pub struct ApplicationRow {
    /// Id.
    pub id: ApplicationId,
    /// Case number.
    pub case_number: Option<String>,
    /// Item.
    pub item_code: String,
    /// Its name.
    pub item_name: String,
    /// Department.
    pub department_name: String,
    /// State.
    pub state: State,
    /// Where it stands.
    pub standing: Sentence,
    /// What to do next.
    pub next_action: Sentence,
    /// Whether it is that of a whole joint matter.
    pub is_joint: bool,
    /// Whether it is the applicant's turn.
    pub needs_action: bool,
    /// Withdrawal asked for.
    pub withdrawal_pending: bool,
    /// That somebody acts for somebody.
    pub proxy: Option<RowProxy>,
    /// Of a co-applicant, who may only look at it: who applies, masked.
    pub signed_for: Option<String>,
    /// Promised due date.
    pub promised_due: Option<NaiveDate>,
    /// Made.
    pub created_at: DateTime<Utc>,
    /// Changed last.
    pub updated_at: DateTime<Utc>,
    /// Handed in.
    pub submitted_at: Option<DateTime<Utc>>,
}

/// Speaks the caller's language.
pub(crate) fn speaker<P>(ctx: &Ctx<P>) -> Speaker<'_> {
    Speaker {
        texts: ctx.edge().texts(),
        locale: ctx.locale(),
        today: office_time::day(ctx.now()),
    }
}

/// One line of the list.
pub(crate) fn line<P>(ctx: &Ctx<P>, row: &Application) -> Result<ApplicationRow, StorageError> {
    let speaker = speaker(ctx);
    let state = sealed::state(row)?;
    let (key, words) = standing(state, row);
    let (next, next_words) = next_action(state, row);
    Ok(ApplicationRow {
        id: ApplicationId(row.id),
        case_number: row.number.clone(),
        item_code: row.item_code.clone(),
        item_name: row.item_name.clone(),
        department_name: row.department_name.clone(),
        state,
        standing: speaker.say(key, words),
        next_action: speaker.say(next, next_words),
        is_joint: row.joint_plan.is_some(),
        needs_action: needs_action(state, row),
        withdrawal_pending: row.withdrawal_pending,
        proxy: proxy::row_proxy(ctx, row)?,
        signed_for: None,
        promised_due: row.promised_due,
        created_at: row.created_at,
        updated_at: row.updated_at,
        submitted_at: row.submitted_at,
    })
}

/// The whole view of an application, read on `conn`; to an assistant without what he has no part in.
pub(crate) async fn view<P>(
    app: &App,
    ctx: &Ctx<P>,
    conn: &Conn,
    row: &Application,
) -> Result<ApplicationView, Fault> {
    let shown = whole(app, ctx, conn, row).await?;
    Ok(if row.assistant_id == Some(ctx.actor().id.0) {
        assist::to_assistant(shown)
    } else {
        shown
    })
}

async fn whole<P>(
    app: &App,
    ctx: &Ctx<P>,
    conn: &Conn,
    row: &Application,
) -> Result<ApplicationView, Fault> {
    let sealer = ctx.store().sealer();
    let speaker = speaker(ctx);
    let item = app.item_of(conn, row).await?;
    let answers: SituationAnswers =
        serde_json::from_str(&row.situation_answers).map_err(Fault::internal)?;
    let state = sealed::state(row)?;
    let editing = sealed::editing(sealer, row)?;
    let (key, words) = standing(state, row);
    let (next, next_words) = next_action(state, row);
    let promise = store::commitment::find(conn, row.id).await?;
    let entry = entry_of(conn, row).await?;
    let asked_for = Asked {
        papers: entry.as_ref().map(papers_of).transpose()?,
        row,
        item: &item,
        answers: &answers,
        editing: &editing,
        committed: commitment::chosen(promise.as_ref())?,
    };
    let (materials, attachments) = materials(app, (sealer, conn), &asked_for, ctx.now()).await?;
    let commitment = commitment::offer((sealer, conn), &asked_for, promise, ctx.now()).await?;
    Ok(ApplicationView {
        id: ApplicationId(row.id),
        case_number: row.number.clone(),
        item_code: row.item_code.clone(),
        item_version: row.item_version,
        form_version: row.form_version,
        calendar_version: row.calendar_version.clone(),
        item_name: row.item_name.clone(),
        department_code: row.department_code.clone(),
        department_name: row.department_name.clone(),
        region: row.region.clone(),
        channel: row.channel.clone(),
        state,
        version: row.version,
        standing: speaker.say(key, words),
        next_action: speaker.say(next, next_words),
        editable: editable(&editing),
        applicant: sealed::applicant(sealer, row)?.into(),
        counter: counter::counter(sealer, entry)?,
        batch: batch::of_application(row)?,
        proxy: proxy::proxy(ctx, row)?,
        assist: assist::assist((sealer, conn), row, ctx.now()).await?,
        situations: item.situations.clone(),
        situation_answers: answers.clone(),
        form_document: serde_json::to_value(&item.form).map_err(Fault::internal)?,
        form: shown_form(sealer, row, &item)?,
        materials,
        attachments,
        correction: asked(state, sealed::correction(sealer, row)?, row.correction_open),
        timeline: timeline(sealer, speaker, store::timeline::all(conn, row.id).await?)?,
        papers: sealed::papers(sealer, row)?,
        withdrawal_pending: row.withdrawal_pending,
        result: row.result.clone(),
        commitment,
        signing: signing::signing((sealer, conn), row, &item, ctx.now()).await?,
        delivery: delivery::delivery(sealer, row, &item, state)?,
        fee: fee::fee(sealer, row)?,
        results: result::results(sealer, conn, row, state).await?,
        letters: letter::letters(sealer, conn, row).await?,
        may_write: has_office(row, state),
        revoked: row.revoked_at.is_some(),
        revocation: commitment::revocation(sealer, row)?,
        applicant_due: row.applicant_due,
        legal_due: row.legal_due,
        promised_due: row.promised_due,
        derivation: derivation(row),
        rating: rating_view(sealer, rating(conn, row).await?)?,
        is_joint: row.joint_plan.is_some(),
        joint_merged: row.is_answered_as_one(),
        parts: joint::parts(ctx, conn, row).await?,
        joint: joint::home(ctx, conn, row).await?,
        created_at: row.created_at,
        updated_at: row.updated_at,
        submitted_at: row.submitted_at,
    })
}

/// How its due date came about.
fn derivation(row: &Application) -> Option<serde_json::Value> {
    let json = row.derivation.as_deref()?;
    serde_json::from_str(json).ok()
}

/// How much of it can be changed now.
fn editable(editing: &Editing) -> &'static str {
    match editing {
        Editing::All => "all",
        Editing::Listed(_) => "listed",
        Editing::Owed(_) => "owed",
        Editing::Nothing => "nothing",
    }
}

/// The answers that the form asks for now.
fn shown_form(
    sealer: &Sealer,
    row: &Application,
    item: &ItemDocument,
) -> Result<serde_json::Value, StorageError> {
    let form = sealed::working_form(sealer, row)?;
    Ok(if row.joint_plan.is_some() {
        known(item, form)
    } else {
        form
    })
}

/// The rating; looked for only where there is one.
async fn rating(conn: &Conn, row: &Application) -> Result<Option<rating::Model>, StorageError> {
    if row.rated {
        store::application::rating(conn, row.id).await
    } else {
        Ok(None)
    }
}

fn asked(
    state: State,
    correction: Option<Correction>,
    open: bool,
) -> Option<ApplicationCorrection> {
    let Correction {
        fields,
        materials,
        reason,
        due,
    } = correction.filter(|_| state.asks_for_correction())?;
    Some(ApplicationCorrection {
        fields,
        materials,
        reason,
        due,
        open,
    })
}

fn rating_view(
    sealer: &Sealer,
    row: Option<rating::Model>,
) -> Result<Option<RatingView>, StorageError> {
    let Some(row) = row else { return Ok(None) };
    Ok(Some(RatingView {
        level: row.level,
        tags: serde_json::from_str(&row.tags)?,
        comment: sealer.open_text(sealed::COMMENT, row.id, &row.comment)?,
        created_at: row.created_at,
    }))
}
