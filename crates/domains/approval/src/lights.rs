//! When a case becomes yellow: a setting of the installation, with others for some types and levels of
//! items.

use serde::{Deserialize, Serialize};
use tb_calendar::LightRules;
use tb_contract::item::{ExerciseLevel, ItemDocument, ItemType};

/// Where the level stands in an implementation code, behind the credit code of the office.
const LEVEL_AT: usize = 18;

/// Thresholds of the yellow light.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Lights {
    /// Yellow at the latest when so many working days remain; for terms in days and longer.
    pub yellow_working_days: u32,
    /// Yellow when no more than this share of the term remains, in percent.
    pub yellow_percent: u32,
    /// Yellow at the latest when so many office minutes remain; for terms in minutes and hours.
    pub yellow_minutes: u32,
    /// Others for some items; the first that fits counts.
    #[serde(default)]
    pub of: Vec<LightsOf>,
}

/// Thresholds for some items; what is not said is as for all.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct LightsOf {
    /// Types; all where none is named.
    pub item_types: Vec<ItemType>,
    /// Levels at which the power is exercised; all where none is named.
    pub levels: Vec<ExerciseLevel>,
    /// As for all.
    pub yellow_working_days: Option<u32>,
    /// As for all.
    pub yellow_percent: Option<u32>,
    /// As for all.
    pub yellow_minutes: Option<u32>,
}

impl Default for Lights {
    fn default() -> Self {
        let LightRules {
            yellow_working_days,
            yellow_percent,
            yellow_minutes,
        } = LightRules::default();
        Self {
            yellow_working_days,
            yellow_percent,
            yellow_minutes,
            of: Vec::new(),
        }
    }
}

impl Lights {
    /// Whether every share is one.
    #[must_use]
    pub fn is_sound(&self) -> bool {
        let shares = self.of.iter().filter_map(|one| one.yellow_percent);
        shares
            .chain([self.yellow_percent])
            .all(|share| share <= 100)
    }

    /// The thresholds of an item.
    pub(crate) fn rules(&self, item: &ItemDocument) -> LightRules {
        let found = self.of.iter().find(|one| one.fits(item));
        let own = found.cloned().unwrap_or_default();
        LightRules {
            yellow_working_days: own.yellow_working_days.unwrap_or(self.yellow_working_days),
            yellow_percent: own.yellow_percent.unwrap_or(self.yellow_percent),
            yellow_minutes: own.yellow_minutes.unwrap_or(self.yellow_minutes),
        }
    }
}

impl LightsOf {
    fn fits(&self, item: &ItemDocument) -> bool {
        let digit = || item.code.chars().nth(LEVEL_AT);
        let level = item.authority.level;
        let level = level.or_else(|| digit().and_then(ExerciseLevel::from_digit));
        (self.item_types.is_empty() || self.item_types.contains(&item.item_type))
            && (self.levels.is_empty() || level.is_some_and(|level| self.levels.contains(&level)))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;
    use tb_contract::item::{ExerciseLevel, ItemDocument, ItemType};

    use super::{Lights, LightsOf};

    fn item(item_type: &str, code: &str) -> ItemDocument {
        let item = json!({
            "code": code, "name": "失业登记", "item_type": item_type, "region": "430102", "department_code": "D",
            "department_name": "某局", "audience": ["natural_person"], "case_kind": "promised", "sample": true,
        });
        serde_json::from_value(item).unwrap()
    }

    #[test]
    fn the_first_that_fits_counts_and_leaves_the_rest_as_it_is() {
        let permits = LightsOf {
            item_types: vec![ItemType::Permit],
            levels: vec![ExerciseLevel::Province],
            yellow_working_days: Some(5),
            ..LightsOf::default()
        };
        let provinces = LightsOf {
            levels: vec![ExerciseLevel::Province],
            yellow_percent: Some(40),
            ..LightsOf::default()
        };
        let lights = Lights {
            of: vec![permits, provinces],
            ..Lights::default()
        };
        let read = |item_type: &str, code: &str| {
            let rules = lights.rules(&item(item_type, code));
            (rules.yellow_working_days, rules.yellow_percent)
        };
        let (province, county) = (
            "11430000TB00000871".to_owned() + "2",
            "11430102TB00000871".to_owned() + "4",
        );
        assert_eq!(read("01", &province), (5, 20));
        assert_eq!(read("20", &province), (1, 40));
        assert_eq!(read("01", &county), (1, 20));
        assert_eq!(read("01", "short"), (1, 20), "nobody knows its level");
    }

    #[test]
    fn a_share_is_no_more_than_all() {
        let mut lights = Lights::default();
        assert!(lights.is_sound());
        lights.of.push(LightsOf {
            yellow_percent: Some(101),
            ..LightsOf::default()
        });
        assert!(!lights.is_sound());
    }
}
