//! What the items of a package are derived from here. Thousands of one package may have the same
//! parent: its versions are read once.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use tb_contract::item::ItemDocument;
use tb_kernel::{Fault, FieldFault, Scope};
use tb_storage::Conn;
use uuid::Uuid;

use crate::entity::item;
use crate::model::derived::faults;
use crate::service::derived_items::{Descent, as_parent, descent, hold, of_version};
use crate::store;

/// Versions of a parent that are tried for an item.
const TRIED: usize = 20;
/// Versions that are kept at a time.
const KEPT: usize = 100;

/// What an item of a package comes from.
pub(super) enum Lineage {
    /// It is derived from this version.
    Child(Descent),
    /// It is an item of its own.
    Own,
    /// It has a parent here, and says in these places what is not its own by any version of it.
    Strange(Vec<FieldFault>),
}

/// The versions of parents that have been read.
#[derive(Default)]
pub(super) struct Parents(HashMap<(Uuid, i64), ItemDocument>);

impl Parents {
    /// What an item is derived from: what it was made from here already, or the parent that the package
    /// names, if it is in force; by the version known here, else by the newest that fits. A package
    /// lets go of no item that is derived here, and ties none from which others are derived.
    pub(super) async fn of(
        &mut self,
        conn: &Conn,
        named: Option<&str>,
        document: &ItemDocument,
        known: Option<&item::Model>,
    ) -> Result<Lineage, Fault> {
        let named = match named {
            None => None,
            Some(code) => store::item::find(conn, &Scope::Everything, code).await?,
        };
        let named = named
            .filter(|row| known.is_none_or(|known| known.id != row.id))
            .and_then(|row| as_parent(&row).ok());
        let kept = known
            .and_then(descent)
            .filter(|kept| named.is_none_or(|named| named.parent == kept.parent));
        let Some(first) = kept.or(named) else {
            return Ok(Lineage::Own);
        };
        let newest = named.map_or(first.version, |named| named.version);
        let versions: Vec<i64> = std::iter::once(first.version)
            .chain((1..=newest).rev().filter(|one| *one != first.version))
            .take(TRIED)
            .collect();
        let mut strange = None;
        for version in versions {
            let from = Descent { version, ..first };
            let parent = self.version(conn, from).await?;
            let against = faults(parent, document).map_err(Fault::internal)?;
            if against.is_empty() {
                return tied(conn, from, known).await;
            }
            strange = strange.or(Some(against));
        }
        // Who has been let go here stays an item of its own.
        Ok(match strange {
            Some(places) if known.is_none_or(|row| row.parent_id.is_some()) => {
                Lineage::Strange(places)
            }
            _ => Lineage::Own,
        })
    }

    async fn version(&mut self, conn: &Conn, from: Descent) -> Result<&ItemDocument, Fault> {
        if self.0.len() >= KEPT {
            self.0.clear();
        }
        let document: &ItemDocument = match self.0.entry((from.parent, from.version)) {
            Entry::Occupied(found) => found.into_mut(),
            Entry::Vacant(free) => free.insert(of_version(conn, from).await?),
        };
        Ok(document)
    }
}

/// Ties an item that says what this version allows. Chains are not made: others may be derived from it.
async fn tied(conn: &Conn, from: Descent, known: Option<&item::Model>) -> Result<Lineage, Fault> {
    if known.is_some_and(|row| row.parent_id == Some(from.parent)) {
        return Ok(Lineage::Child(from));
    }
    let children = match known {
        None => 0,
        Some(row) => store::item::count_children(conn, &Scope::Everything, row.id).await?,
    };
    if children > 0 {
        return Ok(Lineage::Own);
    }
    hold(conn, from.parent).await?;
    Ok(Lineage::Child(from))
}
