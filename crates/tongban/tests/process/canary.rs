//! Two hundred seeded names, id numbers and phones go through the whole product, by a counter; afterwards none
//! of them is found in the database, its write-ahead log, the files, the log or the metrics.

use std::path::Path;
use std::process::Command;

use crate::city::City;
use crate::journey::{self, Person, must};
use regex::bytes::Regex;
use serde_json::json;

const CANARIES: u32 = 200;

#[tokio::test(flavor = "multi_thread")]
async fn personal_data_is_found_nowhere() {
    let people: Vec<Person> = (0..CANARIES).map(person).collect();
    let mut city = City::fill();
    city.serve().await;
    let counter = city.sign_in("counter_district").await;
    let clerk = city.sign_in("clerk_hr").await;
    for (n, person) in people.iter().enumerate() {
        let number = journey::take_in(&counter, person).await;
        if n % 20 == 0 {
            let case = journey::case(&clerk, &number).await;
            let case = must(&clerk, &case, "accept", json!({})).await;
            let id = journey::text(&case, "id");
            clerk
                .get(&format!("/api/v1/approval/cases/{id}?unmask=true"))
                .await;
            clerk
                .get(&format!("/api/v1/approval/cases?q={}", person.citizen_id))
                .await;
        }
    }
    journey::case(&clerk, &journey::take_in(&counter, &people[0]).await).await;
    let metrics = reqwest::get(format!("{}/metrics", city.url()))
        .await
        .unwrap()
        .bytes()
        .await
        .unwrap();
    // The write-ahead log is looked at while it is full, before an orderly end empties it.
    city.kill();
    let mut places = vec![("metrics".to_owned(), metrics.to_vec())];
    collect(city.folder.path(), &mut places);
    if city.database.starts_with("postgres") {
        let dump = Command::new("pg_dump")
            .args(["--inserts", &city.database])
            .output()
            .unwrap();
        assert!(
            dump.status.success(),
            "{}",
            String::from_utf8_lossy(&dump.stderr)
        );
        places.push(("pg_dump".to_owned(), unhex(&dump.stdout)));
        places.push(("pg_dump, as written".to_owned(), dump.stdout));
    }
    let traces = places
        .iter()
        .filter(|(_, bytes)| finder(&[journey::ITEM]).is_match(bytes))
        .count();
    assert!(traces > 0, "the search looks in the wrong places");
    let values: Vec<&str> = people
        .iter()
        .flat_map(|person| [&person.name, &person.citizen_id, &person.phone])
        .map(String::as_str)
        .collect();
    let canaries = finder(&values);
    for (place, bytes) in &places {
        // With what stands around it, to tell a leak from a chance.
        let found = canaries.find(bytes).map(|found| {
            let from = found.start().saturating_sub(200);
            let to = bytes.len().min(found.end() + 100);
            String::from_utf8_lossy(&bytes[from..to]).into_owned()
        });
        assert_eq!(found, None, "in {place}");
    }
}

/// A person who cannot be met by chance: an invented name, a valid number, an unused phone range.
fn person(n: u32) -> Person {
    const FIRST: [&str; 10] = ["赟", "犇", "翀", "燊", "淼", "璟", "骁", "瀚", "昶", "婧"];
    let pick = |digit: u32| FIRST[usize::try_from(digit % 10).unwrap()];
    let name = format!("濮阳{}{}{}", pick(n / 100), pick(n / 10), pick(n));
    let body = format!(
        "430102190{}0{}{:02}{:03}",
        n % 10,
        1 + n % 9,
        1 + n % 28,
        100 + n
    );
    let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let sum: u32 = body
        .bytes()
        .zip(weights)
        .map(|(digit, weight)| u32::from(digit - b'0') * weight)
        .sum();
    let check = b"10X98765432"[usize::try_from(sum % 11).unwrap()] as char;
    Person {
        name,
        citizen_id: format!("{body}{check}"),
        phone: format!("1770000{n:04}"),
    }
}

fn collect(folder: &Path, places: &mut Vec<(String, Vec<u8>)>) {
    for entry in std::fs::read_dir(folder).unwrap().flatten() {
        let path = entry.path();
        if path.is_dir() {
            collect(&path, places);
        } else {
            places.push((path.display().to_string(), std::fs::read(&path).unwrap()));
        }
    }
}

/// Looks for any of the texts at once.
fn finder(texts: &[&str]) -> Regex {
    let any: Vec<String> = texts.iter().map(|text| regex::escape(text)).collect();
    Regex::new(&any.join("|")).unwrap()
}

/// The bytes that a dump writes as hexadecimal digits.
fn unhex(dump: &[u8]) -> Vec<u8> {
    let text = String::from_utf8_lossy(dump);
    let mut bytes = Vec::new();
    for piece in text.split("\\x").skip(1) {
        let digits: Vec<u8> = piece.bytes().take_while(u8::is_ascii_hexdigit).collect();
        bytes.extend(
            digits
                .chunks_exact(2)
                .map(|pair| u8::from_str_radix(std::str::from_utf8(pair).unwrap(), 16).unwrap()),
        );
        bytes.push(0);
    }
    bytes
}
