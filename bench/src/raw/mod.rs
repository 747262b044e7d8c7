//! The raw programs: what the product wrote, written again without the product. The same rows, of
//! the same sizes, in the same transactions, into the same schema, with the same durability.

pub(crate) mod plan;
pub(crate) mod recording;

use std::sync::Arc;

use uuid::Uuid;

/// Type of a column, as far as the product uses them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Bool,
    Int4,
    Int8,
    Text,
    Bytes,
    Uuid,
    Time,
    Date,
}

impl Kind {
    /// By PostgreSQL's name.
    pub(crate) fn parse(name: &str) -> Option<Self> {
        Some(match name {
            "bool" => Self::Bool,
            "int4" => Self::Int4,
            "int8" => Self::Int8,
            "text" | "varchar" => Self::Text,
            "bytea" => Self::Bytes,
            "uuid" => Self::Uuid,
            "timestamptz" => Self::Time,
            "date" => Self::Date,
            _ => return None,
        })
    }
}

/// A value on its way into a row. Times and dates stay as text until a driver takes them.
#[derive(Clone, Debug)]
pub(crate) enum Cell {
    Null,
    Bool(bool),
    Int4(i32),
    Int8(i64),
    Text(String),
    Bytes(Vec<u8>),
    Uuid(Uuid),
    Time(String),
    Date(String),
}

/// One prepared statement with its values.
pub(crate) struct Statement {
    pub(crate) sql: Arc<str>,
    pub(crate) cells: Vec<Cell>,
}

/// Statements between BEGIN and COMMIT, and the rows that they touch.
pub(crate) struct Transaction {
    pub(crate) statements: Vec<Statement>,
    pub(crate) rows: Vec<String>,
    /// A consumer's, which takes what has come since its last in one batch.
    pub(crate) consumes: bool,
}
