//! What happened and where a case stands, as a package says it in Chinese.

use chrono::NaiveDate;

use crate::model::event::EventKind;
use crate::model::hearing::{HearingSaid, Retreat, in_words};
use crate::model::opinion::Stance;
use crate::model::state::State;

/// Every event, in words.
const EVENTS: [(EventKind, &str); 89] = [
    (EventKind::Submitted, "提交申请"),
    (EventKind::PreReviewReturned, "预审退回"),
    (EventKind::PreReviewPassed, "预审通过"),
    (EventKind::OriginalsVerified, "核验原件"),
    (EventKind::Returned, "退件"),
    (EventKind::Reminded, "提醒申请人"),
    (EventKind::CorrectionLapsed, "逾期未补正"),
    (EventKind::Resubmitted, "重新提交"),
    (EventKind::Received, "收件"),
    (EventKind::CorrectionRequested, "一次性补正告知"),
    (EventKind::Corrected, "补正"),
    (EventKind::Accepted, "受理"),
    (EventKind::DeemedAccepted, "视为受理"),
    (EventKind::Begun, "开始审查"),
    (EventKind::NotAccepted, "不受理"),
    (EventKind::Refused, "不予受理"),
    (EventKind::DeferredUrged, "催交容缺材料"),
    (EventKind::DeferredSupplied, "补交容缺材料"),
    (EventKind::ReturnedUnsupplied, "逾期未补交退件"),
    (EventKind::StepCompleted, "环节办结"),
    (EventKind::StepReturned, "环节退回"),
    (EventKind::SpecialProcedureStarted, "特别程序开始"),
    (EventKind::SpecialProcedureEnded, "特别程序结束"),
    (EventKind::Suspended, "中止"),
    (EventKind::Resumed, "恢复办理"),
    (EventKind::Extended, "延期"),
    (EventKind::Terminated, "终止"),
    (EventKind::ReportedUp, "转报"),
    (EventKind::Transferred, "移送"),
    (EventKind::CommitmentChecked, "承诺核查通过"),
    (EventKind::RectificationOrdered, "责令整改"),
    (EventKind::RevocationProposed, "拟撤销决定"),
    (EventKind::StatementMade, "陈述申辩"),
    (EventKind::DecisionRevoked, "撤销决定"),
    (EventKind::DecisionKept, "维持决定"),
    (EventKind::Urged, "催办"),
    (EventKind::Supervised, "督办"),
    (EventKind::SupervisionReplied, "督办回复"),
    (EventKind::OpinionAsked, "征求其他部门意见"),
    (EventKind::OpinionGiven, "收到部门意见"),
    (EventKind::OpinionDeclined, "部门退回征求意见"),
    (EventKind::OpinionWithdrawn, "撤回征求意见"),
    (EventKind::FeeNoticed, "发出缴款通知"),
    (EventKind::FeeBilled, "开出减征后的缴款码"),
    (EventKind::FeePaid, "缴款到账"),
    (EventKind::FeeReductionAsked, "申请人申请减免"),
    (EventKind::FeeRefundAsked, "申请人申请退款"),
    (EventKind::FeeProposed, "提出费用办理意见"),
    (EventKind::FeeReduced, "批准减征"),
    (EventKind::FeeExempted, "批准免征"),
    (EventKind::FeeRequestRefused, "费用申请不予批准"),
    (EventKind::FeeReminded, "提醒缴费"),
    (EventKind::FeeLapsed, "逾期未缴费"),
    (EventKind::FeeCancelled, "缴款通知作废"),
    (EventKind::FeeRefundApproved, "批准退款"),
    (EventKind::FeeRefunded, "款项已退回"),
    (EventKind::FeeRefundFailed, "缴费平台未退款"),
    (EventKind::MessageReceived, "申请人来信"),
    (EventKind::MessageSent, "部门回信"),
    (EventKind::ProxyEnded, "委托终止"),
    (EventKind::HearingRightTold, "告知听证权利"),
    (EventKind::HearingAsked, "申请听证"),
    (EventKind::HearingWaived, "放弃听证"),
    (EventKind::HearingCalled, "通知听证"),
    (EventKind::HearingHeld, "举行听证"),
    (EventKind::HandledExternally, "外部系统办理"),
    (EventKind::JointAnswered, "向牵头部门提出受理意见"),
    (EventKind::JointReturned, "牵头部门逾期，由本部门答复"),
    (EventKind::RelaySent, "窗口与部门交接"),
    (EventKind::RelayArrived, "收到交接材料"),
    (EventKind::RelayReturned, "交接退回"),
    (EventKind::ResultShelved, "结果到达窗口"),
    (EventKind::HandedOver, "移交经办人"),
    (EventKind::VoidProposed, "申请作废"),
    (EventKind::Voided, "作废"),
    (EventKind::VoidRejected, "驳回作废"),
    (EventKind::Decided, "作出决定"),
    (EventKind::Closed, "办结"),
    (EventKind::DeliveryChosen, "选择送达方式"),
    (EventKind::Dispatched, "寄出"),
    (EventKind::ParcelReturned, "邮件退回"),
    (EventKind::DeliveryChangeLate, "改选送达方式未及"),
    (EventKind::Delivered, "送达"),
    (EventKind::ReceiptConfirmed, "确认收到"),
    (EventKind::ResultAttached, "上传办理结果"),
    (EventKind::WithdrawalAsked, "申请撤回"),
    (EventKind::Withdrawn, "撤回"),
    (EventKind::WithdrawalRejected, "不同意撤回"),
    (EventKind::Rated, "评价"),
];

