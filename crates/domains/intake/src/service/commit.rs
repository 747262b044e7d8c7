//! Signing a promise (告知承诺) in a draft, and the holder's statement on a revocation.

use serde::Deserialize;
use tb_contract::access::ApplicationWrite;
use tb_contract::events::{SignedCommitment, StatementMade};
use tb_contract::item::{CommitmentRule, ItemDocument, SituationAnswers};
use tb_http::Ctx;
use tb_kernel::{ApplicationId, Fault, office_time};
use tb_storage::{Conn, StorageError, Tx};
use utoipa::ToSchema;

use super::counter::hand;
use super::write::{
    Entry, SELF, announce, expect_himself, expect_thawed, expect_version, held, notify, record,
    save, touch,
};
use crate::app::App;
use crate::error::{Error, with_fields};
use crate::model::Editing;
use crate::model::commitment::{faults, is_his_name, standing_for};
use crate::sealed::{self, SIGNER};
use crate::sentence::named;
use crate::store;
use crate::store::application::Application;
use crate::store::commitment::Commitment;
use crate::store::material::Material;
use crate::view::{ApplicationView, present, view};

/// Longest statement.
const MAX_STATEMENT: usize = 2_000;

/// What is promised; nothing takes a promise back.
#[derive(Debug, Deserialize, ToSchema)]
pub struct SignCommitment {
    /// Version that the page has.
    pub version: i64,
    /// Whether the promise stands for the whole item.
    pub whole: bool,
    /// Requirement ids of the materials whose place it takes.
    pub materials: Vec<String>,
    /// The name of whoever signs, written by himself; not asked for where nothing is promised.
    #[serde(default)]
    pub signature: String,
}

/// The holder's statement (陈述申辩).
#[derive(Debug, Deserialize, ToSchema)]
pub struct MakeStatement {
    /// Version that the page has.
    pub version: i64,
    /// What he says.
    pub statement: String,
}

/// Keeps the promise of a draft as it was signed, or takes it back.
pub(crate) async fn sign<P>(
    app: &App,
    ctx: &Ctx<P>,
    id: ApplicationId,
    body: SignCommitment,
) -> Result<ApplicationView, Fault> {
    let mut tx = ctx.begin().await?;
    let mut row = held(&tx, ctx, id).await?;
    expect_himself(&row, ctx.actor().id)?;
    expect_version(&row, body.version, ctx.locale())?;
    expect_thawed(&row)?;
    if sealed::editing(tx.sealer(), &row)? != Editing::All {
        return Err(Error::NotDraft.into());
    }
    let item = app.item_of(tx.conn(), &row).await?;
    let answers: SituationAnswers =
        serde_json::from_str(&row.situation_answers).map_err(Fault::internal)?;
    store::commitment::delete(tx.conn(), row.id).await?;
    if body.whole || !body.materials.is_empty() {
        expect_unbarred(&tx, &row).await?;
        let wrong = faults(&item, &answers, body.whole, &body.materials);
        let (Some(rule), true) = (&item.commitment, wrong.is_empty()) else {
            return Err(with_fields(Error::ApplicationInvalid, wrong));
        };
        let promise = signed(&tx, ctx, &row, rule, &body)?;
        store::commitment::insert(tx.conn(), promise).await?;
        tx.done("intake.application.commitment_signed", "application", id);
    } else {
        tx.done("intake.application.commitment_dropped", "application", id);
    }
    touch(&mut row, hand(ctx), tx.now());
    save(&tx, &row).await?;
    let answer = view(app, ctx, tx.conn(), &row).await?;
    tx.commit(&answer).await?;
    Ok(answer)
}

