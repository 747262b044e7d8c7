//! Which cases a batch is about.

use std::collections::{BTreeSet, HashMap};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use tb_contract::access::CaseBatch;
use tb_http::Ctx;
use tb_kernel::{DepartmentId, Fault};
use uuid::Uuid;

use crate::api::batch_body::BatchPick;
use crate::app::App;
use crate::error::Error;
use crate::model::batch::{BatchSource, MOST_CASES};
use crate::model::number_list::{self, Flaw};
use crate::service::list::filter;
use crate::store;
use crate::store::copy;

/// Numbers that one query looks up.
const ASKED_AT_ONCE: usize = 500;

/// A row as it was chosen.
pub(super) struct Chosen {
    /// Line in the list.
    pub line: Option<i32>,
    /// Number, where only that is known.
    pub number: String,
    /// The case, or why there is none.
    pub case: Result<Uuid, Fault>,
}

/// A choice of cases.
pub(super) struct Choice {
    /// How they were chosen.
    pub source: BatchSource,
    /// Encoding of the list.
    pub encoding: Option<String>,
    /// The rows.
    pub rows: Vec<Chosen>,
}

/// The cases that a pick names.
pub(super) async fn choose(
    app: &App,
    ctx: &Ctx<CaseBatch>,
    pick: BatchPick,
) -> Result<Choice, Fault> {
    let choice = match pick {
        BatchPick::Cases { ids } => {
            let mut seen = BTreeSet::new();
            let ids = ids.into_iter().filter(|id| seen.insert(*id));
            of_ids(BatchSource::Selection, ids.collect())
        }
        BatchPick::Filter(query) => {
            let filter = filter(&query.into(), ctx.actor())?;
            let sealer = app.store().sealer();
            let limit = MOST_CASES as u64 + 1;
            let ids = store::list::ids(&ctx.read(), sealer, ctx.scope(), &filter, ctx.now(), limit)
                .await?;
            of_ids(BatchSource::Filter, ids)
        }
        BatchPick::List { file } => of_list(ctx, &file).await?,
    };
    if choice.rows.len() > MOST_CASES {
        return Err(Error::BatchTooLarge { max: MOST_CASES }.into());
    }
    if choice.rows.is_empty() {
        return Err(Error::BatchEmpty.into());
    }
    Ok(choice)
}

fn of_ids(source: BatchSource, ids: Vec<Uuid>) -> Choice {
    let row = |id| Chosen {
        line: None,
        number: String::new(),
        case: Ok(id),
    };
    Choice {
        source,
        encoding: None,
        rows: ids.into_iter().map(row).collect(),
    }
}

async fn of_list(ctx: &Ctx<CaseBatch>, file: &str) -> Result<Choice, Fault> {
    let bytes = STANDARD
        .decode(file.trim())
        .map_err(|_| Error::ListUnreadable)?;
    let (text, encoding) = number_list::decode(&bytes).ok_or(Error::ListUnreadable)?;
    let lines = number_list::lines(&text);
    if lines.len() > MOST_CASES {
        return Err(Error::BatchTooLarge { max: MOST_CASES }.into());
    }
    let numbers: Vec<&str> = lines
        .iter()
        .filter_map(|line| line.number.as_deref().ok())
        .collect();
    let conn = ctx.read();
    let mut owners = HashMap::new();
    for some in numbers.chunks(ASKED_AT_ONCE) {
        for (number, id, department, region) in store::case::owners(&conn, some).await? {
            let region = copy::region(&region)?;
            let is_ours = ctx
                .scope()
                .covers(Some(DepartmentId(department)), Some(&region), None);
            owners.insert(number, (id, is_ours));
        }
    }
    let rows = lines
        .iter()
        .map(|line| {
            let number = line.shown();
            let case = match (&line.number, owners.get(number)) {
                (Err(Flaw::Malformed(hint)), _) if hint.is_empty() => Err(Error::NumberMissing),
                (Err(Flaw::Malformed(hint)), _) => Err(Error::NumberMalformed {
                    shown: hint.clone(),
                }),
                (Err(Flaw::Shortened), _) => Err(Error::NumberShortened),
                (Err(Flaw::Twice(_)), _) => Err(Error::NumberTwice),
                (Ok(_), None) => Err(Error::NumberUnknown),
                (Ok(_), Some((_, false))) => Err(Error::OtherDepartment),
                (Ok(_), Some((id, true))) => Ok(*id),
            };
            Chosen {
                line: i32::try_from(line.line).ok(),
                number: number.to_owned(),
                case: case.map_err(Fault::from),
            }
        })
        .collect();
    Ok(Choice {
        source: BatchSource::File,
        encoding: Some(encoding.to_owned()),
        rows,
    })
}
