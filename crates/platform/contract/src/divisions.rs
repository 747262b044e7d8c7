//! The tree of divisions and functional zones in memory, as forms and pages ask it. Pure: whoever
//! owns the rows builds it, whoever needs it shares it behind an `Arc`.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};
use tb_forms::{DivisionPath, DivisionStep, Divisions};
use tb_kernel::Region;
use utoipa::ToSchema;

/// What a division is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum DivisionKind {
    /// An administrative division.
    #[default]
    Division,
    /// A functional zone (功能区) beside the counties of its city.
    Zone,
}

/// A row of the tree.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Division {
    /// Code as published: 6, 9 or 12 digits.
    pub code: String,
    /// Name: 芙蓉区.
    pub name: String,
    /// What it is.
    #[serde(default)]
    pub kind: DivisionKind,
}

/// All known divisions. The code says what a division lies in: 430102001 in 430102.
#[derive(Debug, Default)]
pub struct DivisionTree {
    nodes: HashMap<Region, Node>,
    /// Children in the order of the rows; the widest divisions under no parent.
    children: HashMap<Option<Region>, Vec<Region>>,
}

#[derive(Debug)]
struct Node {
    division: Division,
    parent: Option<Region>,
}

impl DivisionTree {
    /// A tree of rows in any order; a row whose code is none is left out.
    pub fn new(rows: impl IntoIterator<Item = Division>) -> Self {
        let mut regions = Vec::new();
        let mut tree = Self::default();
        for division in rows {
            let Some(region) = Region::parse(&division.code) else {
                continue;
            };
            regions.push(region.clone());
            tree.nodes.insert(
                region,
                Node {
                    division,
                    parent: None,
                },
            );
        }
        for region in regions {
            let parent = tree.nearest(&region);
            tree.children
                .entry(parent.clone())
                .or_default()
                .push(region.clone());
            if let Some(node) = tree.nodes.get_mut(&region) {
                node.parent = parent;
            }
        }
        tree
    }

    /// All rows, in no order.
    pub fn rows(&self) -> impl Iterator<Item = &Division> {
        self.nodes.values().map(|node| &node.division)
    }

    /// The division of a code, in its short or its filled-up form.
    pub fn get(&self, code: &str) -> Option<&Division> {
        Some(&self.nodes.get(&Region::parse(code)?)?.division)
    }

    /// What lies directly in a division; without a code, the widest divisions.
    pub fn children(&self, code: Option<&str>) -> Option<Vec<&Division>> {
        let parent = match code {
            Some(code) => {
                Some(Region::parse(code).filter(|region| self.nodes.contains_key(region))?)
            }
            None => None,
        };
        let inside = self
            .children
            .get(&parent)
            .map(Vec::as_slice)
            .unwrap_or_default();
        Some(
            inside
                .iter()
                .filter_map(|region| Some(&self.nodes.get(region)?.division))
                .collect(),
        )
    }

    /// Whether nothing lies in a division.
    pub fn is_leaf(&self, code: &str) -> bool {
        !self.children.contains_key(&Region::parse(code))
    }

    /// A division and all that it lies in, widest first; empty where it is unknown.
    pub fn way(&self, code: &str) -> Vec<&Division> {
        let node = Region::parse(code).and_then(|region| self.nodes.get(&region));
        let around = |node: &&Node| {
            node.parent
                .as_ref()
                .and_then(|parent| self.nodes.get(parent))
        };
        let mut way: Vec<_> = std::iter::successors(node, around)
            .map(|node| &node.division)
            .collect();
        way.reverse();
        way
    }

    /// How many divisions there are.
    pub fn len(&self) -> usize {
        self.nodes.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.nodes.is_empty()
    }

    /// The narrowest known division around a region.
    fn nearest(&self, region: &Region) -> Option<Region> {
        let code = region.as_str();
        [9, 6, 4, 2]
            .iter()
            .filter(|len| **len < code.len())
            .filter_map(|len| Region::parse(code.get(..*len)?))
            .find(|outer| outer != region && self.nodes.contains_key(outer))
    }
}

impl Divisions for DivisionTree {
    fn find(&self, code: &str) -> Option<DivisionPath> {
        let region = Region::parse(code)?;
        let steps: Vec<_> = self
            .way(code)
            .into_iter()
            .map(|division| DivisionStep {
                code: division.code.clone(),
                name: division.name.clone(),
            })
            .collect();
        (!steps.is_empty()).then(|| DivisionPath {
            steps,
            level: region.level(),
            is_leaf: self.is_leaf(code),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::{Division, DivisionKind, DivisionTree};
    use tb_forms::Divisions;
    use tb_kernel::region::Level;

    fn tree() -> DivisionTree {
        let rows = [
            ("430102001", "文艺路街道", DivisionKind::Division),
            ("430000", "湖南省", DivisionKind::Division),
            ("430100", "长沙市", DivisionKind::Division),
            ("430102", "芙蓉区", DivisionKind::Division),
            ("430171", "长沙高新区", DivisionKind::Zone),
            ("430102001001", "识字里社区", DivisionKind::Division),
            ("none", "不是区划", DivisionKind::Division),
        ];
        DivisionTree::new(rows.map(|(code, name, kind)| Division {
            code: code.into(),
            name: name.into(),
            kind,
        }))
    }

    #[test]
    fn the_code_says_what_lies_in_what() {
        let tree = tree();
        assert_eq!(tree.len(), 6);
        let names = |code| {
            tree.children(code)
                .map(|all| all.iter().map(|d| d.name.clone()).collect::<Vec<_>>())
        };
        assert_eq!(names(None), Some(vec!["湖南省".to_owned()]));
        assert_eq!(
            names(Some("430100")),
            Some(vec!["芙蓉区".to_owned(), "长沙高新区".to_owned()])
        );
        assert_eq!(names(Some("430171")), Some(Vec::new()));
        assert_eq!(names(Some("110000")), None);
        assert!(tree.is_leaf("430171") && !tree.is_leaf("430102000000"));
    }

    #[test]
    fn forms_find_a_community_with_its_way() {
        let path = tree().find("430102001001").map(|path| {
            let codes: Vec<_> = path
                .steps
                .iter()
                .map(|step| step.code.as_str().to_owned())
                .collect();
            (codes, path.level, path.is_leaf)
        });
        let codes = ["430000", "430100", "430102", "430102001", "430102001001"]
            .map(str::to_owned)
            .to_vec();
        assert_eq!(path, Some((codes, Level::Community, true)));
        assert_eq!(tree().find("430999"), None);
    }
}
