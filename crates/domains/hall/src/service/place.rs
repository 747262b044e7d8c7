//! A place as the use-cases hold it: its row and its description.

use tb_kernel::{Fault, Scope};
use tb_storage::{Conn, Tx};
use uuid::Uuid;

use crate::entity::site;
use crate::error::Error;
use crate::model::site::{CounterDocument, Errand, Keeper, SiteDocument, takes};
use crate::store;

/// A place.
#[derive(Clone, Debug)]
pub(crate) struct Place {
    /// Its row.
    pub row: site::Model,
    /// Its description.
    pub document: SiteDocument,
}

impl Place {
    /// From its row.
    pub(crate) fn of(row: site::Model) -> Result<Self, Fault> {
        let document = serde_json::from_str(&row.document).map_err(Fault::internal)?;
        Ok(Self { row, document })
    }

    /// The counters that take an errand.
    pub(crate) fn counters_for(&self, errand: &Errand<'_>) -> Vec<&CounterDocument> {
        let keeper = Keeper {
            department_code: &self.row.department_code,
            region: &self.row.region,
        };
        self.document
            .counters
            .iter()
            .filter(|counter| takes(keeper, &self.document, counter, errand))
            .collect()
    }
}

/// A place that anybody may look at.
pub(crate) async fn found(conn: &Conn, id: Uuid) -> Result<Place, Fault> {
    let row = store::site::find(conn, &Scope::Everything, id).await?;
    Place::of(row.ok_or(Error::SiteNotFound)?)
}

/// A place within reach, held until the transaction ends.
pub(crate) async fn taken(tx: &Tx, scope: &Scope, id: Uuid) -> Result<Place, Fault> {
    let row = store::site::take(tx.conn(), scope, id).await?;
    Place::of(row.ok_or(Error::SiteNotFound)?)
}
