//! Cases of the last weeks for the demo city, so that figures, publicity and the board have something
//! to show: sample data throughout, made by a rule from the demo's items, the same at every first
//! start. Matters of the city's offices are spread over its districts, as their counters would.

use std::collections::HashMap;

use chrono::{DateTime, Days, Duration, NaiveDate, TimeDelta, Utc};
use tb_calendar::{Calendar, Term};
use tb_contract::item::{Audience, ItemDocument, ItemType};
use tb_insight::seed::{PastCase, PastPermit};
use tb_interaction::seed::{PastService, RECTIFIED_WITHIN};
use tb_kernel::{DepartmentId, Fault, Region, office_time};

/// Days of history.
const DAYS: u64 = 75;
/// Districts of the city with their share of cases.
const DISTRICTS: [(&str, u64); 9] = [
    ("430102", 15),
    ("430103", 12),
    ("430104", 18),
    ("430105", 11),
    ("430111", 17),
    ("430112", 8),
    ("430121", 11),
    ("430181", 4),
    ("430182", 4),
];
const FAMILY: [&str; 16] = [
    "王", "李", "张", "刘", "陈", "杨", "黄", "赵", "周", "吴", "徐", "孙", "胡", "朱", "高", "林",
];
const FIRMS: [&str; 8] = [
    "湘味小馆",
    "麓山书屋",
    "橘洲便利",
    "星沙茶社",
    "浏水食品",
    "岳麓健身",
    "开福宾馆",
    "雨花物流",
];

/// A row of numbers that is the same each time.
pub(super) struct Numbers(pub(super) u64);

impl Numbers {
    /// The next, below `end`.
    pub(super) fn below(&mut self, end: u64) -> u64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % end.max(1)
    }

    /// One of them all.
    pub(super) fn one_of<'a, T>(&mut self, all: &'a [T]) -> Option<&'a T> {
        let at = self.below(u64::try_from(all.len()).unwrap_or(1));
        all.get(usize::try_from(at).unwrap_or_default())
    }

    /// By shares.
    fn district(&mut self) -> &'static str {
        let mut left = self.below(DISTRICTS.iter().map(|(_, share)| share).sum());
        for (code, share) in DISTRICTS {
            if left < share {
                return code;
            }
            left -= share;
        }
        "430102"
    }
}

/// The history up to `now`.
pub(super) fn past(
    items: &[ItemDocument],
    now: DateTime<Utc>,
) -> Result<(Vec<PastCase>, Vec<PastPermit>), Fault> {
    let calendar = Calendar::embedded().map_err(Fault::internal)?;
    let today = office_time::day(now);
    let mut numbers = Numbers(20_261_122);
    let (mut cases, mut permits) = (Vec::new(), Vec::new());
    let first = today.checked_sub_days(Days::new(DAYS)).unwrap_or(today);
    for day in first.iter_days().take_while(|day| *day <= today) {
        let works = calendar.is_working_day(day, None).unwrap_or(true);
        let many = if works || day == today {
            34 + numbers.below(18)
        } else {
            9 + numbers.below(6)
        };
        for serial in 0..many {
            let Some(item) = numbers.one_of(items) else {
                break;
            };
            let at = moment(&mut numbers, day, now);
            let case = case(&mut numbers, item, at, now, serial);
            permits.extend(permit(&mut numbers, item, &case));
            cases.push(case);
        }
    }
    Ok((cases, permits))
}

/// Within the day; today, before now.
fn moment(numbers: &mut Numbers, day: NaiveDate, now: DateTime<Utc>) -> DateTime<Utc> {
    let start = office_time::start_of_day(day);
    let gone = (now - start).num_seconds();
    if gone < 86_400 {
        let seconds = numbers.below(u64::try_from(gone).unwrap_or(1));
        return start + Duration::seconds(i64::try_from(seconds).unwrap_or_default());
    }
    // From eight in the morning to six in the evening.
    let minutes = 480 + numbers.below(600);
    start + Duration::minutes(i64::try_from(minutes).unwrap_or_default())
}

