//! What approval listens to: the catalogue (read copies), payloads on the departments' own topics,
//! the notices that set work going once their payload is there (P6), and what becomes of licences.

use serde::Deserialize;
use tb_contract::events::{
    ApplicationNotice, ApplicationSubmitted, CalendarPublished, ItemPublished, LicenceChanged,
};
use tb_contract::topics;
use tb_events::{HandleError, Handler, payload};
use tb_kernel::Event;
use tb_storage::Tx;

use crate::app::App;
use crate::service::change::{Change, change};
use crate::service::create::create;
use crate::store;
use crate::store::copy::{self, Calendars, Departments};
use crate::store::ended_licence::EndedLicence;

const SUBMITTED: &str = "intake.application.submitted";

/// The consumer of the group `approval`.
pub(crate) struct Consumer(pub App);

/// What every payload begins with.
#[derive(Deserialize)]
struct Head {
    case_number: String,
    version: i64,
}

#[async_trait::async_trait]
impl Handler for Consumer {
    async fn handle(&self, tx: &mut Tx, event: &Event) -> Result<(), HandleError> {
        match event.topic.as_str() {
            topics::CATALOGUE => self.take_copy(tx, event).await,
            topics::APPLICATION_NOTICE => Box::pin(self.notice(tx, event)).await,
            topics::LICENCE => licence(tx, event).await,
            _ => {
                let head: Head = payload(event)?;
                store::payload::save(
                    tx,
                    &head.case_number,
                    head.version,
                    &event.kind,
                    &event.payload,
                )
                .await?;
                Ok(())
            }
        }
    }
}

/// Keeps how licences end: desks see it beside the materials that rely on one.
async fn licence(tx: &mut Tx, event: &Event) -> Result<(), HandleError> {
    // What is asked for about a licence has not ended it.
    let is_change = event.kind.starts_with("licence.change.");
    if is_change || event.kind == "licence.licence.issued" {
        return Ok(());
    }
    let said: LicenceChanged = payload(event)?;
    let row = EndedLicence {
        licence_id: said.id,
        state: said.state,
        at: said.at,
        version: said.version,
    };
    Ok(store::ended_licence::note(tx.conn(), row).await?)
}

impl Consumer {
    async fn take_copy(&self, tx: &mut Tx, event: &Event) -> Result<(), HandleError> {
        match event.kind.as_str() {
            "catalogue.item.published" => {
                copy::save_item(tx, &payload::<ItemPublished>(event)?).await?;
            }
            "catalogue.calendar.published" => {
                let said: CalendarPublished = payload(event)?;
                Calendars::keep(tx.conn(), &said.calendar, event.time).await?;
            }
            "catalogue.department.published" => {
                Departments::keep(tx.conn(), &payload(event)?).await?;
                let app = self.0.clone();
                tx.after_commit(move || app.forget_offices());
            }
            // A withdrawn item takes no new applications; its cases go on by their pinned version.
            _ => {}
        }
        Ok(())
    }

    async fn notice(&self, tx: &mut Tx, event: &Event) -> Result<(), HandleError> {
        let notice: ApplicationNotice = payload(event)?;
        let known = store::case::by_number(tx.conn(), &notice.case_number).await?;
        if known
            .as_ref()
            .is_some_and(|row| row.payload_version >= notice.version)
        {
            return Ok(());
        }
        let sent =
            store::payload::find(tx.conn(), tx.sealer(), &notice.case_number, notice.version)
                .await?;
        let sent = sent.ok_or(HandleError::early("the payload"))?;
        match known {
            Some(row) if notice.change != SUBMITTED => {
                let what = Change {
                    kind: &notice.change,
                    version: notice.version,
                    payload: &sent,
                    causation_id: event.id,
                };
                Box::pin(change(&self.0, tx, row, &what)).await
            }
            Some(_) => Err(HandleError::poison(
                "approval.submitted_twice",
                "the case has been submitted before",
            )),
            None if notice.change == SUBMITTED => {
                let sent = ApplicationSubmitted::deserialize(sent)?;
                create(&self.0, tx, &notice.department_code, sent, event.id).await
            }
            None => Err(HandleError::early("the submission")),
        }
    }
}
