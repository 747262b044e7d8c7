//! An application as whoever signs it besides the applicant sees it: what will be handed in or was,
//! where it stands, its papers; no letters, no fees, and the applicant's own data masked.

use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;
use tb_contract::events::PaperRef;
use tb_contract::item::{ItemDocument, SituationAnswers, SituationQuestion};
use tb_http::Ctx;
use tb_kernel::identity_number::{mask_id, mask_name};
use tb_kernel::{ApplicationId, Fault};
use tb_storage::{Conn, Sealer, StorageError};
use utoipa::ToSchema;

use super::material::{ApplicationFile, Asked, RequirementView, materials};
use super::timeline::timeline;
use super::{ApplicationEntry, ApplicationRow, commitment, line, speaker};
use crate::app::App;
use crate::model::signing::SignerState;
use crate::model::{Editing, State};
use crate::sealed::{self, CO_SIGNATURE};
use crate::sentence::{Args, Sentence, standing};
use crate::store;
use crate::store::application::Application;
use crate::store::signing::CoApplicant;

/// What is written between applicant and office, and about money, is not for co-applicants.
const PRIVATE: &[&str] = &["message_", "fee_"];

/// An application that somebody signs besides the applicant.
#[derive(Debug, Serialize, ToSchema)]
pub struct SignatureView {
    /// Id of the application.
    pub id: ApplicationId,
    /// Case number; none before the hand-in.
    pub case_number: Option<String>,
    /// Item.
    pub item_code: String,
    /// Its name.
    pub item_name: String,
    /// Department.
    pub department_name: String,
    /// Who applies.
    pub applicant_name: String,
    /// His number, masked.
    pub applicant_id_number: String,
    /// What whoever signs is called.
    pub role: String,
    /// State.
    pub state: State,
    /// Where it stands.
    pub standing: Sentence,
    /// How far the caller's own signature is.
    pub signature_state: SignerState,
    /// The name as he wrote it.
    pub signature: Option<String>,
    /// When.
    pub signed_at: Option<DateTime<Utc>>,
    /// What is signed; goes back with the signature.
    pub digest: String,
    /// Last day for signing, until the hand-in.
    pub until: Option<NaiveDate>,
    /// Everybody who signs, the caller too.
    pub signers: Vec<FellowSigner>,
    /// Questions of the situation guide.
    pub situations: Vec<SituationQuestion>,
    /// Their answers.
    pub situation_answers: SituationAnswers,
    /// The form document of the pinned version.
    pub form_document: serde_json::Value,
    /// Answers, sensitive ones masked.
    pub form: serde_json::Value,
    /// What is handed in.
    pub materials: Vec<RequirementView>,
    /// Files of the form's own attachment fields.
    pub attachments: Vec<ApplicationFile>,
    /// What happened, from the hand-in on.
    pub timeline: Vec<ApplicationEntry>,
    /// Papers.
    pub papers: Vec<PaperRef>,
    /// Handed in.
    pub submitted_at: Option<DateTime<Utc>>,
}

/// Somebody who signs, as the others see him.
#[derive(Debug, Serialize, ToSchema)]
pub struct FellowSigner {
    /// Name.
    pub name: String,
    /// Number, masked.
    pub id_number: String,
    /// How far he is.
    pub state: SignerState,
    /// When he signed.
    pub signed_at: Option<DateTime<Utc>>,
}

/// A request for the caller's signature whose application has not been handed in.
#[derive(Debug, Serialize, ToSchema)]
pub struct SignatureRow {
    /// Id of the application.
    pub id: ApplicationId,
    /// Item.
    pub item_name: String,
    /// Department.
    pub department_name: String,
    /// Who applies.
    pub applicant_name: String,
    /// Last day for signing; once all have signed, for handing it in.
    pub until: Option<NaiveDate>,
    /// Whether the caller has signed: the applicant has yet to hand it in.
    pub signed: bool,
}

/// The same for a list.
pub(crate) fn waiting(
    sealer: &Sealer,
    row: &Application,
    signed: bool,
) -> Result<SignatureRow, StorageError> {
    Ok(SignatureRow {
        id: ApplicationId(row.id),
        item_name: row.item_name.clone(),
        department_name: row.department_name.clone(),
        applicant_name: sealed::applicant(sealer, row)?.name,
        until: row.signing_until,
        signed,
    })
}

/// An application in the list of somebody who has signed it: nothing is asked of him.
pub(crate) fn signed_line<P>(
    ctx: &Ctx<P>,
    row: &Application,
) -> Result<ApplicationRow, StorageError> {
    let shown = line(ctx, &discreet(row))?;
    let applicant = sealed::applicant(ctx.store().sealer(), row)?;
    Ok(ApplicationRow {
        next_action: speaker(ctx).say("intake.next.none".to_owned(), Args::new()),
        needs_action: false,
        proxy: None,
        signed_for: Some(mask_name(&applicant.name)),
        ..shown
    })
}

