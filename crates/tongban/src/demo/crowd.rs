//! Cases in the number that a city has, in the departments' system alone: for measuring, never a
//! part of the demo as it is shown.

use std::collections::HashMap;
use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use clap::Args;
use tb_approval::seed::{PastCase, seed_cases};
use tb_catalogue::Catalogue;
use tb_contract::item::ItemDocument;
use tb_kernel::{DepartmentId, Fault, RequestId, office_time};
use tb_storage::{Origin, Store};

use super::content;
use super::fill::offices;
use super::history::{self, Numbers};

/// How many more cases there shall be.
#[derive(Clone, Copy, Debug, Args)]
pub(crate) struct Crowd {
    /// Cases to add to the departments' system, for measuring.
    #[arg(long, default_value_t = 0, hide = true)]
    cases: u64,
    /// Days over which they were handed in: the fewer, the more of them are open.
    #[arg(long, default_value_t = 400, hide = true)]
    case_days: u32,
}

/// Adds them.
pub(super) async fn fill(store: &Store, crowd: Crowd) -> Result<(), Fault> {
    if crowd.cases == 0 {
        return Ok(());
    }
    let by = Origin::system("demo.fill_crowd", RequestId(store.new_id()));
    let items: Vec<Arc<ItemDocument>> = content::items()
        .map_err(Fault::internal)?
        .into_iter()
        .map(Arc::new)
        .collect();
    let catalogue = Catalogue::new(store, tb_licence::types(store))?;
    let departments = offices(&catalogue, items.iter().map(Arc::as_ref)).await?;
    let cases = cases(items, departments, crowd, store.clock().now());
    seed_cases(store, &by, cases).await?;
    Ok(())
}

fn cases(
    items: Vec<Arc<ItemDocument>>,
    departments: HashMap<String, DepartmentId>,
    crowd: Crowd,
    now: DateTime<Utc>,
) -> impl Iterator<Item = PastCase> {
    let mut numbers = Numbers(20_261_122);
    let length = TimeDelta::days(crowd.case_days.into());
    (0..crowd.cases).filter_map(move |n| {
        let apart = length.num_microseconds()? / i64::try_from(crowd.cases).ok()?;
        let at = now - length + TimeDelta::microseconds(apart * i64::try_from(n).ok()?);
        let item = numbers.one_of(&items)?.clone();
        let past = history::case(&mut numbers, &item, at, now, n);
        let day = office_time::day(at).format("%Y%m%d");
        Some(PastCase {
            number: format!("{}{day}8{n:06}", past.region.six()),
            department: *departments.get(&item.department_code)?,
            region: past.region,
            applicant: [
                past.applicant,
                format!("430102{n:012}"),
                format!("199{n:08}"),
            ],
            submitted_at: at,
            accepted_at: past.accepted_at,
            done_at: past.done_at,
            delivered: past.state == "delivered",
            item,
        })
    })
}
