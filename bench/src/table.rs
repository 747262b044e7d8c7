//! The one table: printed, and written with machine and date.
#![expect(clippy::print_stdout, reason = "the table is what the command is for")]

use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;
use std::path::Path;

use crate::Fallible;
use crate::figure::{Figure, Goal, Sample, Spread};
use crate::machine;

/// A cost that has grown by more than this against the last table is printed in bold.
const REGRESSION: f64 = 1.5;
const LAST: &str = "<!-- costs ";
const HEAD: &str = "\
| what | unit | ours: median (min–max) | limit: median (min–max) | ours / limit | goal | verdict | CPU µs ours: program + database | CPU µs limit | CPU ours / limit | load | fsync µs |
|---|---|---|---|---|---|---|---|---|---|---|---|
";

/// All rows, and the notes that say what was compared.
pub(crate) struct Table {
    date: String,
    figures: Vec<Figure>,
    notes: Vec<String>,
}

impl Table {
    /// An empty one.
    pub(crate) fn new(date: &str) -> Self {
        Self {
            date: date.to_owned(),
            figures: Vec::new(),
            notes: Vec::new(),
        }
    }

    /// Adds a row.
    pub(crate) fn add(&mut self, figure: Figure) {
        eprintln!("bench: {}: {}", figure.name, spread(&figure.ours));
        self.figures.push(figure);
    }

    /// Adds a note.
    pub(crate) fn note(&mut self, note: impl Into<String>) {
        self.notes.push(note.into());
    }

    /// Prints it, and writes it where a path is given.
    pub(crate) fn publish(&self, out: Option<&Path>) -> Fallible<()> {
        let last = out
            .and_then(|path| fs::read_to_string(path).ok())
            .map(|text| costs(&text))
            .unwrap_or_default();
        let text = self.text(&last)?;
        println!("{text}");
        if let Some(path) = out {
            fs::write(path, text)?;
        }
        Ok(())
    }

    fn text(&self, last: &BTreeMap<String, f64>) -> Fallible<String> {
        let mut text = String::from(
            "# Benchmarks\n\nWritten by `make bench`; what each number means stands in `bench/README.md`.\n\n",
        );
        writeln!(text, "{}. {}.\n", self.date, machine::description())?;
        text.push_str(HEAD);
        for figure in &self.figures {
            row(&mut text, figure, last)?;
        }
        text.push('\n');
        for note in &self.notes {
            writeln!(text, "- {note}")?;
        }
        let costs: BTreeMap<&str, f64> = self
            .figures
            .iter()
            .filter_map(|figure| Some((figure.name.as_str(), figure.cost()?)))
            .collect();
        writeln!(text, "\n{LAST}{} -->", serde_json::to_string(&costs)?)?;
        Ok(text)
    }
}

/// The costs that a table was written with.
fn costs(text: &str) -> BTreeMap<String, f64> {
    let line = text
        .lines()
        .find_map(|line| line.strip_prefix(LAST)?.strip_suffix(" -->"));
    line.and_then(|line| serde_json::from_str(line).ok())
        .unwrap_or_default()
}

fn row(text: &mut String, figure: &Figure, last: &BTreeMap<String, f64>) -> Fallible<()> {
    let goal = match figure.goal {
        Goal::Ratio(goal) => format!("≥ {goal}"),
        Goal::AtMost(goal) => format!("≤ {goal}"),
        Goal::Within(most, times) => format!("≤ {most}, ≤ {times} ×"),
        Goal::None => String::new(),
    };
    let ratio = figure
        .ratio()
        .map_or_else(String::new, |ratio| format!("{ratio:.2}"));
    let beside = |number: fn(&Sample) -> f64| {
        let all: Vec<Sample> = figure.ours.iter().chain(&figure.limit).copied().collect();
        Spread::of(&all, number).map_or_else(String::new, |spread| round(spread.median))
    };
    writeln!(
        text,
        "| {} | {} | {} | {} | {ratio} | {goal} | {} | {} | {} | {} | {} | {} |",
        figure.name,
        figure.unit,
        spread(&figure.ours),
        spread(&figure.limit),
        figure.verdict(),
        cpu(&figure.ours),
        cpu(&figure.limit),
        cost(figure, last),
        beside(|sample| sample.load),
        beside(|sample| sample.fsync),
    )?;
    Ok(())
}

fn cost(figure: &Figure, last: &BTreeMap<String, f64>) -> String {
    let Some(cost) = figure.cost() else {
        return String::new();
    };
    let grown = last
        .get(&figure.name)
        .filter(|last| cost > REGRESSION * **last);
    let now = if figure.limit.is_empty() {
        String::new()
    } else {
        format!("{cost:.2}")
    };
    match grown {
        Some(last) => format!("**{now} (cost {:.2} × the last table)**", cost / last),
        None => now,
    }
}

fn spread(samples: &[Sample]) -> String {
    let show = |spread: Spread| {
        format!(
            "{} ({}–{})",
            round(spread.median),
            round(spread.min),
            round(spread.max)
        )
    };
    Spread::of(samples, |sample| sample.value).map_or_else(String::new, show)
}

fn cpu(samples: &[Sample]) -> String {
    let median = |number: fn(&Sample) -> f64| {
        Spread::of(samples, number).map_or(0.0, |spread| spread.median)
    };
    match (
        median(|sample| sample.program),
        median(|sample| sample.database),
    ) {
        (0.0, 0.0) => String::new(),
        (program, 0.0) => round(program),
        (program, database) => format!("{} + {}", round(program), round(database)),
    }
}

/// Three figures that count.
fn round(number: f64) -> String {
    match number.abs() {
        size if size >= 100.0 => format!("{number:.0}"),
        size if size >= 10.0 => format!("{number:.1}"),
        _ => format!("{number:.2}"),
    }
}

#[cfg(test)]
mod tests {
    use super::Table;
    use crate::figure::{Figure, Goal, Sample};

    fn table(program: f64) -> Table {
        let mut figure = Figure::new("reads", "1/s", Goal::Ratio(0.6));
        figure.ours = vec![Sample {
            value: 70.0,
            program,
            ..Sample::default()
        }];
        figure.limit = vec![Sample {
            value: 100.0,
            program: 10.0,
            ..Sample::default()
        }];
        let mut table = Table::new("2026-11-22");
        table.add(figure);
        table
    }

    #[test]
    fn a_cost_that_has_grown_is_bold() {
        let first = table(20.0).text(&super::costs("")).unwrap_or_default();
        assert!(
            first.contains("| 0.70 | ≥ 0.6 | met | 20.0 | 10.0 | 2.00 |"),
            "{first}"
        );
        let second = table(29.0).text(&super::costs(&first)).unwrap_or_default();
        assert!(second.contains("| 2.90 |"), "{second}");
        let third = table(31.0).text(&super::costs(&first)).unwrap_or_default();
        assert!(
            third.contains("**3.10 (cost 1.55 × the last table)**"),
            "{third}"
        );
    }
}
