//! How a department names what it archives, and how long it keeps what.

use chrono::{DateTime, Datelike, Utc};
use tb_contract::access::{ArchiveRead, ArchiveSetUp};
use tb_contract::item::ItemType;
use tb_http::Ctx;
use tb_kernel::Fault;
use tb_storage::Conn;
use uuid::Uuid;

use super::own_department;
use crate::api::archive_body::{FondsView, KeepFonds, KeepRule, RemoveRule, RetentionRule};
use crate::entity::{archive_fonds, archive_rule};
use crate::error::Error;
use crate::model::archive::{Pattern, Place, Retention, Subject, is_plain, type_code};
use crate::model::event::office_day;
use crate::model::words::Word;
use crate::store::archive as stored;

/// The longest 全宗号 or 门类代码.
const MOST_CODE: usize = 20;
/// The longest basis of a rule.
const MOST_BASIS: usize = 200;

/// Types that have a default, in the order of their codes.
const TYPES: [ItemType; 11] = [
    ItemType::Permit,
    ItemType::Penalty,
    ItemType::Coercion,
    ItemType::Levy,
    ItemType::Benefit,
    ItemType::Inspection,
    ItemType::Confirmation,
    ItemType::Reward,
    ItemType::Adjudication,
    ItemType::Other,
    ItemType::PublicService,
];

/// The setting as its page shows it, with a number of this year as an example.
pub(super) fn fonds_view(row: archive_fonds::Model, now: DateTime<Utc>) -> FondsView {
    let example = Pattern::parse(&row.pattern).map(|pattern| {
        pattern.number(&Place {
            fonds: &row.fonds,
            category: &row.category,
            year: office_day(now).year(),
            retention: Retention::Thirty,
            serial: 1,
        })
    });
    FondsView {
        example: example.unwrap_or_default(),
        fonds: row.fonds,
        category: row.category,
        pattern: row.pattern,
        changed_by: row.changed_by,
        changed_at: row.changed_at,
        version: row.version,
    }
}

/// Says how archive numbers are made. Numbers that were given stay.
pub(crate) async fn keep_fonds(
    ctx: &Ctx<ArchiveSetUp>,
    body: KeepFonds,
) -> Result<FondsView, Fault> {
    let department = own_department(ctx)?;
    let [fonds, category] = [&body.fonds, &body.category].map(|text| text.trim().to_owned());
    let fits = |text: &String| {
        !text.is_empty() && text.chars().count() <= MOST_CODE && text.chars().all(is_plain)
    };
    if !fits(&fonds) || !fits(&category) {
        return Err(Error::ArchiveFondsWrong.into());
    }
    if Pattern::parse(&body.pattern).is_none() {
        return Err(Error::ArchivePatternWrong.into());
    }
    let mut tx = ctx.begin().await?;
    let was = stored::fonds(tx.conn(), department.0).await?;
    if was.map_or(0, |row| row.version) != body.version {
        return Err(Error::ArchiveSettingMoved.into());
    }
    let row = archive_fonds::Model {
        department_id: department.0,
        fonds,
        category,
        pattern: body.pattern.trim().to_owned(),
        changed_by: tx.actor().name.clone(),
        changed_at: tx.now(),
        version: body.version + 1,
    };
    if !stored::keep_fonds(tx.conn(), row.clone()).await? {
        return Err(Error::ArchiveSettingMoved.into());
    }
    tx.done("approval.archive.fonds_kept", "department", department);
    let answer = fonds_view(row, ctx.now());
    tx.commit(&answer).await?;
    Ok(answer)
}

/// The rules of the department: of every type, its own or the default, then of items.
pub(crate) async fn rules(ctx: &Ctx<ArchiveRead>) -> Result<Vec<RetentionRule>, Fault> {
    all(&ctx.read(), own_department(ctx)?.0).await
}

async fn all(conn: &Conn, department: Uuid) -> Result<Vec<RetentionRule>, Fault> {
    let mut own = stored::rules(conn, department).await?;
    let mut rules = Vec::new();
    for item_type in TYPES {
        let subject = Subject::Type(type_code(item_type)).key();
        let at = own.iter().position(|row| row.subject == subject);
        rules.push(match at {
            Some(at) => view(own.remove(at))?,
            None => RetentionRule {
                subject,
                retention: Retention::of_type(item_type),
                basis: String::new(),
                own: false,
                changed_by: None,
                version: 0,
            },
        });
    }
    for row in own {
        rules.push(view(row)?);
    }
    Ok(rules)
}

fn view(row: archive_rule::Model) -> Result<RetentionRule, Fault> {
    let retention = Retention::parse(&row.retention)
        .ok_or_else(|| Fault::internal("approval_archive_rule holds an unknown word"))?;
    Ok(RetentionRule {
        subject: row.subject,
        retention,
        basis: row.basis,
        own: true,
        changed_by: Some(row.changed_by),
        version: row.version,
    })
}

/// Decides how long cases of a type or an item are kept. Lists that are made already stay.
pub(crate) async fn keep_rule(
    ctx: &Ctx<ArchiveSetUp>,
    body: KeepRule,
) -> Result<Vec<RetentionRule>, Fault> {
    let department = own_department(ctx)?;
    let subject = Subject::parse(body.subject.trim()).ok_or(Error::ArchiveSubjectWrong)?;
    let basis = body.basis.trim().to_owned();
    if basis.is_empty() || basis.chars().count() > MOST_BASIS {
        return Err(Error::ArchiveBasisMissing.into());
    }
    let mut tx = ctx.begin().await?;
    let rows = stored::rules(tx.conn(), department.0).await?;
    let was = rows.iter().find(|row| row.subject == subject.key());
    if was.map_or(0, |row| row.version) != body.version {
        return Err(Error::ArchiveSettingMoved.into());
    }
    let row = archive_rule::Model {
        id: was.map_or_else(|| tx.new_id(), |row| row.id),
        department_id: department.0,
        subject: subject.key(),
        retention: body.retention.to_string(),
        basis,
        changed_by: tx.actor().name.clone(),
        changed_at: tx.now(),
        version: body.version + 1,
    };
    let id = row.id;
    if !stored::keep_rule(tx.conn(), row).await? {
        return Err(Error::ArchiveSettingMoved.into());
    }
    tx.done("approval.archive.rule_kept", "archive_rule", id);
    let answer = all(tx.conn(), department.0).await?;
    tx.commit(&answer).await?;
    Ok(answer)
}

/// Goes back to the default, or from an item to its type.
pub(crate) async fn remove_rule(
    ctx: &Ctx<ArchiveSetUp>,
    body: RemoveRule,
) -> Result<Vec<RetentionRule>, Fault> {
    let department = own_department(ctx)?;
    let mut tx = ctx.begin().await?;
    if stored::remove_rule(tx.conn(), department.0, body.subject.trim()).await? {
        tx.done("approval.archive.rule_removed", "department", department);
    }
    let answer = all(tx.conn(), department.0).await?;
    tx.commit(&answer).await?;
    Ok(answer)
}
