//! Numbers of papers: 芙人社受字〔2026〕第00001号: the office in short, the kind, the year, a serial.

use super::state::PaperKind;

/// Usual short forms of offices; the longest name that fits wins.
const OFFICES: [(&str, &str); 30] = [
    ("人力资源和社会保障", "人社"),
    ("市场监督管理", "市监"),
    ("卫生健康", "卫健"),
    ("交通运输", "交"),
    ("农业农村", "农"),
    ("民政", "民"),
    ("公安", "公"),
    ("教育", "教"),
    ("税务", "税"),
    ("自然资源和规划", "资规"),
    ("自然资源", "资"),
    ("住房和城乡建设", "住建"),
    ("住房公积金", "公积金"),
    ("医疗保障", "医保"),
    ("行政审批服务", "审批"),
    ("退役军人事务", "退役"),
    ("文化旅游", "文旅"),
    ("文化和旅游", "文旅"),
    ("城市管理", "城管"),
    ("应急管理", "应急"),
    ("生态环境", "环"),
    ("水利", "水"),
    ("林业", "林"),
    ("财政", "财"),
    ("司法", "司"),
    ("发展和改革", "发改"),
    ("工业和信息化", "工信"),
    ("商务", "商"),
    ("残疾人联合会", "残联"),
    ("消防救援", "消"),
];

/// The office in short, from its full name: 芙蓉区人力资源和社会保障局 → 芙人社. A county keeps its
/// 县, so that 长沙县 and 长沙市 differ.
pub(crate) fn office_short(name: &str) -> String {
    let (place, office) = split_place(name);
    let known = OFFICES
        .iter()
        .filter(|(full, _)| office.contains(full))
        .max_by_key(|(full, _)| full.len());
    let office: String = match known {
        Some((_, short)) => (*short).to_owned(),
        None => office
            .trim_end_matches(['局', '委', '办', '会'])
            .chars()
            .take(4)
            .collect(),
    };
    format!("{place}{office}")
}

/// The innermost division that begins the name, in short, and the rest.
fn split_place(name: &str) -> (String, &str) {
    let mut place = String::new();
    let mut rest = name;
    // A division's name has at least two characters before its class: 湘西自治州 aside, that holds.
    while let Some((end, class)) = rest
        .char_indices()
        .skip(1)
        .take(6)
        .find(|(_, c)| matches!(c, '省' | '市' | '区' | '县'))
    {
        // 市场监督… and 城市管理… are offices and no cities.
        let is_market = rest.get(end..).is_some_and(|tail| tail.starts_with("市场"));
        if is_market || rest.starts_with("城市") {
            break;
        }
        place = rest.chars().take(1).collect();
        if class == '县' {
            place.push('县');
        }
        rest = rest.get(end + class.len_utf8()..).unwrap_or_default();
    }
    (place, rest)
}

/// The word of a kind inside a number.
fn word(kind: PaperKind) -> &'static str {
    match kind {
        PaperKind::MaterialReceipt => "收",
        PaperKind::CorrectionNotice => "补",
        PaperKind::AcceptanceReceipt => "受",
        PaperKind::Refusal => "退",
        PaperKind::Decision => "决",
        PaperKind::SpecialProcedureNotice => "特",
        PaperKind::ExtensionNotice => "延",
        PaperKind::SuspensionNotice => "中",
        PaperKind::TerminationNotice => "终",
        PaperKind::DeferralPromise => "容",
        PaperKind::CommitmentLetter => "诺",
        PaperKind::RevocationNotice => "拟撤",
        PaperKind::RevocationDecision => "撤",
        PaperKind::HearingRight => "听告",
        PaperKind::HearingNotice => "听通",
        PaperKind::DeliveryReceipt => "送",
        PaperKind::PaymentNotice => "缴",
    }
}

/// The number of a paper.
pub(crate) fn number(office: &str, kind: PaperKind, year: i32, serial: i64) -> String {
    format!("{office}{}字〔{year}〕第{serial:05}号", word(kind))
}

#[cfg(test)]
mod tests {
    use super::{number, office_short};
    use crate::model::state::PaperKind;

    #[test]
    fn offices_are_shortened_as_papers_do() {
        for (name, short) in [
            ("芙蓉区人力资源和社会保障局", "芙人社"),
            ("长沙市芙蓉区人力资源和社会保障局", "芙人社"),
            ("芙蓉区市场监督管理局", "芙市监"),
            ("长沙市市场监督管理局", "长市监"),
            ("长沙市卫生健康委员会", "长卫健"),
            ("长沙县民政局", "长县民"),
            ("芙蓉区城市管理和综合执法局", "芙城管"),
            ("长沙市城市管理和综合执法局", "长城管"),
            ("长沙市档案馆", "长档案馆"),
        ] {
            assert_eq!(office_short(name), short, "{name}");
        }
    }

    #[test]
    fn a_number_has_office_kind_year_and_serial() {
        assert_eq!(
            number("芙人社", PaperKind::AcceptanceReceipt, 2026, 1),
            "芙人社受字〔2026〕第00001号"
        );
    }
}