/// An event in words.
pub(super) fn event(kind: EventKind) -> &'static str {
    let found = EVENTS.iter().find(|(one, _)| *one == kind);
    found.map_or("", |(_, words)| *words)
}

/// A state in words.
pub(super) const fn state(state: State) -> &'static str {
    match state {
        State::Draft => "草稿",
        State::Submitted => "已提交",
        State::PreReviewReturned => "预审退回",
        State::AwaitingOriginals => "待核验原件",
        State::Received => "已收件",
        State::Correcting => "补正中",
        State::Accepted => "已受理",
        State::Examining => "审查中",
        State::SpecialProcedure => "特别程序",
        State::Suspended => "中止",
        State::Decided => "已决定",
        State::Closed => "已办结",
        State::Delivered => "已送达",
        State::NotAccepted => "不受理",
        State::Refused => "不予受理",
        State::Returned => "退件",
        State::Withdrawn => "已撤回",
        State::Terminated => "终止",
        State::Transferred => "已移送",
        State::ReportedUp => "已转报",
        State::Voided => "作废",
    }
}

/// What another department thinks, in words.
pub(super) const fn stance(stance: Stance) -> &'static str {
    match stance {
        Stance::Agree => "同意",
        Stance::Conditions => "有条件同意",
        Stance::Object => "不同意",
        Stance::NoComment => "无意见",
    }
}

/// A step of a hearing in words: who was told, the day that was entered beside the moment of its entry, the
/// last day that it sets, and the sitting. Who asks is named by his place in the list.
pub(super) fn hearing(said: &HearingSaid, until: Option<NaiveDate>) -> String {
    let mut lines: Vec<String> = Vec::new();
    let numbered = said.persons.iter().enumerate();
    lines.extend(numbered.map(|(at, one)| {
        let interest = Some(format!("，{}", one.interest)).filter(|_| !one.interest.is_empty());
        let interest = interest.unwrap_or_default();
        format!(
            "利害关系人{}：{}，{}{interest}",
            at + 1,
            one.name,
            one.contact
        )
    }));
    let who = said
        .person
        .map_or("申请人".to_owned(), |at| format!("利害关系人{}", at + 1));
    match (said.retreat, said.day, &said.session) {
        (Some(Retreat::All), ..) => lines.push("全部放弃".to_owned()),
        (Some(Retreat::Asker), ..) => lines.push(format!("{who}撤回听证申请")),
        (None, Some(day), _) if said.persons.is_empty() => {
            lines.push(format!("{who}于{day}提出"));
        }
        (None, Some(day), _) => lines.push(format!("告知日期：{day}")),
        (None, None, Some(session)) => lines.push(format!(
            "听证时间：{}。地点：{}。主持人：{}。",
            in_words(session.at),
            session.place,
            session.presider.name
        )),
        (None, None, None) => {}
    }
    lines.extend(until.map(|day| format!("截止日期：{day}")));
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::{event, hearing};
    use crate::model::event::EventKind;
    use crate::model::hearing::{HearingSaid, Interested, Retreat};
    use crate::model::words::Word;

    #[test]
    fn a_hearing_is_told_with_the_days_that_were_entered() {
        let day = "2026-12-01".parse().ok();
        let told = HearingSaid {
            persons: vec![Interested {
                name: "李示例".to_owned(),
                contact: "1".to_owned(),
                interest: "相邻".to_owned(),
            }],
            day,
            ..HearingSaid::default()
        };
        assert_eq!(
            hearing(&told, "2026-12-08".parse().ok()),
            "利害关系人1：李示例，1，相邻\n告知日期：2026-12-01\n截止日期：2026-12-08"
        );
        let asked = HearingSaid {
            person: Some(0),
            day,
            ..HearingSaid::default()
        };
        assert_eq!(hearing(&asked, None), "利害关系人1于2026-12-01提出");
        let back = HearingSaid {
            retreat: Some(Retreat::Asker),
            ..HearingSaid::default()
        };
        assert_eq!(hearing(&back, None), "申请人撤回听证申请");
        assert_eq!(hearing(&HearingSaid::default(), None), "");
    }

    #[test]
    fn every_event_has_words() {
        let mute: Vec<_> = EventKind::ALL
            .iter()
            .filter(|kind| event(**kind).is_empty())
            .collect();
        assert_eq!(mute, Vec::<&EventKind>::new());
    }
}
