//! What goes by time: approved versions whose day has come, and files that nobody came to name.

use std::time::Duration;

use tb_jobs::Periodic;

use crate::catalogue::Catalogue;
use crate::service::form_files;
use crate::service::review::due::publish_due;

/// A version is in force within seconds of midnight.
const EVERY_FIVE_SECONDS: Duration = Duration::from_secs(5);
/// What nobody named may wait.
const EVERY_HOUR: Duration = Duration::from_hours(1);

/// What goes by time.
pub(crate) fn periodic(catalogue: &Catalogue) -> Vec<Periodic> {
    let catalogue = catalogue.clone();
    let publishing = Periodic::new("catalogue.publish_due", EVERY_FIVE_SECONDS, move |store| {
        let catalogue = catalogue.clone();
        async move {
            let run = publish_due(&catalogue, &store).await?;
            if run.failed > 0 {
                let many = run.failed;
                tracing::warn!(many, "approved versions are no longer fit to be published");
            }
            Ok(())
        }
    });
    let forgetting = Periodic::new(
        "catalogue.forget_form_files",
        EVERY_HOUR,
        |store| async move { Ok(form_files::forget(&store).await?) },
    );
    vec![publishing, forgetting]
}
