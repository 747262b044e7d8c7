//! The OpenAPI document of the whole service.

use utoipa::openapi::security::{ApiKey, ApiKeyValue, SecurityRequirement, SecurityScheme};
use utoipa::openapi::{
    ComponentsBuilder, ContentBuilder, InfoBuilder, OpenApi, OpenApiBuilder, Ref, ResponseBuilder,
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

/// Adds the problem body as the default answer of every operation.
pub fn add_problems(document: &mut OpenApi) {
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
    let mut schemas = vec![(ProblemBody::name().into_owned(), ProblemBody::schema())];
    ProblemBody::schemas(&mut schemas);
    schemas.extend(tb_kernel::id::schemas());
    document
        .components
        .get_or_insert_default()
        .schemas
        .extend(schemas);
}

/// One document of the domains' documents.
pub fn document(version: &str, domains: Vec<OpenApi>) -> OpenApi {
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
    let mut all = OpenApiBuilder::new()
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
        .build();
    for domain in domains {
        all.merge(domain);
    }
    all
}
