//! What happens to a licence after it was issued: the organ proposes or the holder asks, the holder is
//! heard where it goes against him, and a second person decides.

use chrono::{Days, NaiveDate};
use serde::Deserialize;
use tb_contract::access::{LicenceDecide, LicenceOwn, LicencePropose};
use tb_http::Ctx;
use tb_kernel::{Fault, office_time};
use tb_storage::Tx;
use utoipa::ToSchema;
use uuid::Uuid;

use super::carry_out::carry_out;
use super::mine::holders;
use super::record::{accounts, say_change};
use crate::app::App;
use crate::entity::{change, licence};
use crate::error::Error;
use crate::model::change::{
    Asker, ChangeState, Hearing, LEAST_DAYS, LicenceChangeKind, MOST_DAYS, NotYet, is_in_time,
    may_ask, may_decide, renewable_from,
};
use crate::model::standing::{LicenceState, standing};
use crate::sealed::{self, Asked, Detail};
use crate::store;
use crate::store::licence::Within;
use crate::view::{Eyes, LicenceView, full};

/// Most characters of what is said.
const MOST_WORDS: usize = 2_000;

/// What the holder asks for.
#[derive(Deserialize, ToSchema)]
pub struct AskChange {
    /// Version of the licence's row that was read.
    pub row_version: i64,
    /// What.
    pub kind: LicenceChangeKind,
    /// Why.
    pub reason: String,
}

/// The holder does not want it any more.
#[derive(Deserialize, ToSchema)]
pub struct TakeBackChange {
    /// Version of the licence's row that was read.
    pub row_version: i64,
}

/// What the organ means to do, with the holder's time to answer.
#[derive(Deserialize, ToSchema)]
pub struct ProposeChange {
    /// Version of the licence's row that was read.
    pub row_version: i64,
    /// What.
    pub kind: LicenceChangeKind,
    /// Facts and reasons.
    pub reason: String,
    /// The provision that it rests on.
    pub basis: String,
    /// Natural days that the holder has to answer, from the day after the notice.
    pub answer_days: u32,
}

/// The holder's statement (陈述申辩).
#[derive(Deserialize, ToSchema)]
pub struct AnswerChange {
    /// What he says.
    pub statement: String,
}

/// The decision on a change.
#[derive(Deserialize, ToSchema)]
pub struct DecideChange {
    /// Whether it is done.
    pub granted: bool,
    /// Why.
    pub reason: String,
}

/// The holder asks.
pub(crate) async fn ask(
    app: &App,
    ctx: &Ctx<LicenceOwn>,
    id: Uuid,
    body: AskChange,
) -> Result<LicenceView, Fault> {
    let holders = holders(app, ctx).await?;
    let mut tx = ctx.begin().await?;
    let row = taken(&tx, &Within::Holders(&holders), id, body.row_version).await?;
    // A change of the face says which lines, and brings its proof.
    if body.kind == LicenceChangeKind::Amend {
        return Err(Error::AmendmentInvalid.into());
    }
    check_asked(&tx, &row, body.kind, Asker::Holder).await?;
    let today = office_time::day(tx.now());
    let deem_after = row
        .valid_until
        .filter(|until| body.kind == LicenceChangeKind::Renew && is_in_time(today, *until));
    let asked = Asked {
        reason: words(body.reason)?,
        ..Asked::default()
    };
    let mut change = new_change(&tx, &row, body.kind, &asked)?;
    change.by_holder = true;
    change.deem_after = deem_after;
    store::change::insert(tx.conn(), change).await?;
    let row = touch(&mut tx, row, "licence.change.asked").await?;
    let view = full(app, tx.conn(), &row, Eyes::Holder, tx.now()).await?;
    tx.commit(&view).await?;
    Ok(view)
}

/// The holder takes back what he asked for, as long as nobody has decided it.
pub(crate) async fn take_back(
    app: &App,
    ctx: &Ctx<LicenceOwn>,
    id: Uuid,
    body: TakeBackChange,
) -> Result<LicenceView, Fault> {
    let holders = holders(app, ctx).await?;
    let mut tx = ctx.begin().await?;
    let row = taken(&tx, &Within::Holders(&holders), id, body.row_version).await?;
    let change = store::change::open(tx.conn(), row.id).await?;
    let mut change = change
        .filter(|change| change.by_holder)
        .ok_or(Error::NothingToTakeBack)?;
    ChangeState::Withdrawn
        .as_str()
        .clone_into(&mut change.state);
    change.deem_after = None;
    change.decided_at = Some(tx.now());
    store::change::update(tx.conn(), change).await?;
    let row = touch(&mut tx, row, "licence.change.withdrawn").await?;
    let view = full(app, tx.conn(), &row, Eyes::Holder, tx.now()).await?;
    tx.commit(&view).await?;
    Ok(view)
}

