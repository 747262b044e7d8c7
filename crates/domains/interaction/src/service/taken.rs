//! A rating that came by another way than the page: checked, and told to intake, which keeps it unless
//! the case was rated meanwhile.

use tb_contract::events::RatingTaken;
use tb_contract::rating::{MAX_WORDS, are_tags_of};
use tb_contract::topics;
use tb_kernel::{Fault, Region};
use tb_storage::{NewEvent, Tx};

use crate::error::Error;
use crate::store::occasion::Occasion;

/// What was said.
pub(crate) struct Said {
    /// 5 to 1.
    pub level: u8,
    /// Tags of the level.
    pub tags: Vec<String>,
    /// Free words.
    pub comment: String,
}

impl Said {
    /// Checks level, tags and words.
    pub(crate) fn new(level: Option<u8>, tags: Vec<String>, comment: &str) -> Result<Self, Error> {
        let level = level
            .filter(|level| (1..=5).contains(level))
            .ok_or(Error::LevelAstray)?;
        if !are_tags_of(level, &tags) {
            return Err(Error::TagsAstray);
        }
        let comment = comment.trim().to_owned();
        if comment.chars().count() > MAX_WORDS {
            return Err(Error::TextTooLong { max: MAX_WORDS });
        }
        Ok(Self {
            level,
            tags,
            comment,
        })
    }
}

/// A case of a joint matter is rated with the whole, by who applied for it.
pub(crate) fn expect_alone(row: &Occasion) -> Result<(), Error> {
    if row.joint {
        return Err(Error::RatedWithWhole);
    }
    Ok(())
}

/// Tells intake.
pub(crate) fn take(tx: &mut Tx, row: &Occasion, channel: &str, said: Said) -> Result<(), Fault> {
    tx.emit(NewEvent {
        topic: topics::INTERACTION,
        key: &row.case_number,
        kind: "interaction.rating.taken",
        version: 0,
        causation_id: None,
        department_code: Some(&row.department_code),
        region_path: Region::parse(&row.region).map(|region| region.path()),
        payload: &RatingTaken {
            case_number: row.case_number.clone(),
            channel: channel.to_owned(),
            level: said.level,
            tags: said.tags,
            comment: said.comment,
        },
    })?;
    Ok(())
}
