//! Every query of insight.

pub(crate) mod case;
pub(crate) mod comparison;
pub(crate) mod copy;
pub(crate) mod day;
pub(crate) mod delta;
pub(crate) mod item;
pub(crate) mod penalty;
pub(crate) mod permit;
pub(crate) mod told;

use std::collections::BTreeSet;

use sea_orm::sea_query::LikeExpr;
use sea_orm::{ColumnTrait, Condition};
use tb_kernel::{Region, Scope};
use tb_storage::{Conn, StorageError, lies_in};

type Result<T> = std::result::Result<T, StorageError>;

/// Codes of one query: databases bound how many values a statement may have.
const CODES: usize = 500;

/// Codes, each once, so many at a time.
fn at_once(codes: impl IntoIterator<Item = String>) -> Vec<Vec<String>> {
    let codes: BTreeSet<String> = codes.into_iter().collect();
    let codes: Vec<String> = codes.into_iter().collect();
    codes.chunks(CODES).map(<[String]>::to_vec).collect()
}

/// A pattern for texts that contain `words` as they stand.
fn containing(words: &str) -> LikeExpr {
    let words = words
        .replace('\\', "\\\\")
        .replace('%', "\\%")
        .replace('_', "\\_");
    LikeExpr::new(format!("%{words}%")).escape('\\')
}

/// The rows within reach, by what the rows themselves hold.
#[derive(Clone, Debug, Default)]
pub(crate) struct Within {
    department: Option<String>,
    region: Option<Region>,
}

impl Within {
    /// What a scope means here.
    pub(crate) async fn of(conn: &Conn, scope: &Scope) -> Result<Self> {
        Ok(match scope {
            Scope::Everything => Self::default(),
            Scope::Region(region) => Self {
                region: Some(region.clone()),
                ..Self::default()
            },
            // A department that nobody has told of has no rows; nor has anybody rows of his own.
            Scope::Department(id) => Self {
                department: copy::Departments::by_id(conn, id.0)
                    .await?
                    .map_or(Some(String::new()), |of| Some(of.code)),
                ..Self::default()
            },
            Scope::Own(_) => Self {
                department: Some(String::new()),
                ..Self::default()
            },
        })
    }

    /// As a condition on these columns.
    fn on(&self, department: impl ColumnTrait, region: impl ColumnTrait) -> Condition {
        Condition::all()
            .add_option(self.department.as_ref().map(|code| department.eq(code)))
            .add_option(self.region.as_ref().map(|of| lies_in(region, of)))
    }
}
