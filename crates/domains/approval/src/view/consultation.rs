//! A case as another department sees it that is asked for its opinion: what it is shown, and no more.

use serde_json::Value;
use tb_kernel::Fault;
use tb_storage::Sealer;

use super::{answers, part, situation};
use crate::api::opinion::{AskedOpinionView, OpinionView};
use crate::entity::case;
use crate::model::opinion::OpinionState;
use crate::sealed;
use crate::service::setting::Setting;

/// What a department is shown of a case.
pub(crate) struct Consultation<'a> {
    /// The row.
    pub row: &'a case::Model,
    /// Item and office.
    pub setting: &'a Setting,
    /// Whether the form is shown.
    pub form: bool,
    /// Requirements whose files are.
    pub materials: &'a [String],
}

/// The request with what it shows; once it is settled the case is closed to the department again.
pub(crate) fn consultation(
    sealer: &Sealer,
    opinion: OpinionView,
    shown: &Consultation<'_>,
) -> Result<AskedOpinionView, Fault> {
    let is_open = opinion.state == OpinionState::Open;
    let mut view = AskedOpinionView {
        opinion,
        situation: Vec::new(),
        form: None,
        answers: Value::Object(serde_json::Map::new()),
        materials: Vec::new(),
    };
    if !is_open {
        return Ok(view);
    }
    if shown.form {
        let dossier = sealed::dossier(sealer, shown.row)?;
        let form = shown.setting.item.form.as_ref();
        view.situation = situation(shown.setting, &dossier);
        view.form = form
            .map(serde_json::to_value)
            .transpose()
            .map_err(Fault::internal)?;
        view.answers = answers(shown.setting, &dossier, false);
    }
    let files = sealed::materials(sealer, shown.row)?;
    view.materials = part::shown(&shown.setting.item, &files, shown.materials);
    Ok(view)
}
