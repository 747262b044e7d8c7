//! The book of the simulated operator, and its network.

use sea_orm::sea_query::{Expr, Order};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, PaginatorTrait, QueryFilter,
    QueryOrder,
};
use serde::Serialize;
use tb_contract::payments::SignedMessage;
use tb_contract::ports::PortResult;
use tb_contract::sms::{SmsAnswered, SmsAsked, SmsNotice, SmsRefusal};
use tb_kernel::identity_number::Phone;
use tb_kernel::{Fault, RequestId, office_time};
use tb_storage::{Conn, Origin, StorageError, Tx};
use utoipa::ToSchema;

use super::Simulator;
use super::text::{segments, text};
use crate::entity::simulated_sms::{Column, Entity, Model};
use crate::error::Error;
use crate::model::reply::{Meaning, meaning};
use crate::sealed::{SIMULATED_INDEX, SIMULATED_PHONE, SIMULATED_WORDS};

/// Messages that a number gets in a day.
const MOST_A_DAY: u64 = 20;
/// Numbers that end so are switched off.
const SWITCHED_OFF: &str = "0000";

/// What a phone shows.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct OnPhone {
    /// Its number, masked.
    pub number: String,
    /// The text.
    pub text: String,
    /// What was replied from it, the oldest first.
    pub replies: Vec<String>,
}

impl Simulator {
    async fn tx(&self) -> PortResult<Tx> {
        let origin = Origin::system("interaction.sms_simulator", RequestId(self.store.new_id()));
        Ok(self.store.begin(origin).await?)
    }

    /// Takes a message, or answers as before.
    pub(super) async fn take(&self, asked: &SmsAsked) -> PortResult<SmsAnswered> {
        let refused = |why| Ok(SmsAnswered::Refused(why));
        let tx = self.tx().await?;
        if let Some(known) = find(tx.conn(), Column::Key.eq(asked.key.as_str())).await? {
            return Ok(SmsAnswered::Accepted(
                u32::try_from(known.segments).unwrap_or_default(),
            ));
        }
        let text = match text(asked) {
            Ok(text) => text,
            Err(why) => return refused(why),
        };
        let Ok(phone) = Phone::parse_mobile(&asked.to) else {
            return refused(SmsRefusal::Number);
        };
        let index = tx.sealer().blind_index(SIMULATED_INDEX, phone.as_str());
        let of_number = || Entity::find().filter(Column::PhoneBidx.eq(index.clone()));
        let blocked = of_number().filter(Column::Blocks.eq(true)).count(tx.conn());
        if blocked.await.map_err(StorageError::from)? > 0 {
            return refused(SmsRefusal::OptedOut);
        }
        let today = office_time::start_of_day(office_time::day(tx.now()));
        let many = of_number()
            .filter(Column::Incoming.eq(false))
            .filter(Column::At.gte(today))
            .count(tx.conn());
        if many.await.map_err(StorageError::from)? >= MOST_A_DAY {
            return refused(SmsRefusal::Limit);
        }
        let count = segments(&text);
        let entry = Entry {
            key: &asked.key,
            incoming: false,
            phone: &phone,
            extension: &asked.extension,
            words: &text,
            blocks: false,
        };
        write(&tx, &entry).await?;
        tx.commit(&()).await?;
        Ok(SmsAnswered::Accepted(count))
    }

    /// What is told of a message once the phone was tried.
    pub(crate) async fn report(&self, key: &str) -> PortResult<SignedMessage> {
        let row = find(&self.store.read(), Column::Key.eq(key)).await?;
        let row = row.ok_or(Error::SmsNotFound)?;
        let phone = self
            .store
            .sealer()
            .open_text(SIMULATED_PHONE, row.id, &row.phone)?;
        self.notice(&SmsNotice::Report {
            key: key.to_owned(),
            delivered: !phone.ends_with(SWITCHED_OFF),
        })
    }

