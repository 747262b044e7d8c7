//! Each kind of paper says what it has to say.

use super::{day, keep, pages, paper, remedy, says, says_nothing_of, working_days};
use crate::{
    AcceptanceNotice, AddresseeKind, CommitmentLetter, CorrectionNotice, Decision, Defect,
    DeferralPromise, DeferredMaterial, ExtensionNotice, MaterialForm, MaterialReceipt, Matter,
    Paper, ReceivedMaterial, RefusalKind, RefusalNotice, Remedy, RevocationDecision,
    RevocationNotice, Ruling, SpecialProcedureNotice, SuspensionNotice, Template, Term, TermUnit,
    TerminationNotice, Validity,
};

fn material(name: &str, form: MaterialForm, note: &str) -> ReceivedMaterial {
    ReceivedMaterial {
        name: name.into(),
        form,
        copies: 1,
        note: note.into(),
    }
}

fn defect(name: &str, demand: Option<&str>) -> Defect {
    Defect {
        name: name.into(),
        demand: demand.map(str::to_owned),
    }
}

#[test]
fn a_receipt_lists_the_materials_and_is_no_acceptance() {
    let receipt = paper(Template::MaterialReceipt(MaterialReceipt {
        materials: vec![
            material("居民身份证或者社会保障卡", MaterialForm::Copy, "原件已核对"),
            material("失业登记表", MaterialForm::Original, ""),
            material("解除（终止）劳动合同证明", MaterialForm::Electronic, ""),
        ],
        received_by: Some("李明".into()),
        reply_by: Some(day(2026, 2, 24)),
    }));
    says(
        &receipt,
        &[
            "申请材料接收凭证",
            "编号：芙人社告〔2026〕第15号",
            "张三：",
            "2026年2月10日",
            "共3项",
            "居民身份证或者社会保障卡",
            "纸质复印件",
            "原件已核对",
            "电子件",
            "不表示申请已经受理",
            "（最迟2026年2月24日）",
            "收件人：李明",
            "2026年2月11日",
            "样本",
            "样章",
            "430102202602100000017",
        ],
    );
    keep("receipt", &receipt);
}

fn correction(fields: Vec<Defect>, materials: Vec<Defect>, lapses: bool) -> Paper {
    paper(Template::CorrectionNotice(CorrectionNotice {
        basis: Some("《中华人民共和国行政许可法》第三十二条第一款第四项".into()),
        reason: None,
        fields,
        materials,
        deadline: Some(working_days(5, day(2026, 2, 25))),
        lapses,
    }))
}

#[test]
fn a_correction_notice_lists_everything_once() {
    let notice = correction(
        vec![
            defect("联系电话", Some("号码少一位，请填写11位手机号码")),
            defect("常住地址", None),
        ],
        vec![defect(
            "解除（终止）劳动合同证明",
            Some("缺少用人单位盖章，请补交加盖公章的原件"),
        )],
        true,
    );
    says(
        &notice,
        &[
            "一次性补正告知书",
            "你于2026年2月10日提出的“失业登记”申请",
            "根据《中华人民共和国行政许可法》第三十二条第一款第四项，",
            "一、需要更正的填报内容",
            "号码少一位",
            "请重新填写",
            "二、需要补正的申请材料",
            "加盖公章的原件",
            "三、补正期限和办法",
            "请于2026年2月25日前（含当日，补正期限为5个工作日）完成补正",
            "视为放弃本次申请",
            "登录通办网上大厅查询",
            "电话0731-12333咨询",
        ],
    );
    keep("correction", &notice);
}

#[test]
fn a_correction_of_materials_only_has_two_sections_and_no_threat() {
    let notice = correction(Vec::new(), vec![defect("毕业证书", None)], false);
    says(
        &notice,
        &["一、需要补正的申请材料", "请重新提交", "二、补正期限和办法"],
    );
    says_nothing_of(&notice, &["填报内容", "三、", "视为放弃"]);
}

