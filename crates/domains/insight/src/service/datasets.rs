//! Open data: the catalogue of data sets, and each as CSV or JSON under an address that stays.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, NaiveDate, SecondsFormat, Utc};
use serde::Serialize;
use serde_json::{Map, Value, json};
use tb_contract::access::PublicityRead;
use tb_http::{Ctx, FileAnswer};
use tb_kernel::{Fault, Fen, Locale, office_time};
use utoipa::ToSchema;

use super::penalty::read::{PenaltyView, register as penalty_register};
use super::permit::{PermitView, register};
use crate::app::App;
use crate::error::Error;
use crate::model::dataset::{
    DATA_SETS, DataField, DataSet, ITEMS, LICENCE, MONTHS, PENALTIES, PERMITS, csv_line, find, told,
};
use crate::model::permit::PUBLISHED;
use crate::model::tally::{ACCEPTED, ENDED, SUBMITTED, Tally};
use crate::model::validity::{Validity, validity};
use crate::store;

/// Rows read at once.
const AT_ONCE: u64 = 1_000;
/// The register's word for "unlimited".
const UNLIMITED: &str = "2099-12-31";
const ADDRESS: &str = "/api/v1/insight/open-data";

/// A data set as the catalogue describes it.
#[derive(Debug, Serialize, ToSchema)]
pub struct DataSetView {
    /// Name, part of its address.
    pub name: &'static str,
    /// Title.
    pub title: &'static str,
    /// What it holds.
    pub about: &'static str,
    /// How often it is renewed.
    pub renewed: &'static str,
    /// Licence (SPDX).
    pub licence: &'static str,
    /// Fields.
    pub fields: Vec<DataField>,
    /// Address of the CSV file.
    pub csv: String,
    /// Address of the JSON file.
    pub json: String,
}

/// The catalogue.
pub(crate) fn catalogue(ctx: &Ctx<PublicityRead>) -> Vec<DataSetView> {
    let chinese = ctx.locale() == Locale::Chinese;
    let view = |set: &DataSet| DataSetView {
        name: set.name,
        title: if chinese { set.title } else { set.title_en },
        about: if chinese { set.about } else { set.about_en },
        renewed: set.renewed,
        licence: LICENCE,
        fields: set.fields.to_vec(),
        csv: format!("{ADDRESS}/{}.csv", set.name),
        json: format!("{ADDRESS}/{}.json", set.name),
    };
    DATA_SETS.iter().map(view).collect()
}

/// A data set as a file: `items.csv`, `permits.json`.
pub(crate) async fn file(
    app: &App,
    ctx: &Ctx<PublicityRead>,
    name: &str,
) -> Result<FileAnswer, Fault> {
    let (set, is_csv) = match name.rsplit_once('.') {
        Some((set, "csv")) => (find(set), true),
        Some((set, "json")) => (find(set), false),
        _ => (None, false),
    };
    let set = set.ok_or(Error::NoDataSet)?;
    app.downloads().check(ctx.address())?;
    let rows = match set.name {
        ITEMS => items(ctx).await?,
        MONTHS => months(ctx).await?,
        PERMITS => permits(ctx).await?,
        PENALTIES => penalties(ctx).await?,
        _ => return Err(Error::NoDataSet.into()),
    };
    let (content, media_type) = if is_csv {
        (csv(set, &rows), "text/csv; charset=utf-8")
    } else {
        let whole = json!({
            "dataset": set.name,
            "title": set.title,
            "licence": LICENCE,
            "updated_at": ctx.now(),
            "fields": set.fields,
            "rows": rows,
        });
        (whole.to_string(), "application/json")
    };
    Ok(FileAnswer {
        name: name.to_owned(),
        media_type: media_type.to_owned(),
        content: content.into_bytes().into(),
    })
}

/// Heads are the Chinese titles: that is how the national platforms take them.
fn csv(set: &DataSet, rows: &[Map<String, Value>]) -> String {
    let mut text = String::from("\u{feff}") + &csv_line(set.fields.iter().map(|field| field.title));
    for row in rows {
        let cells = set.fields.iter().map(|field| match row.get(field.name) {
            Some(Value::String(text)) => text.clone(),
            Some(Value::Null) | None => String::new(),
            Some(other) => other.to_string(),
        });
        let cells: Vec<String> = cells.collect();
        text.push_str(&csv_line(cells.iter().map(String::as_str)));
    }
    text
}

/// A division by its code as lists write it: six digits at least.
fn division(code: &str) -> String {
    format!("{code:0<6}")
}

/// A moment in the time of the office, to the second.
fn moment(at: DateTime<Utc>) -> String {
    let at = at.with_timezone(&office_time::shanghai());
    at.to_rfc3339_opts(SecondsFormat::Secs, false)
}

fn object(set: &str, values: Vec<Value>) -> Map<String, Value> {
    let fields = find(set).map(|set| set.fields).unwrap_or_default();
    let keys = fields.iter().map(|field| field.name.to_owned());
    keys.zip(values).collect()
}

async fn items(ctx: &Ctx<PublicityRead>) -> Result<Vec<Map<String, Value>>, Fault> {
    let conn = ctx.read();
    let (mut rows, mut after) = (Vec::new(), String::new());
    loop {
        let some = store::item::published(&conn, &after, AT_ONCE).await?;
        let Some(last) = some.last() else { break };
        after.clone_from(&last.code);
        rows.extend(some.into_iter().map(|item| {
            let values = vec![
                json!(item.code),
                json!(item.name),
                json!(item.item_type),
                json!(item.department_code),
                json!(item.department_name),
                json!(division(&item.region)),
                json!(item.legal_term),
                json!(item.promised_term),
                json!(item.online_depth),
                json!(item.sample),
                json!(moment(item.updated_at)),
            ];
            object(ITEMS, values)
        }));
    }
    Ok(rows)
}

