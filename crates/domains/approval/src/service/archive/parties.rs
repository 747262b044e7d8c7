//! Who acted for the applicant, and who applied beside him, in words.

use chrono::NaiveDate;
use tb_contract::events::{CoApplicant, Proxy};

use super::pages::moment;

/// Who acts for the applicant, by what right and for how long, in words.
pub(super) fn acting(proxy: &Proxy) -> Vec<(String, String)> {
    let title = proxy.relation.title();
    let day = |day: NaiveDate| day.to_string();
    let by = match proxy.proof() {
        Some(_) => "随申请材料提交的证明文件",
        None => "网上授权",
    };
    [
        ("", proxy.name.clone()),
        ("证件号码", proxy.id_number.clone()),
        ("联系电话", proxy.phone.clone()),
        ("代理依据", by.to_owned()),
        (
            "代理期限",
            format!("{}至{}", day(proxy.from), day(proxy.until)),
        ),
        ("终止日期", proxy.ended_on.map(day).unwrap_or_default()),
    ]
    .map(|(what, text)| (format!("{title}{what}"), text))
    .into()
}

/// Who applied beside the applicant, and that he signed, in words.
pub(super) fn fellow(one: &CoApplicant) -> [(String, String); 5] {
    [
        ("", one.name.clone()),
        ("证件号码", one.id_number.clone()),
        ("联系电话", one.phone.clone()),
        (
            "签署",
            format!("{}，{}", one.signature, moment(one.signed_at)),
        ),
        ("签署内容摘要", one.digest.clone()),
    ]
    .map(|(what, text)| (format!("{}{what}", one.role), text))
}
