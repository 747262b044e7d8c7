//! Problems with a place, a stable code and arguments; never with the value that was entered,
//! which may be personal. The sentences are in `texts.json`, which the web build reads too.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Serialize;
use tb_kernel::Locale;
use tb_kernel::fault::{FieldFault, fill};

/// Something wrong with an answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FieldProblem {
    /// JSON Pointer into the answers: `/family/0/name`; empty for the answers as a whole.
    pub path: String,
    /// Stable code: `form.required`.
    pub code: &'static str,
    /// Arguments of the sentence; `label` names the field, `variant` (mostly the kind of the
    /// field) chooses among sentences.
    pub args: BTreeMap<String, String>,
}

/// Something wrong with a form document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DocumentProblem {
    /// JSON Pointer into the document: `/sections/0/fields/2/pattern`.
    pub path: String,
    /// Stable code: `document.duplicate_key`.
    pub code: &'static str,
    /// Arguments of the sentence.
    pub args: BTreeMap<String, String>,
}

impl FieldProblem {
    /// The sentence shown beside the field.
    pub fn text(&self, locale: Locale) -> String {
        text(self.code, &self.args, locale)
    }
}

impl DocumentProblem {
    /// The sentence for the author of the form.
    pub fn text(&self, locale: Locale) -> String {
        text(self.code, &self.args, locale)
    }
}

impl From<FieldProblem> for FieldFault {
    fn from(problem: FieldProblem) -> Self {
        Self {
            path: problem.path,
            code: problem.code.to_owned(),
            args: problem.args,
            message: String::new(),
        }
    }
}

type Texts = BTreeMap<String, BTreeMap<String, String>>;

static TEXTS: LazyLock<Texts> =
    LazyLock::new(|| serde_json::from_str(include_str!("../texts.json")).unwrap_or_default());

/// The sentence of a code in a language: that of `code.variant` where there is one, else that of
/// the code; the code itself where neither is known.
pub fn text(code: &str, args: &BTreeMap<String, String>, locale: Locale) -> String {
    let special = args
        .get("variant")
        .and_then(|variant| TEXTS.get(&format!("{code}.{variant}")));
    match special
        .or_else(|| TEXTS.get(code))
        .and_then(|texts| texts.get(locale.tag()))
    {
        Some(sentence) => fill(sentence, args),
        None => code.to_owned(),
    }
}

/// One step deeper in a JSON Pointer (RFC 6901).
pub(crate) fn pointer(path: &str, step: impl std::fmt::Display) -> String {
    let step = step.to_string().replace('~', "~0").replace('/', "~1");
    format!("{path}/{step}")
}
