//! A visit in hand: what staff and whoever booked do with one alike, from taking it for an act that
//! the rules allow to the answer.

use tb_http::Ctx;
use tb_kernel::Fault;
use tb_storage::Tx;
use uuid::Uuid;

use super::book::SlotChoice;
use super::errand::counter_takes;
use super::place::Place;
use super::record::{may, save, set, taken, tell};
use super::slots::{By, Wish, free};
use crate::error::Error;
use crate::model::appointment::{Act, AppointmentState};
use crate::model::opening::Slot;
use crate::store;
use crate::store::appointment::Appointment;
use crate::view::{AppointmentView, Eyes, view};

/// A visit in its transaction, held with its place until that ends.
pub(crate) struct Visit {
    /// The transaction.
    pub tx: Tx,
    /// Its place.
    pub place: Place,
    /// Its row.
    pub row: Appointment,
    eyes: Eyes,
}

impl Visit {
    /// Takes a visit in the version that was read, where it may be done now what is meant.
    pub(crate) async fn take<P>(
        ctx: &Ctx<P>,
        eyes: Eyes,
        (id, version): (Uuid, i64),
        act: Act,
    ) -> Result<Self, Fault> {
        let tx = ctx.begin().await?;
        let (place, row) = taken(&tx, ctx.scope(), id, version).await?;
        may(act, &place, &row, tx.now())?;
        Ok(Self {
            tx,
            place,
            row,
            eyes,
        })
    }

    /// A slot of the same place, where its counter takes what the visit is for and has room; `but`: the
    /// visit itself where it moves there.
    pub(crate) async fn slot(
        &self,
        choice: &SlotChoice,
        by: By,
        but: Option<Uuid>,
    ) -> Result<Slot, Fault> {
        let item = store::copy::item(self.tx.conn(), &self.row.item_code).await?;
        if !counter_takes(&self.place, &choice.counter, &self.row, item.as_ref()) {
            return Err(Error::CounterAstray.into());
        }
        let wish = Wish {
            counter: &choice.counter,
            starts_at: choice.starts_at,
            but,
            by,
        };
        free(self.tx.conn(), &self.place, wish, self.tx.now()).await
    }

    /// Moves it on; `reason`: what the office says.
    pub(crate) fn set(
        &mut self,
        state: AppointmentState,
        reason: Option<&str>,
    ) -> Result<(), Fault> {
        set(&self.tx, &mut self.row, state, reason)?;
        match self.eyes {
            Eyes::Own => "self".clone_into(&mut self.row.changed_by),
            Eyes::Staff => self.row.changed_by.clone_from(&self.tx.actor().name),
        }
        Ok(())
    }

    /// Tells whoever booked.
    pub(crate) fn tell(&mut self, kind: &str) -> Result<(), Fault> {
        tell(&mut self.tx, &self.place, &self.row, kind)
    }

    /// Writes it, with its audit entry, and answers.
    pub(crate) async fn save(mut self, done: &'static str) -> Result<AppointmentView, Fault> {
        save(&mut self.tx, &self.row, done).await?;
        let (sealer, now) = (self.tx.sealer(), self.tx.now());
        let view = view(sealer, &self.place, &self.row, self.eyes, now)?;
        self.tx.commit(&view).await?;
        Ok(view)
    }
}
