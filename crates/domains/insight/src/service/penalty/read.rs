//! The register of penalties, for everybody and for those who keep it.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use tb_contract::access::{PenaltyRead, PublicityRead};
use tb_http::Ctx;
use tb_kernel::identity_number::{half_width, mask_name};
use tb_kernel::{Fault, Fen, Page, PageRequest, Scope, office_time};
use tb_storage::{Conn, Sealer};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use crate::model::penalty::{PenaltyFields, State};
use crate::sealed::{LEGAL_PERSON, PARTY, PARTY_CODE};
use crate::service::permit::before;
use crate::service::statistics::unknown;
use crate::store;
use crate::store::Within;
use crate::store::penalty::{Penalty, Wanted};

/// Rows of the whole register read at once.
const AT_ONCE: u64 = 1_000;
/// Days before the last one on which an entry becomes yellow.
const YELLOW_DAYS: i64 = 2;

/// What is asked for.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct PenaltyQuery {
    /// Part of the offence, or a whole name or number of a decision; only staff finds a person by name.
    pub q: Option<String>,
    /// `proposed`, `returned`, `published`, `withdrawn`, `repaired` or `revoked`; for staff only.
    pub state: Option<String>,
    /// Where the last page ended.
    pub cursor: Option<String>,
    /// Rows wanted, 1 to 100.
    pub limit: Option<u32>,
}

/// A penalty as it is published.
#[derive(Debug, Serialize, ToSchema)]
pub struct PenaltyView {
    /// Id.
    pub id: Uuid,
    /// The national fields; a person's name is masked, and there is no number of his.
    pub fields: PenaltyFields,
    /// 处罚机关
    pub office: String,
    /// Its credit code.
    pub department_code: String,
    /// Division code.
    pub region: String,
    /// Whether the decision no longer stands: then its number, office, day and the reason are all that is told.
    pub revoked: bool,
    /// Why it was corrected or revoked.
    pub remark: String,
    /// Published.
    pub published_at: Option<DateTime<Utc>>,
    /// 数据更新时间
    pub updated_at: DateTime<Utc>,
}

/// A penalty for those who keep the register.
#[derive(Debug, Serialize, ToSchema)]
pub struct ManagedPenalty {
    /// What the public sees, or would see; but with the whole name.
    pub entry: PenaltyView,
    /// Version, for a command.
    pub version: i64,
    /// `proposed`, `returned`, `published`, `withdrawn`, `repaired`, `revoked`.
    pub state: String,
    /// Last day for its publication; while a correction waits, for that of the correction.
    pub due_on: NaiveDate,
    /// While it waits: `green`, `yellow`, `red`; of what was published too late `late`.
    pub light: Option<&'static str>,
    /// Why it was returned, withdrawn or repaired, last: the public does not read it.
    pub note: String,
    /// Who entered it.
    pub made_by: String,
    /// Whether that is the caller.
    pub made_by_me: bool,
    /// Who checked it.
    pub checked_by: String,
}

/// The register for everybody: what is shown today, the latest decision first.
pub(crate) async fn published(
    ctx: &Ctx<PublicityRead>,
    query: PenaltyQuery,
) -> Result<Page<PenaltyView>, Fault> {
    let wanted = Wanted {
        shown_on: Some(office_time::day(ctx.now())),
        ..Wanted::default()
    };
    let (conn, sealer) = (ctx.read(), ctx.store().sealer());
    let page = list(&conn, sealer, &Scope::Everything, wanted, query).await?;
    mapped(page, |row| public(sealer, row))
}

/// The register for those who keep it.
pub(crate) async fn managed(
    ctx: &Ctx<PenaltyRead>,
    query: PenaltyQuery,
) -> Result<Page<ManagedPenalty>, Fault> {
    let state = query.state.as_deref().filter(|word| !word.is_empty());
    let state = state.map(|word| State::parse(word).ok_or_else(|| unknown("state")));
    let wanted = Wanted {
        state: state.transpose()?,
        ..Wanted::default()
    };
    let (conn, sealer) = (ctx.read(), ctx.store().sealer());
    let page = list(&conn, sealer, ctx.scope(), wanted, query).await?;
    if !page.items.is_empty() {
        // Names of persons stand there whole.
        ctx.record_read("penalties", page.items.len()).await?;
    }
    let (today, me) = (office_time::day(ctx.now()), ctx.actor().id.0);
    mapped(page, |row| manage(sealer, row, today, me))
}

