//! What goes by time: differences are added up, sums are compared with the cases, and the board is
//! drawn while somebody looks at it.

use std::time::Duration;

use tb_jobs::Periodic;
use tb_module::Task;
use tb_storage::Store;

use crate::app::App;
use crate::service::{board, compare, fold, tell};

/// How often the board is drawn; a picture that is the same is not sent.
const DRAW_EVERY: Duration = Duration::from_secs(2);

/// How often it is looked whether people want other items than before.
const TELL_EVERY: Duration = Duration::from_mins(1);

/// What goes by time.
pub(crate) fn periodic() -> Vec<Periodic> {
    let add_up = Periodic::new("insight.fold", Duration::from_secs(1), |store| async move {
        fold::fold(&store).await?;
        Ok(())
    });
    let hourly = Duration::from_hours(1);
    let compare = Periodic::new("insight.compare", hourly, |store| async move {
        let differences = compare::compare(&store).await?;
        if !differences.is_empty() {
            let many = differences.len();
            tracing::error!(many, "figures differ from the cases that they count");
            metrics::counter!("insight_differences_total").increment(1);
        }
        Ok(())
    });
    let tell = Periodic::new("insight.tell_items", TELL_EVERY, |store| async move {
        tell::tell_items(&store).await?;
        Ok(())
    });
    vec![add_up, compare, tell]
}

/// Draws the board for the screens of this process.
pub(crate) fn show_board(storage: Store, app: App) -> Task {
    Task::new("insight.show_board", move |shutdown| {
        let (storage, app) = (storage.clone(), app.clone());
        async move {
            let mut beat = tokio::time::interval(DRAW_EVERY);
            loop {
                tokio::select! {
                    () = shutdown.cancelled() => return,
                    _ = beat.tick() => {}
                }
                if app.board().is_watched() {
                    draw(&storage, &app).await;
                }
            }
        }
    })
}

/// Draws it once; a picture that fails is drawn again with the next beat.
pub(crate) async fn draw(storage: &Store, app: &App) {
    let now = storage.clock().now();
    let drawn = app
        .picture()
        .get(now, board::board(storage))
        .await
        .and_then(|board| serde_json::to_string(&board).map_err(tb_kernel::Fault::internal));
    match drawn {
        Ok(json) => app.board().show(&json),
        Err(fault) => tracing::error!(%fault, "the board cannot be drawn"),
    }
}