/// The row without what is the applicant's alone: his fee, and what he has to answer.
fn discreet(row: &Application) -> Application {
    Application {
        fee_due: None,
        answer_until: None,
        ..row.clone()
    }
}

/// What `mine` sees of an application.
pub(crate) async fn signature<P>(
    app: &App,
    ctx: &Ctx<P>,
    conn: &Conn,
    row: &Application,
    mine: &CoApplicant,
) -> Result<SignatureView, Fault> {
    let (sealer, speaker) = (ctx.store().sealer(), speaker(ctx));
    let item = app.item_of(conn, row).await?;
    let answers: SituationAnswers =
        serde_json::from_str(&row.situation_answers).map_err(Fault::internal)?;
    let state = sealed::state(row)?;
    let (key, words) = standing(state, &discreet(row));
    let (materials, attachments) =
        handed(app, (sealer, conn), row, &item, &answers, ctx.now()).await?;
    let request = store::signing::find(conn, row.id).await?;
    let who = sealed::applicant(sealer, row)?;
    let signers = store::signing::all(conn, row.id).await?;
    let rule = item.handling.co_applicants.as_ref();
    let mut happened = store::timeline::all(conn, row.id).await?;
    happened.retain(|one| {
        row.submitted_at.is_some_and(|at| one.at >= at)
            && !PRIVATE.iter().any(|kind| one.kind.starts_with(kind))
    });
    Ok(SignatureView {
        id: ApplicationId(row.id),
        case_number: row.number.clone(),
        item_code: row.item_code.clone(),
        item_name: row.item_name.clone(),
        department_name: row.department_name.clone(),
        applicant_name: who.name,
        applicant_id_number: mask_id(&who.id_number),
        role: rule.map(|rule| rule.role.clone()).unwrap_or_default(),
        state,
        standing: speaker.say(key, words),
        signature_state: SignerState::parse(&mine.state),
        signature: mine
            .signature
            .as_ref()
            .map(|sealed| sealer.open_text(CO_SIGNATURE, mine.id, sealed))
            .transpose()?,
        signed_at: mine.signed_at,
        digest: request.map(|one| one.digest).unwrap_or_default(),
        until: row.signing_until,
        signers: signers
            .iter()
            .map(|one| fellow(sealer, one))
            .collect::<Result<_, _>>()?,
        situations: item.situations.clone(),
        form_document: serde_json::to_value(&item.form).map_err(Fault::internal)?,
        form: form(sealer, row, &item)?,
        situation_answers: answers,
        materials,
        attachments,
        timeline: timeline(sealer, speaker, happened)?,
        papers: papers(sealer, row)?,
        submitted_at: row.submitted_at,
    })
}

/// What is handed in, without where the applicant had it from.
async fn handed(
    app: &App,
    (sealer, conn): (&Sealer, &Conn),
    row: &Application,
    item: &ItemDocument,
    answers: &SituationAnswers,
    now: DateTime<Utc>,
) -> Result<(Vec<RequirementView>, Vec<ApplicationFile>), Fault> {
    let promise = store::commitment::find(conn, row.id).await?;
    let asked = Asked {
        row,
        item,
        answers,
        editing: &Editing::Nothing,
        committed: commitment::chosen(promise.as_ref())?,
        papers: None,
    };
    let (mut materials, mut attachments) = materials(app, (sealer, conn), &asked, now).await?;
    // What a correction under way brings is the applicant's alone until he sends it.
    if row.submitted_at.is_some() {
        for one in &mut materials {
            one.files.retain(|file| file.handed_in);
        }
        attachments.retain(|file| file.handed_in);
    }
    let files = materials.iter_mut().flat_map(|one| &mut one.files);
    for file in files.chain(&mut attachments) {
        file.vault = None;
    }
    Ok((materials, attachments))
}

/// The answers as they were signed or handed in, never those of a correction under way.
fn form(
    sealer: &Sealer,
    row: &Application,
    item: &ItemDocument,
) -> Result<serde_json::Value, StorageError> {
    let form = sealed::form(sealer, row)?;
    Ok(match &item.form {
        Some(document) => tb_forms::masked(document, &form),
        None => serde_json::json!({}),
    })
}

/// Papers but for those about money.
pub(crate) fn papers(sealer: &Sealer, row: &Application) -> Result<Vec<PaperRef>, StorageError> {
    let mut papers = sealed::papers(sealer, row)?;
    papers.retain(|one| one.kind != "payment_notice");
    Ok(papers)
}

fn fellow(sealer: &Sealer, row: &CoApplicant) -> Result<FellowSigner, StorageError> {
    let person = sealed::co_applicant(sealer, row)?;
    Ok(FellowSigner {
        id_number: mask_id(&person.id_number),
        name: person.name,
        state: SignerState::parse(&row.state),
        signed_at: row.signed_at,
    })
}
