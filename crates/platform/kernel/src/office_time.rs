//! The office's wall clock: Asia/Shanghai. China has kept UTC+8 without summer time since 1991,
//! so a fixed offset is exact for every date this system handles.

use chrono::{DateTime, FixedOffset, NaiveDate, NaiveTime, Offset, TimeZone, Utc};

const OFFSET_SECONDS: i32 = 8 * 3600;

/// The offset of Asia/Shanghai.
pub fn shanghai() -> FixedOffset {
    // Eight hours are always a valid offset; UTC stands in only to satisfy the type.
    FixedOffset::east_opt(OFFSET_SECONDS).unwrap_or_else(|| Utc.fix())
}

/// The office day on which `at` falls.
pub fn day(at: DateTime<Utc>) -> NaiveDate {
    at.with_timezone(&shanghai()).date_naive()
}

/// Midnight at the start of the office day, in UTC.
pub fn start_of_day(day: NaiveDate) -> DateTime<Utc> {
    shanghai()
        .from_local_datetime(&day.and_time(NaiveTime::MIN))
        .single()
        .map_or_else(
            || day.and_time(NaiveTime::MIN).and_utc(),
            |at| at.with_timezone(&Utc),
        )
}
