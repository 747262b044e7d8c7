//! The columns of lists, and the words that they hold: one description for CSV and workbooks, for
//! reading and writing.

use tb_sheet::{Column, Kind};

/// The types of items (事项类型).
pub(crate) const TYPES: &[(&str, &str)] = &[
    ("01", "行政许可"),
    ("02", "行政处罚"),
    ("03", "行政强制"),
    ("04", "行政征收"),
    ("05", "行政给付"),
    ("06", "行政检查"),
    ("07", "行政确认"),
    ("08", "行政奖励"),
    ("09", "行政裁决"),
    ("10", "其他行政权力"),
    ("20", "公共服务"),
];

/// The levels of exercise (行使层级).
const LEVELS: &[(&str, &str)] = &[
    ("nation", "国家级"),
    ("province", "省级"),
    ("city", "市级"),
    ("county", "县级"),
    ("town", "乡级"),
    ("village", "村级"),
];

const STATUSES: &[(&str, &str)] = &[
    ("draft", "草稿"),
    ("published", "已发布"),
    ("withdrawn", "已停用"),
];

const AUDIENCES: &[(&str, &str)] = &[
    ("natural_person", "自然人"),
    ("enterprise", "企业法人"),
    ("public_institution", "事业法人"),
    ("social_organisation", "社会组织法人"),
    ("unincorporated_enterprise", "非法人企业"),
    ("administrative_organ", "行政机关"),
    ("other", "其他组织"),
];

const CASE_KINDS: &[(&str, &str)] = &[
    ("instant", "即办件"),
    ("promised", "承诺件"),
    ("joint", "联办件"),
    ("reported", "上报件"),
];

const fn needed(
    name: &'static str,
    title: &'static str,
    kind: Kind<'static>,
    about: &'static str,
) -> Column<'static> {
    Column {
        name,
        title,
        kind,
        required: true,
        about,
    }
}

const fn optional(
    name: &'static str,
    title: &'static str,
    kind: Kind<'static>,
    about: &'static str,
) -> Column<'static> {
    Column {
        required: false,
        ..needed(name, title, kind, about)
    }
}

/// Said of columns that an import does not read.
const SHOWN: &str = "仅供查看，导入时不读取";

/// A list of items. The first six are those that the import reads.
pub(crate) const ITEMS: [Column; 17] = [
    needed(
        "department",
        "实施部门",
        Kind::Text,
        "部门全称或系统已登记的简称；系统中没有的部门，导入时新建为未启用",
    ),
    optional("category", "主项名称", Kind::Text, "所属主项，没有的留空"),
    needed("name", "事项名称", Kind::Text, "不能为空"),
    needed(
        "item_code",
        "实施编码",
        Kind::Code,
        "31 位实施编码或原有编码；留空的由系统按部门和名称编一个",
    ),
    needed("item_type", "事项类型", Kind::Word(TYPES), "填名称或代码"),
    optional("office_code", "部门统一社会信用代码", Kind::Code, "18 位"),
    optional("business_code", "业务办理项编码", Kind::Code, SHOWN),
    optional("region", "行政区划代码", Kind::Code, SHOWN),
    optional("status", "状态", Kind::Word(STATUSES), SHOWN),
    optional("version", "已发布版本", Kind::Number, SHOWN),
    optional("audience", "服务对象", Kind::Words(AUDIENCES), SHOWN),
    optional("case_kind", "办件类型", Kind::Word(CASE_KINDS), SHOWN),
    optional("legal_term", "法定时限", Kind::Text, SHOWN),
    optional("promised_term", "承诺时限", Kind::Text, SHOWN),
    optional("visits", "到现场次数", Kind::Number, SHOWN),
    optional("online_depth", "网上办理深度", Kind::Number, SHOWN),
    optional("parent", "沿用事项编码", Kind::Code, SHOWN),
];

/// A list of base items (基本目录).
pub(crate) const BASE_ITEMS: [Column; 9] = [
    needed(
        "base_code",
        "基本编码",
        Kind::Code,
        "12 位，按此编码与已有的基本目录核对",
    ),
    needed("name", "事项名称", Kind::Text, "不能为空"),
    needed("item_type", "事项类型", Kind::Word(TYPES), "填名称或代码"),
    optional(
        "organ",
        "主管条线",
        Kind::Text,
        "实施部门名称中的字样，如 教育；留空的不核对缺少的部门",
    ),
    optional(
        "levels",
        "行使层级",
        Kind::Words(LEVELS),
        "一个或几个，用顿号隔开",
    ),
    optional(
        "legal_term",
        "法定时限",
        Kind::Text,
        "写明单位，如 20个工作日；没有的留空",
    ),
    optional(
        "legal_bases",
        "设定依据",
        Kind::Text,
        "《法律名称》条款，几项的用分号隔开，如 《就业促进法》第三十五条；《社会保险法》",
    ),
    optional("note", "备注", Kind::Text, ""),
    optional("effective_from", "施行日期", Kind::Day, "如 2026-01-01"),
];

/// What is said of every list on the sheet that explains its columns.
pub(crate) const REMARKS: [&str; 4] = [
    "编码列是文本格式，请保持文本格式填写，否则表格软件会把长编码变成科学计数法，丢失后面的数字。",
    "请勿合并单元格，勿使用公式；从别处粘贴时选择“粘贴为数值”。",
    "表头可以用中文列名，也可以用系统列名；列的顺序不限，导入不认识的列不读取。",
    "导入前先试导入，按报告中的行号修改后再正式导入。",
];

#[cfg(test)]
mod tests {
    use tb_contract::item::{Audience, CaseKind, ExerciseLevel, ItemType};

    use super::{AUDIENCES, CASE_KINDS, LEVELS, STATUSES, TYPES};
    use crate::model::{ItemStatus, word};

    #[test]
    fn the_words_are_those_of_the_contract() {
        for (code, _) in TYPES {
            assert!(ItemType::from_code(code).is_some_and(|one| word(&one) == *code));
        }
        let known = |code: &str| serde_json::Value::from(code);
        for (code, _) in LEVELS {
            serde_json::from_value::<ExerciseLevel>(known(code)).unwrap();
        }
        for (code, _) in AUDIENCES {
            serde_json::from_value::<Audience>(known(code)).unwrap();
        }
        for (code, _) in CASE_KINDS {
            serde_json::from_value::<CaseKind>(known(code)).unwrap();
        }
        for (code, _) in STATUSES {
            assert_eq!(ItemStatus::from_word(code).as_str(), *code);
        }
    }
}
