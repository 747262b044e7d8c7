//! Joint matters as the public sees them.

use std::collections::BTreeSet;

use tb_contract::item::{ItemDocument, SituationAnswers};
use tb_contract::joint::{JointItem, JointMember, MemberItems};
use tb_kernel::{Fault, Scope};
use tb_storage::Conn;

use crate::api::joint_items::{JointCard, JointGuide, JointMemberView, JointSituationView};
use crate::catalogue::Catalogue;
use crate::error::Error;
use crate::model::ItemStatus;
use crate::model::situation;
use crate::service::joint_items::member_items;
use crate::service::own_json;
use crate::store;

/// All that are offered, by name.
pub(crate) async fn list(catalogue: &Catalogue) -> Result<Vec<JointCard>, Fault> {
    let conn = catalogue.store().read();
    let mut cards = Vec::new();
    for row in store::joint_item::offered(&conn).await? {
        let (item, items) = published(&conn, row.id, row.published_version).await?;
        let named = |member: &JointMember| Some(items.get(&member.key)?.name.clone());
        let departments: BTreeSet<&String> =
            items.values().map(|one| &one.department_code).collect();
        cards.push(JointCard {
            departments: departments.len() as u64,
            items: item.members.iter().filter_map(named).collect(),
            code: item.code,
            name: item.name,
            summary: item.summary,
            lead_department_name: item.lead_department_name,
            audience: item.audience,
            promised_term: item.promised_term,
            sample: item.sample,
        });
    }
    Ok(cards)
}

/// The guide.
pub(crate) async fn guide(catalogue: &Catalogue, code: &str) -> Result<JointGuide, Fault> {
    let conn = catalogue.store().read();
    let (version, item, items) = offered(&conn, code).await?;
    Ok(JointGuide {
        version,
        members: members(&item, &items, &SituationAnswers::new()),
        item,
    })
}

/// What the answers come to.
pub(crate) async fn judge(
    catalogue: &Catalogue,
    code: &str,
    answers: &SituationAnswers,
) -> Result<JointSituationView, Fault> {
    let conn = catalogue.store().read();
    let (_, item, items) = offered(&conn, code).await?;
    let whole = item.compose(&items, answers);
    let judged = situation::judge(&whole, answers)
        .map_err(|faults| Fault::fields(Fault::from(Error::AnswersInvalid).code, faults))?;
    let questions = |one: &ItemDocument| {
        let form = one.form.as_ref();
        form.map_or(0, |form| form.fields().count()) as u64
    };
    let members = members(&item, &items, answers);
    let present = item.members_for(answers);
    let apart: Vec<(&JointMember, &ItemDocument)> = present
        .iter()
        .filter_map(|member| Some((*member, items.get(&member.key)?.as_ref())))
        .collect();
    Ok(JointSituationView {
        may_apply: judged.may_apply && apart.len() == present.len() && !apart.is_empty(),
        barred: judged.barred,
        unanswered: judged.unanswered,
        promised_term: whole.promised_term,
        materials: judged.materials,
        materials_apart: apart
            .iter()
            .map(|(member, one)| one.materials_for(&item.answers_of(member, answers)).len() as u64)
            .sum(),
        questions: questions(&whole),
        questions_apart: apart.iter().map(|(_, one)| questions(one)).sum(),
        fee_total: whole.fees.iter().map(|fee| fee.amount).sum(),
        members,
    })
}

fn members(
    item: &JointItem,
    items: &MemberItems,
    answers: &SituationAnswers,
) -> Vec<JointMemberView> {
    let name = |key: &String| items.get(key).map(|one| one.name.clone());
    let question = |id: &String| {
        let mut all = item.situations.iter();
        all.find(|one| one.id == *id)
            .map(|one| one.question.clone())
    };
    let view = |member: &JointMember| {
        let one = items.get(&member.key)?;
        Some(JointMemberView {
            key: member.key.clone(),
            item_code: member.item_code.clone(),
            item_name: one.name.clone(),
            department_name: one.department_name.clone(),
            applies: member.applies(answers),
            depends_on: member
                .when
                .iter()
                .filter_map(|condition| question(&condition.question))
                .collect(),
            after: member.after.iter().filter_map(name).collect(),
            promised_term: one.promised_term,
            legal_term: one.legal_term,
            fees: one.fees.clone(),
            result: one.result.as_ref().map(|result| result.name.clone()),
        })
    };
    item.members.iter().filter_map(view).collect()
}

async fn offered(conn: &Conn, code: &str) -> Result<(i64, JointItem, MemberItems), Fault> {
    let row = store::joint_item::find(conn, &Scope::Everything, code)
        .await?
        .filter(|row| row.published_version > 0)
        .ok_or(Error::JointItemNotFound)?;
    if row.status != ItemStatus::Published.as_str() {
        return Err(Error::JointItemWithdrawn { name: row.name }.into());
    }
    let (item, items) = published(conn, row.id, row.published_version).await?;
    Ok((row.published_version, item, items))
}

async fn published(
    conn: &Conn,
    id: uuid::Uuid,
    version: i64,
) -> Result<(JointItem, MemberItems), Fault> {
    let row = store::joint_item::version(conn, id, version)
        .await?
        .ok_or(Error::JointItemNotFound)?;
    let item: JointItem = own_json(&row.document)?;
    let items = member_items(conn, &item).await?;
    Ok((item, items))
}
