//! The ranges of the list against `tb_calendar::light`, over many cases in a real database.

use chrono::{DateTime, Duration, TimeZone, Utc};
use tb_calendar::{Light, LightInput, Moment};
use tb_contract::ports::{Colleague, Colleagues, IssuedLicence, IssuedLicences, PortResult};
use tb_kernel::{DepartmentId, RequestId, Scope};
use tb_storage::{Origin, SealedBytes};
use tb_testkit::TestApp;
use uuid::Uuid;

use super::{Cache, far_away};
use crate::app::{Ports, Settings};
use crate::entity::case::Model;
use crate::model::clocks::after;
use crate::model::event::office_day;
use crate::model::state::State;
use crate::press::Press;
use crate::store::list::{Filter, LIGHTS, list, shared};
use crate::{manifest, module, sealed, store};

/// A small generator, so that the cases are the same in every run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % sides
    }
}

fn base() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 11, 25, 4, 0, 0).unwrap()
}

/// A day near the base, or a minute of it, or nothing.
fn moment(dice: &mut Dice) -> Option<Moment> {
    let at = base() + Duration::hours(i64::try_from(dice.roll(240)).unwrap() - 120);
    match dice.roll(4) {
        0 => None,
        1 => Some(Moment::Instant(at)),
        _ => Some(Moment::Day(office_day(at))),
    }
}

fn reached(moment: Moment) -> DateTime<Utc> {
    match moment {
        Moment::Day(day) => tb_kernel::office_time::start_of_day(day),
        Moment::Instant(at) => at,
    }
}

fn row(n: u128, cache: &Cache, running: bool, blob: &SealedBytes) -> Model {
    Model {
        id: Uuid::from_u128(n),
        number: format!("N{n}"),
        department_code: "D".to_owned(),
        department_id: Uuid::nil(),
        region: "430102".to_owned(),
        item_code: "I".to_owned(),
        item_version: 1,
        item_name: "失业登记".to_owned(),
        calendar_version: "1".to_owned(),
        application_id: Uuid::nil(),
        channel: "pc".to_owned(),
        state: if running {
            State::Examining
        } else {
            State::Closed
        }
        .to_string(),
        running,
        step_index: 0,
        step_id: None,
        step_name: None,
        waits_for: None,
        organisation: false,
        applicant_name: blob.clone(),
        applicant_name_bidx: Vec::new(),
        applicant_id_number: blob.clone(),
        applicant_id_number_bidx: Vec::new(),
        applicant_phone: blob.clone(),
        applicant_phone_bidx: Vec::new(),
        payload_version: 1,
        dossier: blob.clone(),
        materials: blob.clone(),
        submitted_at: base(),
        received_at: None,
        accepted_at: None,
        decided_at: None,
        closed_at: None,
        ended_at: None,
        result: None,
        revoked_at: None,
        commitment: None,
        check_stage: None,
        check_until: None,
        escalation_at: None,
        open_orders: 0,
        letter_since: None,
        proxy_proof: None,
        fee_stage: None,
        acceptance_until: cache.acceptance_until,
        applicant_alarm_at: None,
        applicant_until: None,
        legal_until: cache.legal_until,
        promised_until: cache.promised_until,
        step_until: None,
        delivery_until: None,
        yellow_from: cache.yellow_from,
        paused_since: cache.paused_since,
        due_until: cache.due_until,
        due_kind: None,
        provisional: false,
        alarm: None,
        clocks_at: base(),
        withdrawal_pending: false,
        version: 1,
        handler_id: None,
        handler_name: None,
        changed_at: base(),
        changed_by: "系统".to_owned(),
        joint: None,
        counter_id: None,
        counter_papers: 0,
        result_at: None,
        batch_number: None,
    }
}

/// A department where nobody works.
struct Nobody;

#[async_trait::async_trait]
impl Colleagues for Nobody {
    async fn of_department(&self, _: DepartmentId) -> PortResult<Vec<Colleague>> {
        Ok(Vec::new())
    }
}

