//! Making a draft, pinned to the published version and prefilled from the account.

use serde::Deserialize;
use tb_contract::access::ApplicationWrite;
use tb_contract::events::{Applicant, Channel};
use tb_contract::item::{ItemDocument, SituationAnswers};
use tb_contract::ports::ApplicantProfile;
use tb_http::Ctx;
use tb_kernel::{AccountKind, Actor, Fault};
use tb_storage::Tx;
use utoipa::ToSchema;

use super::joint::begin::begin;
use super::joint::keep_plan;
use super::licence::{self, ready};
use super::proxy::begin::{For, for_whom, represent};
use super::vault::attach::fill_in;
use super::vault::owner_of;
use super::write::SELF;
use crate::app::App;
use crate::error::{Error, field, with_fields};
use crate::model::licence::replaceable;
use crate::model::proxy::OnBehalf;
use crate::model::{State, may_apply, situation_faults};
use crate::sealed::{self, FORM};
use crate::store;
use crate::store::application::Application;
use crate::view::{ApplicationView, view};

/// A new application.
#[derive(Deserialize, ToSchema)]
pub struct CreateApplication {
    /// Item.
    pub item_code: String,
    /// Answers of the situation guide.
    #[serde(default)]
    pub situation_answers: SituationAnswers,
    /// Where it is made, `pc` or `mobile`; at a kiosk it is the kiosk whatever stands here.
    #[serde(default = "pc")]
    pub channel: Channel,
    /// For whom, where not for oneself.
    #[serde(default)]
    pub on_behalf: Option<OnBehalf>,
}

fn pc() -> Channel {
    Channel::Pc
}

/// Makes a draft.
pub(crate) async fn create(
    app: &App,
    ctx: &Ctx<ApplicationWrite>,
    mut body: CreateApplication,
) -> Result<ApplicationView, Fault> {
    body.channel = channel_of(ctx.actor(), body.channel)?;
    let conn = ctx.read();
    let (item, version, plan) = match store::item::newest(&conn, &body.item_code).await? {
        Some(copy) if copy.withdrawn => return Err(Error::ItemWithdrawn.into()),
        Some(copy) => {
            let item = app.item(&conn, &copy.code, copy.version).await?;
            (item, copy.version, None)
        }
        None => {
            let begun = begin(app, &conn, &body.item_code, &body.situation_answers).await?;
            (begun.item, begun.version, Some(begun.plan))
        }
    };
    let For {
        profile,
        kind,
        proxy,
    } = for_whom(app, ctx, &item, body.on_behalf.as_ref()).await?;
    check(&item, kind, &body.situation_answers)?;
    if body.channel == Channel::Kiosk && !item.handling.self_service {
        return Err(Error::ItemNotAtKiosk.into());
    }
    let calendar_version = calendar_version(&conn).await?;
    let who = applicant(&profile, kind);
    let owner = owner_of(ctx.store().sealer(), &who);
    let by_paper = proxy.as_ref().is_some_and(|it| it.mandate_id.is_none());
    let asked = replaceable(&item, &body.situation_answers);
    let licences = ready(app, Some(&who).filter(|_| !by_paper), &asked).await;

    let mut tx = ctx.begin().await?;
    let mut row = draft(&tx, &item, version, calendar_version, &profile, kind, &body)?;
    if let Some(proxy) = &proxy {
        represent(&tx, &mut row, proxy).await?;
    }
    if let Some(plan) = plan {
        keep_plan(&mut row, &plan)?;
    }
    store::application::insert(tx.conn(), row.clone()).await?;
    if row.proxy_proof.is_none() {
        licence::fill_in(&mut tx, &row, &licences).await?;
        fill_in(&tx, &row, &owner, &item, None).await?;
    }
    tx.done("intake.application.created", "application", row.id);
    let answer = view(app, ctx, tx.conn(), &row).await?;
    tx.commit(&answer).await?;
    Ok(answer)
}

/// The channel of a new application: nobody says himself that he stands at a counter or a kiosk.
fn channel_of(actor: &Actor, said: Channel) -> Result<Channel, Error> {
    match (actor.kiosk.is_some(), said) {
        (true, _) => Ok(Channel::Kiosk),
        (false, Channel::Counter | Channel::Kiosk) => Err(Error::ChannelReserved),
        (false, said) => Ok(said),
    }
}

/// Whether such an account may begin such an application.
pub(super) fn check(
    item: &ItemDocument,
    kind: AccountKind,
    answers: &SituationAnswers,
) -> Result<(), Fault> {
    if !item.item_type.is_on_application() {
        return Err(Error::ItemExOfficio.into());
    }
    if !item.is_online() {
        return Err(Error::ItemNotOnline.into());
    }
    if !may_apply(kind, &item.audience) {
        return Err(Error::AudienceMismatch.into());
    }
    situation(item, answers, false)
}