async fn months(ctx: &Ctx<PublicityRead>) -> Result<Vec<Map<String, Value>>, Fault> {
    let conn = ctx.read();
    let sums = store::day::months(&conn, &[SUBMITTED, ACCEPTED, ENDED]).await?;
    let mut rows = BTreeMap::<(i32, String, String, String), Tally>::new();
    for (month, department, item, region, what, amount) in sums {
        let key = (month, department, item, region);
        rows.entry(key).or_default().add(&what, 0, amount, 0);
    }
    let departments: BTreeSet<String> = rows.keys().map(|key| key.1.clone()).collect();
    let offices = store::copy::Departments::names(&conn, departments).await?;
    let codes: BTreeSet<String> = rows.keys().map(|key| key.2.clone()).collect();
    let items = store::item::names(&conn, codes).await?;
    let rows = rows
        .into_iter()
        .map(|((month, department, item, region), tally)| {
            let values = vec![
                json!(format!("{}-{:02}", month / 100, month % 100)),
                json!(department),
                json!(offices.get(&department)),
                json!(item),
                json!(items.get(&item)),
                json!(division(&region)),
                json!(told(tally.submitted)),
                json!(told(tally.accepted)),
                json!(told(tally.ended)),
            ];
            object(MONTHS, values)
        });
    Ok(rows.collect())
}

async fn permits(ctx: &Ctx<PublicityRead>) -> Result<Vec<Map<String, Value>>, Fault> {
    let today = office_time::day(ctx.now());
    let rows = register(ctx).await?;
    Ok(rows.into_iter().map(|row| national(row, today)).collect())
}

async fn penalties(ctx: &Ctx<PublicityRead>) -> Result<Vec<Map<String, Value>>, Fault> {
    let rows = penalty_register(ctx).await?;
    Ok(rows.into_iter().map(penalty).collect())
}

/// A penalty in the national field set.
fn penalty(row: PenaltyView) -> Map<String, Value> {
    let fields = row.fields;
    let (kind, state) = if row.revoked {
        ("", "已撤回")
    } else {
        (party_kind(fields.party_kind == "organisation"), "公示中")
    };
    let day = |day: String| (!day.is_empty()).then_some(day);
    let values = vec![
        json!(fields.party),
        json!(kind),
        json!(fields.party_code),
        json!(fields.legal_person),
        json!(fields.document_number),
        json!(fields.offence),
        json!(fields.facts),
        json!(fields.basis),
        json!(fields.kinds),
        json!(fields.content),
        json!(ten_thousands(&fields.fine)),
        json!(ten_thousands(&fields.confiscated)),
        json!(fields.licences),
        json!(fields.decided_on),
        json!(day(fields.valid_to)),
        json!(fields.shown_until),
        json!(row.office),
        json!(row.department_code),
        json!(row.office),
        json!(row.department_code),
        json!(division(&row.region)),
        json!(state),
        json!(row.remark),
        json!(moment(row.updated_at)),
    ];
    object(PENALTIES, values)
}

/// A sum in yuan as the register wants it: in ten thousands, to the fen, as `0.012050`.
fn ten_thousands(yuan: &str) -> Option<String> {
    let fen = Fen::from_yuan(yuan)?.0;
    Some(format!("{}.{:06}", fen / 1_000_000, fen % 1_000_000))
}

fn party_kind(organisation: bool) -> &'static str {
    if organisation {
        "法人及非法人组织"
    } else {
        "自然人"
    }
}

/// The last day of validity: the register's word for "unlimited" where the words say so, none where
/// they cannot be read.
fn last_day(permit: &PermitView) -> Option<String> {
    let unlimited = || validity(permit.valid_from, &permit.validity) == Validity::Unlimited;
    match permit.valid_to {
        Some(day) => Some(day.to_string()),
        None => unlimited().then(|| UNLIMITED.to_owned()),
    }
}

/// A permit in the national field set.
fn national(permit: PermitView, today: NaiveDate) -> Map<String, Value> {
    let kind = party_kind(permit.organisation);
    let ended = permit.valid_to.is_some_and(|to| to < today);
    let valid = permit.state == PUBLISHED && !ended;
    let last_day = last_day(&permit);
    let values = vec![
        json!(permit.holder),
        json!(kind),
        json!(permit.holder_code),
        json!(permit.document_name),
        json!(permit.document_number),
        json!(permit.permit_kind),
        json!(permit.certificate),
        json!(permit.content),
        json!(permit.decided_on),
        json!(permit.valid_from),
        json!(last_day),
        json!(permit.office),
        json!(permit.department_code),
        json!(if valid { "有效" } else { "无效" }),
        json!(permit.office),
        json!(permit.department_code),
        json!(division(&permit.region)),
        json!(permit.remark),
        json!(moment(permit.updated_at)),
    ];
    object(PERMITS, values)
}

#[cfg(test)]
mod tests {
    use super::{division, moment};

    #[test]
    fn divisions_have_six_digits_and_moments_the_time_of_the_office() {
        assert_eq!(division("4301"), "430100");
        assert_eq!(division("430102"), "430102");
        assert_eq!(division("430102001"), "430102001");
        let at = "2026-11-23T16:14:28.123Z".parse().unwrap();
        assert_eq!(moment(at), "2026-11-24T00:14:28+08:00");
    }
}
