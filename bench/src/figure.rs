//! Samples of a measurement and what is read from them.

/// What one round says.
#[derive(Clone, Copy, Default)]
pub(crate) struct Sample {
    /// The value, in the unit of its row.
    pub(crate) value: f64,
    /// Processor microseconds of the program for one operation.
    pub(crate) program: f64,
    /// The same of the database server, where there is one.
    pub(crate) database: f64,
    /// Load average beside it.
    pub(crate) load: f64,
    /// Microseconds of an fsync beside it.
    pub(crate) fsync: f64,
}

/// Median, least and greatest of some numbers.
#[derive(Clone, Copy)]
pub(crate) struct Spread {
    pub(crate) median: f64,
    pub(crate) min: f64,
    pub(crate) max: f64,
}

impl Spread {
    /// Of one number per sample.
    pub(crate) fn of(samples: &[Sample], number: impl Fn(&Sample) -> f64) -> Option<Self> {
        let mut numbers: Vec<f64> = samples.iter().map(number).collect();
        numbers.sort_unstable_by(f64::total_cmp);
        let median = *numbers.get(numbers.len() / 2)?;
        Some(Self {
            median,
            min: *numbers.first()?,
            max: *numbers.last()?,
        })
    }
}

/// When a row is good.
#[derive(Clone, Copy)]
pub(crate) enum Goal {
    /// Ours reaches this part of the limit.
    Ratio(f64),
    /// Ours stays within, in the unit of the row.
    AtMost(f64),
    /// Ours stays within the first, and within so many times the limit.
    Within(f64, f64),
    /// For knowledge only.
    None,
}

/// A row of the table.
pub(crate) struct Figure {
    pub(crate) name: String,
    pub(crate) unit: &'static str,
    pub(crate) goal: Goal,
    pub(crate) ours: Vec<Sample>,
    pub(crate) limit: Vec<Sample>,
}

impl Figure {
    /// A row without samples.
    pub(crate) fn new(name: impl Into<String>, unit: &'static str, goal: Goal) -> Self {
        Self {
            name: name.into(),
            unit,
            goal,
            ours: Vec::new(),
            limit: Vec::new(),
        }
    }

    /// Ours against the limit, by the medians.
    pub(crate) fn ratio(&self) -> Option<f64> {
        let value = |samples: &[Sample]| {
            Spread::of(samples, |sample| sample.value).map(|spread| spread.median)
        };
        Some(value(&self.ours)? / value(&self.limit)?)
    }

    /// What is compared from table to table: processor time against the limit's, or in microseconds
    /// where there is no limit.
    pub(crate) fn cost(&self) -> Option<f64> {
        let cpu = |samples: &[Sample]| {
            Spread::of(samples, |sample| sample.program + sample.database)
                .map(|spread| spread.median)
        };
        let cost = cpu(&self.ours)? / cpu(&self.limit).unwrap_or(1.0);
        (cost.is_finite() && cost > 0.0).then_some(cost)
    }

    /// Whether the goal is met; `noisy` where the limit itself varied too much to say.
    pub(crate) fn verdict(&self) -> &'static str {
        let limit = Spread::of(&self.limit, |sample| sample.value);
        if limit.is_some_and(|limit| limit.max > 1.5 * limit.min) {
            return "noisy";
        }
        let ours = Spread::of(&self.ours, |sample| sample.value);
        match (self.goal, self.ratio(), ours) {
            (Goal::Ratio(goal), Some(ratio), _) => word(ratio >= goal),
            (Goal::AtMost(goal), _, Some(ours)) => word(ours.median <= goal),
            (Goal::Within(most, times), Some(ratio), Some(ours)) => {
                word(ours.median <= most && ratio <= times)
            }
            _ => "",
        }
    }
}

fn word(met: bool) -> &'static str {
    if met { "met" } else { "missed" }
}

#[cfg(test)]
mod tests {
    use super::{Figure, Goal, Sample};

    fn samples(values: &[f64]) -> Vec<Sample> {
        values
            .iter()
            .map(|value| Sample {
                value: *value,
                program: 10.0,
                ..Sample::default()
            })
            .collect()
    }

    #[test]
    fn a_limit_that_varies_gives_no_verdict() {
        let mut figure = Figure::new("x", "1/s", Goal::Ratio(0.5));
        (figure.ours, figure.limit) =
            (samples(&[60.0, 50.0, 70.0]), samples(&[100.0, 110.0, 90.0]));
        assert_eq!(figure.verdict(), "met");
        figure.ours = samples(&[40.0, 49.0, 48.0]);
        assert_eq!(figure.verdict(), "missed");
        figure.limit = samples(&[100.0, 60.0, 100.0]);
        assert_eq!(figure.verdict(), "noisy");
    }

    #[test]
    fn a_goal_may_bound_both_the_value_and_the_growth() {
        let mut figure = Figure::new("x", "ms", Goal::Within(20.0, 2.0));
        (figure.ours, figure.limit) = (samples(&[15.0]), samples(&[10.0]));
        assert_eq!(figure.verdict(), "met");
        figure.limit = samples(&[7.0]);
        assert_eq!(figure.verdict(), "missed", "more than twice");
        (figure.ours, figure.limit) = (samples(&[25.0]), samples(&[24.0]));
        assert_eq!(figure.verdict(), "missed", "too slow");
    }

    #[test]
    fn an_absolute_goal_needs_no_limit() {
        let mut figure = Figure::new("x", "s", Goal::AtMost(2.0));
        figure.ours = samples(&[1.0, 3.0, 1.5]);
        assert_eq!((figure.verdict(), figure.cost()), ("met", Some(10.0)));
    }
}
