//! Corrects an entry of the register, or withdraws it. What was decided is the case's: only how it
//! is published changes, with a reason that stays.

use chrono::NaiveDate;
use serde::Deserialize;
use tb_contract::access::PermitCorrect;
use tb_http::Ctx;
use tb_kernel::Fault;
use tb_storage::{Tracked, Tx};
use utoipa::ToSchema;
use uuid::Uuid;

use super::permit::{PermitView, view};
use super::statistics::unknown;
use crate::error::Error;
use crate::model::permit::{KINDS, WITHDRAWN};
use crate::store;
use crate::store::Within;
use crate::store::permit::Permit;

const MAX_TEXT: usize = 200;

/// A withdrawal.
#[derive(Debug, Deserialize, ToSchema)]
pub struct WithdrawPermit {
    /// Version seen.
    pub version: i64,
    /// Why.
    pub reason: String,
}

/// A correction: everything that may be corrected, as it shall stand.
#[derive(Debug, Deserialize, ToSchema)]
pub struct CorrectPermit {
    /// Version seen.
    pub version: i64,
    /// 许可类别
    pub permit_kind: String,
    /// 许可证书名称
    pub certificate: String,
    /// 许可内容
    pub content: String,
    /// 有效期自
    pub valid_from: NaiveDate,
    /// 有效期至; none where the words of the validity say no day, or that it is unlimited.
    pub valid_to: Option<NaiveDate>,
    /// Why.
    pub reason: String,
}

/// Withdraws an entry.
pub(crate) async fn withdraw(
    ctx: &Ctx<PermitCorrect>,
    id: Uuid,
    body: WithdrawPermit,
) -> Result<PermitView, Fault> {
    let reason = reason(&body.reason)?;
    let (mut tx, mut row) = open(ctx, id, body.version).await?;
    WITHDRAWN.clone_into(&mut row.state);
    row.remark = reason;
    tx.done("insight.permit.withdrawn", "permit", id);
    save(tx, row).await
}

/// Corrects an entry.
pub(crate) async fn correct(
    ctx: &Ctx<PermitCorrect>,
    id: Uuid,
    body: CorrectPermit,
) -> Result<PermitView, Fault> {
    let reason = reason(&body.reason)?;
    if !KINDS.contains(&body.permit_kind.as_str()) {
        return Err(unknown("permit_kind"));
    }
    if body.valid_to.is_some_and(|to| to < body.valid_from) {
        return Err(Error::ValidityAstray.into());
    }
    let (certificate, content) = (
        short(body.certificate.trim())?,
        text(&body.content, "content")?,
    );
    let (mut tx, mut row) = open(ctx, id, body.version).await?;
    row.permit_kind = body.permit_kind;
    row.certificate = certificate;
    row.content = content;
    row.valid_from = body.valid_from;
    row.valid_to = body.valid_to;
    row.remark = reason;
    tx.done("insight.permit.corrected", "permit", id);
    save(tx, row).await
}

async fn open(
    ctx: &Ctx<PermitCorrect>,
    id: Uuid,
    version: i64,
) -> Result<(Tx, Tracked<Permit>), Fault> {
    let within = Within::of(&ctx.read(), ctx.scope()).await?;
    let tx = ctx.begin().await?;
    let row = store::permit::find_locked(tx.conn(), &within, id).await?;
    let row = row.ok_or(Error::PermitNotFound)?;
    if row.version != version {
        return Err(Error::StaleVersion.into());
    }
    if row.state == WITHDRAWN {
        return Err(Error::Withdrawn.into());
    }
    Ok((tx, row))
}

async fn save(tx: Tx, mut row: Tracked<Permit>) -> Result<PermitView, Fault> {
    row.version += 1;
    row.updated_at = tx.now();
    store::permit::save(tx.conn(), &row).await?;
    let answer = view(tx.sealer(), (*row).clone())?;
    tx.commit(&answer).await?;
    Ok(answer)
}

/// Why somebody does it: never empty.
pub(crate) fn reason(words: &str) -> Result<String, Error> {
    let words = words.trim();
    if words.is_empty() {
        return Err(Error::ReasonMissing);
    }
    short(words)
}

fn text(words: &str, name: &str) -> Result<String, Error> {
    let words = words.trim();
    if words.is_empty() {
        let name = name.to_owned();
        return Err(Error::FieldMissing { name });
    }
    short(words)
}

fn short(words: &str) -> Result<String, Error> {
    if words.chars().count() > MAX_TEXT {
        return Err(Error::TextTooLong { max: MAX_TEXT });
    }
    Ok(words.to_owned())
}
