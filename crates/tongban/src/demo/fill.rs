//! Fills an installation with the demo city. Every part can be run again and then does nothing.

use std::collections::HashMap;

use tb_catalogue::{Catalogue, ImportOptions, import_items, seed};
use tb_contract::item::ItemDocument;
use tb_contract::ports::Departments;
use tb_identity::{SeedAccount, SeedKiosk, seed_account, seed_kiosk};
use tb_kernel::{DepartmentId, Fault, Region, RequestId};
use tb_storage::{Origin, Store};

use super::content::{self, DemoAccount};
use super::history;

/// The password of every demo account; a production start refuses such accounts.
pub const DEMO_PASSWORD: &str = "tongban-demo-2026";

/// What the browser of the demo's kiosk is paired by, once.
pub const DEMO_KIOSK: &str = "DEM00-2026A-K105K-HA110-0001A";

/// The centre of 芙蓉区, whose comprehensive counter looks after the kiosk.
const DEMO_CENTRE: &str = "11430102TB00001322";

/// Fills what is missing.
pub(super) async fn fill(store: &Store) -> Result<(), Fault> {
    let by = Origin::system("demo.fill_city", RequestId(store.new_id()));
    let read = |error: serde_json::Error| Fault::internal(error);
    seed::seed_divisions(store, &by, content::divisions().map_err(read)?.rows()).await?;
    seed::seed_calendar(store, &by).await?;
    seed::seed_departments(store, &by, &content::departments().map_err(read)?).await?;
    seed::seed_themes(store, &by, &content::themes().map_err(read)?).await?;
    seed::seed_base_items(store, &by, content::base_items().map_err(read)?).await?;
    let added = seed::seed_items(store, &by, content::items().map_err(read)?).await?;
    if added > 0 {
        import_district(store, &by).await?;
    }
    seed::seed_synonyms(store, &by).await?;
    let joint = content::joint_items().map_err(read)?;
    seed::seed_joint_items(store, &by, joint).await?;
    seed::seed_hot(store, &by, &content::hot().map_err(read)?).await?;
    let types = content::licence_types().map_err(read)?;
    tb_licence::seed::seed_types(store, &by, types).await?;
    let catalogue = Catalogue::new(store, tb_licence::types(store))?;
    for account in content::accounts().map_err(read)? {
        let seed = resolve(&catalogue, account).await?;
        seed_account(store, seed, DEMO_PASSWORD).await?;
    }
    seed_hall(store, &catalogue).await?;
    fill_sites(store, &by, &catalogue).await?;
    let now = store.clock().now();
    let items = content::items().map_err(read)?;
    let (cases, permits) = history::past(&items, now)?;
    let services = history::services(&cases, &offices(&catalogue, &items).await?);
    tb_interaction::seed::seed_past(store, &by, services).await?;
    tb_insight::seed::seed_past(store, &by, cases, permits).await?;
    Ok(())
}

/// The offices of items by credit code.
pub(super) async fn offices<'a>(
    catalogue: &Catalogue,
    items: impl IntoIterator<Item = &'a ItemDocument>,
) -> Result<HashMap<String, DepartmentId>, Fault> {
    let mut offices = HashMap::new();
    for item in items {
        let found = catalogue.by_code(&item.department_code).await?;
        let found = found.ok_or_else(|| Fault::internal("an item without its department"))?;
        offices.insert(item.department_code.clone(), found.id);
    }
    Ok(offices)
}

/// The kiosk in the hall of 芙蓉区, which the staff of its comprehensive counter look after.
async fn seed_hall(store: &Store, catalogue: &Catalogue) -> Result<(), Fault> {
    let department = catalogue.by_code(DEMO_CENTRE).await?;
    let department = department.ok_or_else(|| Fault::internal("the demo has no centre"))?;
    let kiosk = SeedKiosk {
        name: "一号自助终端".to_owned(),
        place: "一楼大厅东侧".to_owned(),
        region: Region::parse(content::ITEMS_REGION)
            .ok_or_else(|| Fault::internal("the demo's region is none"))?,
        department,
    };
    seed_kiosk(store, kiosk, DEMO_KIOSK).await
}

/// The real list of another district stands for the catalogue of 芙蓉区.
async fn import_district(store: &Store, by: &Origin) -> Result<(), Fault> {
    let region = Region::parse(content::ITEMS_REGION)
        .ok_or_else(|| Fault::internal("the demo's region is none"))?;
    let options = ImportOptions {
        region,
        sample: true,
        dry_run: false,
        by: by.clone(),
    };
    let report = import_items(store, content::ITEMS_CSV, &options).await?;
    tracing::info!(
        imported = report.imported,
        merged = report.merged,
        rejected = report.rejected.len(),
        "items imported"
    );
    Ok(())
}

/// Service places with some visits of people without accounts.
async fn fill_sites(store: &Store, by: &Origin, catalogue: &Catalogue) -> Result<(), Fault> {
    let mut sites = Vec::new();
    for seed in content::sites().map_err(Fault::internal)? {
        let office = catalogue.by_code(&seed.department_code).await?;
        let office = office.ok_or_else(|| Fault::internal("a demo place is run by nobody"))?;
        sites.push((seed, office));
    }
    tb_hall::seed::seed_sites(store, by, sites).await?;
    Ok(())
}

async fn resolve(catalogue: &Catalogue, account: DemoAccount) -> Result<SeedAccount, Fault> {
    let department = match &account.department_code {
        Some(code) => catalogue.by_code(code).await?,
        None => None,
    };
    Ok(SeedAccount {
        account: account.account,
        kind: account.kind,
        name: account.name,
        citizen_id: account.citizen_id,
        phone: account.phone,
        roles: account.roles,
        department,
        region: account.region,
        enterprise: account.enterprise,
    })
}
