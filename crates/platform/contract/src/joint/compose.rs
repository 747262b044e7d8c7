//! One form and one list of materials out of those of the members, and back again.

use std::collections::BTreeSet;

use serde_json::{Map, Value};
use tb_calendar::Term;
use tb_forms::{Condition, Field, FormDocument, Kind, Section};

use super::{JointItem, JointMember, MemberItems, SHARED, rough_length};
use crate::item::{
    CaseKind, DEFERRAL, HandlingWay, ItemAuthority, ItemDocument, ItemHandling, ItemLinks,
    ItemType, MaterialRequirement, Necessity, ResultDelivery, SituationAnswers, SituationOption,
    SituationQuestion,
};

/// The shortest time for which a member lets a material be promised, by rough length: each member
/// judges its own promises by the calendar when the whole is handed in.
fn deferral_term(members: &[(&JointMember, &ItemDocument)]) -> Option<Term> {
    let defers = |item: &ItemDocument| {
        let mut materials = item.materials.iter();
        materials.any(|one| one.necessity == Necessity::Deferrable)
    };
    let terms = members
        .iter()
        .filter(|(_, item)| defers(item))
        .map(|(_, item)| item.deferral_term.unwrap_or(DEFERRAL));
    terms.min_by_key(|term| rough_length(*term))
}

/// The ways that every item offers: one choice is made for all.
fn delivery(members: &[(&JointMember, &ItemDocument)]) -> Vec<ResultDelivery> {
    let offered = members
        .first()
        .map(|(_, item)| item.handling.delivery.iter());
    let by_all = |way: &&ResultDelivery| {
        let mut all = members.iter();
        all.all(|(_, item)| item.handling.delivery.contains(way))
    };
    offered
        .into_iter()
        .flatten()
        .filter(by_all)
        .copied()
        .collect()
}

impl JointItem {
    /// The matter as one item: what an applicant fills in and hands in with these answers.
    pub fn compose(&self, items: &MemberItems, answers: &SituationAnswers) -> ItemDocument {
        let members: Vec<(&JointMember, &ItemDocument)> = self
            .members_for(answers)
            .into_iter()
            .filter_map(|member| Some((member, items.get(&member.key)?.as_ref())))
            .collect();
        ItemDocument {
            code: self.code.clone(),
            business_code: None,
            base_code: None,
            external_codes: Vec::new(),
            name: self.name.clone(),
            category: String::new(),
            item_type: ItemType::PublicService,
            department_code: self.lead_department_code.clone(),
            department_name: self.lead_department_name.clone(),
            region: self.region.clone(),
            audience: self.audience.clone(),
            case_kind: CaseKind::Joint,
            sample: self.sample,
            summary: self.summary.clone(),
            conditions: Vec::new(),
            legal_term: None,
            promised_term: self.promised_for(&members),
            legal_term_note: String::new(),
            promised_term_note: String::new(),
            pre_review_term: None,
            correction_term: None,
            correction_lapses: false,
            deferral_term: deferral_term(&members),
            // What is promised to one department cannot be told from what is promised to all.
            commitment: None,
            situations: self.situations.iter().map(question).collect(),
            materials: self.materials(&members, answers),
            steps: Vec::new(),
            special_procedures: Vec::new(),
            fees: members
                .iter()
                .flat_map(|(_, item)| item.fees.clone())
                .collect(),
            legal_bases: Vec::new(),
            result: None,
            further_results: Vec::new(),
            authority: ItemAuthority::default(),
            handling: ItemHandling {
                ways: vec![HandlingWay::Online],
                proxy: members.iter().all(|(_, item)| item.handling.proxy),
                delivery: delivery(&members),
                ..ItemHandling::default()
            },
            links: ItemLinks::default(),
            online_depth: 4,
            visits: members
                .iter()
                .map(|(_, item)| item.visits)
                .max()
                .unwrap_or(0),
            places: Vec::new(),
            consultation: String::new(),
            complaint: String::new(),
            remedies: String::new(),
            themes: Vec::new(),
            keywords: Vec::new(),
            faqs: Vec::new(),
            form: Some(self.form(&members)),
            effective_from: None,
        }
    }

    /// A member's own answers out of those of the joint form.
    pub fn form_of(&self, member: &str, item: &ItemDocument, joint: &Value) -> Value {
        let fields = item.form.iter().flat_map(FormDocument::fields);
        let answers: Map<String, Value> = fields
            .into_iter()
            .filter_map(|field| {
                let value = joint.get(self.field_key(member, &field.key))?;
                Some((field.key.clone(), value.clone()))
            })
            .collect();
        Value::Object(answers)
    }

