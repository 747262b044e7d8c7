//! Makes further life cycles from the recorded ones: all that names a case or a row gets a new
//! value of the same size, all that is shared (offsets, serials, leases) stays the same row.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use serde_json::{Map, Value};
use uuid::Uuid;

use super::recording::{Change, Column, Recording, Shape};
use super::{Cell, Kind, Statement, Transaction};
use crate::Fallible;

/// How far a set's counted names lie behind those of the set before.
const FURTHER: i64 = 1_000_000;

type Row = Map<String, Value>;

/// Which placeholders a database knows.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Dialect {
    Sqlite,
    Postgres,
}

/// Turns a recording into statements.
pub(crate) struct Planner {
    recording: Recording,
    dialect: Dialect,
    /// Recorded values that name something of one life cycle.
    uuids: HashSet<Uuid>,
    texts: HashSet<String>,
    sql: HashMap<String, Arc<str>>,
}

/// One more set of the recorded life cycles.
#[derive(Default)]
pub(crate) struct Block {
    /// Rows that were there before the recording: to be inserted before the time is taken.
    pub(crate) seeds: Vec<Statement>,
    pub(crate) transactions: Vec<Transaction>,
    /// Changes that cannot be repeated, because the database chose the row's name.
    pub(crate) skipped: usize,
}

impl Planner {
    /// For one database.
    pub(crate) fn new(recording: Recording, dialect: Dialect) -> Self {
        let (mut uuids, mut texts) = (HashSet::new(), HashSet::new());
        let mut columns: BTreeMap<(&str, &str), Vec<&str>> = BTreeMap::new();
        for change in recording.transactions.iter().flatten() {
            let Some(shape) = recording.shapes.get(&change.table) else {
                continue;
            };
            for name in shape.unique.iter().flatten() {
                let row = change.new.as_ref().or(change.old.as_ref());
                let Some(value) = row.and_then(|row| row.get(name)?.as_str()) else {
                    continue;
                };
                uuids.extend(Uuid::parse_str(value).ok());
                if change.old.is_none() {
                    columns
                        .entry((&change.table, name))
                        .or_default()
                        .push(value);
                }
            }
        }
        for values in columns.into_values() {
            let distinct: HashSet<&str> = values.iter().copied().collect();
            // Where most rows have a value of their own, it names them; else it names a department.
            if distinct.len() >= 8 && distinct.len() * 2 >= values.len() {
                texts.extend(distinct.into_iter().map(str::to_owned));
            }
        }
        Self {
            recording,
            dialect,
            uuids,
            texts,
            sql: HashMap::new(),
        }
    }

    /// The recording that it was made from.
    pub(crate) fn recording(&self) -> &Recording {
        &self.recording
    }

    /// The recording, for another database.
    pub(crate) fn into_recording(self) -> Recording {
        self.recording
    }

    /// The n-th further set.
    pub(crate) fn block(&mut self, n: u32) -> Fallible<Block> {
        let (mut block, mut known) = (Block::default(), HashSet::new());
        let mut sql = std::mem::take(&mut self.sql);
        for changes in &self.recording.transactions {
            let consumes = changes.iter().any(|change| change.table == "event_inbox");
            let mut transaction = Transaction {
                statements: Vec::new(),
                rows: Vec::new(),
                consumes,
            };
            for change in changes {
                let shape = self
                    .recording
                    .shapes
                    .get(&change.table)
                    .ok_or("a table without shape")?;
                if change.old.is_some() && named_by_database(shape) {
                    block.skipped += 1;
                    continue;
                }
                let row = self.name(change, shape, n)?;
                if let (true, Some(old)) = (known.insert(row.clone()), &change.old) {
                    block
                        .seeds
                        .push(self.insert(&change.table, shape, old, n, true, &mut sql)?);
                }
                transaction
                    .statements
                    .push(self.statement(change, shape, n, &mut sql)?);
                transaction.rows.push(row);
            }
            if !transaction.statements.is_empty() {
                block.transactions.push(transaction);
            }
        }
        self.sql = sql;
        Ok(block)
    }

