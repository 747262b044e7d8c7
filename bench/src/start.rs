//! From start to ready, and the memory of an idle server, on a filled SQLite city.

use std::time::Duration;

use crate::city::City;
use crate::figure::{Figure, Goal, Sample};
use crate::machine;
use crate::table::Table;
use crate::{Fallible, Measure};

const IDLE: Duration = Duration::from_secs(10);

/// Measures.
pub(crate) fn measure(measure: &Measure, table: &mut Table) -> Fallible<()> {
    let mut city = City::fill(&measure.tongban, None)?;
    let mut ready = Figure::new("start to ready", "s", Goal::AtMost(2.0));
    let mut memory = Figure::new("memory after 10 s idle", "MiB", Goal::AtMost(150.0));
    for _ in 0..measure.rounds {
        let folder = city.folder.path();
        let beside = Sample {
            load: machine::load(),
            fsync: machine::fsync_micros(folder)?,
            ..Sample::default()
        };
        let time = city.serve(None)?;
        let spent = machine::cpu(city.pid());
        ready.ours.push(Sample {
            value: time.as_secs_f64(),
            program: micros(spent),
            ..beside
        });
        std::thread::sleep(IDLE);
        let idle = machine::cpu(city.pid()).saturating_sub(spent);
        memory.ours.push(Sample {
            value: machine::resident_mib(city.pid())?,
            program: micros(idle),
            ..beside
        });
        city.stop()?;
    }
    table.add(ready);
    table.add(memory);
    table.note("Start and memory: release build, all roles in one process; CPU is that of the whole start, and of the 10 s behind it. Memory is VmRSS.");
    Ok(())
}

fn micros(time: Duration) -> f64 {
    time.as_secs_f64() * 1e6
}
