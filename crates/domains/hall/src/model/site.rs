//! A service place (服务网点) as it is described: where it is, when it is open, what its counters take in.
//! A place is run by one department; that of a centre takes in for all departments of its region.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use tb_kernel::FieldFault;
use utoipa::ToSchema;

use crate::error::field;

/// Longest name, address, note.
const MOST_LINE: usize = 100;
/// Counters of a place.
const MOST_COUNTERS: usize = 50;
/// Exceptions that are kept.
const MOST_EXCEPTIONS: usize = 200;
/// Places of a slot.
const MOST_PLACES: u32 = 200;

/// From when until when, as `09:00`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Period {
    /// Beginning.
    pub from: String,
    /// End.
    pub until: String,
}

impl Period {
    /// Minutes of the day; `None` where it is no period.
    pub(crate) fn minutes(&self) -> Option<(u32, u32)> {
        let (from, until) = (minutes(&self.from)?, minutes(&self.until)?);
        (from < until).then_some((from, until))
    }
}

/// Minutes since midnight of a time like `09:30`.
fn minutes(text: &str) -> Option<u32> {
    let (hours, rest) = text.split_once(':')?;
    let two = |part: &str| match part.len() {
        2 if part.bytes().all(|b| b.is_ascii_digit()) => part.parse::<u32>().ok(),
        _ => None,
    };
    let (hours, rest) = (two(hours)?, two(rest)?);
    (hours < 24 && rest < 60).then_some(hours * 60 + rest)
}

/// The hours of a day.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Hours {
    /// 上午
    #[serde(default)]
    pub morning: Option<Period>,
    /// 下午
    #[serde(default)]
    pub afternoon: Option<Period>,
}

impl Hours {
    /// Whether it is open at all.
    pub(crate) fn is_open(&self) -> bool {
        self.morning.is_some() || self.afternoon.is_some()
    }
}

/// A day on which other hours hold; closed without any.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct DayException {
    /// Day.
    pub day: NaiveDate,
    /// Its hours.
    #[serde(default)]
    pub hours: Hours,
    /// Why: 系统升级, 延时服务.
    #[serde(default)]
    pub note: String,
}

/// How a booking becomes one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Confirmation {
    /// At once.
    Automatic,
    /// By staff; by itself where nobody answers in the term.
    #[default]
    Staff,
}

/// A counter with what it takes in and how many visits a slot has room for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct CounterDocument {
    /// Key that bookings name; it never changes.
    pub key: String,
    /// Name: 社保综合窗口（3 号）.
    pub name: String,
    /// Visits in a slot of the morning.
    pub morning: u32,
    /// Visits in a slot of the afternoon.
    pub afternoon: u32,
    /// Whether it takes in every bookable item of the place; else those named.
    #[serde(default)]
    pub all_items: bool,
    /// Codes of the items that it takes in, of its department or of others of the region.
    #[serde(default)]
    pub items: Vec<String>,
    /// Whether results are handed out here (预约取件).
    #[serde(default)]
    pub pickup: bool,
}

/// A place in full.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct SiteDocument {
    /// Name.
    pub name: String,
    /// Address.
    pub address: String,
    /// Phone.
    #[serde(default)]
    pub phone: String,
    /// Whether it takes in for all departments of its region (政务服务中心).
    #[serde(default)]
    pub centre: bool,
    /// Whether visits can be booked now.
    #[serde(default)]
    pub open: bool,
    /// Hours from Monday to Sunday: seven of them. Those of Saturday and Sunday hold at weekends that are
    /// not worked; a weekend day that is worked in the place of another has the hours of Monday.
    pub week: Vec<Hours>,
    /// Days with other hours.
    #[serde(default)]
    pub exceptions: Vec<DayException>,
    /// Length of a slot.
    pub slot_minutes: u32,
    /// How many days ahead can be booked.
    pub ahead_days: u32,
    /// Minutes before the slot until which it can be booked, changed and cancelled.
    pub close_minutes: u32,
    /// How a booking becomes one.
    #[serde(default)]
    pub confirmation: Confirmation,
    /// Hours within which staff answers; then a booking is confirmed by itself.
    pub answer_hours: u32,
    /// Counters.
    pub counters: Vec<CounterDocument>,
}

impl SiteDocument {
    /// A counter by its key.
    pub(crate) fn counter(&self, key: &str) -> Option<&CounterDocument> {
        self.counters.iter().find(|counter| counter.key == key)
    }
}

/// What somebody comes for, as places are chosen by it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Errand<'a> {
    /// Item.
    pub item_code: &'a str,
    /// Department that handles it.
    pub department_code: &'a str,
    /// Region of that item.
    pub region: &'a str,
    /// What for.
    pub purpose: Purpose,
}

