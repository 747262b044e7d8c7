//! Records on PostgreSQL which rows the product writes in which transaction, by a trigger on every
//! table; the trigger is there only while nothing is timed.

use std::collections::BTreeMap;

use serde_json::{Map, Value};
use tokio_postgres::Client;

use super::Kind;
use crate::Fallible;

const INSTALL: &str = "
CREATE UNLOGGED TABLE bench_change (n bigserial, xid bigint, tab text, old jsonb, new jsonb);
CREATE FUNCTION bench_note() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    INSERT INTO bench_change (xid, tab, old, new) VALUES (
        pg_current_xact_id()::text::bigint, TG_TABLE_NAME,
        CASE WHEN TG_OP <> 'INSERT' THEN to_jsonb(OLD) END, CASE WHEN TG_OP <> 'DELETE' THEN to_jsonb(NEW) END);
    RETURN NULL;
END $$;
DO $$ DECLARE t text; BEGIN
    FOR t IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'bench_change' LOOP
        EXECUTE format('CREATE TRIGGER bench_note AFTER INSERT OR UPDATE OR DELETE ON %I FOR EACH ROW EXECUTE FUNCTION bench_note()', t);
    END LOOP;
END $$;";
const REMOVE: &str = "DROP FUNCTION bench_note CASCADE; DROP TABLE bench_change;";
/// In the order of the commits: whoever touches a row again does so behind the commit before.
const CHANGES: &str = "
SELECT xid, tab, old::text, new::text FROM (SELECT *, max(n) OVER (PARTITION BY xid) AS last FROM bench_change) c ORDER BY last, n";
const COLUMNS: &str = "
SELECT c.relname::text, a.attname::text, t.typname::text, a.atthasdef OR a.attidentity <> ''
FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_type t ON t.oid = a.atttypid
WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace AND a.attnum > 0 AND NOT a.attisdropped
ORDER BY c.relname, a.attnum";
/// Unique indexes, the primary key first.
const UNIQUE: &str = "
SELECT c.relname::text, array_agg(a.attname::text ORDER BY a.attnum)
FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = ANY(i.indkey)
WHERE i.indisunique AND c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace
GROUP BY c.relname, i.indexrelid, i.indisprimary ORDER BY c.relname, i.indisprimary DESC, i.indexrelid";

/// A column.
pub(crate) struct Column {
    pub(crate) name: String,
    pub(crate) kind: Kind,
    /// The database gives the value: the raw program leaves it to it, too.
    pub(crate) given: bool,
    /// It alone names the row by counting, as with the segments of the audit chain.
    pub(crate) counted: bool,
}

/// A table: its columns and what is unique in it. The first unique set names a row.
#[derive(Default)]
pub(crate) struct Shape {
    pub(crate) columns: Vec<Column>,
    pub(crate) unique: Vec<Vec<String>>,
}

/// One row before and after.
pub(crate) struct Change {
    pub(crate) table: String,
    pub(crate) old: Option<Map<String, Value>>,
    pub(crate) new: Option<Map<String, Value>>,
}

/// What the product wrote for some life cycles.
pub(crate) struct Recording {
    pub(crate) shapes: BTreeMap<String, Shape>,
    pub(crate) transactions: Vec<Vec<Change>>,
}

/// Begins to record.
pub(crate) async fn begin(client: &Client) -> Fallible<()> {
    Ok(client.batch_execute(INSTALL).await?)
}

/// Ends, and tells what was written.
pub(crate) async fn end(client: &Client) -> Fallible<Recording> {
    let mut transactions: Vec<Vec<Change>> = Vec::new();
    let mut last = None;
    for row in client.query(CHANGES, &[]).await? {
        let object = |n: usize| -> Fallible<_> {
            Ok(row
                .try_get::<_, Option<String>>(n)?
                .map(|text| serde_json::from_str(&text))
                .transpose()?)
        };
        let change = Change {
            table: row.try_get(1)?,
            old: object(2)?,
            new: object(3)?,
        };
        let xid: i64 = row.try_get(0)?;
        if last.replace(xid) != Some(xid) {
            transactions.push(Vec::new());
        }
        transactions.extend_last(change);
    }
    client.batch_execute(REMOVE).await?;
    // Papers are rendered behind the run: what claims and ends a job is no part of a life cycle.
    let of_job = |change: &Change| change.table == "job_queue" && change.old.is_some();
    transactions.retain(|changes| !changes.iter().any(of_job));
    Ok(Recording {
        shapes: shapes(client).await?,
        transactions,
    })
}

/// Adds to the transaction under way.
trait ExtendLast {
    fn extend_last(&mut self, change: Change);
}

impl ExtendLast for Vec<Vec<Change>> {
    fn extend_last(&mut self, change: Change) {
        if let Some(last) = self.last_mut() {
            last.push(change);
        }
    }
}

async fn shapes(client: &Client) -> Fallible<BTreeMap<String, Shape>> {
    let mut shapes: BTreeMap<String, Shape> = BTreeMap::new();
    for row in client.query(COLUMNS, &[]).await? {
        let (table, kind): (String, String) = (row.try_get(0)?, row.try_get(2)?);
        let kind =
            Kind::parse(&kind).ok_or_else(|| format!("{table} has a column of type {kind}"))?;
        let column = Column {
            name: row.try_get(1)?,
            kind,
            given: row.try_get(3)?,
            counted: false,
        };
        shapes.entry(table).or_default().columns.push(column);
    }
    for row in client.query(UNIQUE, &[]).await? {
        let table: String = row.try_get(0)?;
        shapes
            .entry(table)
            .or_default()
            .unique
            .push(row.try_get(1)?);
    }
    for shape in shapes.values_mut() {
        if let Some([name]) = shape.unique.first().map(Vec::as_slice) {
            for column in &mut shape.columns {
                column.counted = column.kind == Kind::Int8 && column.name == *name;
            }
        }
    }
    Ok(shapes)
}

impl Recording {
    /// Rows by table: inserted, updated, deleted.
    pub(crate) fn rows(&self) -> BTreeMap<&str, [usize; 3]> {
        let mut rows: BTreeMap<&str, [usize; 3]> = BTreeMap::new();
        for change in self.transactions.iter().flatten() {
            let [inserted, updated, deleted] = rows.entry(&change.table).or_default();
            match (&change.old, &change.new) {
                (None, _) => *inserted += 1,
                (_, None) => *deleted += 1,
                _ => *updated += 1,
            }
        }
        rows
    }
}
