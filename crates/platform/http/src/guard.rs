//! The guard of a route: names its permission once, in the type; checks it before the handler runs;
//! and writes it into the OpenAPI document, so that the matrix test can find every route.

use std::convert::Infallible;
use std::marker::PhantomData;

use axum::extract::Request;
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use tb_contract::access::{Door, Permission, scope_of};
use tb_kernel::{ErrorKind, Fault, Scope};
use utoipa::openapi::extensions::ExtensionsBuilder;
use utoipa::openapi::path::{Operation, PathItem};
use utoipa_axum::router::UtoipaMethodRouter;

use crate::caller::Caller;
use crate::problem::Problem;

/// What the guard found: the permission, and the rows it reaches for this caller.
#[derive(Clone, Debug)]
pub(crate) struct Granted {
    pub key: &'static str,
    pub scope: Scope,
    pub acting_as: String,
}

/// Puts permission `P` in front of routes.
pub fn guard<P: Permission, S: Clone + Send + Sync + 'static>(
    (schemas, mut paths, methods): UtoipaMethodRouter<S>,
) -> UtoipaMethodRouter<S> {
    for item in paths.paths.values_mut() {
        for operation in operations(item) {
            let named = ExtensionsBuilder::new().add("x-permission", P::KEY).build();
            operation.extensions.get_or_insert_default().merge(named);
        }
    }
    let permission = PhantomData::<P>;
    let methods = methods.layer::<_, Infallible>(middleware::from_fn(move |request, next| {
        check(permission, request, next)
    }));
    (schemas, paths, methods)
}

/// The operations of a path.
pub(crate) fn operations(item: &mut PathItem) -> impl Iterator<Item = &mut Operation> {
    [
        &mut item.get,
        &mut item.put,
        &mut item.post,
        &mut item.delete,
        &mut item.patch,
    ]
    .into_iter()
    .flatten()
}

async fn check<P: Permission>(_: PhantomData<P>, mut request: Request, next: Next) -> Response {
    let Some(caller) = request.extensions().get::<Caller>() else {
        return Problem(Fault::internal("a guarded route stands outside the edge")).into_response();
    };
    if caller.actor.is_anonymous() && P::DOOR != Door::Public {
        let code = if caller.stale {
            "http.session_expired"
        } else {
            "http.unauthenticated"
        };
        return Problem(Fault::new(ErrorKind::Unauthenticated, code)).into_response();
    }
    let Some((scope, acting_as)) = scope_of(&caller.actor, P::KEY, P::DOOR) else {
        let fault = Fault::new(ErrorKind::Forbidden, "http.forbidden").arg("permission", P::KEY);
        return Problem(fault).into_response();
    };
    request.extensions_mut().insert(Granted {
        key: P::KEY,
        scope,
        acting_as,
    });
    next.run(request).await
}
