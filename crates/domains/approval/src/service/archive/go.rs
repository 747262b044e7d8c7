//! What becomes of a list: cases taken off, packed anew, handed over, sent back, received; or all of it
//! given up, or a receipt taken back.

use std::collections::BTreeSet;

use tb_contract::access::Permission;
use tb_http::Ctx;
use tb_jobs::enqueue;
use tb_kernel::{DepartmentId, Fault};
use tb_storage::Tx;
use uuid::Uuid;

use super::build::RUN;
use super::read::{page, state_of};
use crate::api::archive_body::ArchiveListPage;
use crate::app::App;
use crate::entity::{archive_entry, archive_list};
use crate::error::Error;
use crate::model::archive::{EntryState, ListState};
use crate::model::words::Word;
use crate::sealed::{ARCHIVE_RETURN, ARCHIVE_VOID};
use crate::service::export::reason;
use crate::store::archive as stored;

/// A step of a list.
pub(crate) enum Step {
    /// Cases are taken off before it is handed over.
    Drop(Vec<Uuid>),
    /// What failed, or has changed since, is packed anew.
    Retry,
    /// It is given up.
    Cancel,
    /// It goes to the archivist.
    HandOver,
    /// Cases go back, with a reason.
    Return(Vec<Uuid>, String),
    /// It is received.
    Receive,
    /// The receipt is taken back, with a reason.
    Void(String),
}

impl Step {
    /// In which states a list can take it.
    fn from(&self) -> &'static [ListState] {
        match self {
            Self::Drop(_) | Self::Cancel => &[ListState::Building, ListState::Built],
            Self::Retry | Self::HandOver => &[ListState::Built],
            Self::Return(..) | Self::Receive => &[ListState::HandedOver],
            Self::Void(_) => &[ListState::Received],
        }
    }

    /// What the audit trail calls it.
    fn action(&self) -> &'static str {
        match self {
            Self::Drop(_) => "approval.archive.dropped",
            Self::Retry => "approval.archive.retried",
            Self::Cancel => "approval.archive.cancelled",
            Self::HandOver => "approval.archive.handed_over",
            Self::Return(..) => "approval.archive.returned",
            Self::Receive => "approval.archive.received",
            Self::Void(_) => "approval.archive.receipt_voided",
        }
    }
}

/// A list under way through a transaction.
struct Open {
    list: archive_list::Model,
    /// Its entries that are live.
    live: Vec<archive_entry::Model>,
}

/// Takes a step of a list that is as the caller has seen it.
pub(crate) async fn go<P: Permission>(
    app: &App,
    ctx: &Ctx<P>,
    id: Uuid,
    version: i64,
    step: Step,
) -> Result<ArchiveListPage, Fault> {
    let mut tx = ctx.begin().await?;
    let list = stored::take(tx.conn(), ctx.scope(), id)
        .await?
        .ok_or(Error::ArchiveListNotFound)?;
    if list.version != version || !step.from().contains(&state_of(&list)?) {
        return Err(Error::ArchiveListMoved { state: list.state }.into());
    }
    let mut live = stored::entries(tx.conn(), &[id]).await?;
    live.retain(|entry| entry.live);
    let mut open = Open { list, live };
    open.take(&mut tx, &step).await?;
    open.list.version += 1;
    let department = DepartmentId(open.list.department_id);
    stored::update(tx.conn(), open.list.clone()).await?;
    tx.done(step.action(), "archive_list", id);
    let answer = page(ctx, tx.conn(), &open.list).await?;
    let teller = app.clone();
    let cases: Vec<Uuid> = open.live.iter().map(|entry| entry.case_id).collect();
    tx.after_commit(move || {
        teller.tell_archive(id, department);
        for case in cases {
            teller.tell(case, department);
        }
    });
    tx.commit(&answer).await?;
    Ok(answer)
}

impl Open {
    async fn take(&mut self, tx: &mut Tx, step: &Step) -> Result<(), Fault> {
        match step {
            Step::Drop(ids) => {
                self.leave(tx, ids, EntryState::Dropped, None).await?;
                if self.rest(ids) == 0 {
                    self.list.state = ListState::Cancelled.to_string();
                }
            }
            Step::Cancel => {
                let all: Vec<Uuid> = self.live.iter().map(|entry| entry.id).collect();
                self.leave(tx, &all, EntryState::Dropped, None).await?;
                self.list.state = ListState::Cancelled.to_string();
            }
            Step::Retry => self.retry(tx).await?,
            Step::HandOver => self.hand_over(tx).await?,
            Step::Return(ids, why) => {
                let why = reason(why)?;
                self.leave(tx, ids, EntryState::Returned, Some(&why))
                    .await?;
                if self.rest(ids) == 0 {
                    self.list.state = ListState::Returned.to_string();
                }
            }
            Step::Receive => self.receive(tx).await?,
            Step::Void(why) => {
                let sealer = tx.sealer();
                let why = sealer.seal_text(ARCHIVE_VOID, self.list.id, &reason(why)?)?;
                self.list.void_reason = Some(why);
                self.list.voider = Some(tx.actor().name.clone());
                self.list.voided_at = Some(tx.now());
                (self.list.receiver, self.list.received_at) = (None, None);
                self.list.state = ListState::HandedOver.to_string();
            }
        }
        Ok(())
    }

