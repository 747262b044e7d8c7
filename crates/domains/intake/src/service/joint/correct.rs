//! The one correction of a joint matter that is answered as one. The whole shows one list of what all its
//! items want; what is sent is the correction of each item, by the item's own rules, all in one transaction.

use serde_json::Value;
use tb_contract::access::ApplicationWrite;
use tb_contract::item::ItemDocument;
use tb_forms::Env;
use tb_http::Ctx;
use tb_kernel::{Fault, FieldFault};
use tb_storage::{Tracked, Tx};

use super::split::{files, placed, rename};
use super::{Matter, answers, known, matter, plan};
use crate::app::{App, proved};
use crate::error::{Error, with_fields};
use crate::model::joint::correction::{Wanted, answered, joint_requirement, merged};
use crate::model::licence::Checked;
use crate::model::{Correction, Editing, State};
use crate::sealed::{self, CORRECTION, FORM, FORM_DRAFT};
use crate::service::correct::{Asked, changes, hand_in, judge, untouched};
use crate::service::edit::document;
use crate::service::judge::settle;
use crate::service::vault::gather::gather;
use crate::service::write::{Entry, SELF, record, touch};
use crate::store;
use crate::store::application::Application;
use crate::store::material::Material;

/// Whether an application of a whole waits for its correction.
fn is_asked(row: &Application) -> Result<bool, Fault> {
    Ok(row.correction_open && sealed::state(row)?.asks_for_correction())
}

/// Puts what the items want corrected on the whole as one list; what was begun there stays while the list
/// loses nothing.
pub(super) fn collect(
    tx: &Tx,
    whole: &mut Application,
    matter: &Matter,
    children: &[Tracked<Application>],
) -> Result<(), Fault> {
    let present = answers(whole)?;
    let mut lists = Vec::new();
    for (member, item) in matter.members(&present) {
        let child = children.iter().find(|one| one.item_code == item.code);
        let Some(child) = child.filter(|child| is_asked(child).unwrap_or_default()) else {
            continue;
        };
        if let Some(correction) = sealed::correction(tx.sealer(), child)? {
            lists.push((member, child, correction));
        }
    }
    if lists.is_empty() {
        whole.correction_open = false;
        whole.form_draft = None;
        whole.applicant_due = None;
        return Ok(());
    }
    let wanted: Vec<Wanted<'_>> = lists
        .iter()
        .map(|(member, child, correction)| Wanted {
            member: &member.key,
            item: &child.item_name,
            office: &child.department_name,
            correction,
        })
        .collect();
    let all = merged(&matter.joint, &wanted);
    let before = sealed::correction(tx.sealer(), whole)?.filter(|_| whole.correction_open);
    let keeps = before.is_some_and(|old| {
        old.fields.iter().all(|path| all.fields.contains(path))
            && old.materials.iter().all(|id| all.materials.contains(id))
    });
    if !keeps {
        whole.form_draft = None;
    }
    whole.applicant_due = all.due;
    whole.correction = Some(tx.sealer().seal_json(CORRECTION, whole.id, &all)?);
    whole.correction_open = true;
    Ok(())
}

/// A correction of the whole on its way.
pub(crate) struct Sending<'a> {
    /// The composed item.
    pub item: &'a ItemDocument,
    /// What is asked.
    pub asked: &'a Correction,
    /// How the licences stand that it is handed in with.
    pub licences: &'a Checked,
    /// The applicant's words.
    pub remark: &'a str,
}

/// What changed on the whole, fit to be handed on.
struct Changed {
    form: Value,
    parts: Vec<String>,
    files: Vec<Material>,
}

