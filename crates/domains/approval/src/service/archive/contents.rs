//! What goes into the package of a case: what it is described by, and its files in their folders.

use std::collections::BTreeSet;

use serde_json::{Value, json};
use tb_contract::events::{self, ApplicationSubmitted};
use tb_kernel::Fault;
use tb_storage::Conn;
use uuid::Uuid;

use super::brought::brought;
use super::build::store_away;
use super::pages::{moment, opinions, process, table};
use super::parties::{acting, fellow};
use super::results::results;
use super::words;
use crate::app::App;
use crate::archive::FileHead;
use crate::entity::{archive_entry, case};
use crate::error::Error;
use crate::exchange::Format;
use crate::model::archive::{Retention, is_plain};
use crate::model::defects;
use crate::model::event::office_day;
use crate::model::form_words::every_line;
use crate::model::state::Ruling;
use crate::model::words::Word;
use crate::sealed::{self, Dossier, OpenApplicant};
use crate::service::order_licence::{is_awaited, is_owed};
use crate::service::setting::{Setting, setting};
use crate::store;
use crate::store::event::{CaseEvent, void_proposer};
use crate::store::paper::PaperLine;
use crate::view::exchange::{Source as ExchangeSource, records};

/// The longest part of a file's name that comes from outside.
const MOST_NAME: usize = 40;

/// Where the bytes of a file come from.
pub(super) enum Bytes {
    /// Made for the package.
    Made(Vec<u8>),
    /// In the store, of a size that is known or not.
    Stored {
        /// Name in the store.
        blob: String,
        /// Bytes, as they were counted when it came in.
        size: Option<u64>,
    },
    /// A paper of the case.
    Paper(Uuid),
}

/// What a package is made of.
pub(super) struct Contents {
    /// Version of the case.
    pub version: i64,
    /// What it is described by.
    pub facts: Vec<(String, String)>,
    /// The files, in order.
    pub files: Vec<(FileHead, Bytes)>,
}

/// A case, opened.
struct Opened {
    row: case::Model,
    setting: Setting,
    applicant: OpenApplicant,
    dossier: Dossier,
    files: Vec<events::MaterialRef>,
    history: Vec<CaseEvent>,
    papers: Vec<PaperLine>,
}

/// Collects what goes into the package of an entry's case.
pub(super) async fn collect(
    app: &App,
    conn: &Conn,
    entry: &archive_entry::Model,
    fonds: &str,
) -> Result<Contents, Fault> {
    let opened = open(app, conn, entry.case_id).await?;
    let submissions =
        store::payload::of_case(conn, app.store().sealer(), &opened.row.number).await?;
    let mut files = Vec::new();
    opened.application(&mut files)?;
    opened.materials(&mut files);
    let lost = opened.earlier(app, &mut files, submissions).await?;
    files.push(made(
        "审查意见/审查意见.html",
        "审查意见",
        HTML,
        opinions(&opened.history),
    ));
    opened.papers(&mut files);
    opened.licences(app, &mut files).await?;
    files.extend(brought(&opened.history));
    files.extend(results(&opened.history));
    opened.process(&mut files)?;
    Ok(Contents {
        version: opened.row.version,
        facts: opened.facts(entry, fonds, &lost),
        files,
    })
}

async fn open(app: &App, conn: &Conn, id: Uuid) -> Result<Opened, Fault> {
    let sealer = app.store().sealer();
    let row = store::case::find(conn, &tb_kernel::Scope::Everything, id)
        .await?
        .ok_or(Error::CaseNotFound)?;
    let history = store::event::of_case(conn, sealer, id).await?;
    let settled = store::archive::is_settled(conn, id).await?;
    if !settled || (void_proposer(&history).is_some() && row.state != "voided") {
        return Err(Error::ArchiveCaseOpen.into());
    }
    Ok(Opened {
        setting: setting(app, conn, &row).await?,
        applicant: sealed::applicant(sealer, &row)?,
        dossier: sealed::dossier(sealer, &row)?,
        files: sealed::materials(sealer, &row)?,
        papers: store::paper::of_case(conn, id).await?,
        history,
        row,
    })
}

