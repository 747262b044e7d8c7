//! Signing in by an identity card in the reader of a kiosk. The reader signs what it has read with the
//! kiosk's secret; the page that passes it on can neither invent nor repeat it.

use axum::http::HeaderMap;
use chrono::{DateTime, Utc};
use tb_contract::access::KioskUse;
use tb_http::Ctx;
use tb_kernel::identity_number::CitizenId;
use tb_kernel::{Fault, FieldFault, KioskRef, Scope, office_time};
use tb_storage::Tx;

use super::attempts;
use super::kiosk::{kiosk_of, secret_of};
use super::sign_in::{ACTION, Proof, start};
use crate::api::kiosk::{CardReading, SimulatedCard};
use crate::api::session::SessionView;
use crate::app::App;
use crate::error::Error;
use crate::kiosk::{Distrust, Reading, as_signed};
use crate::staff::name_error;
use crate::{sealing, store};

/// Starts a session of the account whose card was read.
pub(crate) async fn sign_in(
    app: &App,
    ctx: &Ctx<KioskUse>,
    headers: &HeaderMap,
    body: CardReading,
) -> Result<(SessionView, String), Fault> {
    let kiosk = kiosk_of(ctx)?;
    app.sign_ins.check(&ctx.source())?;
    let secret = secret_of(ctx, kiosk).await?;
    let read_at = as_signed(body.read_at);
    let reading = Reading {
        name: &body.name,
        citizen_id: &body.citizen_id,
        read_at,
    };
    match reading.check(&secret, &body.signature, ctx.now()) {
        Ok(()) => {}
        Err(Distrust::Forged) => {
            attempts::refuse(ctx, ACTION, "unknown").await?;
            return Err(Error::CardForged.into());
        }
        Err(Distrust::Stale) => return Err(Error::CardStale.into()),
    }
    let today = office_time::day(ctx.now());
    let number = CitizenId::parse(&body.citizen_id, today)
        .map(String::from)
        .map_err(|_| Error::CardUnreadable)?;
    let index = sealing::citizen_index(ctx.store().sealer(), &number);
    let row = store::of_citizen(&ctx.read(), &index, None)
        .await?
        .ok_or(Error::CardWithoutAccount)?;
    let account = sealing::open(row, ctx.store().sealer())?;
    if account.name != body.name.trim() {
        return Err(Error::CardNameDiffers.into());
    }
    start(app, ctx, headers, account.id, Proof::Card(read_at)).await
}

/// Marks a reading as used: none that is as old can be used after it.
pub(super) async fn take_reading(
    tx: &mut Tx,
    kiosk: &KioskRef,
    read_at: DateTime<Utc>,
) -> Result<(), Fault> {
    let mut row = store::kiosk::take(tx.conn(), &Scope::Everything, kiosk.id)
        .await?
        .filter(|row| row.shut_at.is_none())
        .ok_or(Error::NotAtKiosk)?;
    if row.card_read_at.is_some_and(|last| read_at <= last) {
        return Err(Error::CardStale.into());
    }
    row.card_read_at = Some(read_at);
    store::kiosk::update(tx.conn(), row).await?;
    Ok(())
}

/// Plays the reader (模拟读卡器): signs what was typed instead of read, where the settings allow it.
pub(crate) async fn simulate(
    app: &App,
    ctx: &Ctx<KioskUse>,
    body: SimulatedCard,
) -> Result<CardReading, Fault> {
    let kiosk = kiosk_of(ctx)?;
    if !app.settings.simulated_card_reader {
        return Err(Error::NoSimulatedReader.into());
    }
    let mut fields = Vec::new();
    let name = body.name.trim().to_owned();
    fields.extend(name_error(&name).map(|error| error.at("/name")));
    let today = office_time::day(ctx.now());
    let number = CitizenId::parse(&body.citizen_id, today).map(String::from);
    let citizen_id = number.unwrap_or_else(|error| {
        fields.push(FieldFault {
            path: "/citizen_id".to_owned(),
            code: error.code().to_owned(),
            args: std::collections::BTreeMap::new(),
            message: error.text(ctx.locale()).to_owned(),
        });
        String::new()
    });
    Error::CardUnreadable.unless_empty(fields)?;
    let secret = secret_of(ctx, kiosk).await?;
    let reading = Reading {
        name: &name,
        citizen_id: &citizen_id,
        read_at: as_signed(ctx.now()),
    };
    Ok(CardReading {
        signature: reading.sign(&secret),
        read_at: reading.read_at,
        name,
        citizen_id,
    })
}
