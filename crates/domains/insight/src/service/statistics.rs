//! Statistics for staff: per department, item or district and day, of any period, also as a file.

use chrono::{DateTime, Datelike, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use tb_contract::access::StatisticsRead;
use tb_http::{Ctx, FileAnswer};
use tb_kernel::{Fault, Locale, office_time};
use utoipa::{IntoParams, ToSchema};

use crate::error::Error;
use crate::model::dataset::csv_line;
use crate::model::spread::Spread;
use crate::model::tally::{ACCEPTED, ENDED, SUBMITTED, Tally};
use crate::store;
use crate::store::Within;
use crate::store::day::{By, Span};

/// The longest period, in days.
const LONGEST: i64 = 1_100;

/// What is asked for.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct StatisticsQuery {
    /// `department` (default), `item` or `region`.
    pub by: Option<String>,
    /// First day; the first of this month by default.
    pub from: Option<NaiveDate>,
    /// Last day; today by default.
    pub to: Option<NaiveDate>,
    /// Credit code of one department.
    pub department: Option<String>,
    /// Code of one item.
    pub item: Option<String>,
}

/// Handling times in office minutes (390 a working day), from submission to decision.
#[derive(Clone, Copy, Debug, Default, Serialize, ToSchema)]
pub struct Times {
    /// Mean with pauses (自然用时).
    pub gross_mean: Option<i64>,
    /// Half of the cases took at most so long.
    pub gross_p50: Option<i64>,
    /// Nine of ten.
    pub gross_p90: Option<i64>,
    /// Mean without corrections, special procedures and suspensions (净用时).
    pub net_mean: Option<i64>,
    /// Half of the cases took at most so long.
    pub net_p50: Option<i64>,
    /// Nine of ten.
    pub net_p90: Option<i64>,
}

/// Figures of a department, item or district.
#[derive(Debug, Serialize, ToSchema)]
pub struct StatisticsRow {
    /// Code; empty for the total.
    pub code: String,
    /// Name; the code where nobody has told it; empty for the total.
    pub name: String,
    /// 收件
    pub submitted: i64,
    /// 受理
    pub accepted: i64,
    /// 办结: decided and closed, not accepted, or refused.
    pub ended: i64,
    /// 准予
    pub granted: i64,
    /// 超承诺时限办结
    pub late: i64,
    /// 按期办结率, per mille.
    pub in_time: Option<i64>,
    /// Ratings.
    pub rated: i64,
    /// 好评率, per mille.
    pub good: Option<i64>,
    /// Times.
    pub times: Times,
}

/// Figures of a day.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct StatisticsDay {
    /// Day.
    pub day: NaiveDate,
    /// 收件
    pub submitted: i64,
    /// 受理
    pub accepted: i64,
    /// 办结
    pub ended: i64,
}

/// Lights of the cases that run now.
#[derive(Clone, Copy, Debug, Default, Serialize, ToSchema)]
pub struct LightCounts {
    /// 正常
    pub green: i64,
    /// 临期
    pub yellow: i64,
    /// 超期
    pub red: i64,
    /// 超法定
    pub purple: i64,
    /// 暂停
    pub grey: i64,
}

/// Statistics.
#[derive(Debug, Serialize, ToSchema)]
pub struct Statistics {
    /// First day.
    pub from: NaiveDate,
    /// Last day.
    pub to: NaiveDate,
    /// Moment of the figures.
    pub at: DateTime<Utc>,
    /// All together.
    pub total: StatisticsRow,
    /// One row a code, most cases first.
    pub rows: Vec<StatisticsRow>,
    /// One row a day.
    pub days: Vec<StatisticsDay>,
    /// Lights now.
    pub lights: LightCounts,
}

/// The statistics within reach.
pub(crate) async fn statistics(
    ctx: &Ctx<StatisticsRead>,
    query: StatisticsQuery,
) -> Result<Statistics, Fault> {
    let by = match query.by.as_deref().unwrap_or("department") {
        "department" => By::Department,
        "item" => By::Item,
        "region" => By::Region,
        _ => return Err(unknown("by")),
    };
    let today = office_time::day(ctx.now());
    let to = query.to.unwrap_or(today);
    let from = query.from.or_else(|| to.with_day(1)).unwrap_or(to);
    if to < from || (to - from).num_days() > LONGEST {
        return Err(Error::PeriodAstray { days: LONGEST }.into());
    }
    let conn = ctx.read();
    let within = Within::of(&conn, ctx.scope()).await?;
    let span = Span {
        department: query.department.filter(|code| !code.is_empty()),
        item: query.item.filter(|code| !code.is_empty()),
        ..Span::days(from, to)
    };
    let sums = store::day::sums(&conn, &within, &span, by).await?;
    let mut total = Tally::default();
    for one in sums.values() {
        total.merge(one);
    }
    let codes: Vec<String> = sums.keys().cloned().collect();
    let names = match by {
        By::Department => store::copy::Departments::names(&conn, codes)
            .await?
            .into_iter()
            .collect(),
        By::Item => store::item::names(&conn, codes).await?,
        // Names of districts are the catalogue's.
        By::Region => std::collections::BTreeMap::new(),
    };
    let mut rows: Vec<StatisticsRow> = sums
        .iter()
        .map(|(code, tally)| row(code, names.get(code).unwrap_or(code), tally))
        .collect();
    rows.sort_by_key(|row| std::cmp::Reverse((row.submitted, row.ended)));
    let kinds = [SUBMITTED, ACCEPTED, ENDED];
    let days = store::day::days(&conn, &within, &span, &kinds).await?;
    let lights = store::case::lights(&conn, &within, ctx.now()).await?;
    Ok(Statistics {
        from,
        to,
        at: ctx.now(),
        total: row("", "", &total),
        rows,
        days: every_day(from, to, &days),
        lights: lights.into(),
    })
}

