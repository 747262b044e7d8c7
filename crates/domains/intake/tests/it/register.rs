//! A register of licences that holds what it is told, and forgets nothing that ended.

use std::sync::Mutex;

use chrono::NaiveDate;
use tb_contract::licences::{
    HeldLicence, HeldLicences, LicenceHolder, LicenceSheet, LicenceStanding, StandingNow,
};
use tb_contract::ports::PortResult;
use tb_kernel::Fault;
use tb_storage::Store;
use uuid::Uuid;

/// What a sheet looks like.
pub const SHEET: &[u8] = b"%PDF-1.7 a licence of ours";
/// Type of the licences.
pub const PERMIT: &str = "11430102TB0000108H001";

struct Row {
    holder: String,
    licence: HeldLicence,
    ended_on: Option<NaiveDate>,
}

/// The register; `None` while it does not answer.
pub struct Register {
    store: Store,
    rows: Mutex<Option<Vec<Row>>>,
}

impl Register {
    pub fn new(store: &Store) -> Self {
        Self {
            store: store.clone(),
            rows: Mutex::new(Some(Vec::new())),
        }
    }

    /// Issues a permit; its id.
    pub fn issue(&self, n: u128, holder: &str) -> Uuid {
        let licence = HeldLicence {
            id: Uuid::from_u128(n),
            type_code: PERMIT.to_owned(),
            type_name: "食品经营许可证".to_owned(),
            number: format!("JY4301020000{n:03}"),
            mark: format!("1.2.156.3005.2.{n}"),
            organ: "芙蓉区市场监督管理局".to_owned(),
            issued_on: NaiveDate::from_ymd_opt(2026, 11, 20).unwrap(),
            valid_until: NaiveDate::from_ymd_opt(2031, 11, 19),
        };
        let holder = holder.to_owned();
        let row = Row {
            holder,
            licence,
            ended_on: None,
        };
        self.rows.lock().unwrap().as_mut().unwrap().push(row);
        Uuid::from_u128(n)
    }

    /// Ends a permit.
    pub fn end(&self, id: Uuid, day: &str) {
        let mut rows = self.rows.lock().unwrap();
        let mut rows = rows.as_mut().unwrap().iter_mut();
        rows.find(|row| row.licence.id == id).unwrap().ended_on = day.parse().ok();
    }

    /// Answers nobody any more.
    pub fn fall_silent(&self) {
        *self.rows.lock().unwrap() = None;
    }

    fn read<T>(
        &self,
        holder: &LicenceHolder,
        take: impl Fn(&Row) -> Option<T>,
    ) -> PortResult<Vec<T>> {
        let rows = self.rows.lock().unwrap();
        let rows = rows
            .as_ref()
            .ok_or_else(|| Fault::internal("no register"))?;
        let his = rows.iter().filter(|row| row.holder == holder.0);
        Ok(his.filter_map(take).collect())
    }
}

#[async_trait::async_trait]
impl HeldLicences for Register {
    async fn in_force(
        &self,
        holder: &LicenceHolder,
        types: &[String],
    ) -> PortResult<Vec<HeldLicence>> {
        self.read(holder, |row| {
            let fits = row.ended_on.is_none() && types.contains(&row.licence.type_code);
            fits.then(|| row.licence.clone())
        })
    }

    async fn standing(&self, holder: &LicenceHolder, ids: &[Uuid]) -> PortResult<Vec<StandingNow>> {
        self.read(holder, |row| {
            let standing = match row.ended_on {
                None => LicenceStanding::Valid,
                Some(_) => LicenceStanding::Revoked,
            };
            ids.contains(&row.licence.id).then_some(StandingNow {
                id: row.licence.id,
                standing,
                ended_on: row.ended_on,
            })
        })
    }

    async fn sheet(&self, holder: &LicenceHolder, id: Uuid) -> PortResult<Option<LicenceSheet>> {
        let found = self.read(holder, |row| (row.licence.id == id).then_some(()))?;
        if found.is_empty() {
            return Ok(None);
        }
        let blob = format!("licence/{id}");
        self.store.blobs().put_named(&blob, SHEET).await?;
        let size = i64::try_from(SHEET.len()).map_err(Fault::internal)?;
        Ok(Some(LicenceSheet { blob, size }))
    }
}
