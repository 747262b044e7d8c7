//! Asking for signatures: the draft is judged as a hand-in would be and frozen; taken back, it opens
//! again and the signatures given count no more.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::Deserialize;
use tb_calendar::Request;
use tb_contract::access::ApplicationWrite;
use tb_contract::item::ItemDocument;
use tb_contract::ports::Identified;
use tb_http::Ctx;
use tb_kernel::{ApplicationId, Fault, FieldFault, office_time};
use tb_storage::{Tracked, Tx};
use utoipa::ToSchema;
use uuid::Uuid;

use super::hand_in::{content_of, signed_content};
use super::{release, rule, tell_those, words};
use crate::app::App;
use crate::error::{Error, with_fields};
use crate::model::State;
use crate::model::commitment::is_his_name;
use crate::model::signing::{SignerState, SigningState, reminder, too_few};
use crate::sealed::{self, FORM};
use crate::service::commit::handed_in;
use crate::service::counter::hand_in::applying;
use crate::service::create::calendar_version;
use crate::service::licence::check;
use crate::service::read::own;
use crate::service::submit::{Judged, draft, ready};
use crate::service::write::{Entry, SELF, expect_version, held, record, save, touch};
use crate::store;
use crate::store::application::Application;
use crate::store::signing::{CoApplicant, Signing};
use crate::view::{ApplicationView, view};

/// Requests for one draft that somebody gets on one day.
const MOST_REQUESTS: u64 = 3;

/// Asks everybody named to sign, urges them, or takes the request back.
#[derive(Debug, Deserialize, ToSchema)]
pub struct AskSignatures {
    /// Version that the page has.
    pub version: i64,
}

/// Asks for signatures.
pub(crate) async fn ask(
    app: &App,
    ctx: &Ctx<ApplicationWrite>,
    id: ApplicationId,
    body: AskSignatures,
) -> Result<ApplicationView, Fault> {
    let who = applying(app, ctx, id).await?;
    let licences = check(app, ctx, id, Some(&who)).await?;
    let calendar = calendar_version(&ctx.read()).await?;
    let around = app.surroundings().await?;
    let accounts = accounts(app, ctx, id).await?;

    let tx = ctx.begin().await?;
    let mut row = draft(&tx, ctx, id, body.version).await?;
    if row.signing_until.is_some() {
        return Err(Error::SigningOpen.into());
    }
    let item = app.item_of(tx.conn(), &row).await?;
    let those = store::signing::all(tx.conn(), row.id).await?;
    expect_enough(&item, those.len())?;
    expect_few_requests(&tx, row.id, &accounts).await?;
    let materials = store::material::all(tx.conn(), row.id).await?;
    let judged = Judged {
        around: &around,
        licences: &licences,
        at: tx.now(),
        locale: ctx.locale(),
    };
    sealed::set_applicant(tx.sealer(), &mut row, &who)?;
    let ready = ready(app, &tx, (&row, &item, &materials), &judged).await?;
    handed_in(&tx, &row, ready.counting).await?;
    row.form = tx.sealer().seal_json(FORM, row.id, &ready.handed.form)?;
    row.calendar_version = calendar;
    let people = content_of(&tx, &those)?;
    let digest = signed_content(
        &row,
        &who,
        &ready.handed,
        (&materials, &ready.deferred),
        &people,
    )?;
    let (until_on, remind_on) = days(app, &tx, &row, &item).await?;
    row.signing_until = Some(until_on);
    let asked = asked(&tx, those, &accounts).await?;
    let request = Signing {
        application_id: row.id,
        state: SigningState::Open.as_str().to_owned(),
        digest,
        asked_at: tx.now(),
        until_on,
        remind_on,
        urged_on: None,
    };
    store::signing::save(tx.conn(), request).await?;
    let now = tx.now();
    record(&tx, &mut row, Entry::own("signatures_asked", now, "")).await?;
    let told = ("co_asked", &words(&row, &who.name, ""));
    tell_those(&tx, &row, &asked, &[SignerState::Asked], told).await?;
    finish(app, ctx, tx, row, "intake.application.signatures_asked").await
}

/// Takes the request back, so that the draft can be edited.
pub(crate) async fn take_back(
    app: &App,
    ctx: &Ctx<ApplicationWrite>,
    id: ApplicationId,
    body: AskSignatures,
) -> Result<ApplicationView, Fault> {
    let tx = ctx.begin().await?;
    let mut row = open_request(&tx, ctx, id, &body).await?;
    let who = sealed::applicant(tx.sealer(), &row)?;
    let ended = SigningState::TakenBack;
    release(&tx, &mut row, ended, "co_taken_back", &who.name).await?;
    let now = tx.now();
    record(&tx, &mut row, Entry::own("signatures_taken_back", now, "")).await?;
    finish(
        app,
        ctx,
        tx,
        row,
        "intake.application.signatures_taken_back",
    )
    .await
}

