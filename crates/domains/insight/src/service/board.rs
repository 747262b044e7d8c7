//! The picture of the board: how the city's services stand now. Masked throughout, since the screen
//! hangs where anybody passes.

use std::collections::BTreeMap;

use chrono::{DateTime, Days, NaiveDate, Utc};
use serde::Serialize;
use tb_kernel::{Fault, office_time};
use tb_storage::{Conn, Store};
use utoipa::ToSchema;

use super::statistics::{LightCounts, StatisticsDay, Times, every_day, times};
use crate::model::dataset::FEW;
use crate::model::mask::case_number;
use crate::model::tally::{ACCEPTED, ENDED, SUBMITTED, Tally};
use crate::store;
use crate::store::Within;
use crate::store::day::{By, Span};

const TREND_DAYS: u64 = 13;
const HOT_DAYS: u64 = 6;
const RATING_DAYS: u64 = 29;
const FEED: u64 = 12;
const LISTED: usize = 8;

/// Cases of a day.
#[derive(Clone, Copy, Debug, Default, Serialize, ToSchema)]
pub struct BoardCounts {
    /// 收件
    pub submitted: i64,
    /// 受理
    pub accepted: i64,
    /// 办结
    pub ended: i64,
}

/// Cases of today of a department, district or item.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct BoardRow {
    /// Code.
    pub code: String,
    /// Name; the code where nobody has told it.
    pub name: String,
    /// 收件
    pub submitted: i64,
    /// 办结
    pub ended: i64,
}

/// Ratings of the last thirty days.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct BoardRatings {
    /// Ratings.
    pub rated: i64,
    /// 好评率, per mille.
    pub good: Option<i64>,
    /// Ratings of level 1 to 5.
    pub levels: [i64; 5],
}

/// What happened last.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct BoardMoment {
    /// Masked case number.
    pub number: String,
    /// Item.
    pub item_name: String,
    /// Office.
    pub office: String,
    /// State of the case.
    pub state: String,
    /// Moment.
    pub at: DateTime<Utc>,
}

/// The picture.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Board {
    /// The day it shows.
    pub day: NaiveDate,
    /// Cases of today.
    pub today: BoardCounts,
    /// Cases of yesterday, to compare.
    pub yesterday: BoardCounts,
    /// Cases that run.
    pub open: i64,
    /// Their lights.
    pub lights: LightCounts,
    /// Ratings.
    pub ratings: BoardRatings,
    /// Handling times of the last thirty days.
    pub times: Times,
    /// Departments of today, the busiest first.
    pub departments: Vec<BoardRow>,
    /// Districts of today.
    pub districts: Vec<BoardRow>,
    /// Items of the last seven days, the most wanted first.
    pub hot: List,
    /// Cases per day of the last two weeks.
    pub trend: Vec<StatisticsDay>,
    /// What happened last.
    pub feed: Vec<BoardMoment>,
}

/// Rows of the board.
pub type List = Vec<BoardRow>;

/// The picture of now.
pub(crate) async fn board(storage: &Store) -> Result<Board, Fault> {
    let conn = storage.read();
    let now = storage.clock().now();
    let today = office_time::day(now);
    let ago = |days: u64| today.checked_sub_days(Days::new(days)).unwrap_or(today);
    let everywhere = Within::default();
    let of_today = Span::days(today, today);
    let departments = store::day::sums(&conn, &everywhere, &of_today, By::Department).await?;
    let regions = store::day::sums(&conn, &everywhere, &of_today, By::Region).await?;
    let week = Span {
        public: true,
        ..Span::days(ago(HOT_DAYS), today)
    };
    let mut hot = store::day::sums(&conn, &everywhere, &week, By::Item).await?;
    let month = Span::days(ago(RATING_DAYS), today);
    let month = total(&store::day::sums(&conn, &everywhere, &month, By::Region).await?);
    let trend = Span::days(ago(TREND_DAYS), today);
    let kinds = [SUBMITTED, ACCEPTED, ENDED];
    let days = store::day::days(&conn, &everywhere, &trend, &kinds).await?;
    let lights: LightCounts = store::case::lights(&conn, &everywhere, now).await?.into();
    let of = |day: NaiveDate| days.get(&day).map(counts).unwrap_or_default();
    let codes: Vec<String> = departments.keys().cloned().collect();
    let names = store::copy::Departments::names(&conn, codes).await?;
    // Few cases of an item lead to persons.
    hot.retain(|_, tally| tally.submitted >= FEW);
    let hot = busiest(hot, |_| None);
    let items = store::item::names(&conn, hot.iter().map(|row| row.code.clone())).await?;
    Ok(Board {
        day: today,
        today: of(today),
        yesterday: of(ago(1)),
        open: lights.green + lights.yellow + lights.red + lights.purple + lights.grey,
        lights,
        ratings: BoardRatings {
            rated: month.rated(),
            good: month.good(),
            levels: month.levels,
        },
        times: times(&month),
        departments: busiest(departments, |code| names.get(code).cloned()),
        districts: districts(regions),
        hot: named(hot, &items),
        trend: every_day(ago(TREND_DAYS), today, &days),
        feed: feed(&conn).await?,
    })
}

fn total(sums: &BTreeMap<String, Tally>) -> Tally {
    let mut total = Tally::default();
    for one in sums.values() {
        total.merge(one);
    }
    total
}

fn counts(of: &Tally) -> BoardCounts {
    BoardCounts {
        submitted: of.submitted,
        accepted: of.accepted,
        ended: of.ended,
    }
}

fn rows(sums: BTreeMap<String, Tally>, name: impl Fn(&str) -> Option<String>) -> Vec<BoardRow> {
    let rows = sums.into_iter().map(|(code, tally)| BoardRow {
        name: name(&code).unwrap_or_else(|| code.clone()),
        code,
        submitted: tally.submitted,
        ended: tally.ended,
    });
    rows.filter(|row| row.submitted + row.ended > 0).collect()
}

fn busiest(sums: BTreeMap<String, Tally>, name: impl Fn(&str) -> Option<String>) -> Vec<BoardRow> {
    let mut rows = rows(sums, name);
    rows.sort_by_key(|row| std::cmp::Reverse((row.submitted, row.ended)));
    rows.truncate(LISTED);
    rows
}

fn named(rows: Vec<BoardRow>, names: &BTreeMap<String, String>) -> Vec<BoardRow> {
    let rows = rows.into_iter().map(|row| BoardRow {
        name: names.get(&row.code).cloned().unwrap_or(row.name),
        ..row
    });
    rows.collect()
}

/// Towns and communities are shown with their district.
fn districts(regions: BTreeMap<String, Tally>) -> Vec<BoardRow> {
    let mut districts = BTreeMap::<String, Tally>::new();
    for (code, tally) in regions {
        let district = code.get(..6).unwrap_or(&code).to_owned();
        districts.entry(district).or_default().merge(&tally);
    }
    rows(districts, |_| None)
}

async fn feed(conn: &Conn) -> Result<Vec<BoardMoment>, Fault> {
    let all = store::case::Wanted::default();
    let mut rows = store::case::published(conn, &all, None, FEED).await?;
    rows.truncate(usize::try_from(FEED).unwrap_or(usize::MAX));
    let codes: Vec<String> = rows.iter().map(|row| row.department_code.clone()).collect();
    let names = store::copy::Departments::names(conn, codes).await?;
    let moments = rows.into_iter().map(|row| BoardMoment {
        number: case_number(&row.number),
        office: names.get(&row.department_code).cloned().unwrap_or_default(),
        item_name: row.item_name,
        state: row.state,
        at: row.changed_at,
    });
    Ok(moments.collect())
}
