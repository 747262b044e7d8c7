//! What is overdue turns red and goes up.

use chrono::Duration;
use serde_json::{Value, json};

use crate::world::{OURS, World, act, reached};

#[tokio::test(flavor = "multi_thread")]
async fn overdue_tasks_go_to_the_head_and_then_to_the_centre() {
    let world = World::new().await;
    world.rate("430102202611220000019", OURS, 1, "").await;
    let clerk = world.clerk();
    let look = async |days: i64| -> Value {
        world.app.clock().advance(Duration::days(days));
        world.app.run_periodic("interaction.escalate").await;
        world.task(&clerk).await
    };
    // Monday is the last day for the first contact.
    let monday = look(1).await;
    assert_eq!(
        (&monday["light"], &monday["escalation"]),
        (&json!("yellow"), &json!(0))
    );
    let tuesday = look(1).await;
    assert_eq!(
        (&tuesday["light"], &tuesday["escalation"]),
        (&json!("red"), &json!(1))
    );
    assert_eq!(look(0).await["version"], tuesday["version"], "once");
    let wednesday = look(1).await;
    assert_eq!(wednesday["escalation"], 2);
    // In touch at last: the term of the rectification runs, which is not over.
    let task = act(&clerk, &wednesday, "contact", reached()).await.ok();
    assert_eq!(
        (&task["light"], &task["escalation"]),
        (&json!("green"), &json!(0))
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_fails_before_the_calendar_has_come() {
    // Nothing has been told yet, as on the first start.
    let world = World::untold().await;
    world.app.run_periodic("interaction.escalate").await;
}
