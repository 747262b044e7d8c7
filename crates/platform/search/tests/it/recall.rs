//! Whatever piece of a title one types, the title is among the hits.

use super::{all_found, ask, real_index, titles};

/// Title without punctuation, the way a user would not care about it.
fn plain(title: &str) -> String {
    title
        .chars()
        .filter(|unit| unit.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

/// Pieces of 2, 3, 4 and 6 characters from places spread over all titles.
fn pieces(titles: &[String]) -> Vec<String> {
    let mut pieces = Vec::new();
    for (number, title) in titles.iter().enumerate() {
        let letters: Vec<char> = plain(title).chars().collect();
        let length = [2, 3, 4, 6][number % 4];
        let windows: Vec<&[char]> = letters.windows(length).collect();
        if let Some(window) = windows.get((number * 7) % windows.len().max(1)) {
            pieces.push(window.iter().collect());
        }
    }
    pieces
}

#[test]
fn a_piece_of_a_title_finds_every_title_that_contains_it() {
    let titles = titles();
    let index = real_index();
    let (mut expected, mut missed) = (0_u32, Vec::new());
    for piece in pieces(&titles) {
        let hits = all_found(&index, &ask(&piece));
        for title in titles.iter().filter(|title| plain(title).contains(&piece)) {
            expected += 1;
            if !hits.contains(title) {
                missed.push((piece.clone(), title.clone()));
            }
        }
    }
    assert!(
        expected > 5_000,
        "the test must have something to measure, not {expected}"
    );
    let recall = 1.0 - f64::from(u32::try_from(missed.len()).unwrap()) / f64::from(expected);
    assert!(recall >= 0.98, "recall {recall}, missed {missed:?}");
}

#[test]
fn a_whole_title_is_its_own_first_hit() {
    let index = real_index();
    for title in titles().iter().filter(|title| title.chars().count() <= 100) {
        let query = tb_search::Query {
            limit: 1,
            ..ask(title)
        };
        let first = index.search(&query).unwrap().hits.remove(0).id;
        assert_eq!(plain(&first), plain(title));
    }
}
