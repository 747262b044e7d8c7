//! Pages of a package that people read without any program of ours: HTML without scripts, images or
//! anything from outside. What people wrote is escaped.

use std::fmt::Write;

use chrono::{DateTime, Utc};
use tb_kernel::Fen;
use tb_kernel::office_time::shanghai;

use super::words;
use crate::exchange::text::escape;
use crate::model::event::EventKind;
use crate::model::state::{Ruling, StepOutcome};
use crate::store::event::CaseEvent;

const STYLE: &str = "body{font-family:\"Noto Serif CJK SC\",SimSun,serif;max-width:60em;margin:2em auto;\
    padding:0 1em}table{border-collapse:collapse;width:100%}th,td{border:1px solid #555;padding:.4em .6em;\
    text-align:left;vertical-align:top;white-space:pre-wrap;overflow-wrap:anywhere}th{background:#eee}";

/// A page with a heading and a table.
pub(super) fn table(title: &str, head: &[&str], rows: &[Vec<String>]) -> String {
    let title = escape(title);
    let mut page = format!(
        "<!DOCTYPE html>\n<html lang=\"zh-CN\"><head><meta charset=\"utf-8\"><title>{title}</title>\
         <style>{STYLE}</style></head>\n<body><h1>{title}</h1>\n<table>\n"
    );
    if !head.is_empty() {
        page.push_str(&row("th", head.iter().copied()));
    }
    for cells in rows {
        page.push_str(&row("td", cells.iter().map(String::as_str)));
    }
    page.push_str("</table></body></html>\n");
    page
}

fn row<'a>(tag: &str, cells: impl Iterator<Item = &'a str>) -> String {
    let mut text = String::from("<tr>");
    for cell in cells {
        // Writing to a string cannot fail.
        let _ = write!(text, "<{tag}>{}</{tag}>", escape(cell));
    }
    text + "</tr>\n"
}

/// A moment as an office writes it.
pub(super) fn moment(at: DateTime<Utc>) -> String {
    at.with_timezone(&shanghai())
        .format("%Y-%m-%d %H:%M:%S")
        .to_string()
}

/// Who examined what, with his opinion; decisions too.
pub(super) fn opinions(history: &[CaseEvent]) -> String {
    let examined = history.iter().filter(|event| {
        matches!(
            event.kind,
            EventKind::StepCompleted
                | EventKind::StepReturned
                | EventKind::Decided
                | EventKind::NotAccepted
                | EventKind::Refused
                | EventKind::SpecialProcedureEnded
                | EventKind::OpinionGiven
                | EventKind::OpinionDeclined
                | EventKind::Terminated
                | EventKind::DecisionRevoked
                | EventKind::DecisionKept
        )
    });
    let rows: Vec<Vec<String>> = examined
        .map(|event| {
            let detail = &event.detail;
            let consulted = detail.consulted.as_deref();
            let office = consulted.map(|one| format!("征求意见：{}", one.office));
            let step = detail.step_name.clone().or(office);
            let outcome = match (detail.outcome, detail.ruling) {
                (Some(StepOutcome::Pass), _) => "通过",
                (Some(StepOutcome::Return), _) => "退回",
                (_, Some(Ruling::Granted)) => "准予",
                (_, Some(Ruling::Denied)) => "不予",
                _ => consulted
                    .and_then(|one| one.stance)
                    .map_or("", words::stance),
            };
            vec![
                moment(event.at),
                step.unwrap_or_else(|| words::event(event.kind).to_owned()),
                outcome.to_owned(),
                who(event),
                said(event),
            ]
        })
        .collect();
    table(
        "审查意见",
        &["时间", "环节", "结果", "办理人", "意见"],
        &rows,
    )
}

/// Everything that happened, with the words of letters.
pub(super) fn process(history: &[CaseEvent]) -> String {
    let rows: Vec<Vec<String>> = history
        .iter()
        .map(|event| {
            vec![
                event.seq.to_string(),
                moment(event.at),
                words::event(event.kind).to_owned(),
                who(event),
                words::state(event.to).to_owned(),
                said(event),
            ]
        })
        .collect();
    let head = ["序号", "时间", "事项", "办理人", "办件状态", "说明"];
    table("办理过程", &head, &rows)
}

/// What was said: a sum, who is heard and when, the reason, the words of a letter, and what another department was asked and answered.
fn said(event: &CaseEvent) -> String {
    let detail = &event.detail;
    let consulted = detail.consulted.as_deref();
    let asked = consulted.and_then(|one| one.question.as_deref());
    let answer = consulted.and_then(|one| one.answer.as_ref());
    let letters = detail.letter.as_deref().into_iter().chain(answer);
    let words = letters.map(|letter| letter.words.as_str());
    let sum = detail.fee.map(|fen| format!("{}元", Fen(fen).to_yuan()));
    let heard = detail.hearing.as_deref();
    let heard = heard.map(|said| words::hearing(said, detail.until));
    let said = sum.as_deref().into_iter().chain(heard.as_deref());
    let said = said.chain([detail.reason.as_str()]);
    let said = said.chain(asked).chain(words);
    let said: Vec<&str> = said.filter(|text| !text.is_empty()).collect();
    said.join("\n")
}

/// Who did it, and in whose place.
fn who(event: &CaseEvent) -> String {
    match &event.detail.deputy_of {
        Some(absent) => format!("{}代{}", event.actor_name, absent.name),
        None => event.actor_name.clone(),
    }
}
