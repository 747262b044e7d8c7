//! Renders licences, each at its first opening, and keeps the PDF.

use std::sync::Arc;

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use tb_contract::ports::{IssuedLicence, IssuedLicences, PortResult};
use tb_kernel::Fault;
use tb_storage::{Content, Store};
use tb_typeset::{FaceLine, Licence, SheetWay, Typeroom};
use uuid::Uuid;

use crate::entity::licence;
use crate::error::Error;
use crate::model::code::{address, rows};
use crate::model::document::{Layout, TypeDocument};
use crate::model::statement::Statement;
use crate::{sealed, store};

/// Where licences are rendered; cheap to clone.
#[derive(Clone)]
pub(crate) struct Press(Arc<Inner>);

struct Inner {
    storage: Store,
    typeroom: Typeroom,
    public_url: String,
}

impl Press {
    /// A press for the licences in `storage`, whose codes lead to `public_url`.
    pub(crate) fn new(storage: &Store, typeroom: Typeroom, public_url: &str) -> Self {
        Self(Arc::new(Inner {
            storage: storage.clone(),
            typeroom,
            public_url: public_url.to_owned(),
        }))
    }

    /// Storage.
    pub(crate) fn store(&self) -> &Store {
        &self.0.storage
    }

    /// Where the code of a licence leads.
    pub(crate) fn address(&self, code: &str) -> String {
        address(&self.0.public_url, code)
    }

    /// The PDF of a licence: as it lies, else rendered now and kept. Two that render at once write
    /// the same bytes.
    ///
    /// # Errors
    /// [`Error::FileNotReady`] where the fonts are missing.
    pub(crate) async fn pdf(&self, row: &licence::Model) -> Result<Content, Fault> {
        let storage = &self.0.storage;
        let name = blob(row.id);
        if let Some(content) = storage.blobs().open_file(&name).await? {
            return Ok(content);
        }
        let sheet = self.sheet(row)?;
        let press = self.clone();
        let rendering = tokio::task::spawn_blocking(move || press.render(&sheet));
        let bytes = rendering.await.map_err(Fault::internal)??;
        storage.blobs().put_named(&name, &bytes).await?;
        Ok(bytes.into())
    }

    fn sheet(&self, row: &licence::Model) -> Result<Licence, Fault> {
        let sealer = self.0.storage.sealer();
        let said: Statement = sealed::statement(sealer, row)?;
        let address = self.address(&sealed::code(sealer, row)?);
        Ok(Licence {
            title: said.type_name,
            number: said.number,
            mark: said.mark,
            organ: said.organ,
            issued_on: said.issued_on,
            sample: said.sample,
            seal: said.seal,
            way: match said.layout {
                Layout::Portrait => SheetWay::Portrait,
                Layout::Landscape => SheetWay::Landscape,
            },
            face: said
                .face
                .into_iter()
                .map(|line| FaceLine {
                    label: line.label,
                    value: line.value,
                })
                .collect(),
            code: rows(&address)?
                .iter()
                .map(|row| row.chars().map(|square| square == '1').collect())
                .collect(),
            address,
        })
    }

    /// Blocks: fonts are read on the first call, and typesetting computes.
    fn render(&self, sheet: &Licence) -> Result<Vec<u8>, Fault> {
        let typesetter = self.0.typeroom.typesetter();
        let typesetter =
            typesetter.map_err(|error| Fault::from(Error::FileNotReady).because(error))?;
        typesetter.render_licence(sheet).map_err(Fault::internal)
    }
}

#[async_trait]
impl IssuedLicences for Press {
    async fn of_case(&self, case_number: &str) -> PortResult<Vec<IssuedLicence>> {
        let rows = store::licence::issued_for(&self.0.storage.read(), case_number).await?;
        let mut issued = Vec::with_capacity(rows.len());
        for row in rows {
            self.pdf(&row).await?;
            issued.push(IssuedLicence {
                blob: blob(row.id),
                number: row.number,
                title: row.type_name,
            });
        }
        Ok(issued)
    }

    async fn issues_since(&self, item_code: &str) -> PortResult<Option<DateTime<Utc>>> {
        let conn = self.0.storage.read();
        for kind in store::kind::all(&conn).await? {
            let mut versions = Vec::new();
            for version in store::kind::versions(&conn, &kind.code).await? {
                let document: TypeDocument =
                    serde_json::from_str(&version.document).map_err(Fault::internal)?;
                versions.push((version.saved_at, document.is_issued_by(item_code)));
            }
            if let Some(since) = since(&versions) {
                return Ok(Some(since));
            }
        }
        Ok(None)
    }
}

/// Since when a type has named an item without a break: by its versions, the newest first.
fn since(versions: &[(DateTime<Utc>, bool)]) -> Option<DateTime<Utc>> {
    let named = versions.iter().take_while(|(_, names)| *names);
    named.last().map(|(saved_at, _)| *saved_at)
}

/// The name of a licence's PDF in the blob store.
pub(crate) fn blob(id: Uuid) -> String {
    format!("licence/{id}")
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, TimeDelta};

    use super::since;

    #[test]
    fn a_type_names_an_item_since_the_version_that_began_it() {
        let at = |n| DateTime::UNIX_EPOCH + TimeDelta::days(n);
        assert_eq!(since(&[]), None);
        assert_eq!(since(&[(at(9), false), (at(1), true)]), None, "no more");
        let again = [(at(9), true), (at(5), true), (at(3), false), (at(1), true)];
        assert_eq!(since(&again), Some(at(5)));
    }
}