const HTML: &str = "text/html";
const JSON: &str = "application/json";
const XML: &str = "application/xml";
const PDF: &str = "application/pdf";

fn made(path: &str, kind: &'static str, media_type: &str, text: String) -> (FileHead, Bytes) {
    let name = path.rsplit('/').next().unwrap_or(path);
    let title = name.rsplit_once('.').map_or(name, |(title, _)| title);
    let head = FileHead {
        path: path.to_owned(),
        kind,
        title: title.to_owned(),
        original: String::new(),
        media_type: media_type.to_owned(),
    };
    (head, Bytes::Made(text.into_bytes()))
}

/// A part of a file's name.
pub(super) fn plain(text: &str) -> String {
    let kept = text.chars().filter(|c| is_plain(*c) && *c != '.');
    kept.take(MOST_NAME).collect()
}

/// The ending of a file's name, if it is a usual one.
pub(super) fn ending(name: &str) -> String {
    let ending = name
        .rsplit_once('.')
        .map(|(_, ending)| ending.to_lowercase());
    let usual = |ending: &String| {
        (1..=5).contains(&ending.len()) && ending.bytes().all(|byte| byte.is_ascii_alphanumeric())
    };
    ending
        .filter(usual)
        .map(|ending| format!(".{ending}"))
        .unwrap_or_default()
}

fn json_text(value: &Value) -> Result<String, Fault> {
    serde_json::to_string_pretty(value).map_err(Fault::internal)
}

impl Opened {
    /// The form as it was decided upon, to be read by people and by programs.
    fn application(&self, files: &mut Vec<(FileHead, Bytes)>) -> Result<(), Fault> {
        let form = self.setting.item.form.as_ref();
        let title = form.map_or("申请表", |form| form.title.as_str());
        let mut rows = vec![
            ("办件编号".to_owned(), self.row.number.clone()),
            ("事项名称".to_owned(), self.row.item_name.clone()),
            ("申请人".to_owned(), self.applicant.name.clone()),
            ("证件号码".to_owned(), self.applicant.id_number.clone()),
            ("联系电话".to_owned(), self.applicant.phone.clone()),
            ("经办人".to_owned(), self.dossier.agent_name.clone()),
            ("申请时间".to_owned(), moment(self.row.submitted_at)),
        ];
        rows.extend(self.dossier.proxy.as_ref().map_or_else(Vec::new, acting));
        rows.extend(self.dossier.co_applicants.iter().flat_map(fellow));
        rows.extend(form.map_or_else(Vec::new, |form| every_line(form, &self.dossier.form)));
        let rows: Vec<Vec<String>> = rows
            .into_iter()
            .filter(|(_, text)| !text.is_empty())
            .map(|(label, text)| vec![label, text])
            .collect();
        let page = table(title, &[], &rows);
        files.push(made("申请表/申请表.html", "申请表", HTML, page));
        let data = json!({
            "item_code": self.row.item_code, "item_version": self.row.item_version,
            "form": self.dossier.form, "situation": self.dossier.situation,
            "commitment": self.dossier.commitment, "counter": self.dossier.counter,
            "proxy": self.dossier.proxy, "co_applicants": self.dossier.co_applicants,
        });
        let data = json_text(&data)?;
        files.push(made("申请表/申请表数据.json", "申请表", JSON, data));
        Ok(())
    }

    /// The files that were decided upon, in the order of the item's list.
    fn materials(&self, files: &mut Vec<(FileHead, Bytes)>) {
        for (at, file) in self.files.iter().enumerate() {
            files.push(self.material(&format!("申请材料/{:02}", at + 1), file));
        }
    }