fn signed<P>(
    tx: &Tx,
    ctx: &Ctx<P>,
    row: &Application,
    rule: &CommitmentRule,
    body: &SignCommitment,
) -> Result<Commitment, Fault> {
    let who = sealed::applicant(tx.sealer(), row)?;
    let name = if who.agent_name.is_empty() {
        who.name
    } else {
        who.agent_name
    };
    if !is_his_name(&body.signature, &name) {
        return Err(Error::SignatureWrong.into());
    }
    let id = tx.new_id();
    let words = rule.words(body.whole);
    Ok(Commitment {
        id,
        application_id: row.id,
        whole: body.whole,
        materials: serde_json::to_string(&body.materials).map_err(Fault::internal)?,
        signer_id: ctx.actor().id.0,
        signer: tx.sealer().seal_text(SIGNER, id, &name)?,
        signed_at: tx.now(),
        told: words.told,
        promised: words.promised,
    })
}

/// Refuses a promise of somebody who is barred from them.
async fn expect_unbarred(tx: &Tx, row: &Application) -> Result<(), Fault> {
    let today = office_time::day(tx.now());
    match store::commitment::bar(tx.conn(), &row.applicant_id_bidx, today).await? {
        None => Ok(()),
        Some(bar) => Err(Error::CommitmentBarred {
            until: bar.until_on.to_string(),
            office: bar.office,
        }
        .into()),
    }
}

/// The promise as it counts now; none where every material of it is there.
pub(crate) async fn counting(
    conn: &Conn,
    row: &Application,
    item: &ItemDocument,
    materials: &[Material],
) -> Result<Option<(Commitment, Vec<String>)>, StorageError> {
    if item.commitment.is_none() {
        return Ok(None);
    }
    let Some(promise) = store::commitment::find(conn, row.id).await? else {
        return Ok(None);
    };
    let answers: SituationAnswers = serde_json::from_str(&row.situation_answers)?;
    let chosen: Vec<String> = serde_json::from_str(&promise.materials)?;
    let ids = standing_for(item, &answers, &chosen, &present(materials));
    let whole = promise.whole && item.commitment.as_ref().is_some_and(|rule| rule.whole);
    Ok((whole || !ids.is_empty()).then_some((promise, ids)))
}

/// The promise as it is handed in: whoever is barred by now has to take it back.
pub(crate) async fn handed_in(
    tx: &Tx,
    row: &Application,
    counting: Option<(Commitment, Vec<String>)>,
) -> Result<Option<SignedCommitment>, Fault> {
    let Some((promise, materials)) = counting else {
        return Ok(None);
    };
    expect_unbarred(tx, row).await?;
    Ok(Some(SignedCommitment {
        whole: promise.whole,
        materials,
        signer: tx.sealer().open_text(SIGNER, promise.id, &promise.signer)?,
        signed_at: promise.signed_at,
        told: promise.told,
        promised: promise.promised,
    }))
}

/// Takes the holder's statement on a revocation that is meant.
pub(crate) async fn state(
    app: &App,
    ctx: &Ctx<ApplicationWrite>,
    id: ApplicationId,
    body: MakeStatement,
) -> Result<ApplicationView, Fault> {
    let statement = body.statement.trim().to_owned();
    if statement.is_empty() || statement.chars().count() > MAX_STATEMENT {
        return Err(Error::ReasonInvalid { max: MAX_STATEMENT }.into());
    }
    let mut tx = ctx.begin().await?;
    let mut row = held(&tx, ctx, id).await?;
    let today = office_time::day(tx.now());
    if row.answer_until.is_none_or(|until| until < today) {
        return Err(Error::NothingToState.into());
    }
    expect_version(&row, body.version, ctx.locale())?;
    row.answer_until = None;
    announce(
        &mut tx,
        &mut row,
        "intake.application.stated",
        |version, number| StatementMade {
            case_number: number.to_owned(),
            version,
            statement: statement.clone(),
        },
    )?;
    let now = tx.now();
    record(&tx, &mut row, Entry::own("stated", now, &statement)).await?;
    notify(&tx, &row, "stated", &named(&row)).await?;
    touch(&mut row, SELF, now);
    save(&tx, &row).await?;
    tx.done("intake.application.stated", "application", id);
    let answer = view(app, ctx, tx.conn(), &row).await?;
    tx.commit(&answer).await?;
    app.tell(row.account_id, row.id);
    Ok(answer)
}
