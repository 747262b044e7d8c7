//! Errors as callers see them: a kind, a stable code that is also the key of the translated text,
//! arguments for that text, and faults of single fields. Internal causes are kept for the log only.

use std::collections::BTreeMap;
use std::error::Error as StdError;
use std::fmt;

use serde::{Deserialize, Serialize};

/// The kinds of error; the edge maps each to one HTTP status.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ErrorKind {
    /// No such thing, or none within the caller's reach.
    NotFound,
    /// The thing has moved on.
    Conflict,
    /// The request is wrong.
    Invalid,
    /// Not signed in.
    Unauthenticated,
    /// Signed in, but without the right.
    Forbidden,
    /// Over a bound.
    TooLarge,
    /// Too often.
    Limited,
    /// Not now.
    Unavailable,
    /// Our own fault.
    Internal,
}

/// A fault of one field of the request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct FieldFault {
    /// JSON Pointer into the request's body or form: `/family/0/name`.
    pub path: String,
    /// Stable code: `form.required`.
    pub code: String,
    /// Arguments of the text.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub args: BTreeMap<String, String>,
    /// The text in the caller's language; filled at the edge.
    #[serde(default)]
    pub message: String,
}

/// An error on its way to the caller.
#[derive(Debug)]
pub struct Fault {
    /// Kind.
    pub kind: ErrorKind,
    /// Stable code: `<domain>.<what>`.
    pub code: &'static str,
    /// Arguments of the text.
    pub args: BTreeMap<String, String>,
    /// Faults of single fields.
    pub fields: Vec<FieldFault>,
    /// Cause, for the log only.
    pub cause: Option<Box<dyn StdError + Send + Sync>>,
}

impl Fault {
    /// A fault with a code.
    pub fn new(kind: ErrorKind, code: &'static str) -> Self {
        Self {
            kind,
            code,
            args: BTreeMap::new(),
            fields: Vec::new(),
            cause: None,
        }
    }

    /// Our own fault: the caller learns nothing but the request id.
    pub fn internal(cause: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        let mut fault = Self::new(ErrorKind::Internal, "internal");
        fault.cause = Some(cause.into());
        fault
    }

    /// A wrong request with the fields that are wrong.
    pub fn fields(code: &'static str, fields: Vec<FieldFault>) -> Self {
        let mut fault = Self::new(ErrorKind::Invalid, code);
        fault.fields = fields;
        fault
    }

    /// The same fault with an argument of its text.
    #[must_use]
    pub fn arg(mut self, name: &str, value: impl fmt::Display) -> Self {
        self.args.insert(name.to_owned(), value.to_string());
        self
    }

    /// The same fault with its cause.
    #[must_use]
    pub fn because(mut self, cause: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        self.cause = Some(cause.into());
        self
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code)?;
        match &self.cause {
            Some(cause) => write!(f, ": {cause}"),
            None => Ok(()),
        }
    }
}

impl StdError for Fault {}

/// Puts arguments into a text: `{name}` is replaced by the argument of that name.
pub fn fill(text: &str, args: &BTreeMap<String, String>) -> String {
    args.iter().fold(text.to_owned(), |text, (name, value)| {
        text.replace(&format!("{{{name}}}"), value)
    })
}

/// Declares a domain's errors: `enum Error` with stable codes and kinds, the list of all codes
/// (so that a test can demand their texts), and the way to a [`Fault`]. Fields of a variant become
/// arguments of its text.
#[macro_export]
macro_rules! fault_codes {
    ($(#[$meta:meta])* $vis:vis enum $name:ident in $domain:literal {
        $($(#[$vmeta:meta])* $variant:ident $({ $($field:ident : $type:ty),* $(,)? })? : $kind:ident = $code:literal),* $(,)?
    }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, PartialEq, Eq)]
        $vis enum $name {
            $($(#[$vmeta])* $variant $({ $(#[doc = "Argument of the text."] $field: $type),* })?),*
        }

        impl $name {
            /// Every code of this domain.
            pub const CODES: &'static [&'static str] = &[$(concat!($domain, ".", $code)),*];
        }

        impl From<$name> for $crate::Fault {
            fn from(error: $name) -> Self {
                match error {
                    $($name::$variant $({ $($field),* })? => {
                        $crate::Fault::new($crate::ErrorKind::$kind, concat!($domain, ".", $code))
                            $($(.arg(stringify!($field), $field))*)?
                    })*
                }
            }
        }
    };
}
