//! The routes of intake.

use super::Relation;
use super::Relation::{Anybody, Application, Counter, Oneself, Reach};

/// Every route of intake.
pub(super) const ROWS: &[(&str, Relation)] = &[
    ("GET /api/v1/intake/calls", Reach),
    ("POST /api/v1/intake/calls/{id}/take", Reach),
    ("GET /api/v1/intake/calls/own", Anybody),
    ("POST /api/v1/intake/calls/own", Anybody),
    ("DELETE /api/v1/intake/calls/own", Anybody),
    // Help: requests by whoever asked or by the division, drafts by the consent that was given.
    ("POST /api/v1/intake/assist-requests", Reach),
    ("GET /api/v1/intake/assist-requests", Reach),
    ("GET /api/v1/intake/assist-requests/{id}", Oneself),
    ("POST /api/v1/intake/assist-requests/{id}/withdraw", Oneself),
    (
        "GET /api/v1/intake/assist-requests/{id}/papers/{file_id}",
        Oneself,
    ),
    (
        "PUT /api/v1/intake/applications/{id}/assist-consent",
        Application,
    ),
    (
        "POST /api/v1/intake/applications/{id}/assist-consent/end",
        Application,
    ),
    (
        "POST /api/v1/intake/applications/{id}/assist-check",
        Application,
    ),
    ("GET /api/v1/intake/assist-desk/requests", Reach),
    ("GET /api/v1/intake/assist-desk/assistants", Reach),
    ("GET /api/v1/intake/assist-desk/requests/{id}", Reach),
    ("POST /api/v1/intake/assist-desk/requests/{id}/take", Reach),
    (
        "POST /api/v1/intake/assist-desk/requests/{id}/contacts",
        Reach,
    ),
    (
        "POST /api/v1/intake/assist-desk/requests/{id}/hand-over",
        Reach,
    ),
    ("POST /api/v1/intake/assist-desk/requests/{id}/close", Reach),
    (
        "POST /api/v1/intake/assist-desk/requests/{id}/consent",
        Reach,
    ),
    (
        "POST /api/v1/intake/assist-desk/requests/{id}/consent/end",
        Reach,
    ),
    (
        "GET /api/v1/intake/assist-desk/requests/{id}/papers/{file_id}",
        Reach,
    ),
    ("GET /api/v1/intake/assist-desk/applications/{id}", Oneself),
    (
        "PUT /api/v1/intake/assist-desk/applications/{id}/form",
        Oneself,
    ),
    (
        "PUT /api/v1/intake/assist-desk/applications/{id}/situation",
        Oneself,
    ),
    (
        "POST /api/v1/intake/assist-desk/applications/{id}/materials",
        Oneself,
    ),
    (
        "DELETE /api/v1/intake/assist-desk/applications/{id}/materials/{material_id}",
        Oneself,
    ),
    (
        "GET /api/v1/intake/assist-desk/applications/{id}/materials/{material_id}",
        Oneself,
    ),
    ("GET /api/v1/intake/counter/items", Reach),
    ("GET /api/v1/intake/counter/applications", Reach),
    ("POST /api/v1/intake/counter/applications", Reach),
    ("GET /api/v1/intake/counter/applications/{id}", Counter),
    ("DELETE /api/v1/intake/counter/applications/{id}", Counter),
    (
        "PUT /api/v1/intake/counter/applications/{id}/applicant",
        Counter,
    ),
    (
        "PUT /api/v1/intake/counter/applications/{id}/papers",
        Counter,
    ),
    ("PUT /api/v1/intake/counter/applications/{id}/form", Counter),
    (
        "PUT /api/v1/intake/counter/applications/{id}/situation",
        Counter,
    ),
    (
        "PUT /api/v1/intake/counter/applications/{id}/deferred",
        Counter,
    ),
    (
        "PUT /api/v1/intake/counter/applications/{id}/commitment",
        Counter,
    ),
    (
        "PUT /api/v1/intake/counter/applications/{id}/delivery",
        Counter,
    ),
    (
        "POST /api/v1/intake/counter/applications/{id}/submit",
        Counter,
    ),
    (
        "GET /api/v1/intake/counter/applications/{id}/handed",
        Counter,
    ),
    (
        "GET /api/v1/intake/counter/applications/{id}/receipt",
        Counter,
    ),
    (
        "GET /api/v1/intake/counter/applications/{id}/licences",
        Counter,
    ),
    (
        "POST /api/v1/intake/counter/applications/{id}/licences",
        Counter,
    ),
    (
        "POST /api/v1/intake/counter/applications/{id}/materials",
        Counter,
    ),
    (
        "GET /api/v1/intake/counter/applications/{id}/materials/{material_id}",
        Counter,
    ),
    (
        "DELETE /api/v1/intake/counter/applications/{id}/materials/{material_id}",
        Counter,
    ),
    ("GET /api/v1/intake/applications", Reach),
    ("POST /api/v1/intake/applications", Reach),
    ("GET /api/v1/intake/applications/{id}", Application),
    ("DELETE /api/v1/intake/applications/{id}", Application),
    ("POST /api/v1/intake/applications/{id}/correct", Application),
    ("PUT /api/v1/intake/applications/{id}/form", Application),
    (
        "POST /api/v1/intake/applications/{id}/materials",
        Application,
    ),
    (
        "GET /api/v1/intake/applications/{id}/materials/{material_id}",
        Application,
    ),
    (
        "DELETE /api/v1/intake/applications/{id}/materials/{material_id}",
        Application,
    ),
    (
        "GET /api/v1/intake/applications/{id}/papers/{paper_id}",
        Application,
    ),
    (
        "POST /api/v1/intake/applications/{id}/proxy/end",
        Application,
    ),
    (
        "POST /api/v1/intake/applications/{id}/fee-requests",
        Application,
    ),
    ("POST /api/v1/intake/applications/{id}/letters", Application),
    (
        "GET /api/v1/intake/applications/{id}/results/{file_id}",
        Application,
    ),
    (
        "GET /api/v1/intake/applications/{id}/letters/files/{file_id}",
        Application,
    ),
    ("POST /api/v1/intake/applications/{id}/rating", Application),
    (
        "PUT /api/v1/intake/applications/{id}/situation",
        Application,
    ),
    ("POST /api/v1/intake/applications/{id}/submit", Application),
    ("PUT /api/v1/intake/applications/{id}/deferred", Application),
    ("POST /api/v1/intake/applications/{id}/supply", Application),
    (
        "PUT /api/v1/intake/applications/{id}/commitment",
        Application,
    ),
    (
        "PUT /api/v1/intake/applications/{id}/co-applicants",
        Application,
    ),
    (
        "POST /api/v1/intake/applications/{id}/signatures/ask",
        Application,
    ),
    (
        "POST /api/v1/intake/applications/{id}/signatures/take-back",
        Application,
    ),
    (
        "POST /api/v1/intake/applications/{id}/signatures/urge",
        Application,
    ),
    ("PUT /api/v1/intake/applications/{id}/delivery", Application),
    ("POST /api/v1/intake/applications/{id}/receipt", Application),
    (
        "POST /api/v1/intake/applications/{id}/statement",
        Application,
    ),
    (
        "POST /api/v1/intake/applications/{id}/withdraw",
        Application,
    ),
    ("GET /api/v1/intake/applications/{id}/vault", Application),
    ("POST /api/v1/intake/applications/{id}/vault", Application),
    ("GET /api/v1/intake/applications/{id}/licences", Application),
    (
        "POST /api/v1/intake/applications/{id}/licences",
        Application,
    ),
    // The batches of an account: `tb-intake::it batch` walks them as a stranger.
    ("GET /api/v1/intake/batches", Reach),
    ("POST /api/v1/intake/batches", Reach),
    ("GET /api/v1/intake/batches/{id}", Reach),
    ("DELETE /api/v1/intake/batches/{id}", Reach),
    ("GET /api/v1/intake/batches/{id}/template", Reach),
    ("GET /api/v1/intake/batches/{id}/rows", Reach),
    ("POST /api/v1/intake/batches/{id}/rows", Reach),
    ("GET /api/v1/intake/batches/{id}/report", Reach),
    ("GET /api/v1/intake/batches/{id}/results", Reach),
    ("POST /api/v1/intake/batches/{id}/materials", Reach),
    (
        "DELETE /api/v1/intake/batches/{id}/materials/{material_id}",
        Reach,
    ),
    ("POST /api/v1/intake/batches/{id}/submit", Reach),
    ("GET /api/v1/intake/batches/{id}/receipt", Reach),
    ("GET /api/v1/intake/live", Reach),
    ("GET /api/v1/intake/messages", Oneself),
    ("GET /api/v1/intake/messages/unread-count", Oneself),
    ("POST /api/v1/intake/messages/{id}/read", Oneself),
    ("POST /api/v1/intake/progress", Anybody),
    ("GET /api/v1/intake/rating-tags", Reach),
    // Whoever is named to sign reaches it, by his own number.
    ("GET /api/v1/intake/signatures", Oneself),
    ("GET /api/v1/intake/signatures/{id}", Oneself),
    ("POST /api/v1/intake/signatures/{id}/sign", Oneself),
    ("POST /api/v1/intake/signatures/{id}/decline", Oneself),
    (
        "GET /api/v1/intake/signatures/{id}/materials/{material_id}",
        Oneself,
    ),
    (
        "GET /api/v1/intake/signatures/{id}/papers/{paper_id}",
        Oneself,
    ),
    ("GET /api/v1/intake/vault/documents", Reach),
    ("POST /api/v1/intake/vault/documents", Reach),
    ("GET /api/v1/intake/vault/documents/{id}", Reach),
    ("PUT /api/v1/intake/vault/documents/{id}", Reach),
    ("DELETE /api/v1/intake/vault/documents/{id}", Reach),
    (
        "GET /api/v1/intake/vault/documents/{id}/files/{file_id}",
        Reach,
    ),
];
