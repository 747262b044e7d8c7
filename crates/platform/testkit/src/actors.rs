//! People to act as.

use tb_kernel::{AccountId, AccountKind, Actor, DepartmentId, DepartmentRef, KioskRef, Region};
use uuid::Uuid;

/// An account id made of a small number: the same number is the same account.
fn account(n: u128) -> AccountId {
    AccountId(Uuid::from_u128(
        0x7e57_0000_0000_7000_8000_0000_0000_0000 + n,
    ))
}

/// Somebody with a kind and roles.
pub fn actor(n: u128, kind: AccountKind, roles: &[&str]) -> Actor {
    Actor {
        id: account(n),
        kind,
        name: format!("测试{n}"),
        roles: roles.iter().map(|role| (*role).to_owned()).collect(),
        department: None,
        region: None,
        enterprise: None,
        deputy_of: Vec::new(),
        proxy_of: Vec::new(),
        kiosk: None,
    }
}

/// The same person, standing at a kiosk that an office looks after.
pub fn at_kiosk(actor: Actor, of: &DepartmentRef) -> Actor {
    let kiosk = KioskRef {
        id: Uuid::from_u128(0x7e57_0000_0000_7000_8000_0000_0000_c10c),
        name: "一号自助终端".to_owned(),
        place: "一楼大厅".to_owned(),
        region: Region::parse("430102").unwrap(),
        department: of.id,
    };
    Actor {
        kiosk: Some(kiosk),
        ..actor
    }
}

/// A citizen.
pub fn citizen(n: u128) -> Actor {
    actor(n, AccountKind::Person, &["citizen"])
}

/// A department by its credit code; the same code is the same department.
pub fn department(code: &str) -> DepartmentRef {
    let hash = code.bytes().fold(7_u128, |hash, byte| {
        hash.wrapping_mul(131) + u128::from(byte)
    });
    DepartmentRef {
        id: DepartmentId(Uuid::from_u128(hash)),
        code: code.to_owned(),
        name: format!("测试部门{code}"),
    }
}

/// A clerk of a department.
pub fn clerk(n: u128, of: &DepartmentRef) -> Actor {
    Actor {
        department: Some(of.clone()),
        ..actor(n, AccountKind::Staff, &["clerk"])
    }
}

/// A clerk at the comprehensive counter of a centre, which takes in for all departments of a region.
pub fn counter_clerk(n: u128, region: &str) -> Actor {
    Actor {
        department: Some(department("11430102TB00001322")),
        region: Region::parse(region),
        ..actor(n, AccountKind::Staff, &["counter_clerk"])
    }
}

/// The head of a department.
pub fn head(n: u128, of: &DepartmentRef) -> Actor {
    Actor {
        department: Some(of.clone()),
        ..actor(n, AccountKind::Staff, &["head"])
    }
}

/// An operator of a governance centre.
pub fn operator(n: u128, region: &str) -> Actor {
    Actor {
        region: Region::parse(region),
        ..actor(n, AccountKind::Staff, &["centre_operator"])
    }
}

/// An administrator.
pub fn administrator(n: u128) -> Actor {
    actor(n, AccountKind::Administrator, &["administrator"])
}
