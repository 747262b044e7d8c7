//! What goes by time: deemed acceptance, and clocks computed anew.

use std::time::Duration;

use tb_jobs::Periodic;

use crate::app::App;
use crate::service::timer;

/// How often row 8 is looked at.
const EVERY_MINUTE: Duration = Duration::from_mins(1);

/// What goes by time.
pub(crate) fn periodic(app: &App) -> Vec<Periodic> {
    let (deeming, minding, rebuilding) = (app.clone(), app.clone(), app.clone());
    vec![
        Periodic::new("approval.deem_accepted", EVERY_MINUTE, move |store| {
            let app = deeming.clone();
            async move {
                let accepted = timer::deem_accepted(&app, &store).await?;
                if accepted > 0 {
                    tracing::warn!(
                        accepted,
                        "cases counted as accepted, since nobody answered in time"
                    );
                }
                Ok(())
            }
        }),
        Periodic::new("approval.applicants_terms", EVERY_MINUTE, move |store| {
            let app = minding.clone();
            async move {
                timer::applicants_terms(&app, &store).await?;
                Ok(())
            }
        }),
        Periodic::new("approval.rebuild_clocks", EVERY_MINUTE, move |store| {
            let app = rebuilding.clone();
            async move {
                timer::rebuild_old_clocks(&app, &store).await?;
                Ok(())
            }
        }),
    ]
}
