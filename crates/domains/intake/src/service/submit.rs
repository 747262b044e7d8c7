//! Handing in: everything is judged against the pinned version, all problems at once; then case
//! number, query password and the event for the centre, in one transaction.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use tb_contract::events::{
    Applicant, CoApplicant, CounterEntry, DeferredPromise, MaterialRef, SignedCommitment,
};
use tb_contract::item::{ItemDocument, MaterialForm, SituationAnswers};
use tb_forms::{Env, FieldProblem};
use tb_http::{Ctx, FileKind};
use tb_kernel::{ApplicationId, Fault, FieldFault, MaterialId, Region, office_time};
use tb_storage::{Sealer, StorageError, Tracked, Tx};
use utoipa::ToSchema;

use super::commit::{counting, handed_in};
use super::counter::hand_in::{applying, expect_consent, papers_here, take_in};
use super::counter::{hand, rows};
use super::create::calendar_version;
use super::edit::{document, form_faults};
use super::joint;
use super::joint::split::{Whole, split};
use super::licence::{self, check};
use super::promise::days;
use super::signing::hand_in::signed;
use super::signing::tell::tell_step;
use super::tell::{Payload, tell};
use super::vault::gather::gather;
use super::write::{Entry, expect_version, held, notify, record, save, touch};
use crate::app::App;
use crate::error::{Error, fault_at, field, with_fields};
use crate::model::counter::untaken;
use crate::model::deferral::{self, promise_faults, unpromised};
use crate::model::document::{missing_materials, takes_material};
use crate::model::licence::Checked;
use crate::model::number::{case_number, hash_password, query_password, series};
use crate::model::{Editing, State, form_field, situation_faults};
use crate::sealed::{self, FILE_NAME, FORM};
use crate::sentence::named;
use crate::store;
use crate::store::application::Application;
use crate::store::commitment::Commitment;
use crate::store::material::Material;
use crate::view::{ApplicationView, present, view};

/// Hands in.
#[derive(Debug, Deserialize, ToSchema)]
pub struct SubmitApplication {
    /// Version that the page has.
    pub version: i64,
    /// At a counter: whoever stands there has agreed to be applied for as it was read to him.
    #[serde(default)]
    pub consented: Option<bool>,
}

/// The application as handed in, with the password shown this once.
#[derive(Debug, Serialize, ToSchema)]
pub struct Submitted {
    /// The application.
    #[serde(flatten)]
    pub application: ApplicationView,
    /// Password of the public progress query; shown only here.
    pub query_password: String,
}

/// Hands in a draft.
pub(crate) async fn submit<P>(
    app: &App,
    ctx: &Ctx<P>,
    id: ApplicationId,
    body: SubmitApplication,
) -> Result<Submitted, Fault> {
    let who = applying(app, ctx, id).await?;
    let licences = check(app, ctx, id, Some(&who)).await?;
    let calendar = calendar_version(&ctx.read()).await?;
    let around = app.surroundings().await?;
    let series = its_series(app, ctx, id).await?;
    // Said of what is there only: somebody else's does not exist.
    expect_consent(ctx, body.consented)?;
    let mut serials = Vec::with_capacity(series.len());
    for series in &series {
        serials.push(app.serials().next(ctx.store(), series).await?);
    }

    let mut tx = ctx.begin().await?;
    let mut row = draft(&tx, ctx, id, body.version).await?;
    let item = app.item_of(tx.conn(), &row).await?;
    let materials = store::material::all(tx.conn(), row.id).await?;
    let ready = ready(app, &tx, ctx, (&row, &item, &materials), (&around.env(), &licences)).await?;
    let Ready {
        handed,
        deferred,
        counting,
    } = ready;
    let files = (materials.as_slice(), deferred.as_slice());
    let signed = signed(&tx, &mut row, &item, &who, &handed, files).await?;

    row.calendar_version = calendar;
    row.form = tx.sealer().seal_json(FORM, row.id, &handed.form)?;
    sealed::set_applicant(tx.sealer(), &mut row, &who)?;
    let commitment = handed_in(&tx, &row, counting).await?;
    let counter = take_in(&mut tx, ctx, &mut row, &who).await?;
    let mut numbers: Vec<String> = series
        .iter()
        .zip(&serials)
        .map(|(series, serial)| case_number(series, serial.get()))
        .collect();
    let password = numbered(&tx, &mut row, numbers.remove(0));
    gather(&tx, &row, &who, &item, &handed.answers, &materials).await?;
    store::material::hand_in(tx.conn(), row.id).await?;
    if let Some(plan) = joint::plan(&row)? {
        let matter = joint::matter(app, tx.conn(), &row, plan).await?;
        let whole = Whole {
            matter: &matter,
            handed: &handed,
            materials: &materials,
            deferred: &deferred,
            who: &who,
            password: &password,
            numbers,
        };
        split(app, &mut tx, ctx, &around.env(), &mut row, whole).await?;
    } else {
        let promised = (deferred, commitment, counter, signed);
        let given = (who, handed);
        first(&mut tx, &mut row, &item, given, &materials, promised)?;
    }
    let now = tx.now();
    record(&tx, &mut row, Entry::own("submitted", now, "")).await?;
    notify(&tx, &row, "submitted", &named(&row)).await?;
    let fellows = tell_step(&tx, &row, "submitted", &named(&row)).await?;
    touch(&mut row, hand(ctx), now);
    save(&tx, &row).await?;
    tx.done("intake.application.submitted", "application", id);
    let application = view(app, ctx, tx.conn(), &row).await?;
    let answer = Submitted {
        application,
        query_password: password,
    };
    // From here on it may be taken, even when the answer to the commit is lost.
    for serial in serials {
        serial.keep();
    }
    tx.commit(&answer).await?;
    for account in fellows.into_iter().chain([row.account_id]) {
        app.tell(account, row.id);
    }
    Ok(answer)
}

