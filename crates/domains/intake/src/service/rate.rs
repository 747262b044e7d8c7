//! Rating the service, once, after the case is closed.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use tb_contract::access::{ApplicationRead, ApplicationWrite};
use tb_contract::events::{ApplicationRated, RatingGiven, RatingInvited};
use tb_contract::rating::tags;
use tb_contract::topics;
use tb_http::Ctx;
use tb_kernel::{AccountId, ApplicationId, Fault, Region};
use tb_storage::{NewEvent, StorageError, Tx};
use utoipa::ToSchema;

use super::joint::end::rate_all;
use super::write::{Entry, SELF, announce, expect_himself, held, record, save, touch};
use crate::app::App;
use crate::entity::rating;
use crate::error::{Error, with_fields};
use crate::model::rating::faults;
use crate::sealed::{self, COMMENT};
use crate::sentence::Args;
use crate::store;
use crate::store::application::Application;
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
    expect_himself(&row, ctx.actor().id)?;
    if row.joint_id.is_some() {
        return Err(Error::JointRatedWhole.into());
    }
    if row.rated {
        return Err(Error::AlreadyRated.into());
    }
    if !sealed::state(&row)?.is_ratable() {
        return Err(Error::NotRatable.into());
    }
    let given = Given {
        channel: "online",
        level: body.level,
        tags: body.tags,
        comment,
    };
    if row.joint_plan.is_some() {
        rate_all(&mut tx, &row, &given).await?;
        keep(&mut tx, &mut row, &given).await?;
    } else {
        give(&mut tx, &mut row, &given).await?;
    }
    save(&tx, &row).await?;
    tx.done("intake.application.rated", "application", id);
    let answer = view(app, ctx, tx.conn(), &row).await?;
    tx.commit(&answer).await?;
    Ok(answer)
}

/// A rating on its way into the table.
pub(crate) struct Given<'a> {
    /// `online`, `qr`, `device`, `sms` or `hotline`.
    pub channel: &'a str,
    /// 5 to 1.
    pub level: u8,
    /// Tags of that level.
    pub tags: Vec<String>,
    /// Free words.
    pub comment: String,
}

/// Keeps the one rating of a case and tells of it; the caller has looked whether it may be given,
/// and saves the row.
pub(crate) async fn give(
    tx: &mut Tx,
    row: &mut Application,
    given: &Given<'_>,
) -> Result<(), Fault> {
    keep(tx, row, given).await?;
    announce(tx, row, "intake.application.rated", |version, number| {
        ApplicationRated {
            case_number: number.to_owned(),
            version,
            level: given.level,
            tags: given.tags.clone(),
            comment: given.comment.clone(),
        }
    })?;
    if let Some(service) = rated_service(row, tx.now()) {
        let told = RatingGiven {
            service,
            channel: given.channel.to_owned(),
            level: given.level,
            tags: given.tags.clone(),
            comment: given.comment.clone(),
        };
        tell(tx, row, "intake.rating.given", 2, &told)?;
    }
    Ok(())
}

/// Keeps a rating, and tells nobody: that of a whole goes to the departments with their cases.
async fn keep(tx: &mut Tx, row: &mut Application, given: &Given<'_>) -> Result<(), Fault> {
    let (rating_id, now) = (tx.new_id(), tx.now());
    let rating = rating::Model {
        id: rating_id,
        application_id: row.id,
        level: given.level.into(),
        tags: serde_json::to_string(&given.tags).map_err(Fault::internal)?,
        comment: tx.sealer().seal_text(COMMENT, rating_id, &given.comment)?,
        created_at: now,
    };
    store::application::insert_rating(tx.conn(), rating).await?;
    row.rated = true;
    record(tx, row, Entry::own("rated", now, "")).await?;
    touch(row, SELF, now);
    Ok(())
}

/// Tells that a case has come to its end and may be rated.
pub(crate) fn invite(tx: &mut Tx, row: &Application) -> Result<(), StorageError> {
    match rated_service(row, tx.now()) {
        Some(service) => tell(tx, row, "intake.rating.invited", 1, &service),
        None => Ok(()),
    }
}

/// What can be rated; none where the row has no number or no region, which no submitted row lacks.
fn rated_service(row: &Application, at: DateTime<Utc>) -> Option<RatingInvited> {
    Some(RatingInvited {
        application_id: ApplicationId(row.id),
        account_id: AccountId(row.account_id),
        case_number: row.number.clone()?,
        item_code: row.item_code.clone(),
        item_name: row.item_name.clone(),
        department_code: row.department_code.clone(),
        region: Region::parse(&row.region)?,
        at,
        joint: row.joint_id.is_some(),
    })
}

fn tell<T: Serialize>(
    tx: &mut Tx,
    row: &Application,
    kind: &str,
    version: i64,
    payload: &T,
) -> Result<(), StorageError> {
    tx.emit(NewEvent {
        topic: topics::RATING,
        key: row.number.as_deref().unwrap_or_default(),
        kind,
        version,
        causation_id: None,
        department_code: Some(&row.department_code),
        region_path: Region::parse(&row.region).map(|region| region.path()),
        payload,
    })?;
    Ok(())
}
