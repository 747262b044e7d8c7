//! What the register answers other domains: types, and the licences of a holder that may be relied upon.

use std::sync::Arc;

use serde_json::json;
use tb_contract::licences::{HeldLicences, LicenceHolder, LicenceStanding};
use tb_testkit::{department, head};
use uuid::Uuid;

use crate::world::{
    API, CITIZEN_ID, CREDIT_CODE, OURS, PERMIT_ITEM, World, card, demo_types, permit,
};

const PERMIT_TYPE: &str = "11430102TB0000108H001";
const CARD_TYPE: &str = "11430102TB0000095U001";

fn port(world: &World) -> Arc<dyn HeldLicences> {
    let typeroom = tb_typeset::Typeroom::new(crate::world::fonts);
    tb_licence::held(world.app.store(), typeroom, "https://licences.example")
}

fn holder(number: &str) -> LicenceHolder {
    LicenceHolder(number.to_owned())
}

fn types() -> Vec<String> {
    vec![PERMIT_TYPE.to_owned(), CARD_TYPE.to_owned()]
}

async fn in_force(world: &World, number: &str) -> Vec<Uuid> {
    let found = port(world).in_force(&holder(number), &types()).await;
    found.unwrap().into_iter().map(|one| one.id).collect()
}

async fn standing(
    world: &World,
    number: &str,
    id: Uuid,
) -> Option<(LicenceStanding, Option<String>)> {
    let found = port(world).standing(&holder(number), &[id]).await.unwrap();
    let one = found.into_iter().next()?;
    Some((one.standing, one.ended_on.map(|day| day.to_string())))
}

#[tokio::test(flavor = "multi_thread")]
async fn types_are_known_by_code_and_by_the_item_that_issues_them() {
    let world = World::new().await;
    let port = tb_licence::types(world.app.store());
    let types = port.types().await.unwrap();
    assert_eq!(types.len(), demo_types().len());
    let permit = types.iter().find(|one| one.code == PERMIT_TYPE).unwrap();
    assert_eq!(permit.name, "食品经营许可证");
    assert_eq!(port.issued_by(PERMIT_ITEM).await.unwrap(), [PERMIT_TYPE]);
    assert!(port.issued_by("TEST-0001").await.unwrap().is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_holder_finds_what_is_in_force_and_nobody_elses() {
    let world = World::new().await;
    world.order(&permit("430102202611220000405")).await;
    world.order(&card("430102202611220000413")).await;
    let permits = in_force(&world, CREDIT_CODE).await;
    let cards = in_force(&world, &CITIZEN_ID.to_lowercase()).await;
    assert_eq!((permits.len(), cards.len()), (1, 1));
    assert_ne!(permits, cards);
    // He who asked for the card on somebody's behalf holds none.
    assert!(in_force(&world, "430102195803129993").await.is_empty());
    let port = port(&world);
    let others = port
        .in_force(&holder(CREDIT_CODE), &[CARD_TYPE.to_owned()])
        .await;
    assert!(others.unwrap().is_empty(), "of another type");
    let id = permits[0];
    assert_eq!(standing(&world, CITIZEN_ID, id).await, None);
    let strange = port.sheet(&holder(CITIZEN_ID), id).await.unwrap();
    assert_eq!(strange, None, "somebody else's does not exist");
    let sheet = port.sheet(&holder(CREDIT_CODE), id).await.unwrap().unwrap();
    let content = world.app.store().blobs().open_file(&sheet.blob).await;
    let bytes = content.unwrap().unwrap().bytes().await.unwrap();
    assert!(bytes.starts_with(b"%PDF"));
    assert_eq!(i64::try_from(bytes.len()).unwrap(), sheet.size);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_ends_is_offered_no_more_and_says_since_when() {
    let world = World::new().await;
    let order = permit("430102202611220000405");
    world.order(&order).await;
    let id = in_force(&world, CREDIT_CODE).await[0];
    let valid = (LicenceStanding::Valid, None);
    assert_eq!(standing(&world, CREDIT_CODE, id).await, Some(valid));
    world.revoke(&order).await;
    assert!(in_force(&world, CREDIT_CODE).await.is_empty());
    let revoked = (LicenceStanding::Revoked, Some("2026-11-22".to_owned()));
    assert_eq!(standing(&world, CREDIT_CODE, id).await, Some(revoked));

    world.order(&permit("430102202611220000413")).await;
    let id = in_force(&world, CREDIT_CODE).await[0];
    let after = chrono::DateTime::parse_from_rfc3339("2031-11-22T08:00:00+08:00").unwrap();
    world.app.clock().set(after.to_utc());
    assert!(in_force(&world, CREDIT_CODE).await.is_empty());
    let expired = (LicenceStanding::Expired, Some("2031-11-22".to_owned()));
    assert_eq!(standing(&world, CREDIT_CODE, id).await, Some(expired));
}

#[tokio::test(flavor = "multi_thread")]
async fn while_a_new_version_is_asked_for_none_is_offered_and_then_the_new_one() {
    let world = World::new().await;
    world.order(&permit("430102202611220000405")).await;
    let old = in_force(&world, CREDIT_CODE).await[0];
    let asked = json!({"row_version": 1, "kind": "replace", "reason": "证书遗失。"});
    let ask = format!("{API}/mine/{old}/ask");
    world.holder(3).post(&ask, &asked).await.ok();
    assert!(in_force(&world, CREDIT_CODE).await.is_empty());
    let valid = (LicenceStanding::Valid, None);
    assert_eq!(standing(&world, CREDIT_CODE, old).await, Some(valid));
    let decide = format!("{API}/licences/{old}/decide-change");
    let granted = json!({"granted": true, "reason": "同意补发。"});
    let head = world.app.as_actor(head(12, &department(OURS)));
    head.post(&decide, &granted).await.ok();
    let new = in_force(&world, CREDIT_CODE).await;
    assert_eq!(new.len(), 1);
    assert_ne!(new[0], old);
    let replaced = (LicenceStanding::Replaced, Some("2026-11-22".to_owned()));
    assert_eq!(standing(&world, CREDIT_CODE, old).await, Some(replaced));
}