    fn statement(
        &self,
        change: &Change,
        shape: &Shape,
        n: u32,
        sql: &mut HashMap<String, Arc<str>>,
    ) -> Fallible<Statement> {
        let table = &change.table;
        match (&change.old, &change.new) {
            (None, Some(new)) => self.insert(table, shape, new, n, self.is_shared(new, shape), sql),
            (Some(old), Some(new)) => {
                let changed = |column: &&Column| old.get(&column.name) != new.get(&column.name);
                let mut set: Vec<&Column> = shape.columns.iter().filter(changed).collect();
                if set.is_empty() {
                    set.extend(shape.columns.last());
                }
                let names: Vec<String> = set
                    .iter()
                    .enumerate()
                    .map(|(at, column)| format!("{} = {}", column.name, self.mark(at)))
                    .collect();
                let text = format!(
                    "UPDATE {table} SET {}{}",
                    names.join(", "),
                    self.condition(shape, set.len())
                );
                let cells = set
                    .into_iter()
                    .map(|column| (column, new))
                    .chain(key(shape).map(|column| (column, old)));
                self.finish(text, cells, n, sql)
            }
            (Some(old), None) => {
                let text = format!("DELETE FROM {table}{}", self.condition(shape, 0));
                self.finish(text, key(shape).map(|column| (column, old)), n, sql)
            }
            (None, None) => Err("a change of nothing".into()),
        }
    }

    fn insert(
        &self,
        table: &str,
        shape: &Shape,
        row: &Row,
        n: u32,
        shared: bool,
        sql: &mut HashMap<String, Arc<str>>,
    ) -> Fallible<Statement> {
        let columns = || shape.columns.iter().filter(|column| !column.given);
        let names: Vec<&str> = columns().map(|column| column.name.as_str()).collect();
        let marks: Vec<String> = (0..names.len()).map(|at| self.mark(at)).collect();
        let conflict = if shared {
            " ON CONFLICT DO NOTHING"
        } else {
            ""
        };
        let text = format!(
            "INSERT INTO {table} ({}) VALUES ({}){conflict}",
            names.join(", "),
            marks.join(", ")
        );
        self.finish(text, columns().map(|column| (column, row)), n, sql)
    }

