//! Special procedures of items: their time is not counted in any term.

use serde::{Deserialize, Serialize};
use tb_calendar::Term;
use utoipa::ToSchema;

/// The kinds of special procedures whose time is not counted (行政许可法 art. 45).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ProcedureKind {
    /// 听证
    Hearing,
    /// 招标
    Tender,
    /// 拍卖
    Auction,
    /// 检验
    Test,
    /// 检测
    Inspection,
    /// 检疫
    Quarantine,
    /// 鉴定
    Appraisal,
    /// 专家评审
    ExpertReview,
}

impl ProcedureKind {
    /// As the law names it.
    pub fn label(self) -> &'static str {
        match self {
            Self::Hearing => "听证",
            Self::Tender => "招标",
            Self::Auction => "拍卖",
            Self::Test => "检验",
            Self::Inspection => "检测",
            Self::Quarantine => "检疫",
            Self::Appraisal => "鉴定",
            Self::ExpertReview => "专家评审",
        }
    }
}

/// A special procedure that the item may need (特别程序).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct SpecialProcedure {
    /// Kind.
    pub kind: ProcedureKind,
    /// Name as the office says it: 动物防疫条件现场评审.
    pub name: String,
    /// How long it takes at most; told to the applicant.
    #[schema(value_type = serde_json::Value)]
    pub term: Term,
    /// Legal basis.
    #[serde(default)]
    pub basis: String,
}
