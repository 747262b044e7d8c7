//! The notices of one answer to a joint matter. Each has one number of the lead office, and every case that
//! it answers files a copy: the file of a case stays whole, and its applicant reads one paper.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};
use tb_contract::events::PaperRef;
use tb_kernel::Fault;
use tb_storage::Tx;

use super::read::labels;
use super::send::Gone;
use super::{merged, state};
use crate::entity::{joint_part, paper};
use crate::model::clocks::Reading;
use crate::model::event::office_day;
use crate::model::joint::{PartState, Verdict};
use crate::model::joint_paper::{
    ItemAcceptance, ItemBeside, ItemCorrection, JointAcceptance, JointCorrection,
};
use crate::model::paper::{Content, FrozenPaper, TEMPLATE_VERSION, frozen_due};
use crate::model::paper_number::{number, office_short};
use crate::model::state::PaperKind;
use crate::sealed;
use crate::service::freeze::acting;
use crate::store;

/// The numbers of the notices that go out together, one of each kind.
pub(super) struct Numbers(BTreeMap<PaperKind, String>);

impl Numbers {
    /// Takes them of the lead office; they are held until the commit.
    pub(super) async fn take(
        tx: &Tx,
        lead: &joint_part::Model,
        kinds: impl Iterator<Item = PaperKind>,
    ) -> Result<Self, Fault> {
        let year = office_day(tx.now()).year();
        let mut numbers = BTreeMap::new();
        for kind in kinds {
            if numbers.contains_key(&kind) {
                continue;
            }
            let serial =
                store::paper::next_serial(tx.conn(), &lead.lead_code, kind.as_str(), year).await?;
            let written = number(&office_short(&lead.lead_name), kind, year, serial);
            numbers.insert(kind, written);
        }
        Ok(Self(numbers))
    }

    /// The copy of a case, as the case tells of it.
    pub(super) fn copy(&self, tx: &Tx, kind: PaperKind) -> Option<PaperRef> {
        let title = match kind {
            PaperKind::CorrectionNotice => "一次性补正告知书",
            _ => "受理通知书",
        };
        self.0.get(&kind).map(|number| PaperRef {
            id: tx.new_id(),
            kind: kind.to_string(),
            number: number.clone(),
            title: title.to_owned(),
        })
    }
}

/// Files the notices with the cases that they answer. `parts` are all of the matter, as they were before.
pub(super) async fn file(
    tx: &Tx,
    gone: &[Gone],
    parts: &[joint_part::Model],
    words: &str,
) -> Result<(), Fault> {
    let corrections = gone
        .iter()
        .filter(|one| one.answer.verdict == Verdict::Correct);
    let corrections = corrections
        .map(|one| correction(tx, one))
        .collect::<Result<Vec<_>, _>>()?;
    let acceptance = JointAcceptance {
        accepted_on: office_day(tx.now()),
        items: gone
            .iter()
            .filter(|one| one.answer.verdict == Verdict::Accept)
            .map(acceptance)
            .collect(),
        others: others(gone, parts),
        overall: overall(gone),
    };
    let correction = Content::JointCorrection(JointCorrection::new(words, corrections));
    let acceptance = Content::JointAcceptance(acceptance);
    for one in gone {
        let Some(copy) = &one.copy else {
            continue;
        };
        let content = match one.answer.verdict {
            Verdict::Correct => &correction,
            _ => &acceptance,
        };
        let frozen = frozen(tx, one, copy, content.clone())?;
        let row = paper::Model {
            id: copy.id,
            case_id: one.watched.row.id,
            event_seq: one.watched.history.last().map_or(0, |event| event.seq),
            department_code: one.watched.row.department_code.clone(),
            kind: copy.kind.clone(),
            number: copy.number.clone(),
            title: copy.title.clone(),
            template_version: TEMPLATE_VERSION,
            content: tx.sealer().seal_json(sealed::PAPER, copy.id, &frozen)?,
            frozen_at: tx.now(),
        };
        store::paper::insert(tx.conn(), row).await?;
    }
    Ok(())
}

fn frozen(tx: &Tx, one: &Gone, copy: &PaperRef, content: Content) -> Result<FrozenPaper, Fault> {
    let (row, item) = (&one.watched.row, &one.watched.setting.item);
    Ok(FrozenPaper {
        number: copy.number.clone(),
        organ: one.part.lead_name.clone(),
        issued_on: office_day(tx.now()),
        sample: item.sample,
        addressee: sealed::applicant(tx.sealer(), row)?.name,
        proxy: acting(tx, row)?,
        is_organisation: row.organisation,
        case_number: one.part.joint_number.clone(),
        item: one.part.joint_name.clone(),
        applied_on: office_day(row.submitted_at),
        phone: None,
        office: Some(one.part.lead_name.clone()),
        content,
    })
}

fn correction(tx: &Tx, one: &Gone) -> Result<ItemCorrection, Fault> {
    let item = &one.watched.setting.item;
    let situation = sealed::dossier(tx.sealer(), &one.watched.row)?.situation;
    let named = |points: Vec<_>| points.into_iter().map(|(_, label)| label).collect();
    let (fields, materials) = labels(item, &situation, &one.answer.listed);
    Ok(ItemCorrection {
        item: one.part.item_name.clone(),
        office: one.part.office.clone(),
        number: one.part.case_number.clone(),
        reason: one.answer.reason.clone(),
        fields: named(fields),
        materials: named(materials),
        deadline: one.clocks.applicant.as_ref().and_then(frozen_due),
        lapses: item.correction_lapses,
    })
}

fn acceptance(one: &Gone) -> ItemAcceptance {
    ItemAcceptance {
        item: one.part.item_name.clone(),
        office: one.part.office.clone(),
        number: one.part.case_number.clone(),
        promised: one.clocks.promised.as_ref().and_then(frozen_due),
        legal: one.clocks.legal.as_ref().and_then(frozen_due),
    }
}

/// The items that are not accepted with the others, so that nobody takes the notice for more than it says.
fn others(gone: &[Gone], parts: &[joint_part::Model]) -> Vec<ItemBeside> {
    let sent = gone.iter().filter_map(|one| {
        let standing = match one.answer.verdict {
            Verdict::Accept => return None,
            Verdict::Correct => "需要补正，见一次性补正告知书",
            Verdict::Refuse => "不予受理，理由见该部门的通知书",
        };
        Some((&one.part, standing))
    });
    let open = parts
        .iter()
        .filter(|part| state(part) == Some(PartState::Open));
    let open = open.map(|part| (part, "尚在审查，将另行答复"));
    sent.chain(open)
        .map(|(part, standing)| ItemBeside {
            item: part.item_name.clone(),
            office: part.office.clone(),
            standing: standing.to_owned(),
        })
        .collect()
}

/// The day by which all is promised: that of the whole, or later where an item needs longer.
fn overall(gone: &[Gone]) -> Option<NaiveDate> {
    let whole = gone.iter().filter_map(|one| merged(&one.watched.row)?.due);
    let own = gone
        .iter()
        .filter_map(|one| one.clocks.promised.as_ref().and_then(Reading::day));
    whole.chain(own).max()
}