/// Whether the situation guide was answered well; with `complete`, in full.
pub(crate) fn situation(
    item: &ItemDocument,
    answers: &SituationAnswers,
    complete: bool,
) -> Result<(), Fault> {
    let faults = situation_faults(item, answers, complete);
    if faults.is_empty() {
        return Ok(());
    }
    let barred = faults
        .iter()
        .any(|fault| fault.code == field::SITUATION_BARRED);
    Err(with_fields(
        if barred {
            Error::SituationBarred
        } else {
            Error::SituationInvalid
        },
        faults,
    ))
}

/// The calendar in force: the one published last, else the one that ships.
pub(crate) async fn calendar_version(conn: &tb_storage::Conn) -> Result<String, Fault> {
    if let Some(version) = store::item::Calendars::newest_version(conn).await? {
        return Ok(version);
    }
    Ok(tb_calendar::Calendar::embedded()
        .map_err(Fault::internal)?
        .version()
        .to_owned())
}

/// The row of a new draft.
pub(super) fn draft(
    tx: &Tx,
    item: &ItemDocument,
    item_version: i64,
    calendar_version: String,
    profile: &ApplicantProfile,
    kind: AccountKind,
    body: &CreateApplication,
) -> Result<Application, Fault> {
    let id = tx.new_id();
    let form = item
        .form
        .as_ref()
        .map(|form| tb_forms::prefill(form, |source| prefilled(profile, source)));
    let form = form.unwrap_or_else(|| serde_json::json!({}));
    let who = applicant(profile, kind);
    let mut row = Application {
        id,
        number: None,
        account_id: profile.account_id.0,
        item_code: item.code.clone(),
        item_version,
        form_version: item_version,
        calendar_version,
        item_name: item.name.clone(),
        department_code: item.department_code.clone(),
        department_name: item.department_name.clone(),
        region: item.region.to_string(),
        channel: channel_word(body.channel).to_owned(),
        state: State::Draft.as_str().to_owned(),
        case_version: 0,
        change_version: 0,
        version: 1,
        updated_by: SELF.to_owned(),
        timeline_length: 0,
        situation_answers: serde_json::to_string(&body.situation_answers)
            .map_err(Fault::internal)?,
        form: tx.sealer().seal_json(FORM, id, &form)?,
        form_draft: None,
        applicant: tx.sealer().seal_json(sealed::APPLICANT, id, &who)?,
        applicant_name_bidx: Vec::new(),
        applicant_id_bidx: Vec::new(),
        query_password: None,
        correction: None,
        correction_open: false,
        deferred: None,
        withdrawal_pending: false,
        result: None,
        revocation: None,
        answer_until: None,
        revoked_at: None,
        applicant_due: None,
        legal_due: None,
        promised_due: None,
        derivation: None,
        delivery: None,
        delivery_told: None,
        fee: None,
        fee_due: None,
        papers: None,
        rated: false,
        created_at: tx.now(),
        updated_at: tx.now(),
        submitted_at: None,
        joint_id: None,
        joint_plan: None,
        joint_answer: None,
        proxy_id: None,
        proxy_mandate_id: None,
        proxy_proof: None,
        proxy_until: None,
        proxy_ended_on: None,
        proxy: None,
        signing_until: None,
        batch_id: None,
        batch: None,
        assistant_id: None,
        assist_until: None,
        assist_may: None,
    };
    sealed::set_applicant(tx.sealer(), &mut row, &who)?;
    Ok(row)
}

pub(super) fn prefilled(profile: &ApplicantProfile, source: &str) -> Option<String> {
    let value = match source {
        "account.name" => &profile.name,
        "account.citizen_id" => &profile.citizen_id,
        "account.phone" => &profile.phone,
        "enterprise.name" => &profile.enterprise_name,
        "enterprise.credit_code" => &profile.credit_code,
        _ => return None,
    };
    (!value.is_empty()).then(|| value.clone())
}

/// Who applies: the person, or the enterprise by its agent.
pub(crate) fn applicant(profile: &ApplicantProfile, kind: AccountKind) -> Applicant {
    let person = kind != AccountKind::EnterpriseAgent;
    let own = |of_person: &String, of_enterprise: &String| {
        if person {
            of_person.clone()
        } else {
            of_enterprise.clone()
        }
    };
    Applicant {
        account_id: profile.account_id,
        name: own(&profile.name, &profile.enterprise_name),
        id_number: own(&profile.citizen_id, &profile.credit_code),
        phone: profile.phone.clone(),
        agent_name: if person {
            String::new()
        } else {
            profile.name.clone()
        },
    }
}

/// A channel as stored.
fn channel_word(channel: Channel) -> &'static str {
    match channel {
        Channel::Pc => "pc",
        Channel::Mobile => "mobile",
        Channel::Kiosk => "kiosk",
        Channel::Counter => "counter",
    }
}

/// A channel as read from its column.
pub(crate) fn channel(word: &str) -> Channel {
    match word {
        "mobile" => Channel::Mobile,
        "kiosk" => Channel::Kiosk,
        "counter" => Channel::Counter,
        _ => Channel::Pc,
    }
}
