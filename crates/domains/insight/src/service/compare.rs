//! Compares the sums with a scan of the cases, and reports what differs. Nothing is mended in
//! silence: a difference is a fault that somebody looks into.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Days, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use tb_contract::access::PublicityManage;
use tb_http::Ctx;
use tb_kernel::{Fault, RequestId, office_time};
use tb_storage::{Conn, Origin, Store};
use utoipa::ToSchema;

use crate::store;
use crate::store::Within;
use crate::store::case::COMPARED;
use crate::store::comparison::Comparison;
use crate::store::day::Span;

/// Days that are compared.
const DAYS: u64 = 92;

/// A day on which sums and cases differ.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
pub struct Difference {
    /// `submitted`, `accepted` or `ended`.
    pub what: String,
    /// Day.
    pub day: NaiveDate,
    /// As the sums have it.
    pub sum: i64,
    /// As the cases have it.
    pub cases: i64,
}

/// How the figures compare with the cases.
#[derive(Debug, Serialize, ToSchema)]
pub struct ComparisonView {
    /// When they were compared; none before the first time.
    pub at: Option<DateTime<Utc>>,
    /// First day compared.
    pub from: Option<NaiveDate>,
    /// Figures compared.
    pub compared: i32,
    /// What differs.
    pub differences: Vec<Difference>,
}

/// The last comparison.
pub(crate) async fn last(ctx: &Ctx<PublicityManage>) -> Result<ComparisonView, Fault> {
    let row = store::comparison::last(&ctx.read()).await?;
    let differences = row
        .as_ref()
        .map(|row| serde_json::from_str(&row.differences));
    let differences = differences.transpose().map_err(Fault::internal)?;
    Ok(ComparisonView {
        at: row.as_ref().map(|row| row.at),
        from: row.as_ref().map(|row| row.from_day),
        compared: row.map_or(0, |row| row.compared),
        differences: differences.unwrap_or_default(),
    })
}

/// Compares, keeps the report, and returns what differs. Cases come in meanwhile: only what differs
/// in the same way twice does differ.
pub(crate) async fn compare(storage: &Store) -> Result<Vec<Difference>, Fault> {
    let today = office_time::day(storage.clock().now());
    let from = today.checked_sub_days(Days::new(DAYS)).unwrap_or(today);
    let conn = storage.read();
    let (mut differences, mut compared) = look(&conn, from).await?;
    if !differences.is_empty() {
        let (again, figures) = look(&conn, from).await?;
        differences = differences.intersection(&again).cloned().collect();
        compared = figures;
    }
    let differences: Vec<_> = differences.into_iter().collect();
    let origin = Origin::system("insight.compare", RequestId(storage.new_id()));
    let tx = storage.begin(origin).await?;
    let row = Comparison {
        id: tx.new_id(),
        at: tx.now(),
        from_day: from,
        compared: i32::try_from(compared).unwrap_or(i32::MAX),
        differences: serde_json::to_string(&differences).map_err(Fault::internal)?,
    };
    store::comparison::keep(tx.conn(), row).await?;
    tx.commit(&()).await?;
    Ok(differences)
}

/// What differs now, and how many figures were looked at.
async fn look(conn: &Conn, from: NaiveDate) -> Result<(BTreeSet<Difference>, usize), Fault> {
    let span = Span {
        from: Some(from),
        ..Span::default()
    };
    let kinds = COMPARED.map(|(what, _)| what);
    let sums = store::day::days(conn, &Within::default(), &span, &kinds).await?;
    let (mut found, mut compared) = (BTreeSet::new(), 0);
    for (what, column) in COMPARED {
        let waiting = store::delta::per_day(conn, what).await?;
        let cases = store::case::per_day(conn, column, from).await?;
        let mut both: BTreeMap<NaiveDate, (i64, i64)> = BTreeMap::new();
        for (day, tally) in &sums {
            both.entry(*day).or_default().0 += tally.count_of(what);
        }
        for (day, many) in waiting.into_iter().filter(|(day, _)| *day >= from) {
            both.entry(day).or_default().0 += many;
        }
        for (day, many) in cases {
            both.entry(day).or_default().1 += many;
        }
        compared += both.len();
        let differing = both.into_iter().filter(|(_, (sum, cases))| sum != cases);
        found.extend(differing.map(|(day, (sum, cases))| Difference {
            what: what.to_owned(),
            day,
            sum,
            cases,
        }));
    }
    Ok((found, compared))
}
