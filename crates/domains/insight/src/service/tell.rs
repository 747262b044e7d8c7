//! Tells the catalogue what people apply for most. Only what has changed is told.

use chrono::Days;
use tb_contract::events::{ItemCount, ItemsCounted};
use tb_contract::topics;
use tb_kernel::{Fault, RequestId, office_time};
use tb_storage::{NewEvent, Origin, Store};

use crate::model::dataset::FEW;
use crate::store;
use crate::store::Within;
use crate::store::day::{By, Span};
use crate::store::told::Told;

/// Days that are counted, today included.
const DAYS: u64 = 30;
/// Items told.
const MOST: usize = 40;
/// The row of what was told.
const ITEMS: &str = "items";

/// Tells what is most wanted, if it is not what was told last; returns whether it was told.
pub(crate) async fn tell_items(storage: &Store) -> Result<bool, Fault> {
    let today = office_time::day(storage.clock().now());
    let from = today.checked_sub_days(Days::new(DAYS - 1)).unwrap_or(today);
    let span = Span {
        public: true,
        ..Span::days(from, today)
    };
    let sums = store::day::sums(&storage.read(), &Within::default(), &span, By::Item).await?;
    let counted = sums.into_iter().map(|(code, tally)| ItemCount {
        code,
        submitted: tally.submitted,
    });
    // Few applications for an item lead to persons.
    let mut items: Vec<ItemCount> = counted.filter(|one| one.submitted >= FEW).collect();
    items.sort_by(|a, b| (b.submitted, &a.code).cmp(&(a.submitted, &b.code)));
    items.truncate(MOST);
    let said = ItemsCounted { days: DAYS, items };
    let json = serde_json::to_string(&said).map_err(Fault::internal)?;

    let origin = Origin::system("insight.tell_items", RequestId(storage.new_id()));
    let mut tx = storage.begin(origin).await?;
    let last = store::told::take(tx.conn(), ITEMS).await?;
    if last.as_ref().is_some_and(|last| last.said == json) {
        return Ok(false);
    }
    let row = Told {
        what: ITEMS.to_owned(),
        said: json,
        version: last.as_ref().map_or(1, |last| last.version + 1),
        at: tx.now(),
    };
    tx.emit(NewEvent {
        topic: topics::INSIGHT,
        key: ITEMS,
        kind: "insight.items.counted",
        version: row.version,
        causation_id: None,
        department_code: None,
        region_path: None,
        payload: &said,
    })?;
    if last.is_some() {
        store::told::update(tx.conn(), row).await?;
    } else {
        store::told::insert(tx.conn(), row).await?;
    }
    tx.commit(&()).await?;
    Ok(true)
}
