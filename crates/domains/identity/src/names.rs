//! Who an account is, in the words that a page may show to others.

use std::collections::HashMap;

use async_trait::async_trait;
use tb_contract::ports::{AccountNames, PortResult};
use tb_kernel::identity_number::mask_name;
use tb_kernel::{AccountId, AccountKind};
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
