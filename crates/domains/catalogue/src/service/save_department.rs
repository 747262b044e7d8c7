//! Lists, creates and changes departments; each change is published to the other domains.

use tb_contract::access::DepartmentWrite;
use tb_contract::events::DepartmentPublished;
use tb_contract::topics;
use tb_http::Ctx;
use tb_kernel::identity_number::CreditCode;
use tb_kernel::{Fault, FieldFault, Page, PageRequest, Region};
use tb_storage::{NewEvent, Tx};

use crate::api::departments::{DepartmentFields, DepartmentQuery, DepartmentView, SaveDepartment};
use crate::catalogue::Catalogue;
use crate::entity::department;
use crate::error::{Error, field};
use crate::model::publish_check::fault;
use crate::service::{stale, taken, to_json};
use crate::store;

/// A page of departments by code, with the number of items each offers.
pub(crate) async fn list_departments(
    catalogue: &Catalogue,
    query: DepartmentQuery,
) -> Result<Page<DepartmentView>, Fault> {
    let page = PageRequest {
        cursor: query.cursor,
        limit: query.limit,
    };
    let words = query.q.unwrap_or_default();
    let conn = catalogue.store().read();
    let rows = store::department::list(
        &conn,
        query.region.as_ref(),
        &words,
        page.cursor.as_deref(),
        page.limit(),
    )
    .await?;
    let shelf = catalogue.shelf().await?;
    let page = Page::from_surplus(rows, page.limit(), |row| row.code.clone());
    let offered = |code: &str| shelf.count(|card| card.view.department_code == code);
    Ok(page.map(|row| DepartmentView::of(&row, offered(&row.code))))
}

/// Creates a department.
pub(crate) async fn create_department(
    ctx: &Ctx<DepartmentWrite>,
    code: String,
    fields: DepartmentFields,
) -> Result<DepartmentView, Fault> {
    let mut faults = check(&fields);
    if CreditCode::parse(&code).is_err() {
        faults.push(fault("/code", field::CREDIT_CODE));
    }
    refuse(faults)?;
    let mut tx = ctx.begin().await?;
    if store::department::by_code(tx.conn(), &code)
        .await?
        .is_some()
    {
        return Err(Error::CodeTaken { code }.into());
    }
    let mut row = new_department(&tx, code, &fields.name, fields.region.clone());
    apply(&mut row, fields)?;
    let view = DepartmentView::of(&row, 0);
    insert(&mut tx, row).await?;
    tx.commit(&view).await?;
    Ok(view)
}

/// Changes a department. Its code stays: it is the name of its topics.
pub(crate) async fn save_department(
    ctx: &Ctx<DepartmentWrite>,
    code: &str,
    body: SaveDepartment,
) -> Result<DepartmentView, Fault> {
    refuse(check(&body.department))?;
    let mut tx = ctx.begin().await?;
    let found = store::department::take(tx.conn(), ctx.scope(), code).await?;
    let mut row = found.ok_or(Error::DepartmentNotFound)?;
    if row.version != body.version {
        return Err(stale(&row.updated_by, row.updated_at).into());
    }
    let items = store::item::online_of(tx.conn(), code).await?;
    if !body.department.enabled && items > 0 {
        return Err(Error::DepartmentInUse { items }.into());
    }
    apply(&mut row, body.department)?;
    row.version += 1;
    row.updated_at = tx.now();
    row.updated_by.clone_from(&tx.actor().name);
    let view = DepartmentView::of(&row, 0);
    announce(&mut tx, &row)?;
    store::department::update(tx.conn(), row).await?;
    tx.commit(&view).await?;
    Ok(view)
}

/// A department with nothing but its name and place.
pub(super) fn new_department(
    tx: &Tx,
    code: String,
    name: &str,
    region: Region,
) -> department::Model {
    department::Model {
        id: tx.new_id(),
        code,
        name: name.to_owned(),
        short_name: name.to_owned(),
        kind: "department".to_owned(),
        region: region.into(),
        phone: String::new(),
        address: String::new(),
        enabled: false,
        sample: false,
        external_codes: "[]".to_owned(),
        import_names: "[]".to_owned(),
        version: 1,
        updated_at: tx.now(),
        updated_by: tx.actor().name.clone(),
    }
}

/// Adds a department and announces it.
pub(super) async fn insert(tx: &mut Tx, row: department::Model) -> Result<(), Fault> {
    announce(tx, &row)?;
    let code = row.code.clone();
    store::department::insert(tx.conn(), row)
        .await
        .map_err(|error| taken(error, &code))
}

/// Tells the other domains, and the audit trail.
pub(super) fn announce(tx: &mut Tx, row: &department::Model) -> Result<(), Fault> {
    let region = Region::parse(&row.region)
        .ok_or_else(|| Fault::internal("a department lies in no region"))?;
    tx.done("catalogue.department.published", "department", &row.code);
    tx.emit(NewEvent {
        topic: topics::CATALOGUE,
        key: &row.code,
        kind: "catalogue.department.published",
        version: row.version,
        causation_id: None,
        department_code: Some(&row.code),
        region_path: Some(region.path()),
        payload: &DepartmentPublished {
            id: row.id.into(),
            code: row.code.clone(),
            name: row.name.clone(),
            region,
            enabled: row.enabled,
        },
    })?;
    Ok(())
}

fn apply(row: &mut department::Model, fields: DepartmentFields) -> Result<(), Fault> {
    row.name = fields.name.trim().to_owned();
    row.short_name = if fields.short_name.trim().is_empty() {
        row.name.clone()
    } else {
        fields.short_name
    };
    fields.kind.as_str().clone_into(&mut row.kind);
    row.region = fields.region.into();
    row.phone = fields.phone;
    row.address = fields.address;
    row.enabled = fields.enabled;
    row.sample = fields.sample;
    row.import_names = to_json(&fields.import_names)?;
    row.external_codes = to_json(&fields.external_codes)?;
    Ok(())
}

fn check(fields: &DepartmentFields) -> Vec<FieldFault> {
    let mut faults = Vec::new();
    if fields.name.trim().is_empty() {
        faults.push(fault("/name", field::REQUIRED));
    }
    let lengths = [
        ("/name", &fields.name),
        ("/short_name", &fields.short_name),
        ("/address", &fields.address),
    ];
    for (path, _) in lengths
        .iter()
        .filter(|(_, text)| text.chars().count() > 200)
    {
        let mut fault = fault(*path, field::TOO_LONG);
        fault.args.insert("max".to_owned(), "200".to_owned());
        faults.push(fault);
    }
    faults
}

fn refuse(faults: Vec<FieldFault>) -> Result<(), Fault> {
    if faults.is_empty() {
        Ok(())
    } else {
        Err(Fault::fields(
            Fault::from(Error::DepartmentInvalid).code,
            faults,
        ))
    }
}
