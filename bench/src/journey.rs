//! Full life cycles of cases by 32 clients: each takes the next case that has reached the
//! department, as a clerk from his list, and hands in another application when there is none.

use std::collections::{HashSet, VecDeque};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::Fallible;
use crate::city::{ITEM, PASSWORD};
use crate::wire::Session;

const INTAKE: &str = "/api/v1/intake/applications";
const APPROVAL: &str = "/api/v1/approval/cases";
/// Clients at a time.
pub(crate) const CLIENTS: usize = 32;
/// How often the list of the desk is read.
const LIST_EVERY: Duration = Duration::from_millis(25);

/// A run without any closure for so long has failed.
const PATIENCE: Duration = Duration::from_mins(1);

/// The three people of one client, each signed in.
struct Client {
    citizen: Session,
    clerk: Session,
    head: Session,
}

impl Client {
    fn twin(&self) -> Self {
        Self {
            citizen: self.citizen.twin(),
            clerk: self.clerk.twin(),
            head: self.head.twin(),
        }
    }
}

/// The signed-in clients, and one more clerk who watches the list.
pub(crate) struct Clients {
    clients: Vec<Client>,
    watcher: Session,
}

/// Work that is left in a run.
struct Work {
    drafts: Mutex<VecDeque<(String, Value)>>,
    arrived: Mutex<VecDeque<String>>,
    open: AtomicUsize,
    failed: AtomicBool,
}

impl Clients {
    /// Signs everybody in.
    pub(crate) fn sign_in(port: u16) -> Fallible<Self> {
        let sign_in = |account| Session::open(port, account, PASSWORD);
        let mut clients: Vec<Client> = Vec::new();
        // Each person's browsers serve two clients: one address may sign in sixty times a minute.
        for _ in 0..CLIENTS / 2 {
            let (citizen, clerk) = (sign_in("citizen1")?, sign_in("clerk_hr")?);
            let client = Client {
                citizen,
                clerk,
                head: sign_in("head_hr")?,
            };
            clients.push(client.twin());
            clients.push(client);
        }
        Ok(Self {
            clients,
            watcher: sign_in("clerk_hr")?,
        })
    }

    /// Makes drafts with their forms filled in: not part of a run.
    pub(crate) fn draft(&mut self, n: usize) -> Fallible<Vec<(String, Value)>> {
        let one = |citizen: &mut Session| {
            let answers = json!({"status": "jobless", "residence": "local", "reason": "other"});
            let body = json!({"item_code": ITEM, "situation_answers": answers, "channel": "pc"});
            let view = citizen.send("POST", INTAKE, &body)?;
            let path = format!("{INTAKE}/{}", text(&view, "id")?);
            let saved = citizen.send(
                "PUT",
                &format!("{path}/form"),
                &json!({"version": field(&view, "version"), "form": form()}),
            )?;
            Ok((path, field(&saved, "version").clone()))
        };
        let citizen = &mut self.clients.first_mut().ok_or("no client")?.citizen;
        (0..n).map(|_| one(citizen)).collect()
    }

    /// Takes these drafts through their life: done when the last is closed.
    pub(crate) fn run(&mut self, drafts: Vec<(String, Value)>) -> Fallible<()> {
        let work = Work {
            open: AtomicUsize::new(drafts.len()),
            drafts: Mutex::new(drafts.into()),
            arrived: Mutex::default(),
            failed: AtomicBool::new(false),
        };
        let (work, watcher) = (&work, &mut self.watcher);
        std::thread::scope(|scope| {
            let mut threads = vec![scope.spawn(|| work.guard(watch(watcher, work)))];
            for client in &mut self.clients {
                threads.push(scope.spawn(|| work.guard(drive(client, work))));
            }
            for thread in threads {
                thread.join().map_err(|_| "a client panicked")??;
            }
            Ok(())
        })
    }
}

impl Work {
    fn is_left(&self) -> bool {
        self.open.load(Ordering::Relaxed) > 0 && !self.failed.load(Ordering::Relaxed)
    }

