//! The lead office sends what it has: every part by the rules of its own case, all in one transaction, with
//! one notice for what is accepted and one for what is to be corrected. A part that its case does not allow
//! any more stops the whole; a refusal has the paper of its own department, with its remedies.

use std::collections::BTreeMap;

use tb_contract::access::CaseAccept;
use tb_contract::events::PaperRef;
use tb_http::Ctx;
use tb_kernel::{Fault, Scope};
use tb_storage::Tx;
use uuid::Uuid;

use super::notice::{Numbers, file};
use super::{answerer, part_of, read, sent_out, settle, state};
use crate::api::joint::{JointMatterView, SendJoint};
use crate::app::App;
use crate::entity::joint_part;
use crate::error::{Error, field};
use crate::model::apply::Outcome;
use crate::model::clocks::Clocks;
use crate::model::joint::{DroppedPoint, JointSaid, PartAnswer, PartState, Verdict};
use crate::model::state::PaperKind;
use crate::service::act::Seen;
use crate::service::record::{Open, Writing, record_with};
use crate::service::supervise::{Watched, words};
use crate::store;
use crate::store::event::CaseEvent;

/// A part on its way out.
struct Going {
    part: joint_part::Model,
    watched: Watched,
    event: CaseEvent,
    answer: PartAnswer,
    dropped: Vec<DroppedPoint>,
}

/// A part that has gone out.
pub(super) struct Gone {
    pub part: joint_part::Model,
    pub watched: Watched,
    pub answer: PartAnswer,
    pub clocks: Clocks,
    /// Its copy of the notice, where one goes with it.
    pub copy: Option<PaperRef>,
}

/// Sends the parts that were given.
pub(crate) async fn send(
    app: &App,
    ctx: &Ctx<CaseAccept>,
    number: &str,
    body: SendJoint,
) -> Result<JointMatterView, Fault> {
    let mut tx = ctx.begin().await?;
    let known = store::joint::of_matter(tx.conn(), ctx.scope(), number).await?;
    if known.is_empty() {
        return Err(Error::JointNotFound.into());
    }
    let opening = match body.words.trim() {
        "" => String::new(),
        _ => words(&body.words)?,
    };
    // Cases before parts, and in the order of their ids: two who hold several never wait crosswise.
    let mut held = BTreeMap::new();
    for part in &known {
        if state(part) == Some(PartState::Given) {
            let watched = Watched::take(app, &tx, &Scope::Everything, part.case_id).await?;
            held.insert(part.case_id, watched);
        }
    }
    let parts = store::joint::of_matter(tx.conn(), ctx.scope(), number).await?;
    if read::version(&parts) != body.version {
        return Err(Error::JointMoved.into());
    }
    read::expect_ready(&parts, tx.now())?;
    let going = going(&parts, held, &body)?;
    let gone = Box::pin(go(app, &mut tx, going)).await?;
    file(&tx, &gone, &parts, &opening).await?;
    for one in gone {
        settle(app, &mut tx, one.part, PartState::Sent).await?;
    }
    let answer = read::matter(app, tx.conn(), ctx, number).await?;
    tx.commit(&answer).await?;
    Ok(answer)
}

/// The parts as the lead office sends them; what is wrong with its edits is named by its place.
fn going(
    parts: &[joint_part::Model],
    mut held: BTreeMap<Uuid, Watched>,
    body: &SendJoint,
) -> Result<Vec<Going>, Fault> {
    let mut going = Vec::new();
    for part in parts {
        let Some(watched) = held.remove(&part.case_id) else {
            continue;
        };
        let (event, given) = match part_of(&watched.history) {
            Some((event, given)) => (event.clone(), given.clone()),
            None => return Err(Error::JointMoved.into()),
        };
        let mut edits = body.parts.iter().enumerate();
        let edit = edits.find(|(_, edit)| edit.case_id == part.case_id);
        let (answer, dropped) = match edit.filter(|_| given.verdict == Verdict::Correct) {
            None => (given, Vec::new()),
            Some((at, edit)) => {
                let edited = given.edited(&edit.reason, &edit.dropped);
                let edited = edited.map_err(|(place, error)| {
                    let path = format!("/parts/{at}/dropped/{place}/reason");
                    let wrong = field(path, Fault::from(error).code);
                    Fault::fields(Fault::from(Error::JointEditWrong).code, vec![wrong])
                })?;
                (edited, edit.dropped.clone())
            }
        };
        going.push(Going {
            part: part.clone(),
            watched,
            event,
            answer,
            dropped,
        });
    }
    Ok(going)
}

/// Moves every case. All are judged before the first is moved, and the numbers of the notices are taken in
/// between: each case tells of its own copy.
async fn go(app: &App, tx: &mut Tx, going: Vec<Going>) -> Result<Vec<Gone>, Fault> {
    let mut judged = Vec::new();
    for one in going {
        let (outcome, kind) = judge(tx, &one)?;
        judged.push((one, outcome, kind));
    }
    let Some((first, ..)) = judged.first() else {
        return Err(Error::JointNothingGiven.into());
    };
    let kinds = judged.iter().filter_map(|(.., kind)| *kind);
    let numbers = Numbers::take(tx, &first.part, kinds).await?;
    let mut gone = Vec::new();
    for (one, outcome, kind) in judged {
        let copy = kind.and_then(|kind| numbers.copy(tx, kind));
        let doer = answerer(&one.event);
        let Watched {
            row,
            setting,
            history,
        } = one.watched;
        let mut open = Open {
            app,
            setting: &setting,
            row,
            history,
            causation_id: None,
        };
        let by = (&doer, Writing::Change);
        let papers = copy.clone().into_iter().collect();
        let clocks = Box::pin(record_with(tx, &mut open, outcome, by, papers)).await?;
        let (row, history) = (open.row, open.history);
        gone.push(Gone {
            part: one.part,
            watched: Watched {
                row,
                setting,
                history,
            },
            answer: one.answer,
            clocks,
            copy,
        });
    }
    Ok(gone)
}

/// What a part comes to, and which notice it goes out with.
fn judge(tx: &Tx, one: &Going) -> Result<(Outcome, Option<PaperKind>), Fault> {
    let said = JointSaid {
        lead: one.part.lead_name.clone(),
        answer: None,
        sent_by: Some(tx.actor().name.clone()),
        dropped: one.dropped.clone(),
    };
    let seen = Seen {
        row: &one.watched.row,
        setting: &one.watched.setting,
        history: &one.watched.history,
    };
    let stuck = |fault: Fault| {
        let item = one.part.item_name.clone();
        Fault::from(Error::JointPartStuck { item }).because(fault)
    };
    let mut outcome = sent_out(tx, seen, (&one.event, &one.answer), said).map_err(stuck)?;
    let kind = match one.answer.verdict {
        Verdict::Refuse => None,
        Verdict::Accept | Verdict::Correct => outcome.paper.take(),
    };
    Ok((outcome, kind))
}
