//! Penalties as a list: its columns in the national names, and its rows as fields.

use tb_sheet::{Cells, Column, Kind};

use super::PenaltyFields;

/// Name of the sheet.
pub(crate) const TITLE: &str = "行政处罚信息";
/// What stands below the explanation of the columns.
pub(crate) const REMARKS: [&str; 2] = [
    "每份决定书填一行，表头不要改动；金额单位为元。自然人只填姓名，不填任何证件号码。",
    "导入前先核对；有一行不合要求，就一行也不导入。导入后由另一人审核，才向社会公示。",
];

const PARTIES: &[(&str, &str)] = &[("organisation", "法人及非法人组织"), ("person", "自然人")];

const fn column(
    name: &'static str,
    title: &'static str,
    kind: Kind<'static>,
    required: bool,
    about: &'static str,
) -> Column<'static> {
    Column {
        name,
        title,
        kind,
        required,
        about,
    }
}

/// The columns.
pub(crate) const COLUMNS: [Column<'static>; 16] = [
    column(
        "party",
        "行政相对人名称",
        Kind::Text,
        true,
        "全称；自然人公示时自动遮蔽",
    ),
    column(
        "party_kind",
        "行政相对人类别",
        Kind::Word(PARTIES),
        true,
        "填其中一项",
    ),
    column(
        "party_code",
        "统一社会信用代码",
        Kind::Code,
        false,
        "18 位；自然人不填",
    ),
    column(
        "legal_person",
        "法定代表人",
        Kind::Text,
        false,
        "自然人不填",
    ),
    column(
        "document_number",
        "行政处罚决定书文号",
        Kind::Text,
        true,
        "同一机关不能重复",
    ),
    column("offence", "违法行为类型", Kind::Text, true, ""),
    column(
        "facts",
        "违法事实",
        Kind::Text,
        true,
        "不写自然人姓名和号码",
    ),
    column("basis", "处罚依据", Kind::Text, true, ""),
    column(
        "kinds",
        "处罚类别",
        Kind::Text,
        true,
        "多项用顿号分开，如“罚款、没收违法所得”",
    ),
    column("content", "处罚内容", Kind::Text, true, ""),
    column(
        "fine",
        "罚款金额（元）",
        Kind::Code,
        false,
        "处罚类别含罚款时必填",
    ),
    column(
        "confiscated",
        "没收金额（元）",
        Kind::Code,
        false,
        "没收违法所得、非法财物的金额",
    ),
    column(
        "licences",
        "暂扣或吊销证照名称及编号",
        Kind::Text,
        false,
        "",
    ),
    column(
        "decided_on",
        "处罚决定日期",
        Kind::Day,
        true,
        "如 2026-11-23",
    ),
    column("valid_to", "处罚有效期", Kind::Day, false, "没有的不填"),
    column(
        "shown_until",
        "公示截止期",
        Kind::Day,
        true,
        "决定日期后三个月至三年",
    ),
];

/// A row as fields.
pub(crate) fn fields(cells: &Cells) -> PenaltyFields {
    let cell = |name: &str| cells.get(name).to_owned();
    let kind = cell("party_kind");
    let named = PARTIES.iter().find(|(_, title)| *title == kind);
    PenaltyFields {
        party: cell("party"),
        party_kind: named.map_or(kind.clone(), |(word, _)| (*word).to_owned()),
        party_code: cell("party_code"),
        legal_person: cell("legal_person"),
        document_number: cell("document_number"),
        offence: cell("offence"),
        facts: cell("facts"),
        basis: cell("basis"),
        kinds: cell("kinds"),
        content: cell("content"),
        fine: cell("fine"),
        confiscated: cell("confiscated"),
        licences: cell("licences"),
        decided_on: cell("decided_on"),
        valid_to: cell("valid_to"),
        shown_until: cell("shown_until"),
    }
}

/// What people call a field.
pub(crate) fn title(name: &str) -> &'static str {
    let column = COLUMNS.iter().find(|column| column.name == name);
    column.map_or("", |column| column.title)
}
