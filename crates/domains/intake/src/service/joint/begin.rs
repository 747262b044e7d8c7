//! The draft of a whole: pinned to the matter's version and to the newest version of each item.

use std::sync::Arc;

use tb_contract::item::{ItemDocument, SituationAnswers};
use tb_contract::joint::{JointItem, MemberItems};
use tb_kernel::Fault;
use tb_storage::Conn;

use crate::app::App;
use crate::error::Error;
use crate::model::joint::{Pinned, Plan};
use crate::store;

/// A joint matter to be applied for.
pub(crate) struct Begun {
    pub item: Arc<ItemDocument>,
    pub version: i64,
    pub plan: Plan,
}

/// The matter of this code as it is offered now.
pub(crate) async fn begin(
    app: &App,
    conn: &Conn,
    code: &str,
    answers: &SituationAnswers,
) -> Result<Begun, Fault> {
    let copy = store::joint::newest(conn, code)
        .await?
        .ok_or(Error::ItemNotFound)?;
    if copy.withdrawn {
        return Err(Error::ItemWithdrawn.into());
    }
    let joint: JointItem = serde_json::from_str(&copy.document).map_err(Fault::internal)?;
    let mut items = MemberItems::new();
    let mut plan = Plan::default();
    let needed = joint.members_for(answers);
    for member in &joint.members {
        let is_needed = needed.iter().any(|one| one.key == member.key);
        let newest = store::item::newest(conn, &member.item_code).await?;
        let Some(newest) = newest.filter(|newest| !newest.withdrawn) else {
            if is_needed {
                return Err(Error::JointItemMissing.into());
            }
            // Other answers may ask for it; then it is missed at the submission at the latest.
            continue;
        };
        let item = app.item(conn, &newest.code, newest.version).await?;
        if item.handling.co_applicants.is_some() {
            if is_needed {
                // Its signers would be asked by nobody.
                let item = item.name.clone();
                return Err(Error::JointSigners { item }.into());
            }
            continue;
        }
        items.insert(member.key.clone(), item);
        plan.items.push(Pinned {
            key: member.key.clone(),
            code: newest.code,
            version: newest.version,
        });
    }
    Ok(Begun {
        item: Arc::new(joint.compose(&items, answers)),
        version: copy.version,
        plan,
    })
}
