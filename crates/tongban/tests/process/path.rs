//! The whole path through the API of the built binary: application, correction, acceptance,
//! examination, decision, closure, delivery, rating; in one process and in four.

use serde_json::{Value, json};

use crate::city::City;
use crate::journey::{self, PDF, Person, must, text};

#[tokio::test(flavor = "multi_thread")]
async fn one_process_carries_the_whole_path() {
    let mut city = City::fill();
    city.serve().await;
    walk(&city).await;
    city.stop();
}

#[tokio::test(flavor = "multi_thread")]
async fn four_processes_carry_the_whole_path() {
    let mut city = City::fill();
    city.serve_roles().await;
    walk(&city).await;
    city.stop();
}

/// Carries one application from draft to rating; its path.
pub async fn walk(city: &City) -> String {
    let citizen = city.sign_in("citizen1").await;
    let clerk = city.sign_in("clerk_hr").await;
    let head = city.sign_in("head_hr").await;

    let draft = journey::draft(&citizen, "employer").await;
    let path = journey::application(&draft);
    let form = journey::form(&Person::demo());
    let saved = citizen
        .put(
            &format!("{path}/form"),
            json!({"version": draft["version"], "form": form}),
        )
        .await;
    citizen
        .upload(
            &format!("{path}/materials"),
            "termination_proof",
            "解除劳动关系证明.pdf",
            PDF,
        )
        .await;
    let view = citizen.get(&path).await;
    assert!(view["version"].as_i64() >= saved["version"].as_i64());
    let submitted = citizen
        .post(
            &format!("{path}/submit"),
            json!({"version": view["version"]}),
        )
        .await;
    let number = text(&submitted, "case_number");
    assert_eq!(text(&submitted, "query_password").len(), 6);

    let case = journey::case(&clerk, &number).await;
    let case = must(
        &clerk,
        &case,
        "request-correction",
        json!({"fields": ["/address"], "materials": ["termination_proof"], "reason": "证明未盖章，地址请写到门牌号"}),
    )
    .await;
    assert_eq!(case["state"], "correcting");
    correct(&citizen, &path).await;

    let case = wait_for_case_state(&clerk, &number, "received").await;
    let case = must(&clerk, &case, "accept", json!({})).await;
    assert_eq!(case["state"], "examining");
    let case = must(
        &clerk,
        &case,
        "step",
        json!({"outcome": "pass", "opinion": "材料齐全，同意"}),
    )
    .await;
    let case = examine_to_the_end(&clerk, &head, case).await;
    let case = must(
        &head,
        &case,
        "decide",
        json!({"result": "granted", "reason": ""}),
    )
    .await;
    let case = must(&clerk, &case, "close", json!({})).await;
    must(&clerk, &case, "deliver", json!({"way": "online"})).await;

    let done = journey::wait_for_state(&citizen, &path, "delivered").await;
    let papers = done["papers"].as_array().unwrap();
    for kind in ["correction_notice", "acceptance_receipt", "decision"] {
        let paper = papers
            .iter()
            .find(|paper| paper["kind"] == kind)
            .unwrap_or_else(|| panic!("no {kind}: {papers:?}"));
        open_paper(&citizen, &format!("{path}/papers/{}", text(paper, "id"))).await;
    }
    let rating = json!({"level": 5, "tags": [], "comment": "很快"});
    citizen.post(&format!("{path}/rating"), rating).await;
    assert!(
        done["timeline"].as_array().unwrap().len() >= 7,
        "{}",
        done["timeline"]
    );
    path
}

async fn correct(citizen: &crate::browser::Browser, path: &str) {
    let view = journey::wait_for_state(citizen, path, "correcting").await;
    citizen
        .upload(
            &format!("{path}/materials"),
            "termination_proof",
            "证明（盖章）.pdf",
            &[PDF, b"%2\n"].concat(),
        )
        .await;
    let mut form = view["form"].clone();
    form["address"] = json!("样例路 10 号 2 栋 1 单元 303 房");
    let view = citizen.get(path).await;
    let saved = citizen
        .put(
            &format!("{path}/form"),
            json!({"version": view["version"], "form": form}),
        )
        .await;
    citizen
        .post(
            &format!("{path}/correct"),
            json!({"version": saved["version"]}),
        )
        .await;
}

async fn wait_for_case_state(clerk: &crate::browser::Browser, number: &str, state: &str) -> Value {
    for _ in 0..200 {
        let case = journey::case(clerk, number).await;
        if case["state"] == state {
            return case;
        }
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
    panic!("{number} never became {state}");
}

/// Whoever holds the post of the present step passes it on, until a decision can be made.
async fn examine_to_the_end(
    clerk: &crate::browser::Browser,
    head: &crate::browser::Browser,
    mut case: Value,
) -> Value {
    for _ in 0..6 {
        let pass = json!({"outcome": "pass", "opinion": "同意"});
        let post = case["step"]["post"].as_str().unwrap_or_default().to_owned();
        if case["state"] != "examining" || post.is_empty() {
            break;
        }
        let staff = if post == "head" { head } else { clerk };
        case = must(staff, &case, "step", pass).await;
    }
    case
}

async fn open_paper(citizen: &crate::browser::Browser, path: &str) {
    for _ in 0..150 {
        let (status, bytes) = citizen.bytes(path).await;
        if status.is_success() {
            assert!(bytes.starts_with(b"%PDF-"), "{path} is no PDF");
            return;
        }
        assert_eq!(status.as_u16(), 503, "{path}");
        tokio::time::sleep(std::time::Duration::from_millis(200)).await;
    }
    panic!("{path} was never rendered");
}
