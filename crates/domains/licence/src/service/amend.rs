//! 变更: the holder asks that his licence say something else and brings the proof; the organ may ask once for
//! what is missing, and decides within its term. Nothing is ever deemed granted here.

use chrono::{Days, NaiveDate};
use serde::{Deserialize, Serialize};
use tb_calendar::Calendar;
use tb_contract::access::{LicenceOwn, LicencePropose};
use tb_contract::events::LetterFile;
use tb_http::{Ctx, Enclosed, FileAnswer, keep_for_letter};
use tb_kernel::{AccountId, Fault, office_time};
use tb_storage::{Conn, Tx};
use utoipa::ToSchema;
use uuid::Uuid;

use super::change::{check_asked, found, new_change, taken, touch, words};
use super::mine::holders;
use super::record::{accounts, say_change};
use crate::app::App;
use crate::entity::{change, licence};
use crate::error::Error;
use crate::model::amend::{AmendedLine, NewLine, amendable, amended, decide_term};
use crate::model::change::{Asker, LEAST_DAYS, LicenceChangeKind, MOST_DAYS};
use crate::model::document::TypeDocument;
use crate::sealed::{self, Asked, Proof, Returned};
use crate::store;
use crate::store::licence::Within;
use crate::view::{Eyes, LicenceView, full};

/// What the face shall say.
#[derive(Debug, Deserialize, ToSchema)]
pub struct AskAmendment {
    /// Version of the licence's row that was read.
    pub row_version: i64,
    /// The lines that change.
    pub face: Vec<NewLine>,
    /// Why.
    pub reason: String,
    /// What the files are, one name for each in their order.
    #[serde(default)]
    pub proofs: Vec<String>,
}

/// What was missing.
#[derive(Debug, Deserialize, ToSchema)]
pub struct SupplyProof {
    /// What is said to it.
    pub statement: String,
    /// What the files are, one name for each in their order.
    #[serde(default)]
    pub proofs: Vec<String>,
}

/// The organ asks for what is missing.
#[derive(Debug, Deserialize, ToSchema)]
pub struct ReturnChange {
    /// Version of the licence's row that was read.
    pub row_version: i64,
    /// What is missing, all of it: it is asked for once.
    pub missing: String,
    /// Natural days that the holder has, from the day after.
    pub answer_days: u32,
}

/// What a change of the face asks for, in the clear.
#[derive(Debug, Serialize, ToSchema)]
pub struct AmendmentView {
    /// The lines.
    pub face: Vec<AmendedLine>,
}

/// Lets a request in before a byte of it is read.
pub(crate) async fn admit(app: &App, ctx: &Ctx<LicenceOwn>, id: Uuid) -> Result<(), Fault> {
    let holders = holders(app, ctx).await?;
    let row = store::licence::find(&ctx.read(), &Within::Holders(&holders), id).await?;
    row.map(|_| ()).ok_or(Error::LicenceNotFound.into())
}

/// The holder asks, with his proof.
pub(crate) async fn ask(
    app: &App,
    ctx: &Ctx<LicenceOwn>,
    id: Uuid,
    body: AskAmendment,
    files: Vec<Enclosed>,
) -> Result<LicenceView, Fault> {
    let holders = holders(app, ctx).await?;
    check_proofs(&body.proofs, &files)?;
    let within = Within::Holders(&holders);
    let accounts = accounts(app, &ctx.read(), &within, id).await?;
    keep_for_letter(app.store(), &files, async |kept| {
        let tx = ctx.begin().await?;
        let row = taken(&tx, &within, id, body.row_version).await?;
        check_asked(&tx, &row, LicenceChangeKind::Amend, Asker::Holder).await?;
        let document = document(tx.conn(), &row.type_code).await?;
        let said = sealed::statement(tx.sealer(), &row)?;
        let lines = amendable(&said, &document);
        let amended = amended(&lines, &body.face, &body.proofs)
            .map_err(|found| Fault::fields(Fault::from(Error::AmendmentInvalid).code, found))?;
        let asked = Asked {
            reason: words(body.reason)?,
            amended,
            proofs: named(&body.proofs, kept),
            ..Asked::default()
        };
        let mut change = new_change(&tx, &row, LicenceChangeKind::Amend, &asked)?;
        change.by_holder = true;
        start_term(&tx, &mut change, &row, office_time::day(tx.now())).await?;
        store::change::insert(tx.conn(), change.clone()).await?;
        told(app, tx, row, (&change, accounts), "licence.change.asked").await
    })
    .await
}

