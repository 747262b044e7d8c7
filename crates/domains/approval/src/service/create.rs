//! A new application has come in: rows 1 and, where no pre-review waits for a clerk, 3. Both count
//! from the submission, however late the notice was consumed. What a counter took in with every
//! original compared has its pre-review behind it.

use tb_contract::events::{ApplicationSubmitted, Channel, Proxy, ProxyRelation};
use tb_contract::item::ItemDocument;
use tb_events::HandleError;
use tb_storage::{Department, StorageError, Tracked, Tx};

use super::record::{Open, Writing, record};
use super::setting::{Setting, on_commitment, with_proof};
use crate::app::App;
use crate::entity::{case, co_applicant};
use crate::model::apply::{Facts, Outcome, Surroundings, apply};
use crate::model::clocks::plan;
use crate::model::command::Command;
use crate::model::commitment::{self, CommitmentKind};
use crate::model::defects::originals;
use crate::model::light::far_away;
use crate::model::relay::taken_on_paper;
use crate::model::state::State;
use crate::sealed::{self, DOSSIER, Dossier, MATERIALS};
use crate::store;
use crate::store::copy;
use crate::store::event::Doer;

/// Name of applicants in histories: their own names stay sealed.
pub(crate) const APPLICANT: &str = "申请人";

/// Makes the case.
pub(crate) async fn create(
    app: &App,
    tx: &mut Tx,
    department_code: &str,
    sent: ApplicationSubmitted,
    causation_id: uuid::Uuid,
) -> Result<(), HandleError> {
    let department = copy::Departments::by_code(tx.conn(), department_code).await?;
    let department = department.ok_or(HandleError::early("the department"))?;
    let item = app
        .item(tx.conn(), &sent.item_code, sent.item_version)
        .await?;
    let item = item.ok_or(HandleError::early("the item in its version"))?;
    let calendar_version = match app.calendar(tx.conn(), &sent.calendar_version).await? {
        Some(_) => sent.calendar_version.clone(),
        None => copy::Calendars::newest_version(tx.conn())
            .await?
            .ok_or(HandleError::early("a calendar"))?,
    };
    let kind = commitment::kind(&item, sent.commitment.as_ref()).map(CommitmentKind::as_str);
    let item = with_proof(on_commitment(item, kind), proof(&sent));
    let (mut outcome, steps) = (submitted(&sent)?, plan(&item));
    let compared = compared(&sent, &item);
    if item.pre_review_term.is_none() || compared.is_some() {
        let facts = Facts {
            steps,
            ..Facts::blank(State::Submitted)
        };
        let receive = Command::Receive {
            at: sent.submitted_at,
        };
        let mut received = apply(&facts, &receive, Surroundings::platform(tx.now()))
            .map_err(tb_kernel::Fault::from)?;
        if let Some(event) = received.events.last_mut() {
            event.detail.originals = compared.unwrap_or_default();
        }
        outcome.events.extend(received.events);
        outcome = Outcome {
            events: outcome.events,
            ..received
        };
    }
    let setting = Setting {
        item,
        office: department.name.clone(),
        barred: false,
        charges: app.payments().is_some(),
        assesses: false,
        orders: Vec::new(),
    };
    let mut row = new_row(tx, &department, &sent, calendar_version)?;
    row.commitment = kind.map(str::to_owned);
    // What the office's own counter took in lies with the office.
    if let Some(counter) = sent.counter.as_ref()
        && let Some(id) = counter.department_id.filter(|id| *id != department.id)
    {
        let taken = taken_on_paper(&setting.item, &counter.papers);
        row.counter_id = Some(id.0);
        row.counter_papers = i32::try_from(taken.len()).unwrap_or(i32::MAX);
    }
    let mut open = Open {
        app,
        setting: &setting,
        row: Tracked::new(row),
        history: Vec::new(),
        causation_id: Some(causation_id),
    };
    let (id, name, writing) = if let Some(counter) = &sent.counter {
        (
            counter.clerk_id,
            counter.clerk_name.as_str(),
            Writing::AtCounter,
        )
    } else {
        (sent.applicant.account_id, APPLICANT, Writing::New)
    };
    let doer = Doer {
        id: id.0,
        name: name.to_owned(),
    };
    record(tx, &mut open, outcome, &doer, writing).await?;
    find_by_all(tx, open.row.id, &sent).await?;
    Ok(())
}

/// Lets the case be found by the numbers of its co-applicants too.
async fn find_by_all(
    tx: &Tx,
    case_id: uuid::Uuid,
    sent: &ApplicationSubmitted,
) -> Result<(), StorageError> {
    for one in &sent.co_applicants {
        let row = co_applicant::Model {
            id: tx.new_id(),
            case_id,
            id_number_bidx: sealed::co_applicant_index(tx.sealer(), &one.id_number),
        };
        store::co_applicant::insert(tx.conn(), row).await?;
    }
    Ok(())
}

