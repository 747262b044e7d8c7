//! `tongban doctor`: looks at everything a start needs and says what is wrong, in one line each.

use std::process::ExitCode;

use tb_calendar::{AlarmKind, Calendar, CoverageAlarm};
use tb_events::{EventLog, TableConfig, TableLog};
use tb_kernel::{Clock, office_time};
use tb_storage::{Blobs, Store};

use super::{Outcome, both, say};
use crate::config::{Config, PaymentChoice};
use crate::system::SystemClock;
use crate::wiring;

/// Days ahead that the calendar should cover: the longest usual terms.
const HORIZON_DAYS: u32 = 180;

/// A line of the report.
enum Finding {
    Good(String),
    Warning(String),
    Bad(String),
}

/// Runs the command; exit status 1 if anything is bad. What does not rest on what is broken is
/// looked at all the same.
pub async fn run(config: &Config) -> Outcome {
    let mut findings = vec![clock(), fonts(config), calendar()];
    match wiring::open_keys(config) {
        Err(failure) => findings.push(Finding::Bad(format!("密钥 keys: {failure}"))),
        Ok(sealer) => {
            let file = config.keys.file.display();
            findings.push(Finding::Good(format!("密钥 keys: {file}")));
            match wiring::open_blobs(config, &sealer) {
                Err(failure) => findings.push(Finding::Bad(format!("文件 blobs: {failure}"))),
                Ok(blobs) => {
                    findings.push(look_at_blobs(config, &blobs).await);
                    match wiring::open_database(config, sealer, blobs).await {
                        Err(failure) => {
                            findings.push(Finding::Bad(format!("数据库 database: {failure}")));
                        }
                        Ok(store) => {
                            findings.push(database(&store).await);
                            findings.push(event_log(&store).await);
                            findings.push(jobs(&store).await);
                            findings.extend(fees(config, &store).await);
                        }
                    }
                }
            }
        }
    }
    tell(findings)
}

fn tell(findings: Vec<Finding>) -> Outcome {
    let mut code = ExitCode::SUCCESS;
    for finding in findings {
        match finding {
            Finding::Good(text) => say(&format!("ok    {text}"))?,
            Finding::Warning(text) => say(&format!("warn  {text}"))?,
            Finding::Bad(text) => {
                code = ExitCode::FAILURE;
                say(&format!("FAIL  {text}"))?
            }
        };
    }
    Ok(code)
}

fn clock() -> Finding {
    let now = SystemClock::default().now();
    let text = format!(
        "时钟 clock: {} (Asia/Shanghai)",
        now.with_timezone(&office_time::shanghai())
            .format("%Y-%m-%d %H:%M:%S")
    );
    let last = Calendar::embedded()
        .ok()
        .and_then(|calendar| calendar.coverage().last_official);
    match last {
        Some(last) if chrono::Datelike::year(&now) < last - 3 => Finding::Bad(format!(
            "{text}: {}",
            both("系统时间明显偏早", "far in the past")
        )),
        _ => Finding::Good(text),
    }
}

fn fonts(config: &Config) -> Finding {
    let paths = &config.fonts.paths;
    let found = paths.iter().filter(|path| path.exists()).count();
    if found == 0 {
        let what = both(
            "设置中的字体文件一个也没有，文书无法生成；请安装 fonts-noto-cjk",
            "none of the configured files exists, so no paper can be made; apt install fonts-noto-cjk",
        );
        return Finding::Bad(format!("字体 fonts: {what}"));
    }
    Finding::Good(format!(
        "字体 fonts: {found} of {} configured files",
        paths.len()
    ))
}

fn calendar() -> Finding {
    let today = office_time::day(SystemClock::default().now());
    match Calendar::embedded() {
        Err(error) => Finding::Bad(format!("日历 calendar: {error}")),
        Ok(calendar) => match calendar.coverage_alarm(today, HORIZON_DAYS) {
            None => Finding::Good(format!("日历 calendar: version {}", calendar.version())),
            Some(alarm) => Finding::Warning(format!("日历 calendar: {}", words(&alarm))),
        },
    }
}

