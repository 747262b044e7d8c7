//! Divisions, departments and accounts.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use serde::Deserialize;
use serde_json::Value;
use tb_contract::access::role;
use tb_kernel::identity_number::{CitizenId, CreditCode, Phone};
use tb_kernel::region::Level;
use tb_kernel::{AccountKind, Region};

use crate::{assert_unique, demo, departments, read};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Account {
    #[serde(rename = "account")]
    login: String,
    kind: AccountKind,
    name: String,
    roles: Vec<String>,
    department_code: Option<String>,
    region: Option<Region>,
    citizen_id: Option<String>,
    phone: String,
    enterprise: Option<tb_kernel::EnterpriseRef>,
}

/// All division codes of the demo city, each with the code it lies in.
fn divisions() -> BTreeMap<Region, Region> {
    let tree: Value = read("divisions.changsha.json");
    let region = |code: &Value| Region::parse(code.as_str().unwrap()).unwrap();
    let rows = |node: &Value| node.as_array().unwrap().clone();
    let city = region(&tree["city"]["code"]);
    let mut found = BTreeMap::from([(city.clone(), region(&tree["province"]["code"]))]);
    for zone in rows(&tree["zones"]) {
        found.insert(region(&zone["code"]), city.clone());
    }
    for county in rows(&tree["counties"]) {
        let county_code = region(&county["code"]);
        found.insert(county_code.clone(), city.clone());
        for town in rows(&county["towns"]) {
            let town_code = region(&town["code"]);
            found.insert(town_code.clone(), county_code.clone());
            for community in rows(&town["communities"]) {
                found.insert(region(&community[0]), town_code.clone());
            }
        }
    }
    found
}

#[test]
fn divisions_are_complete_and_nested() {
    let divisions = divisions();
    for (inner, outer) in &divisions {
        assert!(
            outer.contains(inner) && inner.level() > outer.level(),
            "{inner} does not lie in {outer}"
        );
    }
    let at = |level| {
        divisions
            .keys()
            .filter(|region| region.level() == level)
            .count()
    };
    let counts = [
        at(Level::City),
        at(Level::District),
        at(Level::Town),
        at(Level::Community),
    ];
    assert_eq!(counts, [1, 9 + 2, 172, 1_649]);
}

#[test]
fn departments_have_valid_codes_and_take_in_the_imported_ones() {
    let departments = departments();
    let divisions = divisions();
    assert_unique(
        "departments.json",
        departments.values().map(|d| d.name.as_str()),
    );
    for department in departments.values() {
        let name = &department.name;
        let code = CreditCode::parse(&department.code).unwrap();
        assert!(
            code.as_str()
                .starts_with(&format!("11{}", department.region.six())),
            "{name}: {}",
            department.code
        );
        assert!(
            divisions.contains_key(&department.region),
            "{name}: no region {}",
            department.region
        );
        assert!(
            matches!(department.kind.as_str(), "department" | "centre"),
            "{name}"
        );
        assert!(
            department.phone.starts_with("0731-0000") && department.address.contains("样例"),
            "{name}"
        );
        assert!(
            department.sample && !department.short_name.is_empty(),
            "{name}"
        );
    }
    let centres: BTreeSet<_> = departments
        .values()
        .filter(|d| d.kind == "centre")
        .map(|d| d.region.level())
        .collect();
    assert_eq!(
        centres,
        BTreeSet::from([Level::City, Level::District, Level::Town])
    );
    let taken: BTreeSet<&str> = departments
        .values()
        .flat_map(|d| &d.import_names)
        .map(String::as_str)
        .collect();
    let rows = std::fs::read_to_string(demo().join("items-guangan.csv")).unwrap();
    let named: BTreeSet<&str> = rows
        .lines()
        .skip(1)
        .map(|row| row.split(',').next().unwrap())
        .collect();
    assert_eq!(taken, named, "departments of the imported list");
}

#[test]
fn accounts_are_people_that_the_program_accepts() {
    let today = NaiveDate::from_ymd_opt(2026, 1, 1).unwrap();
    let departments = departments();
    let accounts: Vec<Account> = read("accounts.json");
    assert_unique("accounts.json", accounts.iter().map(|a| a.login.as_str()));
    for account in &accounts {
        let who = &account.login;
        assert!(
            account.name.contains("示例") || account.kind == AccountKind::Administrator,
            "{who}"
        );
        Phone::parse(&account.phone).unwrap();
        assert!(account.phone.starts_with("1990000"), "{who}");
        if let Some(id) = &account.citizen_id {
            CitizenId::parse(id, today).unwrap();
        }
        let staff = matches!(
            account.kind,
            AccountKind::Staff | AccountKind::Administrator
        );
        assert_eq!(
            staff,
            account.citizen_id.is_none(),
            "{who}: applicants, and only they, have a citizen id"
        );
        assert!(
            !account.roles.is_empty()
                && account
                    .roles
                    .iter()
                    .all(|key| role(key).unwrap().staff == staff),
            "{who}"
        );
        assert_eq!(
            account.department_code.is_some(),
            account.kind == AccountKind::Staff,
            "{who}"
        );
        if let Some(code) = &account.department_code {
            assert_eq!(
                account.region.as_ref(),
                Some(&departments[code].region),
                "{who}"
            );
        }
        assert_eq!(
            account.enterprise.is_some(),
            account.kind == AccountKind::EnterpriseAgent,
            "{who}"
        );
        if let Some(enterprise) = &account.enterprise {
            CreditCode::parse(&enterprise.credit_code).unwrap();
            assert!(enterprise.name.contains("样例"), "{who}");
        }
    }
}
