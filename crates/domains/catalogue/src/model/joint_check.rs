//! What must be right before a joint matter is published: its members exist and are online, their
//! own guides are answered by the joint one, what is called one is one, and the joint form holds.

use std::collections::BTreeSet;
use std::sync::Arc;

use tb_contract::item::{ItemDocument, SituationQuestion};
use tb_contract::joint::{JointItem, JointMember, JointShared, MemberItems};
use tb_kernel::{FieldFault, Locale};

use super::publish_check::fault;
use crate::error::field;

/// What even a draft must have.
pub(crate) fn check_draft(item: &JointItem) -> Vec<FieldFault> {
    let mut faults = Vec::new();
    for (path, text) in [("/code", &item.code), ("/name", &item.name)] {
        if text.trim().is_empty() {
            faults.push(fault(path, field::REQUIRED));
        }
    }
    if item.code.chars().count() > 64
        || !item
            .code
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || c == '-')
    {
        faults.push(fault("/code", field::CODE));
    }
    faults
}

/// All faults; none means that it may be published.
pub(crate) fn check(item: &JointItem, items: &MemberItems, locale: Locale) -> Vec<FieldFault> {
    let mut faults = check_draft(item);
    if item.members.len() < 2 {
        faults.push(fault("/members", field::JOINT_MEMBERS));
    }
    unique(&mut faults, item);
    for (at, member) in item.members.iter().enumerate() {
        let path = format!("/members/{at}");
        match items.get(&member.key) {
            Some(document) => sound_member(&mut faults, &path, (item, at), member, document),
            None => faults.push(fault(format!("{path}/item_code"), field::JOINT_ITEM)),
        }
    }
    for (at, question) in item.situations.iter().enumerate() {
        if question
            .options
            .iter()
            .all(|option| option.barred.is_some())
        {
            faults.push(fault(format!("/situations/{at}"), field::NO_WAY_THROUGH));
        }
    }
    shared_fields(&mut faults, item, items);
    shared_materials(&mut faults, item, items);
    if faults.is_empty() {
        whole_form(&mut faults, item, items, locale);
    }
    faults
}

fn unique(faults: &mut Vec<FieldFault>, item: &JointItem) {
    let mut keys = BTreeSet::new();
    let mut codes = BTreeSet::new();
    for (at, member) in item.members.iter().enumerate() {
        let is_key = member.key.starts_with(|c: char| c.is_ascii_lowercase())
            && member.key.len() <= 16
            && member
                .key
                .chars()
                .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit());
        if !is_key {
            faults.push(fault(format!("/members/{at}/key"), field::CODE));
        }
        if !keys.insert(&member.key) {
            faults.push(duplicate(format!("/members/{at}/key"), &member.key));
        }
        if !codes.insert(&member.item_code) {
            faults.push(duplicate(
                format!("/members/{at}/item_code"),
                &member.item_code,
            ));
        }
    }
    let mut questions = BTreeSet::new();
    for (at, question) in item.situations.iter().enumerate() {
        if !questions.insert(&question.id) {
            faults.push(duplicate(format!("/situations/{at}/id"), &question.id));
        }
    }
}

fn duplicate(path: String, key: &str) -> FieldFault {
    let mut found = fault(path, field::DUPLICATE);
    found.args.insert("key".to_owned(), key.to_owned());
    found
}

fn sound_member(
    faults: &mut Vec<FieldFault>,
    path: &str,
    (item, at): (&JointItem, usize),
    member: &JointMember,
    document: &Arc<ItemDocument>,
) {
    if !document.is_online() {
        faults.push(fault(format!("{path}/item_code"), field::JOINT_ITEM));
    }
    if item
        .audience
        .iter()
        .any(|who| !document.audience.contains(who))
    {
        faults.push(fault(format!("{path}/item_code"), field::JOINT_AUDIENCE));
    }
    if document.handling.co_applicants.is_some() {
        faults.push(fault(format!("{path}/item_code"), field::JOINT_SIGNERS));
    }
    for (which, condition) in member.when.iter().enumerate() {
        let question = item
            .situations
            .iter()
            .find(|question| question.id == condition.question);
        let known = question.is_some_and(|question| {
            condition
                .options
                .iter()
                .all(|id| question.options.iter().any(|option| option.id == *id))
        });
        if !known || condition.options.is_empty() {
            faults.push(fault(format!("{path}/when/{which}"), field::QUESTION));
        }
    }
    let earlier = item.members.get(..at).unwrap_or_default();
    for (which, key) in member.after.iter().enumerate() {
        if !earlier.iter().any(|one| one.key == *key) {
            faults.push(fault(format!("{path}/after/{which}"), field::JOINT_ORDER));
        }
    }
    for question in &document.situations {
        if !answered(item, member, question) {
            let mut found = fault(format!("{path}/answers"), field::JOINT_ANSWER);
            found
                .args
                .insert("question".to_owned(), question.question.clone());
            faults.push(found);
        }
    }
}