    fn material(&self, before: &str, file: &events::MaterialRef) -> (FileHead, Bytes) {
        let (item, situation) = (&self.setting.item, &self.dossier.situation);
        let name = defects::material_name(item, situation, &file.requirement_id);
        let name = name.unwrap_or(&file.requirement_id);
        let head = FileHead {
            path: format!("{before}-{}{}", plain(name), ending(&file.file_name)),
            kind: "申请材料",
            title: match &file.licence {
                None => name.to_owned(),
                Some(taken) => format!(
                    "{name}（电子证照《{}》 {}）",
                    taken.licence.type_name, taken.licence.number
                ),
            },
            original: file.file_name.clone(),
            media_type: file.media_type.clone(),
        };
        let size = u64::try_from(file.size).ok();
        let blob = file.blob.clone();
        (head, Bytes::Stored { blob, size })
    }

    /// What was sent each time, as it came, with the files that were replaced later. Those of them that
    /// are kept no more are named.
    async fn earlier(
        &self,
        app: &App,
        files: &mut Vec<(FileHead, Bytes)>,
        submissions: Vec<(String, Value)>,
    ) -> Result<Vec<String>, Fault> {
        let mut packed: BTreeSet<String> =
            self.files.iter().map(|file| file.blob.clone()).collect();
        let mut lost = Vec::new();
        let sent = submissions.into_iter().filter_map(|(kind, payload)| {
            let read: ApplicationSubmitted = serde_json::from_value(payload).ok()?;
            Some((kind, read))
        });
        for (at, (kind, sent)) in sent.enumerate() {
            let folder = format!("历次提交/第{}次", at + 1);
            let data = json!({
                "kind": kind, "version": sent.version, "submitted_at": sent.submitted_at,
                "form": sent.form, "situation": sent.situation_answers, "changed": sent.changed,
                "remark": sent.remark, "materials": sent.materials,
                "applicant": sent.applicant, "proxy": sent.proxy,
                "co_applicants": sent.co_applicants,
            });
            let path = format!("{folder}/提交数据.json");
            files.push(made(&path, "申请表", JSON, json_text(&data)?));
            for (n, file) in sent.materials.iter().enumerate() {
                if !packed.insert(file.blob.clone()) {
                    continue;
                }
                let (head, bytes) = self.material(&format!("{folder}/{:02}", n + 1), file);
                let found = app.store().blobs().exists(&file.blob).await;
                if found.map_err(store_away)? {
                    files.push((head, bytes));
                } else {
                    lost.push(head.path);
                }
            }
        }
        Ok(lost)
    }

    /// The licences that came from the case. One that is ordered and not issued yet has to be waited for:
    /// when it comes, the case does not move any more.
    async fn licences(&self, app: &App, files: &mut Vec<(FileHead, Bytes)>) -> Result<(), Fault> {
        const FOLDER: &str = "电子证照";
        let issued = app.licences().of_case(&self.row.number).await?;
        if issued.is_empty() && is_owed(&self.row, &self.setting.item, &self.history) {
            let since = app.licences().issues_since(&self.row.item_code).await?;
            if is_awaited(since, self.row.closed_at) {
                return Err(Error::ArchiveLicenceMissing.into());
            }
        }
        for (at, licence) in issued.into_iter().enumerate() {
            let head = FileHead {
                path: format!("{FOLDER}/{:02}-{}.pdf", at + 1, plain(&licence.title)),
                kind: FOLDER,
                title: format!("{}（{}）", licence.title, licence.number),
                original: String::new(),
                media_type: PDF.to_owned(),
            };
            let blob = licence.blob;
            files.push((head, Bytes::Stored { blob, size: None }));
        }
        Ok(())
    }

    fn papers(&self, files: &mut Vec<(FileHead, Bytes)>) {
        for (at, paper) in self.papers.iter().enumerate() {
            let head = FileHead {
                path: format!("文书/{:02}-{}.pdf", at + 1, plain(&paper.title)),
                kind: "文书",
                title: format!("{}（{}）", paper.title, paper.number),
                original: String::new(),
                media_type: PDF.to_owned(),
            };
            files.push((head, Bytes::Paper(paper.id)));
        }
    }

