//! What a notice may list: fields that the form has and materials that the situation asks for; and
//! which required materials are not there.

use tb_contract::events::MaterialRef;
use tb_contract::item::{
    ItemDocument, MaterialForm, MaterialRequirement, Necessity, SituationAnswers,
};
use tb_forms::Kind;
use tb_forms::document::{Field, FormDocument};
use tb_kernel::FieldFault;

use super::apply::Original;
use super::deferral::Promised;
use super::event::Listed;
use crate::error::field;

/// The label of the field that a JSON Pointer into the answers names: `姓名`, `家庭成员 2 姓名`.
pub(crate) fn label(form: &FormDocument, path: &str) -> Option<String> {
    let mut parts = path.strip_prefix('/')?.split('/');
    let key = parts.next()?;
    let found = form.fields().find(|one| one.key == key)?;
    label_below(found, parts.collect::<Vec<_>>().as_slice())
}

fn label_below(found: &Field, rest: &[&str]) -> Option<String> {
    match (&found.kind, rest) {
        (_, []) => Some(found.label.clone()),
        (Kind::Repeat(options), [row, below @ ..]) => {
            let row: usize = row.parse().ok()?;
            let row_label = format!("{} {}", found.label, row + 1);
            match below {
                [] => Some(row_label),
                [key, deeper @ ..] => {
                    let inner = options.fields.iter().find(|one| one.key == *key)?;
                    Some(format!("{row_label} {}", label_below(inner, deeper)?))
                }
            }
        }
        _ => None,
    }
}

/// The name of a material that the situation asks for.
pub(crate) fn material_name<'a>(
    item: &'a ItemDocument,
    answers: &SituationAnswers,
    id: &str,
) -> Option<&'a str> {
    item.materials_for(answers)
        .into_iter()
        .find(|one| one.id == id)
        .map(|one| one.name.as_str())
}

/// A fault for everything listed that does not exist, or that nobody need hand in.
pub(crate) fn unknown_parts(
    item: &ItemDocument,
    answers: &SituationAnswers,
    listed: &Listed,
) -> Vec<FieldFault> {
    let known_field = |path: &str| {
        item.form
            .as_ref()
            .is_some_and(|form| label(form, path).is_some())
    };
    let fields = listed
        .fields
        .iter()
        .enumerate()
        .filter(|(_, path)| !known_field(path));
    let asked = item.materials_for(answers);
    let materials = listed.materials.iter().enumerate().filter_map(|(at, id)| {
        let code = match asked.iter().find(|one| one.id == *id) {
            Some(one) if one.waived.is_none() => return None,
            Some(_) => "approval.waived_part",
            None => "approval.unknown_part",
        };
        Some(field(format!("/materials/{at}"), code))
    });
    fields
        .map(|(at, _)| field(format!("/fields/{at}"), "approval.unknown_part"))
        .chain(materials)
        .collect()
}

/// The materials whose originals the situation asks for. A licence of ours has none: the register itself
/// is looked at.
pub(crate) fn originals(
    item: &ItemDocument,
    answers: &SituationAnswers,
    given: &[MaterialRef],
) -> Vec<Original> {
    let is_licence = |one: &MaterialRequirement| {
        let mut files = given.iter();
        files.any(|file| file.requirement_id == one.id && file.licence.is_some())
    };
    item.materials_for(answers)
        .into_iter()
        .filter(|one| one.original && one.waived.is_none() && !is_licence(one))
        .map(|one| Original {
            id: one.id.clone(),
            name: one.name.clone(),
        })
        .collect()
}

/// Names of the required materials that are not there, and of those that may be deferred and are
/// neither there nor promised. Where a promise takes the place of
/// a material for good, it is not missing. What is waived or taken on paper at the
/// counter is not expected as a file.
pub(crate) fn missing(
    item: &ItemDocument,
    answers: &SituationAnswers,
    given: &[MaterialRef],
    promised: &[Promised],
    committed: &[String],
) -> Vec<String> {
    let is_expected = |one: &MaterialRequirement| match one.necessity {
        Necessity::Required => true,
        Necessity::Deferrable => !promised.iter().any(|promised| promised.id == one.id),
        Necessity::Optional => false,
    };
    item.materials_for(answers)
        .into_iter()
        .filter(|one| is_expected(one) && one.waived.is_none() && one.form != MaterialForm::Paper)
        .filter(|one| !given.iter().any(|file| file.requirement_id == one.id))
        .filter(|one| !committed.contains(&one.id))
        .map(|one| one.name.clone())
        .collect()
}
