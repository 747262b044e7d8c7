//! Who an account is, in the words that a page may show to others.

use std::collections::HashMap;

use async_trait::async_trait;
use tb_contract::ports::{AccountNames, Colleague, Colleagues, PortResult};
use tb_kernel::identity_number::mask_name;
use tb_kernel::{AccountId, AccountKind, DepartmentId, Scope};
use tb_storage::Store;

use crate::{sealing, store};

/// The names in the database.
pub(crate) struct StoredNames(pub Store);

#[async_trait]
impl AccountNames for StoredNames {
    async fn names(&self, accounts: &[AccountId]) -> PortResult<HashMap<AccountId, String>> {
        let rows = store::find_many(&self.0.read(), accounts).await?;
        let mut names = HashMap::with_capacity(rows.len());
        for row in rows {
            let account = sealing::open(row, self.0.sealer())?;
            let name = match account.kind {
                AccountKind::Person | AccountKind::EnterpriseAgent => mask_name(&account.name),
                _ => format!("{}（{}）", account.name, account.login),
            };
            names.insert(account.id, name);
        }
        Ok(names)
    }
}

/// Most people of one department that a page chooses from.
const MOST_COLLEAGUES: u64 = 2_000;

#[async_trait]
impl Colleagues for StoredNames {
    async fn of_department(&self, department: DepartmentId) -> PortResult<Vec<Colleague>> {
        let scope = Scope::Department(department);
        let rows = store::working(&self.0.read(), &scope, MOST_COLLEAGUES).await?;
        let mut people = Vec::with_capacity(rows.len());
        for row in rows {
            let account = sealing::open(row, self.0.sealer())?;
            people.push(Colleague {
                id: account.id,
                name: account.name,
                roles: account.roles,
            });
        }
        Ok(people)
    }
}