    /// Somebody replies to a message, from the phone that got it or from another one: what is told of it.
    pub(crate) async fn reply(
        &self,
        key: &str,
        words: &str,
        from_other: bool,
    ) -> PortResult<SignedMessage> {
        let tx = self.tx().await?;
        let row = find(tx.conn(), Column::Key.eq(key)).await?;
        let row = row.ok_or(Error::SmsNotFound)?;
        let got = tx.sealer().open_text(SIMULATED_PHONE, row.id, &row.phone)?;
        let from = if from_other { other(&got) } else { got };
        let phone = Phone::parse_mobile(&from).map_err(Fault::internal)?;
        let id = format!("MO{}", tx.new_id().simple());
        let entry = Entry {
            key: &id,
            incoming: true,
            phone: &phone,
            extension: &row.extension,
            words,
            blocks: meaning(words) == Meaning::OptOut,
        };
        write(&tx, &entry).await?;
        let at = tx.now();
        tx.commit(&()).await?;
        self.notice(&SmsNotice::Reply {
            id,
            from,
            extension: row.extension,
            words: words.to_owned(),
            at,
        })
    }

    /// What the phone shows that got a message; none where it was not taken.
    pub(crate) async fn on_phone(&self, key: &str) -> PortResult<Option<OnPhone>> {
        let conn = self.store.read();
        let Some(row) = find(&conn, Column::Key.eq(key)).await? else {
            return Ok(None);
        };
        let replies = Entity::find()
            .filter(Column::Incoming.eq(true))
            .filter(Column::PhoneBidx.eq(row.phone_bidx.clone()))
            .filter(Column::Extension.eq(row.extension.as_str()))
            .order_by(Column::Id, Order::Asc)
            .all(&conn)
            .await
            .map_err(StorageError::from)?;
        let sealer = self.store.sealer();
        let words = |row: &Model| sealer.open_text(SIMULATED_WORDS, row.id, &row.words);
        let number = sealer.open_text(SIMULATED_PHONE, row.id, &row.phone)?;
        let number = Phone::parse_mobile(&number).map(|phone| phone.masked());
        Ok(Some(OnPhone {
            number: number.unwrap_or_default(),
            text: words(&row)?,
            replies: replies.iter().map(words).collect::<Result<_, _>>()?,
        }))
    }
}

/// The number of somebody else: its last digit is the next one.
fn other(number: &str) -> String {
    let mut digits: Vec<char> = number.chars().collect();
    if let Some(last) = digits.last_mut() {
        let next = last.to_digit(10).map_or(0, |digit| (digit + 1) % 10);
        *last = char::from_digit(next, 10).unwrap_or('0');
    }
    digits.into_iter().collect()
}

/// A line of the book.
struct Entry<'a> {
    key: &'a str,
    incoming: bool,
    phone: &'a Phone,
    extension: &'a str,
    words: &'a str,
    blocks: bool,
}

async fn write(tx: &Tx, entry: &Entry<'_>) -> Result<(), StorageError> {
    let (id, sealer, phone) = (tx.new_id(), tx.sealer(), entry.phone.as_str());
    let many = if entry.incoming {
        0
    } else {
        segments(entry.words)
    };
    let row = Model {
        id,
        key: entry.key.to_owned(),
        incoming: entry.incoming,
        phone: sealer.seal_text(SIMULATED_PHONE, id, phone)?,
        phone_bidx: sealer.blind_index(SIMULATED_INDEX, phone),
        extension: entry.extension.to_owned(),
        words: sealer.seal_text(SIMULATED_WORDS, id, entry.words)?,
        segments: i32::try_from(many).unwrap_or_default(),
        blocks: entry.blocks,
        at: tx.now(),
    };
    Entity::insert(row.into_active_model().reset_all())
        .exec_without_returning(tx.conn())
        .await?;
    Ok(())
}

async fn find(conn: &Conn, which: Expr) -> Result<Option<Model>, StorageError> {
    Ok(Entity::find().filter(which).one(conn).await?)
}
