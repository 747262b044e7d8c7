//! Issues the licence that an order asks for: numbered, signed, with its code, in one transaction
//! with the mark that the order was taken.

use chrono::Datelike;
use tb_contract::events::LicenceOrdered;
use tb_events::HandleError;
use tb_kernel::{Fault, office_time};
use tb_storage::{StorageError, Tx};
use uuid::Uuid;

use super::record::say;
use crate::app::App;
use crate::entity::{kind, licence};
use crate::model::code::new_code;
use crate::model::document::TypeDocument;
use crate::model::issue::{Issue, statement};
use crate::model::standing::LicenceState;
use crate::model::statement::{HolderKind, Statement};
use crate::sealed::{self, Detail};
use crate::store::{self, event::Entry};

/// Serials that no year ends.
const EVER: i32 = 0;

/// Issues it; an order that was taken before, or whose item issues nothing here, passes by.
pub(crate) async fn issue(
    app: &App,
    tx: &mut Tx,
    order: &LicenceOrdered,
    causation_id: Uuid,
) -> Result<(), HandleError> {
    let Some((kind, document)) = type_of(tx, &order.item_code).await? else {
        // The organ may issue it elsewhere; an administrator sees which items have no type here.
        tracing::info!(item = %order.item_code, "no type of licence names this item");
        return Ok(());
    };
    let issued = store::licence::of_case(tx.conn(), &order.case_number).await?;
    if issued.iter().any(|row| row.type_code == kind.code) {
        return Ok(());
    }
    let issued_on = office_time::day(tx.now());
    let organ = &order.department_code;
    let serial = store::licence::next_serial(tx.conn(), &kind.code, organ, EVER).await?;
    let serial_of_year =
        store::licence::next_serial(tx.conn(), &kind.code, organ, issued_on.year()).await?;
    let issue = Issue {
        type_code: &kind.code,
        type_version: kind.version,
        document: &document,
        issued_on,
        serial,
        serial_of_year,
    };
    let said = statement(order, &issue).ok_or(HandleError::poison(
        "licence.holder_unknown",
        "the form names no holder as the type of licence wants it",
    ))?;
    let row = new_row(app, tx, order, &said)?;
    store::licence::insert(tx.conn(), row.clone()).await?;
    let entry = Entry {
        licence_id: row.id,
        seq: 1,
        kind: "issued",
        from: "",
        to: &row.state,
        detail: Detail::default(),
    };
    store::event::add(tx, entry).await?;
    Ok(say(
        tx,
        &row,
        "licence.licence.issued",
        "",
        Some(causation_id),
    )?)
}

/// The type that the grant of an item issues.
async fn type_of(
    tx: &Tx,
    item_code: &str,
) -> Result<Option<(kind::Model, TypeDocument)>, HandleError> {
    for kind in store::kind::all(tx.conn()).await? {
        let document: TypeDocument =
            serde_json::from_str(&kind.document).map_err(Fault::internal)?;
        if document.is_issued_by(item_code) {
            return Ok(Some((kind, document)));
        }
    }
    Ok(None)
}

fn new_row(
    app: &App,
    tx: &Tx,
    order: &LicenceOrdered,
    said: &Statement,
) -> Result<licence::Model, StorageError> {
    let (id, sealer) = (tx.new_id(), tx.sealer());
    let canonical = serde_json::to_vec(said)?;
    let code = new_code(tx.store().entropy());
    Ok(licence::Model {
        id,
        type_code: said.type_code.clone(),
        type_version: said.type_version,
        type_name: said.type_name.clone(),
        number: said.number.clone(),
        mark: said.mark.clone(),
        version: said.version,
        state: LicenceState::Valid.as_str().to_owned(),
        holder_kind: match said.holder_kind {
            HolderKind::Person => "person",
            HolderKind::Organisation => "organisation",
        }
        .to_owned(),
        holder_name: sealer.seal_text(sealed::HOLDER_NAME, id, &said.holder_name)?,
        holder_name_bidx: sealer
            .blind_index(sealed::HOLDER_NAME, &sealed::normal_name(&said.holder_name)),
        holder_id: sealer.seal_text(sealed::HOLDER_ID, id, &said.holder_id)?,
        holder_id_bidx: sealed::holder_index(sealer, &said.holder_id),
        account_id: order.applicant.account_id.0,
        organ_name: said.organ.clone(),
        organ_code: said.organ_code.clone(),
        department_id: order.department_id.0,
        region: order.region.to_string(),
        issued_on: said.issued_on,
        valid_until: said.valid_until,
        case_number: said.case_number.clone(),
        sample: said.sample,
        statement: sealer.seal(sealed::STATEMENT, id, &canonical)?,
        signature: app.signing().sign(&canonical),
        code: sealer.seal_text(sealed::CODE, id, &code)?,
        code_bidx: sealer.blind_index(sealed::CODE, &code),
        replaces: None,
        row_version: 1,
        changed_at: tx.now(),
        changed_by: tx.actor().name.clone(),
    })
}
