//! The register of permits, for everybody and for those who correct it.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use tb_contract::access::{PermitCorrect, PublicityRead};
use tb_http::Ctx;
use tb_kernel::identity_number::half_width;
use tb_kernel::{Fault, Page, PageRequest, Scope};
use tb_storage::{Conn, Sealer};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::statistics::unknown;
use crate::error::Error;
use crate::model::permit::{PUBLISHED, WITHDRAWN};
use crate::sealed::{HOLDER, HOLDER_CODE};
use crate::store;
use crate::store::Within;
use crate::store::permit::{Permit, Wanted};

/// Rows of the whole register read at once.
const AT_ONCE: u64 = 1_000;

/// What is asked for.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct PermitQuery {
    /// Part of what is permitted, or a whole name, credit code or number of a decision.
    pub q: Option<String>,
    /// Credit code of one department.
    pub department: Option<String>,
    /// `published` or `withdrawn`; for staff only.
    pub state: Option<String>,
    /// Where the last page ended.
    pub cursor: Option<String>,
    /// Rows wanted, 1 to 100.
    pub limit: Option<u32>,
}

/// A permit as it is published.
#[derive(Debug, Serialize, ToSchema)]
pub struct PermitView {
    /// Id.
    pub id: Uuid,
    /// Version, for a correction.
    pub version: i64,
    /// 行政相对人名称; a person's is masked.
    pub holder: String,
    /// Whether an organisation holds it.
    pub organisation: bool,
    /// 统一社会信用代码; empty for persons.
    pub holder_code: String,
    /// 行政许可决定文书名称
    pub document_name: String,
    /// 行政许可决定文书号
    pub document_number: String,
    /// 许可类别
    pub permit_kind: String,
    /// 许可证书名称
    pub certificate: String,
    /// 许可内容
    pub content: String,
    /// 许可决定日期
    pub decided_on: NaiveDate,
    /// 有效期自
    pub valid_from: NaiveDate,
    /// 有效期至; none where the words say no day.
    pub valid_to: Option<NaiveDate>,
    /// The validity in words.
    pub validity: String,
    /// 许可机关
    pub office: String,
    /// Its credit code.
    pub department_code: String,
    /// Division code.
    pub region: String,
    /// `published` or `withdrawn`.
    pub state: String,
    /// Why it was corrected or withdrawn.
    pub remark: String,
    /// Last day for its publication.
    pub due_on: NaiveDate,
    /// Published.
    pub published_at: DateTime<Utc>,
    /// 数据更新时间
    pub updated_at: DateTime<Utc>,
    /// Sample data.
    pub sample: bool,
}

/// The register for everybody: what is published, the latest decision first.
pub(crate) async fn published(
    ctx: &Ctx<PublicityRead>,
    mut query: PermitQuery,
) -> Result<Page<PermitView>, Fault> {
    query.state = Some(PUBLISHED.to_owned());
    let conn = ctx.read();
    let sealer = ctx.store().sealer();
    list(&conn, sealer, &Scope::Everything, true, query).await
}

/// The register for those who correct it.
pub(crate) async fn managed(
    ctx: &Ctx<PermitCorrect>,
    query: PermitQuery,
) -> Result<Page<PermitView>, Fault> {
    let sealer = ctx.store().sealer();
    list(&ctx.read(), sealer, ctx.scope(), false, query).await
}

/// The whole register as everybody may see it, the latest decision first.
pub(crate) async fn register(ctx: &Ctx<PublicityRead>) -> Result<Vec<PermitView>, Fault> {
    let (conn, sealer) = (ctx.read(), ctx.store().sealer());
    let wanted = Wanted {
        state: Some(PUBLISHED),
        public: true,
        ..Wanted::default()
    };
    let (within, mut all, mut before) = (Within::default(), Vec::new(), None);
    loop {
        let rows = store::permit::list(&conn, &within, &wanted, before, AT_ONCE).await?;
        let Some(last) = rows.last() else {
            return Ok(all);
        };
        before = Some((last.decided_on, last.id));
        for row in rows {
            all.push(view(sealer, row)?);
        }
    }
}

async fn list(
    conn: &Conn,
    sealer: &Sealer,
    scope: &Scope,
    public: bool,
    query: PermitQuery,
) -> Result<Page<PermitView>, Fault> {
    let words = query
        .q
        .map(|q| half_width(q.trim()))
        .filter(|q| !q.is_empty());
    let wanted = Wanted {
        holder: words.as_ref().map(|words| {
            let code = words.to_uppercase();
            (
                sealer.blind_index(HOLDER, words),
                sealer.blind_index(HOLDER_CODE, &code),
            )
        }),
        words,
        department: query.department.filter(|code| !code.is_empty()),
        state: match query.state.as_deref() {
            None | Some("") => None,
            Some("published") => Some(PUBLISHED),
            Some("withdrawn") => Some(WITHDRAWN),
            Some(_) => return Err(unknown("state")),
        },
        public,
    };
    let page = PageRequest {
        cursor: query.cursor,
        limit: query.limit,
    };
    let (before, limit) = (before(&page)?, page.limit());
    let within = Within::of(conn, scope).await?;
    let rows = store::permit::list(conn, &within, &wanted, before, limit).await?;
    let page = Page::from_surplus(rows, limit, |row| format!("{}_{}", row.decided_on, row.id));
    let items: Result<Vec<_>, Fault> = page
        .items
        .into_iter()
        .map(|row| view(sealer, row))
        .collect();
    Ok(Page {
        items: items?,
        next_cursor: page.next_cursor,
    })
}

/// Where a list by day and id goes on.
pub(crate) fn before(page: &PageRequest) -> Result<Option<(NaiveDate, Uuid)>, Error> {
    let cursor = page.cursor.as_deref().filter(|cursor| !cursor.is_empty());
    let read = |cursor: &str| {
        let (day, id) = cursor.split_once('_')?;
        Some((day.parse().ok()?, id.parse().ok()?))
    };
    cursor
        .map(|cursor| read(cursor).ok_or(Error::WrongCursor))
        .transpose()
}

/// An entry with its holder.
pub(crate) fn view(sealer: &Sealer, row: Permit) -> Result<PermitView, Fault> {
    Ok(PermitView {
        holder: sealer.open_text(HOLDER, row.id, &row.holder)?,
        holder_code: sealer.open_text(HOLDER_CODE, row.id, &row.holder_code)?,
        id: row.id,
        version: row.version,
        organisation: row.organisation,
        document_name: row.document_name,
        document_number: row.document_number,
        permit_kind: row.permit_kind,
        certificate: row.certificate,
        content: row.content,
        decided_on: row.decided_on,
        valid_from: row.valid_from,
        valid_to: row.valid_to,
        validity: row.validity,
        office: row.office,
        department_code: row.department_code,
        region: row.region,
        state: row.state,
        remark: row.remark,
        due_on: row.due_on,
        published_at: row.published_at,
        updated_at: row.updated_at,
        sample: row.sample,
    })
}
