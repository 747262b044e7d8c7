//! Accounts that are made from the command line: the first administrator, and the demo's.

use tb_kernel::identity_number::{CitizenId, Phone};
use tb_kernel::{
    AccountId, AccountKind, DepartmentRef, EnterpriseRef, Fault, Region, RequestId, office_time,
};
use tb_storage::{Origin, Store};

use crate::kiosk::normal;
use crate::model::{ADMINISTRATOR, Account, normal_login};
use crate::password::Passwords;
use crate::service::change_account::insert;
use crate::service::kiosk::{self, Wanted};
use crate::sessions::token_hash;
use crate::{password, sealing, staff, store};

/// An account of the demo. Departments come resolved.
#[derive(Clone)]
pub struct SeedAccount {
    /// Login name.
    pub account: String,
    /// Kind.
    pub kind: AccountKind,
    /// Name.
    pub name: String,
    /// Citizen id.
    pub citizen_id: Option<String>,
    /// Phone.
    pub phone: Option<String>,
    /// Keys of the roles.
    pub roles: Vec<String>,
    /// Department, for staff.
    pub department: Option<DepartmentRef>,
    /// Region of responsibility.
    pub region: Option<Region>,
    /// Enterprise, for agents.
    pub enterprise: Option<EnterpriseRef>,
}

impl std::fmt::Debug for SeedAccount {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "SeedAccount({:?})", self.kind)
    }
}

/// Creates an administrator; the login name must be free and the password good.
pub async fn create_administrator(
    store: &Store,
    account: &str,
    password: &str,
) -> Result<AccountId, Fault> {
    let login = normal_login(account);
    // On the command line there are no fields: what is wrong is the answer itself.
    if let Some(error) = staff::login_error(&login).or_else(|| password::error(password, &login)) {
        return Err(error.into());
    }
    let seed = SeedAccount {
        account: login,
        kind: AccountKind::Administrator,
        name: "平台管理员".to_owned(),
        citizen_id: None,
        phone: None,
        roles: vec![ADMINISTRATOR.to_owned()],
        department: None,
        region: None,
        enterprise: None,
    };
    create(store, seed, password, false).await
}

/// Creates an account of the demo, once: where its login name is known, nothing changes.
pub async fn seed_account(
    store: &Store,
    seed: SeedAccount,
    password: &str,
) -> Result<AccountId, Fault> {
    let login_bidx = sealing::login_index(store.sealer(), &normal_login(&seed.account));
    match store::find_by_login(&store.read(), &login_bidx).await? {
        Some(row) => Ok(AccountId(row.id)),
        None => create(store, seed, password, true).await,
    }
}

/// A kiosk of the demo.
#[derive(Clone, Debug)]
pub struct SeedKiosk {
    /// Its name.
    pub name: String,
    /// Where it stands.
    pub place: String,
    /// Division that it stands in.
    pub region: Region,
    /// The office whose staff look after it.
    pub department: DepartmentRef,
}

/// Registers a kiosk of the demo, once: where its secret is known, nothing changes.
pub async fn seed_kiosk(store: &Store, seed: SeedKiosk, secret: &str) -> Result<(), Fault> {
    let secret = normal(secret);
    let known = store::kiosk::of_secret(&store.read(), &token_hash(&secret)).await?;
    if known.is_some() {
        return Ok(());
    }
    let mut tx = store
        .begin(Origin::system("identity.seed", RequestId(store.new_id())))
        .await?;
    let wanted = Wanted {
        name: seed.name,
        place: seed.place,
        region: seed.region,
        department: seed.department,
    };
    let row = kiosk::row(&tx, wanted, &secret)?;
    let id = row.id;
    store::kiosk::insert(tx.conn(), row).await?;
    tx.done("identity.kiosk.registered", "kiosk", id);
    tx.commit(&()).await?;
    Ok(())
}

/// Whether there are accounts of the demo: a production start refuses them.
pub async fn has_demo_accounts(store: &Store) -> Result<bool, Fault> {
    Ok(store::any_demo(&store.read()).await?)
}

async fn create(
    store: &Store,
    seed: SeedAccount,
    password: &str,
    demo: bool,
) -> Result<AccountId, Fault> {
    let hash = Passwords::default()
        .hash(password.to_owned(), store.entropy())
        .await?;
    let today = office_time::day(store.clock().now());
    let citizen_id = seed
        .citizen_id
        .map(|id| CitizenId::parse(&id, today).map(String::from));
    let phone = seed
        .phone
        .map(|phone| Phone::parse(&phone).map(String::from));
    let mut tx = store
        .begin(Origin::system("identity.seed", RequestId(store.new_id())))
        .await?;
    let account = Account {
        id: AccountId(tx.new_id()),
        kind: seed.kind,
        login: normal_login(&seed.account),
        name: seed.name,
        citizen_id: citizen_id.transpose().map_err(Fault::internal)?,
        phone: phone.transpose().map_err(Fault::internal)?,
        enterprise: seed.enterprise,
        department: seed.department,
        region: seed.region,
        roles: seed.roles,
        deputy_of: Vec::new(),
        proxy_of: Vec::new(),
        demo,
        disabled_at: None,
        must_change_password: false,
        version: 1,
        created_at: tx.now(),
        updated_at: tx.now(),
        updated_by: tx.actor().name.clone(),
    };
    let id = account.id;
    insert(tx.conn(), sealing::seal(account, tx.sealer())?, hash).await?;
    tx.done("identity.account.created", "account", id);
    tx.commit(&()).await?;
    Ok(id)
}
