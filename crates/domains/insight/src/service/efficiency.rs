//! Efficiency figures for everybody (办事效能).

use chrono::{DateTime, Datelike, Days, Months, NaiveDate, Utc};
use serde::Serialize;
use tb_contract::access::PublicityRead;
use tb_http::Ctx;
use tb_kernel::{Fault, office_time};
use tb_storage::Conn;
use utoipa::ToSchema;

use super::statistics::{Times, times};
use crate::model::tally::Tally;
use crate::store;
use crate::store::Within;
use crate::store::day::{By, Span};

/// The figures.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Efficiency {
    /// Moment of the figures.
    pub at: DateTime<Utc>,
    /// Yesterday.
    pub yesterday: NaiveDate,
    /// 昨日办结
    pub yesterday_ended: i64,
    /// First day of last month.
    pub last_month: NaiveDate,
    /// 上月受理
    pub last_month_accepted: i64,
    /// 上月办结
    pub last_month_ended: i64,
    /// 今年受理
    pub year_accepted: i64,
    /// 今年办结
    pub year_ended: i64,
    /// 累计受理
    pub total_accepted: i64,
    /// 累计办结
    pub total_ended: i64,
    /// Share of this year's cases that ended within the promised term, per mille.
    pub year_in_time: Option<i64>,
    /// 好评率 of this year, per mille.
    pub year_good: Option<i64>,
    /// Handling times of this year.
    pub year_times: Times,
}

/// The figures of now.
pub(crate) async fn efficiency(ctx: &Ctx<PublicityRead>) -> Result<Efficiency, Fault> {
    let conn = ctx.read();
    let today = office_time::day(ctx.now());
    let yesterday = today.checked_sub_days(Days::new(1)).unwrap_or(today);
    let this_month = today.with_day(1).unwrap_or(today);
    let last_month = this_month
        .checked_sub_months(Months::new(1))
        .unwrap_or(this_month);
    let end_of_last = this_month.pred_opt().unwrap_or(this_month);
    let this_year = NaiveDate::from_ymd_opt(today.year(), 1, 1).unwrap_or(today);
    let of_yesterday = all(&conn, &Span::days(yesterday, yesterday)).await?;
    let of_month = all(&conn, &Span::days(last_month, end_of_last)).await?;
    let of_year = all(&conn, &Span::days(this_year, today)).await?;
    let total = all(&conn, &Span::default()).await?;
    Ok(Efficiency {
        at: ctx.now(),
        yesterday,
        yesterday_ended: of_yesterday.ended,
        last_month,
        last_month_accepted: of_month.accepted,
        last_month_ended: of_month.ended,
        year_accepted: of_year.accepted,
        year_ended: of_year.ended,
        total_accepted: total.accepted,
        total_ended: total.ended,
        year_in_time: of_year.in_time(),
        year_good: of_year.good(),
        year_times: times(&of_year),
    })
}

async fn all(conn: &Conn, span: &Span) -> Result<Tally, Fault> {
    let sums = store::day::sums(conn, &Within::default(), span, By::Region).await?;
    let mut total = Tally::default();
    for one in sums.values() {
        total.merge(one);
    }
    Ok(total)
}
