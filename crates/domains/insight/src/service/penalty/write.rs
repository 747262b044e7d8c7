//! Enters a penalty, and changes one: whatever is changed is checked anew before the public sees it.

use serde::Deserialize;
use tb_contract::access::PenaltyWrite;
use tb_http::Ctx;
use tb_kernel::identity_number::half_width;
use tb_kernel::{Fault, office_time};
use tb_storage::{Sealer, StorageError, Tx};
use utoipa::ToSchema;
use uuid::Uuid;

use super::read::{ManagedPenalty, manage};
use crate::app::App;
use crate::error::Error;
use crate::model::penalty::{
    Command, Judged, PenaltyFields, Standing, State, apply, judge, recheck_by, tells_who,
};
use crate::model::permit::publish_by;
use crate::sealed::{LEGAL_PERSON, PARTY, PARTY_CODE};
use crate::service::correct::reason;
use crate::store;
use crate::store::Within;
use crate::store::penalty::Penalty;

/// A penalty to be entered.
#[derive(Debug, Deserialize, ToSchema)]
pub struct EnterPenalty {
    /// The national fields.
    pub fields: PenaltyFields,
}

/// A penalty as it shall stand.
#[derive(Debug, Deserialize, ToSchema)]
pub struct EditPenalty {
    /// Version seen.
    pub version: i64,
    /// The national fields.
    pub fields: PenaltyFields,
    /// Why; needed where the public sees it, and told to the public.
    #[serde(default)]
    pub reason: String,
}

/// The office of whoever enters.
pub(super) struct Office {
    pub code: String,
    pub name: String,
    pub region: String,
}

impl Office {
    /// That of the caller, as the catalogue has told of it.
    pub(super) async fn of(ctx: &Ctx<PenaltyWrite>) -> Result<Self, Fault> {
        let of = ctx.actor().department.as_ref().ok_or(Error::NoOffice)?;
        let row = store::copy::Departments::by_id(&ctx.read(), of.id.0).await?;
        let row = row.ok_or(Error::NoOffice)?;
        Ok(Self {
            code: row.code,
            name: row.name,
            region: row.region,
        })
    }
}

/// Enters one.
pub(crate) async fn enter(
    app: &App,
    ctx: &Ctx<PenaltyWrite>,
    body: EnterPenalty,
) -> Result<ManagedPenalty, Fault> {
    let office = Office::of(ctx).await?;
    let calendar = app.calendar(&ctx.read()).await?;
    let today = office_time::day(ctx.now());
    let judged = judge(&body.fields, today).map_err(wrong)?;
    let mut tx = ctx.begin().await?;
    expect_new(&tx, &office.code, &judged.fields.document_number, None).await?;
    let due_on = publish_by(&calendar, judged.decided_on, &office.region);
    let mut row = blank(&tx, ctx, &office, due_on)?;
    fill(&tx, &mut row, judged)?;
    store::penalty::insert(tx.conn(), row.clone()).await?;
    tx.done("insight.penalty.entered", "penalty", row.id);
    let answer = manage(tx.sealer(), row, today, ctx.actor().id.0)?;
    tx.commit(&answer).await?;
    Ok(answer)
}

/// Changes one; whoever does so counts as who entered it.
pub(crate) async fn edit(
    app: &App,
    ctx: &Ctx<PenaltyWrite>,
    id: Uuid,
    body: EditPenalty,
) -> Result<ManagedPenalty, Fault> {
    let conn = ctx.read();
    let calendar = app.calendar(&conn).await?;
    let within = Within::of(&conn, ctx.scope()).await?;
    let today = office_time::day(ctx.now());
    let judged = judge(&body.fields, today).map_err(wrong)?;
    let mut tx = ctx.begin().await?;
    let row = store::penalty::find_locked(tx.conn(), &within, id).await?;
    let mut row = row.ok_or(Error::PenaltyNotFound)?;
    if row.version != body.version {
        return Err(Error::StaleVersion.into());
    }
    let me = ctx.actor();
    let state = state(&row)?;
    let next = apply(standing(&row)?, Command::Edit, me.id.0)?;
    let was_public = row.published_at.is_some();
    if Command::Edit.needs_reason(state) || (was_public && !body.reason.trim().is_empty()) {
        row.remark = reason(&body.reason)?;
    }
    tells_nobody(tx.sealer(), &row, &judged)?;
    let number = &judged.fields.document_number;
    expect_new(&tx, &row.department_code, number, Some(id)).await?;
    row.due_on = publish_by(&calendar, judged.decided_on, &row.region);
    if state == State::Published {
        row.recheck_by = Some(recheck_by(&calendar, today, &row.region));
    }
    fill(&tx, &mut row, judged)?;
    next.as_str().clone_into(&mut row.state);
    row.made_by = me.id.0;
    row.made_by_name.clone_from(&me.name);
    row.checked_by = None;
    row.checked_by_name.clear();
    row.version += 1;
    row.updated_at = tx.now();
    store::penalty::save(tx.conn(), &row).await?;
    tx.done("insight.penalty.edited", "penalty", id);
    let answer = manage(tx.sealer(), (*row).clone(), today, me.id.0)?;
    tx.commit(&answer).await?;
    Ok(answer)
}