#[test]
fn a_long_list_repeats_its_head_on_every_page() {
    let many = (1..=40).map(|number| {
        defect(
            &format!("材料之{number}"),
            Some("请补交原件，并在每页加盖骑缝章"),
        )
    });
    let notice = correction(Vec::new(), many.collect(), true);
    let pages = pages(&notice);
    assert!(pages.len() >= 3, "{} pages", pages.len());
    for (number, page) in pages.iter().enumerate() {
        assert!(
            page.contains(&format!("—{}—", number + 1)),
            "page number on {page}"
        );
        if page.contains("材料之") {
            assert!(page.contains("序号材料名称补正要求"), "head on {page}");
        }
    }
    keep("long", &notice);
}

fn acceptance() -> AcceptanceNotice {
    AcceptanceNotice {
        basis: Some("《中华人民共和国行政许可法》第三十二条第一款第五项".into()),
        accepted_on: day(2026, 2, 11),
        promised: Some(working_days(5, day(2026, 2, 25))),
        legal: Some(working_days(20, day(2026, 3, 17))),
    }
}

#[test]
fn an_acceptance_names_both_due_dates_and_the_enquiry() {
    let notice = paper(Template::AcceptanceNotice(acceptance()));
    says(
        &notice,
        &[
            "受理通知书",
            "决定予以受理",
            "承诺办结日期2026年2月25日（5个工作日）",
            "法定办结日期2026年3月17日（20个工作日）",
            "受理日期2026年2月11日",
            "所需时间不计算在以上期限内",
            "凭办件编号和查询密码",
        ],
    );
    keep("acceptance", &notice);
}

#[test]
fn a_date_beyond_the_calendar_is_called_provisional() {
    let mut notice = acceptance();
    notice.legal.as_mut().unwrap().provisional = true;
    says(
        &paper(Template::AcceptanceNotice(notice)),
        &["（20个工作日，日期为暂定）"],
    );
}

#[test]
fn an_organisation_is_addressed_as_one() {
    let mut notice = paper(Template::AcceptanceNotice(acceptance()));
    notice.addressee.kind = AddresseeKind::Organisation;
    notice.addressee.name = "长沙某某食品有限公司".into();
    says(
        &notice,
        &["长沙某某食品有限公司：", "你单位于2026年2月10日提出"],
    );
}

#[test]
fn whoever_acts_for_the_addressee_is_named_beside_him() {
    let mut notice = paper(Template::AcceptanceNotice(acceptance()));
    notice.addressee.proxy = Some("委托代理人：李某某".into());
    says(&notice, &["（委托代理人：李某某）："]);
    keep("acceptance-proxy", &notice);
}

#[test]
fn only_a_sample_has_watermark_and_ring() {
    let mut notice = paper(Template::AcceptanceNotice(acceptance()));
    notice.sample = false;
    says_nothing_of(&notice, &["样本", "样章"]);
    keep("acceptance-real", &notice);
}

fn refusal(kind: RefusalKind) -> Paper {
    paper(Template::RefusalNotice(RefusalNotice {
        kind,
        basis: Some("《中华人民共和国行政许可法》第三十二条第一款第二项".into()),
        reason:
            "你的户籍地和常住地均在长沙市天心区。\n失业登记由常住地的人力资源和社会保障部门办理。"
                .into(),
        remedy: remedy(),
    }))
}

#[test]
fn a_refusal_names_reason_right_organ_and_remedy() {
    let refused = refusal(RefusalKind::Refused {
        right_organ: Some("长沙市天心区人力资源和社会保障局".into()),
    });
    says(
        &refused,
        &[
            "不予受理通知书",
            "不属于本机关职权范围",
            "均在长沙市天心区",
            "该事项由长沙市天心区人力资源和社会保障局负责",
            "六十日内依法向长沙市芙蓉区人民政府申请行政复议",
            "六个月内依法向长沙铁路运输法院提起行政诉讼",
        ],
    );
    keep("refusal", &refused);
    let not_accepted = refusal(RefusalKind::NotAccepted);
    says(
        &not_accepted,
        &[
            "不受理通知书",
            "依法不需要取得行政许可",
            "本机关决定不受理。",
        ],
    );
    says_nothing_of(&not_accepted, &["不予受理", "该事项由"]);
    keep("not-accepted", &not_accepted);
}

