//! Whatever arrives as text, the index answers.

use std::sync::LazyLock;

use proptest::prelude::*;
use tb_search::Query;

use super::{Entry, SearchIndex, found, index_of, real_index, titled};

static REAL: LazyLock<SearchIndex> = LazyLock::new(real_index);

#[test]
fn nothing_in_the_text_is_syntax() {
    let index = index_of(["失业登记", "婚姻登记"].map(titled).into());
    for typed in [
        "title:失业",
        "失业 AND 登记",
        "+失业 -登记",
        "\"失业",
        "(失业",
        "失业*",
        "失业~2",
        "[失业 TO 登记]",
        "失业\\",
    ] {
        assert!(
            found(&index, typed).contains(&"失业登记".to_owned()),
            "{typed}"
        );
    }
    for typed in [
        "*",
        "😀",
        "^",
        "$",
        "\u{1f}",
        "。。。",
        "\"\"",
        "\u{0}",
        "\u{202e}",
    ] {
        assert!(found(&index, typed).is_empty(), "{typed:?}");
    }
}

#[test]
fn a_long_text_is_cut_not_refused() {
    let typed = "失业登记".repeat(10_000);
    assert!(found(&REAL, &typed).contains(&"失业登记".to_owned()));
    found(&REAL, &"shiyedengji".repeat(10_000));
    found(&REAL, &"a".repeat(10_000));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_gets_an_answer(text in any::<String>(), filter in any::<(String, String)>(), limit: usize) {
        let plain = Query { text: text.clone(), limit, ..Query::default() };
        prop_assert!(REAL.search(&plain).is_ok());
        let filtered = Query {
            text,
            facet_counts: vec![filter.0.clone()],
            filters: vec![filter],
            limit,
            after: None,
        };
        prop_assert!(REAL.search(&filtered).is_ok());
    }

    #[test]
    fn any_mixture_of_writing_gets_an_answer(text in "[失业登记办证行a-z0-9 ü'～＊]{0,120}") {
        let query = Query { text, ..Query::default() };
        prop_assert!(REAL.search(&query).is_ok());
    }

    #[test]
    fn any_cursor_gets_an_answer(after in any::<String>()) {
        let _answer_or_refusal = REAL.search(&Query { after: Some(after), ..Query::default() });
    }

    #[test]
    fn any_entry_can_be_indexed(id in any::<String>(), title in any::<String>(), weight: f32, boost: f32, text in any::<String>()) {
        let entry = Entry {
            id: id.clone(),
            title,
            body: vec![(weight, text.clone())],
            keywords: vec![text.clone()],
            facets: vec![(text.clone(), text)],
            boost,
        };
        let index = index_of(vec![entry]);
        let all = index.search(&Query::default()).unwrap();
        prop_assert_eq!(all.hits.len(), 1);
        prop_assert_eq!(&all.hits[0].id, &id);
    }
}
