//! The public register of permits: an entry by the decision, struck where the case is voided.

use tb_calendar::Calendar;
use tb_contract::events::{CaseChanged, CaseFacts};
use tb_kernel::{Fault, office_time};
use tb_storage::{Sealer, Tracked, Tx};
use uuid::Uuid;

use crate::model::permit::{ORDINARY, PUBLISHED, WITHDRAWN, publish_by};
use crate::model::validity::valid_to;
use crate::sealed::{HOLDER, HOLDER_CODE};
use crate::store;
use crate::store::permit::Permit;

/// What the register says where a case was voided.
const VOIDED: &str = "许可决定已作废";
/// What it says where the decision was revoked.
const REVOKED: &str = "许可决定已撤销";

/// Publishes a permit with its decision, once per case, and names its paper when that is attached.
pub(crate) async fn publish(
    tx: &mut Tx,
    calendar: &Calendar,
    said: &CaseChanged,
    facts: &CaseFacts,
) -> Result<(), Fault> {
    let known = store::permit::of_case(tx.conn(), &said.case_number).await?;
    if let Some(row) = known {
        return match &said.attached {
            Some(_) => name_paper(tx, row, facts).await,
            None => Ok(()),
        };
    }
    let paper = said.papers.iter().find(|paper| paper.kind == "decision");
    let (Some(paper), Some(decided_at)) = (paper, facts.decided_at) else {
        return Ok(());
    };
    let decided_on = office_time::day(decided_at);
    let region = facts.region.to_string();
    let due_on = publish_by(calendar, decided_on, &region);
    let (name, code) = match &facts.holder {
        Some(holder) => (holder.name.clone(), holder.code.clone()),
        None => (facts.applicant.clone(), String::new()),
    };
    let id = tx.new_id();
    let sealed = Sealed::of(tx.sealer(), id, &name, &code)?;
    let row = Permit {
        id,
        case_number: said.case_number.clone(),
        version: 1,
        organisation: facts.organisation,
        holder: sealed.holder,
        holder_bidx: sealed.holder_bidx,
        holder_code: sealed.code,
        holder_code_bidx: sealed.code_bidx,
        document_name: paper.title.clone(),
        document_number: paper.number.clone(),
        permit_kind: ORDINARY.to_owned(),
        // A paper that nobody has issued yet has no name here: it comes with the paper.
        certificate: facts.result_name.clone(),
        content: facts.item_name.clone(),
        decided_on,
        due_on,
        valid_from: decided_on,
        valid_to: valid_to(decided_on, &facts.validity),
        validity: facts.validity.clone(),
        item_code: said.item_code.clone(),
        office: said.office.clone(),
        department_code: facts.department_code.clone(),
        region,
        sample: facts.sample,
        state: PUBLISHED.to_owned(),
        remark: String::new(),
        published_at: tx.now(),
        updated_at: tx.now(),
    };
    store::permit::insert(tx.conn(), row).await?;
    tx.done("insight.permit.published", "permit", id);
    Ok(())
}

/// Names the paper of a published permit once it is attached, or as it is called after one was put right.
async fn name_paper(tx: &mut Tx, mut row: Tracked<Permit>, facts: &CaseFacts) -> Result<(), Fault> {
    if row.certificate == facts.result_name || row.state == WITHDRAWN {
        return Ok(());
    }
    row.certificate.clone_from(&facts.result_name);
    row.version += 1;
    row.updated_at = tx.now();
    store::permit::save(tx.conn(), &row).await?;
    tx.done("insight.permit.named", "permit", row.id);
    Ok(())
}

/// Strikes the entry of a case that was voided, or whose decision was revoked.
pub(crate) async fn strike(tx: &mut Tx, number: &str, revoked: bool) -> Result<(), Fault> {
    let Some(mut row) = store::permit::of_case(tx.conn(), number).await? else {
        return Ok(());
    };
    if row.state == WITHDRAWN {
        return Ok(());
    }
    WITHDRAWN.clone_into(&mut row.state);
    let why = if revoked { REVOKED } else { VOIDED };
    why.clone_into(&mut row.remark);
    row.version += 1;
    row.updated_at = tx.now();
    store::permit::save(tx.conn(), &row).await?;
    tx.done("insight.permit.withdrawn", "permit", row.id);
    Ok(())
}

/// Who holds a permit, as the row keeps it.
pub(crate) struct Sealed {
    pub holder: tb_storage::SealedBytes,
    pub holder_bidx: Vec<u8>,
    pub code: tb_storage::SealedBytes,
    pub code_bidx: Vec<u8>,
}

impl Sealed {
    /// Seals a name and a code for a row.
    pub(crate) fn of(sealer: &Sealer, id: Uuid, name: &str, code: &str) -> Result<Self, Fault> {
        Ok(Self {
            holder: sealer.seal_text(HOLDER, id, name)?,
            holder_bidx: sealer.blind_index(HOLDER, name.trim()),
            code: sealer.seal_text(HOLDER_CODE, id, code)?,
            code_bidx: sealer.blind_index(HOLDER_CODE, &code.trim().to_uppercase()),
        })
    }
}
