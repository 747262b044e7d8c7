//! What a form asks of its surroundings: the day, the division tree, the code tables. Ports, so
//! that the engine stays pure and a test needs no database.

use chrono::NaiveDate;
use tb_kernel::region::Level;

/// The surroundings of one validation.
#[derive(Clone, Copy)]
pub struct Env<'a> {
    /// Today where the office is (Asia/Shanghai).
    pub today: NaiveDate,
    /// The division tree.
    pub divisions: &'a dyn Divisions,
    /// The code tables.
    pub dictionaries: &'a dyn Dictionaries,
}

/// The tree of administrative divisions and functional zones.
pub trait Divisions: Send + Sync {
    /// The division with this code (2 to 12 digits) and all that it lies in.
    fn find(&self, code: &str) -> Option<DivisionPath>;
}

/// A division with its way from the province down.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DivisionPath {
    /// Widest first; the last one is the division itself.
    pub steps: Vec<DivisionStep>,
    /// Level of the division itself.
    pub level: Level,
    /// Nothing lies below it: it will do even where a deeper choice is asked for.
    pub is_leaf: bool,
}

/// One step of the way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DivisionStep {
    /// Code as the tree writes it.
    pub code: String,
    /// Name, e.g. 芙蓉区.
    pub name: String,
}

/// Code tables that administrators keep.
pub trait Dictionaries: Send + Sync {
    /// Whether the table has this value in force; `None` where there is no such table.
    fn contains(&self, table: &str, value: &str) -> Option<bool>;
}

/// No divisions and no tables, for forms that use neither.
pub struct Nothing;

impl Divisions for Nothing {
    fn find(&self, _code: &str) -> Option<DivisionPath> {
        None
    }
}

impl Dictionaries for Nothing {
    fn contains(&self, _table: &str, _value: &str) -> Option<bool> {
        None
    }
}
