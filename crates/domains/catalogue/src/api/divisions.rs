//! Divisions, out of the tree in memory.

use axum::extract::State;
use serde::{Deserialize, Serialize};
use tb_contract::access::ItemBrowse;
use tb_contract::divisions::{Division, DivisionKind, DivisionTree};
use tb_http::{Json, Path, Query, Result, guard};
use tb_kernel::Region;
use tb_kernel::region::Level;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::api::items::Listed;
use crate::catalogue::Catalogue;
use crate::error::Error;

/// Where to look.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct DivisionQuery {
    /// Code of the division whose parts are wanted; the widest divisions without it.
    pub parent: Option<String>,
}

/// A division.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct DivisionView {
    /// Code as published.
    pub code: String,
    /// Name.
    pub name: String,
    /// Level.
    pub level: Level,
    /// Administrative division or functional zone.
    pub kind: DivisionKind,
    /// Whether nothing lies in it.
    pub is_leaf: bool,
}

/// A division with its way from the province down.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct DivisionWay {
    /// The division.
    #[serde(flatten)]
    pub division: DivisionView,
    /// Widest first; the last one is the division itself.
    pub path: Vec<DivisionView>,
}

fn view(tree: &DivisionTree, division: &Division) -> Option<DivisionView> {
    Some(DivisionView {
        code: division.code.clone(),
        name: division.name.clone(),
        level: Region::parse(&division.code)?.level(),
        kind: division.kind,
        is_leaf: tree.is_leaf(&division.code),
    })
}

/// Lists what lies in a division, functional zones included.
#[utoipa::path(get, path = "/divisions", params(DivisionQuery), responses((status = 200, body = Listed<DivisionView>)))]
async fn list_divisions(
    State(catalogue): State<Catalogue>,
    Query(query): Query<DivisionQuery>,
) -> Result<Json<Listed<DivisionView>>> {
    let tree = catalogue.tree().await?;
    let inside = tree
        .children(query.parent.as_deref())
        .ok_or(Error::DivisionNotFound)?;
    Ok(Json(Listed {
        items: inside
            .into_iter()
            .filter_map(|division| view(&tree, division))
            .collect(),
    }))
}

/// Reads a division with its way from the province down.
#[utoipa::path(get, path = "/divisions/{code}", params(("code" = String, Path)),
    responses((status = 200, body = DivisionWay)))]
async fn read_division(
    State(catalogue): State<Catalogue>,
    Path(code): Path<String>,
) -> Result<Json<DivisionWay>> {
    let tree = catalogue.tree().await?;
    let division = tree
        .get(&code)
        .and_then(|division| view(&tree, division))
        .ok_or(Error::DivisionNotFound)?;
    let path = tree
        .way(&code)
        .into_iter()
        .filter_map(|division| view(&tree, division))
        .collect();
    Ok(Json(DivisionWay { division, path }))
}

pub(super) fn routes() -> OpenApiRouter<Catalogue> {
    OpenApiRouter::new()
        .routes(guard::<ItemBrowse, _>(routes!(list_divisions)))
        .routes(guard::<ItemBrowse, _>(routes!(read_division)))
}
