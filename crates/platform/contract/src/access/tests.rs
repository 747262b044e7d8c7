//! The registry names nothing that is not there.

use super::{Door, PERMISSIONS, ROLES};

#[test]
fn every_grant_names_a_permission_and_every_permission_is_granted() {
    for role in ROLES {
        for (key, _) in role.grants {
            assert!(
                PERMISSIONS.iter().any(|(known, _)| known == key),
                "{} grants unknown {key}",
                role.key
            );
        }
    }
    for (key, door) in PERMISSIONS {
        let granted = ROLES
            .iter()
            .any(|role| role.grants.iter().any(|(granted, _)| granted == key));
        assert!(granted || *door != Door::Role, "nobody is granted {key}");
    }
}
