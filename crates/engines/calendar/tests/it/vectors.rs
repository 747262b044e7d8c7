//! The shared vectors: every case of the design's section 4 and more.

use chrono::{DateTime, NaiveDate, Utc};
use serde::Deserialize;
use tb_calendar::{Moment, Request};

use crate::CALENDAR;

#[derive(Deserialize)]
struct Vectors {
    vectors: Vec<Vector>,
}

#[derive(Deserialize)]
struct Vector {
    name: String,
    request: Request,
    due: Option<NaiveDate>,
    at: Option<DateTime<Utc>>,
    provisional: Option<bool>,
    error: Option<String>,
}

#[test]
fn every_vector_holds() {
    let Vectors { vectors } = serde_json::from_str(include_str!("../vectors.json")).unwrap();
    assert!(vectors.len() >= 40, "vectors went missing");
    for vector in vectors {
        let name = &vector.name;
        let moment = CALENDAR.due_moment(&vector.request);
        match CALENDAR.due(&vector.request) {
            Ok(due) => {
                assert_eq!(Some(due.date), vector.due, "{name}");
                assert_eq!(due.at, vector.at, "{name}");
                assert_eq!(Some(due.provisional), vector.provisional, "{name}");
                assert_eq!(due.calendar_version, "2026.1", "{name}");
                assert_eq!(moment, Ok(due.moment()), "{name}: the short way agrees");
                assert_eq!(moment.map(Moment::day), Ok(due.date), "{name}");
            }
            Err(error) => {
                assert_eq!(Some(error.code()), vector.error.as_deref(), "{name}");
                assert_eq!(moment, Err(error), "{name}: the short way agrees");
            }
        }
    }
}