    /// How many are left when these have gone.
    fn rest(&self, gone: &[Uuid]) -> usize {
        let left = self.live.iter().filter(|entry| !gone.contains(&entry.id));
        left.count()
    }

    /// Cases leave the list: they wait for another one from now on. The job takes their packages away.
    async fn leave(
        &self,
        tx: &mut Tx,
        ids: &[Uuid],
        to: EntryState,
        why: Option<&str>,
    ) -> Result<(), Fault> {
        let ids: BTreeSet<Uuid> = ids.iter().copied().collect();
        let leaving: Vec<_> = self
            .live
            .iter()
            .filter(|entry| ids.contains(&entry.id))
            .collect();
        if leaving.len() != ids.len() || ids.is_empty() {
            return Err(Error::ArchiveListNotFound.into());
        }
        for entry in leaving {
            let mut left = entry.clone();
            let was = entry_state(entry)?;
            left.live = false;
            left.state = to.to_string();
            if let Some(why) = why {
                left.reason = Some(tx.sealer().seal_text(ARCHIVE_RETURN, entry.id, why)?);
                left.returned_by = Some(tx.actor().name.clone());
            }
            if !stored::settle(tx.conn(), was, left).await? {
                return Err(self.moved());
            }
        }
        self.work(tx).await
    }

    fn moved(&self) -> Fault {
        let state = self.list.state.clone();
        Error::ArchiveListMoved { state }.into()
    }

    /// Entries whose case has changed since it was packed.
    async fn overtaken(&self, tx: &Tx) -> Result<BTreeSet<Uuid>, Fault> {
        let cases: Vec<Uuid> = self.live.iter().map(|entry| entry.case_id).collect();
        let versions = stored::versions(tx.conn(), &cases).await?;
        let changed = self
            .live
            .iter()
            .filter(|entry| versions.get(&entry.case_id).copied() != Some(entry.case_version));
        Ok(changed.map(|entry| entry.id).collect())
    }

    async fn retry(&mut self, tx: &mut Tx) -> Result<(), Fault> {
        let overtaken = self.overtaken(tx).await?;
        for entry in &self.live {
            let was = entry_state(entry)?;
            if was != EntryState::Failed && !overtaken.contains(&entry.id) {
                continue;
            }
            let again = archive_entry::Model {
                state: EntryState::Waiting.to_string(),
                code: None,
                args: String::new(),
                checked_at: None,
                ..entry.clone()
            };
            if !stored::settle(tx.conn(), was, again).await? {
                return Err(self.moved());
            }
        }
        self.list.state = ListState::Building.to_string();
        self.work(tx).await
    }

    async fn hand_over(&mut self, tx: &mut Tx) -> Result<(), Fault> {
        self.expect_sound(tx).await?;
        for entry in &self.live {
            // To be read back once more, by the side that receives it.
            let again = archive_entry::Model {
                checked_at: None,
                ..entry.clone()
            };
            stored::settle(tx.conn(), EntryState::Packed, again).await?;
        }
        self.list.hander = Some(tx.actor().name.clone());
        self.list.handed_by = Some(tx.actor().id.0);
        self.list.handed_at = Some(tx.now());
        self.list.state = ListState::HandedOver.to_string();
        self.work(tx).await
    }

    async fn receive(&mut self, tx: &mut Tx) -> Result<(), Fault> {
        if self.list.handed_by == Some(tx.actor().id.0) {
            return Err(Error::ArchiveSamePerson.into());
        }
        self.expect_sound(tx).await?;
        self.list.receiver = Some(tx.actor().name.clone());
        self.list.received_at = Some(tx.now());
        self.list.state = ListState::Received.to_string();
        Ok(())
    }

    /// Every package was read back and is of the case as it is.
    async fn expect_sound(&self, tx: &Tx) -> Result<(), Fault> {
        let overtaken = self.overtaken(tx).await?;
        let packed = EntryState::Packed.as_str();
        let unready = self.live.iter().filter(|entry| {
            entry.state != packed || entry.checked_at.is_none() || overtaken.contains(&entry.id)
        });
        match unready.count() {
            0 => Ok(()),
            count => Err(Error::ArchiveUnready { count }.into()),
        }
    }

    async fn work(&self, tx: &mut Tx) -> Result<(), Fault> {
        let id = self.list.id;
        enqueue(tx, RUN, Some(&id.to_string()), None, &id).await?;
        Ok(())
    }
}

fn entry_state(entry: &archive_entry::Model) -> Result<EntryState, Fault> {
    EntryState::parse(&entry.state)
        .ok_or_else(|| Fault::internal("approval_archive_entry holds an unknown word"))
}
