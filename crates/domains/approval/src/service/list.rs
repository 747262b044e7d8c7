//! The desk's list and its counts.

use chrono::DateTime;
use tb_calendar::{Calendar, Light};
use tb_contract::access::CaseRead;
use tb_http::Ctx;
use tb_kernel::identity_number::mask_name;
use tb_kernel::{Actor, Fault, Page, PageRequest};
use tb_storage::Sealer;

use super::deputy::posts;
use super::record::cache_of;
use crate::api::body::ListQuery;
use crate::api::label::LabelView;
use crate::api::view::{CaseCounts, CaseRow};
use crate::app::App;
use crate::entity::case;
use crate::error::Error;
use crate::model::event::office_day;
use crate::model::fee::FeeStage;
use crate::model::light::{far_away, last_day};
use crate::model::saved::ListSort;
use crate::model::state::State;
use crate::model::words::Word;
use crate::sealed::NAME;
use crate::store;
use crate::store::list::{self, Filter, LIGHTS, Place};

/// Cases within reach, the most urgent first unless another order is asked for.
pub(crate) async fn list(
    app: &App,
    ctx: &Ctx<CaseRead>,
    query: ListQuery,
) -> Result<Page<CaseRow>, Fault> {
    let after = query
        .cursor
        .as_deref()
        .filter(|cursor| !cursor.is_empty())
        .map(place)
        .transpose()?;
    let limit = PageRequest {
        cursor: None,
        limit: query.limit,
    }
    .limit();
    let filter = filter(&query, ctx.actor())?;
    let (conn, now) = (ctx.read(), ctx.now());
    let sealer = app.store().sealer();
    let rows = list::list(&conn, sealer, ctx.scope(), &filter, now, after, limit).await?;
    let page = Page::from_surplus(rows, limit, |row| cursor(row, filter.sort));
    let ids: Vec<uuid::Uuid> = page.items.iter().map(|row| row.id).collect();
    let mut labels = store::label::of_cases(&conn, &ids).await?;
    let mut items = Vec::with_capacity(page.items.len());
    for row in page.items {
        let calendar = app.calendar(&conn, &row.calendar_version).await?;
        let borne = labels.remove(&row.id).unwrap_or_default();
        let mut row = case_row(sealer, row, calendar.as_deref(), now)?;
        row.labels = borne.into_iter().map(LabelView::from).collect();
        items.push(row);
    }
    Ok(Page {
        items,
        next_cursor: page.next_cursor,
    })
}

pub(crate) fn filter(query: &ListQuery, caller: &Actor) -> Result<Filter, Error> {
    let unknown = |name: &str| Error::UnknownFilter {
        name: name.to_owned(),
    };
    let words = query
        .state
        .as_deref()
        .unwrap_or_default()
        .split(',')
        .map(str::trim)
        .filter(|word| !word.is_empty());
    let states: Result<Vec<String>, Error> = words
        .map(|word| {
            State::parse(word)
                .map(|state| state.to_string())
                .ok_or_else(|| unknown("state"))
        })
        .collect();
    let light = match query.light.as_deref().filter(|word| !word.is_empty()) {
        Some(word) => Some(
            LIGHTS
                .into_iter()
                .find(|light| light_word(*light) == word)
                .ok_or_else(|| unknown("light"))?,
        ),
        None => None,
    };
    let sort = match query.sort.as_deref().filter(|word| !word.is_empty()) {
        Some(word) => ListSort::parse(word).ok_or_else(|| unknown("sort"))?,
        None => ListSort::Due,
    };
    Ok(Filter {
        sort,
        states: states?,
        light,
        posts: query.todo.then(|| posts(caller)),
        q: query.q.clone(),
        handler: query.mine.then_some(caller.id.0).or(query.handler),
        withdrawal: query.withdrawal,
        label: query.label,
        naming: query.mentioned.then_some(caller.id.0),
        supervised: query.supervised,
        letter: query.letter,
        fee: fee_stages(query.fee.as_deref())?,
    })
}

