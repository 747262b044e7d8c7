//! The receipt of a delivery.

use super::{keep, paper, text};
use crate::{CollectorLines, DeliveryReceipt, Paper, Template};

fn says(paper: &Paper, phrases: &[&str]) {
    let text = text(paper);
    for phrase in phrases {
        assert!(text.contains(phrase), "{phrase} in {text}");
    }
}

#[test]
fn a_receipt_tells_who_took_what_and_shows_his_hand() {
    let receipt = |signature: Vec<Vec<(u16, u16)>>, remark: Option<&str>| {
        paper(Template::DeliveryReceipt(DeliveryReceipt {
            papers: vec![
                "准予行政许可决定书（芙人社许字〔2026〕第00001号）".into(),
                "《劳务派遣经营许可证》".into(),
            ],
            way: "窗口领取".into(),
            delivered_at: "2026年3月6日 10:20".into(),
            place: Some("芙蓉区政务服务中心（车站北路 459 号）".into()),
            collector: Some(CollectorLines {
                name: "李代领".into(),
                document: "居民身份证 430102199003072338".into(),
                relation: "受委托人（授权委托书）".into(),
            }),
            parcel: None,
            remark: remark.map(str::to_owned),
            signature,
            clerk: Some("钱示例".into()),
        }))
    };
    let signed = receipt(
        vec![vec![(10, 20), (300, 150), (590, 30)], vec![(40, 40)]],
        None,
    );
    says(
        &signed,
        &[
            "送达回证",
            "劳务派遣经营许可证",
            signed.case.number.as_str(),
            "窗口领取",
            "2026年3月6日10:20",
            "李代领",
            "430102199003072338",
            "受委托人（授权委托书）",
            "签收人签名",
            "送达人钱示例",
        ],
    );
    keep("delivery", &signed);
    let confirmed = receipt(
        Vec::new(),
        Some("签收人未手写签名，由经办人核对证件后当面确认。"),
    );
    says(&confirmed, &["备注", "当面确认"]);
    assert!(!text(&confirmed).contains("签收人签名"));
}