#[async_trait::async_trait]
impl IssuedLicences for Nobody {
    async fn of_case(&self, _: &str) -> PortResult<Vec<IssuedLicence>> {
        Ok(Vec::new())
    }

    async fn issues_since(&self, _: &str) -> PortResult<Option<DateTime<Utc>>> {
        Ok(None)
    }
}

/// Approval by itself.
async fn app() -> TestApp {
    TestApp::new(vec![manifest()], |edge, _| {
        let ports = Ports {
            press: Press::new(edge.store(), tb_typeset::Typeroom::new(Vec::new)),
            colleagues: std::sync::Arc::new(Nobody),
            licences: std::sync::Arc::new(Nobody),
            payments: None,
            settings: Settings::default(),
        };
        vec![module(edge, ports)]
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn ranges_agree_with_the_engine() {
    let app = app().await;
    let mut dice = Dice(20_261_125);
    let tx = app
        .store()
        .begin(Origin::system("test", RequestId(Uuid::nil())))
        .await
        .unwrap();
    let blob = tx.sealer().seal(sealed::NAME, Uuid::nil(), b"x").unwrap();
    let mut inputs = Vec::new();
    for n in 0..400 {
        let (promised, legal, yellow_from) =
            (moment(&mut dice), moment(&mut dice), moment(&mut dice));
        let paused_since = moment(&mut dice).filter(|_| n % 3 == 0).map(Moment::day);
        let before_acceptance = n % 5 == 0;
        let until = legal.map(after);
        let cache = Cache {
            acceptance_until: until.filter(|_| before_acceptance),
            legal_until: until.filter(|_| !before_acceptance),
            promised_until: promised.map(after),
            yellow_from: yellow_from.map(reached),
            paused_since: paused_since.map(tb_kernel::office_time::start_of_day),
            due_until: promised.map_or_else(far_away, after),
            ..Cache::default()
        };
        let running = n % 11 != 0;
        store::case::insert(tx.conn(), row(n, &cache, running, &blob))
            .await
            .unwrap();
        let input = move |now| LightInput {
            now: Moment::Instant(now),
            promised,
            legal,
            yellow_from,
            paused_since,
        };
        inputs.push((running, cache, input));
    }
    tx.commit(&()).await.unwrap();
    let conn = app.store().read();
    let mut seen = [0; 5];
    for hours in [0, 5, 16, 20, 28, 52] {
        let now = base() + Duration::hours(hours);
        let tally = shared(&conn, &Scope::Everything, now, None).await.unwrap();
        for (at, light) in LIGHTS.into_iter().enumerate() {
            let filter = Filter {
                light: Some(light),
                ..Filter::default()
            };
            let rows = list(
                &conn,
                app.store().sealer(),
                &Scope::Everything,
                &filter,
                now,
                None,
                1000,
            )
            .await
            .unwrap();
            let mut found: Vec<u128> = rows.iter().map(|row| row.id.as_u128()).collect();
            found.sort_unstable();
            let expected = expected(&inputs, now, light);
            assert_eq!(found, expected, "{light:?} at {now}");
            assert_eq!(tally.lights[at], i64::try_from(expected.len()).unwrap());
            seen[at] += expected.len();
        }
    }
    assert!(
        seen.iter().all(|n| *n > 50),
        "every light is there often enough: {seen:?}"
    );
}

fn expected<F: Fn(DateTime<Utc>) -> LightInput>(
    inputs: &[(bool, Cache, F)],
    now: DateTime<Utc>,
    light: Light,
) -> Vec<u128> {
    let mut ids = Vec::new();
    for (n, (running, cache, input)) in (0..).zip(inputs) {
        let engine = tb_calendar::light(&input(now));
        let state = if *running {
            State::Examining
        } else {
            State::Closed
        };
        assert_eq!(
            cache.light(state, now),
            running.then_some(engine),
            "case {n} at {now}"
        );
        if *running && engine == light {
            ids.push(n);
        }
    }
    ids
}
