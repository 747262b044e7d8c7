//! The situation guide: what a set of answers asks for, bars, or leaves open.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use tb_contract::item::{ItemDocument, MaterialRequirement, SituationAnswers};
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
    })
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
