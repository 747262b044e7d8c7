//! Judging a draft against its pinned version before it is handed in: all problems at once.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use serde_json::Value;
use tb_contract::events::DeferredPromise;
use tb_contract::item::{ItemDocument, MaterialForm, SituationAnswers};
use tb_forms::{Env, FieldProblem};
use tb_http::FileKind;
use tb_kernel::{Fault, FieldFault, Locale};
use tb_storage::{Sealer, StorageError};

use super::edit::{document, form_faults};
use super::joint;
use super::licence;
use super::submit::HandedIn;
use crate::error::{Error, fault_at, field, with_fields};
use crate::model::counter::untaken;
use crate::model::deferral::{promise_faults, unpromised};
use crate::model::document::missing_materials;
use crate::model::licence::Checked;
use crate::model::verified::{Answering, verified_faults};
use crate::model::{Editing, situation_faults};
use crate::sealed;
use crate::store::application::Application;
use crate::store::material::Material;
use crate::view::present;

/// What may stand in the place of a file.
pub(crate) struct Standing<'a> {
    /// Promises to bring it later.
    pub deferred: &'a [DeferredPromise],
    /// First and last day of such a promise.
    pub days: (NaiveDate, NaiveDate),
    /// Materials that a signed promise takes the place of.
    pub committed: &'a [String],
    /// Papers that lie at a counter, where one takes it in.
    pub papers: Option<&'a [String]>,
    /// How the licences stand that were taken from the register.
    pub licences: &'a Checked,
}

/// Who looks at a draft before it is handed in.
pub(crate) struct Judge<'a> {
    /// What forms are judged by.
    pub env: Env<'a>,
    /// Opens what is sealed.
    pub sealer: &'a Sealer,
    /// What it asks for.
    pub item: &'a ItemDocument,
    /// Its files.
    pub materials: &'a [Material],
    /// Language of what is refused.
    pub locale: Locale,
}

impl Judge<'_> {
    /// Whether all is there and right; else everything that is wrong.
    pub(crate) fn judge(
        &self,
        row: &Application,
        standing: Standing<'_>,
    ) -> Result<HandedIn, Fault> {
        let Self {
            env,
            sealer,
            item,
            materials,
            locale,
        } = self;
        let answers: SituationAnswers =
            serde_json::from_str(&row.situation_answers).map_err(Fault::internal)?;
        let mut faults = situation_faults(item, &answers, true);
        let form = sealed::form(sealer, row)?;
        let form = if row.joint_plan.is_some() {
            joint::known(item, form)
        } else {
            form
        };
        let judged = tb_forms::validate(document(item)?, &form, env);
        let form = settle(judged, item, materials, *locale, &mut faults)?;
        let who = sealed::applicant(sealer, row)?;
        let answering = if row.batch_id.is_some() {
            Answering::Row
        } else {
            Answering::Applicant
        };
        faults.extend(verified_faults(document(item)?, &form, &who, answering));
        let mut present = present(materials);
        let Standing {
            deferred,
            days,
            committed,
            papers,
            licences,
        } = standing;
        present.extend(committed.iter().map(String::as_str));
        // What comes on paper alone is there once it lies on the counter.
        let on_paper = item
            .materials
            .iter()
            .filter(|one| one.form == MaterialForm::Paper)
            .map(|one| one.id.as_str())
            .filter(|id| papers.is_some_and(|taken| taken.iter().any(|one| one == id)));
        present.extend(on_paper);
        faults.extend(missing_materials(item, &answers, &present));
        faults.extend(unpromised(item, &answers, &present, deferred));
        faults.extend(promise_faults(item, &answers, deferred, days));
        faults.extend(over(sealer, env.today, item, &answers, materials)?);
        let given = (*materials, &Editing::All);
        faults.extend(licence::faults(sealer, licences, item, &answers, given)?);
        if let Some(papers) = papers {
            faults.extend(untaken(item, &answers, papers, committed));
        }
        if faults.is_empty() {
            Ok(HandedIn { form, answers })
        } else {
            Err(with_fields(Error::ApplicationInvalid, faults))
        }
    }
}

/// Materials that were good when they were taken from the vault, and are not any more.
pub(crate) fn over(
    sealer: &Sealer,
    today: NaiveDate,
    item: &ItemDocument,
    answers: &SituationAnswers,
    materials: &[Material],
) -> Result<Vec<FieldFault>, StorageError> {
    let asked = item.materials_for(answers);
    let (mut faults, mut told) = (Vec::new(), BTreeSet::new());
    for file in materials
        .iter()
        .filter(|file| !file.removed && !file.handed_in)
    {
        let Some(requirement) = asked.iter().find(|one| one.id == file.requirement_id) else {
            continue;
        };
        let taken = sealed::taken(sealer, file)?;
        let last = taken.filter(|taken| !taken.although_over);
        let Some(last) = last.and_then(|taken| taken.good_until) else {
            continue;
        };
        if last < today && told.insert(&requirement.id) {
            let args = [
                ("name", requirement.name.as_str()),
                ("day", &last.to_string()),
            ];
            let path = format!("/materials/{}", requirement.id);
            faults.push(fault_at(path, field::MATERIAL_OVER, &args));
        }
    }
    Ok(faults)
}

/// The answers that passed; else their problems join the others.
pub(crate) fn settle(
    judged: Result<tb_forms::Answers, Vec<FieldProblem>>,
    item: &ItemDocument,
    materials: &[Material],
    locale: Locale,
    faults: &mut Vec<FieldFault>,
) -> Result<Value, Fault> {
    match judged {
        Ok(form) => {
            let form = form.into_value();
            faults.extend(strange_attachments(item, &form, materials)?);
            Ok(form)
        }
        Err(problems) => {
            faults.extend(form_faults(problems, locale));
            Ok(Value::Null)
        }
    }
}

/// Attachment fields that name files which are not this application's, or of another type.
fn strange_attachments(
    item: &ItemDocument,
    form: &Value,
    materials: &[Material],
) -> Result<Vec<FieldFault>, Error> {
    let mut faults = Vec::new();
    for usage in tb_forms::attachments(document(item)?, form) {
        let fits = |id: &String| {
            let found = materials
                .iter()
                .find(|row| !row.removed && row.id.to_string() == *id);
            found.is_some_and(|row| FileKind::is_among(&row.media_type, &usage.types))
        };
        if !usage.ids.iter().all(fits) {
            faults.push(fault_at(
                format!("/form{}", usage.path),
                field::MATERIAL_UNKNOWN,
                &[],
            ));
        }
    }
    Ok(faults)
}
