//! The licences of the register that materials of a case are the sheets of.

use tb_storage::{Conn, Sealer, StorageError};
use uuid::Uuid;

use crate::entity::case;
use crate::sealed;
use crate::store;
use crate::store::ended_licence::EndedLicence;

/// Those of a case's that ended, as far as the register has told.
pub(crate) async fn ended(
    conn: &Conn,
    sealer: &Sealer,
    row: &case::Model,
) -> Result<Vec<EndedLicence>, StorageError> {
    let files = sealed::materials(sealer, row)?;
    let licences = files.iter().filter_map(|file| file.licence.as_ref());
    let ids: Vec<Uuid> = licences.map(|one| one.licence.id).collect();
    store::ended_licence::among(conn, &ids).await
}
