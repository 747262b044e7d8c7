//! Renders papers, each at its first opening: most are never opened as a file, and typesetting
//! costs more than all else that is done for a case.

use std::sync::Arc;

use async_trait::async_trait;
use tb_contract::ports::{Papers, PortResult};
use tb_kernel::Fault;
use tb_storage::{Content, Store};
use tb_typeset::{ArchiveList, Paper, RelayList, Typeroom, Typesetter};
use uuid::Uuid;

use crate::error::Error;
use crate::model::paper::FrozenPaper;
use crate::{sealed, store};

/// Where papers are rendered; cheap to clone.
#[derive(Clone)]
pub struct Press(Arc<Inner>);

struct Inner {
    storage: Store,
    typeroom: Typeroom,
}

impl Press {
    /// A press for the papers in `storage`.
    pub fn new(storage: &Store, typeroom: Typeroom) -> Self {
        Self(Arc::new(Inner {
            storage: storage.clone(),
            typeroom,
        }))
    }

    /// The PDF of a paper: as it lies, else rendered now and kept; none where there is no such
    /// paper. Two that render at once write the same bytes.
    ///
    /// # Errors
    /// [`Error::PaperNotReady`] where the fonts are missing.
    pub(crate) async fn pdf(&self, paper_id: Uuid) -> Result<Option<Content>, Fault> {
        let storage = &self.0.storage;
        let name = tb_contract::papers::blob(paper_id);
        if let Some(content) = storage.blobs().open_file(&name).await? {
            return Ok(Some(content));
        }
        let Some(row) = store::paper::find(&storage.read(), paper_id).await? else {
            return Ok(None);
        };
        let frozen: FrozenPaper =
            storage
                .sealer()
                .open_json(sealed::PAPER, row.id, &row.content)?;
        let press = self.clone();
        let rendering = tokio::task::spawn_blocking(move || press.render(&frozen.to_paper()));
        let bytes = rendering.await.map_err(Fault::internal)??;
        storage.blobs().put_named(&name, &bytes).await?;
        Ok(Some(bytes.into()))
    }

    /// The PDF of a hand-over list; it is not kept, since what stands on it goes on.
    ///
    /// # Errors
    /// [`Error::PaperNotReady`] where the fonts are missing.
    pub(crate) async fn archive_list(&self, list: ArchiveList) -> Result<Vec<u8>, Fault> {
        let press = self.clone();
        let rendering = tokio::task::spawn_blocking(move || {
            let typesetter = press.typesetter()?;
            typesetter
                .render_archive_list(&list)
                .map_err(Fault::internal)
        });
        rendering.await.map_err(Fault::internal)?
    }

    /// The PDF of a hand-over list between counter and office; not kept either.
    ///
    /// # Errors
    /// [`Error::PaperNotReady`] where the fonts are missing.
    pub(crate) async fn relay_list(&self, list: RelayList) -> Result<Vec<u8>, Fault> {
        let press = self.clone();
        let rendering = tokio::task::spawn_blocking(move || {
            let typesetter = press.typesetter()?;
            typesetter.render_relay_list(&list).map_err(Fault::internal)
        });
        rendering.await.map_err(Fault::internal)?
    }

    /// Blocks: fonts are read on the first call, and typesetting computes.
    fn render(&self, paper: &Paper) -> Result<Vec<u8>, Fault> {
        self.typesetter()?.render(paper).map_err(Fault::internal)
    }

    fn typesetter(&self) -> Result<Typesetter, Fault> {
        let typesetter = self.0.typeroom.typesetter();
        typesetter.map_err(|error| Fault::from(Error::PaperNotReady).because(error))
    }
}

#[async_trait]
impl Papers for Press {
    async fn ready(&self, paper_id: Uuid) -> PortResult<bool> {
        Ok(self.pdf(paper_id).await?.is_some())
    }
}
