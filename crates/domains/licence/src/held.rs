//! What the register answers other domains: which types there are, and the licences of a holder, for
//! whoever may rely on them in the place of an upload.

use std::collections::BTreeSet;

use async_trait::async_trait;
use chrono::NaiveDate;
use tb_contract::licences::{
    HeldLicence, HeldLicences, KnownLicenceType, LicenceHolder, LicenceSheet, LicenceTypes,
    StandingNow,
};
use tb_contract::ports::PortResult;
use tb_kernel::{Fault, office_time};
use tb_storage::Store;
use uuid::Uuid;

use crate::entity::licence;
use crate::model::document::TypeDocument;
use crate::model::reuse::{ended_on, is_offered, told};
use crate::model::standing::{LicenceState, Standing, standing};
use crate::press::{Press, blob};
use crate::store::licence::Within;
use crate::{sealed, store};

/// The types in `storage`.
pub(crate) struct Types(pub Store);

#[async_trait]
impl LicenceTypes for Types {
    async fn types(&self) -> PortResult<Vec<KnownLicenceType>> {
        let rows = store::kind::all(&self.0.read()).await?;
        let known = rows.into_iter().map(|row| {
            let document: TypeDocument =
                serde_json::from_str(&row.document).map_err(Fault::internal)?;
            Ok(KnownLicenceType {
                code: row.code,
                name: document.name,
            })
        });
        known.collect()
    }

    async fn issued_by(&self, item_code: &str) -> PortResult<Vec<String>> {
        let mut codes = Vec::new();
        for row in store::kind::all(&self.0.read()).await? {
            let document: TypeDocument =
                serde_json::from_str(&row.document).map_err(Fault::internal)?;
            if document.is_issued_by(item_code) {
                codes.push(row.code);
            }
        }
        Ok(codes)
    }
}

/// The licences of a press.
pub(crate) struct Held(pub Press);

#[async_trait]
impl HeldLicences for Held {
    async fn in_force(
        &self,
        holder: &LicenceHolder,
        types: &[String],
    ) -> PortResult<Vec<HeldLicence>> {
        let (conn, today) = (self.0.store().read(), self.today());
        let holder = sealed::holder_index(self.0.store().sealer(), &holder.0);
        let rows = store::licence::valid_of(&conn, &holder, types).await?;
        let ids: Vec<Uuid> = rows.iter().map(|row| row.id).collect();
        let under_way: BTreeSet<Uuid> = store::change::under_way(&conn, &ids).await?;
        let mut held = Vec::new();
        for row in rows {
            if is_offered(now(&row, today)?, under_way.contains(&row.id)) {
                held.push(told_of(row));
            }
        }
        Ok(held)
    }

    async fn standing(&self, holder: &LicenceHolder, ids: &[Uuid]) -> PortResult<Vec<StandingNow>> {
        let (conn, today) = (self.0.store().read(), self.today());
        let holder = sealed::holder_index(self.0.store().sealer(), &holder.0);
        let rows = store::licence::some_of(&conn, &holder, ids).await?;
        let answer = rows.iter().map(|row| {
            let standing = now(row, today)?;
            Ok(StandingNow {
                id: row.id,
                standing: told(standing),
                ended_on: ended_on(standing, row.valid_until, row.changed_at),
            })
        });
        answer.collect()
    }

    async fn sheet(&self, holder: &LicenceHolder, id: Uuid) -> PortResult<Option<LicenceSheet>> {
        let holder = [sealed::holder_index(self.0.store().sealer(), &holder.0)];
        let within = Within::Holders(&holder);
        let Some(row) = store::licence::find(&self.0.store().read(), &within, id).await? else {
            return Ok(None);
        };
        let content = self.0.pdf(&row).await?;
        Ok(Some(LicenceSheet {
            blob: blob(row.id),
            size: i64::try_from(content.length).map_err(Fault::internal)?,
        }))
    }
}

impl Held {
    fn today(&self) -> NaiveDate {
        office_time::day(self.0.store().clock().now())
    }
}

fn now(row: &licence::Model, today: NaiveDate) -> Result<Standing, Fault> {
    let state = LicenceState::parse(&row.state);
    let state = state.ok_or_else(|| Fault::internal("a licence in no state"))?;
    Ok(standing(state, row.valid_until, today))
}

fn told_of(row: licence::Model) -> HeldLicence {
    HeldLicence {
        id: row.id,
        type_code: row.type_code,
        type_name: row.type_name,
        number: row.number,
        mark: row.mark,
        organ: row.organ_name,
        issued_on: row.issued_on,
        valid_until: row.valid_until,
    }
}
