//! Who acts for the applicant: that he does so no longer.

use tb_contract::events::{Proxy, ProxyEnded};
use tb_events::HandleError;
use tb_storage::Tx;

use super::change::{doer, unmoved};
use super::record::{Open, Writing, record};
use crate::model::apply::Outcome;
use crate::model::event::{EventDetail, EventKind, Happened};
use crate::sealed::{self, DOSSIER};

/// Notes that the proxy acts no longer; state and clocks stay as they are.
pub(super) async fn ended(
    tx: &mut Tx,
    open: &mut Open<'_>,
    told: &ProxyEnded,
) -> Result<(), HandleError> {
    let mut dossier = sealed::dossier(tx.sealer(), &open.row)?;
    dossier.proxy = dossier.proxy.map(|proxy| Proxy {
        ended_on: Some(told.on),
        ..proxy
    });
    open.row.dossier = tx.sealer().seal_json(DOSSIER, open.row.id, &dossier)?;
    let state = open.row.current_state()?;
    let event = Happened {
        kind: EventKind::ProxyEnded,
        effective_at: tx.now(),
        from: state,
        to: state,
        detail: EventDetail::default(),
    };
    let outcome = Outcome {
        events: vec![event],
        ..unmoved(open, state, "approval.case.proxy_ended")
    };
    let doer = doer(tx, &open.row)?;
    record(tx, open, outcome, &doer, Writing::Change).await?;
    Ok(())
}
