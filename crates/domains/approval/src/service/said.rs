//! Why something was refused, as it is kept: a code with its arguments, no words. These come in the
//! language of whoever reads it.

use std::collections::BTreeMap;

use tb_http::Ctx;
use tb_kernel::Fault;

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
    let args: BTreeMap<String, String> = if args.is_empty() {
        BTreeMap::new()
    } else {
        serde_json::from_str(args).map_err(Fault::internal)?
    };
    let texts = ctx.edge().texts();
    Ok(code.map(|code| texts.text(ctx.locale(), code, &args)))
}
