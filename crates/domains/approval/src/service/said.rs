//! Why something was refused, as it is kept: a code with its arguments, no words. These come in the
//! language of whoever reads it.

use std::collections::BTreeMap;

use tb_http::Ctx;
use tb_kernel::Fault;

/// The state does not allow it.
const WRONG_STATE: &str = "approval.wrong_state";
/// The same, naming the state.
const WRONG_STATE_NAMED: &str = "approval.wrong_state_named";

/// A refusal that is kept.
pub(crate) struct Said {
    /// Stable code.
    pub code: String,
    args: BTreeMap<String, String>,
}

impl Said {
    /// What a fault says.
    pub(crate) fn of(fault: &Fault) -> Self {
        Self {
            code: fault.code.to_owned(),
            args: fault.args.clone(),
        }
    }

    /// The arguments as they are kept.
    pub(crate) fn args(&self) -> String {
        if self.args.is_empty() {
            return String::new();
        }
        serde_json::to_string(&self.args).unwrap_or_default()
    }
}

/// What was kept, in words; none where nothing was refused.
pub(crate) fn in_words<P>(
    ctx: &Ctx<P>,
    code: Option<&str>,
    args: &str,
) -> Result<Option<String>, Fault> {
    let mut args: BTreeMap<String, String> = if args.is_empty() {
        BTreeMap::new()
    } else {
        serde_json::from_str(args).map_err(Fault::internal)?
    };
    let texts = ctx.edge().texts();
    let say = |key: &str, args: &BTreeMap<String, String>| texts.text(ctx.locale(), key, args);
    let mut key = code;
    // A page shows the state beside its commands; a list of results does not.
    if key == Some(WRONG_STATE)
        && let Some(state) = args.get_mut("state")
    {
        *state = say(&format!("approval.state.{state}"), &BTreeMap::new());
        key = Some(WRONG_STATE_NAMED);
    }
    Ok(key.map(|key| say(key, &args)))
}