/// The holder brings what was missing; the term begins anew.
pub(crate) async fn supply(
    app: &App,
    ctx: &Ctx<LicenceOwn>,
    id: Uuid,
    body: SupplyProof,
    files: Vec<Enclosed>,
) -> Result<LicenceView, Fault> {
    let holders = holders(app, ctx).await?;
    check_proofs(&body.proofs, &files)?;
    let within = Within::Holders(&holders);
    let accounts = accounts(app, &ctx.read(), &within, id).await?;
    keep_for_letter(app.store(), &files, async |kept| {
        let tx = ctx.begin().await?;
        let row = found(&tx, &within, id).await?;
        let mut change = waiting(&tx, &row)
            .await?
            .filter(|change| change.answer_until.is_some() && change.answered_at.is_none())
            .ok_or(Error::NothingToSupply)?;
        let today = office_time::day(tx.now());
        if change.answer_until.is_some_and(|until| until < today) {
            return Err(Error::AnswerTooLate.into());
        }
        let statement = words(body.statement)?;
        let mut asked = sealed::asked(tx.sealer(), &change)?;
        asked.proofs.extend(named(&body.proofs, kept));
        let sealer = tx.sealer();
        change.detail = sealer.seal_json(sealed::CHANGE_DETAIL, change.id, &asked)?;
        change.answer = Some(sealer.seal_text(sealed::ANSWER, change.id, &statement)?);
        change.answered_at = Some(tx.now());
        start_term(&tx, &mut change, &row, today).await?;
        store::change::update(tx.conn(), change.clone()).await?;
        told(app, tx, row, (&change, accounts), "licence.change.supplied").await
    })
    .await
}

/// The organ asks for what is missing, once; its term begins anew when that is there, or is waited for no more.
pub(crate) async fn send_back(
    app: &App,
    ctx: &Ctx<LicencePropose>,
    id: Uuid,
    body: ReturnChange,
) -> Result<LicenceView, Fault> {
    let within = Within::Scope(ctx.scope());
    let holder = accounts(app, &ctx.read(), &within, id).await?;
    let mut tx = ctx.begin().await?;
    let row = taken(&tx, &within, id, body.row_version).await?;
    let mut change = waiting(&tx, &row)
        .await?
        .filter(|change| change.answer_until.is_none())
        .ok_or(Error::NothingToReturn)?;
    if !(LEAST_DAYS..=MOST_DAYS).contains(&body.answer_days) {
        return Err(Error::WrongTerm {
            least: LEAST_DAYS,
            most: MOST_DAYS,
        }
        .into());
    }
    let until = office_time::day(tx.now()).checked_add_days(Days::new(u64::from(body.answer_days)));
    let mut asked = sealed::asked(tx.sealer(), &change)?;
    asked.returned = Some(Returned {
        missing: words(body.missing)?,
        at: tx.now(),
        by: tx.actor().name.clone(),
    });
    change.detail = tx
        .sealer()
        .seal_json(sealed::CHANGE_DETAIL, change.id, &asked)?;
    change.answer_until = until;
    let from = until.unwrap_or(office_time::day(tx.now()));
    start_term(&tx, &mut change, &row, from).await?;
    store::change::update(tx.conn(), change.clone()).await?;
    let row = touch(&mut tx, row, "licence.change.returned").await?;
    say_change(&mut tx, &row, &change, holder, "licence.change.returned")?;
    let view = full(app, tx.conn(), &row, Eyes::Staff, tx.now()).await?;
    tx.commit(&view).await?;
    Ok(view)
}

/// What the open change of the face asks for, in the clear; that it was read is recorded.
pub(crate) async fn read(
    app: &App,
    ctx: &Ctx<LicencePropose>,
    id: Uuid,
) -> Result<AmendmentView, Fault> {
    let conn = ctx.read();
    let row = store::licence::find(&conn, &Within::Scope(ctx.scope()), id).await?;
    let row = row.ok_or(Error::LicenceNotFound)?;
    let change = store::change::open(&conn, row.id).await?;
    let change = change.filter(is_amendment).ok_or(Error::NothingToDecide)?;
    let asked = sealed::asked(app.store().sealer(), &change)?;
    ctx.record_read("licence_change", change.id).await?;
    Ok(AmendmentView {
        face: asked.amended,
    })
}

