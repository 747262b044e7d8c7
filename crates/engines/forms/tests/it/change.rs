//! Corrections: what changed, and whether it was allowed to.

use serde_json::{Value, json};
use tb_forms::{changed_paths, restrict, validate, validate_correction};

use crate::city::City;
use crate::example;

fn before() -> Value {
    json!({
        "name": "李娜", "worked_before": "no",
        "residence": { "code": "430102001001", "names": ["湖南省"] },
        "wishes": ["training"],
        "family": [
            { "name": "韩雷", "relation": "spouse" },
            { "name": "韩梅", "relation": "child" },
        ],
    })
}

fn after(change: impl FnOnce(&mut Value)) -> Value {
    let mut answers = before();
    change(&mut answers);
    answers
}

#[test]
fn changes_are_named_field_by_field() {
    let paths = |change: fn(&mut Value)| changed_paths(&example(), &before(), &after(change));
    let none: [&str; 0] = [];
    assert_eq!(paths(|_| {}), none);
    assert_eq!(paths(|a| a["name"] = json!("李雷")), ["/name"]);
    assert_eq!(paths(|a| a["address"] = json!("新路 1 号")), ["/address"]);
    assert_eq!(
        paths(|a| a["residence"]["code"] = json!("430102002")),
        ["/residence"]
    );
    assert_eq!(
        paths(|a| a["wishes"] = json!(["training", "startup"])),
        ["/wishes"]
    );
    assert_eq!(
        paths(|a| a["family"][1]["name"] = json!("韩美")),
        ["/family/1/name"]
    );
    let removed = paths(|a| {
        a["family"].as_array_mut().unwrap().remove(0);
    });
    assert_eq!(
        removed,
        ["/family/0/name", "/family/0/relation", "/family/1"]
    );
    let all_gone = paths(|a| {
        a.as_object_mut().unwrap().remove("family");
    });
    assert_eq!(all_gone, ["/family/0", "/family/1"]);
    assert_eq!(paths(|a| a["stranger"] = json!(1)), ["/stranger"]);
}

#[test]
fn only_listed_fields_may_change() {
    let refused = |change: fn(&mut Value), allowed: &[&str]| -> Vec<String> {
        let allowed: Vec<String> = allowed.iter().map(|path| (*path).to_owned()).collect();
        let problems = restrict(&example(), &before(), &after(change), &allowed).err();
        let problems = problems.unwrap_or_default();
        assert!(
            problems
                .iter()
                .all(|problem| problem.code == "form.not_editable")
        );
        problems.into_iter().map(|problem| problem.path).collect()
    };
    let none: [&str; 0] = [];
    let rename = |a: &mut Value| a["name"] = json!("李雷");
    assert_eq!(refused(rename, &["/name"]), none);
    assert_eq!(refused(rename, &["/family"]), ["/name"]);
    assert_eq!(refused(rename, &["/nam", "/name2", "/name/x"]), ["/name"]);
    let row = |a: &mut Value| a["family"][1]["name"] = json!("韩美");
    assert_eq!(refused(row, &["/family/1/name"]), none);
    assert_eq!(refused(row, &["/family/1"]), none);
    assert_eq!(refused(row, &["/family"]), none);
    assert_eq!(
        refused(row, &["/family/0", "/family/10"]),
        ["/family/1/name"]
    );
    let add = |a: &mut Value| {
        a["family"]
            .as_array_mut()
            .unwrap()
            .push(json!({ "name": "韩小" }));
    };
    assert_eq!(refused(add, &["/family"]), none);
    assert_eq!(refused(add, &["/family/1"]), ["/family/2"]);
    assert_eq!(
        refused(|a| a["stranger"] = json!(1), &["/name"]),
        ["/stranger"]
    );
}

#[test]
fn what_hangs_on_a_listed_field_may_follow_it() {
    let worked = after(|a| {
        a["worked_before"] = json!("yes");
        a["employer"] = json!("长沙样本制造有限公司");
    });
    let restrict = |old: &Value, new: &Value, path: &str| {
        restrict(&example(), old, new, &[path.to_owned()]).is_ok()
    };
    assert!(restrict(&before(), &worked, "/worked_before"));
    assert!(
        restrict(&worked, &before(), "/worked_before"),
        "what is then hidden may go"
    );
    assert!(!restrict(&before(), &worked, "/employer"));
    let other = after(|a| {
        a["family"][0]["relation"] = json!("other");
        a["family"][0]["relation_text"] = json!("未婚妻");
    });
    assert!(restrict(&before(), &other, "/family/0/relation"));
    assert!(!restrict(&before(), &other, "/family/1/relation"));
}

/// 失业原因 has been taken out of its code table and the community renamed since; the applicant
/// is asked for the address only and must not be stuck with what he cannot edit.
#[test]
fn a_correction_does_not_judge_anew_what_did_not_change() {
    let (city, _) = City::with_cases::<Value>();
    let old = json!({
        "name": "李娜", "citizen_id": "11010519491231002X", "phone": "13800001234",
        "residence": { "code": "430102001001", "names": ["湖南省", "长沙市", "芙蓉区", "旧街道", "旧社区"] },
        "address": "样本路 1 号", "worked_before": "no", "reason": "retired_code",
    });
    let mut new = old.clone();
    new["address"] = json!(" 样本路 2 号 ");
    let correct = |new: &Value, allowed: &str| {
        let found = validate_correction(&example(), &old, new, &[allowed.to_owned()], &city.env());
        found
            .map(|answers| answers.into_value()["address"].clone())
            .map_err(|problems| {
                problems
                    .into_iter()
                    .map(|problem| (problem.path, problem.code))
                    .collect::<Vec<_>>()
            })
    };
    assert!(validate(&example(), &new, &city.env()).is_err());
    assert_eq!(correct(&new, "/address"), Ok(json!("样本路 2 号")));
    assert_eq!(
        correct(&new, "/name"),
        Err(vec![("/address".to_owned(), "form.not_editable")])
    );
    new["reason"] = json!("another_wrong_code");
    assert_eq!(
        correct(&new, "/reason"),
        Err(vec![("/reason".to_owned(), "form.option")])
    );
}
