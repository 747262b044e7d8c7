//! `tongban jobs list|requeue`: the job queue, and dead jobs put back to work.

use clap::Subcommand;
use tb_jobs::{DeadSelection, JobFilter, QueuedJob, list_jobs, requeue};
use tb_kernel::{PageRequest, RequestId};
use tb_storage::{Origin, Store};
use uuid::Uuid;

use super::{Failure, Outcome, both, say};

/// Jobs of one page; the most that a list gives.
const PAGE: u32 = 100;

/// What to do with the job queue.
#[derive(Debug, Subcommand)]
pub enum Jobs {
    /// List the jobs of the queue, newest first, one a line.
    List {
        /// Only those that were given up.
        #[arg(long)]
        dead: bool,
        /// Only those of a kind.
        #[arg(long)]
        kind: Option<String>,
    },
    /// Put dead jobs back to work: one by its id, or all of a kind. Mend the cause first.
    #[command(group = clap::ArgGroup::new("which").required(true).args(["id", "kind"]))]
    Requeue {
        /// Id of a dead job.
        id: Option<Uuid>,
        /// All dead jobs of a kind.
        #[arg(long)]
        kind: Option<String>,
    },
}

/// Runs the command.
pub async fn run(jobs: &Jobs, store: &Store) -> Outcome {
    match jobs {
        Jobs::List { dead, kind } => {
            let (dead, kind) = (*dead, kind.clone());
            list(store, &JobFilter { dead, kind }).await
        }
        Jobs::Requeue { id: Some(id), .. } => put_back(store, &DeadSelection::Id(*id)).await,
        Jobs::Requeue { kind, .. } => {
            let kind = kind.clone().unwrap_or_default();
            put_back(store, &DeadSelection::Kind(kind)).await
        }
    }
}

async fn list(store: &Store, filter: &JobFilter) -> Outcome {
    let (conn, mut cursor) = (store.read(), None);
    loop {
        let limit = Some(PAGE);
        let page = list_jobs(&conn, filter, &PageRequest { cursor, limit }).await?;
        for job in &page.items {
            say(&line(job))?;
        }
        cursor = page.next_cursor;
        if cursor.is_none() {
            return Ok(std::process::ExitCode::SUCCESS);
        }
    }
}

/// Id, state, kind, attempts, when it was made, and what went wrong last.
fn line(job: &QueuedJob) -> String {
    let state = if job.dead { "dead" } else { "waiting" };
    let made = job.created_at.format("%Y-%m-%dT%H:%M:%SZ");
    let trouble = if job.code.is_empty() {
        String::new()
    } else {
        format!(" {}: {}", job.code, job.error)
    };
    format!(
        "{} {state} {} attempts={} {made}{trouble}",
        job.id, job.kind, job.attempts
    )
}

async fn put_back(store: &Store, selection: &DeadSelection) -> Outcome {
    let by = Origin::system("command.jobs", RequestId(store.new_id()));
    match requeue(store, by, selection).await? {
        0 => Err(Failure::new(both(
            "没有符合条件的已放弃任务",
            "there is no such dead job",
        ))),
        n => say(&both(
            &format!("已重新排队 {n} 个任务"),
            &format!("{n} jobs put back to work"),
        )),
    }
}
