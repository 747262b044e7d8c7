//! Submission of a whole: one application of each item, all in the transaction of the whole.

use std::collections::HashMap;
use std::sync::Arc;

use serde_json::Value;
use tb_contract::events::{Applicant, DeferredPromise};
use tb_contract::item::ItemDocument;
use tb_contract::joint::{JointItem, JointMember};
use tb_forms::{Env, FormDocument, Kind};
use tb_kernel::{Fault, FieldFault, Locale};
use tb_storage::Tx;

use super::{Matter, keep_plan, reference};
use crate::app::{App, proved};
use crate::error::{Error, with_fields};
use crate::model::deferral::{Deferred, promise_faults, unpromised};
use crate::model::document::missing_materials;
use crate::model::joint::{Plan, Standing, progress};
use crate::model::number::hash_password;
use crate::model::{State, form_field, situation_faults};
use crate::sealed::{self, DELIVERY, FILE_NAME, FORM, MATERIAL_LICENCE, MATERIAL_ORIGIN};
use crate::service::edit::{document, form_faults};
use crate::service::promise::days;
use crate::service::submit::{HandedIn, references};
use crate::service::tell::{Payload, tell};
use crate::service::write::{Entry, record};
use crate::store;
use crate::store::application::{Application, MERGED};
use crate::store::material::Material;
use crate::view::present;

/// One item of the whole, fit to be handed in.
struct Part {
    item: Arc<ItemDocument>,
    version: i64,
    handed: HandedIn,
    materials: Vec<Material>,
    deferred: Vec<DeferredPromise>,
    waits: bool,
}

/// What the whole was handed in with.
pub(crate) struct Whole<'a> {
    pub matter: &'a Matter,
    pub handed: &'a HandedIn,
    pub materials: &'a [Material],
    pub deferred: &'a [DeferredPromise],
    pub who: &'a Applicant,
    pub password: &'a str,
    /// A case number for each item that belongs to the matter.
    pub numbers: Vec<String>,
}

/// Makes the applications and tells their departments; the caller saves the whole's own row.
pub(crate) async fn split(
    app: &App,
    tx: &mut Tx,
    locale: Locale,
    env: &Env<'_>,
    row: &mut Application,
    whole: Whole<'_>,
) -> Result<(), Fault> {
    still_offered(tx, &whole).await?;
    let parts = judged(app, tx, locale, env, (&*row, &whole)).await?;
    if parts.len() != whole.numbers.len() || parts.is_empty() {
        return Err(Error::JointItemMissing.into());
    }
    row.joint_answer = whole.matter.joint.merged.then(|| MERGED.to_owned());
    promise(app, tx, row, &whole).await?;
    let mut children = Vec::with_capacity(parts.len());
    for (part, number) in parts.iter().zip(&whole.numbers) {
        children.push(child(tx, row, part, number, &whole)?);
    }
    let all: Vec<&Application> = children.iter().collect();
    let joint = reference(row, &whole.matter.joint, &all);
    settle(row, whole.matter, &children)?;
    // From here on each item owes what was promised for it.
    sealed::set_deferred(row, Vec::new())?;
    for (part, mut child) in parts.into_iter().zip(children) {
        let now = tx.now();
        record(tx, &mut child, Entry::own("submitted", now, "")).await?;
        for material in &part.materials {
            let copy = Material {
                application_id: child.id,
                ..material.clone()
            };
            store::material::insert(tx.conn(), copy).await?;
        }
        if part.waits {
            record(tx, &mut child, Entry::platform("joint_waiting", now)).await?;
        } else {
            let materials = references(tx.sealer(), &part.item, &part.handed, &part.materials)?;
            let payload = Payload {
                item: &part.item,
                who: whole.who.clone(),
                handed: part.handed,
                materials,
                deferred: part.deferred,
                commitment: None,
                changed: Vec::new(),
                remark: String::new(),
                joint: Some(joint.clone()),
                counter: None,
                co_applicants: Vec::new(),
            };
            tell(tx, &mut child, "intake.application.submitted", payload)?;
        }
        store::application::insert(tx.conn(), child).await?;
    }
    Ok(())
}

/// Whether every item that belongs to the matter is pinned and still offered.
async fn still_offered(tx: &Tx, whole: &Whole<'_>) -> Result<(), Fault> {
    let matter = whole.matter;
    let answers = &whole.handed.answers;
    let members = matter.members(answers);
    if members.len() != matter.joint.members_for(answers).len() {
        return Err(Error::JointItemMissing.into());
    }
    for (_, item) in members {
        let newest = store::item::newest(tx.conn(), &item.code).await?;
        if newest.is_none_or(|newest| newest.withdrawn) {
            return Err(Error::JointItemMissing.into());
        }
    }
    Ok(())
}

