//! What the centre listens to: the catalogue's departments, and what departments say of cases.

use tb_contract::events::DepartmentPublished;
use tb_contract::topics;
use tb_events::{HandleError, Handler};
use tb_kernel::Event;
use tb_storage::Tx;

use crate::{service, store};

pub(crate) struct Consumer;

#[async_trait::async_trait]
impl Handler for Consumer {
    async fn handle(&self, tx: &mut Tx, event: &Event) -> Result<(), HandleError> {
        match event.topic.as_str() {
            topics::CATALOGUE if event.kind == "catalogue.department.published" => {
                let said: DepartmentPublished = tb_events::payload(event)?;
                Ok(store::save_department(tx.conn(), &said).await?)
            }
            topics::ACCEPTANCE | topics::APPROVAL => service::feed_back(tx, event).await,
            // Items and calendars concern those who handle cases.
            _ => Ok(()),
        }
    }
}
