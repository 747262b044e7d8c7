//! The OpenAPI document of the whole service.

use std::collections::BTreeMap;

use utoipa::openapi::security::{ApiKey, ApiKeyValue, SecurityRequirement, SecurityScheme};
use utoipa::openapi::{
    ComponentsBuilder, ContentBuilder, InfoBuilder, OpenApi, OpenApiBuilder, Ref, RefOr,
    ResponseBuilder, Schema,
};
use utoipa::{PartialSchema, ToSchema};

use crate::cookie::SESSION_COOKIE;
use crate::guard::operations;
use crate::problem::ProblemBody;

/// The document of a domain as it stands in the whole: its paths under `/api/v1/<domain>`, its
/// operations with names that are unique over all domains.
pub fn under_prefix(domain: &str, mut document: OpenApi) -> OpenApi {
    for item in document.paths.paths.values_mut() {
        for operation in operations(item) {
            if let Some(id) = &mut operation.operation_id {
                *id = format!("{domain}_{id}");
            }
            operation.tags = Some(vec![domain.to_owned()]);
        }
    }
    let paths = std::mem::take(&mut document.paths.paths);
    let prefixed = paths
        .into_iter()
        .map(|(path, item)| (format!("/api/v1/{domain}{path}"), item));
    document.paths.paths = prefixed.collect();
    document
}

/// Two parts of the service mean different things by one schema name. A client is generated from
/// the document: it would send to one what the other expects.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the schema {name} of {second} is another one than that of {first}: rename one of them")]
pub struct SchemaClash {
    /// The name.
    pub name: String,
    /// Who has it already.
    pub first: String,
    /// Who brings another of the same name.
    pub second: String,
}

/// Schemas by name, each with the part that brought it.
type Schemas = BTreeMap<String, (String, RefOr<Schema>)>;

fn take_in(
    all: &mut Schemas,
    part: &str,
    schemas: impl IntoIterator<Item = (String, RefOr<Schema>)>,
) -> Result<(), SchemaClash> {
    for (name, schema) in schemas {
        match all.get(&name) {
            Some((_, known)) if *known == schema => {}
            Some((first, _)) => {
                return Err(SchemaClash {
                    name,
                    first: first.clone(),
                    second: part.to_owned(),
                });
            }
            None => {
                all.insert(name, (part.to_owned(), schema));
            }
        }
    }
    Ok(())
}

/// The problem body as the default answer of every operation.
fn add_problems(document: &mut OpenApi) {
    let body = Ref::from_schema_name("ProblemBody");
    let content = ContentBuilder::new().schema(Some(body)).build();
    let response = ResponseBuilder::new()
        .description("Problem")
        .content("application/problem+json", content)
        .build();
    for item in document.paths.paths.values_mut() {
        for operation in operations(item) {
            operation
                .responses
                .responses
                .insert("default".to_owned(), response.clone().into());
        }
    }
}

/// Schemas that belong to no domain: the problem body and the ids.
fn own_schemas() -> Vec<(String, RefOr<Schema>)> {
    let mut schemas = vec![(ProblemBody::name().into_owned(), ProblemBody::schema())];
    ProblemBody::schemas(&mut schemas);
    schemas.extend(tb_kernel::id::schemas());
    schemas
}

/// One document of the domains' documents, each with its domain's name and its paths where they
/// are in the whole, and with the problem body as the default answer of every operation.
pub fn document(
    version: &str,
    domains: Vec<(&'static str, OpenApi)>,
) -> Result<OpenApi, SchemaClash> {
    let mut schemas = Schemas::new();
    take_in(&mut schemas, "http", own_schemas())?;
    let mut all = frame(version);
    for (domain, mut document) in domains {
        if let Some(components) = &mut document.components {
            let own = std::mem::take(&mut components.schemas);
            take_in(&mut schemas, domain, own)?;
        }
        all.merge(document);
    }
    add_problems(&mut all);
    let schemas = schemas
        .into_iter()
        .map(|(name, (_, schema))| (name, schema));
    all.components
        .get_or_insert_default()
        .schemas
        .extend(schemas);
    Ok(all)
}

/// What the document says of the service as a whole.
fn frame(version: &str) -> OpenApi {
    let cookie = SecurityScheme::ApiKey(ApiKey::Cookie(ApiKeyValue::new(SESSION_COOKIE)));
    let info = InfoBuilder::new()
        .title("Tongban 通办")
        .version(version)
        .description(Some(
            "One-stop government services. Errors are problem+json (RFC 9457) with a stable `code`. \
             Lists answer `{items, next_cursor}`. Every POST takes an `Idempotency-Key`. \
             `x-permission` names the permission of each operation.",
        ))
        .build();
    OpenApiBuilder::new()
        .info(info)
        .components(Some(
            ComponentsBuilder::new()
                .security_scheme("session", cookie)
                .build(),
        ))
        .security(Some([
            SecurityRequirement::new("session", Vec::<String>::new()),
            SecurityRequirement::default(),
        ]))
        .build()
}

#[cfg(test)]
mod tests {
    use utoipa::openapi::{ComponentsBuilder, ObjectBuilder, OpenApi, OpenApiBuilder, Type};

    use super::{SchemaClash, document};

    fn with_schema(name: &str, kind: Type) -> OpenApi {
        let schema = ObjectBuilder::new().schema_type(kind).build();
        OpenApiBuilder::new()
            .components(Some(ComponentsBuilder::new().schema(name, schema).build()))
            .build()
    }

    #[test]
    fn a_schema_may_be_shared_by_domains() {
        let same = || with_schema("Channel", Type::String);
        let whole = document("1", vec![("intake", same()), ("governance", same())]).unwrap();
        let components = whole.components.unwrap();
        assert!(components.schemas.contains_key("Channel"));
        assert!(components.schemas.contains_key("ProblemBody"));
        assert!(components.security_schemes.contains_key("session"));
    }

    #[test]
    fn two_schemas_of_one_name_are_refused() {
        let clash = |name: &str, first: &str, second: &str| SchemaClash {
            name: name.to_owned(),
            first: first.to_owned(),
            second: second.to_owned(),
        };
        let domains = vec![
            ("intake", with_schema("Channel", Type::String)),
            ("governance", with_schema("Channel", Type::Integer)),
        ];
        assert_eq!(
            document("1", domains).err(),
            Some(clash("Channel", "intake", "governance"))
        );
        let domains = vec![("intake", with_schema("ProblemBody", Type::String))];
        assert_eq!(
            document("1", domains).err(),
            Some(clash("ProblemBody", "http", "intake"))
        );
    }
}