/// One row for each day, those without cases too.
pub(crate) fn every_day(
    from: NaiveDate,
    to: NaiveDate,
    sums: &std::collections::BTreeMap<NaiveDate, Tally>,
) -> Vec<StatisticsDay> {
    let days = from.iter_days().take_while(|day| *day <= to);
    let none = Tally::default();
    days.map(|day| {
        let tally = sums.get(&day).unwrap_or(&none);
        StatisticsDay {
            day,
            submitted: tally.submitted,
            accepted: tally.accepted,
            ended: tally.ended,
        }
    })
    .collect()
}

/// The statistics as a file that spreadsheets open.
pub(crate) async fn file(
    ctx: &Ctx<StatisticsRead>,
    query: StatisticsQuery,
) -> Result<FileAnswer, Fault> {
    let found = statistics(ctx, query).await?;
    let chinese = ctx.locale() == Locale::Chinese;
    let heads = if chinese { HEADS } else { HEADS_EN };
    // Without the mark, spreadsheets take UTF-8 for something else.
    let mut text = String::from("\u{feff}") + &csv_line(heads);
    for row in &found.rows {
        let days = |minutes: Option<i64>| minutes.map(in_days).unwrap_or_default();
        let share = |mille: Option<i64>| mille.map(percent).unwrap_or_default();
        let fields = [
            // An apostrophe keeps spreadsheets from making powers of ten out of codes.
            format!("'{}", row.code),
            row.name.clone(),
            row.submitted.to_string(),
            row.accepted.to_string(),
            row.ended.to_string(),
            row.granted.to_string(),
            row.late.to_string(),
            share(row.in_time),
            days(row.times.gross_p50),
            days(row.times.gross_p90),
            days(row.times.net_p50),
            days(row.times.net_p90),
            row.rated.to_string(),
            share(row.good),
        ];
        text.push_str(&csv_line(fields.iter().map(String::as_str)));
    }
    Ok(FileAnswer {
        name: format!("statistics-{}-{}.csv", found.from, found.to),
        media_type: "text/csv; charset=utf-8".to_owned(),
        content: text.into_bytes().into(),
    })
}

const HEADS: [&str; 14] = [
    "编码",
    "名称",
    "收件",
    "受理",
    "办结",
    "准予",
    "超承诺时限",
    "按期办结率(%)",
    "自然用时中位数(工作日)",
    "自然用时P90(工作日)",
    "净用时中位数(工作日)",
    "净用时P90(工作日)",
    "评价数",
    "好评率(%)",
];
const HEADS_EN: [&str; 14] = [
    "code",
    "name",
    "submitted",
    "accepted",
    "ended",
    "granted",
    "late",
    "in time (%)",
    "gross p50 (working days)",
    "gross p90 (working days)",
    "net p50 (working days)",
    "net p90 (working days)",
    "ratings",
    "good (%)",
];

/// Minutes as working days with one decimal.
fn in_days(minutes: i64) -> String {
    let tenths = (minutes * 10 + crate::model::spread::DAY / 2) / crate::model::spread::DAY;
    format!("{}.{}", tenths / 10, tenths % 10)
}

fn percent(mille: i64) -> String {
    format!("{}.{}", mille / 10, mille % 10)
}

fn row(code: &str, name: &str, tally: &Tally) -> StatisticsRow {
    StatisticsRow {
        code: code.to_owned(),
        name: name.to_owned(),
        submitted: tally.submitted,
        accepted: tally.accepted,
        ended: tally.ended,
        granted: tally.granted,
        late: tally.late,
        in_time: tally.in_time(),
        rated: tally.rated(),
        good: tally.good(),
        times: times(tally),
    }
}

/// Handling times of sums.
pub(crate) fn times(tally: &Tally) -> Times {
    let at = |spread: &Spread| (spread.mean(), spread.percentile(50), spread.percentile(90));
    let (gross, net) = (at(&tally.gross), at(&tally.net));
    Times {
        gross_mean: gross.0,
        gross_p50: gross.1,
        gross_p90: gross.2,
        net_mean: net.0,
        net_p50: net.1,
        net_p90: net.2,
    }
}

impl From<store::case::Lights> for LightCounts {
    fn from(of: store::case::Lights) -> Self {
        Self {
            green: of.green,
            yellow: of.yellow,
            red: of.red,
            purple: of.purple,
            grey: of.grey,
        }
    }
}

pub(crate) fn unknown(name: &str) -> Fault {
    let name = name.to_owned();
    Error::UnknownWord { name }.into()
}
