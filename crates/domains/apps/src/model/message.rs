//! What a message says: number, item, office, state and times of a case; never who applied, and no
//! words written about a person.

use chrono::{DateTime, NaiveDate, SecondsFormat, Utc};
use serde::Serialize;
use serde_json::Value;
use tb_contract::events::CaseChanged;

/// The kind of a test message.
pub(crate) const PING: &str = "tongban.ping";

#[derive(Serialize)]
struct Message<'a> {
    #[serde(rename = "type")]
    kind: &'a str,
    timestamp: String,
    data: Value,
}

#[derive(Serialize)]
struct Data<'a> {
    case_number: &'a str,
    version: i64,
    item_code: &'a str,
    department_code: &'a str,
    from: &'a str,
    state: &'a str,
    at: DateTime<Utc>,
    legal_due: Option<NaiveDate>,
    promised_due: Option<NaiveDate>,
}

/// The kind as other systems know it: `case.accepted`; none for what is no event of a case.
pub(crate) fn outward(kind: &str) -> Option<&str> {
    kind.strip_prefix("approval.")
        .filter(|kind| kind.starts_with("case."))
}

/// The body of a message.
pub(crate) fn message(
    kind: &str,
    said: &CaseChanged,
    department_code: &str,
) -> serde_json::Result<String> {
    let data = serde_json::to_value(Data {
        case_number: &said.case_number,
        version: said.version,
        item_code: &said.item_code,
        department_code,
        from: &said.from,
        state: &said.state,
        at: said.at,
        legal_due: said.legal_due,
        promised_due: said.promised_due,
    })?;
    body(kind, said.at, data)
}

/// The body of a test message.
pub(crate) fn ping(at: DateTime<Utc>) -> serde_json::Result<String> {
    body(PING, at, serde_json::json!({}))
}

fn body(kind: &str, at: DateTime<Utc>, data: Value) -> serde_json::Result<String> {
    serde_json::to_string(&Message {
        kind,
        timestamp: at.to_rfc3339_opts(SecondsFormat::Millis, true),
        data,
    })
}