/// The stages that a filter means; what has to be fixed waits for the office as what was asked does.
fn fee_stages(word: Option<&str>) -> Result<Vec<&'static str>, Error> {
    let Some(word) = word.filter(|word| !word.is_empty()) else {
        return Ok(Vec::new());
    };
    let stage = FeeStage::parse(word).ok_or(Error::UnknownFilter {
        name: "fee".to_owned(),
    })?;
    Ok(match stage {
        FeeStage::Request => vec![stage.as_str(), FeeStage::Assess.as_str()],
        _ => vec![stage.as_str()],
    })
}

/// The word of a light.
pub(crate) fn light_word(light: Light) -> &'static str {
    match light {
        Light::Green => "green",
        Light::Yellow => "yellow",
        Light::Red => "red",
        Light::Purple => "purple",
        Light::Grey => "grey",
    }
}

fn cursor(row: &case::Model, sort: ListSort) -> String {
    let moment = match sort {
        ListSort::Due => row.due_until,
        ListSort::Newest | ListSort::Oldest => row.submitted_at,
    };
    format!("{}.{}", moment.timestamp_micros(), row.id)
}

pub(crate) fn place(cursor: &str) -> Result<Place, Error> {
    let parts = || {
        let (micros, id) = cursor.split_once('.')?;
        Some(Place {
            due_until: DateTime::from_timestamp_micros(micros.parse().ok()?)?,
            id: id.parse().ok()?,
        })
    };
    parts().ok_or(Error::WrongCursor)
}

fn case_row(
    sealer: &Sealer,
    row: case::Model,
    calendar: Option<&Calendar>,
    now: DateTime<chrono::Utc>,
) -> Result<CaseRow, Fault> {
    let (state, cache) = (row.current_state()?, cache_of(&row));
    let name = sealer.open_text(NAME, row.id, &row.applicant_name)?;
    let due = Some(row.due_until)
        .filter(|until| *until < far_away())
        .map(last_day);
    let remaining = due.zip(calendar).and_then(|(due, calendar)| {
        calendar
            .remaining(office_day(now), due, &[], Some(&row.region))
            .ok()
    });
    let joint = crate::view::joint(&row);
    Ok(CaseRow {
        id: row.id,
        number: row.number,
        item_name: row.item_name,
        applicant: if row.organisation {
            name
        } else {
            mask_name(&name)
        },
        light: cache.light(state, now),
        step_overdue: state.is_running() && cache.is_step_overdue(now),
        procedure_overdue: cache.is_procedure_overdue(now),
        state,
        due_kind: row.due_kind,
        due,
        remaining_working_days: remaining,
        alarm: row.alarm,
        step: row.step_name,
        handler: row.handler_name,
        submitted_at: row.submitted_at,
        channel: row.channel,
        withdrawal_pending: row.withdrawal_pending,
        result: row.result,
        joint: joint.map(|joint| joint.name),
        supervised: row.open_orders > 0,
        letter_since: row.letter_since,
        fee_stage: row.fee_stage,
        labels: Vec::new(),
    })
}

/// How many there are within reach; with `todo` of those that wait for a post of the caller's.
pub(crate) async fn counts(
    app: &App,
    ctx: &Ctx<CaseRead>,
    todo: bool,
) -> Result<CaseCounts, Fault> {
    let actor = ctx.actor();
    let held = posts(actor);
    let posts = todo.then_some(held.as_slice());
    let (conn, scope) = (ctx.read(), ctx.scope());
    let figures = app.figures();
    let counts = figures.counts(&conn, scope, ctx.now(), posts).await?;
    let lights = LIGHTS.into_iter().zip(counts.lights);
    let mine = counts.handlers.get(&actor.id.0);
    Ok(CaseCounts {
        states: counts.states.clone(),
        lights: lights
            .map(|(light, n)| (light_word(light).to_owned(), n))
            .collect(),
        mine: mine.copied().unwrap_or_default(),
        withdrawals: counts.withdrawals,
        supervised: counts.supervised,
        mentions: list::mentions(&conn, scope, actor.id.0, posts).await?,
        letters: counts.letters,
        opinions: counts.opinions,
        fees: counts.fees.clone(),
    })
}
