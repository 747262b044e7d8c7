//! Help by assistants (帮办代办): what has to be said in a request, how urgent it is, what consent allows, and
//! which places of a draft an assistant has filled in.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use chrono::{Days, NaiveDate};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use tb_contract::item::SituationAnswers;
use tb_forms::{FormDocument, changed_paths};
use tb_kernel::identity_number::Phone;
use tb_kernel::{FieldFault, Locale};
use utoipa::ToSchema;

use crate::error::{fault_at, field};

/// Longest reason of a request, in characters.
pub(crate) const MAX_REASON: usize = 500;
/// Longest note about when and where.
const MAX_LINE: usize = 100;
/// Longest time for which consent is given, in days.
pub(crate) const LONGEST_CONSENT: u64 = 30;

macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$of:meta])* $variant:ident = $text:literal),* $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
        #[serde(rename_all = "snake_case")]
        pub enum $name { $($(#[$of])* $variant),* }

        impl $name {
            /// As stored.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text),* }
            }

            /// Reads it; `None` for a word that is none of them.
            pub fn parse(word: &str) -> Option<Self> {
                match word { $($text => Some(Self::$variant),)* _ => None }
            }
        }
    };
}

words! {
    /// Where help is wanted.
    AssistPlace {
        /// By telephone and on the page.
        Online = "online",
        /// At home: for elders and disabled persons.
        Home = "home",
        /// At the counter.
        Counter = "counter",
    }
}

/// Why an assistant should come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum AssistGround {
    /// 老年人.
    Elder,
    /// 残疾人.
    Disabled,
}

words! {
    /// How far a request is.
    AssistState {
        /// Nobody has taken it.
        Open = "open",
        /// An assistant has it.
        Taken = "taken",
        /// Over.
        Closed = "closed",
    }
}

words! {
    /// How a request ended.
    AssistOutcome {
        /// The applicant has handed the draft in.
        Submitted = "submitted",
        /// Helped without an application.
        Solved = "solved",
        /// Nobody could be reached.
        Unreached = "unreached",
        /// Nothing that assistants help with.
        OutOfScope = "out_of_scope",
        /// The applicant has taken it back.
        Withdrawn = "withdrawn",
    }
}

impl AssistOutcome {
    /// Whether an assistant may close a request so: the others come about by themselves.
    pub fn is_of_assistants(self) -> bool {
        matches!(self, Self::Solved | Self::Unreached | Self::OutOfScope)
    }
}

words! {
    /// What consent allows. Handing in, signing, and whatever else belongs to the applicant is in none.
    AssistMay {
        /// Look at the draft.
        Look = "look",
        /// Look, fill in and upload.
        Fill = "fill",
    }
}

/// What somebody asks for, as he enters it.
#[derive(Clone, Deserialize, ToSchema)]
pub struct AskedHelp {
    /// Why.
    pub reason: String,
    /// Phone to be reached at.
    pub phone: String,
    /// When it suits him.
    #[serde(default)]
    pub preferred: String,
    /// Where.
    pub place: AssistPlace,
    /// Why an assistant should come.
    #[serde(default)]
    pub ground: Option<AssistGround>,
    /// Where to come.
    #[serde(default)]
    pub address: String,
}

/// The same with who asks, tidy; sealed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Help {
    /// Who asks.
    pub name: String,
    /// Why.
    pub reason: String,
    /// Phone in normal form.
    pub phone: String,
    /// When it suits him.
    pub preferred: String,
    /// Why an assistant should come.
    pub ground: Option<AssistGround>,
    /// Where to.
    pub address: String,
}

