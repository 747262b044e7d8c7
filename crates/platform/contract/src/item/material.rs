//! What an item asks for.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Whether a material must be handed in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Necessity {
    /// 必要
    Required,
    /// 非必要
    Optional,
    /// 容缺
    Deferrable,
}

/// Where a material comes from (来源渠道).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum MaterialSource {
    /// 申请人自备
    Applicant,
    /// 政府部门核发
    Government,
    /// 其他
    Other,
}

/// The form a material is taken in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum MaterialForm {
    /// 纸质
    Paper,
    /// 电子
    Electronic,
    /// 纸质和电子
    Both,
}

/// What the applicant puts on a paper (签字盖章要求).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum PaperMark {
    /// 签字
    Signature,
    /// 盖章
    Seal,
    /// 签字并盖章
    Both,
}

/// A file that goes with a material: a blank form (空白表格) or a sample (示例样表). The catalogue keeps it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct FormFile {
    /// SHA-256 over name and content, as hex: the same in every installation.
    pub sum: String,
    /// Name to save it under.
    pub name: String,
    /// Media type.
    pub media_type: String,
    /// Length in bytes.
    pub size: u64,
}

/// A type of licence of ours that replaces a material (电子证照免提交).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ReplacingLicence {
    /// 证照类型代码, as the register of licences has it.
    pub code: String,
    /// What it is called: written in when the item is published.
    #[serde(default)]
    pub name: String,
}

/// One material that the item asks for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct MaterialRequirement {
    /// Key within the item: `id_card`.
    pub id: String,
    /// Name.
    pub name: String,
    /// Whether it must be handed in.
    pub necessity: Necessity,
    /// Where it comes from.
    pub source: MaterialSource,
    /// Who issues it (来源部门), where somebody does.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub issuer: String,
    /// Form taken.
    pub form: MaterialForm,
    /// Whether the original must be shown.
    #[serde(default)]
    pub original: bool,
    /// Copies on paper.
    #[serde(default)]
    pub copies: u32,
    /// Size of the paper: A4.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub paper_size: String,
    /// What the applicant has to put on it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mark: Option<PaperMark>,
    /// What a good one looks like (受理标准).
    #[serde(default)]
    pub standard: String,
    /// How to fill it in (填报须知).
    #[serde(default)]
    pub notes: String,
    /// Legal basis.
    #[serde(default)]
    pub basis: String,
    /// Why it need not be handed in (免提交), where it need not.
    #[serde(default)]
    pub waived: Option<String>,
    /// Licences of ours that replace it, any one of them: the applicant's own is taken from the register.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub licence_types: Vec<ReplacingLicence>,
    /// Whether a promise may take its place (证明事项告知承诺); the item says what is told and promised.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub commitment: bool,
    /// For how many days one given before may be offered again from the applicant's vault; `0`: it is
    /// written for one application and not kept. Without it a paper is good until its own last day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reuse_days: Option<u32>,
    /// The form to be filled in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub blank_form: Option<FormFile>,
    /// What a well filled one looks like.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sample_form: Option<FormFile>,
}

impl MaterialRequirement {
    /// Whether a file is given for it online at all.
    pub fn takes_files(&self) -> bool {
        self.waived.is_none() && self.form != MaterialForm::Paper
    }
}
