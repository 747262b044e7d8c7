//! Handing in: everything is judged against the pinned version, all problems at once; then case
//! number, query password and the event for the centre, in one transaction.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use tb_contract::events::{
    Applicant, CoApplicant, CounterEntry, DeferredPromise, MaterialRef, SignedCommitment,
};
use tb_contract::item::{ItemDocument, SituationAnswers};
use tb_http::Ctx;
use tb_kernel::{ApplicationId, Fault, Locale, MaterialId, Region, office_time};
use tb_storage::{Sealer, StorageError, Tracked, Tx};
use utoipa::ToSchema;

use super::assist::over::handed_in as handed_in_with_help;
use super::assist::trace::expect_checked;
use super::commit::{counting, handed_in};
use super::counter::hand_in::{applying, expect_consent, papers_here, take_in};
use super::counter::{hand, rows};
use super::create::calendar_version;
use super::joint;
use super::joint::split::{Whole, split};
use super::judge::{Judge, Standing};
use super::licence::check;
use super::promise::days;
use super::signing::hand_in::signed;
use super::signing::tell::tell_step;
use super::tell::{Payload, tell};
use super::vault::gather::gather;
use super::write::{Entry, expect_version, held, notify, record, save, touch};
use crate::app::{App, Surroundings};
use crate::error::Error;
use crate::model::deferral;
use crate::model::document::takes_material;
use crate::model::licence::Checked;
use crate::model::number::{case_number, hash_password, query_password, series};
use crate::model::{State, form_field};
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
    let password = query_password(tx.store().entropy());
    let numbers = series.iter().zip(&serials);
    let coming = Coming {
        who,
        calendar,
        numbers: numbers
            .map(|(series, serial)| case_number(series, serial.get()))
            .collect(),
        password: &password,
        judged: Judged {
            around: &around,
            licences: &licences,
            at: tx.now(),
            locale: ctx.locale(),
        },
    };
    hand_in(app, &mut tx, &mut row, coming).await?;
    notify(&tx, &row, "submitted", &named(&row)).await?;
    let fellows = tell_step(&tx, &row, "submitted", &named(&row)).await?;
    touch(&mut row, hand(ctx), tx.now());
    save(&tx, &row).await?;
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

/// What a draft is judged by as it is handed in.
pub(crate) struct Judged<'a> {
    /// What forms are judged by.
    pub around: &'a Surroundings,
    /// How the licences stand that were taken from the register.
    pub licences: &'a Checked,
    /// The moment from which it is handed in: terms begin there.
    pub at: DateTime<Utc>,
    /// Language of what is refused.
    pub locale: Locale,
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
pub(super) async fn ready(
    app: &App,
    tx: &Tx,
    (row, item, materials): (&Application, &ItemDocument, &[Material]),
    judged: &Judged<'_>,
) -> Result<Ready, Fault> {
    expect_checked(tx, row, materials).await?;
    let days = days(app, tx.conn(), row, item, judged.at).await?;
    let deferred = promises(row, materials)?;
    let counting = counting(tx.conn(), row, item, materials).await?;
    let committed = counting.as_ref().map_or(&[][..], |(_, ids)| ids.as_slice());
    let papers = papers_here(tx, row).await?;
    let standing = Standing {
        deferred: &deferred,
        days,
        committed,
        papers: papers.as_deref(),
        licences: judged.licences,
    };
    let judge = Judge {
        env: judged.around.env(),
        sealer: tx.sealer(),
        item,
        materials,
        locale: judged.locale,
    };
    let handed = judge.judge(row, standing)?;
    Ok(Ready {
        handed,
        deferred,
        counting,
    })
}

/// What comes to a draft as it is handed in.
pub(crate) struct Coming<'a> {
    /// Who applies.
    pub who: Applicant,
    /// The calendar by which terms begin.
    pub calendar: String,
    /// Its case number; of a whole followed by those of its items.
    pub numbers: Vec<String>,
    /// Password of the public progress query.
    pub password: &'a str,
    /// What it is judged by.
    pub judged: Judged<'a>,
}

/// Hands in what a row holds, whoever brings it: judged, numbered, and told to the centre. The caller
/// saves the row.
pub(crate) async fn hand_in(
    app: &App,
    tx: &mut Tx,
    row: &mut Application,
    coming: Coming<'_>,
) -> Result<(), Fault> {
    let Coming {
        who,
        calendar,
        mut numbers,
        password,
        judged,
    } = coming;
    // Before it is judged: it is held to who applies now.
    sealed::set_applicant(tx.sealer(), row, &who)?;
    let item = app.item_of(tx.conn(), row).await?;
    let materials = store::material::all(tx.conn(), row.id).await?;
    let ready = ready(app, tx, (row, &item, &materials), &judged).await?;
    let Ready {
        handed,
        deferred,
        counting,
    } = ready;
    let files = (materials.as_slice(), deferred.as_slice());
    let signed = signed(tx, row, &item, &who, &handed, files).await?;
    let Judged {
        around, at, locale, ..
    } = judged;

    row.calendar_version = calendar;
    row.form = tx.sealer().seal_json(FORM, row.id, &handed.form)?;
    let commitment = handed_in(tx, row, counting).await?;
    let counter = take_in(tx, row, &who).await?;
    numbered(tx, row, numbers.remove(0), password, at);
    gather(tx, row, &who, &item, &handed.answers, &materials).await?;
    store::material::hand_in(tx.conn(), row.id).await?;
    if let Some(plan) = joint::plan(row)? {
        let matter = joint::matter(app, tx.conn(), row, plan).await?;
        let whole = Whole {
            matter: &matter,
            handed: &handed,
            materials: &materials,
            deferred: &deferred,
            who: &who,
            password,
            numbers,
        };
        split(app, tx, locale, &around.env(), row, whole).await?;
    } else {
        let promised = (deferred, commitment, counter, signed);
        first(tx, row, &item, (who, handed), &materials, promised)?;
    }
    handed_in_with_help(tx, row).await?;
    record(tx, row, Entry::own("submitted", at, "")).await?;
    tx.done("intake.application.submitted", "application", row.id);
    Ok(())
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

/// Gives it its case number and its query password.
fn numbered(tx: &Tx, row: &mut Application, number: String, password: &str, at: DateTime<Utc>) {
    row.query_password = Some(hash_password(tx.sealer(), &number, password));
    row.number = Some(number);
    row.submitted_at = Some(at);
    State::Submitted.as_str().clone_into(&mut row.state);
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
