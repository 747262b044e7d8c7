//! Creating and changing accounts of staff.

use tb_contract::access::AccountWrite;
use tb_http::Ctx;
use tb_kernel::{AccountId, DepartmentRef, Fault, FieldFault, Region};
use tb_storage::is_unique_violation;

use super::accounts::views;
use crate::api::account::{AccountView, ChangeAccount, NewAccount};
use crate::app::App;
use crate::entity::account;
use crate::entity::credential::PasswordHash;
use crate::error::Error;
use crate::model::{ADMINISTRATOR, Account, normal_login, works_here};
use crate::{password, sealing, staff, store};

/// Creates an account with an initial password, which its owner must change.
pub(crate) async fn create(
    app: &App,
    ctx: &Ctx<AccountWrite>,
    body: NewAccount,
) -> Result<AccountView, Fault> {
    let login = normal_login(&body.account);
    let login_fault = staff::login_error(&login).map(|error| error.at("/account"));
    let password_fault = password::error(&body.password, &login).map(|error| error.at("/password"));
    let faults = login_fault.into_iter().chain(password_fault).collect();
    let entries = Entries {
        name: body.name,
        phone: body.phone,
        roles: body.roles,
        region: body.region,
    };
    let checked = check(app, entries, body.department_code.as_deref(), faults).await?;
    let hash = app
        .passwords
        .hash(body.password, ctx.store().entropy())
        .await?;
    let mut tx = ctx.begin().await?;
    let account = Account {
        id: AccountId(tx.new_id()),
        kind: staff::kind(&checked.roles),
        login,
        name: checked.name,
        citizen_id: None,
        phone: checked.phone,
        enterprise: None,
        department: checked.department,
        region: checked.region,
        roles: checked.roles,
        deputy_of: Vec::new(),
        proxy_of: Vec::new(),
        demo: false,
        disabled_at: None,
        must_change_password: true,
        version: 1,
        created_at: tx.now(),
        updated_at: tx.now(),
        updated_by: tx.actor().name.clone(),
    };
    let view = AccountView::new(&account, None);
    insert(tx.conn(), sealing::seal(account, tx.sealer())?, hash).await?;
    tx.done("identity.account.created", "account", view.id);
    tx.commit(&view).await?;
    Ok(view)
}

/// Stores a new account; a login name in use is the caller's fault.
pub(crate) async fn insert(
    conn: &tb_storage::Conn,
    row: account::Model,
    hash: PasswordHash,
) -> Result<(), Fault> {
    store::insert(conn, row, hash)
        .await
        .map_err(|error| match &error {
            tb_storage::StorageError::Database(cause) if is_unique_violation(cause) => {
                Error::AccountTaken.into()
            }
            _ => error.into(),
        })
}

/// Changes name, phone, department, region and roles.
pub(crate) async fn change(
    app: &App,
    ctx: &Ctx<AccountWrite>,
    id: AccountId,
    body: ChangeAccount,
) -> Result<AccountView, Fault> {
    let entries = Entries {
        name: body.name,
        phone: body.phone,
        roles: body.roles,
        region: body.region,
    };
    let checked = check(app, entries, body.department_code.as_deref(), Vec::new()).await?;
    if id == ctx.actor().id && !checked.roles.iter().any(|role| role == ADMINISTRATOR) {
        return Err(Error::OwnAccount.into());
    }
    let mut tx = ctx.begin().await?;
    let row = store::take(tx.conn(), ctx.scope(), id)
        .await?
        .ok_or(Error::AccountNotFound)?;
    let before = sealing::open(row, tx.sealer())?;
    if !works_here(before.kind) {
        return Err(Error::NotStaff.into());
    }
    if before.version != body.version {
        return Err(stale(&before));
    }
    let account = Account {
        kind: staff::kind(&checked.roles),
        name: checked.name,
        phone: checked.phone.or_else(|| before.phone.clone()),
        department: checked.department,
        region: checked.region,
        roles: checked.roles,
        version: body.version + 1,
        updated_at: tx.now(),
        updated_by: tx.actor().name.clone(),
        ..before.clone()
    };
    let row = sealing::seal(account, tx.sealer())?;
    store::update(tx.conn(), row.clone()).await?;
    let view = views(ctx, tx.conn(), vec![row])
        .await?
        .pop()
        .ok_or(Error::AccountNotFound)?;
    tx.done("identity.account.changed", "account", id);
    tx.commit(&view).await?;
    app.forget(id);
    Ok(view)
}

/// The conflict with whoever was quicker.
fn stale(now: &Account) -> Fault {
    let at = now
        .updated_at
        .to_rfc3339_opts(chrono::SecondsFormat::Secs, true);
    Error::StaleVersion {
        by: now.updated_by.clone(),
        at,
    }
    .into()
}

struct Entries {
    name: String,
    phone: Option<String>,
    roles: Vec<String>,
    region: Option<Region>,
}

struct Checked {
    name: String,
    phone: Option<String>,
    roles: Vec<String>,
    region: Option<Region>,
    department: Option<DepartmentRef>,
}

/// Checks what is entered; all that is wrong is told at once.
async fn check(
    app: &App,
    entries: Entries,
    department_code: Option<&str>,
    mut faults: Vec<FieldFault>,
) -> Result<Checked, Fault> {
    let name = entries.name.trim().to_owned();
    let code = department_code
        .map(str::trim)
        .filter(|code| !code.is_empty());
    let department = match code {
        Some(code) => app.departments.by_code(code).await?,
        None => None,
    };
    faults.extend(staff::name_error(&name).map(|error| error.at("/name")));
    if code.is_some() && department.is_none() {
        faults.push(Error::DepartmentUnknown.at("/department_code"));
    }
    faults.extend(staff::role_faults(
        &entries.roles,
        code.is_some(),
        entries.region.is_some(),
    ));
    let phone = staff::phone(entries.phone.as_deref()).unwrap_or_else(|error| {
        faults.push(error.at("/phone"));
        None
    });
    Error::InvalidAccount.unless_empty(faults)?;
    Ok(Checked {
        name,
        phone,
        roles: entries.roles,
        region: entries.region,
        department,
    })
}
