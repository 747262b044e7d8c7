//! Texts of error codes in every language: each domain brings its own, the edge's are here.

use std::collections::{BTreeMap, HashMap};

use tb_kernel::{FieldFault, Locale, fault};

const OWN: [(Locale, &str); 2] = [
    (Locale::Chinese, include_str!("../locales/zh-CN.json")),
    (Locale::English, include_str!("../locales/en.json")),
];

/// Texts by language and code.
#[derive(Clone, Debug, Default)]
pub struct Texts(HashMap<(Locale, String), String>);

impl Texts {
    /// The edge's own texts and those of the domains, each a flat JSON object `{code: text}`.
    pub fn new(domains: &[(Locale, &str)]) -> serde_json::Result<Self> {
        let mut all = HashMap::new();
        for (locale, json) in OWN.iter().chain(domains) {
            let texts: BTreeMap<String, String> = serde_json::from_str(json)?;
            all.extend(
                texts
                    .into_iter()
                    .map(|(code, text)| ((*locale, code), text)),
            );
        }
        Ok(Self(all))
    }

    /// The text of a code with its arguments; the code itself where there is none.
    pub fn text(&self, locale: Locale, code: &str, args: &BTreeMap<String, String>) -> String {
        match self.0.get(&(locale, code.to_owned())) {
            Some(text) => fault::fill(text, args),
            None => code.to_owned(),
        }
    }

    /// Whether a code has a text in a language.
    pub fn has(&self, locale: Locale, code: &str) -> bool {
        self.0.contains_key(&(locale, code.to_owned()))
    }

    /// Fills in the message of a field's fault, unless its maker did.
    pub(crate) fn fill(&self, locale: Locale, mut fault: FieldFault) -> FieldFault {
        if fault.message.is_empty() {
            fault.message = self.text(locale, &fault.code, &fault.args);
        }
        fault
    }
}
