//! Who works in our department, as identity would say.

use async_trait::async_trait;
use tb_contract::ports::{Colleague, Colleagues, PortResult};
use tb_kernel::{AccountId, DepartmentId};
use tb_testkit::{clerk, head};
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
