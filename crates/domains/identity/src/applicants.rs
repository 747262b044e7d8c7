//! What intake may know of an applicant: to prefill his form and to name him on his case.

use async_trait::async_trait;
use tb_contract::ports::{ApplicantProfile, Applicants, Identified, PortResult};
use tb_kernel::{AccountId, Scope};
use tb_storage::Store;

use crate::{sealing, store};

/// The applicants in the database.
pub(crate) struct StoredApplicants(pub Store);

#[async_trait]
impl Applicants for StoredApplicants {
    async fn profile(&self, account: AccountId) -> PortResult<Option<ApplicantProfile>> {
        let Some(row) = store::find(&self.0.read(), &Scope::Own(account), account).await? else {
            return Ok(None);
        };
        let account = sealing::open(row, self.0.sealer())?;
        let (enterprise_name, credit_code) = account
            .enterprise
            .map(|e| (e.name, e.credit_code))
            .unwrap_or_default();
        Ok(Some(ApplicantProfile {
            account_id: account.id,
            name: account.name,
            citizen_id: account.citizen_id.unwrap_or_default(),
            phone: account.phone.unwrap_or_default(),
            enterprise_name,
            credit_code,
        }))
    }

    async fn account_of(&self, who: &Identified) -> PortResult<Option<AccountId>> {
        let index = sealing::citizen_index(self.0.sealer(), &who.citizen_id);
        let found = store::of_citizen(&self.0.read(), &index, who.credit_code.as_deref()).await?;
        Ok(found.map(|row| AccountId(row.id)))
    }

    async fn agents_of(&self, credit_code: &str) -> PortResult<Vec<AccountId>> {
        Ok(store::agents_of(&self.0.read(), credit_code).await?)
    }
}
