//! The steps of 失业登记, the demo city's first item, as its citizen and its office take them.

use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

use crate::browser::Browser;

/// The item's code.
pub const ITEM: &str = "11430102TB000008714432099001000";
/// A file that every office takes.
pub const PDF: &[u8] = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n";

const INTAKE: &str = "/api/v1/intake/applications";
const COUNTER: &str = "/api/v1/intake/counter/applications";
const APPROVAL: &str = "/api/v1/approval/cases";

/// Who is named in a form.
#[derive(Clone, Debug)]
pub struct Person {
    pub name: String,
    pub citizen_id: String,
    pub phone: String,
}

impl Person {
    /// The first demo citizen.
    pub fn demo() -> Self {
        Self {
            name: "张示例".into(),
            citizen_id: "430102199307169986".into(),
            phone: "19900000001".into(),
        }
    }
}

/// The form of the item, filled in.
pub fn form(person: &Person) -> Value {
    json!({
        "name": person.name, "citizen_id": person.citizen_id, "phone": person.phone,
        "household": "local", "residence": {"code": "430102001001"},
        "address": "样例路 1 号 2 栋 303 房", "education": "bachelor",
        "worked_before": "no", "reason": "other", "reason_text": "合同到期后一直没有找到合适的工作",
    })
}

fn situation(reason: &str) -> Value {
    json!({"status": "jobless", "residence": "local", "reason": reason})
}

/// Makes a draft.
pub async fn draft(citizen: &Browser, reason: &str) -> Value {
    let body = json!({"item_code": ITEM, "situation_answers": situation(reason), "channel": "pc"});
    begin(citizen, INTAKE, &body).await
}

/// Begins an application. The intake of a city that has just been started hears of its items in a moment.
async fn begin(browser: &Browser, path: &str, body: &Value) -> Value {
    for _ in 0..200 {
        let answer = browser.send(Method::POST, path, Some(body)).await;
        match answer.unwrap() {
            (StatusCode::NOT_FOUND, refusal) if refusal["code"] == "intake.item_not_found" => {
                tokio::time::sleep(std::time::Duration::from_millis(100)).await;
            }
            (status, view) => {
                assert!(status.is_success(), "{path}: {status} {view}");
                return view;
            }
        }
    }
    panic!("intake never heard of the item");
}

/// Path of an application.
pub fn application(view: &Value) -> String {
    format!("{INTAKE}/{}", text(view, "id"))
}

/// Fills in and hands in: the case number.
pub async fn submit(citizen: &Browser, person: &Person) -> (String, String) {
    let view = draft(citizen, "other").await;
    let path = application(&view);
    let saved = citizen
        .put(
            &format!("{path}/form"),
            json!({"version": view["version"], "form": form(person)}),
        )
        .await;
    let submitted = citizen
        .post(
            &format!("{path}/submit"),
            json!({"version": saved["version"]}),
        )
        .await;
    (path, text(&submitted, "case_number"))
}

/// A counter takes in what somebody applies for who stands there: the case number.
pub async fn take_in(counter: &Browser, person: &Person) -> String {
    let applicant = json!({"organisation": false, "name": person.name, "id_number": person.citizen_id, "phone": person.phone});
    let body = json!({"item_code": ITEM, "situation_answers": situation("other"), "applicant": applicant, "id_checked": true});
    let view = begin(counter, COUNTER, &body).await;
    let path = format!("{COUNTER}/{}", text(&view, "id"));
    let body = json!({"version": view["version"], "form": form(person)});
    let saved = counter.put(&format!("{path}/form"), body).await;
    let body = json!({"version": saved["version"], "consented": true});
    let submitted = counter.post(&format!("{path}/submit"), body).await;
    text(&submitted, "case_number")
}

/// The case of a number in the office's list, once it has arrived.
pub async fn case(clerk: &Browser, number: &str) -> Value {
    for _ in 0..200 {
        let page = clerk.get(&format!("{APPROVAL}?q={number}")).await;
        let found = page["items"].as_array().unwrap();
        assert!(found.len() <= 1, "{number} became {} cases", found.len());
        if let Some(row) = found.first() {
            return clerk.get(&format!("{APPROVAL}/{}", text(row, "id"))).await;
        }
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
    panic!("{number} never reached its department");
}

/// Does a command on a case, with the version seen; `Ok(None)` where somebody else was faster.
pub async fn command(
    staff: &Browser,
    case: &Value,
    verb: &str,
    mut body: Value,
) -> Result<Option<Value>, String> {
    body["version"] = case["version"].clone();
    let path = format!("{APPROVAL}/{}/{verb}", text(case, "id"));
    match staff.send(Method::POST, &path, Some(&body)).await? {
        (status, view) if status.is_success() => Ok(Some(view)),
        (StatusCode::CONFLICT, _) => Ok(None),
        (status, view) => panic!("{path}: {status} {view}"),
    }
}

/// Does a command that must succeed.
pub async fn must(staff: &Browser, case: &Value, verb: &str, body: Value) -> Value {
    let done = command(staff, case, verb, body).await.unwrap();
    done.unwrap_or_else(|| panic!("{verb} met a conflict"))
}

/// Waits until the application shows a state.
pub async fn wait_for_state(citizen: &Browser, application: &str, state: &str) -> Value {
    let mut last = Value::Null;
    for _ in 0..200 {
        last = citizen.get(application).await;
        if last["state"] == state {
            return last;
        }
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
    panic!("the application never became {state}: {last}");
}

/// A text field.
pub fn text(view: &Value, field: &str) -> String {
    view[field]
        .as_str()
        .unwrap_or_else(|| panic!("no {field} in {view}"))
        .to_owned()
}
