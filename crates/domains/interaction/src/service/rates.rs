//! What the public sees: rates per department or item, and words that were read before.

use chrono::{DateTime, Datelike, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use tb_contract::access::RatesRead;
use tb_http::Ctx;
use tb_kernel::{Fault, Page, PageRequest, Scope, office_time, per_mille};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::words::before;
use crate::error::Error;
use crate::sealed::PUBLISHED;
use crate::store;
use crate::store::rate::{By, Counts};

/// What the rates are asked for.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct RatesQuery {
    /// `department` (default) or `item`.
    pub by: Option<String>,
    /// `month`, `year` (default) or `all`: services that ended in it.
    pub period: Option<String>,
    /// Credit code of one department.
    pub department: Option<String>,
}

/// The published rates; per mille, since whole percents hide a poor rating in a thousand.
#[derive(Debug, Serialize, ToSchema)]
pub struct Rates {
    /// First day of the period; none for all.
    pub from: Option<NaiveDate>,
    /// Moment of the figures.
    pub at: DateTime<Utc>,
    /// All together.
    pub total: RateRow,
    /// One row a department or item, most services first.
    pub rows: Vec<RateRow>,
    /// By how the ratings came.
    pub channels: Vec<ChannelRow>,
    /// Whether services of a demo's invented past are counted.
    pub sample: bool,
}

/// Ratings of one channel.
#[derive(Debug, Serialize, ToSchema)]
pub struct ChannelRow {
    /// `online`, `qr`, `device`, `sms` or `hotline`.
    pub channel: String,
    /// Ratings that count.
    pub rated: i64,
    /// 好评率: good ÷ ratings that count, per mille.
    pub good: Option<i64>,
}

/// Rates of one department or item.
#[derive(Debug, Serialize, ToSchema)]
pub struct RateRow {
    /// Code; empty for the total.
    pub code: String,
    /// Name; empty for the total.
    pub name: String,
    /// Services that ended.
    pub services: i64,
    /// Rated by themselves: what nobody rated counts as nothing.
    pub rated: i64,
    /// 主动评价率: rated ÷ services, per mille.
    pub participation: Option<i64>,
    /// 好评率: good ÷ ratings that count, per mille.
    pub good: Option<i64>,
    /// Poor ratings that count.
    pub poor: i64,
    /// 差评整改率: rectified ÷ poor, per mille.
    pub rectified: Option<i64>,
    /// 按期整改率: rectified in their term ÷ rectified, per mille.
    pub in_time: Option<i64>,
    /// 回访满意率: satisfied ÷ called back, per mille.
    pub call_back_satisfied: Option<i64>,
}

/// Words of a rating, as somebody has read and masked them.
#[derive(Debug, Serialize, ToSchema)]
pub struct PublicWords {
    /// Id.
    pub id: Uuid,
    /// Item.
    pub item_name: String,
    /// Office.
    pub office: String,
    /// 5 to 1.
    pub level: i32,
    /// Words.
    pub words: String,
    /// Day of the rating.
    pub rated_on: NaiveDate,
}

/// The rates.
pub(crate) async fn rates(ctx: &Ctx<RatesRead>, query: RatesQuery) -> Result<Rates, Fault> {
    let unknown = |name: &str| Error::UnknownWord {
        name: name.to_owned(),
    };
    let by = match query.by.as_deref().unwrap_or("department") {
        "department" => By::Department,
        "item" => By::Item,
        _ => return Err(unknown("by").into()),
    };
    let today = office_time::day(ctx.now());
    let from = match query.period.as_deref().unwrap_or("year") {
        "month" => today.with_day(1),
        "year" => NaiveDate::from_ymd_opt(today.year(), 1, 1),
        "all" => None,
        _ => return Err(unknown("period").into()),
    };
    let since = from.map_or(DateTime::UNIX_EPOCH, office_time::start_of_day);
    let conn = ctx.read();
    let counts = store::rate::counts(&conn, by, since, query.department.as_deref()).await?;
    let codes = counts.keys().cloned();
    let mut names: std::collections::BTreeMap<String, String> = match by {
        By::Department => store::copy::Departments::names(&conn, codes)
            .await?
            .into_iter()
            .collect(),
        By::Item => store::rate::item_names(&conn, codes).await?,
    };
    let mut total = Counts::default();
    for one in counts.values() {
        add(&mut total, one);
    }
    let mut rows: Vec<RateRow> = counts
        .into_iter()
        .map(|(code, counts)| row(names.remove(&code).unwrap_or_default(), code, &counts))
        .collect();
    rows.sort_by_key(|row| std::cmp::Reverse(row.services));
    let channels = store::rate::channels(&conn, since, query.department.as_deref()).await?;
    let channels = channels
        .into_iter()
        .map(|(channel, rated, good)| ChannelRow {
            good: per_mille(good, rated),
            channel,
            rated,
        });
    Ok(Rates {
        from,
        at: ctx.now(),
        total: row(String::new(), String::new(), &total),
        rows,
        channels: channels.collect(),
        sample: store::rate::has_samples(&conn, since).await?,
    })
}

fn add(total: &mut Counts, one: &Counts) {
    total.services += one.services;
    total.rated += one.rated;
    total.counted += one.counted;
    total.good += one.good;
    total.tasks += one.tasks;
    total.rectified += one.rectified;
    total.in_time += one.in_time;
    total.called += one.called;
    total.satisfied += one.satisfied;
}

fn row(name: String, code: String, counts: &Counts) -> RateRow {
    RateRow {
        code,
        name,
        services: counts.services,
        rated: counts.rated,
        participation: per_mille(counts.rated, counts.services),
        good: per_mille(counts.good, counts.counted),
        poor: counts.counted - counts.good,
        rectified: per_mille(counts.rectified, counts.tasks),
        in_time: per_mille(counts.in_time, counts.rectified),
        call_back_satisfied: per_mille(counts.satisfied, counts.called),
    }
}

/// Words for everybody, the newest first.
pub(crate) async fn words(
    ctx: &Ctx<RatesRead>,
    page: PageRequest,
) -> Result<Page<PublicWords>, Fault> {
    let (conn, limit) = (ctx.read(), page.limit());
    let state = store::occasion::PUBLISHED;
    let rows =
        store::occasion::words(&conn, &Scope::Everything, state, before(&page)?, limit).await?;
    let page = Page::from_surplus(rows, limit, |row| row.id.to_string());
    let codes = page.items.iter().map(|row| row.department_code.clone());
    let names = store::copy::Departments::names(&conn, codes.collect::<Vec<_>>()).await?;
    let sealer = ctx.store().sealer();
    let mut items = Vec::with_capacity(page.items.len());
    for row in page.items {
        let words = row.published.as_ref();
        items.push(PublicWords {
            id: row.id,
            words: words
                .map(|sealed| sealer.open_text(PUBLISHED, row.id, sealed))
                .transpose()?
                .unwrap_or_default(),
            office: names.get(&row.department_code).cloned().unwrap_or_default(),
            level: row.level.unwrap_or_default(),
            rated_on: office_time::day(row.rated_at.unwrap_or(row.invited_at)),
            item_name: row.item_name,
        });
    }
    Ok(Page {
        items,
        next_cursor: page.next_cursor,
    })
}