/// The whole register as everybody may see it.
pub(crate) async fn register(ctx: &Ctx<PublicityRead>) -> Result<Vec<PenaltyView>, Fault> {
    let (conn, sealer) = (ctx.read(), ctx.store().sealer());
    let wanted = Wanted {
        shown_on: Some(office_time::day(ctx.now())),
        ..Wanted::default()
    };
    let (within, mut all, mut before) = (Within::default(), Vec::new(), None);
    loop {
        let rows = store::penalty::list(&conn, &within, &wanted, before, AT_ONCE).await?;
        let Some(last) = rows.last() else {
            return Ok(all);
        };
        before = Some((last.decided_on, last.id));
        for row in rows {
            all.push(public(sealer, row)?);
        }
    }
}

async fn list(
    conn: &Conn,
    sealer: &Sealer,
    scope: &Scope,
    mut wanted: Wanted,
    query: PenaltyQuery,
) -> Result<Page<Penalty>, Fault> {
    let words = query.q.map(|q| half_width(q.trim()));
    wanted.words = words.filter(|words| !words.is_empty());
    let words = wanted.words.as_ref();
    wanted.party = words.map(|words| sealer.blind_index(PARTY, words));
    let page = PageRequest {
        cursor: query.cursor,
        limit: query.limit,
    };
    let (place, limit) = (before(&page)?, page.limit());
    let within = Within::of(conn, scope).await?;
    let rows = store::penalty::list(conn, &within, &wanted, place, limit).await?;
    Ok(Page::from_surplus(rows, limit, |row| {
        format!("{}_{}", row.decided_on, row.id)
    }))
}

fn mapped<T>(
    page: Page<Penalty>,
    view: impl Fn(Penalty) -> Result<T, Fault>,
) -> Result<Page<T>, Fault> {
    let items: Result<_, Fault> = page.items.into_iter().map(view).collect();
    Ok(Page {
        items: items?,
        next_cursor: page.next_cursor,
    })
}

/// An entry as the public sees it.
fn public(sealer: &Sealer, row: Penalty) -> Result<PenaltyView, Fault> {
    let organisation = row.organisation;
    let mut view = whole(sealer, row)?;
    if view.revoked {
        view.fields = PenaltyFields {
            document_number: view.fields.document_number,
            decided_on: view.fields.decided_on,
            ..PenaltyFields::default()
        };
    } else if !organisation {
        view.fields.party = mask_name(&view.fields.party);
    }
    Ok(view)
}

/// An entry for those who keep it.
pub(super) fn manage(
    sealer: &Sealer,
    row: Penalty,
    today: NaiveDate,
    me: Uuid,
) -> Result<ManagedPenalty, Fault> {
    Ok(ManagedPenalty {
        version: row.version,
        state: row.state.clone(),
        due_on: last_day(&row),
        light: light(&row, today),
        note: row.note.clone(),
        made_by: row.made_by_name.clone(),
        made_by_me: row.made_by == me,
        checked_by: row.checked_by_name.clone(),
        entry: whole(sealer, row)?,
    })
}

/// How an entry stands to its term.
fn light(row: &Penalty, today: NaiveDate) -> Option<&'static str> {
    let waits = [State::Proposed, State::Returned]
        .iter()
        .any(|state| row.state == state.as_str());
    if waits {
        return Some(match (last_day(row) - today).num_days() {
            ..0 => "red",
            0..=YELLOW_DAYS => "yellow",
            _ => "green",
        });
    }
    let late = |at| office_time::day(at) > row.due_on;
    row.published_at.is_some_and(late).then_some("late")
}

/// Last day for publishing it, or for publishing it anew.
fn last_day(row: &Penalty) -> NaiveDate {
    row.recheck_by.unwrap_or(row.due_on)
}

fn whole(sealer: &Sealer, row: Penalty) -> Result<PenaltyView, Fault> {
    let day = |day: Option<NaiveDate>| day.map(|day| day.to_string()).unwrap_or_default();
    let sum = |sum: Option<i64>| sum.map(|sum| Fen(sum).to_yuan()).unwrap_or_default();
    let kind = if row.organisation {
        "organisation"
    } else {
        "person"
    };
    Ok(PenaltyView {
        id: row.id,
        fields: PenaltyFields {
            party: sealer.open_text(PARTY, row.id, &row.party)?,
            party_kind: kind.to_owned(),
            party_code: sealer.open_text(PARTY_CODE, row.id, &row.party_code)?,
            legal_person: sealer.open_text(LEGAL_PERSON, row.id, &row.legal_person)?,
            document_number: row.document_number,
            offence: row.offence,
            facts: row.facts,
            basis: row.basis,
            kinds: row.kinds,
            content: row.content,
            fine: sum(row.fine),
            confiscated: sum(row.confiscated),
            licences: row.licences,
            decided_on: row.decided_on.to_string(),
            valid_to: day(row.valid_to),
            shown_until: row.shown_until.to_string(),
        },
        office: row.office,
        department_code: row.department_code,
        region: row.region,
        revoked: row.state == State::Revoked.as_str(),
        remark: row.remark,
        published_at: row.published_at,
        updated_at: row.updated_at,
    })
}
