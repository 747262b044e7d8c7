//! The situation guide: what a set of answers asks for, bars, or leaves open.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use tb_contract::item::{ItemDocument, MaterialRequirement, SituationAnswers, SituationOption};
use tb_kernel::FieldFault;
use utoipa::ToSchema;

use crate::error::field;

/// What the answers come to.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct SituationView {
    /// Whether every question is answered and none of the answers bars the way.
    pub may_apply: bool,
    /// The materials asked for so far.
    pub materials: Vec<MaterialRequirement>,
    /// Answers with which the item cannot be applied for.
    pub barred: Vec<BarredView>,
    /// Ids of the questions not yet answered.
    pub unanswered: Vec<String>,
    /// The item's conditions, in their order, and how each stands by these answers.
    pub conditions: Vec<ConditionView>,
}

/// How a condition stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ConditionState {
    /// The answers meet it.
    Met,
    /// They do not.
    Failed,
    /// Nothing was asked about it, or the question is open: the office examines it.
    Open,
}

/// A condition and how it stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ConditionView {
    /// The condition.
    pub text: String,
    /// How it stands.
    pub state: ConditionState,
    /// Why it is not met, and what to do instead.
    pub reason: Option<String>,
}

/// An answer that bars the way.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct BarredView {
    /// Question.
    pub question_id: String,
    /// Chosen option.
    pub option_id: String,
    /// Why, and what to do instead.
    pub reason: String,
}

/// Judges a set of answers; answers to what is not asked are faults.
pub(crate) fn judge(
    item: &ItemDocument,
    answers: &SituationAnswers,
) -> Result<SituationView, Vec<FieldFault>> {
    let faults: Vec<FieldFault> = answers
        .iter()
        .filter_map(|(question, option)| fault(item, question, option))
        .collect();
    if !faults.is_empty() {
        return Err(faults);
    }
    let mut barred = Vec::new();
    let mut unanswered = Vec::new();
    for question in &item.situations {
        let Some(answer) = answers.get(&question.id) else {
            unanswered.push(question.id.clone());
            continue;
        };
        let chosen = question.options.iter().find(|option| &option.id == answer);
        if let Some(reason) = chosen.and_then(|option| option.barred.clone()) {
            barred.push(BarredView {
                question_id: question.id.clone(),
                option_id: answer.clone(),
                reason,
            });
        }
    }
    Ok(SituationView {
        may_apply: barred.is_empty() && unanswered.is_empty(),
        materials: item.materials_for(answers).into_iter().cloned().collect(),
        barred,
        unanswered,
        conditions: item
            .conditions
            .iter()
            .map(|condition| stand(item, condition, answers))
            .collect(),
    })
}

/// A condition fails with the barred answer that names it, and is met when every question that
/// could fail it has another answer, which bars nothing.
fn stand(item: &ItemDocument, condition: &str, answers: &SituationAnswers) -> ConditionView {
    let decides = |option: &&SituationOption| {
        option.barred.is_some() && option.condition.as_deref() == Some(condition)
    };
    let chosen: Vec<Option<&SituationOption>> = item
        .situations
        .iter()
        .filter(|question| question.options.iter().any(|option| decides(&option)))
        .map(|question| {
            let answer = answers.get(&question.id)?;
            question.options.iter().find(|option| &option.id == answer)
        })
        .collect();
    let failing = chosen.iter().copied().flatten().find(decides);
    let is_free = |option: Option<&SituationOption>| option.is_some_and(|one| one.barred.is_none());
    let state = match failing {
        Some(_) => ConditionState::Failed,
        None if !chosen.is_empty() && chosen.iter().copied().all(is_free) => ConditionState::Met,
        None => ConditionState::Open,
    };
    ConditionView {
        text: condition.to_owned(),
        state,
        reason: failing.and_then(|option| option.barred.clone()),
    }
}

fn fault(item: &ItemDocument, question: &str, option: &str) -> Option<FieldFault> {
    let code = match item.situations.iter().find(|known| known.id == question) {
        None => field::QUESTION,
        Some(known) if known.options.iter().any(|choice| choice.id == option) => return None,
        Some(_) => field::OPTION,
    };
    let path = format!(
        "/answers/{}",
        question.replace('~', "~0").replace('/', "~1")
    );
    Some(FieldFault {
        path,
        code: code.to_owned(),
        args: BTreeMap::new(),
        message: String::new(),
    })
}
