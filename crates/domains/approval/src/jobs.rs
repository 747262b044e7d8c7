//! Background work: papers are rendered from the queue; deemed acceptance and clocks go by time.

use std::time::Duration;

use serde::{Deserialize, Serialize};
use tb_jobs::{Job, JobError, JobRun, Periodic, enqueue};
use tb_storage::{StorageError, Store, Tx};
use uuid::Uuid;

use crate::app::App;
use crate::service::{file, timer};
use crate::store;

/// How often row 8 is looked at.
const EVERY_MINUTE: Duration = Duration::from_mins(1);

/// Renders a paper soon after the transaction that froze it.
pub(crate) struct RenderPaper(pub App);

/// Which paper.
#[derive(Serialize, Deserialize)]
pub(crate) struct RenderArgs {
    paper_id: Uuid,
}

#[async_trait::async_trait]
impl Job for RenderPaper {
    const KIND: &'static str = "approval.render_paper";
    type Args = RenderArgs;

    async fn run(&self, store: &Store, _: &JobRun, args: RenderArgs) -> Result<(), JobError> {
        let row = store::paper::find(&store.read(), args.paper_id).await?;
        let row = row.ok_or(JobError::permanent(
            "approval.paper_not_found",
            "there is no such paper",
        ))?;
        file::rendered(&self.0, store, row).await?;
        Ok(())
    }
}

/// Has a paper rendered after the commit.
pub(crate) async fn render_later(tx: &mut Tx, paper_id: Uuid) -> Result<(), StorageError> {
    let now = tx.now();
    enqueue(tx, RenderPaper::KIND, None, now, &RenderArgs { paper_id }).await?;
    Ok(())
}

/// What goes by time.
pub(crate) fn periodic(app: &App) -> Vec<Periodic> {
    let (deeming, rebuilding) = (app.clone(), app.clone());
    vec![
        Periodic::new("approval.deem_accepted", EVERY_MINUTE, move |store| {
            let app = deeming.clone();
            async move {
                let accepted = timer::deem_accepted(&app, &store).await?;
                if accepted > 0 {
                    tracing::warn!(
                        accepted,
                        "cases counted as accepted, since nobody answered in time"
                    );
                }
                Ok(())
            }
        }),
        Periodic::new("approval.rebuild_clocks", EVERY_MINUTE, move |store| {
            let app = rebuilding.clone();
            async move {
                timer::rebuild_old_clocks(&app, &store).await?;
                Ok(())
            }
        }),
    ]
}
