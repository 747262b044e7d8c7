//! Says to the world and to the audit trail what became of a licence.

use tb_contract::events::{LicenceChangeTold, LicenceChanged};
use tb_contract::ports::Identified;
use tb_contract::topics;
use tb_kernel::{AccountId, Fault, Region};
use tb_storage::{Conn, NewEvent, Tx};
use uuid::Uuid;

use crate::app::App;
use crate::entity::{change, licence};
use crate::model::statement::HolderKind;
use crate::sealed;
use crate::store;
use crate::store::licence::Within;

/// The accounts of whoever holds a licence, by the number that stands on it: a person's own, those of an
/// organisation's agents. Asked before a transaction opens, since identity may be far away; who holds a
/// licence never changes.
pub(crate) async fn accounts(
    app: &App,
    conn: &Conn,
    within: &Within<'_>,
    id: Uuid,
) -> Result<Vec<AccountId>, Fault> {
    // What is not within reach is refused in the transaction.
    let Some(row) = store::licence::find(conn, within, id).await? else {
        return Ok(Vec::new());
    };
    let said = sealed::statement(app.store().sealer(), &row)?;
    let number = sealed::normal_id(&said.holder_id);
    match said.holder_kind {
        HolderKind::Organisation => Ok(app.applicants().agents_of(&number).await?),
        HolderKind::Person => {
            let who = Identified {
                citizen_id: number,
                credit_code: None,
            };
            let account = app.applicants().account_of(&who).await?;
            Ok(account.into_iter().collect())
        }
    }
}

/// Notes a change that was written, with its audit entry.
pub(crate) fn say(
    tx: &mut Tx,
    row: &licence::Model,
    kind: &'static str,
    from: &str,
    causation_id: Option<Uuid>,
) -> Result<(), Fault> {
    tx.done(kind, "licence", row.id);
    tell(tx, row, kind, (from, None), causation_id)
}

/// Tells the holder's accounts what is asked for or was decided about a licence; the audit entry is that
/// of the row.
pub(crate) fn say_change(
    tx: &mut Tx,
    row: &licence::Model,
    change: &change::Model,
    accounts: Vec<AccountId>,
    kind: &'static str,
) -> Result<(), Fault> {
    let told = LicenceChangeTold {
        kind: change.kind.clone(),
        organ: row.organ_name.clone(),
        answer_until: change.answer_until,
        due_on: change.due_on,
        accounts,
    };
    tell(tx, row, kind, (&row.state, Some(told)), None)
}

fn tell(
    tx: &mut Tx,
    row: &licence::Model,
    kind: &'static str,
    (from, change): (&str, Option<LicenceChangeTold>),
    causation_id: Option<Uuid>,
) -> Result<(), Fault> {
    let region =
        Region::parse(&row.region).ok_or_else(|| Fault::internal("a licence lies in no region"))?;
    let at = tx.now();
    tx.emit(NewEvent {
        topic: topics::LICENCE,
        key: &row.case_number,
        kind,
        version: row.row_version,
        causation_id,
        department_code: Some(&row.organ_code),
        region_path: Some(region.path()),
        payload: &LicenceChanged {
            id: row.id,
            mark: row.mark.clone(),
            type_code: row.type_code.clone(),
            type_name: row.type_name.clone(),
            version: row.row_version,
            state: row.state.clone(),
            from: from.to_owned(),
            at,
            case_number: row.case_number.clone(),
            change,
        },
    })?;
    Ok(())
}
