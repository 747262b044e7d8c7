//! What intake listens to: what departments say of its cases, and what the catalogue publishes.

mod appointment;
mod catalogue;
mod commitment;
mod feedback;
mod interaction;
mod licence;
mod proxy;

use std::sync::Arc;

use tb_contract::topics;
use tb_events::{HandleError, Handler, Subscription};
use tb_kernel::Event;
use tb_storage::Tx;
use uuid::Uuid;

use crate::app::App;
use crate::sealed::ARGS;
use crate::sentence::Args;
use crate::store::message;

const FED_BACK: &str = "governance.application.fed_back";
const ITEM_PUBLISHED: &str = "catalogue.item.published";
const ITEM_WITHDRAWN: &str = "catalogue.item.withdrawn";
const JOINT_PUBLISHED: &str = "catalogue.joint_item.published";
const JOINT_WITHDRAWN: &str = "catalogue.joint_item.withdrawn";
const CALENDAR_PUBLISHED: &str = "catalogue.calendar.published";

/// Intake's subscription.
pub(crate) fn subscription(app: App) -> Subscription {
    let all = Subscription::new("intake", Arc::new(Listener(app)))
        .topic(topics::INTAKE_FEEDBACK)
        .topic(topics::CATALOGUE)
        .topic(topics::INTERACTION)
        .topic(topics::COMMITMENT)
        .topic(topics::IDENTITY)
        .topic(topics::LICENCE)
        .topic(topics::HALL)
        .kind(FED_BACK)
        .kind(ITEM_PUBLISHED)
        .kind(ITEM_WITHDRAWN)
        .kind(JOINT_PUBLISHED)
        .kind(JOINT_WITHDRAWN)
        .kind(CALENDAR_PUBLISHED)
        .kind(proxy::CHANGED)
        .kind(interaction::TAKEN);
    interaction::TOLD
        .iter()
        .chain(commitment::TOLD)
        .chain(licence::TOLD)
        .chain(appointment::TOLD)
        .fold(all, |all, kind| all.kind(*kind))
}

struct Listener(App);

#[async_trait::async_trait]
impl Handler for Listener {
    async fn handle(&self, tx: &mut Tx, event: &Event) -> Result<(), HandleError> {
        match event.kind.as_str() {
            FED_BACK => feedback::fed_back(&self.0, tx, event).await,
            ITEM_PUBLISHED => catalogue::item_published(tx, event).await,
            ITEM_WITHDRAWN => catalogue::item_withdrawn(tx, event).await,
            JOINT_PUBLISHED => catalogue::joint_published(tx, event).await,
            JOINT_WITHDRAWN => catalogue::joint_withdrawn(tx, event).await,
            CALENDAR_PUBLISHED => catalogue::calendar_published(tx, event).await,
            proxy::CHANGED => proxy::changed(&self.0, tx, event).await,
            interaction::TAKEN => interaction::taken(&self.0, tx, event).await,
            _ if event.topic == topics::COMMITMENT => commitment::told(tx, event).await,
            _ if event.topic == topics::HALL => appointment::told(tx, event).await,
            _ if event.topic == topics::LICENCE => licence::told(&self.0, tx, event).await,
            _ if event.topic == topics::INTERACTION => interaction::told(&self.0, tx, event).await,
            _ => Ok(()),
        }
    }
}

/// A message of other domains.
struct Message<'a> {
    account_id: Uuid,
    /// Where it is about one.
    application_id: Option<Uuid>,
    kind: &'a str,
}

/// Puts a message into somebody's inbox.
async fn write(tx: &Tx, about: Message<'_>, words: &Args) -> Result<(), HandleError> {
    let id = tx.new_id();
    let row = message::Message {
        id,
        account_id: about.account_id,
        application_id: about.application_id.unwrap_or_default(),
        kind: about.kind.to_owned(),
        args: tx.sealer().seal_json(ARGS, id, words)?,
        created_at: tx.now(),
        read_at: None,
    };
    message::insert(tx.conn(), row).await?;
    Ok(())
}
