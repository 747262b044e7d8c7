//! Who signs besides the applicant, as the applicant sees it.

use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;
use tb_contract::item::ItemDocument;
use tb_kernel::{Fault, office_time};
use tb_storage::{Conn, Sealer, StorageError};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::model::signing::{SignerState, SigningState};
use crate::sealed::{self, CO_REASON, CO_SIGNATURE};
use crate::store;
use crate::store::application::Application;
use crate::store::signing::CoApplicant;

/// Co-applicants of an application, and how far their signatures are.
#[derive(Debug, Serialize, ToSchema)]
pub struct ApplicationSigning {
    /// What they are called.
    pub role: String,
    /// How many at least.
    pub min: u32,
    /// How many at most.
    pub max: u32,
    /// How long they have, as the item says it.
    #[schema(value_type = serde_json::Value)]
    pub term: tb_calendar::Term,
    /// The request made last; none: nobody was asked yet.
    pub state: Option<SigningState>,
    /// When they were asked.
    pub asked_at: Option<DateTime<Utc>>,
    /// Last day for signing.
    pub until: Option<NaiveDate>,
    /// Whether they may be urged today.
    pub may_urge: bool,
    /// Who is named, in order.
    pub signers: Vec<ApplicationSigner>,
}

/// A co-applicant.
#[derive(Debug, Serialize, ToSchema)]
pub struct ApplicationSigner {
    /// Id.
    pub id: Uuid,
    /// Whether it is an organisation.
    pub organisation: bool,
    /// Name.
    pub name: String,
    /// Citizen id or credit code, as the applicant entered it.
    pub id_number: String,
    /// Phone.
    pub phone: String,
    /// How far he is.
    pub state: SignerState,
    /// The name as he wrote it.
    pub signature: Option<String>,
    /// When.
    pub signed_at: Option<DateTime<Utc>>,
    /// Why he declined.
    pub reason: String,
}

/// Those of an application; none where the item is applied for alone.
pub(super) async fn signing(
    (sealer, conn): (&Sealer, &Conn),
    row: &Application,
    item: &ItemDocument,
    now: DateTime<Utc>,
) -> Result<Option<ApplicationSigning>, Fault> {
    let Some(rule) = &item.handling.co_applicants else {
        return Ok(None);
    };
    let request = store::signing::find(conn, row.id).await?;
    let rows = store::signing::all(conn, row.id).await?;
    let signers: Vec<ApplicationSigner> = rows
        .iter()
        .map(|one| signer(sealer, one))
        .collect::<Result<_, _>>()?;
    let today = office_time::day(now);
    let waits = signers.iter().any(|one| one.state == SignerState::Asked);
    Ok(Some(ApplicationSigning {
        role: rule.role.clone(),
        min: rule.min,
        max: rule.max,
        term: rule.term(),
        state: request.as_ref().map(|one| SigningState::parse(&one.state)),
        asked_at: request.as_ref().map(|one| one.asked_at),
        until: row.signing_until,
        may_urge: waits && request.is_some_and(|one| one.urged_on != Some(today)),
        signers,
    }))
}

fn signer(sealer: &Sealer, row: &CoApplicant) -> Result<ApplicationSigner, StorageError> {
    let person = sealed::co_applicant(sealer, row)?;
    let text = |column, sealed: Option<&tb_storage::SealedBytes>| {
        sealed
            .map(|sealed| sealer.open_text(column, row.id, sealed))
            .transpose()
    };
    Ok(ApplicationSigner {
        id: row.id,
        organisation: person.organisation,
        name: person.name,
        id_number: person.id_number,
        phone: person.phone,
        state: SignerState::parse(&row.state),
        signature: text(CO_SIGNATURE, row.signature.as_ref())?,
        signed_at: row.signed_at,
        reason: text(CO_REASON, row.reason.as_ref())?.unwrap_or_default(),
    })
}
