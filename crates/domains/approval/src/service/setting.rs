//! What a case is handled by: its pinned item, the calendar, its department; and its clocks.

use std::sync::Arc;

use chrono::NaiveDate;
use tb_calendar::Calendar;
use tb_contract::events::ProxyRelation;
use tb_contract::item::{CaseKind, ItemDocument};
use tb_kernel::Fault;
use tb_storage::Conn;

use crate::app::App;
use crate::entity::case;
use crate::model::clocks::{Clocks, Terms, clocks};
use crate::model::commitment::CommitmentKind;
use crate::model::event::{Beat, office_day};
use crate::model::fee::{FeeOrder, FeeStage};
use crate::sealed;
use crate::store::{self, copy};

/// The read copies that a case rests on.
#[derive(Clone)]
pub(crate) struct Setting {
    /// The item in its pinned version.
    pub item: Arc<ItemDocument>,
    /// Name of the department.
    pub office: String,
    /// Whether a promise of the applicant's is of no use: he is barred. Looked at before acceptance.
    pub barred: bool,
    /// Whether fees are charged here: a payment platform is connected.
    pub charges: bool,
    /// Whether a clerk has to fix the fee, or to look at it again.
    pub assesses: bool,
    /// Its fee orders, the last one first.
    pub orders: Vec<FeeOrder>,
}

/// Loads what a case is handled by. It was there when the case was taken in and is never deleted.
pub(crate) async fn setting(app: &App, conn: &Conn, row: &case::Model) -> Result<Setting, Fault> {
    let gone = || Fault::internal("a read copy that a case rests on is gone");
    let item = app
        .item(conn, &row.item_code, row.item_version)
        .await?
        .ok_or_else(gone)?;
    let office = app
        .office(conn, &row.department_code)
        .await?
        .ok_or_else(gone)?;
    let item = on_commitment(item, row.commitment.as_deref());
    let item = with_proof(item, row.proxy_proof.as_deref().map(ProxyRelation::of));
    let barred = row.commitment.is_some()
        && row.accepted_at.is_none()
        && store::bar::is_barred(
            conn,
            &row.applicant_id_number_bidx,
            office_day(app.store().clock().now()),
        )
        .await?;
    let orders = match row.fee_stage {
        Some(_) => store::fee::of_case(conn, row.id).await?,
        None => Vec::new(),
    };
    let sealer = app.store().sealer();
    Ok(Setting {
        item,
        office,
        barred,
        charges: app.payments().is_some(),
        assesses: row.fee_stage.as_deref() == Some(FeeStage::Assess.as_str()),
        orders: sealed::fee_orders(sealer, &orders)?,
    })
}

/// The item as it is handled on a promise for the whole of it: on the spot, without any step.
pub(crate) fn on_commitment(item: Arc<ItemDocument>, kind: Option<&str>) -> Arc<ItemDocument> {
    if kind != Some(CommitmentKind::Whole.as_str()) {
        return item;
    }
    Arc::new(ItemDocument {
        case_kind: CaseKind::Instant,
        steps: Vec::new(),
        ..(*item).clone()
    })
}

/// The item with the paper by which somebody proves that he may act for the applicant.
pub(crate) fn with_proof(
    item: Arc<ItemDocument>,
    relation: Option<ProxyRelation>,
) -> Arc<ItemDocument> {
    match relation {
        None => item,
        Some(relation) => Arc::new((*item).clone().with_proof(relation)),
    }
}

/// The calendar that a case's clocks were read by.
pub(crate) async fn calendar(
    app: &App,
    conn: &Conn,
    version: &str,
) -> Result<Arc<Calendar>, Fault> {
    app.calendar(conn, version)
        .await?
        .ok_or_else(|| Fault::internal("the calendar of a case is gone"))
}

/// By which calendars a case's clocks may be read.
#[derive(Clone, Copy)]
pub(crate) struct Calendars<'a> {
    /// The one that they were read by before.
    pub pinned: &'a str,
    /// The one that came last; looked up where it is needed and not given.
    pub newest: Option<&'a str>,
}

impl<'a> Calendars<'a> {
    /// Those of a case.
    pub(crate) fn of(row: &'a case::Model) -> Self {
        Self {
            pinned: &row.calendar_version,
            newest: None,
        }
    }
}

/// Reads the clocks, and says by which calendar: the pinned one, unless a date is still uncertain
/// by it and a newer one has come. A settled date never moves; an unsettled one is settled.
pub(crate) async fn read_clocks(
    app: &App,
    conn: &Conn,
    calendars: Calendars<'_>,
    item: &ItemDocument,
    beats: &[Beat],
    as_of: NaiveDate,
) -> Result<Option<(Clocks, String)>, Fault> {
    let terms = Terms::of(item, app.settings().start_roll);
    let lights = app.settings().lights.rules(item);
    let read = async |version: &str| -> Result<Option<(Clocks, String)>, Fault> {
        let calendar = app.calendar(conn, version).await?;
        Ok(calendar.map(|calendar| {
            (
                clocks(beats, &terms, &calendar, &lights, as_of),
                version.to_owned(),
            )
        }))
    };
    let first = read(calendars.pinned).await?;
    if first
        .as_ref()
        .is_some_and(|(clocks, _)| clocks.alarm().is_none())
    {
        return Ok(first);
    }
    let newest = match calendars.newest {
        Some(newest) => Some(newest.to_owned()),
        None => copy::Calendars::newest_version(conn).await?,
    };
    match newest {
        Some(newest) if newest != calendars.pinned => Ok(read(&newest).await?.or(first)),
        _ => Ok(first),
    }
}
