//! The papers of one answer to a joint matter.

use super::{day, keep, paper, says, working_days};
use crate::{
    ItemAcceptance, ItemBeside, ItemCorrection, JointAcceptance, JointCorrection, SharedPart,
    Template,
};

#[test]
fn one_notice_lists_what_every_item_wants() {
    let list = |item: &str, office: &str, parts: &[&str], lapses| ItemCorrection {
        item: item.into(),
        office: office.into(),
        number: "430102202611230000017".into(),
        reason: Some("营业执照：照片不清，请重新拍摄。".into()),
        parts: parts.iter().map(|&part| part.into()).collect(),
        deadline: Some(working_days(15, day(2026, 12, 14))),
        lapses,
    };
    let notice = paper(Template::JointCorrection(JointCorrection {
        words: Some("三个部门已完成审查。".into()),
        items: vec![
            list(
                "食品经营许可",
                "芙蓉区市场监督管理局",
                &["营业执照", "平面图"],
                false,
            ),
            list("消防安全检查", "芙蓉区消防救援大队", &["营业执照"], true),
        ],
        shared: vec![SharedPart {
            name: "营业执照".into(),
            items: vec!["食品经营许可".into(), "消防安全检查".into()],
        }],
    }));
    says(
        &notice,
        &[
            "一次性补正告知书",
            "三个部门已完成审查",
            "一、食品经营许可",
            "芙蓉区市场监督管理局（办件编号：430102202611230000017）要求补正",
            "平面图",
            "2026年12月14日前（含当日，补正期限为15个工作日）",
            "二、消防安全检查",
            "视为放弃本事项的申请",
            "三、补正办法",
            "“营业执照”为食品经营许可、消防安全检查共用，只需补正一次",
        ],
    );
    keep("joint-correction", &notice);
}

#[test]
fn one_notice_names_what_is_accepted_and_what_is_not() {
    let notice = paper(Template::JointAcceptance(JointAcceptance {
        accepted_on: day(2026, 11, 25),
        items: vec![ItemAcceptance {
            item: "食品经营许可".into(),
            office: "芙蓉区市场监督管理局".into(),
            number: "430102202611230000017".into(),
            promised: Some(working_days(5, day(2026, 12, 2))),
            legal: None,
        }],
        others: vec![ItemBeside {
            item: "户外招牌设施设置".into(),
            office: "芙蓉区城市管理局".into(),
            standing: "不予受理，理由见该部门的通知书".into(),
        }],
        overall: Some(day(2026, 12, 3)),
    }));
    says(
        &notice,
        &[
            "受理通知书",
            "各部门决定于2026年11月25日予以受理",
            "430102202611230000017",
            "2026年12月2日",
            "以下事项不在本次受理之列",
            "不予受理，理由见该部门的通知书",
            "承诺于2026年12月3日前全部办结",
        ],
    );
    keep("joint-acceptance", &notice);
}