fn decision(matter: Matter, ruling: Ruling) -> Paper {
    paper(Template::Decision(Decision {
        matter,
        accepted_on: day(2026, 2, 11),
        basis: Some("《中华人民共和国行政许可法》第三十八条".into()),
        ruling,
    }))
}

#[test]
fn a_grant_names_the_result_and_its_validity() {
    let granted = decision(
        Matter::Permit,
        Ruling::Granted {
            result: Some("食品经营许可证".into()),
            validity: Some(Validity {
                from: day(2026, 3, 2),
                until: Some(day(2031, 3, 1)),
            }),
            delivery: Some("许可证将自决定之日起十个工作日内邮寄送达".into()),
        },
    );
    says(
        &granted,
        &[
            "准予行政许可决定书",
            "符合法定条件、标准",
            "本机关决定准予行政许可。",
            "本机关依法向你颁发《食品经营许可证》，有效期自",
            "有效期自2026年3月2日起至2031年3月1日止。",
            "邮寄送达。",
        ],
    );
    says_nothing_of(&granted, &["不符合", "行政复议"]);
    keep("granted", &granted);
    let service = decision(
        Matter::Service,
        Ruling::Granted {
            result: None,
            validity: None,
            delivery: None,
        },
    );
    says(&service, &["准予办理决定书", "本机关决定准予办理。"]);
    keep("granted-service", &service);
}

#[test]
fn a_denial_has_reasons_and_remedy() {
    let denied = decision(
        Matter::Permit,
        Ruling::Denied {
            reason: "经营场所与居民楼烟道相连，不符合食品经营许可的条件。".into(),
            remedy: remedy(),
        },
    );
    says(
        &denied,
        &[
            "不予行政许可决定书",
            "理由如下：",
            "与居民楼烟道相连",
            "本机关决定不予行政许可。",
            "如对本决定书不服",
            "申请行政复议",
        ],
    );
    keep("denied", &denied);
}

#[test]
fn a_special_procedure_is_told_with_its_plan() {
    let notice = paper(Template::SpecialProcedureNotice(SpecialProcedureNotice {
        kind: "专家评审".into(),
        name: "动物防疫条件专家评审".into(),
        basis: Some("《中华人民共和国行政许可法》第四十五条".into()),
        reason: "养殖规模较大，需要专家现场评审选址和布局。".into(),
        begins_on: day(2026, 3, 2),
        planned_end: day(2026, 3, 6),
    }));
    says(
        &notice,
        &[
            "特别程序告知书",
            "根据《中华人民共和国行政许可法》第四十五条，本机关需要进行专家评审",
            "特别程序动物防疫条件专家评审",
            "起始日期2026年3月2日",
            "计划结束日期2026年3月6日",
            "需要专家现场评审选址和布局",
            "所需时间不计算在办理期限内",
        ],
    );
    keep("special-procedure", &notice);
}

#[test]
fn an_extension_names_length_and_new_dates() {
    let notice = paper(Template::ExtensionNotice(ExtensionNotice {
        basis: Some("《中华人民共和国行政许可法》第四十二条".into()),
        reason: "案情复杂，需要向外省核实从业经历。".into(),
        by: Term {
            days: 10,
            unit: TermUnit::WorkingDays,
        },
        legal: Some(working_days(20, day(2026, 3, 30))),
        promised: None,
    }));
    says(
        &notice,
        &[
            "延期告知书",
            "需要向外省核实从业经历",
            "经本机关负责人批准，办理期限延长10个工作日",
            "法定办结日期2026年3月30日",
        ],
    );
    says_nothing_of(&notice, &["承诺办结日期", "20个工作日"]);
    keep("extension", &notice);
}

