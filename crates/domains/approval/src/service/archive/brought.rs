//! Files that came with what happened: letters, opinions of other departments, what was asked about a fee,
//! the record of a hearing. Whatever an event keeps is packed; its kind says only where it lies.

use std::collections::BTreeSet;

use tb_contract::events::LetterFile;

use super::contents::{Bytes, ending};
use crate::archive::FileHead;
use crate::model::event::{EventDetail, EventKind};
use crate::store::event::CaseEvent;

/// Where letters lie, and what nobody has thought of.
const LETTERS: &str = "往来信件";

/// Every file that a history names, once; the words stand in the process.
pub(super) fn brought(history: &[CaseEvent]) -> Vec<(FileHead, Bytes)> {
    let mut packed = BTreeSet::new();
    let mut files = Vec::new();
    for event in history {
        let (folder, what) = shelf(event.kind);
        for (at, file) in files_of(&event.detail).enumerate() {
            if packed.insert(file.id) {
                let before = format!("{folder}/{:03}-{what}-{}", event.seq, at + 1);
                files.push(enclosed(&before, folder, file));
            }
        }
    }
    files
}

/// All files that an event keeps.
fn files_of(detail: &EventDetail) -> impl Iterator<Item = &LetterFile> {
    let consulted = detail.consulted.as_deref();
    let letter = detail.letter.as_deref().into_iter();
    letter
        .chain(consulted.and_then(|one| one.answer.as_ref()))
        .flat_map(|letter| &letter.files)
        .chain(&detail.proof)
}

/// In which folder the files of an event lie, and what they are.
fn shelf(kind: EventKind) -> (&'static str, &'static str) {
    match kind {
        EventKind::HearingHeld => ("听证", "听证笔录"),
        EventKind::MessageReceived => (LETTERS, "来信"),
        EventKind::MessageSent => (LETTERS, "回信"),
        EventKind::OpinionGiven => (LETTERS, "部门意见"),
        EventKind::FeeReductionAsked | EventKind::FeeRefundAsked => (LETTERS, "费用申请"),
        _ => (LETTERS, "附件"),
    }
}

fn enclosed(before: &str, folder: &'static str, file: &LetterFile) -> (FileHead, Bytes) {
    let head = FileHead {
        path: format!("{before}{}", ending(&file.file_name)),
        kind: folder,
        title: file.file_name.clone(),
        original: file.file_name.clone(),
        media_type: file.media_type.clone(),
    };
    let (blob, size) = (file.blob(), u64::try_from(file.size).ok());
    (head, Bytes::Stored { blob, size })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use chrono::DateTime;
    use tb_contract::events::{Letter, LetterFile};
    use uuid::Uuid;

    use super::brought;
    use crate::model::event::{EventDetail, EventKind};
    use crate::model::opinion::Consulted;
    use crate::model::state::State;
    use crate::model::words::Word;
    use crate::store::event::CaseEvent;

    fn file(n: u128) -> LetterFile {
        let name = format!("{n}.pdf");
        LetterFile::new(Uuid::from_u128(n), name, "application/pdf", 1)
    }

    fn letter(n: u128) -> Letter {
        Letter {
            id: Uuid::from_u128(n),
            words: String::new(),
            files: vec![file(n)],
        }
    }

    fn event(seq: i32, kind: EventKind, detail: EventDetail) -> CaseEvent {
        CaseEvent {
            seq,
            kind,
            at: DateTime::UNIX_EPOCH,
            effective_at: DateTime::UNIX_EPOCH,
            actor_id: Uuid::nil(),
            actor_name: String::new(),
            from: State::Examining,
            to: State::Examining,
            detail,
        }
    }

    /// With a file in every place where an event can keep one.
    fn full(seq: i32, kind: EventKind) -> CaseEvent {
        let n = u128::try_from(seq).unwrap() * 10;
        let detail = EventDetail {
            letter: Some(Box::new(letter(n + 1))),
            consulted: Some(Box::new(Consulted {
                request: Uuid::nil(),
                office: String::new(),
                by: None,
                question: None,
                stance: None,
                answer: Some(letter(n + 2)),
            })),
            proof: vec![file(n + 3)],
            ..EventDetail::default()
        };
        event(seq, kind, detail)
    }

    #[test]
    fn every_event_with_files_has_its_files_in_the_package() {
        let kinds = EventKind::ALL.iter().zip(1..);
        let history: Vec<CaseEvent> = kinds.map(|(kind, seq)| full(seq, *kind)).collect();
        let packed = brought(&history);
        assert_eq!(packed.len(), EventKind::ALL.len() * 3);
        let paths: BTreeSet<&str> = packed.iter().map(|(head, _)| head.path.as_str()).collect();
        assert_eq!(paths.len(), packed.len(), "each under a name of its own");
    }

    #[test]
    fn a_record_lies_apart_and_nothing_twice() {
        let sheets = || EventDetail {
            proof: vec![file(1)],
            ..EventDetail::default()
        };
        let packed = brought(&[
            event(7, EventKind::HearingHeld, sheets()),
            event(8, EventKind::FeeRequestRefused, sheets()),
        ]);
        assert_eq!(packed.len(), 1);
        let head = &packed[0].0;
        assert_eq!(
            (head.path.as_str(), head.kind),
            ("听证/007-听证笔录-1.pdf", "听证")
        );
        assert_eq!(head.original, "1.pdf");
    }
}
