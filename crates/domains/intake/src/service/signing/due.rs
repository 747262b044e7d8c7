//! What the clock does with requests for signatures: it reminds a working day before the end, and when
//! the term has passed it opens the draft again.

use tb_kernel::office_time;
use tb_storage::{Origin, StorageError, Store};
use uuid::Uuid;

use super::{release, tell_those, words};
use crate::model::signing::{SignerState, SigningState};
use crate::sealed;
use crate::service::write::{SELF, notify, save, touch};
use crate::store;
use crate::store::signing::Signing;

/// Reminds and ends what is due; how many requests.
pub(crate) async fn run(store: &Store, origin: &Origin) -> Result<usize, StorageError> {
    let today = office_time::day(store.clock().now());
    let due = store::signing::due(&store.read(), today).await?;
    let (mut done, mut trouble) = (0, None);
    for id in &due {
        // Trouble of one request does not hold up the others: the clock comes back for it.
        match one(store, origin.clone(), *id).await {
            Ok(()) => done += 1,
            Err(error) => trouble = Some(error),
        }
    }
    trouble.map_or(Ok(done), Err)
}

/// One request, looked at again behind everybody who acts on it.
async fn one(store: &Store, origin: Origin, id: Uuid) -> Result<(), StorageError> {
    let mut tx = store.begin(origin).await?;
    let row = store::application::any_locked(tx.conn(), id).await?;
    let request = store::signing::find(tx.conn(), id).await?;
    let runs = |one: &Signing| {
        let state = SigningState::parse(&one.state);
        matches!(state, SigningState::Open | SigningState::Complete)
    };
    let (Some(mut row), Some(mut request)) = (row, request.filter(runs)) else {
        return Ok(());
    };
    if row.signing_until.is_none() {
        // Handed in before requests said so.
        SigningState::HandedIn
            .as_str()
            .clone_into(&mut request.state);
        store::signing::save(tx.conn(), request).await?;
        return tx.commit(&()).await;
    }
    let today = office_time::day(tx.now());
    let applicant = sealed::applicant(tx.sealer(), &row)?.name;
    if request.until_on < today {
        let told = words(&row, "", "");
        release(&tx, &mut row, SigningState::Lapsed, "co_lapsed", &applicant).await?;
        notify(&tx, &row, "signatures_lapsed", &told).await?;
        touch(&mut row, SELF, tx.now());
        save(&tx, &row).await?;
        tx.done("intake.application.signatures_lapsed", "application", id);
    } else if request.remind_on.is_some_and(|day| day <= today) {
        let those = store::signing::all(tx.conn(), id).await?;
        let told = ("co_reminded", &words(&row, &applicant, ""));
        tell_those(&tx, &row, &those, &[SignerState::Asked], told).await?;
        request.remind_on = None;
        store::signing::save(tx.conn(), request).await?;
        tx.done("intake.application.signers_reminded", "application", id);
    }
    tx.commit(&()).await?;
    Ok(())
}