/// The organ proposes; the holder gets a notice and time to answer.
pub(crate) async fn propose(
    app: &App,
    ctx: &Ctx<LicencePropose>,
    id: Uuid,
    body: ProposeChange,
) -> Result<LicenceView, Fault> {
    let within = Within::Scope(ctx.scope());
    let holder = accounts(app, &ctx.read(), &within, id).await?;
    let mut tx = ctx.begin().await?;
    let row = taken(&tx, &within, id, body.row_version).await?;
    check_asked(&tx, &row, body.kind, Asker::Organ).await?;
    if !(LEAST_DAYS..=MOST_DAYS).contains(&body.answer_days) {
        return Err(Error::WrongTerm {
            least: LEAST_DAYS,
            most: MOST_DAYS,
        }
        .into());
    }
    let asked = Asked {
        reason: words(body.reason)?,
        basis: words(body.basis)?,
        ..Asked::default()
    };
    let mut change = new_change(&tx, &row, body.kind, &asked)?;
    change.answer_until =
        office_time::day(tx.now()).checked_add_days(Days::new(u64::from(body.answer_days)));
    store::change::insert(tx.conn(), change.clone()).await?;
    let row = touch(&mut tx, row, "licence.change.proposed").await?;
    say_change(&mut tx, &row, &change, holder, "licence.change.proposed")?;
    let view = full(app, tx.conn(), &row, Eyes::Staff, tx.now()).await?;
    tx.commit(&view).await?;
    Ok(view)
}

/// The holder answers a notice.
pub(crate) async fn answer(
    app: &App,
    ctx: &Ctx<LicenceOwn>,
    id: Uuid,
    body: AnswerChange,
) -> Result<LicenceView, Fault> {
    let holders = holders(app, ctx).await?;
    let mut tx = ctx.begin().await?;
    let row = found(&tx, &Within::Holders(&holders), id).await?;
    let change = store::change::open(tx.conn(), row.id).await?;
    let mut change = change
        .filter(|change| !change.by_holder && change.answered_at.is_none())
        .ok_or(Error::NothingToAnswer)?;
    if change
        .answer_until
        .is_some_and(|until| until < office_time::day(tx.now()))
    {
        return Err(Error::AnswerTooLate.into());
    }
    let said = words(body.statement)?;
    change.answer = Some(tx.sealer().seal_text(sealed::ANSWER, change.id, &said)?);
    change.answered_at = Some(tx.now());
    store::change::update(tx.conn(), change).await?;
    let row = touch(&mut tx, row, "licence.change.answered").await?;
    let view = full(app, tx.conn(), &row, Eyes::Holder, tx.now()).await?;
    tx.commit(&view).await?;
    Ok(view)
}

/// A second person decides, and what he grants is done at once.
pub(crate) async fn decide(
    app: &App,
    ctx: &Ctx<LicenceDecide>,
    id: Uuid,
    body: DecideChange,
) -> Result<LicenceView, Fault> {
    let within = Within::Scope(ctx.scope());
    let holder = accounts(app, &ctx.read(), &within, id).await?;
    let mut tx = ctx.begin().await?;
    let row = found(&tx, &within, id).await?;
    let change = store::change::open(tx.conn(), row.id).await?;
    let mut change = change.ok_or(Error::NothingToDecide)?;
    let hearing = Hearing {
        state: ChangeState::Open,
        same_person: change.asker_id == tx.actor().id.0,
        answer_until: change.answer_until,
        answered: change.answered_at.is_some(),
    };
    may_decide(hearing, office_time::day(tx.now())).map_err(|why| not_yet(why, &change))?;
    if body.granted {
        check_in_force(&row, &change, office_time::day(tx.now()))?;
    }
    let reason = words(body.reason)?;
    close(&tx, &mut change, body.granted, &reason)?;
    store::change::update(tx.conn(), change.clone()).await?;
    let row = if body.granted {
        let row = touch(&mut tx, row, "licence.change.granted").await?;
        say_change(&mut tx, &row, &change, holder, "licence.change.granted")?;
        carry_out(
            app,
            &mut tx,
            row,
            &change,
            Detail {
                reason,
                ..Detail::default()
            },
        )
        .await?
    } else {
        let row = touch(&mut tx, row, "licence.change.rejected").await?;
        say_change(&mut tx, &row, &change, holder, "licence.change.rejected")?;
        row
    };
    let view = full(app, tx.conn(), &row, Eyes::Staff, tx.now()).await?;
    tx.commit(&view).await?;
    Ok(view)
}

