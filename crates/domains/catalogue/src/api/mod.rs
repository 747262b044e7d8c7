//! The interface: bodies and answers, handlers of a few lines, routes. No rule and no query here.

pub(crate) mod base_items;
pub(crate) mod base_transfer;
pub(crate) mod calendar;
pub(crate) mod codes;
pub(crate) mod departments;
pub(crate) mod derived_items;
pub(crate) mod divisions;
pub(crate) mod form_files;
pub(crate) mod hot;
pub(crate) mod import;
pub(crate) mod item_reviews;
pub(crate) mod items;
pub(crate) mod joint_items;
pub(crate) mod licence_types;
pub(crate) mod manage_items;
pub(crate) mod manage_joint_items;
pub(crate) mod synonyms;
pub(crate) mod transfer;

use utoipa_axum::router::OpenApiRouter;

use crate::catalogue::Catalogue;

/// The routes of the domain.
pub(crate) fn routes() -> OpenApiRouter<Catalogue> {
    OpenApiRouter::new()
        .merge(items::routes())
        .merge(departments::routes())
        .merge(divisions::routes())
        .merge(codes::routes())
        .merge(calendar::routes())
        .merge(manage_items::routes())
        .merge(licence_types::routes())
        .merge(derived_items::routes())
        .merge(form_files::routes())
        .merge(base_items::routes())
        .merge(base_transfer::routes())
        .merge(item_reviews::routes())
        .merge(joint_items::routes())
        .merge(manage_joint_items::routes())
        .merge(import::routes())
        .merge(synonyms::routes())
        .merge(hot::routes())
        .merge(transfer::routes())
}