/// What for somebody comes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// To have an item handled; `in_hall`: it is handled in the hall of its region, too.
    Item { in_hall: bool },
    /// To collect a result.
    Collect,
}

/// Who runs a place.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Keeper<'a> {
    /// Its department.
    pub department_code: &'a str,
    /// Its region.
    pub region: &'a str,
}

/// Whether a counter of a place takes an errand.
pub(crate) fn takes(
    keeper: Keeper<'_>,
    document: &SiteDocument,
    counter: &CounterDocument,
    errand: &Errand<'_>,
) -> bool {
    let own = keeper.department_code == errand.department_code;
    let of_centre = document.centre && keeper.region == errand.region;
    match errand.purpose {
        Purpose::Collect => counter.pickup && (own || of_centre),
        Purpose::Item { in_hall } => {
            let near = own || keeper.region == errand.region;
            let named = counter.items.iter().any(|code| code == errand.item_code);
            (named && near) || (counter.all_items && (own || (of_centre && in_hall)))
        }
    }
}

/// What is wrong with a description, field by field.
pub(crate) fn faults(document: &SiteDocument) -> Vec<FieldFault> {
    let mut found = Found(Vec::new());
    found.line("/name", &document.name, true);
    found.line("/address", &document.address, true);
    found.line("/phone", &document.phone, false);
    found.within("/slot_minutes", document.slot_minutes, 5, 240);
    found.within("/ahead_days", document.ahead_days, 1, 30);
    found.within("/close_minutes", document.close_minutes, 0, 2_880);
    found.within("/answer_hours", document.answer_hours, 1, 72);
    if document.week.len() != 7 {
        found.add("/week".to_owned(), field::WEEK);
    }
    for (n, hours) in document.week.iter().enumerate() {
        found.hours(&format!("/week/{n}"), hours);
    }
    if document.exceptions.len() > MOST_EXCEPTIONS {
        found.add("/exceptions".to_owned(), field::TOO_MANY);
    }
    let mut days = BTreeSet::new();
    for (n, exception) in document.exceptions.iter().enumerate() {
        let path = format!("/exceptions/{n}");
        found.hours(&format!("{path}/hours"), &exception.hours);
        found.line(&format!("{path}/note"), &exception.note, false);
        if !days.insert(exception.day) {
            found.add(format!("{path}/day"), field::TWICE);
        }
    }
    found.counters(document);
    found.0
}

struct Found(Vec<FieldFault>);

impl Found {
    fn add(&mut self, path: String, code: &str) {
        self.add_with(path, code, BTreeMap::new());
    }

    fn add_with(&mut self, path: String, code: &str, args: BTreeMap<String, String>) {
        self.0.push(FieldFault {
            path: format!("/document{path}"),
            code: code.to_owned(),
            args,
            message: String::new(),
        });
    }

    fn line(&mut self, path: &str, text: &str, needed: bool) {
        if needed && text.trim().is_empty() {
            self.add(path.to_owned(), field::REQUIRED);
        } else if text.chars().count() > MOST_LINE {
            let args = BTreeMap::from([("max".to_owned(), MOST_LINE.to_string())]);
            self.add_with(path.to_owned(), field::TOO_LONG, args);
        }
    }

    fn within(&mut self, path: &str, value: u32, least: u32, most: u32) {
        if !(least..=most).contains(&value) {
            let bounds = [("least", least), ("most", most)];
            let args = bounds.map(|(name, bound)| (name.to_owned(), bound.to_string()));
            self.add_with(path.to_owned(), field::RANGE, BTreeMap::from(args));
        }
    }

    fn hours(&mut self, path: &str, hours: &Hours) {
        let halves = [("morning", &hours.morning), ("afternoon", &hours.afternoon)];
        for (name, period) in halves {
            if period
                .as_ref()
                .is_some_and(|period| period.minutes().is_none())
            {
                self.add(format!("{path}/{name}"), field::PERIOD);
            }
        }
        let bounds = |period: &Option<Period>| period.as_ref().and_then(Period::minutes);
        if let (Some((_, noon)), Some((again, _))) =
            (bounds(&hours.morning), bounds(&hours.afternoon))
            && noon > again
        {
            self.add(format!("{path}/afternoon"), field::OVERLAP);
        }
    }