/// Sends the correction of every item that waits for one; the caller saves the whole's own row. One of the
/// applications that moved comes back.
pub(crate) async fn send(
    app: &App,
    tx: &mut Tx,
    ctx: &Ctx<ApplicationWrite>,
    (whole, env): (&mut Application, &Env<'_>),
    sending: Sending<'_>,
) -> Result<Application, Fault> {
    let pinned = plan(whole)?.ok_or(Error::NothingToCorrect)?;
    let matter = matter(app, tx.conn(), whole, pinned).await?;
    let changed = changed(tx, ctx, (&*whole, env), &sending).await?;
    let present = answers(whole)?;
    let mut children = store::joint::children_locked(tx.conn(), whole.id).await?;
    let (mut faults, mut moved) = (Vec::new(), None);
    for (member, item) in matter.members(&present) {
        let child = children.iter_mut().find(|one| one.item_code == item.code);
        let Some(child) = child else { continue };
        if !is_asked(child)? {
            continue;
        }
        let item = proved(item.clone(), child);
        let Some(own) = sealed::correction(tx.sealer(), child)? else {
            continue;
        };
        let wanted = Wanted {
            member: &member.key,
            item: &item.name,
            office: &child.department_name.clone(),
            correction: &own,
        };
        hand_over(tx, (&matter, &item), child, (&wanted, &changed)).await?;
        let materials = store::material::all(tx.conn(), child.id).await?;
        let asked = Asked {
            correction: &own,
            committed: &[],
            licences: sending.licences,
        };
        match judge(env, ctx, child, &item, asked, materials, sending.remark) {
            Ok(judged) => {
                let kind = kind_of(child)?;
                hand_in(tx, child, &item, kind, judged, sending.remark).await?;
                let now = tx.now();
                record(tx, child, Entry::own(kind, now, sending.remark)).await?;
                touch(child, SELF, now);
                store::application::save(tx.conn(), child).await?;
                moved = Some((**child).clone());
            }
            Err(fault) if fault.fields.is_empty() => return Err(fault),
            Err(fault) => faults.extend(
                fault
                    .fields
                    .into_iter()
                    .map(|one| on_the_whole(&matter, &wanted, &item, one)),
            ),
        }
    }
    if !faults.is_empty() {
        return Err(with_fields(Error::CorrectionIncomplete, faults));
    }
    let who = sealed::applicant(tx.sealer(), whole)?;
    gather(tx, whole, &who, sending.item, &present, &changed.files).await?;
    store::material::hand_in(tx.conn(), whole.id).await?;
    whole.form = tx.sealer().seal_json(FORM, whole.id, &changed.form)?;
    whole.form_draft = None;
    whole.correction_open = false;
    whole.applicant_due = None;
    moved.ok_or_else(|| Error::NothingToCorrect.into())
}

fn kind_of(child: &Application) -> Result<&'static str, Fault> {
    Ok(if sealed::state(child)? == State::PreReviewReturned {
        "resubmitted"
    } else {
        "corrected"
    })
}

/// What changed on the whole: listed parts alone, and each of them unless the applicant says why not. Whether
/// all is there is judged item by item.
async fn changed(
    tx: &Tx,
    ctx: &Ctx<ApplicationWrite>,
    (whole, env): (&Application, &Env<'_>),
    sending: &Sending<'_>,
) -> Result<Changed, Fault> {
    let (item, asked, sealer) = (sending.item, sending.asked, tx.sealer());
    let files = store::material::all(tx.conn(), whole.id).await?;
    let old = known(item, sealed::form(sealer, whole)?);
    let new = known(item, sealed::working_form(sealer, whole)?);
    let form = document(item)?;
    let mut faults = Vec::new();
    let judged = tb_forms::validate_correction(form, &old, &new, &asked.fields, env);
    let new = settle(judged, item, &files, ctx.locale(), &mut faults)?;
    if !faults.is_empty() {
        return Err(with_fields(Error::CorrectionIncomplete, faults));
    }
    let parts = changes(&tb_forms::changed_paths(form, &old, &new), &files);
    let left = untouched(asked, &parts);
    if !left.is_empty() && sending.remark.is_empty() {
        return Err(with_fields(Error::CorrectionIncomplete, left));
    }
    Ok(Changed {
        form: new,
        parts,
        files,
    })
}

/// Gives an item what it listed and what changed on the whole, as a correction of its own that is not sent
/// yet.
async fn hand_over(
    tx: &Tx,
    (matter, item): (&Matter, &ItemDocument),
    child: &mut Application,
    (wanted, changed): (&Wanted<'_>, &Changed),
) -> Result<(), Fault> {
    let joint = &matter.joint;
    let member = joint.member(wanted.member).ok_or(Error::JointItemMissing)?;
    let editing = Editing::Listed(wanted.correction.clone());
    let is_new = |requirement: &str| {
        let on_whole = joint_requirement(joint, wanted.member, requirement);
        editing.allows_material(requirement) && changed.parts.contains(&on_whole)
    };
    for file in store::material::all(tx.conn(), child.id).await? {
        if !file.removed && is_new(&file.requirement_id) {
            store::material::remove(tx.conn(), &file).await?;
        }
    }
    let (copies, ids) = files(tx, joint, member, item, &changed.files)?;
    for copy in copies
        .into_iter()
        .filter(|copy| is_new(&copy.requirement_id))
    {
        let copy = Material {
            application_id: child.id,
            handed_in: false,
            ..copy
        };
        store::material::insert(tx.conn(), copy).await?;
    }
    let mut own = joint.form_of(wanted.member, item, &changed.form);
    rename(&mut own, &ids);
    let old = sealed::form(tx.sealer(), child)?;
    let new = answered(joint, wanted, (&old, &own), &changed.parts);
    child.form_draft = Some(tx.sealer().seal_json(FORM_DRAFT, child.id, &new)?);
    Ok(())
}

/// A fault of an item at its place on the whole, with the item's name.
fn on_the_whole(
    matter: &Matter,
    wanted: &Wanted<'_>,
    item: &ItemDocument,
    fault: FieldFault,
) -> FieldFault {
    let joint = &matter.joint;
    match (
        fault.path.strip_prefix("/materials/"),
        joint.member(wanted.member),
    ) {
        (Some(id), _) => FieldFault {
            path: format!("/materials/{}", joint.material_id(wanted.member, id)),
            ..fault
        },
        (None, Some(member)) => placed(joint, member, item, fault),
        (None, None) => fault,
    }
}
