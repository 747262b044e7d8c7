//! The handle of the catalogue: storage and what this process keeps in memory. Cheap to clone, and
//! made before the edge, because identity asks it for departments.

use std::sync::Arc;

use async_trait::async_trait;
use tb_calendar::Calendar;
use tb_contract::divisions::DivisionTree;
use tb_contract::licences::LicenceTypes;
use tb_contract::ports::{self, PortResult};
use tb_kernel::{DepartmentRef, Fault, Scope};
use tb_storage::{Conn, Store};

use crate::error::Error;
use crate::model::code_table::CodeTables;
use crate::model::{ItemStatus, code};
use crate::service::code_tables;
use crate::shelf::Shelf;
use crate::shelf::guide::Guide;
use crate::shelf::kept::Kept;
use crate::store;
use crate::store::revision::List;

/// The catalogue of one process.
#[derive(Clone)]
pub struct Catalogue(Arc<Inner>);

struct Inner {
    store: Store,
    licence_types: Arc<dyn LicenceTypes>,
    shelf: Shelf,
    divisions: Kept<DivisionTree>,
    calendar: Kept<Calendar>,
    codes: Kept<CodeTables>,
}

impl std::fmt::Debug for Catalogue {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Catalogue({:?})", self.0.store)
    }
}

impl Catalogue {
    /// The catalogue over a store; nothing is loaded yet. The register of licences says which types may
    /// replace a material.
    pub fn new(store: &Store, licence_types: Arc<dyn LicenceTypes>) -> Result<Self, Fault> {
        Ok(Self(Arc::new(Inner {
            store: store.clone(),
            licence_types,
            shelf: Shelf::new()?,
            divisions: Kept::new(List::Divisions),
            calendar: Kept::new(List::Calendar),
            codes: Kept::new(List::Codes),
        })))
    }

    /// Loads what requests need, so that the first one is as fast as the others.
    pub async fn warm(&self) -> Result<(), Fault> {
        self.0.shelf.refresh(&self.0.store).await?;
        self.tree().await?;
        self.calendar().await?;
        Ok(())
    }

    /// The division tree.
    pub async fn tree(&self) -> Result<Arc<DivisionTree>, Fault> {
        self.0.divisions.get(&self.0.store, load_tree).await
    }

    /// The calendar in force.
    pub async fn calendar(&self) -> Result<Arc<Calendar>, Fault> {
        self.0.calendar.get(&self.0.store, load_calendar).await
    }

    /// The tables of codes.
    pub(crate) async fn codes(&self) -> Result<Arc<CodeTables>, Fault> {
        self.0.codes.get(&self.0.store, load_codes).await
    }

    /// The register's answers about types of licences.
    pub(crate) fn licence_types(&self) -> &dyn LicenceTypes {
        self.0.licence_types.as_ref()
    }

    pub(crate) fn store(&self) -> &Store {
        &self.0.store
    }

    /// The shelf, as fresh as it has to be.
    pub(crate) async fn shelf(&self) -> Result<&Shelf, Fault> {
        self.0.shelf.follow(&self.0.store).await?;
        Ok(&self.0.shelf)
    }

    /// Shows a change that was just committed here. It is committed whether or not this succeeds,
    /// and the next look would find it too, so that a failure is only logged.
    pub(crate) async fn show_changes(&self) {
        if let Err(fault) = self.0.shelf.refresh(&self.0.store).await {
            tracing::warn!(error = %fault, "a change of items is committed but not shown yet");
        }
        if let Err(fault) = self.0.calendar.now(&self.0.store, load_calendar).await {
            tracing::warn!(error = %fault, "the calendar could not be looked up");
        }
        if let Err(fault) = self.0.codes.now(&self.0.store, load_codes).await {
            tracing::warn!(error = %fault, "the tables of codes could not be looked up");
        }
    }

    /// The guide of a published item, by any of its codes.
    pub(crate) async fn guide(&self, any_code: &str) -> Result<Arc<Guide>, Fault> {
        let on_show = self.shelf().await?;
        if let Some(guide) = on_show.guides.get(any_code) {
            return Ok(guide);
        }
        let code = code::normal(any_code);
        if let Some(guide) = on_show.guides.get(&code) {
            return Ok(guide);
        }
        let changes = on_show.guides.changes();
        let conn = self.0.store.read();
        let id = store::item::id_of(&conn, &code)
            .await?
            .ok_or(Error::ItemNotFound)?;
        let item = store::public_item::find(&conn, id)
            .await?
            .ok_or(Error::ItemNotFound)?;
        if ItemStatus::from_word(&item.status) != ItemStatus::Published {
            return Err(Error::ItemWithdrawn { name: item.name }.into());
        }
        let guide = Arc::new(Guide::new(&item)?);
        on_show.guides.put(code, guide.clone(), changes);
        Ok(guide)
    }
}

async fn load_tree(conn: Conn) -> Result<DivisionTree, Fault> {
    Ok(DivisionTree::new(store::division::all(&conn).await?))
}

async fn load_codes(conn: Conn) -> Result<CodeTables, Fault> {
    code_tables::load(&conn).await
}

async fn load_calendar(conn: Conn) -> Result<Calendar, Fault> {
    let calendar = match store::calendar::newest(&conn).await? {
        Some(row) => Calendar::from_json(&row.document),
        None => Calendar::embedded(),
    };
    calendar.map_err(Fault::internal)
}

#[async_trait]
impl ports::Departments for Catalogue {
    async fn by_code(&self, code: &str) -> PortResult<Option<DepartmentRef>> {
        let found = store::department::find(&self.0.store.read(), &Scope::Everything, code).await?;
        Ok(found.map(|row| DepartmentRef {
            id: row.id.into(),
            code: row.code,
            name: row.name,
        }))
    }
}

#[async_trait]
impl ports::Divisions for Catalogue {
    async fn tree(&self) -> PortResult<Arc<DivisionTree>> {
        Catalogue::tree(self).await
    }
}