    /// The process: to be read, as data, and as the exchange records.
    fn process(&self, files: &mut Vec<(FileHead, Bytes)>) -> Result<(), Fault> {
        let kind = "办理过程";
        files.push(made(
            "办理过程/办理过程.html",
            kind,
            HTML,
            process(&self.history),
        ));
        let events: Vec<Value> = self
            .history
            .iter()
            .map(|event| {
                json!({
                    "seq": event.seq, "kind": event.kind, "at": event.at,
                    "effective_at": event.effective_at, "actor": event.actor_name,
                    "from": event.from, "to": event.to, "detail": event.detail,
                })
            })
            .collect();
        let events = json_text(&Value::Array(events))?;
        files.push(made("办理过程/办理过程数据.json", kind, JSON, events));
        let case = records(&ExchangeSource {
            row: &self.row,
            setting: &self.setting,
            applicant: self.applicant.clone(),
            dossier: self.dossier.clone(),
            files: self.files.clone(),
            history: &self.history,
            papers: &self.papers,
        });
        let xml = Format::Xml.file(&[case]);
        files.push(made("办理过程/办件数据.xml", kind, XML, xml));
        Ok(())
    }

    /// The description of the case, as archives want it.
    fn facts(
        &self,
        entry: &archive_entry::Model,
        fonds: &str,
        lost: &[String],
    ) -> Vec<(String, String)> {
        let row = &self.row;
        let day = |at: Option<chrono::DateTime<chrono::Utc>>| {
            at.map(|at| office_day(at).to_string()).unwrap_or_default()
        };
        let retention = Retention::parse(&entry.retention).map(Retention::label);
        let result = match row.result.as_deref().and_then(Ruling::parse) {
            Some(Ruling::Granted) => "准予",
            Some(Ruling::Denied) => "不予",
            None => "",
        };
        let state = row.current_state().map(words::state).unwrap_or_default();
        let title = format!("{}办理{}的办件", self.applicant.name, row.item_name);
        let mut facts: Vec<(String, String)> = [
            ("档号", entry.archive_number.as_str()),
            ("全宗号", fonds),
            (
                "年度",
                &day(Some(entry.ended_at))
                    .chars()
                    .take(4)
                    .collect::<String>(),
            ),
            ("保管期限", retention.unwrap_or_default()),
            ("题名", &title),
            ("责任者", &self.setting.office),
            ("责任者编码", &row.department_code),
            ("密级", "非涉密"),
            ("办件编号", &row.number),
            ("事项编码", &row.item_code),
            ("事项名称", &row.item_name),
            (
                "事项类型",
                &crate::model::archive::type_code(self.setting.item.item_type),
            ),
            ("事项版本", &row.item_version.to_string()),
            ("行政区划", &row.region),
            ("申请人", &self.applicant.name),
            ("申请人证件号码", &self.applicant.id_number),
            ("申请日期", &day(Some(row.submitted_at))),
            ("受理日期", &day(row.accepted_at)),
            ("决定日期", &day(row.decided_at)),
            ("办结日期", &day(Some(entry.ended_at))),
            ("办件状态", state),
            ("办理结果", result),
            ("办件版本", &row.version.to_string()),
            ("样例", if self.setting.item.sample { "是" } else { "" }),
        ]
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .into();
        if let Some(proxy) = &self.dossier.proxy {
            facts.push((proxy.relation.title().to_owned(), proxy.name.clone()));
        }
        let fellows = self.dossier.co_applicants.iter();
        facts.extend(fellows.map(|one| (one.role.clone(), one.name.clone())));
        if let Some(joint) = crate::view::joint(row) {
            facts.push(("联办编号".to_owned(), joint.number.clone()));
            let others = joint.cases.iter().map(|case| case.case_number.clone());
            let others = others.filter(|number| *number != row.number);
            facts.extend(others.map(|number| ("关联办件".to_owned(), number)));
        }
        facts.extend(
            lost.iter()
                .map(|path| ("未存的旧版文件".to_owned(), path.clone())),
        );
        facts
    }
}
