//! Words that count as the same, and slips of the finger, over real titles.

use tb_search::Query;

use super::{all_found, ask, found, index_of, real_index, titled};

fn groups(lines: &[&str]) -> Vec<Vec<String>> {
    let group = |line: &&str| line.split(' ').map(str::to_owned).collect();
    lines.iter().map(group).collect()
}

#[test]
fn other_words_for_the_same_are_found_behind_the_words_themselves() {
    let index = index_of(
        [
            "机动车驾驶证补领",
            "驾照体检",
            "机动车登记",
            "驾驶人注销机动车驾驶证",
        ]
        .map(titled)
        .to_vec(),
    );
    assert_eq!(found(&index, "驾照"), ["驾照体检"]);
    index.set_synonyms(&groups(&["驾照 机动车驾驶证"]));
    let all = ["驾照体检", "机动车驾驶证补领", "驾驶人注销机动车驾驶证"];
    assert_eq!(found(&index, "驾照"), all, "in force at once");
    assert_eq!(found(&index, "jiazhao")[0], "驾照体检");
    assert!(found(&index, "jiazhao").contains(&"机动车驾驶证补领".to_owned()));
    assert_eq!(found(&index, "驾照补领")[0], "机动车驾驶证补领");
    index.set_synonyms(&[]);
    assert_eq!(found(&index, "驾照"), ["驾照体检"]);
}

#[test]
fn one_slip_is_forgiven_and_told() {
    let index = real_index();
    for (typed, meant) in [
        ("失业登计", "失业登记"),
        ("失登业记", "失业登记"),
        ("我想办失业登计", "失业登记"),
        ("护士执注销注册", "护士执业注销注册"),
        ("护士执业注消", "护士执业注销"),
        ("shiyedengi", "失业登记"),
        ("hsiyedengji", "失业登记"),
    ] {
        let hits = index.search(&ask(typed)).unwrap();
        // Titles that hold all the words as typed may stand before it.
        let first: Vec<&str> = hits
            .hits
            .iter()
            .take(10)
            .map(|hit| hit.id.as_str())
            .collect();
        assert!(
            first.iter().any(|id| id.contains(meant)),
            "{typed}: {first:?}"
        );
        assert_eq!(hits.meant[0], meant, "{typed}");
    }
}

#[test]
fn what_is_called_as_typed_is_not_corrected() {
    let index = real_index();
    for typed in [
        "失业登记",
        "shiyedengji",
        "sydj",
        "食品经营",
        "失业",
        "登计",
        "",
    ] {
        let hits = index.search(&ask(typed)).unwrap();
        assert!(hits.meant.is_empty(), "{typed}: {:?}", hits.meant);
    }
}

#[test]
fn all_words_as_typed_come_before_what_may_have_been_meant() {
    let mut entries = ["失业登记", "失业人员登高"].map(titled).to_vec();
    let mut in_body = titled("其他事项");
    in_body.body = vec![(1.0, "失业后登计在册".into())];
    entries.push(in_body);
    let order = found(&index_of(entries), "失业登计");
    assert_eq!(order, ["其他事项", "失业登记", "失业人员登高"]);
}

#[test]
fn pages_of_a_corrected_question_fit_together() {
    let index = real_index();
    let query = Query {
        limit: 3,
        ..ask("食品经营许克")
    };
    let by_page = all_found(&index, &query);
    assert_eq!(
        by_page,
        all_found(
            &index,
            &Query {
                limit: 100,
                ..query
            }
        )
    );
    assert!(by_page.len() > 6);
}

#[test]
fn a_filter_does_not_turn_a_good_word_into_a_slip() {
    let mut there = titled("失业登记");
    there.facets = vec![("region".into(), "430102".into())];
    let mut here = titled("实业登记");
    here.facets = vec![("region".into(), "430103".into())];
    let index = index_of(vec![there, here]);
    let query = Query {
        filters: vec![("region".into(), "430103".into())],
        ..ask("失业登记")
    };
    let hits = index.search(&query).unwrap();
    assert!(hits.meant.is_empty());
}
