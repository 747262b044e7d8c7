//! Pages, filters and counts.

use std::collections::BTreeSet;

use tb_search::{FacetCount, Query, SearchError};

use super::{Entry, SearchIndex, all_found, ask, index_of, real_index, titled};

fn shelf() -> SearchIndex {
    let entry = |id: &str, title: &str, department: &str, audience: &[&str], boost: f32| {
        let audience = audience
            .iter()
            .map(|value| ("audience".to_owned(), (*value).to_owned()));
        Entry {
            id: id.into(),
            title: title.into(),
            facets: [("department".to_owned(), department.to_owned())]
                .into_iter()
                .chain(audience)
                .collect(),
            boost,
            ..Entry::default()
        }
    };
    index_of(vec![
        entry("a", "失业登记", "人社局", &["person"], 1.0),
        entry("b", "就业登记", "人社局", &["person", "legal"], 5.0),
        entry("c", "企业登记", "市监局", &["legal"], 5.0),
        entry("d", "婚姻登记", "民政局", &["person"], 0.0),
    ])
}

fn pairs(filters: &[(&str, &str)]) -> Vec<(String, String)> {
    filters
        .iter()
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
        .collect()
}

#[test]
fn pages_join_without_gap_or_repetition() {
    let index = real_index();
    for text in ["", "登记", "dj", "企业登记备案"] {
        let whole = all_found(&index, &ask(text));
        let small = all_found(
            &index,
            &Query {
                limit: 7,
                ..ask(text)
            },
        );
        assert_eq!(whole, small, "{text}");
        assert_eq!(
            whole.iter().collect::<BTreeSet<_>>().len(),
            whole.len(),
            "{text}"
        );
    }
    assert_eq!(
        u64::try_from(all_found(&index, &ask("")).len()).unwrap(),
        index.len()
    );
}

#[test]
fn blank_text_lists_all_by_boost_then_id() {
    assert_eq!(all_found(&shelf(), &ask("  ")), ["b", "c", "a", "d"]);
}

#[test]
fn a_page_holds_at_most_a_hundred() {
    let index = real_index();
    let page = |limit| {
        index
            .search(&Query {
                limit,
                ..Query::default()
            })
            .unwrap()
            .hits
            .len()
    };
    assert_eq!((page(0), page(50), page(usize::MAX)), (1, 50, 100));
}

#[test]
fn filters_add_up_and_values_are_alternatives() {
    let index = shelf();
    let with = |filters: &[(&str, &str)]| {
        all_found(
            &index,
            &Query {
                filters: pairs(filters),
                ..Query::default()
            },
        )
    };
    assert_eq!(with(&[("department", "人社局")]), ["b", "a"]);
    assert_eq!(
        with(&[("department", "人社局"), ("department", "民政局")]),
        ["b", "a", "d"]
    );
    assert_eq!(
        with(&[("department", "人社局"), ("audience", "legal")]),
        ["b"]
    );
    assert!(with(&[("department", "人社")]).is_empty());
    assert!(with(&[("nothing", "")]).is_empty());
}

#[test]
fn counts_leave_out_their_own_filter_only() {
    let query = Query {
        filters: pairs(&[("department", "人社局")]),
        facet_counts: vec!["audience".into(), "department".into(), "nothing".into()],
        limit: 1,
        ..ask("登记")
    };
    let facets = shelf().search(&query).unwrap().facets;
    let count = |value: &str, count| FacetCount {
        value: value.into(),
        count,
    };
    assert_eq!(facets[0].values, [count("person", 2), count("legal", 1)]);
    assert_eq!(
        facets[1].values,
        [count("人社局", 2), count("市监局", 1), count("民政局", 1)]
    );
    assert!(facets[2].values.is_empty());
}

#[test]
fn a_foreign_cursor_is_refused() {
    let index = index_of(vec![titled("失业登记")]);
    for after in [
        "",
        "x",
        "失业登记失业登记",
        "zzzzzzzzzzzzzzzzid",
        "+00000000000000aid",
        "7ff8000000000000id",
    ] {
        let query = Query {
            after: Some(after.into()),
            ..Query::default()
        };
        assert!(
            matches!(index.search(&query), Err(SearchError::BadCursor)),
            "{after}"
        );
    }
}
