//! What goes by time: overdue tasks go up.

use std::time::Duration;

use tb_jobs::Periodic;

use crate::app::App;
use crate::service::escalate;

/// What goes by time.
pub(crate) fn periodic(app: &App) -> Vec<Periodic> {
    let app = app.clone();
    let every = Duration::from_mins(1);
    vec![Periodic::new("interaction.escalate", every, move |store| {
        let app = app.clone();
        async move {
            let raised = escalate::escalate(&app, &store).await?;
            if raised > 0 {
                tracing::warn!(raised, "rectifications are overdue and went up");
            }
            Ok(())
        }
    })]
}
