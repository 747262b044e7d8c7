//! Joint matters: one application of the whole, filled in once; at submission one application of
//! each item that belongs to it, each with its own case; from then on the whole follows them.

pub(crate) mod begin;
pub(crate) mod correct;
pub(crate) mod course;
pub(crate) mod end;
pub(crate) mod follow;
pub(crate) mod split;

use std::collections::BTreeMap;
use std::sync::Arc;

use tb_contract::item::{ItemDocument, SituationAnswers};
use tb_contract::joint::{JointChild, JointItem, JointMember, JointRef, MemberItems};
use tb_forms::FormDocument;
use tb_kernel::Fault;
use tb_storage::Conn;

use crate::app::App;
use crate::error::Error;
use crate::model::joint::Plan;
use crate::store;
use crate::store::application::Application;

/// A joint matter as an application is pinned to it.
pub(crate) struct Matter {
    pub plan: Plan,
    pub joint: JointItem,
    pub items: MemberItems,
}

impl Matter {
    /// Its members with their items, as the answers choose them.
    pub fn members(&self, answers: &SituationAnswers) -> Vec<(&JointMember, &Arc<ItemDocument>)> {
        self.joint
            .members_for(answers)
            .into_iter()
            .filter_map(|member| Some((member, self.items.get(&member.key)?)))
            .collect()
    }
}

/// What an application is pinned to, where it is that of a whole.
pub(crate) fn plan(row: &Application) -> Result<Option<Plan>, Fault> {
    let read = |json: &String| serde_json::from_str(json).map_err(Fault::internal);
    row.joint_plan.as_ref().map(read).transpose()
}

/// Writes it.
pub(crate) fn keep_plan(row: &mut Application, plan: &Plan) -> Result<(), Fault> {
    row.joint_plan = Some(serde_json::to_string(plan).map_err(Fault::internal)?);
    Ok(())
}

/// The situation answers of an application.
pub(crate) fn answers(row: &Application) -> Result<SituationAnswers, Fault> {
    serde_json::from_str(&row.situation_answers).map_err(Fault::internal)
}

/// The matter that an application of a whole is pinned to.
pub(crate) async fn matter(
    app: &App,
    conn: &Conn,
    row: &Application,
    plan: Plan,
) -> Result<Matter, Fault> {
    let copy = store::joint::version(conn, &row.item_code, row.item_version)
        .await?
        .ok_or(Error::ItemNotFound)?;
    let joint = serde_json::from_str(&copy.document).map_err(Fault::internal)?;
    let mut items = BTreeMap::new();
    for pinned in &plan.items {
        let item = app.item(conn, &pinned.code, pinned.version).await?;
        items.insert(pinned.key.clone(), item);
    }
    Ok(Matter { plan, joint, items })
}

/// Answers of a draft without those of items that do not belong to the matter now: they stay with
/// the draft, and come back with the situation that asks for them.
pub(crate) fn known(item: &ItemDocument, form: serde_json::Value) -> serde_json::Value {
    let keys = |form: &FormDocument| -> Vec<String> {
        form.fields().map(|field| field.key.clone()).collect()
    };
    let keys = item.form.as_ref().map(keys).unwrap_or_default();
    match form {
        serde_json::Value::Object(answers) => answers
            .into_iter()
            .filter(|(key, _)| keys.contains(key))
            .collect(),
        other => other,
    }
}

/// The answers as saved, with those that the form does not ask now kept from before.
pub(crate) fn with_unasked(
    item: &ItemDocument,
    old: serde_json::Value,
    new: &serde_json::Value,
) -> serde_json::Value {
    let asked = known(item, old.clone());
    let (serde_json::Value::Object(old), Some(asked), Some(new)) =
        (old, asked.as_object(), new.as_object())
    else {
        return new.clone();
    };
    let unasked = old.into_iter().filter(|(key, _)| !asked.contains_key(key));
    unasked
        .chain(new.iter().map(|(key, value)| (key.clone(), value.clone())))
        .collect()
}

/// What departments are told of the whole.
pub(crate) fn reference(
    whole: &Application,
    matter: &JointItem,
    children: &[&Application],
) -> JointRef {
    let numbers: Vec<(String, Option<String>)> = children
        .iter()
        .map(|one| (one.item_code.clone(), one.number.clone()))
        .collect();
    let number = |code: &str| {
        let mut all = numbers.iter();
        all.find(|(item, _)| item == code)
            .and_then(|(_, number)| number.clone())
    };
    let after = |child: &Application| -> Vec<String> {
        let member = matter
            .members
            .iter()
            .find(|member| member.item_code == child.item_code);
        let keys = member.iter().flat_map(|member| &member.after);
        keys.filter_map(|key| number(&matter.member(key)?.item_code))
            .collect()
    };
    let place = |child: &&Application| {
        let mut all = matter.members.iter();
        all.position(|member| member.item_code == child.item_code)
    };
    let mut children = children.to_vec();
    children.sort_by_key(place);
    JointRef {
        number: whole.number.clone().unwrap_or_default(),
        name: whole.item_name.clone(),
        lead_department_code: whole.department_code.clone(),
        lead_department_name: whole.department_name.clone(),
        due: whole.promised_due,
        merged: matter.merged,
        cases: children
            .iter()
            .map(|child| JointChild {
                case_number: child.number.clone().unwrap_or_default(),
                item_name: child.item_name.clone(),
                department_code: child.department_code.clone(),
                department_name: child.department_name.clone(),
                state: child.state.clone(),
                result: child.result.clone(),
                promised_due: child.promised_due,
                after: after(child),
            })
            .collect(),
    }
}
