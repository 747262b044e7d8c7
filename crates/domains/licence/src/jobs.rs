//! What goes by time: renewals that nobody decided before the end.

use std::time::Duration;

use tb_jobs::Periodic;

use crate::app::App;
use crate::service::carry_out::deem_renewed;

/// A day's end is known soon enough.
const EVERY_TEN_MINUTES: Duration = Duration::from_mins(10);

/// What goes by time.
pub(crate) fn periodic(app: &App) -> Vec<Periodic> {
    let app = app.clone();
    vec![Periodic::new(
        "licence.deem_renewed",
        EVERY_TEN_MINUTES,
        move |store| {
            let app = app.clone();
            async move {
                let renewed = deem_renewed(&app, &store).await?;
                if renewed > 0 {
                    tracing::warn!(
                        renewed,
                        "renewals counted as granted, since nobody decided before the end"
                    );
                }
                Ok(())
            }
        },
    )]
}
