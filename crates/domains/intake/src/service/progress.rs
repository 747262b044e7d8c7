//! The public progress query: by case number and password, rate limited, masked; a wrong number
//! and a wrong password look the same.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use tb_contract::access::ProgressRead;
use tb_http::Ctx;
use tb_kernel::Fault;
use tb_kernel::identity_number::{half_width, mask_name};
use utoipa::ToSchema;

use crate::app::App;
use crate::error::Error;
use crate::model::State;
use crate::model::number::{is_case_number, is_password};
use crate::sealed;
use crate::sentence::{Sentence, standing};
use crate::store;
use crate::store::application::Application;
use crate::view::{entry_text, speaker};

/// A question.
#[derive(Deserialize, ToSchema)]
pub struct AskProgress {
    /// Case number.
    pub case_number: String,
    /// Query password.
    pub password: String,
}

/// How far a case is, without personal data.
#[derive(Debug, Serialize, ToSchema)]
pub struct Progress {
    /// Case number.
    pub case_number: String,
    /// Item.
    pub item_name: String,
    /// Office.
    pub department_name: String,
    /// Applicant's name, masked.
    pub applicant_name: String,
    /// State.
    pub state: State,
    /// The same in words.
    pub standing: Sentence,
    /// Handed in.
    pub submitted_at: Option<DateTime<Utc>>,
    /// Promised due date.
    pub promised_due: Option<NaiveDate>,
    /// Legal due date.
    pub legal_due: Option<NaiveDate>,
    /// What happened.
    pub timeline: Vec<ProgressEntry>,
}

/// Something that happened.
#[derive(Debug, Serialize, ToSchema)]
pub struct ProgressEntry {
    /// What.
    pub kind: String,
    /// In words.
    pub text: String,
    /// When.
    pub at: DateTime<Utc>,
}

/// Answers how far a case is.
pub(crate) async fn progress(
    app: &App,
    ctx: &Ctx<ProgressRead>,
    body: AskProgress,
) -> Result<Progress, Fault> {
    let number: String = half_width(&body.case_number)
        .chars()
        .filter(|c| !c.is_whitespace())
        .take(64)
        .collect();
    let password: String = half_width(&body.password).trim().chars().take(64).collect();
    let [by_address, by_number, by_batch] = app.progress_limits();
    by_address.check(&ctx.source())?;
    if !is_case_number(&number) {
        return Err(Error::ProgressNotFound.into());
    }
    by_number.check(&number)?;
    let conn = ctx.read();
    let row = store::application::by_number(&conn, &number).await?;
    // One password opens every case of a batch: guesses at any of them count together.
    if let Some(batch) = row.as_ref().and_then(|row| row.batch_id) {
        by_batch.check(&batch.to_string())?;
    }
    let hash = row
        .as_ref()
        .and_then(|row| row.query_password.as_deref())
        .unwrap_or_default();
    let right = is_password(ctx.store().sealer(), &number, &password, hash);
    let row = row.filter(|_| right).ok_or(Error::ProgressNotFound)?;
    let entries = store::timeline::all(&conn, row.id).await?;
    let speaker = speaker(ctx);
    let timeline = entries
        .iter()
        .map(|entry| ProgressEntry {
            kind: entry.kind.clone(),
            text: entry_text(speaker, entry),
            at: entry.at,
        })
        .collect();
    masked(ctx, number, &row, timeline)
}

fn masked(
    ctx: &Ctx<ProgressRead>,
    case_number: String,
    row: &Application,
    timeline: Vec<ProgressEntry>,
) -> Result<Progress, Fault> {
    let state = sealed::state(row)?;
    let (key, words) = standing(state, row);
    Ok(Progress {
        case_number,
        item_name: row.item_name.clone(),
        department_name: row.department_name.clone(),
        applicant_name: mask_name(&sealed::applicant(ctx.store().sealer(), row)?.name),
        state,
        standing: speaker(ctx).say(key, words),
        submitted_at: row.submitted_at,
        promised_due: row.promised_due,
        legal_due: row.legal_due,
        timeline,
    })
}