/// A draft as it would be handed in now.
pub(super) struct Ready {
    /// Answers.
    pub handed: HandedIn,
    /// Materials that follow later.
    pub deferred: Vec<DeferredPromise>,
    /// The promise that counts, with the materials that it takes the place of.
    pub counting: Option<(Commitment, Vec<String>)>,
}

/// Judges a draft as a hand-in does: everything at once.
pub(super) async fn ready<P>(
    app: &App,
    tx: &Tx,
    ctx: &Ctx<P>,
    (row, item, materials): (&Application, &ItemDocument, &[Material]),
    (env, licences): (&Env<'_>, &Checked),
) -> Result<Ready, Fault> {
    let days = days(app, tx.conn(), row, item, tx.now()).await?;
    let deferred = promises(row, materials)?;
    let counting = counting(tx.conn(), row, item, materials).await?;
    let committed = counting.as_ref().map_or(&[][..], |(_, ids)| ids.as_slice());
    let papers = papers_here(tx, row).await?;
    let standing = Standing {
        deferred: &deferred,
        days,
        committed,
        papers: papers.as_deref(),
        licences,
    };
    let handed = judge(env, ctx, row, item, materials, standing)?;
    Ok(Ready {
        handed,
        deferred,
        counting,
    })
}

/// The application, if it can still be handed in.
pub(super) async fn draft<P>(
    tx: &Tx,
    ctx: &Ctx<P>,
    id: ApplicationId,
    version: i64,
) -> Result<Tracked<Application>, Fault> {
    let row = held(tx, ctx, id).await?;
    if sealed::state(&row)? != State::Draft {
        return Err(Error::AlreadySubmitted {
            case_number: row.number.clone().unwrap_or_default(),
        }
        .into());
    }
    expect_version(&row, version, ctx.locale())?;
    still_offered(tx, &row).await?;
    Ok(row)
}

/// Gives it its case number, and a query password, which is returned this once.
fn numbered(tx: &Tx, row: &mut Application, number: String) -> String {
    let password = query_password(tx.store().entropy());
    row.query_password = Some(hash_password(tx.sealer(), &number, &password));
    row.number = Some(number);
    row.submitted_at = Some(tx.now());
    State::Submitted.as_str().clone_into(&mut row.state);
    password
}

/// Tells the department of an ordinary application.
fn first(
    tx: &mut Tx,
    row: &mut Application,
    item: &ItemDocument,
    (who, handed): (Applicant, HandedIn),
    materials: &[Material],
    (deferred, commitment, counter, co_applicants): (
        Vec<DeferredPromise>,
        Option<SignedCommitment>,
        Option<CounterEntry>,
        Vec<CoApplicant>,
    ),
) -> Result<(), StorageError> {
    let payload = Payload {
        item,
        who,
        materials: references(tx.sealer(), item, &handed, materials)?,
        handed,
        deferred,
        commitment,
        changed: Vec::new(),
        remark: String::new(),
        joint: None,
        counter,
        co_applicants,
    };
    tell(tx, row, "intake.application.submitted", payload)
}

/// Whether what is applied for is still offered.
async fn still_offered(tx: &Tx, row: &Application) -> Result<(), Fault> {
    let withdrawn = if row.joint_plan.is_some() {
        let newest = store::joint::newest(tx.conn(), &row.item_code).await?;
        newest.is_none_or(|item| item.withdrawn)
    } else {
        let newest = store::item::newest(tx.conn(), &row.item_code).await?;
        newest.is_none_or(|item| item.withdrawn)
    };
    if withdrawn {
        return Err(Error::ItemWithdrawn.into());
    }
    Ok(())
}

/// The series of the case numbers: of the region whose item it is, and of today. After that of a
/// whole those of its items.
async fn its_series<P>(app: &App, ctx: &Ctx<P>, id: ApplicationId) -> Result<Vec<String>, Fault> {
    let conn = ctx.read();
    let row = store::application::find(&conn, &rows(ctx), id.0)
        .await?
        .ok_or(Error::ApplicationNotFound)?;
    let region = Region::parse(&row.region)
        .ok_or_else(|| Fault::internal("the region of an application is not one"))?;
    let today = office_time::day(ctx.now());
    let mut all = vec![series(&region, today)];
    if let Some(plan) = joint::plan(&row)? {
        let matter = joint::matter(app, &conn, &row, plan).await?;
        let answers = joint::answers(&row)?;
        let members = matter.members(&answers);
        all.extend(members.iter().map(|(_, item)| series(&item.region, today)));
    }
    Ok(all)
}

/// Answers in normal form, fit to hand in.
pub(crate) struct HandedIn {
    /// Answers of the form.
    pub form: Value,
    /// Answers of the situation guide.
    pub answers: SituationAnswers,
}

/// The promises of materials that are not there.
pub(crate) fn promises(
    row: &Application,
    materials: &[Material],
) -> Result<Vec<DeferredPromise>, StorageError> {
    let made = sealed::deferred(row)?.into_iter();
    let made = made.map(|one| DeferredPromise {
        requirement_id: one.requirement_id,
        by: one.by,
    });
    Ok(deferral::counting(made.collect(), &present(materials)))
}

/// What may stand in the place of a file.
struct Standing<'a> {
    /// Promises to bring it later.
    deferred: &'a [DeferredPromise],
    /// First and last day of such a promise.
    days: (NaiveDate, NaiveDate),
    /// Materials that a signed promise takes the place of.
    committed: &'a [String],
    /// Papers that lie at a counter, where one takes it in.
    papers: Option<&'a [String]>,
    /// How the licences stand that were taken from the register.
    licences: &'a Checked,
}

