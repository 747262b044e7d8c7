//! What goes by time: deemed acceptance, clocks computed anew, batches.

use std::time::Duration;

use tb_jobs::{Job, JobError, JobRun, Periodic, QueueHandler};
use tb_storage::Store;
use uuid::Uuid;

use crate::app::App;
use crate::service::fee::task;
use crate::service::{archive, batch, escalate, joint, sweep, tally, timer};

/// How often row 8 is looked at.
const EVERY_MINUTE: Duration = Duration::from_mins(1);

/// How often it is looked whether all clocks are to be computed anew, soon behind a new calendar; and
/// ended cases are added up.
const EVERY_FEW_SECONDS: Duration = Duration::from_secs(5);

/// How often what nobody needs any more is cleared away.
const EVERY_HOUR: Duration = Duration::from_hours(1);

/// Runs a batch; its id is the argument.
struct RunBatch(App);

#[async_trait::async_trait]
impl Job for RunBatch {
    const KIND: &'static str = batch::RUN;
    type Args = Uuid;

    async fn run(&self, store: &Store, run: &JobRun, id: Uuid) -> Result<(), JobError> {
        Ok(batch::run(&self.0, store, run.id, id).await?)
    }
}

/// Packs the cases of a hand-over list; its id is the argument.
struct PackArchive(App);

#[async_trait::async_trait]
impl Job for PackArchive {
    const KIND: &'static str = archive::RUN;
    type Args = Uuid;

    async fn run(&self, store: &Store, run: &JobRun, id: Uuid) -> Result<(), JobError> {
        Ok(Box::pin(archive::run(&self.0, store, run.id, id)).await?)
    }
}

/// What waits in the queue.
pub(crate) fn queues(app: &App) -> Vec<QueueHandler> {
    vec![
        RunBatch(app.clone()).into(),
        PackArchive(app.clone()).into(),
    ]
}

/// What goes by time.
pub(crate) fn periodic(app: &App) -> Vec<Periodic> {
    let (deeming, minding, rebuilding, sweeping) =
        (app.clone(), app.clone(), app.clone(), app.clone());
    let (speaking, charging) = (app.clone(), app.clone());
    vec![
        Periodic::new("approval.payments", EVERY_FEW_SECONDS, move |store| {
            let app = speaking.clone();
            async move {
                task::speak(&app, &store).await?;
                Ok(())
            }
        }),
        Periodic::new("approval.fee_terms", EVERY_MINUTE, move |store| {
            let app = charging.clone();
            async move {
                Box::pin(task::terms(&app, &store)).await?;
                Ok(())
            }
        }),
        Periodic::new(
            "approval.forget_payment_notices",
            EVERY_HOUR,
            |store| async move {
                task::forget(&store).await?;
                Ok(())
            },
        ),
        Periodic::new("approval.sweep_drafts", EVERY_HOUR, move |store| {
            let app = sweeping.clone();
            async move {
                batch::sweep_drafts(&app, &store).await?;
                Ok(())
            }
        }),
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
        joint_terms(app),
        Periodic::new("approval.applicants_terms", EVERY_MINUTE, move |store| {
            let app = minding.clone();
            async move {
                timer::applicants_terms(&app, &store).await?;
                Ok(())
            }
        }),
        escalation(app),
        Periodic::new(
            "approval.fold_tally",
            EVERY_FEW_SECONDS,
            |store| async move {
                tally::fold(&store).await?;
                Ok(())
            },
        ),
        Periodic::new("approval.rebuild_clocks", EVERY_FEW_SECONDS, move |store| {
            let app = rebuilding.clone();
            async move {
                sweep::sweep(&app, &store).await?;
                Ok(())
            }
        }),
    ]
}

/// Orders supervision of overdue cases.
fn escalation(app: &App) -> Periodic {
    let app = app.clone();
    Periodic::new("approval.escalate", EVERY_MINUTE, move |store| {
        let app = app.clone();
        async move {
            let issued = Box::pin(escalate::escalate(&app, &store)).await?;
            if issued > 0 {
                tracing::warn!(issued, "orders of supervision went out for overdue cases");
            }
            Ok(())
        }
    })
}

/// Lets go what lead offices of joint matters have not sent.
fn joint_terms(app: &App) -> Periodic {
    let app = app.clone();
    Periodic::new("approval.joint_terms", EVERY_MINUTE, move |store| {
        let app = app.clone();
        async move {
            let released = Box::pin(joint::lapse::release(&app, &store)).await?;
            if released > 0 {
                tracing::warn!(
                    released,
                    "answers of joint matters went back to their departments, since the lead office was silent"
                );
            }
            Ok(())
        }
    })
}
