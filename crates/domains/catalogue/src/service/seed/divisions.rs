//! Divisions: of a city in the form of the demo's file, or of the whole country as a plain list.

use std::collections::BTreeMap;

use serde::Deserialize;
use tb_contract::divisions::{Division, DivisionKind, DivisionTree};
use tb_kernel::{Fault, Region};
use tb_storage::{Origin, Store};

use crate::entity::division;
use crate::error::Error;
use crate::shelf::card::word;
use crate::store;
use crate::store::revision::{self, List};

/// Rows of one statement; seven columns each stay far below every database's bound.
const PIECE: usize = 1000;

/// The divisions of one city, down to the communities.
#[derive(Clone, Debug, Deserialize)]
pub struct CityDivisions {
    province: Named,
    city: Named,
    counties: Vec<County>,
    #[serde(default)]
    zones: Vec<Named>,
}

#[derive(Clone, Debug, Deserialize)]
struct Named {
    code: String,
    name: String,
}

#[derive(Clone, Debug, Deserialize)]
struct County {
    code: String,
    name: String,
    #[serde(default)]
    towns: Vec<Town>,
}

#[derive(Clone, Debug, Deserialize)]
struct Town {
    code: String,
    name: String,
    #[serde(default)]
    communities: Vec<(String, String)>,
}

impl CityDivisions {
    /// The rows, widest first.
    pub fn rows(self) -> Vec<Division> {
        let row = |code: String, name: String, kind| Division { code, name, kind };
        let plain = DivisionKind::Division;
        let mut rows = vec![
            row(self.province.code, self.province.name, plain),
            row(self.city.code, self.city.name, plain),
        ];
        for county in self.counties {
            rows.push(row(county.code, county.name, plain));
            for town in county.towns {
                rows.push(row(town.code, town.name, plain));
                rows.extend(
                    town.communities
                        .into_iter()
                        .map(|(code, name)| row(code, name, plain)),
                );
            }
        }
        rows.extend(
            self.zones
                .into_iter()
                .map(|zone| row(zone.code, zone.name, DivisionKind::Zone)),
        );
        rows
    }
}

/// Reads a list with the columns `code, name` and, as wanted, `kind` (`division` or `zone`).
pub fn divisions_from_csv(csv: &[u8]) -> Result<Vec<Division>, Fault> {
    let mut reader = csv::ReaderBuilder::new()
        .trim(csv::Trim::All)
        .from_reader(csv);
    let rows: Result<Vec<Division>, _> = reader.deserialize().collect();
    rows.map_err(|error| {
        Error::FileUnreadable {
            reason: error.to_string(),
        }
        .into()
    })
}

/// Adds divisions, over those of the same code; returns how many were new or different. A row whose
/// code is none is an error: nothing is written then.
pub async fn seed_divisions(
    store: &Store,
    by: &Origin,
    rows: Vec<Division>,
) -> Result<usize, Fault> {
    if let Some(bad) = rows.iter().find(|row| Region::parse(&row.code).is_none()) {
        return Err(Error::FileUnreadable {
            reason: bad.code.clone(),
        }
        .into());
    }
    let known: BTreeMap<String, Division> = store::division::all(&store.read())
        .await?
        .into_iter()
        .map(|row| (row.code.clone(), row))
        .collect();
    let changed: Vec<Division> = rows
        .iter()
        .filter(|row| known.get(&row.code) != Some(row))
        .cloned()
        .collect();
    if changed.is_empty() {
        return Ok(0);
    }
    let mut all = known;
    all.extend(rows.into_iter().map(|row| (row.code.clone(), row)));
    let tree = DivisionTree::new(all.into_values());
    let mut tx = store.begin(by.clone()).await?;
    for piece in changed.chunks(PIECE) {
        let models = piece.iter().filter_map(|row| model(&tree, row)).collect();
        store::division::put(tx.conn(), models).await?;
    }
    revision::raise(tx.conn(), List::Divisions).await?;
    tx.done("catalogue.divisions.imported", "divisions", changed.len());
    tx.commit(&()).await?;
    Ok(changed.len())
}

fn model(tree: &DivisionTree, row: &Division) -> Option<division::Model> {
    let way = tree.way(&row.code);
    let outer = way.len().checked_sub(2).and_then(|at| way.get(at));
    let names: Vec<&str> = way.iter().map(|division| division.name.as_str()).collect();
    Some(division::Model {
        code: row.code.clone(),
        name: row.name.clone(),
        level: word(&Region::parse(&row.code)?.level()),
        parent: outer.map(|outer| outer.code.clone()),
        kind: word(&row.kind),
        path: names.join("/"),
        // Zones stand behind the counties of their city; codes give the order otherwise.
        sort: i32::from(row.kind == DivisionKind::Zone),
    })
}