fn judge<P>(
    env: &Env<'_>,
    ctx: &Ctx<P>,
    row: &Application,
    item: &ItemDocument,
    materials: &[Material],
    standing: Standing<'_>,
) -> Result<HandedIn, Fault> {
    let answers: SituationAnswers =
        serde_json::from_str(&row.situation_answers).map_err(Fault::internal)?;
    let mut faults = situation_faults(item, &answers, true);
    let form = sealed::form(ctx.store().sealer(), row)?;
    let form = if row.joint_plan.is_some() {
        joint::known(item, form)
    } else {
        form
    };
    let judged = tb_forms::validate(document(item)?, &form, env);
    let form = settle(judged, item, materials, ctx, &mut faults)?;
    let mut present = present(materials);
    let Standing {
        deferred,
        days,
        committed,
        papers,
        licences,
    } = standing;
    present.extend(committed.iter().map(String::as_str));
    // What comes on paper alone is there once it lies on the counter.
    let on_paper = item
        .materials
        .iter()
        .filter(|one| one.form == MaterialForm::Paper)
        .map(|one| one.id.as_str())
        .filter(|id| papers.is_some_and(|taken| taken.iter().any(|one| one == id)));
    present.extend(on_paper);
    faults.extend(missing_materials(item, &answers, &present));
    faults.extend(unpromised(item, &answers, &present, deferred));
    faults.extend(promise_faults(item, &answers, deferred, days));
    faults.extend(over(ctx, item, &answers, materials)?);
    let given = (materials, &Editing::All);
    let sealer = ctx.store().sealer();
    faults.extend(licence::faults(sealer, licences, item, &answers, given)?);
    if let Some(papers) = papers {
        faults.extend(untaken(item, &answers, papers, committed));
    }
    if faults.is_empty() {
        Ok(HandedIn { form, answers })
    } else {
        Err(with_fields(Error::ApplicationInvalid, faults))
    }
}