/// One case, as far as it has come by `now`.
pub(super) fn case(
    numbers: &mut Numbers,
    item: &ItemDocument,
    submitted_at: DateTime<Utc>,
    now: DateTime<Utc>,
    serial: u64,
) -> PastCase {
    let region = if item.region.as_str().len() <= 4 {
        Region::parse(numbers.district()).unwrap_or_else(|| item.region.clone())
    } else {
        item.region.clone()
    };
    let persons = item.audience.contains(&Audience::NaturalPerson);
    let organisation = !persons || (item.audience.len() > 1 && numbers.below(5) < 3);
    let promised = item.promised_term.map_or(5, days_of).max(1);
    let late = numbers.below(70) == 0;
    let accepted_at = submitted_at + minutes(20 + numbers.below(600));
    let took = promised * 1_440 * (20 + numbers.below(70)) / 100 + 60;
    let took = if late { took + promised * 1_800 } else { took };
    let done_at = accepted_at + minutes(took);
    let (accepted_at, done_at) = (past_only(accepted_at, now), past_only(done_at, now));
    let paused = done_at.is_none() && accepted_at.is_some() && numbers.below(14) == 0;
    let state = match (accepted_at, done_at) {
        (_, Some(_)) if numbers.below(4) == 0 => "closed",
        (_, Some(_)) => "delivered",
        (Some(_), None) if paused => "special_procedure",
        (Some(_), None) => "examining",
        (None, None) => "submitted",
    };
    let day = office_time::day(submitted_at).format("%Y%m%d");
    PastCase {
        number: format!("{}{day}9{serial:06}", region.six()),
        item_code: item.code.clone(),
        item_name: item.name.clone(),
        department_code: item.department_code.clone(),
        region,
        organisation,
        applicant: applicant(numbers, organisation),
        state: state.to_owned(),
        submitted_at,
        accepted_at,
        done_at,
        paused_minutes: if numbers.below(9) == 0 { 390 } else { 0 },
        late,
        promised_days: promised * 7 / 5 + 2,
        paused,
        level: done_at.and_then(|at| level(numbers, now - at)),
    }
}

fn past_only(at: DateTime<Utc>, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    (at <= now).then_some(at)
}

fn minutes(many: u64) -> TimeDelta {
    Duration::minutes(i64::try_from(many).unwrap_or_default())
}

/// About how many days a term has.
fn days_of(term: Term) -> u64 {
    let text = term.to_string();
    let digits: String = text.chars().take_while(char::is_ascii_digit).collect();
    digits.parse().unwrap_or(1)
}

fn applicant(numbers: &mut Numbers, organisation: bool) -> String {
    if organisation {
        let firm = numbers.one_of(&FIRMS).copied().unwrap_or_default();
        let head: String = firm.chars().take(2).collect();
        return format!("长沙{head}***有限公司");
    }
    let stars = if numbers.below(4) == 0 { "*" } else { "**" };
    format!(
        "{}{stars}",
        numbers.one_of(&FAMILY).copied().unwrap_or_default()
    )
}

/// A rating; a poor one only where its rectification can be over.
fn level(numbers: &mut Numbers, ago: TimeDelta) -> Option<u8> {
    let rectified = ago.num_days() > RECTIFIED_WITHIN;
    match numbers.below(100) {
        0..46 => Some(5),
        46..55 => Some(4),
        55..58 => Some(3),
        58 if rectified => Some(2),
        59 if rectified => Some(1),
        _ => None,
    }
}

