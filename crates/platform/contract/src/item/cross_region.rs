//! Handling for applicants who are elsewhere (跨域通办): by which modes, and whose counters take in.

use serde::{Deserialize, Serialize};
use tb_kernel::Region;
use utoipa::ToSchema;

use super::{ItemDocument, ServiceScope};

/// A mode of cross-region handling. 多地联办 is none of them yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum CrossRegionMode {
    /// 全程网办
    Online,
    /// 异地代收代办
    Collect,
}

/// Who brings the result to somebody who applied elsewhere, where he has not chosen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ResultSender {
    /// 收件窗口发放: it goes back to the counter that took the application in.
    #[default]
    Counter,
    /// 办理部门寄送
    Office,
}

/// A counter that takes in for the office (代收点).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct CrossRegionPlace {
    /// Code of the division whose counters take in, with all that lies in it.
    #[schema(value_type = String)]
    pub division: Region,
    /// What people know it as: 天心区政务服务大厅综合窗口.
    pub name: String,
    /// Address.
    #[serde(default)]
    pub address: String,
    /// Telephone.
    #[serde(default)]
    pub phone: String,
}

/// Handling for applicants who are elsewhere, within the item's range (`authority.scope`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct CrossRegionRule {
    /// By which modes.
    pub modes: Vec<CrossRegionMode>,
    /// Whose counters take in; empty: those of the whole range.
    #[serde(default)]
    pub places: Vec<CrossRegionPlace>,
    /// Who brings the result.
    #[serde(default)]
    pub results: ResultSender,
}

impl CrossRegionRule {
    /// Whether it says a mode.
    pub fn has(&self, mode: CrossRegionMode) -> bool {
        self.modes.contains(&mode)
    }
}

impl ServiceScope {
    /// How the codes of the divisions begin that lie in the range of an item of `region`; none: it has no
    /// range. Nothing: the whole country.
    pub fn range(self, region: &Region) -> Option<String> {
        let digits = match self {
            Self::None => return None,
            Self::County => 6,
            Self::City => 4,
            Self::Province => 2,
            Self::Nation => 0,
        };
        let code = region.as_str();
        Some(code.get(..digits).unwrap_or(code).to_owned())
    }
}

impl ItemDocument {
    /// How the codes of the divisions begin whose counters take the item in for its office (异地代收).
    pub fn taken_in_by(&self) -> Vec<String> {
        let Some(rule) = &self.handling.cross_region else {
            return Vec::new();
        };
        let Some(range) = self.authority.scope.range(&self.region) else {
            return Vec::new();
        };
        if !rule.has(CrossRegionMode::Collect) {
            return Vec::new();
        }
        if rule.places.is_empty() {
            return vec![range];
        }
        let places = rule.places.iter().map(|one| one.division.as_str());
        let mut within: Vec<String> = places
            .filter(|code| code.starts_with(&range))
            .map(str::to_owned)
            .collect();
        within.sort();
        within.dedup();
        within
    }
}

#[cfg(test)]
mod tests {
    use tb_kernel::Region;

    use super::{
        CrossRegionMode::{self, Collect, Online},
        CrossRegionPlace, CrossRegionRule, ResultSender,
    };
    use crate::item::{ItemDocument, ServiceScope};

    fn item(scope: ServiceScope, modes: &[CrossRegionMode], places: &[&str]) -> ItemDocument {
        let document = serde_json::json!({"code": "1", "name": "事项", "item_type": "20", "department_code": "1",
            "department_name": "某局", "region": "430102", "audience": [],
            "case_kind": "promised", "sample": true});
        let mut item: ItemDocument = serde_json::from_value(document).unwrap();
        item.authority.scope = scope;
        item.handling.cross_region = Some(CrossRegionRule {
            modes: modes.to_vec(),
            places: places
                .iter()
                .map(|code| CrossRegionPlace {
                    division: Region::parse(code).unwrap(),
                    name: "窗口".to_owned(),
                    address: String::new(),
                    phone: String::new(),
                })
                .collect(),
            results: ResultSender::Counter,
        });
        item
    }

    #[test]
    fn a_range_is_the_beginning_of_a_code() {
        let region = Region::parse("430102001").unwrap();
        let range = |scope: ServiceScope| scope.range(&region);
        assert_eq!(range(ServiceScope::None), None);
        assert_eq!(range(ServiceScope::County).as_deref(), Some("430102"));
        assert_eq!(range(ServiceScope::City).as_deref(), Some("4301"));
        assert_eq!(range(ServiceScope::Province).as_deref(), Some("43"));
        assert_eq!(range(ServiceScope::Nation).as_deref(), Some(""));
        let city = Region::parse("4301").unwrap();
        assert_eq!(ServiceScope::County.range(&city).as_deref(), Some("4301"));
    }

    #[test]
    fn counters_take_in_where_range_mode_and_places_say_so() {
        let city = ServiceScope::City;
        assert_eq!(item(city, &[Online, Collect], &[]).taken_in_by(), ["4301"]);
        assert_eq!(item(city, &[Online], &[]).taken_in_by(), [""; 0]);
        assert_eq!(
            item(ServiceScope::None, &[Collect], &[]).taken_in_by(),
            [""; 0]
        );
        let places = ["430103", "430104", "430103", "330106"];
        assert_eq!(
            item(city, &[Collect], &places).taken_in_by(),
            ["430103", "430104"],
            "each once, and none outside the range"
        );
        assert_eq!(
            item(ServiceScope::Nation, &[Collect], &[]).taken_in_by(),
            [""]
        );
    }
}
