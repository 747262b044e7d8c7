//! The receipt of a batch (批量申请接收凭证), typeset when it is opened: the numbers of the cases stand on it
//! as far as they have been given.

use tb_contract::access::ApplicationRead;
use tb_contract::events::Applicant;
use tb_http::{Ctx, FileAnswer};
use tb_kernel::{Fault, office_time};
use tb_typeset::{BatchReceipt, BatchReceiptRow};
use uuid::Uuid;

use super::own;
use super::read::applications;
use crate::app::App;
use crate::error::Error;
use crate::model::batch::BatchRowState;
use crate::sealed::BATCH_APPLICANT;
use crate::store;
use crate::store::batch::Rows;
use crate::view::batch::person;

/// The receipt as PDF; that it was read is recorded.
pub(crate) async fn receipt(
    app: &App,
    ctx: &Ctx<ApplicationRead>,
    id: Uuid,
) -> Result<FileAnswer, Fault> {
    let conn = ctx.read();
    let batch = own(&conn, ctx, id).await?;
    let given = batch.number.clone().zip(batch.submitted_at);
    let (number, submitted_at) = given.ok_or(Error::PaperNotFound)?;
    let sealer = ctx.store().sealer();
    let who: Applicant = sealer.open_json(BATCH_APPLICANT, batch.id, &batch.applicant)?;
    let most = u64::try_from(batch.rows).map_err(Fault::internal)?;
    let rows = store::batch::rows(&conn, id, Rows::default(), most).await?;
    let made = applications(ctx, &rows).await?;
    let mut lines = Vec::with_capacity(rows.len());
    for row in &rows {
        let application = row.application_id.and_then(|id| made.get(&id));
        lines.push(BatchReceiptRow {
            name: person(ctx, row)?.name,
            refused: row.state == BatchRowState::Refused.as_str(),
            case_number: application
                .and_then(|one| one.number.clone())
                .unwrap_or_default(),
        });
    }
    let local = submitted_at.with_timezone(&office_time::shanghai());
    let paper = BatchReceipt {
        number: number.clone(),
        office: batch.department_name,
        item: batch.item_name,
        applicant: who.name,
        credit_code: who.id_number,
        agent: who.agent_name,
        received_on: office_time::day(submitted_at),
        received_at: local.format("%H:%M").to_string(),
        rows: lines,
    };
    let typeroom = app.typeroom().clone();
    let rendering = tokio::task::spawn_blocking(move || {
        let typesetter = typeroom.typesetter();
        let typesetter =
            typesetter.map_err(|error| Fault::from(Error::PaperNotReady).because(error))?;
        typesetter
            .render_batch_receipt(&paper)
            .map_err(Fault::internal)
    });
    let content = rendering.await.map_err(Fault::internal)??;
    ctx.record_read("batch", id).await?;
    Ok(FileAnswer {
        name: format!("批量申请接收凭证-{number}.pdf"),
        media_type: "application/pdf".to_owned(),
        content: content.into(),
    })
}
