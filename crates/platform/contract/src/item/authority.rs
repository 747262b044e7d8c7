//! By what power an office handles an item, and for whom it does so beyond its own place.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What the handling office is in law (实施主体性质).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum OfficeNature {
    /// 法定机关
    Statutory,
    /// 法律法规授权的组织
    Authorised,
    /// 受委托组织
    Delegated,
}

/// The level at which the power is exercised (行使层级), by its digit in the implementation code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ExerciseLevel {
    /// 国家级
    Nation,
    /// 省级
    Province,
    /// 市级
    City,
    /// 县级
    County,
    /// 镇（乡、街道）级
    Town,
    /// 村（社区）级
    Village,
}

impl ExerciseLevel {
    /// The level that a digit of the implementation code stands for.
    pub fn from_digit(digit: char) -> Option<Self> {
        Some(match digit {
            '1' => Self::Nation,
            '2' => Self::Province,
            '3' => Self::City,
            '4' => Self::County,
            '5' => Self::Town,
            '6' => Self::Village,
            _ => return None,
        })
    }
}

/// Where the power comes from (权力来源).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum PowerSource {
    /// 法定本级行使
    OwnLevel,
    /// 上级下放
    HandedDown,
    /// 上级授权
    Granted,
    /// 同级授权
    GrantedByPeer,
    /// 上级委托
    Entrusted,
    /// 同级委托
    EntrustedByPeer,
}

/// How far away somebody may live who has the item handled here (通办范围).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ServiceScope {
    /// 不通办
    #[default]
    None,
    /// 全县（区）通办
    County,
    /// 全市通办
    City,
    /// 全省通办
    Province,
    /// 全国通办
    Nation,
}

/// How many can be granted (数量限制); who applied earlier comes first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Quota {
    /// How many.
    pub number: u32,
    /// In which time, and by what rule: 每年.
    #[serde(default)]
    pub note: String,
}

/// The office's power (实施主体与权力来源).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ItemAuthority {
    /// What the office is in law.
    #[serde(default)]
    pub nature: Option<OfficeNature>,
    /// Level of exercise.
    #[serde(default)]
    pub level: Option<ExerciseLevel>,
    /// Source of the power.
    #[serde(default)]
    pub source: Option<PowerSource>,
    /// Name of the office that entrusts this one (委托部门), where one does.
    #[serde(default)]
    pub delegated_by: String,
    /// Names of the offices that handle it together (联办机构).
    #[serde(default)]
    pub joint_offices: Vec<String>,
    /// Where people may come from.
    #[serde(default)]
    pub scope: ServiceScope,
    /// Limit of number, where there is one.
    #[serde(default)]
    pub quota: Option<Quota>,
}
