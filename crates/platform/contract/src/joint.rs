//! A matter of several items (一件事): which items belong to it in which situation, which of their
//! questions and materials are one. The items stay what they are; this document joins them.

mod compose;
mod progress;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use tb_calendar::{Term, Unit};
use tb_kernel::Region;
use utoipa::ToSchema;

use crate::item::{Audience, ItemDocument, SituationAnswers, is_proof};

pub use progress::{JointChild, JointRef};

/// Section of the joint form that holds what all members ask.
pub const SHARED: &str = "shared";

/// The members' descriptions by the members' keys.
pub type MemberItems = BTreeMap<String, Arc<ItemDocument>>;

/// One question of the joint guide.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct JointQuestion {
    /// Key: `sign`.
    pub id: String,
    /// The question.
    pub question: String,
    /// Its options.
    pub options: Vec<JointOption>,
}

/// One answer, with what it answers in the members' own guides.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct JointOption {
    /// Key.
    pub id: String,
    /// Text.
    pub label: String,
    /// Why this way is barred, and what to do instead.
    #[serde(default)]
    pub barred: Option<String>,
    /// What it answers in members' guides.
    #[serde(default)]
    pub answers: Vec<MemberAnswer>,
}

/// An answer in the guide of a member.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct MemberAnswer {
    /// Key of the member.
    pub member: String,
    /// Question of its item.
    pub question: String,
    /// Option of that question.
    pub option: String,
}

/// When a member belongs to the matter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct JointCondition {
    /// Question of the joint guide.
    pub question: String,
    /// One of these options is chosen.
    pub options: Vec<String>,
}

/// One item of the matter.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct JointMember {
    /// Key within the matter: `food`.
    pub key: String,
    /// Implementation code of the item.
    pub item_code: String,
    /// It belongs to the matter where all of these hold; always without any.
    #[serde(default)]
    pub when: Vec<JointCondition>,
    /// Keys of the members that must be granted before this one goes to its department.
    #[serde(default)]
    pub after: Vec<String>,
    /// What is settled in its own guide by being part of this matter.
    #[serde(default)]
    #[schema(value_type = BTreeMap<String, String>)]
    pub answers: SituationAnswers,
}

/// A field or material of one member.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct JointPart {
    /// Key of the member.
    pub member: String,
    /// Key of the field in its form, or id of its material.
    pub key: String,
}

/// Fields or materials that are one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct JointShared {
    /// Key in the joint form, or id of the joint material.
    pub key: String,
    /// What is one.
    pub parts: Vec<JointPart>,
}

/// The whole description of a joint matter in one version.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct JointItem {
    /// Code; never that of an item.
    pub code: String,
    /// Name: 开办餐饮店.
    pub name: String,
    /// In short, for lists.
    #[serde(default)]
    pub summary: String,
    /// Code of the lead office.
    pub lead_department_code: String,
    /// Name of the lead office.
    #[serde(default)]
    pub lead_department_name: String,
    /// Region.
    pub region: Region,
    /// Who may apply.
    pub audience: Vec<Audience>,
    /// Sample data, not an office's own word.
    #[serde(default)]
    pub sample: bool,
    /// Whether acceptance and correction are answered as one by the lead office.
    #[serde(default)]
    pub merged: bool,
    /// Promised term of the whole.
    #[serde(default)]
    #[schema(value_type = Option<serde_json::Value>)]
    pub promised_term: Option<Term>,
    /// Situation guide.
    #[serde(default)]
    pub situations: Vec<JointQuestion>,
    /// Items, those that others wait for before them.
    #[serde(default)]
    pub members: Vec<JointMember>,
    /// Questions of the members' forms that are one.
    #[serde(default)]
    pub shared_fields: Vec<JointShared>,
    /// Materials of the members that are one.
    #[serde(default)]
    pub shared_materials: Vec<JointShared>,
}

impl JointMember {
    /// Whether it belongs to the matter with these answers.
    pub fn applies(&self, answers: &SituationAnswers) -> bool {
        self.when.iter().all(|condition| {
            answers
                .get(&condition.question)
                .is_some_and(|answer| condition.options.contains(answer))
        })
    }
}

