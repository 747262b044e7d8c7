//! The small city of the vectors: its day, divisions and code tables.

use std::collections::HashMap;

use chrono::NaiveDate;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use tb_forms::{Dictionaries, DivisionPath, DivisionStep, Divisions, Env};
use tb_kernel::region::Level;

#[derive(Deserialize)]
pub struct City {
    today: NaiveDate,
    dictionaries: HashMap<String, Vec<String>>,
    divisions: Vec<Division>,
    #[serde(rename = "cases")]
    _cases: Value,
}

#[derive(Deserialize)]
struct Division {
    code: String,
    name: String,
    level: Level,
    parent: Option<String>,
    leaf: bool,
}

impl City {
    pub fn with_cases<C: DeserializeOwned>() -> (Self, Vec<C>) {
        let mut vectors: Value = serde_json::from_str(include_str!("../vectors.json")).unwrap();
        let cases = vectors.get_mut("cases").map(Value::take).unwrap();
        (
            serde_json::from_value(vectors).unwrap(),
            serde_json::from_value(cases).unwrap(),
        )
    }

    pub fn env(&self) -> Env<'_> {
        Env {
            today: self.today,
            divisions: self,
            dictionaries: self,
        }
    }

    fn division(&self, code: &str) -> Option<&Division> {
        self.divisions.iter().find(|division| division.code == code)
    }
}

impl Divisions for City {
    fn find(&self, code: &str) -> Option<DivisionPath> {
        let division = self.division(code)?;
        let mut steps = Vec::new();
        let mut at = Some(division);
        while let Some(step) = at {
            steps.insert(
                0,
                DivisionStep {
                    code: step.code.clone(),
                    name: step.name.clone(),
                },
            );
            at = step
                .parent
                .as_deref()
                .and_then(|parent| self.division(parent));
        }
        Some(DivisionPath {
            steps,
            level: division.level,
            is_leaf: division.leaf,
        })
    }
}

impl Dictionaries for City {
    fn contains(&self, table: &str, value: &str) -> Option<bool> {
        self.dictionaries
            .get(table)
            .map(|values| values.iter().any(|known| known == value))
    }
}