/// A paper that the holder brought, for himself.
pub(crate) async fn own_proof(
    app: &App,
    ctx: &Ctx<LicenceOwn>,
    id: Uuid,
    file: Uuid,
) -> Result<FileAnswer, Fault> {
    let holders = holders(app, ctx).await?;
    proof(app, &ctx.read(), &Within::Holders(&holders), id, file).await
}

/// The same for the organ: that it was read is recorded.
pub(crate) async fn staff_proof(
    app: &App,
    ctx: &Ctx<LicencePropose>,
    id: Uuid,
    file: Uuid,
) -> Result<FileAnswer, Fault> {
    let answer = proof(app, &ctx.read(), &Within::Scope(ctx.scope()), id, file).await?;
    ctx.record_read("licence_proof", file).await?;
    Ok(answer)
}

async fn proof(
    app: &App,
    conn: &Conn,
    within: &Within<'_>,
    id: Uuid,
    file: Uuid,
) -> Result<FileAnswer, Fault> {
    let row = store::licence::find(conn, within, id).await?;
    let row = row.ok_or(Error::LicenceNotFound)?;
    for change in store::change::of_licence(conn, row.id).await? {
        let asked = sealed::asked(app.store().sealer(), &change)?;
        let mut proofs = asked.proofs.into_iter().map(|proof| proof.file);
        if let Some(kept) = proofs.find(|one| one.id == file) {
            let content = app.store().blobs().open_file(&kept.blob()).await?;
            return Ok(FileAnswer {
                content: content.ok_or(Error::ProofNotFound)?,
                name: kept.file_name,
                media_type: kept.media_type,
            });
        }
    }
    Err(Error::ProofNotFound.into())
}

fn is_amendment(change: &change::Model) -> bool {
    change.kind == LicenceChangeKind::Amend.as_str()
}

/// The open change of the face.
async fn waiting(tx: &Tx, row: &licence::Model) -> Result<Option<change::Model>, Fault> {
    let change = store::change::open(tx.conn(), row.id).await?;
    Ok(change.filter(is_amendment))
}

/// The template of today.
pub(crate) async fn document(conn: &Conn, type_code: &str) -> Result<TypeDocument, Fault> {
    let kind = store::kind::find(conn, type_code).await?;
    let kind = kind.ok_or_else(|| Fault::internal("a licence of no type"))?;
    serde_json::from_str(&kind.document).map_err(Fault::internal)
}

async fn start_term(
    tx: &Tx,
    change: &mut change::Model,
    row: &licence::Model,
    from: NaiveDate,
) -> Result<(), Fault> {
    let document = document(tx.conn(), &row.type_code).await?;
    let calendar = match store::calendar::Calendars::newest(tx.conn()).await? {
        Some(known) => Calendar::new(known),
        None => Calendar::embedded(),
    };
    let calendar = calendar.map_err(Fault::internal)?;
    let term = decide_term(&calendar, &document, from, &row.region).map_err(Fault::internal)?;
    change.due_on = Some(term.due);
    change.yellow_from = Some(term.yellow_from);
    Ok(())
}

/// Ends what the holder did.
async fn told(
    app: &App,
    mut tx: Tx,
    row: licence::Model,
    (change, accounts): (&change::Model, Vec<AccountId>),
    done: &'static str,
) -> Result<LicenceView, Fault> {
    let row = touch(&mut tx, row, done).await?;
    say_change(&mut tx, &row, change, accounts, done)?;
    let view = full(app, tx.conn(), &row, Eyes::Holder, tx.now()).await?;
    tx.commit(&view).await?;
    Ok(view)
}

/// Every file has a name, and no name is without its file.
fn check_proofs(names: &[String], files: &[Enclosed]) -> Result<(), Error> {
    if names.len() == files.len() {
        Ok(())
    } else {
        Err(Error::AmendmentInvalid)
    }
}

fn named(names: &[String], files: Vec<LetterFile>) -> Vec<Proof> {
    let pairs = names.iter().zip(files);
    pairs
        .map(|(name, file)| Proof {
            name: name.clone(),
            file,
        })
        .collect()
}
