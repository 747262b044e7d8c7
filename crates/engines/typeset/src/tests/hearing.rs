//! The papers of a hearing.

use super::{day, keep, paper, says};
use crate::{HearingNotice, HearingRight, Template};

#[test]
fn a_hearing_is_offered_and_then_called() {
    let persons = vec!["李示例".to_owned(), "王示例".to_owned()];
    let right = paper(Template::HearingRight(HearingRight {
        basis: Some("《中华人民共和国行政许可法》第四十七条".into()),
        persons: persons.clone(),
        reason: "申请人的排烟口正对邻居的窗户。".into(),
        ask_by: day(2026, 3, 9),
    }));
    says(
        &right,
        &[
            "听证告知书",
            "排烟口正对邻居的窗户",
            "李示例、王示例",
            "2026年3月9日前",
            "二十个工作日内组织听证",
        ],
    );
    keep("hearing-right", &right);
    let notice = paper(Template::HearingNotice(HearingNotice {
        basis: None,
        persons,
        asked_by: "利害关系人李示例".into(),
        at: "2026年3月20日 9:30".into(),
        place: "芙蓉区政务服务中心三楼会议室".into(),
        presider: "郑示例".into(),
        remark: String::new(),
    }));
    says(
        &notice,
        &[
            "听证通知书",
            "利害关系人李示例要求听证",
            "2026年3月20日9:30",
            "郑示例",
            "申请回避",
        ],
    );
    keep("hearing-notice", &notice);
}
