//! A co-applicant signs by writing his own name, or declines with a reason.

use serde::Deserialize;
use tb_contract::access::ApplicationWrite;
use tb_http::Ctx;
use tb_kernel::{ApplicationId, Fault, office_time};
use tb_storage::{Tracked, Tx};
use utoipa::ToSchema;

use super::ask::days;
use super::{Party, party, words};
use crate::app::App;
use crate::error::Error;
use crate::model::State;
use crate::model::commitment::is_his_name;
use crate::model::signing::{SignerState, SigningState, is_complete};
use crate::sealed::{self, CO_REASON, CO_SIGNATURE};
use crate::service::write::{notify, save};
use crate::store;
use crate::store::application::Application;
use crate::store::signing::{CoApplicant, Signing};
use crate::view::signature::{SignatureView, signature};

/// Longest reason.
const MAX_REASON: usize = 500;

/// A signature.
#[derive(Debug, Deserialize, ToSchema)]
pub struct SignApplication {
    /// What the page showed.
    pub digest: String,
    /// The name of whoever signs, written by himself.
    pub signature: String,
}

/// A refusal to sign.
#[derive(Debug, Deserialize, ToSchema)]
pub struct DeclineSignature {
    /// Why; the applicant reads it.
    pub reason: String,
}

/// The answer to a refusal: there is nothing to see any more.
#[derive(Debug, serde::Serialize, ToSchema)]
pub struct SignatureDeclined {
    /// Id of the application.
    pub id: ApplicationId,
}

/// What somebody who is asked to sign acts upon.
struct Asked {
    row: Tracked<Application>,
    mine: CoApplicant,
    request: Signing,
    party: Party,
}

/// Signs.
pub(crate) async fn sign(
    app: &App,
    ctx: &Ctx<ApplicationWrite>,
    id: ApplicationId,
    body: SignApplication,
) -> Result<SignatureView, Fault> {
    let party = party(app, ctx).await?.ok_or(Error::ApplicationNotFound)?;
    let mut tx = ctx.begin().await?;
    let Asked {
        mut row,
        mine,
        mut request,
        party,
    } = asked(&tx, id, party).await?;
    if SignerState::parse(&mine.state) == SignerState::Signed {
        return Err(Error::SignedAlready.into());
    }
    if request.digest != body.digest {
        return Err(Error::SigningChanged.into());
    }
    if !is_his_name(&body.signature, &party.name) {
        return Err(Error::SignatureWrong.into());
    }
    let person = sealed::co_applicant(tx.sealer(), &mine)?;
    if !is_his_name(&person.name, &party.named) {
        return Err(Error::SignerNamedWrong { name: person.name }.into());
    }
    let written = body.signature.trim();
    let mine = CoApplicant {
        account_id: Some(ctx.actor().id.0),
        state: SignerState::Signed.as_str().to_owned(),
        signature: Some(tx.sealer().seal_text(CO_SIGNATURE, mine.id, written)?),
        digest: Some(request.digest.clone()),
        signed_at: Some(tx.now()),
        ..mine
    };
    store::signing::save_one(tx.conn(), mine.clone()).await?;
    let those = store::signing::all(tx.conn(), row.id).await?;
    let states: Vec<SignerState> = those
        .iter()
        .map(|one| SignerState::parse(&one.state))
        .collect();
    if is_complete(&states) {
        SigningState::Complete
            .as_str()
            .clone_into(&mut request.state);
        // The applicant has the term once more, for his own part.
        let item = app.item_of(tx.conn(), &row).await?;
        (request.until_on, request.remind_on) = (days(app, &tx, &row, &item).await?.0, None);
        row.signing_until = Some(request.until_on);
        save(&tx, &row).await?;
        store::signing::save(tx.conn(), request).await?;
        notify(&tx, &row, "signatures_complete", &words(&row, "", "")).await?;
    }
    tx.done("intake.application.signed", "application", id);
    let answer = signature(app, ctx, tx.conn(), &row, &mine).await?;
    tx.commit(&answer).await?;
    app.tell(row.account_id, row.id);
    Ok(answer)
}

/// Declines, or takes a signature back before the hand-in: from now on he sees nothing of it.
pub(crate) async fn decline(
    app: &App,
    ctx: &Ctx<ApplicationWrite>,
    id: ApplicationId,
    body: DeclineSignature,
) -> Result<SignatureDeclined, Fault> {
    let party = party(app, ctx).await?.ok_or(Error::ApplicationNotFound)?;
    let mut tx = ctx.begin().await?;
    let Asked {
        row,
        mine,
        mut request,
        ..
    } = asked(&tx, id, party).await?;
    if sealed::state(&row)? != State::Draft {
        return Err(Error::SignedAlready.into());
    }
    let reason = body.reason.trim().to_owned();
    if reason.is_empty() || reason.chars().count() > MAX_REASON {
        return Err(Error::ReasonInvalid { max: MAX_REASON }.into());
    }
    let person = sealed::co_applicant(tx.sealer(), &mine)?;
    let mine = CoApplicant {
        account_id: Some(ctx.actor().id.0),
        state: SignerState::Declined.as_str().to_owned(),
        signature: None,
        digest: None,
        signed_at: None,
        reason: Some(tx.sealer().seal_text(CO_REASON, mine.id, &reason)?),
        ..mine
    };
    store::signing::save_one(tx.conn(), mine).await?;
    SigningState::Open.as_str().clone_into(&mut request.state);
    store::signing::save(tx.conn(), request).await?;
    let told = words(&row, &person.name, &reason);
    notify(&tx, &row, "signature_declined", &told).await?;
    tx.done("intake.application.signature_declined", "application", id);
    let answer = SignatureDeclined { id };
    tx.commit(&answer).await?;
    app.tell(row.account_id, row.id);
    Ok(answer)
}

/// The request that was made to this co-applicant, held until the transaction ends: whoever takes it back
/// at the same moment comes before or after.
async fn asked(tx: &Tx, id: ApplicationId, party: Party) -> Result<Asked, Fault> {
    let row = store::application::any_locked(tx.conn(), id.0).await?;
    let mine = store::signing::of_number(tx.conn(), id.0, &party.number).await?;
    let (Some(row), Some(mine)) = (row, mine) else {
        return Err(Error::ApplicationNotFound.into());
    };
    let request = store::signing::find(tx.conn(), id.0).await?;
    let request = request.ok_or(Error::ApplicationNotFound)?;
    if request.until_on < office_time::day(tx.now()) {
        return Err(Error::SigningOver.into());
    }
    Ok(Asked {
        row,
        mine,
        request,
        party,
    })
}
