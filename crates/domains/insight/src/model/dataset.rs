//! Open data: what there is, with every field, under names that stay.

use serde::Serialize;
use utoipa::ToSchema;

/// Sums below this are not told, since few cases of an item lead to persons.
pub(crate) const FEW: i64 = 3;
/// The licence of all data sets.
pub(crate) const LICENCE: &str = "CC-BY-4.0";

/// A field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct DataField {
    /// Name, the key in JSON and the head of the column in CSV.
    pub name: &'static str,
    /// What it holds, in Chinese.
    pub title: &'static str,
    /// What it holds, in English.
    pub title_en: &'static str,
}

const fn field(name: &'static str, title: &'static str, title_en: &'static str) -> DataField {
    DataField {
        name,
        title,
        title_en,
    }
}

/// A data set.
#[derive(Clone, Copy, Debug)]
pub(crate) struct DataSet {
    /// Part of the address; never changes.
    pub name: &'static str,
    pub title: &'static str,
    pub title_en: &'static str,
    pub about: &'static str,
    pub about_en: &'static str,
    /// How often it changes.
    pub renewed: &'static str,
    pub fields: &'static [DataField],
}

/// 政务服务事项目录
pub(crate) const ITEMS: &str = "items";
/// 办件统计月报
pub(crate) const MONTHS: &str = "case-statistics";
/// 行政许可公示
pub(crate) const PERMITS: &str = "permits";

/// 行政处罚公示
pub(crate) const PENALTIES: &str = "penalties";

/// All data sets.
pub(crate) const DATA_SETS: [DataSet; 4] = [
    DataSet {
        name: ITEMS,
        title: "政务服务事项目录",
        title_en: "Catalogue of service items",
        about: "在线发布的政务服务事项及其时限、网办深度。",
        about_en: "Published service items with their terms and online depth.",
        renewed: "realtime",
        fields: &[
            field("item_code", "实施编码", "Implementation code"),
            field("item_name", "事项名称", "Name of the item"),
            field("item_type", "事项类型代码", "Code of the item type"),
            field(
                "department_code",
                "实施机构统一社会信用代码",
                "Credit code of the office",
            ),
            field("department_name", "实施机构", "Office"),
            field("region", "行政区划代码", "Division code"),
            field("legal_term", "法定时限", "Legal term"),
            field("promised_term", "承诺时限", "Promised term"),
            field("online_depth", "网上办理深度", "Online depth"),
            field("sample", "是否样例数据", "Sample data"),
            field("updated_at", "数据更新时间", "Updated"),
        ],
    },
    DataSet {
        name: MONTHS,
        title: "办件统计月报",
        title_en: "Monthly case statistics",
        about: "按月、部门、事项汇总的收件、受理、办结数；不足 3 件的不公开具体数，留空。",
        about_en: "Cases in, accepted and ended by month, office and item; fewer than 3 are left blank.",
        renewed: "realtime",
        fields: &[
            field("month", "月份", "Month"),
            field(
                "department_code",
                "实施机构统一社会信用代码",
                "Credit code of the office",
            ),
            field("department_name", "实施机构", "Office"),
            field("item_code", "实施编码", "Implementation code"),
            field("item_name", "事项名称", "Name of the item"),
            field("region", "行政区划代码", "Division code"),
            field("submitted", "收件数", "Cases in"),
            field("accepted", "受理数", "Cases accepted"),
            field("ended", "办结数", "Cases ended"),
        ],
    },
    DataSet {
        name: PERMITS,
        title: "行政许可公示信息",
        title_en: "Published permits",
        about: "按国家“双公示”字段归集的行政许可决定；自然人姓名遮蔽，不含证件号码。",
        about_en: "Granted permits in the national field set; persons are masked, without id numbers.",
        renewed: "realtime",
        fields: &PERMIT_FIELDS,
    },
    DataSet {
        name: PENALTIES,
        title: "行政处罚公示信息",
        title_en: "Published penalties",
        about: "按国家“双公示”字段归集、在公示期内的行政处罚决定；自然人姓名遮蔽，不含证件号码；已撤回的只列文号、机关、日期和理由。",
        about_en: "Penalties on display, in the national field set; persons are masked, without id numbers; of those taken back number, office, day and reason only.",
        renewed: "realtime",
        fields: &PENALTY_FIELDS,
    },
];

