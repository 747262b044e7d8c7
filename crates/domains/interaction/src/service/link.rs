//! One-time links: on paper as a QR code, or handed to the counter device with its three buttons.

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use tb_contract::access::{RatingByLink, RatingInvite};
use tb_contract::rating::tags;
use tb_http::Ctx;
use tb_kernel::{Fault, Scope};
use tb_storage::Conn;
use utoipa::ToSchema;

use super::read::ReasonTag;
use super::taken::{Said, expect_alone, take};
use crate::app::App;
use crate::error::Error;
use crate::model::code::{address, rows};
use crate::sealed::TOKEN;
use crate::store;
use crate::store::link::Link;
use crate::store::occasion::Occasion;

/// On paper.
const QR: &str = "qr";
/// At the counter.
const DEVICE: &str = "device";
/// The device's three buttons.
const BUTTONS: [(&str, u8); 3] = [("very_satisfied", 5), ("satisfied", 4), ("dissatisfied", 2)];

/// For which case a link is wanted.
#[derive(Debug, Deserialize, ToSchema)]
pub struct InviteRating {
    /// Case number.
    pub case_number: String,
    /// `qr` or `device`.
    pub channel: String,
}

/// A link.
#[derive(Debug, Serialize, ToSchema)]
pub struct RatingLink {
    /// The token: shown once, kept only as an index.
    pub token: String,
    /// `qr` or `device`.
    pub channel: String,
    /// Until when it is good.
    pub expires_at: DateTime<Utc>,
    /// Its address as rows of a QR code, `1` dark and `0` light; empty for the device.
    pub code: Vec<String>,
}

/// What can be rated by a link.
#[derive(Debug, Serialize, ToSchema)]
pub struct RatingOffer {
    /// Item.
    pub item_name: String,
    /// Office.
    pub office: String,
    /// `qr` or `device`.
    pub channel: String,
    /// Levels with tags; of a device those of its buttons.
    pub levels: Vec<OfferedLevel>,
}

/// A level.
#[derive(Debug, Serialize, ToSchema)]
pub struct OfferedLevel {
    /// 5 to 1.
    pub level: u8,
    /// The device's button; empty for others.
    pub button: &'static str,
    /// In words.
    pub label: String,
    /// Its tags.
    pub tags: Vec<ReasonTag>,
}

/// A rating by link: a level, or a button of the device.
#[derive(Debug, Deserialize, ToSchema)]
pub struct RateByLink {
    /// 5 to 1.
    pub level: Option<u8>,
    /// `very_satisfied`, `satisfied` or `dissatisfied`.
    pub button: Option<String>,
    /// Tags of the level.
    #[serde(default)]
    pub tags: Vec<String>,
    /// Free words.
    #[serde(default)]
    pub comment: String,
}

/// Thanks.
#[derive(Debug, Serialize, ToSchema)]
pub struct RatingThanks {
    /// The level taken.
    pub level: u8,
}

/// Makes a link for a case of the caller's office that nobody has rated.
pub(crate) async fn invite(
    app: &App,
    ctx: &Ctx<RatingInvite>,
    body: InviteRating,
) -> Result<RatingLink, Fault> {
    let settings = app.settings();
    let good_for = match body.channel.as_str() {
        QR => TimeDelta::days(settings.link_days.into()),
        DEVICE => TimeDelta::minutes(settings.device_minutes.into()),
        _ => {
            return Err(Error::UnknownWord {
                name: "channel".to_owned(),
            }
            .into());
        }
    };
    let mut tx = ctx.begin().await?;
    let row = store::occasion::by_number(tx.conn(), ctx.scope(), body.case_number.trim()).await?;
    let row = row
        .filter(|row| row.level.is_none())
        .ok_or(Error::NotRatable)?;
    expect_alone(&row)?;
    let mut random = [0_u8; 16];
    tx.store().entropy().fill(&mut random);
    let token = hex::encode(random);
    let link = Link {
        id: tx.new_id(),
        occasion_id: row.id,
        token_bidx: tx.sealer().blind_index(TOKEN, &token),
        channel: body.channel.clone(),
        made_by: ctx.actor().id.0,
        made_at: tx.now(),
        expires_at: tx.now() + good_for,
        used_at: None,
    };
    let expires_at = link.expires_at;
    store::link::insert(tx.conn(), link).await?;
    tx.done("interaction.rating.invited", "case", &row.case_number);
    let code = if body.channel == QR {
        rows(&address(&ctx.edge().config().public_url, &token))?
    } else {
        Vec::new()
    };
    let answer = RatingLink {
        code,
        token,
        channel: body.channel,
        expires_at,
    };
    tx.commit(&answer).await?;
    Ok(answer)
}