/// Reminds those who have not signed, once a day.
pub(crate) async fn urge(
    app: &App,
    ctx: &Ctx<ApplicationWrite>,
    id: ApplicationId,
    body: AskSignatures,
) -> Result<ApplicationView, Fault> {
    let tx = ctx.begin().await?;
    let row = open_request(&tx, ctx, id, &body).await?;
    let request = store::signing::find(tx.conn(), row.id).await?;
    let mut request = request.ok_or(Error::SigningNotOpen)?;
    let today = office_time::day(tx.now());
    if request.urged_on == Some(today) {
        return Err(Error::UrgedToday.into());
    }
    request.urged_on = Some(today);
    store::signing::save(tx.conn(), request).await?;
    let who = sealed::applicant(tx.sealer(), &row)?;
    let those = store::signing::all(tx.conn(), row.id).await?;
    let told = ("co_urged", &words(&row, &who.name, ""));
    tell_those(&tx, &row, &those, &[SignerState::Asked], told).await?;
    finish(app, ctx, tx, row, "intake.application.signers_urged").await
}

/// A frozen draft within reach.
async fn open_request(
    tx: &Tx,
    ctx: &Ctx<ApplicationWrite>,
    id: ApplicationId,
    body: &AskSignatures,
) -> Result<Tracked<Application>, Fault> {
    let row = held(tx, ctx, id).await?;
    expect_version(&row, body.version, ctx.locale())?;
    if sealed::state(&row)? != State::Draft || row.signing_until.is_none() {
        return Err(Error::SigningNotOpen.into());
    }
    Ok(row)
}

async fn finish(
    app: &App,
    ctx: &Ctx<ApplicationWrite>,
    mut tx: Tx,
    mut row: Tracked<Application>,
    done: &'static str,
) -> Result<ApplicationView, Fault> {
    touch(&mut row, SELF, tx.now());
    save(&tx, &row).await?;
    tx.done(done, "application", row.id);
    let answer = view(app, ctx, tx.conn(), &row).await?;
    let those = store::signing::all(tx.conn(), row.id).await?;
    tx.commit(&answer).await?;
    for account in those.iter().filter_map(|one| one.account_id) {
        app.tell(account, row.id);
    }
    app.tell(row.account_id, row.id);
    Ok(answer)
}

/// Refuses a request to fewer than the item wants, or to nobody.
fn expect_enough(item: &ItemDocument, named: usize) -> Result<(), Fault> {
    let rule = rule(item)?;
    let nobody = tb_contract::item::CoApplicantRule {
        min: rule.min.max(1),
        ..rule.clone()
    };
    let few: Vec<FieldFault> = too_few(&nobody, named).into_iter().collect();
    if few.is_empty() {
        Ok(())
    } else {
        Err(with_fields(Error::SignersInvalid, few))
    }
}

/// Asking and taking back are no way to fill somebody's inbox.
async fn expect_few_requests(
    tx: &Tx,
    application: Uuid,
    accounts: &BTreeMap<Uuid, Uuid>,
) -> Result<(), Fault> {
    let day = office_time::start_of_day(office_time::day(tx.now()));
    for account in accounts.values() {
        let about = (application, "co_asked");
        if store::message::told(tx.conn(), *account, about, day).await? >= MOST_REQUESTS {
            let times = MOST_REQUESTS;
            return Err(Error::AskedOften { times }.into());
        }
    }
    Ok(())
}

/// The accounts of the persons named, by co-applicant. Whoever is called otherwise than the applicant
/// wrote is not told: he finds the request by his number. Asked of identity, so never inside a transaction.
async fn accounts(
    app: &App,
    ctx: &Ctx<ApplicationWrite>,
    id: ApplicationId,
) -> Result<BTreeMap<Uuid, Uuid>, Fault> {
    let (conn, sealer) = (ctx.read(), ctx.store().sealer());
    let row = own(&conn, ctx, id).await?;
    let mut found = BTreeMap::new();
    for one in store::signing::all(&conn, row.id).await? {
        if one.organisation {
            // Its agents find the request by their credit code: none of them is the one to be told.
            continue;
        }
        let person = sealed::co_applicant(sealer, &one)?;
        let who = Identified {
            citizen_id: person.id_number,
            credit_code: None,
        };
        let Some(account) = app.applicants().account_of(&who).await? else {
            continue;
        };
        let profile = app.applicants().profile(account).await?;
        if profile.is_some_and(|known| is_his_name(&person.name, &known.name)) {
            found.insert(one.id, account.0);
        }
    }
    Ok(found)
}

/// Marks them as asked, with the accounts that are told.
async fn asked(
    tx: &Tx,
    those: Vec<CoApplicant>,
    accounts: &BTreeMap<Uuid, Uuid>,
) -> Result<Vec<CoApplicant>, Fault> {
    let mut asked = Vec::with_capacity(those.len());
    for one in those {
        let one = CoApplicant {
            account_id: accounts.get(&one.id).copied(),
            state: SignerState::Asked.as_str().to_owned(),
            ..one
        };
        store::signing::save_one(tx.conn(), one.clone()).await?;
        asked.push(one);
    }
    Ok(asked)
}

/// The last day of the item's term from now on, and the day on which the clock reminds.
pub(super) async fn days(
    app: &App,
    tx: &Tx,
    row: &Application,
    item: &ItemDocument,
) -> Result<(NaiveDate, Option<NaiveDate>), Fault> {
    let calendar = app.calendar(tx.conn(), &row.calendar_version).await?;
    let request = Request::new(tx.now(), rule(item)?.term()).in_region(item.region.as_str());
    let last = calendar.due(&request).map_err(Fault::internal)?.date;
    let today = office_time::day(tx.now());
    let remind = reminder(&calendar, today, last, item.region.as_str());
    Ok((last, remind.map_err(Fault::internal)?))
}
