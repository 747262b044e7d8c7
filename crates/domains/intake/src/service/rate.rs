//! Rating the service, once, after the case is closed.

use serde::{Deserialize, Serialize};
use tb_contract::access::{ApplicationRead, ApplicationWrite};
use tb_contract::events::ApplicationRated;
use tb_http::Ctx;
use tb_kernel::{ApplicationId, Fault};
use utoipa::ToSchema;

use super::write::{Entry, SELF, announce, held, record, save, touch};
use crate::app::App;
use crate::entity::rating;
use crate::error::{Error, with_fields};
use crate::model::rating::{faults, tags};
use crate::sealed::{self, COMMENT};
use crate::sentence::Args;
use crate::store;
use crate::view::{ApplicationView, speaker, view};

/// A rating.
#[derive(Debug, Deserialize, ToSchema)]
pub struct RateApplication {
    /// 5 very satisfied … 1 very dissatisfied.
    pub level: u8,
    /// Tags of that level.
    #[serde(default)]
    pub tags: Vec<String>,
    /// Free words.
    #[serde(default)]
    pub comment: String,
}

/// A level with its tags.
#[derive(Debug, Serialize, ToSchema)]
pub struct RatingLevel {
    /// 5 to 1.
    pub level: u8,
    /// In words.
    pub label: String,
    /// Its tags.
    pub tags: Vec<RatingTag>,
}

/// A tag.
#[derive(Debug, Serialize, ToSchema)]
pub struct RatingTag {
    /// Key.
    pub key: String,
    /// In words.
    pub label: String,
}

/// Levels and tags in the caller's language.
pub(crate) fn levels(ctx: &Ctx<ApplicationRead>) -> Vec<RatingLevel> {
    let text = |key: String| speaker(ctx).text(&key, &Args::new());
    let tag = |key: &&str| RatingTag {
        key: (*key).to_owned(),
        label: text(format!("intake.rating.tag.{key}")),
    };
    (1..=5)
        .rev()
        .map(|level| RatingLevel {
            level,
            label: text(format!("intake.rating.level.{level}")),
            tags: tags(level).iter().map(tag).collect(),
        })
        .collect()
}

/// Rates.
pub(crate) async fn rate(
    app: &App,
    ctx: &Ctx<ApplicationWrite>,
    id: ApplicationId,
    body: RateApplication,
) -> Result<ApplicationView, Fault> {
    let comment = body.comment.trim().to_owned();
    let wrong = faults(body.level, &body.tags, &comment);
    if !wrong.is_empty() {
        return Err(with_fields(Error::RatingInvalid, wrong));
    }
    let mut tx = ctx.begin().await?;
    let mut row = held(&tx, ctx, id).await?;
    if row.rated {
        return Err(Error::AlreadyRated.into());
    }
    if !sealed::state(&row)?.is_ratable() {
        return Err(Error::NotRatable.into());
    }
    let rating_id = tx.new_id();
    let rating = rating::Model {
        id: rating_id,
        application_id: row.id,
        level: body.level.into(),
        tags: serde_json::to_string(&body.tags).map_err(Fault::internal)?,
        comment: tx.sealer().seal_text(COMMENT, rating_id, &comment)?,
        created_at: tx.now(),
    };
    store::application::insert_rating(tx.conn(), rating).await?;
    row.rated = true;
    announce(
        &mut tx,
        &mut row,
        "intake.application.rated",
        |version, number| ApplicationRated {
            case_number: number.to_owned(),
            version,
            level: body.level,
            tags: body.tags,
            comment,
        },
    )?;
    let now = tx.now();
    record(&tx, &mut row, Entry::own("rated", now, "")).await?;
    touch(&mut row, SELF, now);
    save(&tx, &row).await?;
    tx.done("intake.application.rated", "application", id);
    let answer = view(app, ctx, tx.conn(), &row).await?;
    tx.commit(&answer).await?;
    Ok(answer)
}
