//! The edge: who calls, with what right, in what language; errors as problem+json; paging,
//! idempotency, live events, static pages and the OpenAPI document. Knows no domain.

mod actor_token;
mod caller;
mod cookie;
mod csrf;
mod ctx;
mod edge;
mod enclosed;
mod extract;
mod file_answer;
mod guard;
mod headers;
mod idempotent;
mod kept_answer;
mod limit;
mod live;
mod openapi;
mod parts;
mod patience;
mod problem;
mod service;
mod site;
mod snapshots;
mod sniff;
mod texts;
mod trace;

pub use actor_token::{ActorToken, TokenKeys};
pub use caller::{Authentication, Caller, REQUEST_ID, caller};
pub use cookie::{
    KIOSK_COOKIE, SESSION_COOKIE, clear_session_cookie, kiosk_cookie, kiosk_token, session_cookie,
    session_token,
};
pub use ctx::Ctx;
pub use edge::{Edge, EdgeConfig};
pub use enclosed::{
    DataForm, Enclosed, FileForm, WordsForm, WordsWithFiles, data_with_files, keep_for_letter,
    one_file, takes_enclosures, takes_one_file, words_with_files,
};
pub use extract::{Json, Path, Query};
pub use file_answer::FileAnswer;
pub use guard::guard;
pub use kept_answer::KeptAnswer;
pub use limit::Limiter;
pub use live::{Audience, Live, LiveEvent};
pub use openapi::{SchemaClash, document, under_prefix};
pub use parts::{PartError, file_part, text_part};
pub use patience::{as_it_comes, takes_files};
pub use problem::{Problem, ProblemBody};
pub use service::{ServiceKey, serve_router};
pub use site::site;
pub use snapshots::Snapshots;
pub use sniff::{ALLOWED, FileKind, clean_name, sniff};
pub use texts::Texts;
pub use trace::current_request;

/// What handlers return.
pub type Result<T, E = Problem> = std::result::Result<T, E>;
