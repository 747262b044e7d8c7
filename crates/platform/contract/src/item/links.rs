//! The ways on which people come to an item, and to which items they go from it.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Where an item stands in the navigation, by the names that people read, and its neighbours.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ItemLinks {
    /// Events of a life or of an enterprise (人生事件、企业生命周期): 求职, 退休, 开办企业.
    #[serde(default)]
    pub life_events: Vec<String>,
    /// Industries (行业): 餐饮业.
    #[serde(default)]
    pub industries: Vec<String>,
    /// Occupations (职业): 护士.
    #[serde(default)]
    pub occupations: Vec<String>,
    /// Groups with a way of their own (绿色通道): 老年人.
    #[serde(default)]
    pub green_channels: Vec<String>,
    /// Topics for a time (专题): 高校毕业生就业.
    #[serde(default)]
    pub topics: Vec<String>,
    /// Codes of the items to be done before (前置事项).
    #[serde(default)]
    pub preceding: Vec<String>,
    /// Codes of the items that usually follow (后续事项).
    #[serde(default)]
    pub following: Vec<String>,
}
