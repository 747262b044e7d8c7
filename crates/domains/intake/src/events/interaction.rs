//! What interaction says of ratings: one that came by another way than the page, and what becomes of a poor one.

use tb_contract::events::{RatingTaken, RectificationTold};
use tb_events::{HandleError, payload};
use tb_kernel::Event;
use tb_storage::{Tracked, Tx};

use crate::app::App;
use crate::model::rating::faults;
use crate::sealed;
use crate::sentence::args;
use crate::service::{Entry, Given, give, notify, record};
use crate::store;
use crate::store::application::Application;

/// A rating came by link, device, short message or hotline.
pub(super) const TAKEN: &str = "interaction.rating.taken";

/// What becomes of a poor rating.
pub(super) const TOLD: &[&str] = &[
    "interaction.rectification.opened",
    "interaction.rectification.contacted",
    "interaction.rectification.rectified",
    "interaction.rectification.reopened",
    "interaction.rectification.closed",
    "interaction.rectification.excluded",
];

/// Keeps a rating that came by another way than the page, unless the case has one by now: the first counts.
pub(super) async fn taken(app: &App, tx: &mut Tx, event: &Event) -> Result<(), HandleError> {
    let taken: RatingTaken = payload(event)?;
    let mut row = of_case(tx, &taken.case_number).await?;
    if row.rated || !sealed::state(&row)?.is_ratable() {
        tracing::info!(
            case_number = taken.case_number,
            "a rating came after another one, or the case cannot be rated"
        );
        return Ok(());
    }
    if !faults(taken.level, &taken.tags, &taken.comment).is_empty() {
        return Err(HandleError::poison(
            "intake.rating_invalid",
            "level, tags or words are none of a rating",
        ));
    }
    let given = Given {
        channel: &taken.channel,
        level: taken.level,
        tags: taken.tags,
        comment: taken.comment,
    };
    give(tx, &mut row, &given).await?;
    store::application::save(tx.conn(), &row).await?;
    tx.done("intake.application.rated", "application", row.id);
    tell_page(app, tx, &row);
    Ok(())
}

/// Puts a step of the rectification on the timeline and into the inbox.
pub(super) async fn told(app: &App, tx: &mut Tx, event: &Event) -> Result<(), HandleError> {
    let told: RectificationTold = payload(event)?;
    let mut row = of_case(tx, &told.case_number).await?;
    let kind = event.kind.rsplit('.').next().unwrap_or_default();
    let kind = format!("rectification_{kind}");
    let entry = Entry {
        kind: &kind,
        at: told.at,
        office: &told.office,
        step: None,
        item: None,
        words: &told.words,
        case_version: None,
    };
    record(tx, &mut row, entry).await?;
    let words = args([
        ("item_name", Some(row.item_name.clone())),
        ("case_number", row.number.clone()),
        ("office", Some(told.office)),
        ("reason", Some(told.words)),
        ("due_on", told.due.map(|day| day.to_string())),
    ]);
    notify(tx, &row, &kind, &words).await?;
    store::application::save(tx.conn(), &row).await?;
    tx.done("intake.rectification.told", "application", row.id);
    tell_page(app, tx, &row);
    Ok(())
}

async fn of_case(tx: &Tx, number: &str) -> Result<Tracked<Application>, HandleError> {
    let row = store::application::by_number_locked(tx.conn(), number).await?;
    row.ok_or(HandleError::poison(
        "intake.unknown_case",
        "no application has this case number",
    ))
}

fn tell_page(app: &App, tx: &mut Tx, row: &Application) {
    let (app, account, application) = (app.clone(), row.account_id, row.id);
    tx.after_commit(move || app.tell(account, application));
}
