//! Fills an installation with types; what is there already stays as people have changed it since.

use serde::Deserialize;
use tb_kernel::Fault;
use tb_storage::{Origin, Store};

use crate::error::Error;
use crate::model::document::{TypeDocument, faults};
use crate::service::types::add;
use crate::store;

/// A type as a file describes it.
#[derive(Clone, Debug, Deserialize)]
pub struct TypeSeed {
    /// Code.
    pub code: String,
    /// Template.
    pub document: TypeDocument,
}

/// Adds the types that are not there yet; returns how many.
pub async fn seed_types(
    storage: &Store,
    by: &Origin,
    seeds: Vec<TypeSeed>,
) -> Result<usize, Fault> {
    let mut tx = storage.begin(by.clone()).await?;
    let mut added = 0;
    for seed in seeds {
        let wrong = faults(&seed.code, &seed.document);
        if !wrong.is_empty() {
            return Err(Fault::fields(Fault::from(Error::TypeInvalid).code, wrong));
        }
        if store::kind::find(tx.conn(), &seed.code).await?.is_none() {
            add(&mut tx, seed.code, &seed.document).await?;
            added += 1;
        }
    }
    tx.commit(&()).await?;
    Ok(added)
}