/// The services among the cases: what has ended can be rated, and was where it has a level.
pub(super) fn services(
    cases: &[PastCase],
    departments: &HashMap<String, DepartmentId>,
) -> Vec<PastService> {
    let service = |case: &PastCase| {
        Some(PastService {
            case_number: case.number.clone(),
            item_code: case.item_code.clone(),
            item_name: case.item_name.clone(),
            department_code: case.department_code.clone(),
            department: *departments.get(&case.department_code)?,
            region: case.region.clone(),
            ended_at: case.done_at?,
            level: case.level,
        })
    };
    cases.iter().filter_map(service).collect()
}

fn permit(numbers: &mut Numbers, item: &ItemDocument, case: &PastCase) -> Option<PastPermit> {
    let decided_at = case.done_at?;
    if item.item_type != ItemType::Permit {
        return None;
    }
    let firm = numbers.one_of(&FIRMS)?;
    let serial = 1 + numbers.below(9_000_000);
    let result = item.result.as_ref();
    let (holder, holder_code) = if case.organisation {
        let holder = format!("长沙{firm}有限公司（样例）");
        (holder, format!("91430102TB{serial:07}X"))
    } else {
        (case.applicant.clone(), String::new())
    };
    let year = office_time::day(decided_at).format("%Y");
    Some(PastPermit {
        case_number: case.number.clone(),
        holder,
        holder_code,
        document_number: format!("长样许字〔{year}〕{serial}号"),
        certificate: result.map_or_else(String::new, |result| result.name.clone()),
        content: item.name.clone(),
        validity: result
            .map(|result| result.validity.clone())
            .unwrap_or_default(),
        item_code: item.code.clone(),
        office: item.department_name.clone(),
        department_code: item.department_code.clone(),
        region: case.region.clone(),
        decided_at,
    })
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use tb_kernel::DepartmentId;
    use uuid::Uuid;

    use super::{past, services};
    use crate::demo::content;

    #[test]
    fn the_history_is_the_same_each_time_and_never_of_the_future() {
        let items = content::items().unwrap();
        let now = "2026-11-22T16:05:00Z".parse().unwrap();
        let (cases, permits) = past(&items, now).unwrap();
        let (again, _) = past(&items, now).unwrap();
        assert_eq!(cases.len(), again.len());
        assert!(
            cases.len() > 1_500 && permits.len() > 100,
            "{} {}",
            cases.len(),
            permits.len()
        );
        let mut seen: Vec<_> = cases.iter().map(|case| &case.number).collect();
        seen.sort_unstable();
        seen.dedup();
        assert_eq!(seen.len(), cases.len(), "each number once");
        let latest = |case: &tb_insight::seed::PastCase| {
            case.done_at
                .or(case.accepted_at)
                .unwrap_or(case.submitted_at)
        };
        assert!(cases.iter().all(|case| latest(case) <= now));
        assert!(
            cases
                .iter()
                .all(|case| case.organisation || case.applicant.contains('*'))
        );
    }

    #[test]
    fn what_the_statistics_count_as_ended_and_rated_can_be_rated_and_was() {
        let items = content::items().unwrap();
        let now = "2026-11-22T16:05:00Z".parse().unwrap();
        let (cases, _) = past(&items, now).unwrap();
        let office = DepartmentId(Uuid::from_u128(1));
        let departments: HashMap<_, _> = cases
            .iter()
            .map(|case| (case.department_code.clone(), office))
            .collect();
        let services = services(&cases, &departments);
        let ended = cases.iter().filter(|case| case.done_at.is_some()).count();
        assert_eq!(services.len(), ended);
        let rated = |levels: &mut dyn Iterator<Item = Option<u8>>| levels.flatten().count();
        assert_eq!(
            rated(&mut services.iter().map(|one| one.level)),
            rated(&mut cases.iter().map(|one| one.level))
        );
        let mut poor = services
            .iter()
            .filter(|one| one.level.is_some_and(|l| l < 3));
        assert!(poor.clone().count() > 5, "rectifications to show");
        assert!(
            poor.all(|one| one.ended_at + chrono::Duration::days(12) < now),
            "none that would still be under way"
        );
    }
}
