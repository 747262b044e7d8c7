//! What an import did, or would do.

use serde::{Deserialize, Serialize};
use tb_http::Texts;
use tb_kernel::Locale;
use utoipa::ToSchema;

use crate::model::row::RowNote;
use crate::service::import_items::piece::{Fate, Plan};

/// The report of an import. Every row of the file is counted once, as one of `imported`,
/// `updated`, `unchanged`, `merged` or in `rejected`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ImportReport {
    /// Nothing was written.
    pub dry_run: bool,
    /// New items, published as guides.
    pub imported: u64,
    /// Items that were known by their code and say something new.
    pub updated: u64,
    /// Items that were known and stay as they are.
    pub unchanged: u64,
    /// Rows that a described item of the same name replaces; their codes became its codes.
    pub merged: u64,
    /// Departments that the list named and nobody knew.
    pub departments: u64,
    /// Remarks on rows that were taken in.
    pub warnings: Vec<RowNote>,
    /// Rows that were not, with reasons.
    pub rejected: Vec<RowNote>,
}

impl ImportReport {
    pub(super) fn take(&mut self, plan: &Plan) {
        for (_, fate) in &plan.rows {
            *match fate {
                Fate::New { .. } => &mut self.imported,
                Fate::Update { .. } => &mut self.updated,
                Fate::Stay => &mut self.unchanged,
                Fate::Merge { .. } => &mut self.merged,
            } += 1;
        }
        self.departments += plan.new_offices;
        self.warnings.extend(plan.warnings.iter().cloned());
    }

    pub(super) fn sort(&mut self) {
        self.warnings.sort_by_key(|note| note.row);
        self.rejected.sort_by_key(|note| note.row);
    }

    /// Fills in the texts of the notes.
    pub fn fill(&mut self, texts: &Texts, locale: Locale) {
        for note in self.warnings.iter_mut().chain(&mut self.rejected) {
            let text = texts.text(locale, &note.code, &note.args);
            note.message = match note.args.get("place") {
                Some(place) => format!("{place}: {text}"),
                None => text,
            };
        }
    }
}
