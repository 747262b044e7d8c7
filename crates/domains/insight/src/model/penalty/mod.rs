//! Administrative penalties in the national fields (双公示): entered or imported by one person, checked by a
//! second one before the public sees them, shown until a day that is set, and no longer than three years.

mod judge;
pub(crate) mod sheet;
mod steps;

use chrono::{Months, NaiveDate};
use tb_calendar::Calendar;

pub(crate) use judge::{Judged, PenaltyFields, judge, tells_who};
pub(crate) use steps::{Command, Standing, State, apply};

/// Working days within which what was published is put right (行政处罚法, articles 48 and 85).
const MEND_WITHIN: u32 = 3;

/// Last day for checking a correction that hides on `day` what was published.
pub(crate) fn recheck_by(calendar: &Calendar, day: NaiveDate, region: &str) -> NaiveDate {
    super::permit::working_days(calendar, day, MEND_WITHIN, region)
}

/// Last day on which the public reads why an entry was taken back: as long as the entry itself would
/// have been shown, and no shorter than a penalty may be.
pub(crate) fn told_until(shown_until: NaiveDate, today: NaiveDate) -> NaiveDate {
    let least = today.checked_add_months(LEAST_MONTHS);
    least.map_or(shown_until, |day| day.max(shown_until))
}

/// A penalty is shown no shorter.
const LEAST_MONTHS: Months = Months::new(3);

/// 处罚类别
pub(crate) const KINDS: [&str; 14] = [
    "警告",
    "通报批评",
    "罚款",
    FORFEIT_GAINS,
    FORFEIT_GOODS,
    SUSPEND,
    "降低资质等级",
    REVOKE,
    "限制开展生产经营活动",
    "责令停产停业",
    "责令关闭",
    "限制从业",
    "行政拘留",
    "其他",
];
const FINE: &str = "罚款";
const FORFEIT_GAINS: &str = "没收违法所得";
const FORFEIT_GOODS: &str = "没收非法财物";
const SUSPEND: &str = "暂扣许可证件";
const REVOKE: &str = "吊销许可证件";
/// Between kinds.
pub(crate) const PARTED_BY: &str = "、";
