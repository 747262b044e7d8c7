//! What an office attached as the result of a case: shown and offered with the closure, and put right behind it.

use serde_json::{Value, json};

use crate::town::{Town, look, number, path, submitted};

const PDF: &[u8] = b"%PDF-1.7\n%%EOF";
const FILES: [&str; 2] = [
    "01900000-0000-7000-8000-0000000000b1",
    "01900000-0000-7000-8000-0000000000b2",
];

fn attached(number: &str, file: &str) -> Value {
    json!({"result": "granted", "attached": {"of": "登记卡", "name": "登记卡", "number": number, "valid_until": "2031-11-22",
        "file": {"id": file, "file_name": "登记卡.pdf", "media_type": "application/pdf", "size": PDF.len()}}})
}

fn granted() -> Value {
    json!({"result": "granted"})
}

#[tokio::test]
async fn a_result_is_out_with_the_closure_and_lies_in_the_vault() {
    let town = Town::new().await;
    let mine = town.person(1);
    let done = submitted(&mine).await;
    let case = number(&done);
    let blobs = town.app.store().blobs();
    for file in FILES {
        let name = format!("letter/{file}");
        blobs.put_named(&name, PDF).await.unwrap();
    }
    town.feed_back(case, 1, "accepted", "accepted", json!({}))
        .await;
    town.feed_back(case, 2, "decided", "decided", granted())
        .await;
    let first = attached("A1", FILES[0]);
    town.feed_back(case, 3, "result_attached", "decided", first)
        .await;
    let there = |file: &str| path(&done, &format!("/results/{file}"));
    assert_eq!(look(&mine, &done).await["results"], json!([]), "not yet");
    mine.get(&there(FILES[0]))
        .await
        .refused(404, "intake.material_not_found");
    town.feed_back(case, 4, "closed", "closed", granted()).await;
    let view = look(&mine, &done).await;
    assert_eq!(view["results"][0]["number"], "A1");
    assert_eq!(mine.get(&there(FILES[0])).await.bytes, PDF);
    town.person(2)
        .get(&there(FILES[0]))
        .await
        .refused(404, "intake.application_not_found");
    let kept = |page: &Value| {
        let mut all = page["items"].as_array().unwrap().iter();
        all.find(|one| one["name"] == "登记卡").cloned()
    };
    let vault = "/api/v1/intake/vault/documents";
    let document = kept(&mine.get(vault).await.ok()).unwrap();
    assert!(document.to_string().contains("2031-11-22"), "{document}");

    // Put right behind the closure: the last counts, on the page and in the vault.
    let second = attached("A2", FILES[1]);
    town.feed_back(case, 5, "result_attached", "closed", second)
        .await;
    let view = look(&mine, &done).await;
    assert_eq!(view["results"].as_array().unwrap().len(), 1);
    assert_eq!(view["results"][0]["number"], "A2");
    mine.get(&there(FILES[0]))
        .await
        .refused(404, "intake.material_not_found");
    let again = kept(&mine.get(vault).await.ok()).unwrap();
    assert_ne!(again, document, "the next edition");
    let messages = mine.get("/api/v1/intake/messages").await.ok();
    assert!(!messages.to_string().contains("result_attached"));
    let revoked = json!({"result": "granted", "revoked": true});
    town.feed_back(case, 6, "decision_revoked", "closed", revoked)
        .await;
    assert_eq!(look(&mine, &done).await["results"], json!([]));
}

#[tokio::test]
async fn what_is_handed_over_on_paper_has_no_file() {
    let town = Town::new().await;
    let mine = town.person(1);
    let done = submitted(&mine).await;
    let case = number(&done);
    town.feed_back(case, 1, "decided", "decided", granted())
        .await;
    let paper = json!({"result": "granted", "attached": {"of": "登记卡", "name": "登记卡", "number": "B1", "copies": 2}});
    town.feed_back(case, 2, "result_attached", "decided", paper)
        .await;
    town.feed_back(case, 3, "closed", "closed", granted()).await;
    let view = look(&mine, &done).await;
    let result = &view["results"][0];
    assert_eq!(
        (&result["file_id"], &result["copies"]),
        (&Value::Null, &json!(2))
    );
    let vault = mine.get("/api/v1/intake/vault/documents").await.ok();
    assert!(!vault.to_string().contains("登记卡"));
}
