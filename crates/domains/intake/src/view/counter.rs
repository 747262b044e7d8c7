//! What is shown of the counter that took an application in.

use chrono::{DateTime, Utc};
use serde::Serialize;
use tb_contract::events::TakenElsewhere;
use tb_storage::{Sealer, StorageError};
use utoipa::ToSchema;

use crate::service::counter::{elsewhere_of, present_of};
use crate::store::counter::Entry;

/// The counter that took it in.
#[derive(Debug, Serialize, ToSchema)]
pub struct ApplicationCounter {
    /// Office whose counter it is.
    pub office: String,
    /// The counter's division, where it took in for an office of another one (异地代收).
    pub elsewhere: Option<TakenElsewhere>,
    /// The clerk who handed it in; of a draft who began it.
    pub clerk: String,
    /// Handed in; none of a draft.
    pub handed_at: Option<DateTime<Utc>>,
    /// Whether whoever stands there applies for an organisation.
    pub organisation: bool,
    /// Of a draft: citizen id of who acts for the organisation.
    pub agent_id_number: String,
}

/// The counter, where one took it in.
pub(super) fn counter(
    sealer: &Sealer,
    entry: Option<Entry>,
) -> Result<Option<ApplicationCounter>, StorageError> {
    let Some(entry) = entry else { return Ok(None) };
    let present = present_of(sealer, &entry)?;
    let organisation = present.credit_code.is_some();
    Ok(Some(ApplicationCounter {
        agent_id_number: if organisation && entry.handed_at.is_none() {
            present.citizen_id
        } else {
            String::new()
        },
        organisation,
        elsewhere: elsewhere_of(&entry)?,
        office: entry.office,
        clerk: entry.handed_by_name.unwrap_or(entry.begun_by_name),
        handed_at: entry.handed_at,
    }))
}
