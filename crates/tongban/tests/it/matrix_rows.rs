//! The table of the matrix test: every route with the relation that decides whose rows it reaches.

/// Whose rows a route reaches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Relation {
    /// Public content: anybody.
    Anybody,
    /// The caller himself.
    Oneself,
    /// An application of one account.
    Application,
    /// A case of one department.
    Case,
    /// A licence of one holder, issued by one department; the register's own tests walk it.
    Licence,
    /// Lists and actions bounded by the scope of the role, without one owner.
    Reach,
}

/// Every route.
pub const ROWS: &[(&str, Relation)] = &[
    ("GET /api/v1/approval/batches", Relation::Reach),
    ("POST /api/v1/approval/batches", Relation::Reach),
    ("POST /api/v1/approval/batches/options", Relation::Reach),
    ("GET /api/v1/approval/batches/{id}", Relation::Reach),
    ("GET /api/v1/approval/batches/{id}/result", Relation::Reach),
    ("GET /api/v1/approval/batches/{id}/rows", Relation::Reach),
    ("POST /api/v1/approval/batches/{id}/start", Relation::Reach),
    ("POST /api/v1/approval/batches/{id}/stop", Relation::Reach),
    ("GET /api/v1/approval/cases", Relation::Reach),
    ("GET /api/v1/approval/cases/{id}", Relation::Case),
    ("POST /api/v1/approval/cases/{id}/accept", Relation::Case),
    (
        "POST /api/v1/approval/cases/{id}/answer-withdrawal",
        Relation::Case,
    ),
    ("POST /api/v1/approval/cases/{id}/close", Relation::Case),
    ("POST /api/v1/approval/cases/{id}/decide", Relation::Case),
    ("POST /api/v1/approval/cases/{id}/deliver", Relation::Case),
    ("POST /api/v1/approval/cases/{id}/dispatch", Relation::Case),
    (
        "GET /api/v1/approval/cases/{id}/materials/{material_id}",
        Relation::Case,
    ),
    (
        "GET /api/v1/approval/cases/{id}/papers/{paper_id}",
        Relation::Case,
    ),
    ("GET /api/v1/approval/cases/{id}/labels", Relation::Case),
    ("POST /api/v1/approval/cases/{id}/labels", Relation::Case),
    ("GET /api/v1/approval/cases/{id}/notes", Relation::Case),
    ("POST /api/v1/approval/cases/{id}/notes", Relation::Case),
    (
        "POST /api/v1/approval/cases/{id}/notes/seen",
        Relation::Case,
    ),
    (
        "POST /api/v1/approval/cases/{id}/notes/{note_id}/withdraw",
        Relation::Case,
    ),
    ("GET /api/v1/approval/colleagues", Relation::Reach),
    ("GET /api/v1/approval/labels", Relation::Reach),
    ("POST /api/v1/approval/labels", Relation::Reach),
    ("PUT /api/v1/approval/labels/{id}", Relation::Reach),
    ("POST /api/v1/approval/labels/{id}/remove", Relation::Reach),
    ("POST /api/v1/approval/cases/{id}/receive", Relation::Case),
    ("POST /api/v1/approval/cases/{id}/refuse", Relation::Case),
    (
        "POST /api/v1/approval/cases/{id}/request-correction",
        Relation::Case,
    ),
    (
        "POST /api/v1/approval/cases/{id}/return-for-review",
        Relation::Case,
    ),
    ("POST /api/v1/approval/cases/{id}/step", Relation::Case),
    (
        "POST /api/v1/approval/cases/{id}/end-special-procedure",
        Relation::Case,
    ),
    ("POST /api/v1/approval/cases/{id}/extend", Relation::Case),
    ("POST /api/v1/approval/cases/{id}/report-up", Relation::Case),
    ("POST /api/v1/approval/cases/{id}/resume", Relation::Case),
    (
        "POST /api/v1/approval/cases/{id}/start-special-procedure",
        Relation::Case,
    ),
    (
        "POST /api/v1/approval/cases/{id}/return-unsupplied",
        Relation::Case,
    ),
    ("POST /api/v1/approval/cases/{id}/suspend", Relation::Case),
    ("POST /api/v1/approval/cases/{id}/terminate", Relation::Case),
    ("POST /api/v1/approval/cases/{id}/transfer", Relation::Case),
    (
        "POST /api/v1/approval/cases/{id}/pass-pre-review",
        Relation::Case,
    ),
    (
        "POST /api/v1/approval/cases/{id}/propose-void",
        Relation::Case,
    ),
    (
        "POST /api/v1/approval/cases/{id}/reject-void",
        Relation::Case,
    ),
    (
        "POST /api/v1/approval/cases/{id}/verify-originals",
        Relation::Case,
    ),
    ("POST /api/v1/approval/cases/{id}/void", Relation::Case),
    (
        "GET /api/v1/approval/cases/{id}/supervisions",
        Relation::Case,
    ),
    ("POST /api/v1/approval/cases/{id}/urge", Relation::Case),
    ("POST /api/v1/approval/cases/{id}/supervise", Relation::Case),
    ("GET /api/v1/approval/supervisions", Relation::Reach),
    (
        "POST /api/v1/approval/supervisions/{id}/reply",
        Relation::Reach,
    ),
    (
        "POST /api/v1/approval/cases/{id}/check-commitment",
        Relation::Case,
    ),
    (
        "POST /api/v1/approval/cases/{id}/keep-decision",
        Relation::Case,
    ),
    (
        "POST /api/v1/approval/cases/{id}/order-rectification",
        Relation::Case,
    ),
    (
        "POST /api/v1/approval/cases/{id}/propose-revocation",
        Relation::Case,
    ),
    (
        "POST /api/v1/approval/cases/{id}/revoke-decision",
        Relation::Case,
    ),
    ("GET /api/v1/approval/commitment-bars", Relation::Reach),
    (
        "POST /api/v1/approval/commitment-bars/{id}/answer-lift",
        Relation::Reach,
    ),
    (
        "POST /api/v1/approval/commitment-bars/{id}/propose-lift",
        Relation::Reach,
    ),
    ("GET /api/v1/approval/commitment-checks", Relation::Reach),
    ("GET /api/v1/approval/counts", Relation::Reach),
    ("GET /api/v1/approval/live", Relation::Reach),
    ("GET /api/v1/apps/deliveries/{id}", Relation::Reach),
    ("POST /api/v1/apps/deliveries/{id}/replay", Relation::Reach),
    ("GET /api/v1/apps/endpoints", Relation::Reach),
    ("POST /api/v1/apps/endpoints", Relation::Reach),
    ("GET /api/v1/apps/endpoints/{id}", Relation::Reach),
    ("PUT /api/v1/apps/endpoints/{id}", Relation::Reach),
    (
        "GET /api/v1/apps/endpoints/{id}/deliveries",
        Relation::Reach,
    ),
    ("POST /api/v1/apps/endpoints/{id}/ping", Relation::Reach),
    ("POST /api/v1/apps/endpoints/{id}/replay", Relation::Reach),
    ("POST /api/v1/apps/endpoints/{id}/rotate", Relation::Reach),
    ("GET /api/v1/catalogue/calendar", Relation::Anybody),
    (
        "GET /api/v1/catalogue/calendar/day-count",
        Relation::Anybody,
    ),
    (
        "GET /api/v1/catalogue/calendar/years/{year}",
        Relation::Anybody,
    ),
    ("GET /api/v1/catalogue/departments", Relation::Anybody),
    ("GET /api/v1/catalogue/divisions", Relation::Anybody),
    ("GET /api/v1/catalogue/divisions/{code}", Relation::Anybody),
    ("GET /api/v1/catalogue/figures", Relation::Anybody),
    ("GET /api/v1/catalogue/hot", Relation::Anybody),
    ("GET /api/v1/catalogue/items", Relation::Anybody),
    ("GET /api/v1/catalogue/items/{code}", Relation::Anybody),
    (
        "POST /api/v1/catalogue/items/{code}/situation",
        Relation::Anybody,
    ),
    (
        "GET /api/v1/catalogue/items/{code}/related",
        Relation::Anybody,
    ),
    (
        "GET /api/v1/catalogue/items/{code}/versions/{version}",
        Relation::Anybody,
    ),
    ("GET /api/v1/catalogue/joint-items", Relation::Anybody),
    (
        "GET /api/v1/catalogue/joint-items/{code}",
        Relation::Anybody,
    ),
    (
        "POST /api/v1/catalogue/joint-items/{code}/situation",
        Relation::Anybody,
    ),
    ("GET /api/v1/catalogue/manage/joint-items", Relation::Reach),
    ("POST /api/v1/catalogue/manage/joint-items", Relation::Reach),
    (
        "GET /api/v1/catalogue/manage/joint-items/{code}",
        Relation::Reach,
    ),
    (
        "PUT /api/v1/catalogue/manage/joint-items/{code}",
        Relation::Reach,
    ),
    (
        "POST /api/v1/catalogue/manage/joint-items/{code}/publish",
        Relation::Reach,
    ),
    (
        "POST /api/v1/catalogue/manage/joint-items/{code}/withdraw",
        Relation::Reach,
    ),
    (
        "POST /api/v1/catalogue/manage/calendar/years",
        Relation::Reach,
    ),
    ("POST /api/v1/catalogue/manage/departments", Relation::Reach),
    (
        "PUT /api/v1/catalogue/manage/departments/{code}",
        Relation::Reach,
    ),
    ("GET /api/v1/catalogue/manage/export", Relation::Reach),
    ("POST /api/v1/catalogue/manage/import", Relation::Reach),
    ("GET /api/v1/catalogue/manage/items", Relation::Reach),
    ("POST /api/v1/catalogue/manage/items", Relation::Reach),
    ("GET /api/v1/catalogue/manage/items/{code}", Relation::Reach),
    ("PUT /api/v1/catalogue/manage/items/{code}", Relation::Reach),
    (
        "GET /api/v1/catalogue/manage/items/{code}/compare",
        Relation::Reach,
    ),
    (
        "POST /api/v1/catalogue/manage/items/{code}/copy",
        Relation::Reach,
    ),
    (
        "POST /api/v1/catalogue/manage/items/{code}/submit",
        Relation::Reach,
    ),
    (
        "GET /api/v1/catalogue/manage/items/{code}/uses",
        Relation::Reach,
    ),
    (
        "GET /api/v1/catalogue/manage/items/{code}/versions",
        Relation::Reach,
    ),
    (
        "POST /api/v1/catalogue/manage/items/{code}/withdraw",
        Relation::Reach,
    ),
    ("POST /api/v1/catalogue/manage/packages", Relation::Reach),
    ("GET /api/v1/catalogue/manage/reviews", Relation::Reach),
    ("GET /api/v1/catalogue/manage/reviews/{id}", Relation::Reach),
    (
        "POST /api/v1/catalogue/manage/reviews/{id}/approve",
        Relation::Reach,
    ),
    (
        "POST /api/v1/catalogue/manage/reviews/{id}/return",
        Relation::Reach,
    ),
    (
        "POST /api/v1/catalogue/manage/reviews/{id}/take-back",
        Relation::Reach,
    ),
    ("GET /api/v1/catalogue/manage/synonyms", Relation::Reach),
    ("POST /api/v1/catalogue/manage/synonyms", Relation::Reach),
    (
        "POST /api/v1/catalogue/manage/synonyms/common",
        Relation::Reach,
    ),
    (
        "PUT /api/v1/catalogue/manage/synonyms/{id}",
        Relation::Reach,
    ),
    (
        "POST /api/v1/catalogue/manage/synonyms/{id}/remove",
        Relation::Reach,
    ),
    ("GET /api/v1/catalogue/themes", Relation::Anybody),
    ("GET /api/v1/governance/audit", Relation::Reach),
    ("GET /api/v1/governance/channel", Relation::Reach),
    (
        "GET /api/v1/governance/event-log/dead-letters",
        Relation::Reach,
    ),
    (
        "POST /api/v1/governance/event-log/dead-letters/{id}/discard",
        Relation::Reach,
    ),
    ("GET /api/v1/governance/event-log/lag", Relation::Reach),
    ("GET /api/v1/governance/event-log/parked", Relation::Reach),
    ("POST /api/v1/governance/event-log/replay", Relation::Reach),
    ("GET /api/v1/identity/accounts", Relation::Reach),
    ("POST /api/v1/identity/accounts", Relation::Reach),
    ("GET /api/v1/identity/accounts/{id}", Relation::Reach),
    ("PUT /api/v1/identity/accounts/{id}", Relation::Reach),
    ("POST /api/v1/identity/accounts/{id}/lock", Relation::Reach),
    (
        "POST /api/v1/identity/accounts/{id}/reset-password",
        Relation::Reach,
    ),
    (
        "POST /api/v1/identity/accounts/{id}/unlock",
        Relation::Reach,
    ),
    ("POST /api/v1/identity/password", Relation::Oneself),
    ("GET /api/v1/identity/profile", Relation::Oneself),
    ("GET /api/v1/identity/roles", Relation::Reach),
    ("GET /api/v1/identity/session", Relation::Anybody),
    ("POST /api/v1/identity/session", Relation::Anybody),
    ("DELETE /api/v1/identity/session", Relation::Anybody),
    ("POST /api/v1/identity/session/renew", Relation::Anybody),
    ("GET /api/v1/intake/applications", Relation::Reach),
    ("POST /api/v1/intake/applications", Relation::Reach),
    (
        "GET /api/v1/intake/applications/{id}",
        Relation::Application,
    ),
    (
        "DELETE /api/v1/intake/applications/{id}",
        Relation::Application,
    ),
    (
        "POST /api/v1/intake/applications/{id}/correct",
        Relation::Application,
    ),
    (
        "PUT /api/v1/intake/applications/{id}/form",
        Relation::Application,
    ),
    (
        "POST /api/v1/intake/applications/{id}/materials",
        Relation::Application,
    ),
    (
        "GET /api/v1/intake/applications/{id}/materials/{material_id}",
        Relation::Application,
    ),
    (
        "DELETE /api/v1/intake/applications/{id}/materials/{material_id}",
        Relation::Application,
    ),
    (
        "GET /api/v1/intake/applications/{id}/papers/{paper_id}",
        Relation::Application,
    ),
    (
        "POST /api/v1/intake/applications/{id}/rating",
        Relation::Application,
    ),
    (
        "PUT /api/v1/intake/applications/{id}/situation",
        Relation::Application,
    ),
    (
        "POST /api/v1/intake/applications/{id}/submit",
        Relation::Application,
    ),
    (
        "PUT /api/v1/intake/applications/{id}/deferred",
        Relation::Application,
    ),
    (
        "POST /api/v1/intake/applications/{id}/supply",
        Relation::Application,
    ),
    (
        "PUT /api/v1/intake/applications/{id}/commitment",
        Relation::Application,
    ),
    (
        "PUT /api/v1/intake/applications/{id}/delivery",
        Relation::Application,
    ),
    (
        "POST /api/v1/intake/applications/{id}/receipt",
        Relation::Application,
    ),
    (
        "POST /api/v1/intake/applications/{id}/statement",
        Relation::Application,
    ),
    (
        "POST /api/v1/intake/applications/{id}/withdraw",
        Relation::Application,
    ),
    (
        "GET /api/v1/intake/applications/{id}/vault",
        Relation::Application,
    ),
    (
        "POST /api/v1/intake/applications/{id}/vault",
        Relation::Application,
    ),
    ("GET /api/v1/insight/board", Relation::Anybody),
    ("GET /api/v1/insight/board/live", Relation::Anybody),
    ("GET /api/v1/insight/comparison", Relation::Reach),
    ("GET /api/v1/insight/efficiency", Relation::Anybody),
    ("GET /api/v1/insight/items", Relation::Reach),
    (
        "PUT /api/v1/insight/items/{code}/publicity",
        Relation::Reach,
    ),
    ("GET /api/v1/insight/manage/permits", Relation::Reach),
    (
        "POST /api/v1/insight/manage/permits/{id}/correct",
        Relation::Reach,
    ),
    (
        "POST /api/v1/insight/manage/permits/{id}/withdraw",
        Relation::Reach,
    ),
    ("GET /api/v1/insight/open-data", Relation::Anybody),
    ("GET /api/v1/insight/open-data/{file}", Relation::Anybody),
    ("GET /api/v1/insight/permits", Relation::Anybody),
    ("GET /api/v1/insight/published-cases", Relation::Anybody),
    ("GET /api/v1/insight/statistics", Relation::Reach),
    ("GET /api/v1/insight/statistics/file", Relation::Reach),
    ("GET /api/v1/intake/live", Relation::Reach),
    ("GET /api/v1/intake/messages", Relation::Oneself),
    (
        "GET /api/v1/intake/messages/unread-count",
        Relation::Oneself,
    ),
    ("POST /api/v1/intake/messages/{id}/read", Relation::Oneself),
    ("POST /api/v1/intake/progress", Relation::Anybody),
    ("GET /api/v1/intake/rating-tags", Relation::Reach),
    ("GET /api/v1/intake/vault/documents", Relation::Reach),
    ("POST /api/v1/intake/vault/documents", Relation::Reach),
    ("GET /api/v1/intake/vault/documents/{id}", Relation::Reach),
    ("PUT /api/v1/intake/vault/documents/{id}", Relation::Reach),
    (
        "DELETE /api/v1/intake/vault/documents/{id}",
        Relation::Reach,
    ),
    (
        "GET /api/v1/intake/vault/documents/{id}/files/{file_id}",
        Relation::Reach,
    ),
    ("GET /api/v1/licence/licences", Relation::Reach),
    ("GET /api/v1/licence/licences/{id}", Relation::Licence),
    ("GET /api/v1/licence/licences/{id}/file", Relation::Licence),
    (
        "POST /api/v1/licence/licences/{id}/decide-change",
        Relation::Licence,
    ),
    (
        "POST /api/v1/licence/licences/{id}/propose-change",
        Relation::Licence,
    ),
    ("POST /api/v1/licence/mine/{id}/answer", Relation::Licence),
    ("POST /api/v1/licence/mine/{id}/ask", Relation::Licence),
    ("GET /api/v1/licence/mine", Relation::Oneself),
    ("GET /api/v1/licence/mine/{id}", Relation::Licence),
    ("GET /api/v1/licence/mine/{id}/file", Relation::Licence),
    ("GET /api/v1/licence/public-key", Relation::Anybody),
    ("GET /api/v1/licence/types", Relation::Reach),
    ("POST /api/v1/licence/types", Relation::Reach),
    ("PUT /api/v1/licence/types/{code}", Relation::Reach),
    ("GET /api/v1/licence/types/{code}/versions", Relation::Reach),
    ("POST /api/v1/licence/verify", Relation::Anybody),
    ("GET /api/v1/licence/verify/{code}", Relation::Anybody),
    ("GET /api/v1/interaction/links/{token}", Relation::Anybody),
    ("POST /api/v1/interaction/links", Relation::Reach),
    (
        "POST /api/v1/interaction/links/{token}/rating",
        Relation::Anybody,
    ),
    (
        "GET /api/v1/interaction/my-rectifications/{number}",
        Relation::Oneself,
    ),
    (
        "POST /api/v1/interaction/my-rectifications/{number}/answer",
        Relation::Oneself,
    ),
    ("GET /api/v1/interaction/public-words", Relation::Anybody),
    ("GET /api/v1/interaction/rates", Relation::Anybody),
    ("GET /api/v1/interaction/task-counts", Relation::Reach),
    ("GET /api/v1/interaction/tasks", Relation::Reach),
    ("GET /api/v1/interaction/tasks/{id}", Relation::Reach),
    (
        "POST /api/v1/interaction/tasks/{id}/appeal",
        Relation::Reach,
    ),
    (
        "POST /api/v1/interaction/tasks/{id}/call-back",
        Relation::Reach,
    ),
    (
        "POST /api/v1/interaction/tasks/{id}/contact",
        Relation::Reach,
    ),
    (
        "POST /api/v1/interaction/tasks/{id}/decide-appeal",
        Relation::Reach,
    ),
    (
        "POST /api/v1/interaction/tasks/{id}/rectify",
        Relation::Reach,
    ),
    ("GET /api/v1/interaction/words", Relation::Reach),
    (
        "POST /api/v1/interaction/words/{id}/review",
        Relation::Reach,
    ),
];