/// The public reads why an entry was corrected: what is said of a person names neither who it was
/// nor who it is.
fn tells_nobody(sealer: &Sealer, row: &Penalty, judged: &Judged) -> Result<(), Fault> {
    let mut persons = Vec::new();
    if !row.organisation {
        persons.push(sealer.open_text(PARTY, row.id, &row.party)?);
    }
    if !judged.organisation {
        persons.push(judged.fields.party.clone());
    }
    if persons.iter().any(|name| tells_who(&row.remark, name)) {
        return Err(Error::ReasonNames.into());
    }
    Ok(())
}

fn wrong(fields: Vec<tb_kernel::FieldFault>) -> Fault {
    Fault {
        fields,
        ..Error::PenaltyInvalid.into()
    }
}

/// The state; a word that is none cannot be in the column.
fn state(row: &Penalty) -> Result<State, StorageError> {
    State::parse(&row.state).ok_or(StorageError::Misuse(
        "insight_penalty.state holds an unknown word",
    ))
}

/// An entry as its steps look at it.
pub(super) fn standing(row: &Penalty) -> Result<Standing, StorageError> {
    Ok(Standing {
        state: state(row)?,
        made_by: row.made_by,
        was_public: row.published_at.is_some(),
    })
}

async fn expect_new(
    tx: &Tx,
    department: &str,
    number: &str,
    but: Option<Uuid>,
) -> Result<(), Fault> {
    let known = store::penalty::known(tx.conn(), department, [number.to_owned()]).await?;
    if known.iter().any(|(_, id)| Some(*id) != but) {
        let number = number.to_owned();
        return Err(Error::PenaltyKnown { number }.into());
    }
    Ok(())
}

/// An entry of an office without its fields.
pub(super) fn blank(
    tx: &Tx,
    ctx: &Ctx<PenaltyWrite>,
    office: &Office,
    due_on: chrono::NaiveDate,
) -> Result<Penalty, StorageError> {
    let (id, sealer) = (tx.new_id(), tx.sealer());
    Ok(Penalty {
        id,
        version: 1,
        organisation: false,
        party: sealer.seal_text(PARTY, id, "")?,
        party_bidx: Vec::new(),
        party_code: sealer.seal_text(PARTY_CODE, id, "")?,
        legal_person: sealer.seal_text(LEGAL_PERSON, id, "")?,
        document_number: String::new(),
        offence: String::new(),
        facts: String::new(),
        basis: String::new(),
        kinds: String::new(),
        content: String::new(),
        fine: None,
        confiscated: None,
        licences: String::new(),
        decided_on: due_on,
        valid_to: None,
        shown_until: due_on,
        due_on,
        recheck_by: None,
        office: office.name.clone(),
        department_code: office.code.clone(),
        region: office.region.clone(),
        state: State::Proposed.as_str().to_owned(),
        remark: String::new(),
        note: String::new(),
        made_by: ctx.actor().id.0,
        made_by_name: ctx.actor().name.clone(),
        checked_by: None,
        checked_by_name: String::new(),
        published_at: None,
        updated_at: tx.now(),
    })
}

/// Puts judged fields into an entry.
pub(super) fn fill(tx: &Tx, row: &mut Penalty, judged: Judged) -> Result<(), StorageError> {
    let (sealer, fields) = (tx.sealer(), judged.fields);
    row.organisation = judged.organisation;
    row.party = sealer.seal_text(PARTY, row.id, &fields.party)?;
    row.party_bidx = sealer.blind_index(PARTY, &half_width(&fields.party));
    row.party_code = sealer.seal_text(PARTY_CODE, row.id, &fields.party_code)?;
    row.legal_person = sealer.seal_text(LEGAL_PERSON, row.id, &fields.legal_person)?;
    row.document_number = fields.document_number;
    row.offence = fields.offence;
    row.facts = fields.facts;
    row.basis = fields.basis;
    row.kinds = fields.kinds;
    row.content = fields.content;
    row.fine = judged.fine;
    row.confiscated = judged.confiscated;
    row.licences = fields.licences;
    row.decided_on = judged.decided_on;
    row.valid_to = judged.valid_to;
    row.shown_until = judged.shown_until;
    Ok(())
}
