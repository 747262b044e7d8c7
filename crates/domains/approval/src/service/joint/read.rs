//! What the lead office sees of the matters that wait for it, and a department of its own part.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use tb_contract::access::{CaseAccept, CaseRead};
use tb_contract::item::{ItemDocument, SituationAnswers};
use tb_http::Ctx;
use tb_kernel::{Fault, Page, Scope};
use tb_storage::Conn;
use uuid::Uuid;

use super::{merged, part_of, state};
use crate::api::joint::{AnswerPartView, DroppedView, JointMatterRow, JointMatterView, PointView};
use crate::app::App;
use crate::entity::joint_part;
use crate::error::Error;
use crate::model::defects;
use crate::model::event::{EventKind, Listed, office_day};
use crate::model::joint::{PartState, Verdict, light, shared};
use crate::model::words::Word;
use crate::sealed;
use crate::service::record::cache_of;
use crate::service::setting::setting;
use crate::store;
use crate::store::event::CaseEvent;

/// Parts that a list looks at.
const MOST_PARTS: u64 = 500;

/// Keys with their names.
pub(super) type Named = Vec<(String, String)>;

/// What has become of the parts of a matter, in one number that only grows: whoever sends says what he saw.
pub(super) fn version(parts: &[joint_part::Model]) -> i64 {
    parts.iter().map(|part| part.version).sum()
}

/// Whether what was given may go out: something was, and nobody still examines within his sub-term. Who is
/// late holds up nobody.
pub(super) fn expect_ready(parts: &[joint_part::Model], now: DateTime<Utc>) -> Result<(), Error> {
    let missing: Vec<&str> = parts
        .iter()
        .filter(|part| state(part) == Some(PartState::Open) && part.part_until > now)
        .map(|part| part.office.as_str())
        .collect();
    if !missing.is_empty() {
        return Err(Error::JointPartsMissing {
            offices: missing.join("、"),
        });
    }
    if parts
        .iter()
        .any(|part| state(part) == Some(PartState::Given))
    {
        Ok(())
    } else {
        Err(Error::JointNothingGiven)
    }
}

/// The matters that wait for the caller's department as their lead office, the most urgent first.
pub(crate) async fn matters(ctx: &Ctx<CaseAccept>) -> Result<Page<JointMatterRow>, Fault> {
    let parts = store::joint::led(&ctx.read(), ctx.scope(), MOST_PARTS).await?;
    let mut rows: Vec<JointMatterRow> = Vec::new();
    let mut places: BTreeMap<String, usize> = BTreeMap::new();
    for part in &parts {
        let place = *places.entry(part.joint_number.clone()).or_insert_with(|| {
            rows.push(JointMatterRow {
                number: part.joint_number.clone(),
                name: part.joint_name.clone(),
                parts: 0,
                given: 0,
                send_by: part.send_by,
                late: part.send_until <= ctx.now(),
            });
            rows.len() - 1
        });
        if let Some(row) = rows.get_mut(place) {
            row.parts += 1;
            row.given += usize::from(state(part) == Some(PartState::Given));
        }
    }
    Ok(Page {
        items: rows,
        next_cursor: None,
    })
}

/// One matter with all its parts. What a part says may name people: that it was read is recorded.
pub(crate) async fn show(
    app: &App,
    ctx: &Ctx<CaseAccept>,
    number: &str,
) -> Result<JointMatterView, Fault> {
    let view = matter(app, &ctx.read(), ctx, number).await?;
    ctx.record_read("joint_matter", number).await?;
    Ok(view)
}

/// The same, read on `conn`.
pub(super) async fn matter(
    app: &App,
    conn: &Conn,
    ctx: &Ctx<CaseAccept>,
    number: &str,
) -> Result<JointMatterView, Fault> {
    let parts = store::joint::of_matter(conn, ctx.scope(), number).await?;
    let first = parts.first().ok_or(Error::JointNotFound)?;
    let mut views = Vec::new();
    let mut due = None;
    for part in &parts {
        let row = store::case::find(conn, &Scope::Everything, part.case_id).await?;
        due = row.as_ref().and_then(|row| merged(row)?.due).max(due);
        views.push(view(app, conn, part, ctx.now()).await?);
    }
    let given: Vec<(&str, Vec<String>)> = views
        .iter()
        .filter(|view| view.state == PartState::Given)
        .map(|view| {
            let points = view.fields.iter().chain(&view.materials);
            let names = points.map(|point| point.label.clone()).collect();
            (view.item_name.as_str(), names)
        })
        .collect();
    let waiting = parts
        .iter()
        .filter(|part| state(part).is_some_and(PartState::is_waiting));
    let ready = expect_ready(&parts, ctx.now());
    Ok(JointMatterView {
        number: number.to_owned(),
        name: first.joint_name.clone(),
        version: version(&parts),
        light: light(
            views.iter().filter_map(|view| view.light),
            due,
            office_day(ctx.now()),
        ),
        due,
        send_by: waiting.map(|part| part.send_by).min(),
        ready: ready.is_ok(),
        missing: match ready {
            Err(Error::JointPartsMissing { offices }) => Some(offices),
            _ => None,
        },
        shared: shared(&given),
        parts: views,
    })
}