fn words(alarm: &CoverageAlarm) -> String {
    let (year, last) = (alarm.missing_year, alarm.last_covered);
    match alarm.kind {
        AlarmKind::Provisional => both(
            &format!("{year}年的放假安排尚未导入，落在该年的期限为暂定；公布后请及时导入"),
            &format!(
                "the official notice for {year} is not imported: terms that end in it are provisional"
            ),
        ),
        AlarmKind::BeyondCoverage => both(
            &format!("日历只到{last}，更长的期限无法计算；请导入{year}年的放假安排"),
            &format!(
                "it ends on {last}: longer terms cannot be computed; import the notice for {year}"
            ),
        ),
    }
}

async fn database(store: &Store) -> Finding {
    let kind = if store.read().is_sqlite() {
        "SQLite"
    } else {
        "PostgreSQL"
    };
    match store.ping().await {
        Ok(()) => Finding::Good(format!("数据库 database: {kind}")),
        Err(error) => Finding::Bad(format!("数据库 database: {error}")),
    }
}

async fn look_at_blobs(config: &Config, blobs: &Blobs) -> Finding {
    const PROBE: &[u8] = b"tongban doctor";
    let url = &config.blobs.url;
    let written = blobs.put_named("doctor/probe", PROBE).await;
    match (written, blobs.get("doctor/probe").await) {
        (Ok(()), Ok(Some(read))) if read == PROBE => {
            Finding::Good(format!("文件 blobs: {url}, written and read back"))
        }
        (Err(error), _) | (_, Err(error)) => {
            let what = both("文件存储不能用", "the file store cannot be used");
            Finding::Bad(format!("文件 blobs: {what}: {url}: {error}"))
        }
        _ => {
            let what = both(
                "写入的内容读不回来",
                "what was written could not be read back",
            );
            Finding::Bad(format!("文件 blobs: {what}: {url}"))
        }
    }
}

async fn event_log(store: &Store) -> Finding {
    let log = TableLog::new(store.clone(), TableConfig::default());
    match log.lag(None).await {
        Err(fault) => Finding::Bad(format!("事件 event log: {fault}")),
        Ok(rows) => {
            let (behind, dead) = rows
                .iter()
                .fold((0, 0), |(b, d), row| (b + row.behind, d + row.dead));
            let text = format!("事件 event log: {behind} events to handle, {dead} dead letters");
            if dead == 0 {
                Finding::Good(text)
            } else {
                Finding::Warning(format!(
                    "{text}: {}",
                    both(
                        "请到“事件日志”页面处理",
                        "see the administrator's page 事件日志"
                    )
                ))
            }
        }
    }
}

async fn jobs(store: &Store) -> Finding {
    match tb_jobs::count_jobs(&store.read()).await {
        Err(error) => Finding::Bad(format!("任务 jobs: {error}")),
        Ok(counts) => {
            let (waiting, dead) = counts
                .iter()
                .fold((0, 0), |(w, d), count| (w + count.waiting, d + count.dead));
            let text = format!("任务 jobs: {waiting} waiting, {dead} dead");
            if dead == 0 {
                return Finding::Good(text);
            }
            Finding::Warning(format!(
                "{text}: {}",
                both(
                    "请用 tongban jobs list --dead 查看，排除原因后用 tongban jobs requeue 重新排队",
                    "see `tongban jobs list --dead`, mend the cause, then `tongban jobs requeue`"
                )
            ))
        }
    }
}

/// Orders that nobody can pay, since no payment platform is connected any more. A role without cases has
/// none.
async fn fees(config: &Config, store: &Store) -> Option<Finding> {
    let many = tb_approval::open_fee_orders(store).await.ok()?;
    if many == 0 || config.approval.payments != PaymentChoice::None {
        return None;
    }
    Some(Finding::Warning(format!(
        "费用 fees: {many} orders: {}",
        both(
            "还有待缴的缴款单，但没有接入缴费平台；请接入，或者请部门作废",
            "they wait for money and no payment platform is connected; connect one, or have them taken back"
        )
    )))
}
