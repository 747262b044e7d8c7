//! Work by the clock: the limits on progress queries forget who has been quiet.

use std::time::Duration;

use tb_jobs::Periodic;

use crate::app::App;

/// Intake's periodic jobs.
pub(crate) fn periodic(app: App) -> Vec<Periodic> {
    let tidy = Periodic::new("intake.tidy_limits", Duration::from_mins(10), move |_| {
        for limiter in app.progress_limits() {
            limiter.tidy();
        }
        std::future::ready(Ok(()))
    });
    vec![tidy]
}