/// Materials that were good when they were taken from the vault, and are not any more.
pub(crate) fn over<P>(
    ctx: &Ctx<P>,
    item: &ItemDocument,
    answers: &SituationAnswers,
    materials: &[Material],
) -> Result<Vec<FieldFault>, StorageError> {
    let today = office_time::day(ctx.now());
    let asked = item.materials_for(answers);
    let (mut faults, mut told) = (Vec::new(), BTreeSet::new());
    for file in materials
        .iter()
        .filter(|file| !file.removed && !file.handed_in)
    {
        let Some(requirement) = asked.iter().find(|one| one.id == file.requirement_id) else {
            continue;
        };
        let taken = sealed::taken(ctx.store().sealer(), file)?;
        let last = taken.filter(|taken| !taken.although_over);
        let Some(last) = last.and_then(|taken| taken.good_until) else {
            continue;
        };
        if last < today && told.insert(&requirement.id) {
            let args = [
                ("name", requirement.name.as_str()),
                ("day", &last.to_string()),
            ];
            let path = format!("/materials/{}", requirement.id);
            faults.push(fault_at(path, field::MATERIAL_OVER, &args));
        }
    }
    Ok(faults)
}

/// The answers that passed; else their problems join the others.
pub(crate) fn settle<P>(
    judged: Result<tb_forms::Answers, Vec<FieldProblem>>,
    item: &ItemDocument,
    materials: &[Material],
    ctx: &Ctx<P>,
    faults: &mut Vec<FieldFault>,
) -> Result<Value, Fault> {
    match judged {
        Ok(form) => {
            let form = form.into_value();
            faults.extend(strange_attachments(item, &form, materials)?);
            Ok(form)
        }
        Err(problems) => {
            faults.extend(form_faults(problems, ctx.locale()));
            Ok(Value::Null)
        }
    }
}

/// Attachment fields that name files which are not this application's, or of another type.
fn strange_attachments(
    item: &ItemDocument,
    form: &Value,
    materials: &[Material],
) -> Result<Vec<FieldFault>, Error> {
    let mut faults = Vec::new();
    for usage in tb_forms::attachments(document(item)?, form) {
        let fits = |id: &String| {
            let found = materials
                .iter()
                .find(|row| !row.removed && row.id.to_string() == *id);
            found.is_some_and(|row| FileKind::is_among(&row.media_type, &usage.types))
        };
        if !usage.ids.iter().all(fits) {
            faults.push(fault_at(
                format!("/form{}", usage.path),
                field::MATERIAL_UNKNOWN,
                &[],
            ));
        }
    }
    Ok(faults)
}

/// The files that travel: those that are there and asked for; of the form those that it names, since
/// rows come and go while their files stay with the draft.
pub(crate) fn references(
    sealer: &Sealer,
    item: &ItemDocument,
    HandedIn { form, answers }: &HandedIn,
    materials: &[Material],
) -> Result<Vec<MaterialRef>, StorageError> {
    let in_form = item.form.as_ref().map(|it| tb_forms::attachments(it, form));
    let named: BTreeSet<String> = in_form
        .into_iter()
        .flatten()
        .flat_map(|usage| usage.ids)
        .collect();
    materials
        .iter()
        .filter(|row| {
            !row.removed
                && takes_material(item, answers, &row.requirement_id)
                && (form_field(&row.requirement_id).is_none()
                    || named.contains(&row.id.to_string()))
        })
        .map(|row| {
            Ok(MaterialRef {
                id: MaterialId(row.id),
                requirement_id: row.requirement_id.clone(),
                file_name: sealer.open_text(FILE_NAME, row.id, &row.file_name)?,
                media_type: row.media_type.clone(),
                size: row.size,
                blob: row.blob.clone(),
                licence: sealed::licence(sealer, row)?,
            })
        })
        .collect()
}