#[test]
fn a_promise_names_materials_and_days() {
    let promise = paper(Template::DeferralPromise(DeferralPromise {
        accepted_on: day(2026, 3, 2),
        materials: vec![
            DeferredMaterial {
                name: "健康体检证明".into(),
                by: day(2026, 3, 16),
            },
            DeferredMaterial {
                name: "拟聘驾驶员的机动车驾驶证和从业资格证".into(),
                by: day(2026, 3, 9),
            },
        ],
    }));
    says(
        &promise,
        &[
            "容缺受理告知承诺书",
            "本机关已于2026年3月2日先予受理",
            "2026年3月16日前健康体检证明",
            "2026年3月9日前拟聘驾驶员的机动车驾驶证和从业资格证",
            "本机关不作出准予的决定",
        ],
    );
    keep("deferral", &promise);
}

#[test]
fn a_letter_tells_what_was_told_and_promised_and_who_signed() {
    let letter = paper(Template::CommitmentLetter(CommitmentLetter {
        whole: false,
        materials: vec!["检测报告".into()],
        told: "一、条件。\n二、后果。".into(),
        promised: "所述属实。".into(),
        signer: "张示例".into(),
        signed_at: "2026年3月2日 10:00".into(),
    }));
    says(
        &letter,
        &[
            "告知承诺书",
            "以书面承诺代替",
            "检测报告",
            "二、后果。",
            "所述属实。",
            "张示例",
            "2026年3月2日10:00",
        ],
    );
    keep("commitment", &letter);
}

#[test]
fn a_revocation_is_told_first_and_names_bar_and_remedy() {
    let notice = paper(Template::RevocationNotice(RevocationNotice {
        decided_on: day(2026, 3, 2),
        reason: "没有消毒设施。".into(),
        basis: "《公共场所卫生管理条例》".into(),
        answer_until: day(2026, 4, 2),
    }));
    says(
        &notice,
        &[
            "拟撤销决定告知书",
            "没有消毒设施",
            "2026年4月2日前",
            "陈述和申辩",
        ],
    );
    keep("revocation-notice", &notice);
    let decision = paper(Template::RevocationDecision(RevocationDecision {
        decided_on: day(2026, 3, 2),
        reason: "没有消毒设施。".into(),
        barred_until: day(2027, 4, 2),
        remedy: Remedy {
            reconsideration_organ: "芙蓉区人民政府".into(),
            court: "有管辖权的人民法院".into(),
        },
    }));
    says(&decision, &["撤销决定书", "2027年4月2日", "芙蓉区人民政府"]);
    keep("revocation", &decision);
}

#[test]
fn a_suspension_names_ground_and_provision() {
    let notice = paper(Template::SuspensionNotice(SuspensionNotice {
        ground: "等待人民法院的裁判".into(),
        basis: "《市场主体登记管理条例》第三十条".into(),
        reason: "股权正在诉讼中。".into(),
        since: day(2026, 3, 2),
    }));
    says(
        &notice,
        &[
            "中止通知书",
            "因等待人民法院的裁判，需要中止办理",
            "根据《市场主体登记管理条例》第三十条，本机关决定自2026年3月2日起中止办理",
            "股权正在诉讼中",
        ],
    );
    keep("suspension", &notice);
}

#[test]
fn a_termination_names_ground_and_remedy() {
    let notice = paper(Template::TerminationNotice(TerminationNotice {
        ground: "申请事项的对象已经灭失".into(),
        reason: "拟登记的养殖场已于2026年2月拆除。".into(),
        remedy: remedy(),
    }));
    says(
        &notice,
        &[
            "终止通知书",
            "因申请事项的对象已经灭失，依法应当终止办理",
            "已于2026年2月拆除",
            "申请行政复议",
        ],
    );
    keep("termination", &notice);
}