/// Which paper among the materials proves that somebody may act for the applicant.
fn proof(sent: &ApplicationSubmitted) -> Option<ProxyRelation> {
    sent.proxy.as_ref().and_then(Proxy::proof)
}

/// Names of the originals that a clerk compared when he took it in at the counter; `None` where no
/// counter took it in, or where an original was not shown.
fn compared(sent: &ApplicationSubmitted, item: &ItemDocument) -> Option<Vec<String>> {
    let counter = sent.counter.as_ref()?;
    let wanted = originals(item, &sent.situation_answers, &sent.materials).into_iter();
    wanted
        .map(|one| counter.papers.contains(&one.id).then_some(one.name))
        .collect()
}

fn submitted(sent: &ApplicationSubmitted) -> Result<Outcome, HandleError> {
    let command = Command::Submit {
        at: sent.submitted_at,
    };
    let around = Surroundings::platform(sent.submitted_at);
    Ok(apply(&Facts::blank(State::Draft), &command, around).map_err(tb_kernel::Fault::from)?)
}

fn channel(channel: Channel) -> Result<String, StorageError> {
    let word = serde_json::to_value(channel)?;
    Ok(word.as_str().unwrap_or_default().to_owned())
}

/// What was handed in besides files.
fn dossier(sent: &ApplicationSubmitted) -> Dossier {
    Dossier {
        form: sent.form.clone(),
        situation: sent.situation_answers.clone(),
        agent_name: sent.applicant.agent_name.clone(),
        account_id: sent.applicant.account_id,
        deferred: sent.deferred.clone(),
        commitment: sent.commitment.clone(),
        delivery: sent.delivery.clone(),
        counter: sent.counter.clone(),
        proxy: sent.proxy.clone(),
        co_applicants: sent.co_applicants.clone(),
        batch: sent.batch.clone(),
    }
}

/// The row of a new case, before anything has happened to it.
pub(crate) fn new_row(
    tx: &Tx,
    department: &Department,
    sent: &ApplicationSubmitted,
    calendar_version: String,
) -> Result<case::Model, StorageError> {
    let (id, sealer) = (tx.new_id(), tx.sealer());
    let empty = sealer.seal(sealed::NAME, id, b"")?;
    let mut row = case::Model {
        id,
        number: sent.case_number.clone(),
        department_code: department.code.clone(),
        department_id: department.id.0,
        region: sent.region.to_string(),
        item_code: sent.item_code.clone(),
        item_version: sent.item_version,
        item_name: sent.item_name.clone(),
        calendar_version,
        application_id: sent.application_id.0,
        channel: channel(sent.channel)?,
        state: State::Draft.to_string(),
        running: false,
        step_index: 0,
        step_id: None,
        step_name: None,
        waits_for: None,
        organisation: false,
        applicant_name: empty.clone(),
        applicant_name_bidx: Vec::new(),
        applicant_id_number: empty.clone(),
        applicant_id_number_bidx: Vec::new(),
        applicant_phone: empty,
        applicant_phone_bidx: Vec::new(),
        payload_version: sent.version,
        dossier: sealer.seal_json(DOSSIER, id, &dossier(sent))?,
        materials: sealer.seal_json(MATERIALS, id, &sent.materials)?,
        submitted_at: sent.submitted_at,
        received_at: None,
        accepted_at: None,
        decided_at: None,
        closed_at: None,
        ended_at: None,
        result: None,
        revoked_at: None,
        commitment: None,
        check_stage: None,
        check_until: None,
        escalation_at: None,
        open_orders: 0,
        letter_since: None,
        proxy_proof: proof(sent).map(|relation| relation.word().to_owned()),
        fee_stage: None,
        acceptance_until: None,
        applicant_until: None,
        applicant_alarm_at: None,
        legal_until: None,
        promised_until: None,
        step_until: None,
        delivery_until: None,
        yellow_from: None,
        paused_since: None,
        due_until: far_away(),
        due_kind: None,
        provisional: false,
        alarm: None,
        clocks_at: tx.now(),
        withdrawal_pending: false,
        version: 0,
        handler_id: None,
        handler_name: None,
        changed_at: tx.now(),
        changed_by: APPLICANT.to_owned(),
        joint: sent.joint.as_ref().map(serde_json::to_string).transpose()?,
        counter_id: None,
        counter_papers: 0,
        result_at: None,
        batch_number: sent.batch.as_ref().map(|batch| batch.number.clone()),
    };
    sealed::set_applicant(sealer, &mut row, &sent.applicant)?;
    Ok(row)
}
