//! The notice of payment.

use super::{day, keep, paper, says};
use crate::{ChargedLine, PaymentNotice, Template};

#[test]
fn a_notice_of_payment_says_what_for_how_much_and_by_when() {
    let notice = paper(Template::PaymentNotice(PaymentNotice {
        lines: vec![ChargedLine {
            name: "补领工本费".into(),
            basis: "某发改价〔2020〕1号；每张20元".into(),
            unit: "20.00".into(),
            quantity: "2".into(),
            sum: "40.00".into(),
        }],
        sum: "40.00".into(),
        sum_in_words: "肆拾元整".into(),
        code: "43010226021100000017".into(),
        platform: "模拟缴费平台".into(),
        pay_by: day(2026, 3, 2),
        reduction: vec!["低保对象免收".into()],
    }));
    says(
        &notice,
        &[
            "缴款通知书",
            "共计人民币肆拾元整（40.00元）",
            "补领工本费",
            "请于2026年3月2日前，凭缴款码43010226021100000017通过模拟缴费平台缴款",
            "减免规定：低保对象免收。",
            "不计入承诺办结时限",
        ],
    );
    keep("payment", &notice);
}
