//! A row of a batch as the application that it becomes.

use std::sync::Arc;

use tb_contract::events::{Applicant, BatchRef, Channel};
use tb_contract::item::ItemDocument;
use tb_contract::ports::ApplicantProfile;
use tb_forms::Env;
use tb_kernel::{AccountKind, Fault, Locale};
use tb_storage::{Conn, Sealer, Tx};
use uuid::Uuid;

use super::{answers_of, item_of};
use crate::app::App;
use crate::model::licence::Checked;
use crate::sealed::{BATCH_APPLICANT, BATCH_ROW, FILE_NAME, FORM};
use crate::service::create::{CreateApplication, draft};
use crate::service::judge::{Judge, Standing};
use crate::store;
use crate::store::application::Application;
use crate::store::batch::{Batch, BatchRow};
use crate::store::material::Material;

/// What all rows of a batch have in common.
pub(super) struct Hand {
    /// The batch.
    pub batch: Batch,
    /// Who applies.
    pub who: Applicant,
    /// What for.
    pub item: Arc<ItemDocument>,
    /// What is handed in with every row.
    pub materials: Vec<Material>,
}

impl Hand {
    /// The common part of a batch as it is now.
    pub(super) async fn of(
        app: &App,
        conn: &Conn,
        sealer: &Sealer,
        batch: Batch,
    ) -> Result<Self, Fault> {
        Ok(Self {
            who: sealer.open_json(BATCH_APPLICANT, batch.id, &batch.applicant)?,
            item: item_of(app, conn, &batch).await?,
            materials: store::material::all(conn, batch.id).await?,
            batch,
        })
    }

    /// A draft that holds what a row says.
    pub(super) fn application(&self, tx: &Tx, row: &BatchRow) -> Result<Application, Fault> {
        let batch = &self.batch;
        let create = CreateApplication {
            item_code: batch.item_code.clone(),
            situation_answers: answers_of(batch)?,
            channel: Channel::Pc,
            on_behalf: None,
        };
        let mut application = draft(
            tx,
            &self.item,
            batch.item_version,
            batch.calendar_version.clone(),
            &self.profile(),
            AccountKind::EnterpriseAgent,
            &create,
        )?;
        let answers: serde_json::Value = tx.sealer().open_json(BATCH_ROW, row.id, &row.answers)?;
        application.form = tx.sealer().seal_json(FORM, application.id, &answers)?;
        let place = BatchRef {
            number: batch.number.clone().unwrap_or_default(),
            row: row.seq.unsigned_abs(),
            rows: batch.rows.unsigned_abs(),
        };
        application.batch_id = Some(batch.id);
        application.batch = Some(serde_json::to_string(&place).map_err(Fault::internal)?);
        Ok(application)
    }

    /// Whether a row would be handed in; else what is wrong with it.
    pub(super) fn judge(
        &self,
        tx: &Tx,
        env: Env<'_>,
        locale: Locale,
        row: &BatchRow,
    ) -> Result<(), Fault> {
        let judge = Judge {
            env,
            sealer: tx.sealer(),
            item: &self.item,
            materials: &self.materials,
            locale,
        };
        // Nothing is promised in a batch, neither for later nor in the place of a paper.
        let standing = Standing {
            deferred: &[],
            days: (env.today, env.today),
            committed: &[],
            papers: None,
            licences: &Checked::default(),
        };
        judge.judge(&self.application(tx, row)?, standing)?;
        Ok(())
    }

    /// Gives an application the materials of the batch: rows of its own for the same contents.
    pub(super) async fn give_materials(&self, tx: &Tx, application: Uuid) -> Result<(), Fault> {
        let sealer = tx.sealer();
        for material in self.materials.iter().filter(|one| !one.removed) {
            let id = tx.new_id();
            let name = sealer.open_text(FILE_NAME, material.id, &material.file_name)?;
            let copy = Material {
                id,
                application_id: application,
                file_name: sealer.seal_text(FILE_NAME, id, &name)?,
                ..material.clone()
            };
            store::material::insert(tx.conn(), copy).await?;
        }
        Ok(())
    }

    /// Whoever applies, as a profile would say it.
    fn profile(&self) -> ApplicantProfile {
        ApplicantProfile {
            account_id: self.who.account_id,
            name: self.who.agent_name.clone(),
            citizen_id: String::new(),
            phone: self.who.phone.clone(),
            enterprise_name: self.who.name.clone(),
            credit_code: self.who.id_number.clone(),
        }
    }
}