/// Whether a member's question has a good answer, whichever way the joint guide is gone.
fn answered(item: &JointItem, member: &JointMember, question: &SituationQuestion) -> bool {
    let good = |id: &String| {
        question
            .options
            .iter()
            .any(|option| option.id == *id && option.barred.is_none())
    };
    let given = |joint: &tb_contract::joint::JointOption| {
        let mut answers = joint
            .answers
            .iter()
            .filter(|one| one.member == member.key && one.question == question.id);
        answers.next().map(|one| good(&one.option))
    };
    let ways = |joint: &tb_contract::joint::JointQuestion| -> Vec<Option<bool>> {
        let open = joint.options.iter().filter(|one| one.barred.is_none());
        open.map(given).collect()
    };
    let all: Vec<Vec<Option<bool>>> = item.situations.iter().map(ways).collect();
    if all.iter().flatten().any(|way| *way == Some(false)) {
        return false;
    }
    match member.answers.get(&question.id) {
        Some(settled) => good(settled),
        None => all
            .iter()
            .any(|ways| !ways.is_empty() && ways.iter().all(Option::is_some)),
    }
}

fn shared_fields(faults: &mut Vec<FieldFault>, item: &JointItem, items: &MemberItems) {
    for_parts(faults, "shared_fields", &item.shared_fields, |one| {
        let mut kind = None;
        one.parts
            .iter()
            .map(|part| {
                let form = items.get(&part.member)?.form.as_ref()?;
                let field = form.fields().find(|field| field.key == part.key)?;
                Some(*kind.get_or_insert(&field.kind) == &field.kind)
            })
            .collect()
    });
}

fn shared_materials(faults: &mut Vec<FieldFault>, item: &JointItem, items: &MemberItems) {
    for_parts(faults, "shared_materials", &item.shared_materials, |one| {
        one.parts
            .iter()
            .map(|part| {
                let document = items.get(&part.member)?;
                let known = document.materials.iter().any(|one| one.id == part.key);
                known.then_some(true)
            })
            .collect()
    });
}

/// Every part must exist (`None`: it does not), be of the kind of the others, and stand once.
fn for_parts<'a>(
    faults: &mut Vec<FieldFault>,
    name: &str,
    all: &'a [JointShared],
    judge: impl Fn(&'a JointShared) -> Vec<Option<bool>>,
) {
    let mut seen = BTreeSet::new();
    let mut keys = BTreeSet::new();
    for (at, one) in all.iter().enumerate() {
        if !keys.insert(&one.key) {
            faults.push(duplicate(format!("/{name}/{at}/key"), &one.key));
        }
        for (which, (part, judged)) in one.parts.iter().zip(judge(one)).enumerate() {
            let path = format!("/{name}/{at}/parts/{which}");
            match judged {
                None => faults.push(fault(path.clone(), field::JOINT_PART)),
                Some(false) => faults.push(fault(path.clone(), field::JOINT_KIND)),
                Some(true) => {}
            }
            if !seen.insert((&part.member, &part.key)) {
                faults.push(duplicate(path, &part.key));
            }
        }
    }
}

/// The form of all members at once, and with each of them left out.
fn whole_form(faults: &mut Vec<FieldFault>, item: &JointItem, items: &MemberItems, locale: Locale) {
    let mut all = item.clone();
    for member in &mut all.members {
        member.when.clear();
    }
    let mut ways = vec![all.clone()];
    for key in items.keys() {
        let mut fewer = all.clone();
        fewer.members.retain(|member| member.key != *key);
        ways.push(fewer);
    }
    let none = std::collections::BTreeMap::new();
    for way in ways {
        let whole = way.compose(items, &none);
        let Some(form) = &whole.form else { continue };
        for problem in form.check() {
            faults.push(FieldFault {
                message: problem.text(locale),
                path: format!("/form{}", problem.path),
                code: problem.code.to_owned(),
                args: problem.args,
            });
        }
        if !faults.is_empty() {
            return;
        }
    }
}
