//! What the tables give to somebody: the permissions that he holds, and how far each one reaches.

use tb_kernel::{Actor, Scope};

use super::deputy::{as_deputy, deputised};
use super::{Door, PERMISSIONS, Reach, role};

/// The keys of everything an actor may do, for menus.
pub fn granted(actor: &Actor) -> Vec<&'static str> {
    PERMISSIONS
        .iter()
        .filter(|(key, door)| {
            *door != Door::Role || reach(actor, key).is_some() || deputised(actor, key).is_some()
        })
        .map(|(key, _)| *key)
        .collect()
}

/// The widest reach that an actor's roles give him for a permission, with the role that gives it.
pub fn reach(actor: &Actor, permission: &str) -> Option<(Reach, &'static str)> {
    actor
        .roles
        .iter()
        .filter_map(|key| role(key))
        .flat_map(|role| {
            role.grants
                .iter()
                .map(move |(key, reach)| (*key, *reach, role.key))
        })
        .filter(|(key, _, _)| *key == permission)
        .map(|(_, reach, role)| (reach, role))
        .max_by_key(|(reach, _)| *reach)
}

/// The rows an actor may see or touch under a permission, and acting as what; `None`: not allowed.
/// A grant that reaches a department or region means nothing to somebody who has none.
pub fn scope_of(actor: &Actor, permission: &str, door: Door) -> Option<(Scope, String)> {
    if actor.is_system() {
        return Some((Scope::Everything, "system".to_owned()));
    }
    match door {
        Door::Public => Some((Scope::Everything, "public".to_owned())),
        Door::SignedIn => Some((Scope::Own(actor.id), "self".to_owned())),
        Door::Role => {
            let Some((reach, role)) = reach(actor, permission) else {
                let (absent, role) = deputised(actor, permission)?;
                let department = actor.department.as_ref()?.id;
                return Some((Scope::Department(department), as_deputy(role, absent)));
            };
            let scope = match reach {
                Reach::Own => Scope::Own(actor.id),
                Reach::Department => Scope::Department(actor.department.as_ref()?.id),
                Reach::Region => Scope::Region(actor.region.clone()?),
                Reach::All => Scope::Everything,
            };
            Some((scope, role.to_owned()))
        }
    }
}
