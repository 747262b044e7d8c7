//! The departments that a list names. Its name is what tells one: the codes of lists are too often
//! wrong, and one office may have several.

use std::collections::{BTreeMap, BTreeSet};

use tb_kernel::{Fault, Region, Scope};
use tb_storage::{Conn, Tx};
use uuid::Uuid;

use crate::entity::department;
use crate::model::code;
use crate::model::row::ListRow;
use crate::service::save_department::{announce, insert, new_department};
use crate::service::{own_json, to_json};
use crate::store;

/// A department of the list.
#[derive(Clone, Debug)]
pub(super) struct Office {
    pub code: String,
    pub name: String,
    /// Its row; `None` until the first piece that names it is written.
    row: Option<department::Model>,
    /// Codes of the list that it is to be known by.
    new_codes: BTreeSet<String>,
}

/// All of them, by code, and the names that lists use.
pub(super) struct Offices {
    region: Region,
    by_code: BTreeMap<String, Office>,
    codes: BTreeMap<String, String>,
    taken_codes: BTreeSet<String>,
}

impl Offices {
    /// The departments of the region and of those it lies in, by name and by the names that lists
    /// use; the nearest wins.
    pub(super) async fn load(conn: &Conn, region: Region) -> Result<Self, Fault> {
        let all = store::department::all(conn).await?;
        let mut offices = Self {
            taken_codes: all.iter().map(|row| row.code.clone()).collect(),
            by_code: BTreeMap::new(),
            codes: BTreeMap::new(),
            region,
        };
        let is_near = |row: &department::Model| {
            Region::parse(&row.region).is_some_and(|outer| outer.contains(&offices.region))
        };
        let mut near: Vec<_> = all.into_iter().filter(is_near).collect();
        near.sort_by_key(|row| row.region.len());
        for row in near {
            let mut names: Vec<String> = own_json(&row.import_names)?;
            names.push(row.name.clone());
            offices.add(names, Office::of(row));
        }
        Ok(offices)
    }

    fn add(&mut self, names: Vec<String>, office: Office) {
        for name in names {
            self.codes.insert(name, office.code.clone());
        }
        self.by_code.insert(office.code.clone(), office);
    }

    /// The office of a row; `true` where nobody knew it before.
    pub(super) fn of(&mut self, row: &ListRow) -> Result<(Office, bool), Fault> {
        let is_new = !self.codes.contains_key(&row.department);
        if is_new {
            let office = Office::new(self.free_code(row), row.department.clone());
            self.add(vec![row.department.clone()], office);
        }
        let office = self.named(&row.department)?;
        if !row.office_code.is_empty() && row.office_code != office.code {
            office.new_codes.insert(row.office_code.clone());
        }
        Ok((office.clone(), is_new))
    }

    /// The code of a new department: the list's, if it is free; else one made of its name.
    fn free_code(&mut self, row: &ListRow) -> String {
        let listed = code::normal(&row.office_code);
        let listed = Some(listed).filter(|code| code::is_written_well(code));
        let free = listed.filter(|code| !self.taken_codes.contains(code));
        let code = free.unwrap_or_else(|| code::made_of(&[self.region.as_str(), &row.department]));
        self.taken_codes.insert(code.clone());
        code
    }

    /// Writes new departments, and new codes of known ones, among the offices named.
    pub(super) async fn write(
        &mut self,
        tx: &mut Tx,
        names: &BTreeSet<String>,
        sample: bool,
    ) -> Result<(), Fault> {
        let region = self.region.clone();
        for name in names {
            let office = self.named(name)?;
            let codes = std::mem::take(&mut office.new_codes);
            if let Some(row) = &mut office.row {
                learn(tx, row, codes).await?;
            } else {
                let mut row = new_department(tx, office.code.clone(), name, region.clone());
                row.sample = sample;
                row.external_codes = to_json(&codes)?;
                insert(tx, row.clone()).await?;
                office.row = Some(row);
            }
        }
        Ok(())
    }

    /// The id of an office that has been written.
    pub(super) fn id(&mut self, name: &str) -> Result<Uuid, Fault> {
        let row = self.named(name)?.row.as_ref();
        row.map(|row| row.id)
            .ok_or_else(|| Fault::internal("an office of the list was not written"))
    }

    fn named(&mut self, name: &str) -> Result<&mut Office, Fault> {
        let code = self.codes.get(name);
        code.and_then(|code| self.by_code.get_mut(code))
            .ok_or_else(|| Fault::internal("an office of the list was not looked up"))
    }
}

impl Office {
    fn new(code: String, name: String) -> Self {
        Self {
            code,
            name,
            row: None,
            new_codes: BTreeSet::new(),
        }
    }

    fn of(row: department::Model) -> Self {
        Self {
            row: Some(row.clone()),
            ..Self::new(row.code, row.name)
        }
    }
}

/// Adds codes to a department that has its row, as it stands now.
async fn learn(
    tx: &mut Tx,
    row: &mut department::Model,
    codes: BTreeSet<String>,
) -> Result<(), Fault> {
    if let Some(now) = store::department::take(tx.conn(), &Scope::Everything, &row.code).await? {
        *row = now;
    }
    let mut known: BTreeSet<String> = own_json(&row.external_codes)?;
    let before = known.len();
    known.extend(codes);
    if known.len() == before {
        return Ok(());
    }
    row.external_codes = to_json(&known)?;
    row.version += 1;
    row.updated_at = tx.now();
    row.updated_by.clone_from(&tx.actor().name);
    announce(tx, row)?;
    store::department::update(tx.conn(), row.clone()).await?;
    Ok(())
}
