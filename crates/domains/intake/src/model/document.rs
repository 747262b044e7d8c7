//! Questions to an item's description: does a path or a requirement named by somebody else exist
//! in it, what does it ask for.

use std::collections::BTreeSet;

use tb_contract::item::{ItemDocument, SituationAnswers};
use tb_forms::{Field, Kind};
use tb_kernel::FieldFault;

use super::{form_field, is_required};
use crate::error::{fault_at, field};

/// Whether a JSON Pointer names a field of the item's form, or a row of a repeat group.
pub(crate) fn has_path(item: &ItemDocument, path: &str) -> bool {
    let (Some(form), Some(rest)) = (&item.form, path.strip_prefix('/')) else {
        return false;
    };
    let steps: Vec<&str> = rest.split('/').collect();
    let Some((key, steps)) = steps.split_first() else {
        return false;
    };
    form.fields()
        .find(|field| field.key == *key)
        .is_some_and(|field| reaches(field, steps))
}

fn reaches(field: &Field, steps: &[&str]) -> bool {
    let (row, key, rest) = match (steps, &field.kind) {
        ([], _) => return true,
        ([row], Kind::Repeat(_)) => return row.parse::<u16>().is_ok(),
        ([row, key, rest @ ..], Kind::Repeat(_)) => (row, key, rest),
        _ => return false,
    };
    let Kind::Repeat(options) = &field.kind else {
        return false;
    };
    let inner = options.fields.iter().find(|inner| inner.key == *key);
    row.parse::<u16>().is_ok() && inner.is_some_and(|inner| reaches(inner, rest))
}

/// Whether files may be given for a requirement: one of the item's materials in this situation,
/// or a field of the form that has attachments.
pub(crate) fn takes_material(
    item: &ItemDocument,
    answers: &SituationAnswers,
    requirement_id: &str,
) -> bool {
    if item
        .materials_for(answers)
        .iter()
        .any(|requirement| requirement.id == requirement_id)
    {
        return true;
    }
    let fields = item.form.iter().flat_map(tb_forms::FormDocument::fields);
    form_field(requirement_id).is_some_and(|key| {
        fields
            .into_iter()
            .any(|field| field.key == key && has_files(field))
    })
}

/// Whether files can be given in a field: an attachment, or a group with one in its rows, however
/// deep. They all come under the key of the outermost group.
fn has_files(field: &Field) -> bool {
    match &field.kind {
        Kind::Attachment(_) => true,
        Kind::Repeat(options) => options.fields.iter().any(has_files),
        _ => false,
    }
}

/// Required materials for which nothing is there.
pub(crate) fn missing_materials(
    item: &ItemDocument,
    answers: &SituationAnswers,
    present: &BTreeSet<&str>,
) -> Vec<FieldFault> {
    item.materials_for(answers)
        .into_iter()
        .filter(|requirement| {
            is_required(requirement) && !present.contains(requirement.id.as_str())
        })
        .map(|requirement| {
            let args = [("name", requirement.name.as_str())];
            fault_at(
                format!("/materials/{}", requirement.id),
                field::MATERIAL_REQUIRED,
                &args,
            )
        })
        .collect()
}