    fn finish<'a>(
        &self,
        text: String,
        cells: impl Iterator<Item = (&'a Column, &'a Row)>,
        n: u32,
        sql: &mut HashMap<String, Arc<str>>,
    ) -> Fallible<Statement> {
        let cells: Fallible<Vec<Cell>> = cells
            .map(|(column, row)| self.cell(column, row, n))
            .collect();
        let sql = sql
            .entry(text)
            .or_insert_with_key(|text| text.as_str().into())
            .clone();
        Ok(Statement { sql, cells: cells? })
    }

    fn mark(&self, at: usize) -> String {
        match self.dialect {
            Dialect::Sqlite => format!("?{}", at + 1),
            Dialect::Postgres => format!("${}", at + 1),
        }
    }

    fn condition(&self, shape: &Shape, from: usize) -> String {
        let equal =
            |(at, column): (usize, &Column)| format!("{} = {}", column.name, self.mark(from + at));
        let parts: Vec<String> = key(shape).enumerate().map(equal).collect();
        format!(" WHERE {}", parts.join(" AND "))
    }

    /// Whether all life cycles share this row: nothing in its name is of one life cycle.
    fn is_shared(&self, row: &Row, shape: &Shape) -> bool {
        !key(shape).any(|column| {
            let text = row.get(&column.name).and_then(Value::as_str);
            column.given
                || column.counted
                || text
                    .is_some_and(|text| self.texts.contains(text) || Uuid::parse_str(text).is_ok())
        })
    }

    /// What tells the row from all others.
    fn name(&self, change: &Change, shape: &Shape, n: u32) -> Fallible<String> {
        let row = change
            .old
            .as_ref()
            .or(change.new.as_ref())
            .ok_or("a change of nothing")?;
        let cells: Fallible<Vec<Cell>> =
            key(shape).map(|column| self.cell(column, row, n)).collect();
        Ok(format!("{} {:?}", change.table, cells?))
    }

    fn cell(&self, column: &Column, row: &Row, n: u32) -> Fallible<Cell> {
        let value = row.get(&column.name).unwrap_or(&Value::Null);
        let wrong = || format!("{} holds {value}", column.name);
        Ok(match (column.kind, value) {
            (_, Value::Null) => Cell::Null,
            (Kind::Bool, Value::Bool(value)) => Cell::Bool(*value),
            (Kind::Int4, Value::Number(number)) => {
                Cell::Int4(number.as_i64().ok_or_else(wrong)?.try_into()?)
            }
            (Kind::Int8, Value::Number(number)) => {
                let further = if column.counted {
                    FURTHER * i64::from(n)
                } else {
                    0
                };
                Cell::Int8(number.as_i64().ok_or_else(wrong)? + further)
            }
            (Kind::Text, Value::String(text)) => Cell::Text(self.text(text, n)),
            (Kind::Bytes, Value::String(text)) => {
                Cell::Bytes(hex::decode(text.trim_start_matches("\\x"))?)
            }
            (Kind::Uuid, Value::String(text)) => Cell::Uuid(self.uuid(Uuid::parse_str(text)?, n)),
            (Kind::Time, Value::String(text)) => Cell::Time(text.clone()),
            (Kind::Date, Value::String(text)) => Cell::Date(text.clone()),
            _ => return Err(wrong().into()),
        })
    }

    /// A thousand seconds later for every set: new, and at the end of its index as the product's.
    fn uuid(&self, uuid: Uuid, n: u32) -> Uuid {
        if self.uuids.contains(&uuid) {
            Uuid::from_u128(uuid.as_u128() + ((u128::from(n) * 1_000_000) << 80))
        } else {
            uuid
        }
    }

    fn text(&self, text: &str, n: u32) -> String {
        if let Ok(uuid) = Uuid::parse_str(text) {
            return self.uuid(uuid, n).to_string();
        }
        // The first three bytes give way: one Chinese character, or three digits of a division.
        match text.char_indices().map(|(at, _)| at).find(|at| *at >= 3) {
            Some(at) if self.texts.contains(text) => {
                let digits =
                    |place: u32| char::from_digit(n / 36_u32.pow(place) % 36, 36).unwrap_or('0');
                let head: String = [2, 1, 0].map(digits).iter().collect();
                format!("{head}{}", text.get(at..).unwrap_or_default())
            }
            _ => text.to_owned(),
        }
    }
}

/// Joins transactions of consumers until only so many transactions are left: the product's consumers
/// take larger batches where commits are dear. A joined one stands where its first part stood.
pub(crate) fn join(blocks: &mut [Block], wanted: usize) {
    let mut places: Vec<(usize, usize)> = Vec::new();
    let mut count = 0;
    for (b, block) in blocks.iter().enumerate() {
        count += block.transactions.len();
        let consuming = block
            .transactions
            .iter()
            .enumerate()
            .filter(|(_, transaction)| transaction.consumes);
        places.extend(consuming.map(|(t, _)| (b, t)));
    }
    let left = places
        .len()
        .saturating_sub(count.saturating_sub(wanted))
        .max(1);
    let bound = |n: usize| n * places.len() / left;
    for n in 0..left {
        let part = places.get(bound(n)..bound(n + 1)).unwrap_or_default();
        let mut joined = Transaction {
            statements: Vec::new(),
            rows: Vec::new(),
            consumes: true,
        };
        for (b, t) in part {
            if let Some(from) = blocks
                .get_mut(*b)
                .and_then(|block| block.transactions.get_mut(*t))
            {
                joined.statements.append(&mut from.statements);
                joined.rows.append(&mut from.rows);
            }
        }
        if let Some((b, t)) = part.first()
            && let Some(first) = blocks
                .get_mut(*b)
                .and_then(|block| block.transactions.get_mut(*t))
        {
            *first = joined;
        }
    }
    for block in blocks {
        block
            .transactions
            .retain(|transaction| !transaction.statements.is_empty());
    }
}

fn key(shape: &Shape) -> impl Iterator<Item = &Column> {
    let names = shape.unique.first().map(Vec::as_slice).unwrap_or_default();
    shape
        .columns
        .iter()
        .filter(|column| names.contains(&column.name))
}

fn named_by_database(shape: &Shape) -> bool {
    key(shape).any(|column| column.given) || shape.unique.is_empty()
}