impl JointItem {
    /// A member by its key.
    pub fn member(&self, key: &str) -> Option<&JointMember> {
        self.members.iter().find(|member| member.key == key)
    }

    /// The members that belong to the matter with these answers, in their order.
    pub fn members_for(&self, answers: &SituationAnswers) -> Vec<&JointMember> {
        self.members
            .iter()
            .filter(|member| member.applies(answers))
            .collect()
    }

    /// What is promised of the whole where these of its members are needed: its own term for all of them; for
    /// some, what the longest of them needs, one after the other where they wait, and never more than that.
    pub fn promised_for(&self, members: &[(&JointMember, &ItemDocument)]) -> Option<Term> {
        let whole = self.promised_term?;
        if members.len() == self.members.len() {
            return Some(whole);
        }
        let ways = members.iter().map(|one| way_of(one, members, MOST_WAITING));
        let ways = ways.collect::<Option<Vec<Term>>>().unwrap_or_default();
        let longest = ways.into_iter().max_by_key(|term| rough_length(*term));
        let is_shorter = |term: &Term| rough_length(*term) < rough_length(whole);
        Some(longest.filter(is_shorter).unwrap_or(whole))
    }

    /// The answers in a member's own guide that the joint answers come to.
    pub fn answers_of(&self, member: &JointMember, answers: &SituationAnswers) -> SituationAnswers {
        let mut own = member.answers.clone();
        for question in &self.situations {
            let chosen = question
                .options
                .iter()
                .find(|option| answers.get(&question.id) == Some(&option.id));
            for answer in chosen.into_iter().flat_map(|option| &option.answers) {
                if answer.member == member.key {
                    own.insert(answer.question.clone(), answer.option.clone());
                }
            }
        }
        own
    }

    /// Key of a member's field in the joint form.
    pub fn field_key(&self, member: &str, field: &str) -> String {
        joint_key(&self.shared_fields, member, field)
    }

    /// Id of a member's material among the joint ones. What proves that somebody may act for the
    /// applicant is the whole's, and each member's.
    pub fn material_id(&self, member: &str, material: &str) -> String {
        if is_proof(material) {
            return material.to_owned();
        }
        joint_key(&self.shared_materials, member, material)
    }
}

/// So many items wait for each other at most.
const MOST_WAITING: usize = 20;

/// What an item and those before it need, where all of that is said in one unit.
fn way_of(
    (member, item): &(&JointMember, &ItemDocument),
    members: &[(&JointMember, &ItemDocument)],
    left: usize,
) -> Option<Term> {
    let own = item.promised_term?;
    let left = left.checked_sub(1)?;
    let before = members
        .iter()
        .filter(|(one, _)| member.after.contains(&one.key));
    let ways = before.map(|one| way_of(one, members, left));
    let longest = ways.collect::<Option<Vec<Term>>>()?.into_iter();
    match longest.max_by_key(|term| rough_length(*term)) {
        None => Some(own),
        Some(before) if before.unit == own.unit => Some(Term {
            length: own.length.saturating_add(before.length),
            ..own
        }),
        Some(_) => None,
    }
}

/// How long a term is in fifths of a day, for comparing: the calendar knows exactly.
fn rough_length(term: Term) -> u32 {
    let days = match term.unit {
        Unit::OnTheSpot | Unit::Minutes | Unit::Hours => 0,
        Unit::NaturalDays => 5,
        Unit::WorkingDays => 7,
        Unit::Months => 150,
        Unit::Years => 1_825,
    };
    term.length.saturating_mul(days)
}

fn joint_key(shared: &[JointShared], member: &str, key: &str) -> String {
    let holds = |one: &&JointShared| {
        one.parts
            .iter()
            .any(|part| part.member == member && part.key == key)
    };
    shared
        .iter()
        .find(holds)
        .map_or_else(|| format!("{member}_{key}"), |one| one.key.clone())
}
