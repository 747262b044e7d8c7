//! What other domains would say: who works in our department, which licences came from a case.

use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use tb_contract::ports::{Colleague, Colleagues, IssuedLicence, IssuedLicences, PortResult};
use tb_kernel::{AccountId, DepartmentId};
use tb_testkit::{clerk, head};
use tokio::sync::oneshot;
use uuid::Uuid;

use crate::world::{OURS, department};

/// A colleague without any right at cases.
pub const PORTER: u128 = 9;

/// The people of our department: clerks 1, 3 and 4, the head 2, a porter.
pub struct Staff;

#[async_trait]
impl Colleagues for Staff {
    async fn of_department(&self, asked: DepartmentId) -> PortResult<Vec<Colleague>> {
        let ours = department(OURS);
        if asked != ours.id {
            return Ok(Vec::new());
        }
        let mut people: Vec<Colleague> = [
            clerk(1, &ours),
            head(2, &ours),
            clerk(3, &ours),
            clerk(4, &ours),
        ]
        .into_iter()
        .map(|actor| Colleague {
            id: actor.id,
            name: actor.name,
            roles: actor.roles,
        })
        .collect();
        people.push(Colleague {
            id: AccountId(Uuid::from_u128(PORTER)),
            name: "门卫".to_owned(),
            roles: vec!["guest".to_owned()],
        });
        Ok(people)
    }
}

/// A register in which every case has a licence, unless it is late; its PDF lies in the store as
/// `licence/1`.
#[derive(Default)]
pub struct Register {
    /// Whether it has issued nothing yet.
    pub late: AtomicBool,
    /// Whether no type of it names the item: the organ issues the licence elsewhere.
    pub elsewhere: AtomicBool,
    /// What the next answer waits for.
    pub held: Mutex<Option<oneshot::Receiver<()>>>,
}

#[async_trait]
impl IssuedLicences for Register {
    async fn of_case(&self, case_number: &str) -> PortResult<Vec<IssuedLicence>> {
        let held = self.held.lock().unwrap().take();
        if let Some(held) = held {
            held.await.unwrap();
        }
        if self.late.load(Ordering::SeqCst) {
            return Ok(Vec::new());
        }
        let licence = IssuedLicence {
            number: format!("证{case_number}"),
            title: "生育登记证".to_owned(),
            blob: "licence/1".to_owned(),
        };
        Ok(vec![licence])
    }

    async fn issues_since(&self, _: &str) -> PortResult<Option<DateTime<Utc>>> {
        Ok((!self.elsewhere.load(Ordering::SeqCst)).then_some(DateTime::UNIX_EPOCH))
    }
}