/// What a link offers.
pub(crate) async fn offer(
    app: &App,
    ctx: &Ctx<RatingByLink>,
    token: &str,
) -> Result<RatingOffer, Fault> {
    app.by_address().check(ctx.address())?;
    let conn = ctx.read();
    let link = store::link::find(&conn, ctx.store().sealer().blind_index(TOKEN, token)).await?;
    let link = alive(link.as_ref(), ctx.now())?;
    let row = rateable(&conn, link).await?;
    let office = store::copy::Departments::by_code(&conn, &row.department_code).await?;
    let label = |key: String| {
        let texts = ctx.edge().texts();
        texts.text(ctx.locale(), &key, &std::collections::BTreeMap::new())
    };
    let button = |level: u8| {
        BUTTONS
            .iter()
            .find(|(_, of)| *of == level)
            .map(|(word, _)| *word)
    };
    let levels = (1..=5_u8)
        .rev()
        .filter(|level| link.channel != DEVICE || button(*level).is_some())
        .map(|level| OfferedLevel {
            level,
            button: button(level)
                .filter(|_| link.channel == DEVICE)
                .unwrap_or_default(),
            label: label(format!("interaction.level.{level}")),
            tags: tags(level)
                .iter()
                .map(|key| ReasonTag {
                    key: (*key).to_owned(),
                    label: label(format!("interaction.tag.{key}")),
                })
                .collect(),
        })
        .collect();
    Ok(RatingOffer {
        item_name: row.item_name,
        office: office.map(|office| office.name).unwrap_or_default(),
        channel: link.channel.clone(),
        levels,
    })
}

/// Rates by a link, which is used up by it.
pub(crate) async fn rate(
    app: &App,
    ctx: &Ctx<RatingByLink>,
    token: &str,
    body: RateByLink,
) -> Result<RatingThanks, Fault> {
    app.by_address().check(ctx.address())?;
    let pressed = body.button.as_deref().map(|word| {
        let button = BUTTONS.iter().find(|(known, _)| *known == word);
        button.map(|(_, level)| *level)
    });
    let level = match pressed {
        Some(button) => button,
        None => body.level,
    };
    let said = Said::new(level, body.tags, &body.comment)?;
    let answer = RatingThanks { level: said.level };
    let mut tx = ctx.begin().await?;
    let index = tx.sealer().blind_index(TOKEN, token);
    let link = store::link::find_locked(tx.conn(), index).await?;
    let mut link = link.ok_or(Error::LinkDead)?;
    alive(Some(&*link), tx.now())?;
    let row = rateable(tx.conn(), &link).await?;
    link.used_at = Some(tx.now());
    store::link::save(tx.conn(), &link).await?;
    take(&mut tx, &row, &link.channel, said)?;
    tx.done("interaction.rating.taken", "case", &row.case_number);
    tx.commit(&answer).await?;
    Ok(answer)
}

fn alive(link: Option<&Link>, now: DateTime<Utc>) -> Result<&Link, Error> {
    link.filter(|link| link.used_at.is_none() && link.expires_at > now)
        .ok_or(Error::LinkDead)
}

async fn rateable(conn: &Conn, link: &Link) -> Result<Occasion, Fault> {
    let row = store::occasion::find(conn, &Scope::Everything, link.occasion_id).await?;
    Ok(row
        .filter(|row| row.level.is_none())
        .ok_or(Error::NotRatable)?)
}