    fn form(&self, members: &[(&JointMember, &ItemDocument)]) -> FormDocument {
        let mut shared = Vec::new();
        for one in &self.shared_fields {
            let mut parts = members.iter().flat_map(|(member, item)| {
                let keys = one.parts.iter().filter(|part| part.member == member.key);
                keys.filter_map(move |part| {
                    let form = item.form.as_ref()?;
                    let field = form.fields().find(|field| field.key == part.key)?;
                    Some((member.key.as_str(), field))
                })
            });
            let Some((member, field)) = parts.next() else {
                continue;
            };
            let mut field = self.renamed(member, field);
            for (key, other) in parts {
                field.required |= other.required;
                field.sensitive |= other.sensitive;
                field.verified |= other.verified;
                field.prefill = field.prefill.or_else(|| other.prefill.clone());
                // Asked for where one of them asks for it.
                let condition = self.renamed(key, other).visible_when;
                field.visible_when = field
                    .visible_when
                    .filter(|own| Some(own) == condition.as_ref());
            }
            shared.push(field);
        }
        let known: BTreeSet<String> = shared.iter().map(|field| field.key.clone()).collect();
        let mut sections = vec![Section {
            key: SHARED.to_owned(),
            title: "共同信息".to_owned(),
            help: Some("各事项都要用到的信息，只填这一次。".to_owned()),
            fields: shared,
        }];
        for (member, item) in members {
            for section in item.form.iter().flat_map(|form| &form.sections) {
                let fields = section
                    .fields
                    .iter()
                    .filter(|field| !known.contains(&self.field_key(&member.key, &field.key)))
                    .map(|field| self.renamed(&member.key, field))
                    .collect();
                sections.push(Section {
                    key: format!("{}_{}", member.key, section.key),
                    title: format!("{}：{}", item.name, section.title),
                    help: section.help.clone(),
                    fields,
                });
            }
        }
        sections.retain(|section| !section.fields.is_empty());
        // Pages that have the form open see by its key that other items belong to the matter now.
        let keys: Vec<&str> = members
            .iter()
            .map(|(member, _)| member.key.as_str())
            .collect();
        FormDocument {
            key: format!("joint_{}", keys.join("_")),
            title: format!("{}申请表", self.name),
            sections,
        }
    }

    /// A field under its key in the joint form; so are the fields that its conditions look at.
    fn renamed(&self, member: &str, field: &Field) -> Field {
        let mut renamed = field.clone();
        renamed.key = self.field_key(member, &field.key);
        if let Some(condition) = &mut renamed.visible_when {
            self.redirect(member, condition);
        }
        if let Kind::Repeat(options) = &mut renamed.kind {
            let inner: Vec<String> = options.fields.iter().map(|one| one.key.clone()).collect();
            for field in &mut options.fields {
                if let Some(condition) = &mut field.visible_when
                    && !inner.iter().any(|key| key == condition.field())
                {
                    self.redirect(member, condition);
                }
            }
        }
        renamed
    }

    fn redirect(&self, member: &str, condition: &mut Condition) {
        let (Condition::Equals { field, .. }
        | Condition::NotEquals { field, .. }
        | Condition::In { field, .. }) = condition;
        *field = self.field_key(member, field);
    }

    fn materials(
        &self,
        members: &[(&JointMember, &ItemDocument)],
        answers: &SituationAnswers,
    ) -> Vec<MaterialRequirement> {
        let mut all: Vec<(MaterialRequirement, Vec<&str>)> = Vec::new();
        for (member, item) in members {
            for material in item.materials_for(&self.answers_of(member, answers)) {
                let id = self.material_id(&member.key, &material.id);
                match all.iter_mut().find(|(known, _)| known.id == id) {
                    Some((known, users)) => {
                        stricter(known, material);
                        users.push(&item.name);
                    }
                    None => all.push((
                        MaterialRequirement {
                            id,
                            commitment: false,
                            ..material.clone()
                        },
                        vec![&item.name],
                    )),
                }
            }
        }
        all.into_iter()
            .map(|(mut material, users)| {
                material.notes = format!("用于：{}。{}", users.join("、"), material.notes);
                material
            })
            .collect()
    }
}

/// One upload for several: as strict as the strictest, waived only where nobody wants it, replaced
/// only by licences that all of them take.
fn stricter(known: &mut MaterialRequirement, other: &MaterialRequirement) {
    let rank = |necessity| match necessity {
        Necessity::Required => 0,
        Necessity::Deferrable => 1,
        Necessity::Optional => 2,
    };
    if rank(other.necessity) < rank(known.necessity) {
        known.necessity = other.necessity;
    }
    known.waived = known.waived.take().filter(|_| other.waived.is_some());
    known
        .licence_types
        .retain(|one| other.licence_types.iter().any(|it| it.code == one.code));
    known.original |= other.original;
    known.copies = known.copies.max(other.copies);
}

fn question(joint: &super::JointQuestion) -> SituationQuestion {
    let option = |option: &super::JointOption| SituationOption {
        id: option.id.clone(),
        label: option.label.clone(),
        materials: Vec::new(),
        barred: option.barred.clone(),
        condition: None,
    };
    SituationQuestion {
        id: joint.id.clone(),
        question: joint.question.clone(),
        options: joint.options.iter().map(option).collect(),
    }
}
