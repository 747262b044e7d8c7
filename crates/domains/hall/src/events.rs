//! What the hall listens to: the catalogue, for its read copies.

use std::sync::Arc;

use tb_contract::events::{CalendarPublished, DepartmentPublished, ItemPublished, ItemWithdrawn};
use tb_contract::topics;
use tb_events::{HandleError, Handler, Subscription, payload};
use tb_kernel::Event;
use tb_storage::Tx;

use crate::service::affected::calendar_changed;
use crate::store::copy::{self, Calendars, Departments, Item};

const ITEM: &str = "catalogue.item.published";
const WITHDRAWN: &str = "catalogue.item.withdrawn";
const CALENDAR: &str = "catalogue.calendar.published";
const DEPARTMENT: &str = "catalogue.department.published";

/// The hall's subscription.
pub(crate) fn subscription() -> Subscription {
    let all = Subscription::new("hall", Arc::new(Listener)).topic(topics::CATALOGUE);
    [ITEM, WITHDRAWN, CALENDAR, DEPARTMENT]
        .into_iter()
        .fold(all, Subscription::kind)
}

struct Listener;

#[async_trait::async_trait]
impl Handler for Listener {
    async fn handle(&self, tx: &mut Tx, event: &Event) -> Result<(), HandleError> {
        match event.kind.as_str() {
            ITEM => published(tx, payload(event)?).await,
            WITHDRAWN => withdrawn(tx, payload(event)?).await,
            CALENDAR => {
                let said: CalendarPublished = payload(event)?;
                Calendars::keep(tx.conn(), &said.calendar, event.time).await?;
                Ok(calendar_changed(tx).await?)
            }
            DEPARTMENT => {
                let said: DepartmentPublished = payload(event)?;
                Ok(Departments::keep(tx.conn(), &said).await?)
            }
            _ => Ok(()),
        }
    }
}

async fn published(tx: &Tx, said: ItemPublished) -> Result<(), HandleError> {
    let item = said.item;
    let row = Item {
        code: said.code,
        version: said.version,
        name: item.name,
        department_code: item.department_code,
        region: item.region.as_str().to_owned(),
        bookable: item.handling.appointment,
        in_hall: item.handling.in_hall,
    };
    Ok(copy::save_item(tx.conn(), row).await?)
}

/// Nobody can apply any more, so nobody books; who has booked already comes.
async fn withdrawn(tx: &Tx, said: ItemWithdrawn) -> Result<(), HandleError> {
    if let Some(mut row) = copy::item(tx.conn(), &said.code).await? {
        row.bookable = false;
        copy::save_item(tx.conn(), row).await?;
    }
    Ok(())
}
