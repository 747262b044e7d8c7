//! 申办 and 材料: what the applicant handed in.

use serde_json::json;
use tb_contract::events::{CoApplicant, MaterialRef};
use tb_contract::item::MaterialRequirement;
use tb_kernel::identity_number::{CitizenId, CreditCode};
use tb_kernel::office_time::shanghai;

use super::{Source, word};
use crate::exchange::{Application, Material};
use crate::model::commitment::undertaking;
use crate::model::deferral::promises;
use crate::sealed::normal_id;

/// 申办
pub(super) fn application(source: &Source<'_>) -> Application {
    let (row, item, dossier) = (source.row, &source.setting.item, &source.dossier);
    let applicant = &source.applicant;
    let joint = crate::view::joint(row);
    let delivery = dossier.delivery.as_ref();
    let address = delivery.and_then(|choice| choice.address.as_ref());
    let contact = if dossier.agent_name.is_empty() {
        &applicant.name
    } else {
        &dossier.agent_name
    };
    let kind = if row.organisation {
        "organisation"
    } else {
        "natural_person"
    };
    let sent = |read: fn(&tb_contract::events::DeliveryAddress) -> &String| {
        address.map(read).cloned().unwrap_or_default()
    };
    Application {
        case_number: row.number.clone(),
        item_code: row.item_code.clone(),
        business_code: item.business_code.clone().unwrap_or_default(),
        item_version: row.item_version,
        item_name: row.item_name.clone(),
        case_kind: word(&item.case_kind),
        department_code: row.department_code.clone(),
        department_name: source.setting.office.clone(),
        region: row.region.clone(),
        applicant_type: kind.to_owned(),
        applicant_name: applicant.name.clone(),
        applicant_document: document(&applicant.id_number).to_owned(),
        applicant_number: applicant.id_number.clone(),
        contact_name: contact.clone(),
        contact_phone: applicant.phone.clone(),
        channel: row.channel.clone(),
        submitted_at: row.submitted_at,
        situation: situation(source),
        form: dossier.form.to_string(),
        joint_number: joint.map(|joint| joint.number).unwrap_or_default(),
        co_applicants: dossier.co_applicants.iter().map(co_applicant).collect(),
        delivery_way: delivery.map(|choice| word(&choice.way)).unwrap_or_default(),
        recipient: sent(|to| &to.recipient),
        recipient_phone: sent(|to| &to.phone),
        recipient_address: sent(|to| &to.address),
    }
}

/// Somebody who applied beside the applicant, as text in JSON: names may hold any mark that would part them.
fn co_applicant(one: &CoApplicant) -> String {
    let at = one.signed_at.with_timezone(&shanghai()).to_rfc3339();
    json!({ "role": one.role, "name": one.name, "id_number": one.id_number, "signed_at": at })
        .to_string()
}

/// What kind of number it is.
fn document(number: &str) -> &'static str {
    let number = normal_id(number);
    if CitizenId::try_from(number.clone()).is_ok() {
        "citizen_id"
    } else if CreditCode::try_from(number).is_ok() {
        "credit_code"
    } else {
        "other"
    }
}

fn situation(source: &Source<'_>) -> Vec<String> {
    let given = &source.dossier.situation;
    let answers = source.setting.item.situations.iter().filter_map(|asked| {
        let chosen = given.get(&asked.id)?;
        let option = asked.options.iter().find(|option| option.id == *chosen)?;
        Some(format!("{}{}", asked.question, option.label))
    });
    answers.collect()
}

/// 材料: those that the situation asks for, then others that were given.
pub(super) fn materials(source: &Source<'_>) -> Vec<Material> {
    let (item, dossier, files) = (&source.setting.item, &source.dossier, &source.files);
    let promised = promises(item, &dossier.situation, files, &dossier.deferred);
    let committed = undertaking(item, &dossier.situation, files, dossier.commitment.as_ref());
    let committed = committed.map(|(_, ids)| ids).unwrap_or_default();
    let asked = item.materials_for(&dossier.situation);
    let mut materials = Vec::new();
    for one in &asked {
        let of_it = files.iter().filter(|file| file.requirement_id == one.id);
        let given: Vec<Material> = of_it.map(|file| submitted(one, file)).collect();
        if !given.is_empty() {
            materials.extend(given);
            continue;
        }
        let promise = promised.iter().find(|promise| promise.id == one.id);
        let obtained = match promise {
            Some(_) => "promised",
            None if committed.contains(&one.id) => "committed",
            None if one.waived.is_some() => "waived",
            None => "absent",
        };
        materials.push(Material {
            obtained: obtained.to_owned(),
            promised_by: promise.map(|promise| promise.by),
            ..of_requirement(one)
        });
    }
    let others = files
        .iter()
        .filter(|file| asked.iter().all(|one| one.id != file.requirement_id));
    materials.extend(others.map(|file| Material {
        code: file.requirement_id.clone(),
        name: source.part(&file.requirement_id),
        ..of_file(file)
    }));
    materials
}

fn of_requirement(one: &MaterialRequirement) -> Material {
    Material {
        code: one.id.clone(),
        name: one.name.clone(),
        necessity: word(&one.necessity),
        ..Material::default()
    }
}

fn of_file(file: &MaterialRef) -> Material {
    let licence = file.licence.as_ref().map(|taken| taken.licence.clone());
    let licence = licence.map(|one| (one.number, one.type_name, one.mark));
    let (licence_number, licence_type, licence_mark) = licence.unwrap_or_default();
    Material {
        obtained: "submitted".to_owned(),
        file_id: file.id.0.to_string(),
        file_name: file.file_name.clone(),
        media_type: file.media_type.clone(),
        size: Some(file.size),
        licence_number,
        licence_type,
        licence_mark,
        ..Material::default()
    }
}

fn submitted(one: &MaterialRequirement, file: &MaterialRef) -> Material {
    let asked = of_requirement(one);
    Material {
        code: asked.code,
        name: asked.name,
        necessity: asked.necessity,
        ..of_file(file)
    }
}