/// Every part judged by its own item; what is wrong is named by its place in the joint form and by
/// the item that finds it wrong.
async fn judged(
    app: &App,
    tx: &Tx,
    locale: Locale,
    env: &Env<'_>,
    (row, whole): (&Application, &Whole<'_>),
) -> Result<Vec<Part>, Fault> {
    let matter = whole.matter;
    let mut faults = Vec::new();
    let mut parts = Vec::new();
    for (member, item) in matter.members(&whole.handed.answers) {
        let item = &proved(item.clone(), row);
        let answers = matter.joint.answers_of(member, &whole.handed.answers);
        let (materials, ids) = files(tx, &matter.joint, member, item, whole.materials)?;
        let mut form = matter.joint.form_of(&member.key, item, &whole.handed.form);
        rename(&mut form, &ids);
        faults.extend(situation_faults(item, &answers, true));
        let deferred = promised(whole, &member.key, item);
        let there = present(&materials);
        let missing = missing_materials(item, &answers, &there);
        let unpromised = unpromised(item, &answers, &there, &deferred);
        let days = days(app, tx.conn(), row, item, tx.now()).await?;
        let astray = promise_faults(item, &answers, &deferred, days);
        let of_materials = missing.into_iter().chain(unpromised).chain(astray);
        faults.extend(of_materials.map(|mut fault| {
            let id = fault.path.strip_prefix("/materials/").unwrap_or_default();
            fault.path = format!("/materials/{}", matter.joint.material_id(&member.key, id));
            fault
        }));
        let form = match tb_forms::validate(document(item)?, &form, env) {
            Ok(form) => form.into_value(),
            Err(problems) => {
                let found = form_faults(problems, locale);
                faults.extend(
                    found
                        .into_iter()
                        .map(|one| placed(&matter.joint, member, item, one)),
                );
                Value::Null
            }
        };
        let pinned = matter.plan.items.iter().find(|one| one.key == member.key);
        let present = whole.matter.joint.members_for(&whole.handed.answers);
        let waits = member
            .after
            .iter()
            .any(|key| present.iter().any(|one| one.key == *key));
        parts.push(Part {
            item: item.clone(),
            version: pinned.map_or(0, |pinned| pinned.version),
            handed: HandedIn { form, answers },
            materials,
            deferred,
            waits,
        });
    }
    if faults.is_empty() {
        Ok(parts)
    } else {
        Err(with_fields(Error::ApplicationInvalid, faults))
    }
}

/// What was promised of an item's materials.
fn promised(whole: &Whole<'_>, member: &str, item: &ItemDocument) -> Vec<DeferredPromise> {
    let joint = &whole.matter.joint;
    let made = item.materials.iter().flat_map(|one| {
        let id = joint.material_id(member, &one.id);
        let of_it = whole.deferred.iter();
        of_it
            .filter(move |made| made.requirement_id == id)
            .map(|made| DeferredPromise {
                requirement_id: one.id.clone(),
                by: made.by,
            })
    });
    made.collect()
}

/// A fault of a member's form, at its place in the joint form, with the member's name.
pub(super) fn placed(
    joint: &JointItem,
    member: &JointMember,
    item: &ItemDocument,
    fault: FieldFault,
) -> FieldFault {
    let inner = fault.path.strip_prefix("/form/").unwrap_or_default();
    let (key, rest) = inner
        .split_once('/')
        .map_or((inner, None), |(key, rest)| (key, Some(rest)));
    let key = joint.field_key(&member.key, key);
    let rest = rest.map_or_else(String::new, |rest| format!("/{rest}"));
    FieldFault {
        path: format!("/form/{key}{rest}"),
        message: format!("{}：{}", item.name, fault.message),
        ..fault
    }
}

/// Copies of the files that an item wants; the bytes are shared. With the new id of each.
pub(super) fn files(
    tx: &Tx,
    joint: &JointItem,
    member: &JointMember,
    item: &ItemDocument,
    all: &[Material],
) -> Result<(Vec<Material>, HashMap<String, String>), Fault> {
    let attachments: Vec<&str> = item
        .form
        .iter()
        .flat_map(FormDocument::fields)
        .filter(|field| matches!(field.kind, Kind::Attachment(_)))
        .map(|field| field.key.as_str())
        .collect();
    let mut copies = Vec::new();
    let mut ids = HashMap::new();
    for file in all.iter().filter(|file| !file.removed) {
        let wanted = match form_field(&file.requirement_id) {
            Some(key) => attachments
                .iter()
                .find(|own| joint.field_key(&member.key, own) == key)
                .map(|own| format!("form.{own}")),
            None => item
                .materials
                .iter()
                .find(|one| joint.material_id(&member.key, &one.id) == file.requirement_id)
                .map(|one| one.id.clone()),
        };
        let Some(requirement_id) = wanted else {
            continue;
        };
        let id = tx.new_id();
        let name = tx.sealer().open_text(FILE_NAME, file.id, &file.file_name)?;
        let origin = sealed::taken(tx.sealer(), file)?;
        let vault_origin = origin
            .map(|origin| tx.sealer().seal_json(MATERIAL_ORIGIN, id, &origin))
            .transpose()?;
        let licence = sealed::licence(tx.sealer(), file)?
            .map(|licence| tx.sealer().seal_json(MATERIAL_LICENCE, id, &licence))
            .transpose()?;
        ids.insert(file.id.to_string(), id.to_string());
        copies.push(Material {
            id,
            requirement_id,
            file_name: tx.sealer().seal_text(FILE_NAME, id, &name)?,
            handed_in: true,
            vault_origin,
            licence,
            ..file.clone()
        });
    }
    Ok((copies, ids))
}

/// Attachment fields name the copies.
pub(super) fn rename(value: &mut Value, ids: &HashMap<String, String>) {
    match value {
        Value::String(text) => {
            if let Some(new) = ids.get(text) {
                text.clone_from(new);
            }
        }
        Value::Array(all) => all.iter_mut().for_each(|one| rename(one, ids)),
        Value::Object(all) => all.values_mut().for_each(|one| rename(one, ids)),
        _ => {}
    }
}

/// The day by which the whole is promised, by what is needed of it.
async fn promise(
    app: &App,
    tx: &Tx,
    row: &mut Application,
    whole: &Whole<'_>,
) -> Result<(), Fault> {
    let matter = whole.matter;
    let members = matter.members(&whole.handed.answers).into_iter();
    let needed: Vec<_> = members
        .map(|(member, item)| (member, item.as_ref()))
        .collect();
    let mut plan = matter.plan.clone();
    if let Some(term) = matter.joint.promised_for(&needed) {
        let calendar = app.calendar(tx.conn(), &row.calendar_version).await?;
        let request = tb_calendar::Request::new(tx.now(), term).in_region(row.region.as_str());
        // Where the calendar does not reach there is no date, and each item's own says so.
        if let Ok(due) = calendar.due(&request) {
            plan.overall_due = Some(due.date);
            let derivation = serde_json::to_value(&due.derivation).map_err(Fault::internal)?;
            plan.derivation = Some(derivation);
        }
    }
    row.promised_due = plan.overall_due;
    row.derivation = plan.derivation.as_ref().map(Value::to_string);
    keep_plan(row, &plan)
}

fn settle(row: &mut Application, matter: &Matter, children: &[Application]) -> Result<(), Fault> {
    let mut plan: Plan = super::plan(row)?.unwrap_or_else(|| matter.plan.clone());
    let standings = children
        .iter()
        .map(|child| {
            Ok(Standing {
                state: sealed::state(child)?,
                turn: false,
                result: None,
            })
        })
        .collect::<Result<Vec<_>, Fault>>()?;
    plan.progress = progress(&standings);
    keep_plan(row, &plan)
}

fn child(
    tx: &Tx,
    whole: &Application,
    part: &Part,
    number: &str,
    handed: &Whole<'_>,
) -> Result<Application, Fault> {
    let (id, item) = (tx.new_id(), &part.item);
    let state = if part.waits {
        State::Waiting
    } else {
        State::Submitted
    };
    let mut row = Application {
        id,
        number: Some(number.to_owned()),
        item_code: item.code.clone(),
        item_version: part.version,
        form_version: part.version,
        item_name: item.name.clone(),
        department_code: item.department_code.clone(),
        department_name: item.department_name.clone(),
        region: item.region.to_string(),
        state: state.as_str().to_owned(),
        change_version: 0,
        version: 1,
        timeline_length: 0,
        situation_answers: serde_json::to_string(&part.handed.answers).map_err(Fault::internal)?,
        form: tx.sealer().seal_json(FORM, id, &part.handed.form)?,
        query_password: Some(hash_password(tx.sealer(), number, handed.password)),
        promised_due: None,
        derivation: None,
        delivery: sealed::delivery(tx.sealer(), whole)?
            .map(|choice| tx.sealer().seal_json(DELIVERY, id, &choice))
            .transpose()?,
        delivery_told: None,
        joint_id: Some(whole.id),
        joint_plan: None,
        created_at: tx.now(),
        updated_at: tx.now(),
        submitted_at: Some(tx.now()),
        ..whole.clone()
    };
    sealed::set_applicant(tx.sealer(), &mut row, handed.who)?;
    if let Some(proxy) = sealed::proxy(tx.sealer(), whole)? {
        sealed::set_proxy(tx.sealer(), &mut row, &proxy)?;
    }
    let deferred = part.deferred.iter().cloned().map(Deferred::from);
    sealed::set_deferred(&mut row, deferred.collect())?;
    Ok(row)
}
