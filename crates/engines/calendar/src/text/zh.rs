//! The Chinese lines.

use chrono::{Datelike, NaiveDate, Weekday};

use super::Counted;
use crate::derivation::{Derivation, DerivationStep, Locale, StepKind};

pub(super) fn line(derivation: &Derivation, step: &DerivationStep) -> String {
    let span = if step.from == step.to {
        day(step.from)
    } else {
        format!("{}至{}", step.from, step.to)
    };
    match run(step, derivation.counted()) {
        Some(words) => format!("{span}：{words}"),
        None => point(derivation, step),
    }
}

/// The words for a run of days.
fn run(step: &DerivationStep, unit: Counted) -> Option<String> {
    let name = step.name.as_deref();
    let (days, lost) = (step.days, step.lost);
    let count = format!("计{}，累计{}", unit.of(step.counted), unit.of(step.running));
    Some(match step.kind {
        StepKind::WorkingDays | StepKind::NaturalDays | StepKind::OfficeTime => match name {
            Some(time) => format!("{time}，{count}"),
            None => count,
        },
        StepKind::WorkedRestDay => format!("调休上班，{count}"),
        StepKind::AfterHours => "已过办公时间，当日不计".to_owned(),
        StepKind::Weekend => format!("周末，{days}天不计"),
        StepKind::Holiday => format!("{}，{days}天不计", rest(name)),
        StepKind::RegionalHoliday => format!("{}（本地放假），{days}天不计", rest(name)),
        StepKind::Paused if lost == 0 => format!("计时暂停{}，其间没有工作日", in_brackets(name)),
        StepKind::Paused => format!(
            "计时暂停{}，{}不计",
            in_brackets(name),
            unit.by_pause().of(lost)
        ),
        StepKind::OnTheSpot => "当日办结".to_owned(),
        _ => return None,
    })
}

/// The words for a single day or a move.
fn point(derivation: &Derivation, step: &DerivationStep) -> String {
    let name = step.name.as_deref();
    let (first, last) = (day(step.from), day(step.to));
    let total = derivation.term_of(derivation.total, Locale::Zh);
    let time = name.map(|time| format!(" {time}")).unwrap_or_default();
    match step.kind {
        StepKind::StartRolled => format!("{first}逢{}，起算日顺延至{last}", rest(name)),
        StepKind::StartExcluded => format!("{first}：起算，当日不计"),
        StepKind::StartMoment => format!("{first}{time}：起算"),
        StepKind::Extension => {
            let length = derivation.term_of(step.days, Locale::Zh);
            format!(
                "延长{length}{}：到期日由{first}改为{last}",
                in_brackets(name)
            )
        }
        StepKind::SameDay => format!("{total}后的对应日：{last}"),
        StepKind::MonthEnd => format!("{total}后的当月没有对应日，以月末为准：{last}"),
        StepKind::EndRolled => format!("{first}逢{}，顺延至{last}", rest(name)),
        StepKind::OpenPause => format!("计时自{first}起暂停，尚未恢复；{last}是最早的到期日"),
        StepKind::Provisional => format!(
            "{}年的放假安排尚未公布，到期日为暂定",
            name.unwrap_or_default()
        ),
        _ => format!("{first}{time}：到期（{total}）"),
    }
}

impl Counted {
    fn of(self, n: u32) -> String {
        match self {
            Self::WorkingDays => format!("{n}个工作日"),
            Self::Days => format!("{n}天"),
            Self::Minutes => format!("{n}分钟"),
        }
    }
}

fn day(date: NaiveDate) -> String {
    let weekday = match date.weekday() {
        Weekday::Mon => '一',
        Weekday::Tue => '二',
        Weekday::Wed => '三',
        Weekday::Thu => '四',
        Weekday::Fri => '五',
        Weekday::Sat => '六',
        Weekday::Sun => '日',
    };
    format!("{date}（周{weekday}）")
}

fn rest(name: Option<&str>) -> String {
    name.map_or_else(|| "周末".to_owned(), |name| format!("{name}假期"))
}

fn in_brackets(name: Option<&str>) -> String {
    name.map(|name| format!("（{name}）")).unwrap_or_default()
}