/// The part of a case within reach; none where the case is answered by its department alone.
pub(crate) async fn of_case(
    app: &App,
    ctx: &Ctx<CaseRead>,
    id: Uuid,
) -> Result<Option<AnswerPartView>, Fault> {
    let conn = ctx.read();
    store::case::find(&conn, ctx.scope(), id)
        .await?
        .ok_or(Error::CaseNotFound)?;
    match store::joint::of_case(&conn, id).await? {
        Some(part) => Ok(Some(view(app, &conn, &part, ctx.now()).await?)),
        None => Ok(None),
    }
}

async fn view(
    app: &App,
    conn: &Conn,
    part: &joint_part::Model,
    now: DateTime<Utc>,
) -> Result<AnswerPartView, Fault> {
    let row = store::case::find(conn, &Scope::Everything, part.case_id)
        .await?
        .ok_or(Error::CaseNotFound)?;
    let (setting, sealer) = (setting(app, conn, &row).await?, app.store().sealer());
    let history = store::event::of_case(conn, sealer, row.id).await?;
    let situation = sealed::dossier(sealer, &row)?.situation;
    let answer = last_part(&history);
    let listed = answer
        .map(|answer| &answer.listed)
        .cloned()
        .unwrap_or_default();
    let (fields, materials) = labels(&setting.item, &situation, &listed);
    let points = |named: Named| named.into_iter().map(PointView::from).collect();
    let state = state(part).unwrap_or(PartState::Ended);
    Ok(AnswerPartView {
        case_id: part.case_id,
        case_number: part.case_number.clone(),
        item_name: part.item_name.clone(),
        office: part.office.clone(),
        lead_name: part.lead_name.clone(),
        case_state: row.current_state()?,
        light: cache_of(&row).light(row.current_state()?, now),
        state,
        verdict: part.verdict.as_deref().and_then(Verdict::parse),
        answerer: part.answerer.clone(),
        answered_at: part.answered_at,
        part_by: part.part_by,
        late: state == PartState::Open && part.part_until <= now,
        send_by: part.send_by,
        fields: points(fields),
        materials: points(materials),
        reason: answer
            .map(|answer| answer.reason.clone())
            .unwrap_or_default(),
        refusal: answer.and_then(|answer| answer.refusal),
        dropped: dropped(&history, |listed| labels(&setting.item, &situation, listed)),
    })
}

/// The part that stands, or that went out last.
fn last_part(history: &[CaseEvent]) -> Option<&crate::model::joint::PartAnswer> {
    let last = history
        .iter()
        .rev()
        .find_map(|event| event.detail.joint.as_ref()?.answer.as_ref());
    part_of(history).map(|(_, answer)| answer).or(last)
}

/// What the lead office left out when it sent the last part.
fn dropped(history: &[CaseEvent], labels: impl Fn(&Listed) -> (Named, Named)) -> Vec<DroppedView> {
    let last = history.iter().rfind(|event| event.detail.joint.is_some());
    let said = last.filter(|event| event.kind != EventKind::JointAnswered);
    let said = said.and_then(|event| event.detail.joint.as_ref());
    let points = said.map(|said| said.dropped.as_slice()).unwrap_or_default();
    points
        .iter()
        .map(|point| {
            let one = vec![point.part.clone()];
            let listed = if point.part.starts_with('/') {
                Listed {
                    fields: one,
                    materials: Vec::new(),
                }
            } else {
                Listed {
                    fields: Vec::new(),
                    materials: one,
                }
            };
            let (fields, materials) = labels(&listed);
            let label = fields.into_iter().chain(materials).next();
            DroppedView {
                label: label.map_or_else(|| point.part.clone(), |(_, label)| label),
                reason: point.reason.clone(),
            }
        })
        .collect()
}

/// The points of a list by their names: fields, then materials.
pub(super) fn labels(
    item: &ItemDocument,
    situation: &SituationAnswers,
    listed: &Listed,
) -> (Named, Named) {
    let field = |path: &String| {
        let form = item.form.as_ref();
        let label = form.and_then(|form| defects::label(form, path));
        (path.clone(), label.unwrap_or_else(|| path.clone()))
    };
    let material = |id: &String| {
        let name = defects::material_name(item, situation, id);
        (id.clone(), name.map_or_else(|| id.clone(), str::to_owned))
    };
    (
        listed.fields.iter().map(field).collect(),
        listed.materials.iter().map(material).collect(),
    )
}
