//! Changes are seen by the next search.

use super::{SearchIndex, found, index_of, titled};

#[test]
fn an_entry_is_found_as_soon_as_it_is_there_and_no_longer() {
    let index = SearchIndex::in_memory().unwrap();
    assert!(index.is_empty() && found(&index, "登记").is_empty());
    index
        .upsert([titled("失业登记"), titled("婚姻登记")])
        .unwrap();
    assert_eq!(found(&index, "失业登记")[0], "失业登记");
    index.remove(["失业登记", "never there"]).unwrap();
    assert_eq!(found(&index, "登记"), ["婚姻登记"]);
    index.replace_all([titled("户口迁移")]).unwrap();
    assert!(found(&index, "登记").is_empty());
    assert_eq!(found(&index, "hukou"), ["户口迁移"]);
}

#[test]
fn the_last_entry_of_an_id_wins() {
    let index = index_of(vec![titled("甲")]);
    let mut renamed = titled("甲");
    for title in ["失业登记", "就业登记"] {
        title.clone_into(&mut renamed.title);
        index.upsert([renamed.clone(), renamed.clone()]).unwrap();
    }
    assert_eq!(index.len(), 1);
    assert_eq!(found(&index, "就业登记"), ["甲"]);
    assert!(found(&index, "失业").is_empty());
}

#[test]
fn searches_and_changes_run_side_by_side() {
    let index = index_of(vec![titled("失业登记")]);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            for round in 0..20 {
                index.upsert([titled(&format!("事项{round}"))]).unwrap();
            }
        });
        for _ in 0..50 {
            assert_eq!(
                found(&index, "sydj").first().map(String::as_str),
                Some("失业登记")
            );
        }
    });
    assert_eq!(index.len(), 21);
}