/// What is asked for, or everything that is wrong with what was entered.
pub(crate) fn asked(
    entered: &AskedHelp,
    name: &str,
    locale: Locale,
) -> Result<Help, Vec<FieldFault>> {
    let mut faults = Vec::new();
    let reason = entered.reason.trim().to_owned();
    if reason.is_empty() {
        faults.push(fault_at("/reason".to_owned(), field::ASSIST_REASON, &[]));
    }
    let home = entered.place == AssistPlace::Home;
    let address = if home {
        entered.address.trim().to_owned()
    } else {
        String::new()
    };
    if home && address.is_empty() {
        faults.push(fault_at("/address".to_owned(), field::ASSIST_ADDRESS, &[]));
    }
    if home && entered.ground.is_none() {
        faults.push(fault_at("/ground".to_owned(), field::ASSIST_GROUND, &[]));
    }
    let preferred = entered.preferred.trim().to_owned();
    for (path, text, most) in [
        ("/reason", &reason, MAX_REASON),
        ("/preferred", &preferred, MAX_LINE),
        ("/address", &address, MAX_LINE),
    ] {
        if text.chars().count() > most {
            let max = most.to_string();
            faults.push(fault_at(path.to_owned(), field::TOO_LONG, &[("max", &max)]));
        }
    }
    let phone = Phone::parse(&entered.phone).map_or_else(
        |error| {
            faults.push(FieldFault {
                path: "/phone".to_owned(),
                code: error.code().to_owned(),
                args: BTreeMap::new(),
                message: error.text(locale).to_owned(),
            });
            String::new()
        },
        String::from,
    );
    if !faults.is_empty() {
        return Err(faults);
    }
    Ok(Help {
        name: name.to_owned(),
        reason,
        phone,
        preferred,
        ground: entered.ground.filter(|_| home),
        address,
    })
}

/// How urgent the first contact is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum AssistLight {
    /// In time.
    Green,
    /// Due today.
    Yellow,
    /// Late.
    Red,
}

/// How urgent the first contact is: yellow on its last day, red behind it; none once somebody was reached
/// or the request is over.
pub(crate) fn urgency(contact_by: NaiveDate, waits: bool, today: NaiveDate) -> Option<AssistLight> {
    waits.then_some(match today.cmp(&contact_by) {
        Ordering::Greater => AssistLight::Red,
        Ordering::Equal => AssistLight::Yellow,
        Ordering::Less => AssistLight::Green,
    })
}

/// Whether a day is one until which consent may be given.
pub(crate) fn fits_consent(until: NaiveDate, today: NaiveDate) -> bool {
    let last = today.checked_add_days(Days::new(LONGEST_CONSENT));
    until >= today && last.is_none_or(|last| until <= last)
}

/// A place of a draft with what stood there and what stands there now; `None`: nothing.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Changed {
    /// `/form/…`, `/situation_answers/{question}` or `/materials/{requirement}`.
    pub path: String,
    /// Before.
    pub before: Option<Value>,
    /// Now.
    pub after: Option<Value>,
}

/// What of a form was changed, field by field.
pub(crate) fn form_changes(document: &FormDocument, before: &Value, after: &Value) -> Vec<Changed> {
    let paths = changed_paths(document, before, after).into_iter();
    let all = paths.map(|path| Changed {
        before: filled(before.pointer(&path)),
        after: filled(after.pointer(&path)),
        path: format!("/form{path}"),
    });
    // An empty answer and none are the same to whoever reads it.
    all.filter(|one| one.before != one.after).collect()
}

/// Which questions of the situation guide were answered otherwise.
pub(crate) fn situation_changes(
    before: &SituationAnswers,
    after: &SituationAnswers,
) -> Vec<Changed> {
    let mut questions: Vec<&String> = before.keys().chain(after.keys()).collect();
    questions.sort();
    questions.dedup();
    let words = |answers: &SituationAnswers, id: &str| answers.get(id).cloned().map(Value::from);
    let all = questions.into_iter().map(|id| Changed {
        path: format!("/situation_answers/{}", token(id)),
        before: words(before, id),
        after: words(after, id),
    });
    all.filter(|one| one.before != one.after).collect()
}

/// The files of one requirement before and now, by their names.
pub(crate) fn files_changed(requirement_id: &str, before: &[String], after: &[String]) -> Changed {
    let names = |all: &[String]| (!all.is_empty()).then(|| Value::from(all.to_vec()));
    Changed {
        path: material_path(requirement_id),
        before: names(before),
        after: names(after),
    }
}

/// Where the files of a requirement are named.
pub(crate) fn material_path(requirement_id: &str) -> String {
    format!("/materials/{}", token(requirement_id))
}

/// A key as a part of a JSON Pointer.
fn token(key: &str) -> String {
    key.replace('~', "~0").replace('/', "~1")
}

/// An answer that says something.
pub(crate) fn filled(value: Option<&Value>) -> Option<Value> {
    let empty = match value? {
        Value::Null => true,
        Value::String(text) => text.is_empty(),
        Value::Array(all) => all.is_empty(),
        Value::Object(all) => all.is_empty(),
        Value::Bool(_) | Value::Number(_) => false,
    };
    value.filter(|_| !empty).cloned()
}

#[cfg(test)]
mod tests;
