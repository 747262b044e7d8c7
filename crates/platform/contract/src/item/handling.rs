//! How an item is handled: by which ways one applies, why one has to come, how the result arrives.
#![expect(
    clippy::struct_excessive_bools,
    reason = "each is an answer of its own in the national list"
)]

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{CoApplicantRule, CrossRegionRule};

/// A way of applying (办理形式).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum HandlingWay {
    /// 窗口办理
    Counter,
    /// 网上办理
    Online,
    /// 邮寄申请
    Post,
}

/// When a case is examined (审查方式).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ExaminationKind {
    /// 当场审查
    OnTheSpot,
    /// 后续审查
    Later,
}

/// How the result comes to the applicant (送达方式).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ResultDelivery {
    /// 窗口领取
    PickUp,
    /// 邮寄送达
    Courier,
    /// 电子送达
    Online,
    /// 上门送达
    InPerson,
}

impl ResultDelivery {
    /// Whether it has to be said where it goes.
    pub fn wants_address(self) -> bool {
        matches!(self, Self::Courier | Self::InPerson)
    }
}

/// Who sits at the counter (收件窗口).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum FrontDesk {
    /// 部门窗口
    #[default]
    Department,
    /// 综合窗口
    Comprehensive,
}

/// Whose system handles the case (办理系统).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum HandlingSystem {
    /// 本平台
    #[default]
    Own,
    /// 部门自建系统
    Department,
    /// 省级系统
    Province,
    /// 国家部委系统
    Ministry,
}

/// When a fee falls due.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum FeeGate {
    /// 受理前缴费
    BeforeAcceptance,
    /// 发证前缴费
    BeforeIssue,
}

/// Another address at which one can apply online (网上办理地址).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct OnlineAddress {
    /// Name: 国家政务服务平台.
    pub name: String,
    /// Address, beginning with `https://` or `http://`.
    pub url: String,
}

/// What the holder of the result has to do again every so often (年检年审).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct AnnualInspection {
    /// When: 每年 1 月 1 日至 6 月 30 日.
    pub period: String,
    /// What has to be done.
    #[serde(default)]
    pub requirement: String,
    /// Basis.
    #[serde(default)]
    pub basis: String,
}

/// A service of third parties that the application needs (中介服务).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Intermediary {
    /// Name: 检验检测报告.
    pub name: String,
    /// Who may render it.
    #[serde(default)]
    pub provider: String,
    /// Basis.
    pub basis: String,
    /// Who pays, and by what tariff.
    #[serde(default)]
    pub fee: String,
}

/// How an item is handled (办理方式).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ItemHandling {
    /// Ways of applying; empty where the office has not said.
    #[serde(default)]
    pub ways: Vec<HandlingWay>,
    /// Why one has to come in person (必须现场办理原因), where one has.
    #[serde(default)]
    pub visit_reason: String,
    /// The whole way in words (办理流程说明).
    #[serde(default)]
    pub process: String,
    /// When it is examined.
    #[serde(default)]
    pub examination: Option<ExaminationKind>,
    /// How the result comes; empty where the office has not said.
    #[serde(default)]
    pub delivery: Vec<ResultDelivery>,
    /// Who sits at the counter.
    #[serde(default)]
    pub front_desk: FrontDesk,
    /// Whose system handles it.
    #[serde(default)]
    pub system: HandlingSystem,
    /// Whether somebody else may apply for the applicant (可委托代办).
    #[serde(default)]
    pub proxy: bool,
    /// Who signs besides the applicant (共同申请人); none where he applies alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub co_applicants: Option<CoApplicantRule>,
    /// For how many persons at once an organisation may apply (批量申办人数上限), a case for each; absent: for
    /// one at a time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub batch_rows: Option<u32>,
    /// Handling for applicants who are elsewhere (跨域通办), within the item's range; absent: there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cross_region: Option<CrossRegionRule>,
    /// Whether a visit can be booked (支持预约).
    #[serde(default)]
    pub appointment: bool,
    /// Whether fees can be paid online (支持网上支付).
    #[serde(default)]
    pub online_payment: bool,
    /// Whether a self-service terminal can do it (支持自助终端).
    #[serde(default)]
    pub self_service: bool,
    /// Whether it is handled in the government hall (进驻政务大厅).
    #[serde(default)]
    pub in_hall: bool,
    /// When the fees fall due.
    #[serde(default)]
    pub fee_gate: Option<FeeGate>,
    /// Other addresses online.
    #[serde(default)]
    pub addresses: Vec<OnlineAddress>,
    /// Services of third parties.
    #[serde(default)]
    pub intermediaries: Vec<Intermediary>,
    /// What comes after the result.
    #[serde(default)]
    pub annual_inspection: Option<AnnualInspection>,
}
