//! What interaction listens to: the catalogue (read copies), intake's ratings, and what applicants were
//! told, which may go out as a short message too.

use std::sync::Arc;

use tb_contract::events::{CalendarPublished, DepartmentPublished};
use tb_contract::topics;
use tb_events::{HandleError, Handler, Subscription, payload};
use tb_kernel::Event;
use tb_storage::Tx;

use crate::app::App;
use crate::service::open;
use crate::service::sms::queue_all;
use crate::store::copy::{Calendars, Departments};

const INVITED: &str = "intake.rating.invited";
const GIVEN: &str = "intake.rating.given";
const TOLD: &str = "intake.applicant.told";
const CALENDAR: &str = "catalogue.calendar.published";
const DEPARTMENT: &str = "catalogue.department.published";

/// Interaction's subscription.
pub(crate) fn subscription(app: App) -> Subscription {
    let all = Subscription::new("interaction", Arc::new(Listener(app)))
        .topic(topics::CATALOGUE)
        .topic(topics::RATING)
        .topic(topics::TOLD);
    [INVITED, GIVEN, TOLD, CALENDAR, DEPARTMENT]
        .into_iter()
        .fold(all, Subscription::kind)
}

struct Listener(App);

#[async_trait::async_trait]
impl Handler for Listener {
    async fn handle(&self, tx: &mut Tx, event: &Event) -> Result<(), HandleError> {
        match event.kind.as_str() {
            INVITED => Ok(open::invited(&self.0, tx, event.id, payload(event)?).await?),
            TOLD => Ok(queue_all(&self.0, tx, event.id, payload(event)?).await?),
            GIVEN => Ok(open::given(&self.0, tx, payload(event)?).await?),
            CALENDAR => {
                let said: CalendarPublished = payload(event)?;
                Ok(Calendars::keep(tx.conn(), &said.calendar, event.time).await?)
            }
            DEPARTMENT => {
                let said: DepartmentPublished = payload(event)?;
                Ok(Departments::keep(tx.conn(), &said).await?)
            }
            _ => Ok(()),
        }
    }
}