/// The national fields of a permit.
pub(crate) const PERMIT_FIELDS: [DataField; 19] = [
    field("xzxdr_mc", "行政相对人名称", "Holder"),
    field("xzxdr_lb", "行政相对人类别", "Kind of holder"),
    field("xzxdr_tyshxydm", "统一社会信用代码", "Credit code"),
    field("xkjdws_mc", "行政许可决定文书名称", "Name of the decision"),
    field("xkjdws_wh", "行政许可决定文书号", "Number of the decision"),
    field("xk_lb", "许可类别", "Kind of permit"),
    field("xkzs_mc", "许可证书名称", "Name of the certificate"),
    field("xk_nr", "许可内容", "What is permitted"),
    field("xk_jdrq", "许可决定日期", "Day of the decision"),
    field("yxq_z", "有效期自", "Valid from"),
    field("yxq_zhi", "有效期至", "Valid to"),
    field("xk_jg", "许可机关", "Office"),
    field(
        "xk_jgdm",
        "许可机关统一社会信用代码",
        "Credit code of the office",
    ),
    field("dqzt", "当前状态", "State"),
    field("sjly", "数据来源单位", "Source"),
    field(
        "sjlydm",
        "数据来源单位统一社会信用代码",
        "Credit code of the source",
    ),
    field("xzqh", "行政区划代码", "Division code"),
    field("bz", "备注", "Remark"),
    field("gxsj", "数据更新时间", "Updated"),
];

/// The national fields of a penalty; sums in ten thousand yuan.
pub(crate) const PENALTY_FIELDS: [DataField; 24] = [
    field("xzxdr_mc", "行政相对人名称", "Party"),
    field("xzxdr_lb", "行政相对人类别", "Kind of party"),
    field("xzxdr_tyshxydm", "统一社会信用代码", "Credit code"),
    field("xzxdr_fddbr", "法定代表人", "Legal representative"),
    field("cf_wsh", "行政处罚决定书文号", "Number of the decision"),
    field("cf_wfxw", "违法行为类型", "Kind of offence"),
    field("cf_wfss", "违法事实", "Facts"),
    field("cf_yj", "处罚依据", "Basis"),
    field("cf_lb", "处罚类别", "Kinds of penalty"),
    field("cf_nr", "处罚内容", "Penalty"),
    field("cf_nr_fk", "罚款金额（万元）", "Fine (10,000 yuan)"),
    field(
        "cf_nr_wfff",
        "没收违法所得、没收非法财物的金额（万元）",
        "Forfeited (10,000 yuan)",
    ),
    field(
        "cf_nr_zkdx",
        "暂扣或吊销证照名称及编号",
        "Licences suspended or revoked",
    ),
    field("cf_jdrq", "处罚决定日期", "Day of the decision"),
    field("cf_yxq", "处罚有效期", "In force until"),
    field("cf_gsjzq", "公示截止期", "On display until"),
    field("cf_cfjg", "处罚机关", "Office"),
    field(
        "cf_cfjgdm",
        "处罚机关统一社会信用代码",
        "Credit code of the office",
    ),
    field("cf_sjly", "数据来源单位", "Source"),
    field(
        "cf_sjlydm",
        "数据来源单位统一社会信用代码",
        "Credit code of the source",
    ),
    field("xzqh", "行政区划代码", "Division code"),
    field("dqzt", "当前状态", "State"),
    field("bz", "备注", "Remark"),
    field("gxsj", "数据更新时间", "Updated"),
];

/// A data set by its name.
pub(crate) fn find(name: &str) -> Option<&'static DataSet> {
    DATA_SETS.iter().find(|set| set.name == name)
}

/// A number that may be told.
pub(crate) fn told(amount: i64) -> Option<i64> {
    (amount == 0 || amount >= FEW).then_some(amount)
}

/// A line of CSV. What begins like a formula is not to be calculated.
pub(crate) fn csv_line<'a>(fields: impl IntoIterator<Item = &'a str>) -> String {
    let quoted = fields.into_iter().map(|field| {
        let guard = if field.starts_with(['=', '+', '-', '@', '\t', '\r']) {
            "'"
        } else {
            ""
        };
        format!("\"{guard}{}\"", field.replace('"', "\"\""))
    });
    quoted.collect::<Vec<_>>().join(",") + "\r\n"
}

#[cfg(test)]
mod tests {
    use super::{DATA_SETS, csv_line, told};

    #[test]
    fn names_are_parts_of_an_address_and_fields_are_named_once() {
        for set in DATA_SETS {
            assert!(
                set.name
                    .bytes()
                    .all(|b| b.is_ascii_lowercase() || b == b'-'),
                "{}",
                set.name
            );
            let mut names: Vec<_> = set.fields.iter().map(|field| field.name).collect();
            names.sort_unstable();
            names.dedup();
            assert_eq!(names.len(), set.fields.len(), "{}", set.name);
        }
    }

    #[test]
    fn few_cases_are_not_told() {
        assert_eq!([0, 1, 2, 3].map(told), [Some(0), None, None, Some(3)]);
    }

    #[test]
    fn a_line_is_quoted_and_never_a_formula() {
        assert_eq!(
            csv_line(["a", "b\"c", "=1+1"]),
            "\"a\",\"b\"\"c\",\"'=1+1\"\r\n"
        );
    }
}
