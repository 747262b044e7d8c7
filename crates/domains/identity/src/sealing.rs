//! Between an account and its row: what is personal is sealed on the way in and opened on the way
//! out; blind indexes make exact values findable.

use tb_kernel::identity_number::{Phone, half_width};
use tb_kernel::{AccountId, AccountKind, DepartmentRef, EnterpriseRef, Fault, Region};
use tb_storage::{Column, SealedBytes, Sealer, StorageError};
use uuid::Uuid;

use crate::entity::account;
use crate::model::{Account, works_here};

const TABLE: &str = "identity_account";
const LOGIN: Column = Column::new(TABLE, "login");
const NAME: Column = Column::new(TABLE, "name");
const CITIZEN_ID: Column = Column::new(TABLE, "citizen_id");
const PHONE: Column = Column::new(TABLE, "phone");

/// The blind index of a normal login name.
pub(crate) fn login_index(sealer: &Sealer, login: &str) -> Vec<u8> {
    sealer.blind_index(LOGIN, login)
}

/// The blind indexes of a text that may be a name, an id number or a phone.
pub(crate) fn person_indexes(sealer: &Sealer, text: &str) -> [Vec<u8>; 3] {
    let citizen_id: String = half_width(text)
        .chars()
        .filter(|c| !c.is_whitespace())
        .map(|c| c.to_ascii_uppercase())
        .collect();
    let phone = Phone::parse(text).map_or_else(|_| text.to_owned(), String::from);
    [(NAME, text), (CITIZEN_ID, &citizen_id), (PHONE, &phone)]
        .map(|(column, text)| sealer.blind_index(column, text))
}

/// The blind index of a citizen id.
pub(crate) fn citizen_index(sealer: &Sealer, citizen_id: &str) -> Vec<u8> {
    sealer.blind_index(CITIZEN_ID, citizen_id)
}

/// The blind index of a person's name.
pub(crate) fn name_index(sealer: &Sealer, name: &str) -> Vec<u8> {
    sealer.blind_index(NAME, name)
}

/// The row of an account.
pub(crate) fn seal(account: Account, sealer: &Sealer) -> Result<account::Model, Fault> {
    let id = account.id.0;
    let clear = works_here(account.kind);
    let text = |column, plain: &str| sealer.seal_text(column, id, plain);
    let hidden = |column, plain: &str| {
        if clear {
            Ok(None)
        } else {
            text(column, plain).map(Some)
        }
    };
    let (enterprise_name, enterprise_credit_code) =
        account.enterprise.map(|e| (e.name, e.credit_code)).unzip();
    let department = account.department;
    Ok(account::Model {
        id,
        kind: kind_key(account.kind).to_owned(),
        login_bidx: sealer.blind_index(LOGIN, &account.login),
        login_sealed: hidden(LOGIN, &account.login)?,
        name_bidx: sealer.blind_index(NAME, &account.name),
        name_sealed: hidden(NAME, &account.name)?,
        login: clear.then_some(account.login),
        name: clear.then_some(account.name),
        citizen_id_bidx: account
            .citizen_id
            .as_deref()
            .map(|plain| sealer.blind_index(CITIZEN_ID, plain)),
        citizen_id: account
            .citizen_id
            .as_deref()
            .map(|plain| text(CITIZEN_ID, plain))
            .transpose()?,
        phone_bidx: account
            .phone
            .as_deref()
            .map(|plain| sealer.blind_index(PHONE, plain)),
        phone: account
            .phone
            .as_deref()
            .map(|plain| text(PHONE, plain))
            .transpose()?,
        enterprise_name,
        enterprise_credit_code,
        department_id: department.as_ref().map(|department| department.id.0),
        department_code: department
            .as_ref()
            .map(|department| department.code.clone()),
        department_name: department.map(|department| department.name),
        region: account.region.map(String::from),
        roles: serde_json::to_string(&account.roles).map_err(Fault::internal)?,
        demo: account.demo,
        disabled_at: account.disabled_at,
        must_change_password: account.must_change_password,
        version: account.version,
        created_at: account.created_at,
        updated_at: account.updated_at,
        updated_by: account.updated_by,
    })
}

/// The account of a row.
pub(crate) fn open(row: account::Model, sealer: &Sealer) -> Result<Account, Fault> {
    Ok(Account {
        id: AccountId(row.id),
        kind: kind_of(&row.kind).ok_or_else(|| Fault::internal("an account of unknown kind"))?,
        login: text(sealer, LOGIN, row.id, row.login, row.login_sealed.as_ref())?
            .unwrap_or_default(),
        name: text(sealer, NAME, row.id, row.name, row.name_sealed.as_ref())?.unwrap_or_default(),
        citizen_id: text(sealer, CITIZEN_ID, row.id, None, row.citizen_id.as_ref())?,
        phone: text(sealer, PHONE, row.id, None, row.phone.as_ref())?,
        enterprise: row
            .enterprise_name
            .zip(row.enterprise_credit_code)
            .map(|(name, credit_code)| EnterpriseRef { name, credit_code }),
        department: row
            .department_id
            .zip(row.department_code)
            .zip(row.department_name)
            .map(|((id, code), name)| DepartmentRef {
                id: id.into(),
                code,
                name,
            }),
        region: row.region.as_deref().and_then(Region::parse),
        roles: serde_json::from_str(&row.roles).map_err(Fault::internal)?,
        deputy_of: Vec::new(),
        proxy_of: Vec::new(),
        demo: row.demo,
        disabled_at: row.disabled_at,
        must_change_password: row.must_change_password,
        version: row.version,
        created_at: row.created_at,
        updated_at: row.updated_at,
        updated_by: row.updated_by,
    })
}

fn text(
    sealer: &Sealer,
    column: Column,
    row: Uuid,
    clear: Option<String>,
    hidden: Option<&SealedBytes>,
) -> Result<Option<String>, StorageError> {
    match (clear, hidden) {
        (Some(clear), _) => Ok(Some(clear)),
        (None, Some(hidden)) => sealer.open_text(column, row, hidden).map(Some),
        (None, None) => Ok(None),
    }
}

const KINDS: [(AccountKind, &str); 4] = [
    (AccountKind::Person, "person"),
    (AccountKind::EnterpriseAgent, "enterprise_agent"),
    (AccountKind::Staff, "staff"),
    (AccountKind::Administrator, "administrator"),
];

/// A kind as the column holds it, the same word as in JSON.
pub(crate) fn kind_key(kind: AccountKind) -> &'static str {
    KINDS
        .iter()
        .find(|(known, _)| *known == kind)
        .map_or("", |(_, key)| key)
}

fn kind_of(key: &str) -> Option<AccountKind> {
    KINDS
        .iter()
        .find(|(_, known)| *known == key)
        .map(|(kind, _)| *kind)
}
