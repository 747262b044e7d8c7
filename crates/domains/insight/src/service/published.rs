//! Cases as anybody may see them (办件公示).

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use tb_contract::access::PublicityRead;
use tb_http::Ctx;
use tb_kernel::{Fault, Page, PageRequest, office_time};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::statistics::unknown;
use crate::error::Error;
use crate::model::mask::case_number;
use crate::store;
use crate::store::case::Wanted;

/// States of cases that are being examined.
const RUNNING: [&str; 5] = [
    "accepted",
    "examining",
    "special_procedure",
    "suspended",
    "correcting",
];
/// States of cases that have ended.
const ENDED: [&str; 10] = [
    "decided",
    "closed",
    "delivered",
    "not_accepted",
    "refused",
    "returned",
    "withdrawn",
    "terminated",
    "transferred",
    "reported_up",
];
/// Ends that are not counted as work done.
const OTHER_ENDS: [&str; 5] = [
    "returned",
    "withdrawn",
    "terminated",
    "transferred",
    "reported_up",
];

/// What is asked for.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct PublishedQuery {
    /// Part of the name of an item, or a whole case number.
    pub q: Option<String>,
    /// Credit code of one department.
    pub department: Option<String>,
    /// `running` or `ended`.
    pub state: Option<String>,
    /// Where the last page ended.
    pub cursor: Option<String>,
    /// Rows wanted, 1 to 100.
    pub limit: Option<u32>,
}

/// A case as anybody may see it.
#[derive(Debug, Serialize, ToSchema)]
pub struct PublishedCase {
    /// Masked case number.
    pub number: String,
    /// Item.
    pub item_name: String,
    /// Its code, for its guide.
    pub item_code: String,
    /// Office.
    pub office: String,
    /// The applicant, masked.
    pub applicant: String,
    /// State.
    pub state: String,
    /// `granted` or `denied`.
    pub result: Option<String>,
    /// Day of the acceptance.
    pub accepted_on: Option<NaiveDate>,
    /// Day of the end.
    pub ended_on: Option<NaiveDate>,
    /// Last change.
    pub changed_at: DateTime<Utc>,
    /// Sample data.
    pub sample: bool,
}

/// The cases that may be shown, the latest change first.
pub(crate) async fn published(
    ctx: &Ctx<PublicityRead>,
    query: PublishedQuery,
) -> Result<Page<PublishedCase>, Fault> {
    let words = query
        .q
        .map(|q| q.trim().to_owned())
        .filter(|q| !q.is_empty());
    // Whoever has the whole number finds the case; a part of it would let anybody try out the rest.
    let is_number = |q: &String| q.len() >= 15 && q.bytes().all(|b| b.is_ascii_digit());
    let wanted = Wanted {
        number: words.clone().filter(is_number),
        item: words.filter(|q| !is_number(q)),
        department: query.department.filter(|code| !code.is_empty()),
        states: match query.state.as_deref() {
            None | Some("") => Vec::new(),
            Some("running") => RUNNING.to_vec(),
            Some("ended") => ENDED.to_vec(),
            Some(_) => return Err(unknown("state")),
        },
    };
    let page = PageRequest {
        cursor: query.cursor,
        limit: query.limit,
    };
    let (conn, limit) = (ctx.read(), page.limit());
    let rows = store::case::published(&conn, &wanted, before(&page)?, limit).await?;
    let page = Page::from_surplus(rows, limit, |row| {
        format!("{}_{}", row.changed_at.timestamp_micros(), row.id)
    });
    let codes: Vec<String> = page
        .items
        .iter()
        .map(|row| row.department_code.clone())
        .collect();
    let names = store::copy::Departments::names(&conn, codes).await?;
    Ok(page.map(|row| {
        // What is not counted as ended has ended all the same.
        let other_end = OTHER_ENDS.contains(&row.state.as_str());
        let other_end = other_end.then(|| office_time::day(row.changed_at));
        PublishedCase {
            number: case_number(&row.number),
            office: names.get(&row.department_code).cloned().unwrap_or_default(),
            item_name: row.item_name,
            item_code: row.item_code,
            applicant: row.applicant,
            state: row.state,
            result: row.result,
            accepted_on: row.accepted_on,
            ended_on: row.ended_on.or(other_end),
            changed_at: row.changed_at,
            sample: row.sample,
        }
    }))
}

fn before(page: &PageRequest) -> Result<Option<(DateTime<Utc>, Uuid)>, Error> {
    let cursor = page.cursor.as_deref().filter(|cursor| !cursor.is_empty());
    let read = |cursor: &str| {
        let (at, id) = cursor.split_once('_')?;
        let at = DateTime::from_timestamp_micros(at.parse().ok()?)?;
        Some((at, id.parse().ok()?))
    };
    cursor
        .map(|cursor| read(cursor).ok_or(Error::WrongCursor))
        .transpose()
}
