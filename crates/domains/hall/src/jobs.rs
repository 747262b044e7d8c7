//! What goes by time: answers that nobody gave, visits that nobody made, reminders.

use std::time::Duration;

use tb_jobs::Periodic;

use crate::service::timed;

/// What goes by time.
pub(crate) fn periodic() -> Vec<Periodic> {
    let every = Duration::from_mins(1);
    vec![Periodic::new(
        "hall.appointments",
        every,
        |store| async move {
            let done = timed::run(&store).await?;
            if done > 0 {
                tracing::info!(
                    done,
                    "appointments confirmed by time, reminded of or missed"
                );
            }
            Ok(())
        },
    )]
}
