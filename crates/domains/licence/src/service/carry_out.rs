//! Does what was granted: ends a licence, or issues its next version, which takes its place.

use chrono::NaiveDate;
use tb_kernel::{Fault, RequestId, Scope, office_time};
use tb_storage::{Origin, Store, Tx};
use uuid::Uuid;

use super::amend::document;
use super::change::close;
use super::record::{accounts, say, say_change};
use super::void::end;
use crate::app::App;
use crate::entity::{change, licence};
use crate::model::change::LicenceChangeKind;
use crate::model::code::new_code;
use crate::model::issue::{Next, next_version};
use crate::model::standing::LicenceState;
use crate::sealed::{self, Detail};
use crate::store;
use crate::store::event::Entry;
use crate::store::licence::Within;

/// Renewals counted as granted in one turn.
const AT_ONCE: u64 = 50;

/// What a renewal says that nobody decided.
const DEEMED: &str = "发证机关在有效期届满前没有作出决定，依照行政许可法第五十条视为准予延续。";

/// Does it; the licence that is shown afterwards is returned.
pub(crate) async fn carry_out(
    app: &App,
    tx: &mut Tx,
    row: licence::Model,
    change: &change::Model,
    detail: Detail,
) -> Result<licence::Model, Fault> {
    let kind = LicenceChangeKind::parse(&change.kind)
        .ok_or_else(|| Fault::internal("a change of no kind"))?;
    match kind {
        LicenceChangeKind::Revoke => end(tx, row, LicenceState::Revoked, detail, None).await,
        LicenceChangeKind::Deregister => {
            end(tx, row, LicenceState::Deregistered, detail, None).await
        }
        LicenceChangeKind::Replace => replace(app, tx, row, Next::default(), detail).await,
        LicenceChangeKind::Renew => {
            let next = Next {
                renewed: renewed_until(tx, &row).await?,
                ..Next::default()
            };
            replace(app, tx, row, next, detail).await
        }
        LicenceChangeKind::Amend => {
            let next = Next {
                amended: sealed::asked(tx.sealer(), change)?.amended,
                ..Next::default()
            };
            replace(app, tx, row, next, detail).await
        }
    }
}

/// The end of the next term, by the template of today: from the day after the old end.
async fn renewed_until(tx: &Tx, row: &licence::Model) -> Result<Option<NaiveDate>, Fault> {
    let document = document(tx.conn(), &row.type_code).await?;
    let from = row.valid_until.and_then(|until| until.succ_opt());
    let from = from.unwrap_or(office_time::day(tx.now()));
    Ok(crate::model::issue::last_day(&document.validity, from))
}

async fn replace(
    app: &App,
    tx: &mut Tx,
    old: licence::Model,
    next: Next,
    detail: Detail,
) -> Result<licence::Model, Fault> {
    let (id, today) = (tx.new_id(), office_time::day(tx.now()));
    let said = sealed::statement(tx.sealer(), &old)?;
    let said = next_version(said, today, &next)
        .ok_or_else(|| Fault::internal("a licence without an identifier"))?;
    let canonical = serde_json::to_vec(&said).map_err(Fault::internal)?;
    let code = new_code(tx.store().entropy());
    let detail = Detail {
        amended: next.amended,
        ..detail
    };
    let old = end(tx, old, LicenceState::Replaced, detail.clone(), None).await?;
    let sealer = tx.sealer();
    let new = licence::Model {
        id,
        mark: said.mark.clone(),
        version: said.version,
        type_version: said.type_version,
        state: LicenceState::Valid.as_str().to_owned(),
        holder_name: sealer.seal_text(sealed::HOLDER_NAME, id, &said.holder_name)?,
        holder_name_bidx: sealer
            .blind_index(sealed::HOLDER_NAME, &sealed::normal_name(&said.holder_name)),
        holder_id: sealer.seal_text(sealed::HOLDER_ID, id, &said.holder_id)?,
        issued_on: said.issued_on,
        valid_until: said.valid_until,
        statement: sealer.seal(sealed::STATEMENT, id, &canonical)?,
        signature: app.signing().sign(&canonical),
        code: sealer.seal_text(sealed::CODE, id, &code)?,
        code_bidx: sealer.blind_index(sealed::CODE, &code),
        replaces: Some(old.id),
        row_version: old.row_version + 1,
        ..old
    };
    store::licence::insert(tx.conn(), new.clone()).await?;
    let entry = Entry {
        licence_id: new.id,
        seq: 1,
        kind: "issued",
        from: "",
        to: &new.state,
        detail: Detail {
            amended: detail.amended,
            ..Detail::default()
        },
    };
    store::event::add(tx, entry).await?;
    say(tx, &new, "licence.licence.issued", "", None)?;
    Ok(new)
}

/// Counts renewals as granted that nobody decided before the end (article 50); returns how many.
pub(crate) async fn deem_renewed(app: &App, storage: &Store) -> Result<usize, Fault> {
    let (conn, today) = (storage.read(), office_time::day(storage.clock().now()));
    let mut renewed = 0;
    for change in store::change::undecided(&conn, today, AT_ONCE).await? {
        renewed += usize::from(deem(app, storage, change.licence_id).await?);
    }
    Ok(renewed)
}

/// Counts one as granted, and tells the holder, whom nobody else would tell.
async fn deem(app: &App, storage: &Store, licence: Uuid) -> Result<bool, Fault> {
    let all = Within::Scope(&Scope::Everything);
    let holder = accounts(app, &storage.read(), &all, licence).await?;
    let origin = Origin::system("licence.deem_renewed", RequestId(storage.new_id()));
    let mut tx = storage.begin(origin).await?;
    let today = office_time::day(tx.now());
    let Some(row) = store::licence::take(tx.conn(), &all, licence).await? else {
        return Ok(false);
    };
    let change = store::change::open(tx.conn(), licence).await?;
    // Somebody may have decided in the same moment.
    let due = change.filter(|change| change.deem_after.is_some_and(|last| last < today));
    let Some(mut change) = due else {
        return Ok(false);
    };
    close(&tx, &mut change, true, DEEMED)?;
    store::change::update(tx.conn(), change.clone()).await?;
    let detail = Detail {
        reason: DEEMED.to_owned(),
        ..Detail::default()
    };
    tx.done("licence.change.deemed_granted", "licence", row.id);
    let row = carry_out(app, &mut tx, row, &change, detail).await?;
    say_change(
        &mut tx,
        &row,
        &change,
        holder,
        "licence.change.deemed_granted",
    )?;
    tx.commit(&()).await?;
    Ok(true)
}
