//! A service may be rated, and has been rated: a poor rating opens a rectification.

use tb_contract::events::{RatingGiven, RatingInvited};
use tb_contract::rating::GOOD_FROM;
use tb_contract::sms::SmsKind;
use tb_kernel::{ErrorKind, Fault, Scope, office_time};
use tb_storage::{Tracked, Tx};
use uuid::Uuid;

use super::record::{Detail, Doer, record, tell};
use super::sms::queue::{About, queue};
use crate::app::App;
use crate::model::task::{State, appeal};
use crate::sealed::COMMENT;
use crate::store;
use crate::store::occasion::{NONE, Occasion, WAITING};
use crate::store::task::Task;

/// A service has ended.
pub(crate) async fn invited(
    app: &App,
    tx: &mut Tx,
    cause: Uuid,
    said: RatingInvited,
) -> Result<(), Fault> {
    let known = store::occasion::by_number(tx.conn(), &Scope::Everything, &said.case_number);
    if known.await?.is_some() {
        return Ok(());
    }
    occasion(tx, &said).await?;
    if said.joint {
        return Ok(());
    }
    let about = About {
        kind: SmsKind::RatingAsked,
        cause,
        case_number: &said.case_number,
        item_name: &said.item_name,
        extension: None,
    };
    queue(app, tx, said.account_id.0, about).await
}

/// A service has been rated.
pub(crate) async fn given(app: &App, tx: &mut Tx, said: RatingGiven) -> Result<(), Fault> {
    let known =
        store::occasion::by_number(tx.conn(), &Scope::Everything, &said.service.case_number);
    let mut row = match known.await? {
        Some(row) => row,
        None => Tracked::new(occasion(tx, &said.service).await?),
    };
    if row.level.is_some() {
        // One per case: intake told it before.
        return Ok(());
    }
    row.level = Some(said.level.into());
    row.rated_at = Some(said.service.at);
    row.channel = Some(said.channel);
    row.tags = serde_json::to_string(&said.tags).map_err(Fault::internal)?;
    if !said.comment.is_empty() {
        row.comment = Some(tx.sealer().seal_text(COMMENT, row.id, &said.comment)?);
        WAITING.clone_into(&mut row.words_state);
    }
    store::occasion::save(tx.conn(), &row).await?;
    tx.done("interaction.rating.taken_in", "case", &row.case_number);
    if said.level < GOOD_FROM {
        rectify(app, tx, &row, said.level).await?;
    }
    Ok(())
}

async fn occasion(tx: &Tx, said: &RatingInvited) -> Result<Occasion, Fault> {
    let department = store::copy::Departments::by_code(tx.conn(), &said.department_code).await?;
    // The catalogue tells of it on a topic of its own: it is on its way.
    let department = department.ok_or(Fault::new(ErrorKind::Unavailable, "http.busy"))?;
    let row = Occasion {
        id: tx.new_id(),
        case_number: said.case_number.clone(),
        application_id: said.application_id.0,
        account_id: said.account_id.0,
        item_code: said.item_code.clone(),
        item_name: said.item_name.clone(),
        department_code: said.department_code.clone(),
        department_id: department.id.0,
        region: said.region.to_string(),
        invited_at: said.at,
        rated_at: None,
        channel: None,
        level: None,
        tags: "[]".to_owned(),
        comment: None,
        excluded: false,
        words_state: NONE.to_owned(),
        published: None,
        reviewed_at: None,
        joint: said.joint,
        sample: false,
    };
    store::occasion::insert(tx.conn(), row.clone()).await?;
    Ok(row)
}

/// Opens the rectification of a poor rating.
async fn rectify(app: &App, tx: &mut Tx, of: &Occasion, level: u8) -> Result<(), Fault> {
    let (now, settings) = (tx.now(), app.settings());
    let today = office_time::day(now);
    let contact = app.term(tx.conn(), today, settings.contact_days, &of.region);
    let contact = contact.await?;
    let close = app.term(tx.conn(), today, settings.close_days, &of.region);
    let close = close.await?;
    let mut row = Task {
        id: tx.new_id(),
        occasion_id: of.id,
        case_number: of.case_number.clone(),
        account_id: of.account_id,
        item_code: of.item_code.clone(),
        item_name: of.item_name.clone(),
        department_code: of.department_code.clone(),
        department_id: of.department_id,
        region: of.region.clone(),
        level: level.into(),
        state: State::Open.as_str().to_owned(),
        version: 1,
        round: 1,
        invited_at: of.invited_at,
        opened_at: now,
        round_at: now,
        due_on: contact.due,
        yellow_from: contact.yellow_from,
        contact_due: contact.due,
        close_due: close.due,
        contacted_at: None,
        rectified_at: None,
        closed_at: None,
        in_time: None,
        outcome: None,
        second_level: None,
        unreached: 0,
        appeal: appeal::NONE.to_owned(),
        handlers: "[]".to_owned(),
        escalation: 0,
        last_seq: 0,
    };
    record(tx, &mut row, "opened", &Doer::SYSTEM, &Detail::default()).await?;
    store::task::insert(tx.conn(), row.clone()).await?;
    tell(tx, &row, "opened", Some(row.contact_due), "").await?;
    tx.done("interaction.rectification.opened", "rectification", row.id);
    Ok(())
}
