//! Signatures of co-applicants (共同申请人签署): named and asked for in a draft, which is frozen while
//! they sign; each signs what will be handed in, and nothing is handed in before all have.

pub(crate) mod ask;
pub(crate) mod due;
pub(crate) mod hand_in;
pub(crate) mod name;
pub(crate) mod read;
pub(crate) mod sign;
pub(crate) mod tell;

use tb_contract::item::{CoApplicantRule, ItemDocument};
use tb_http::Ctx;
use tb_kernel::{AccountKind, Fault};
use tb_storage::{Sealer, StorageError, Tracked, Tx};

use crate::app::App;
use crate::error::Error;
use crate::model::signing::{SignerState, SigningState, key};
use crate::sealed::CO_NUMBER;
use crate::sentence::{Args, args};
use crate::service::write::send;
use crate::store;
use crate::store::application::Application;
use crate::store::signing::CoApplicant;

/// By what a caller is found among co-applicants, asked of identity at each call: an agent who has left
/// an enterprise signs for it no longer.
pub(crate) struct Party {
    /// Blind index of his number, or of his enterprise's.
    pub number: Vec<u8>,
    /// His own name, which he signs by.
    pub name: String,
    /// The name that the applicant has to have entered: his, or his enterprise's.
    pub named: String,
}

/// The caller as a co-applicant; none where he has no number that one could be named by.
pub(crate) async fn party<P>(app: &App, ctx: &Ctx<P>) -> Result<Option<Party>, Fault> {
    let organisation = match ctx.actor().kind {
        AccountKind::Person => false,
        AccountKind::EnterpriseAgent => true,
        _ => return Ok(None),
    };
    let Some(profile) = app.applicants().profile(ctx.actor().id).await? else {
        return Ok(None);
    };
    let (number, named) = if organisation {
        (profile.credit_code, profile.enterprise_name)
    } else {
        (profile.citizen_id, profile.name.clone())
    };
    Ok((!number.is_empty()).then(|| Party {
        number: index(ctx.store().sealer(), &key(&number, organisation)),
        name: profile.name,
        named,
    }))
}

/// The index of the words that a co-applicant is found by.
fn index(sealer: &Sealer, key: &str) -> Vec<u8> {
    sealer.blind_index(CO_NUMBER, key)
}

/// The item's rule; refused where the item is applied for alone.
fn rule(item: &ItemDocument) -> Result<&CoApplicantRule, Error> {
    let rule = item.handling.co_applicants.as_ref();
    rule.ok_or(Error::SignersNotAsked)
}

/// What messages about signatures say besides the item.
fn words(row: &Application, who: &str, reason: &str) -> Args {
    args([
        ("item_name", Some(row.item_name.clone())),
        ("case_number", row.number.clone()),
        ("name", Some(who.to_owned())),
        ("reason", Some(reason.to_owned())),
        ("until_on", row.signing_until.map(|day| day.to_string())),
    ])
}

/// Tells those co-applicants whose accounts are known and who are in one of these states.
async fn tell_those(
    tx: &Tx,
    row: &Application,
    those: &[CoApplicant],
    states: &[SignerState],
    (kind, words): (&str, &Args),
) -> Result<(), StorageError> {
    for one in those {
        if let Some(account) = one.account_id
            && states.contains(&SignerState::parse(&one.state))
        {
            send(tx, row, account, kind, words).await?;
        }
    }
    Ok(())
}

/// Opens a frozen draft again: the signatures given count no more, and who was asked is told. What was
/// filled in stays. The caller saves the row.
pub(crate) async fn release(
    tx: &Tx,
    row: &mut Tracked<Application>,
    ended: SigningState,
    kind: &str,
    applicant: &str,
) -> Result<(), StorageError> {
    let those = store::signing::all(tx.conn(), row.id).await?;
    let told = [SignerState::Asked, SignerState::Signed];
    let words = words(row, applicant, "");
    tell_those(tx, row, &those, &told, (kind, &words)).await?;
    for one in those {
        let blank = CoApplicant {
            state: SignerState::Named.as_str().to_owned(),
            signature: None,
            digest: None,
            signed_at: None,
            reason: None,
            ..one
        };
        store::signing::save_one(tx.conn(), blank).await?;
    }
    if let Some(mut request) = store::signing::find(tx.conn(), row.id).await? {
        ended.as_str().clone_into(&mut request.state);
        request.remind_on = None;
        store::signing::save(tx.conn(), request).await?;
    }
    row.signing_until = None;
    Ok(())
}