    fn counters(&mut self, document: &SiteDocument) {
        if document.counters.is_empty() || document.counters.len() > MOST_COUNTERS {
            self.add("/counters".to_owned(), field::COUNTERS);
        }
        let mut keys = BTreeSet::new();
        for (n, counter) in document.counters.iter().enumerate() {
            let path = format!("/counters/{n}");
            self.line(&format!("{path}/name"), &counter.name, true);
            self.within(&format!("{path}/morning"), counter.morning, 0, MOST_PLACES);
            self.within(
                &format!("{path}/afternoon"),
                counter.afternoon,
                0,
                MOST_PLACES,
            );
            if !is_key(&counter.key) {
                self.add(format!("{path}/key"), field::KEY);
            } else if !keys.insert(&counter.key) {
                self.add(format!("{path}/key"), field::TWICE);
            }
            if !counter.all_items && counter.items.is_empty() && !counter.pickup {
                self.add(format!("{path}/items"), field::NOTHING_TAKEN);
            }
        }
    }
}

fn is_key(key: &str) -> bool {
    (1..=20).contains(&key.len())
        && key
            .bytes()
            .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    pub(crate) fn period(from: &str, until: &str) -> Period {
        Period {
            from: from.to_owned(),
            until: until.to_owned(),
        }
    }

    /// Open from Monday to Friday, and on Saturday morning.
    pub(crate) fn document() -> SiteDocument {
        let worked = Hours {
            morning: Some(period("09:00", "12:00")),
            afternoon: Some(period("13:30", "17:00")),
        };
        let mut week = vec![worked; 5];
        week.push(Hours {
            morning: Some(period("09:00", "11:00")),
            afternoon: None,
        });
        week.push(Hours::default());
        SiteDocument {
            name: "芙蓉区社保服务大厅".to_owned(),
            address: "样例路 1 号".to_owned(),
            phone: String::new(),
            centre: false,
            open: true,
            week,
            exceptions: Vec::new(),
            slot_minutes: 60,
            ahead_days: 7,
            close_minutes: 60,
            confirmation: Confirmation::Staff,
            answer_hours: 4,
            counters: vec![CounterDocument {
                key: "c1".to_owned(),
                name: "社保窗口".to_owned(),
                morning: 2,
                afternoon: 1,
                all_items: true,
                items: Vec::new(),
                pickup: false,
            }],
        }
    }

    #[test]
    fn a_good_description_has_no_faults_and_each_fault_has_its_field() {
        assert!(faults(&document()).is_empty());
        let mut wrong = document();
        wrong.name = " ".to_owned();
        wrong.slot_minutes = 1;
        wrong.week[0].morning = Some(period("12:00", "9:00"));
        wrong.week[1].afternoon = Some(period("11:00", "17:00"));
        wrong.exceptions = vec![
            DayException {
                day: NaiveDate::MIN,
                hours: Hours::default(),
                note: String::new(),
            };
            2
        ];
        wrong.counters[0].all_items = false;
        wrong.counters.push(wrong.counters[0].clone());
        let found: Vec<(String, String)> = faults(&wrong)
            .into_iter()
            .map(|fault| (fault.path.replace("/document", ""), fault.code))
            .collect();
        for (path, code) in [
            ("/name", field::REQUIRED),
            ("/slot_minutes", field::RANGE),
            ("/week/0/morning", field::PERIOD),
            ("/week/1/afternoon", field::OVERLAP),
            ("/exceptions/1/day", field::TWICE),
            ("/counters/0/items", field::NOTHING_TAKEN),
            ("/counters/1/key", field::TWICE),
        ] {
            let fault = (path.to_owned(), code.to_owned());
            assert!(found.contains(&fault), "{path}: {found:?}");
        }
    }

    #[test]
    fn a_department_takes_its_own_items_and_a_centre_those_of_its_region_in_the_hall() {
        let (ours, theirs) = ("D1", "D2");
        let keeper = Keeper {
            department_code: ours,
            region: "430102",
        };
        let errand = |department_code, region, purpose| Errand {
            item_code: "I1",
            department_code,
            region,
            purpose,
        };
        let item = |in_hall| Purpose::Item { in_hall };
        let mut place = document();
        let goes = |place: &SiteDocument, errand| takes(keeper, place, &place.counters[0], &errand);
        assert!(goes(&place, errand(ours, "430102", item(false))));
        assert!(!goes(&place, errand(theirs, "430102", item(true))));
        place.centre = true;
        assert!(goes(&place, errand(theirs, "430102", item(true))));
        assert!(!goes(&place, errand(theirs, "430102", item(false))));
        assert!(!goes(&place, errand(theirs, "4301", item(true))));
        assert!(!goes(&place, errand(ours, "430102", Purpose::Collect)));
        place.counters[0].pickup = true;
        assert!(goes(&place, errand(theirs, "430102", Purpose::Collect)));
        place.counters[0].all_items = false;
        assert!(!goes(&place, errand(ours, "430102", item(true))));
        place.counters[0].items = vec!["I1".to_owned()];
        assert!(goes(&place, errand(theirs, "430102", item(false))));
        assert!(!goes(&place, errand(theirs, "430103", item(false))));
    }
}