    /// One failure ends the run for all.
    fn guard(&self, done: Fallible<()>) -> Fallible<()> {
        self.failed.fetch_or(done.is_err(), Ordering::Relaxed);
        done
    }
}

fn pop<T>(queue: &Mutex<VecDeque<T>>) -> Option<T> {
    queue
        .lock()
        .unwrap_or_else(PoisonError::into_inner)
        .pop_front()
}

/// Reads the desk's list again and again for cases that wait to be accepted.
fn watch(clerk: &mut Session, work: &Work) -> Fallible<()> {
    let (mut seen, mut last) = (HashSet::new(), (0, Instant::now()));
    while work.is_left() {
        let open = work.open.load(Ordering::Relaxed);
        if last.0 != open {
            last = (open, Instant::now());
        } else if last.1.elapsed() > PATIENCE {
            return Err(format!("{open} cases are open, and none was closed for a minute").into());
        }
        let page = clerk.get(&format!("{APPROVAL}?state=received&limit=100"))?;
        for row in field(&page, "items").as_array().into_iter().flatten() {
            let id = text(row, "id")?;
            if seen.insert(id.clone()) {
                work.arrived
                    .lock()
                    .unwrap_or_else(PoisonError::into_inner)
                    .push_back(id);
            }
        }
        std::thread::sleep(LIST_EVERY);
    }
    Ok(())
}

fn drive(client: &mut Client, work: &Work) -> Fallible<()> {
    while work.is_left() {
        if let Some(id) = pop(&work.arrived) {
            handle(client, &id)?;
            work.open.fetch_sub(1, Ordering::Relaxed);
        } else if let Some((path, version)) = pop(&work.drafts) {
            client.citizen.send(
                "POST",
                &format!("{path}/submit"),
                &json!({"version": version}),
            )?;
        } else {
            std::thread::sleep(Duration::from_millis(2));
        }
    }
    Ok(())
}

/// Accepts, examines, decides, closes.
fn handle(client: &mut Client, id: &str) -> Fallible<()> {
    let path = format!("{APPROVAL}/{id}");
    let mut case = client.clerk.get(&path)?;
    case = client.clerk.send(
        "POST",
        &format!("{path}/accept"),
        &json!({"version": field(&case, "version")}),
    )?;
    while field(&case, "state") == "examining" && post(&case).is_some() {
        let staff = if post(&case) == Some("head") {
            &mut client.head
        } else {
            &mut client.clerk
        };
        let body = json!({"version": field(&case, "version"), "outcome": "pass", "opinion": "材料齐全，同意"});
        case = staff.send("POST", &format!("{path}/step"), &body)?;
    }
    let body = json!({"version": field(&case, "version"), "result": "granted", "reason": ""});
    case = client.head.send("POST", &format!("{path}/decide"), &body)?;
    case = client.clerk.send(
        "POST",
        &format!("{path}/close"),
        &json!({"version": field(&case, "version")}),
    )?;
    if field(&case, "state") != "closed" {
        return Err(format!("a case ended as {}", field(&case, "state")).into());
    }
    Ok(())
}

fn form() -> Value {
    json!({
        "name": "张示例", "citizen_id": "430102199307169986", "phone": "19900000001",
        "household": "local", "residence": {"code": "430102001001"},
        "address": "样例路 1 号 2 栋 303 房", "education": "bachelor",
        "worked_before": "no", "reason": "other", "reason_text": "合同到期后一直没有找到合适的工作",
    })
}

fn text(view: &Value, name: &str) -> Fallible<String> {
    Ok(field(view, name)
        .as_str()
        .ok_or_else(|| format!("no {name} in {view}"))?
        .to_owned())
}

/// A field, null where there is none.
fn field<'a>(view: &'a Value, name: &str) -> &'a Value {
    view.get(name).unwrap_or(&Value::Null)
}

/// Whose turn the step under way is.
fn post(case: &Value) -> Option<&str> {
    field(case, "step").get("post")?.as_str()
}
