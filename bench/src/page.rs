//! The portal in headless Chromium: first JavaScript, and the largest contentful paint.

use std::process::Command;

use serde::Deserialize;

use crate::city::{City, ITEM};
use crate::figure::{Figure, Goal, Sample};
use crate::machine;
use crate::table::Table;
use crate::{Fallible, Measure};

/// What `bench/page.mjs` prints for a page.
#[derive(Deserialize)]
struct Page {
    name: String,
    /// First JavaScript by the built manifest, gzip.
    kib: f64,
    /// JavaScript that the browser had loaded before the paint, as it came over the wire.
    loaded_kib: f64,
    /// Milliseconds until the largest contentful paint, cold cache, per round.
    lcp: Vec<f64>,
    /// What was painted.
    element: String,
}

/// Measures.
pub(crate) fn measure(measure: &Measure, table: &mut Table) -> Fallible<()> {
    let mut city = City::fill(&measure.tongban, None)?;
    city.serve(None)?;
    machine::wait_until_quiet(city.pid());
    let beside = Sample {
        load: machine::load(),
        fsync: machine::fsync_micros(city.folder.path())?,
        ..Sample::default()
    };
    let mut node = Command::new("node");
    node.arg(measure.root.join("bench/page.mjs"))
        .arg(format!("http://127.0.0.1:{}", city.port));
    let done = node
        .args([ITEM, &measure.rounds.to_string()])
        .current_dir(&measure.root)
        .output()?;
    if !done.status.success() {
        return Err(format!("page.mjs: {}", String::from_utf8_lossy(&done.stderr)).into());
    }
    for page in serde_json::from_slice::<Vec<Page>>(&done.stdout)? {
        let sample = |value| Sample { value, ..beside };
        let mut size = Figure::new(
            format!("first JavaScript, {}", page.name),
            "KiB gzip",
            Goal::AtMost(130.0),
        );
        size.ours.push(sample(page.kib));
        table.add(size);
        let mut paint = Figure::new(
            format!("largest contentful paint, {}", page.name),
            "s",
            Goal::AtMost(1.5),
        );
        paint
            .ours
            .extend(page.lcp.iter().map(|millis| sample(millis / 1000.0)));
        table.add(paint);
        table.note(format!(
            "Page {}: the browser loaded {:.1} KiB of JavaScript over the wire up to the paint of `{}`.",
            page.name, page.loaded_kib, page.element
        ));
    }
    Ok(())
}