/// Why a change cannot be decided now, as it is told.
fn not_yet(why: NotYet, change: &change::Model) -> Error {
    match why {
        NotYet::Decided => Error::NothingToDecide,
        NotYet::SamePerson => Error::SamePerson,
        NotYet::HolderNotHeard if change.by_holder => Error::ProofAwaited {
            until: change
                .answer_until
                .map_or_else(String::new, |day| day.to_string()),
        },
        NotYet::HolderNotHeard => Error::HolderNotHeard,
    }
}

/// A new version takes the place of what is in force: what has run out meanwhile has none.
fn check_in_force(
    row: &licence::Model,
    change: &change::Model,
    today: NaiveDate,
) -> Result<(), Fault> {
    let makes_new = [LicenceChangeKind::Replace, LicenceChangeKind::Amend]
        .iter()
        .any(|kind| kind.as_str() == change.kind);
    if makes_new && row.valid_until.is_some_and(|until| until < today) {
        return Err(Error::NotInForce.into());
    }
    Ok(())
}

/// Writes a decision into a change.
pub(crate) fn close(
    tx: &Tx,
    change: &mut change::Model,
    granted: bool,
    reason: &str,
) -> Result<(), Fault> {
    let state = if granted {
        ChangeState::Granted
    } else {
        ChangeState::Rejected
    };
    state.as_str().clone_into(&mut change.state);
    change.decider_id = Some(tx.actor().id.0);
    change.decider_name = Some(tx.actor().name.clone());
    change.decided_at = Some(tx.now());
    change.decision = Some(tx.sealer().seal_text(sealed::DECISION, change.id, reason)?);
    Ok(())
}

pub(super) async fn found(tx: &Tx, within: &Within<'_>, id: Uuid) -> Result<licence::Model, Fault> {
    let row = store::licence::take(tx.conn(), within, id).await?;
    Ok(row.ok_or(Error::LicenceNotFound)?)
}

pub(super) async fn taken(
    tx: &Tx,
    within: &Within<'_>,
    id: Uuid,
    row_version: i64,
) -> Result<licence::Model, Fault> {
    let row = found(tx, within, id).await?;
    if row.row_version == row_version {
        return Ok(row);
    }
    Err(Error::StaleLicence {
        by: row.changed_by.clone(),
        at: row
            .changed_at
            .to_rfc3339_opts(chrono::SecondsFormat::Secs, true),
    }
    .into())
}

pub(super) async fn check_asked(
    tx: &Tx,
    row: &licence::Model,
    kind: LicenceChangeKind,
    asker: Asker,
) -> Result<(), Fault> {
    let state =
        LicenceState::parse(&row.state).ok_or_else(|| Fault::internal("a licence in no state"))?;
    let standing = standing(state, row.valid_until, office_time::day(tx.now()));
    let today = office_time::day(tx.now());
    let from = row.valid_until.map(renewable_from);
    if kind == LicenceChangeKind::Renew
        && let Some(from) = from.filter(|from| today < *from)
    {
        return Err(Error::RenewalTooEarly {
            from: from.to_string(),
        }
        .into());
    }
    if !may_ask(kind, asker, standing, from.is_some()) {
        return Err(Error::ChangeNotPossible.into());
    }
    if store::change::open(tx.conn(), row.id).await?.is_some() {
        return Err(Error::ChangeOpen.into());
    }
    Ok(())
}

pub(super) fn new_change(
    tx: &Tx,
    row: &licence::Model,
    kind: LicenceChangeKind,
    asked: &Asked,
) -> Result<change::Model, Fault> {
    let id = tx.new_id();
    Ok(change::Model {
        id,
        licence_id: row.id,
        kind: kind.as_str().to_owned(),
        state: ChangeState::Open.as_str().to_owned(),
        by_holder: false,
        asker_id: tx.actor().id.0,
        asker_name: tx.actor().name.clone(),
        asked_at: tx.now(),
        detail: tx.sealer().seal_json(sealed::CHANGE_DETAIL, id, asked)?,
        answer_until: None,
        answer: None,
        answered_at: None,
        deem_after: None,
        due_on: None,
        yellow_from: None,
        decider_id: None,
        decider_name: None,
        decided_at: None,
        decision: None,
    })
}

/// Raises the version of the licence's row, since its page shows something new.
pub(super) async fn touch(
    tx: &mut Tx,
    mut row: licence::Model,
    done: &'static str,
) -> Result<licence::Model, Fault> {
    row.row_version += 1;
    row.changed_at = tx.now();
    row.changed_by.clone_from(&tx.actor().name);
    store::licence::update(tx.conn(), row.clone()).await?;
    tx.done(done, "licence", row.id);
    Ok(row)
}

pub(super) fn words(text: String) -> Result<String, Error> {
    let text = text.trim();
    if text.is_empty() {
        return Err(Error::WordsMissing);
    }
    if text.chars().count() > MOST_WORDS {
        return Err(Error::WordsTooLong { max: MOST_WORDS });
    }
    Ok(text.to_owned())
}
