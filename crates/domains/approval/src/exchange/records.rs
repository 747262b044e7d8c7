//! The table of the exchange: which records there are, what their fields are called in files and in
//! Chinese, and where each comes from. **Whoever has to deliver under other names (the codes of a
//! province's interface, those of a standard's text) changes the strings in this file and nothing else.**
//!
//! The eleven records are those of the exchange of cases (办件) between platforms. The keys in files
//! are plain English words of our own; they are not the codes of any standard.

use chrono::{DateTime, NaiveDate, Utc};

use super::ReadError;
use super::record::{Flat, Record, RecordName, records};

records! {
    /// 申办: who asks for what. One a case.
    Application = "Application", "申办" {
        case_number: String = "CaseNumber", "申办流水号", "办件编号";
        item_code: String = "ItemCode", "事项编码", "实施编码";
        business_code: String = "BusinessCode", "业务办理项编码", "事项，有则填";
        item_version: i64 = "ItemVersion", "事项版本", "办件所依据的事项版本";
        item_name: String = "ItemName", "事项名称", "事项";
        case_kind: String = "CaseKind", "办件类型", "instant 即办件，promised 承诺件";
        department_code: String = "DepartmentCode", "实施机构统一社会信用代码", "办件所属部门";
        department_name: String = "DepartmentName", "实施机构名称", "部门现名";
        region: String = "RegionCode", "行政区划代码", "GB/T 2260，办件所属区划";
        applicant_type: String = "ApplicantType", "申请人类型", "natural_person 自然人，organisation 法人或其他组织";
        applicant_name: String = "ApplicantName", "申请人名称", "申请人，完整";
        applicant_document: String = "ApplicantDocument", "申请人证件类型", "按号码判别：citizen_id 居民身份证，credit_code 统一社会信用代码，other 其他";
        applicant_number: String = "ApplicantNumber", "申请人证件号码", "申请人，完整";
        contact_name: String = "ContactName", "联系人姓名", "经办人；没有的为申请人";
        contact_phone: String = "ContactPhone", "联系人手机号码", "申请人所留，完整";
        channel: String = "Channel", "申办来源", "办件渠道";
        submitted_at: DateTime<Utc> = "SubmittedAt", "申办时间", "首次提交时间";
        situation: Vec<String> = "Situation", "申请情形", "情形引导的问题与回答";
        form: String = "FormData", "申请表单数据", "申请表填写内容，JSON 文本";
        joint_number: String = "JointNumber", "一件事办理编号", "联办事项，有则填";
        co_applicants: Vec<String> = "CoApplicants", "共同申请人", "每人一项 JSON 文本：role 称谓，name 名称，id_number 证件号码，signed_at 签署时间，完整；有则填";
        delivery_way: String = "DeliveryWay", "结果领取方式", "申请人的选择，有则填";
        recipient: String = "Recipient", "收件人姓名", "申请人的选择，有则填";
        recipient_phone: String = "RecipientPhone", "收件人电话", "申请人的选择，有则填";
        recipient_address: String = "RecipientAddress", "收件地址", "申请人的选择，有则填";
    }
    /// 材料: one a file that was handed in, and one a material that is not there, saying why. The
    /// files themselves are not in the exchange.
    Material = "Material", "材料" {
        code: String = "MaterialCode", "材料编号", "事项的材料清单";
        name: String = "MaterialName", "材料名称", "事项的材料清单；表单附件为字段名称";
        necessity: String = "Necessity", "材料必要性", "required 必要，optional 非必要，deferrable 可容缺；清单以外的不填";
        obtained: String = "Obtained", "材料收取情况", "submitted 已提交，promised 容缺承诺补交，committed 以告知承诺代替，waived 免提交，absent 未提交";
        promised_by: Option<NaiveDate> = "PromisedBy", "承诺补交日期", "容缺承诺";
        file_id: String = "FileId", "文件标识", "已提交的文件";
        file_name: String = "FileName", "文件名称", "已提交的文件，完整";
        media_type: String = "MediaType", "文件格式", "按内容识别的媒体类型";
        size: Option<i64> = "Size", "文件大小", "字节";
        licence_number: String = "LicenceNumber", "电子证照编号", "以本系统签发的电子证照代替上传的填写";
        licence_type: String = "LicenceType", "电子证照名称", "同上";
        licence_mark: String = "LicenceMark", "电子证照标识", "同上，GB/T 36904";
    }
    /// 预受理: what came of the look at an application before acceptance.
    PreAcceptance = "PreAcceptance", "预受理" {
        sequence: i64 = "Sequence", "过程序号", "办理过程中的次序";
        at: DateTime<Utc> = "At", "预受理时间", "收件、预审通过、预审退回、原件核验的时间";
        result: String = "Result", "预受理结果", "received 已收件，returned 退回补正，originals_wanted 待核验原件，originals_verified 原件已核验";
        reason: String = "Reason", "预受理意见", "预审或者核验意见";
        handler: String = "Handler", "预受理人", "经办人；自动收件为系统";
        document_number: String = "DocumentNumber", "文书编号", "申请材料接收凭证";
    }
    /// 受理: whether the office takes the case.
    Acceptance = "Acceptance", "受理" {
        sequence: i64 = "Sequence", "过程序号", "办理过程中的次序";
        at: DateTime<Utc> = "At", "受理时间", "作出的时间";
        counts_from: DateTime<Utc> = "CountsFrom", "期限起算时间", "视为受理的为收件时间";
        result: String = "Result", "受理结果", "accepted 受理，deemed_accepted 视为受理，not_accepted 不受理，refused 不予受理";
        reason: String = "Reason", "不受理原因", "不受理、不予受理的理由";
        handler: String = "Handler", "受理人", "经办人；视为受理为系统";
        document_number: String = "DocumentNumber", "受理文书编号", "受理通知书，不受理、不予受理通知书";
        legal_due: Option<NaiveDate> = "LegalDue", "法定办结日期", "导出时的法定期限，含延长和暂停；没有法定期限的不填";
        promised_due: Option<NaiveDate> = "PromisedDue", "承诺办结日期", "导出时的承诺期限，含延长和暂停";
    }
    /// 审批: steps of the examination, and the decision.
    Approval = "Approval", "审批" {
        sequence: i64 = "Sequence", "过程序号", "办理过程中的次序";
        at: DateTime<Utc> = "At", "审批时间", "作出的时间";
        step: String = "Step", "审批环节名称", "审查环节；决定、撤销决定不填";
        result: String = "Result", "审批结果", "pass 通过，return 退回，granted 准予，denied 不予，revoked 撤销决定";
        opinion: String = "Opinion", "审批意见", "环节意见，决定、撤销的理由";
        handler: String = "Handler", "审批人", "作出的人";
        document_number: String = "DocumentNumber", "决定文书编号", "准予、不予决定书，撤销决定书";
    }
    /// 补正告知: the one-time notice.
    CorrectionNotice = "CorrectionNotice", "补正告知" {
        sequence: i64 = "Sequence", "过程序号", "办理过程中的次序";
        at: DateTime<Utc> = "At", "补正告知时间", "告知的时间";
        reason: String = "Reason", "补正告知原因", "告知的理由";
        materials: Vec<String> = "Materials", "补正材料清单", "要求补正的材料名称";
        fields: Vec<String> = "Fields", "补正内容清单", "要求补正的申请表内容名称";
        handler: String = "Handler", "告知人", "经办人";
        document_number: String = "DocumentNumber", "告知文书编号", "一次性补正告知书";
    }
    /// 补正受理: what the applicant sent in answer.
    CorrectionAcceptance = "CorrectionAcceptance", "补正受理" {
        sequence: i64 = "Sequence", "过程序号", "办理过程中的次序";
        at: DateTime<Utc> = "At", "补正受理时间", "收到的时间";
        kind: String = "Kind", "补正类型", "corrected 补正，resubmitted 预审退回后重新提交，deferred_supplied 补交容缺材料";
        changed: Vec<String> = "Changed", "补正清单", "采用的内容和材料名称";
        ignored: Vec<String> = "Ignored", "未采用清单", "不在告知范围内、未采用的内容和材料名称";
    }
    /// 特别程序申请: what stops the clocks, or moves their end.
    SpecialProcedureRequest = "SpecialProcedureRequest", "特别程序申请" {
        sequence: i64 = "Sequence", "过程序号", "办理过程中的次序";
        at: DateTime<Utc> = "At", "特别程序开始时间", "启动、中止、延长、登记听证申请的时间";
        kind: String = "Kind", "特别程序种类", "事项所列的种类；hearing 也指利害关系人申请的听证，suspension 中止，extension 延长期限";
        name: String = "Name", "特别程序名称", "事项所列的名称；申请的听证为“听证”";
        ground: String = "Ground", "中止事由", "court 等待裁判，investigation 等待调查结论，missing_input 缺少其他必要条件";
        basis: String = "Basis", "特别程序依据", "中止的依据";
        reason: String = "Reason", "特别程序原因", "启动、中止、延长、申请听证的理由";
        planned_end: Option<NaiveDate> = "PlannedEnd", "计划结束日期", "特别程序的计划；听证的最迟举行日期";
        asked_on: Option<NaiveDate> = "AskedOn", "听证申请日期", "提出听证申请之日，邮寄的为邮戳日";
        extension: Option<i64> = "Extension", "延长时间", "以法定期限的单位计";
        extension_unit: String = "ExtensionUnit", "延长时间单位", "working_days 工作日，natural_days 自然日";
        handler: String = "Handler", "批准人", "作出的人";
        document_number: String = "DocumentNumber", "文书编号", "特别程序、中止、延期告知书";
    }
    /// 特别程序结果: the end of such a stop. An extension has none, and of several who asked for a hearing
    /// that is held the last one alone.
    SpecialProcedureResult = "SpecialProcedureResult", "特别程序结果" {
        sequence: i64 = "Sequence", "过程序号", "办理过程中的次序";
        request: Option<i64> = "RequestSequence", "对应申请序号", "所结束的特别程序、中止、听证申请的过程序号";
        at: DateTime<Utc> = "At", "特别程序结束时间", "结束、恢复，听证举行、放弃或者撤回的时间";
        result: String = "Result", "特别程序结果", "结论，恢复的理由，听证笔录摘要，放弃或者撤回的情况";
        handler: String = "Handler", "办理人", "作出的人";
    }
    /// 办结: how the case ended. A closed case that was made void has two.
    Completion = "Completion", "办结" {
        sequence: i64 = "Sequence", "过程序号", "办理过程中的次序";
        at: DateTime<Utc> = "At", "办结时间", "结束的时间";
        result: String = "Result", "办结结果", "granted 准予，denied 不予，not_accepted 不受理，refused 不予受理，returned 退件，lapsed 逾期未补正，withdrawn 撤回，terminated 终止，transferred 移送，reported_up 转报，voided 作废";
        reason: String = "Reason", "办结原因", "结束的理由";
        ground: String = "Ground", "终止事由", "applicant_gone 申请人死亡或终止，object_gone 对象灭失，fee_unpaid 未缴费";
        organ: String = "Organ", "接收机关", "移送、转报的机关";
        result_name: String = "ResultName", "结果名称", "准予时事项的办理结果；上传结果的，结果上的名称";
        result_number: String = "ResultNumber", "结果编号", "上传结果的，结果上的编号；几项的以顿号隔开";
        handler: String = "Handler", "办结人", "作出的人；逾期的为系统";
        document_number: String = "DocumentNumber", "结果文书编号", "决定书，不受理、不予受理通知书，终止通知书";
    }
    /// 领取: how the result reached the applicant.
    Collection = "Collection", "领取" {
        sequence: i64 = "Sequence", "过程序号", "办理过程中的次序";
        at: DateTime<Utc> = "At", "领取时间", "送达的时间";
        way: String = "Way", "领取方式", "pick_up 窗口领取，courier 快递送达，online 网上送达，in_person 上门送达";
        collector_name: String = "CollectorName", "领取人姓名", "当面领取的，完整";
        collector_document: String = "CollectorDocument", "领取人证件类型", "citizen_id 居民身份证，travel_permit 通行证或居住证，passport 护照，other 其他";
        collector_number: String = "CollectorNumber", "领取人证件号码", "当面领取的，完整";
        relation: String = "Relation", "领取人身份", "own 本人或者单位经办人，authorised 受委托人";
        authority: String = "Authority", "委托依据", "受委托人的";
        courier: String = "Courier", "快递公司", "寄出的";
        tracking_number: String = "TrackingNumber", "快递单号", "寄出的";
        confirmed_at: Option<DateTime<Utc>> = "ConfirmedAt", "确认收到时间", "申请人确认的";
        handler: String = "Handler", "办理人", "送达的人；申请人自行确认的为申请人";
        document_number: String = "DocumentNumber", "送达文书编号", "送达回证";
    }
}

/// The records of a case. What has not happened has none.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[expect(missing_docs, reason = "each field is named after its record")]
pub struct CaseRecords {
    pub application: Application,
    pub materials: Vec<Material>,
    pub pre_acceptances: Vec<PreAcceptance>,
    pub acceptances: Vec<Acceptance>,
    pub approvals: Vec<Approval>,
    pub correction_notices: Vec<CorrectionNotice>,
    pub correction_acceptances: Vec<CorrectionAcceptance>,
    pub special_requests: Vec<SpecialProcedureRequest>,
    pub special_results: Vec<SpecialProcedureResult>,
    pub completions: Vec<Completion>,
    pub collections: Vec<Collection>,
}

/// The names of all records, in the order in which files have them.
pub fn names() -> [RecordName; 11] {
    [
        Application::NAME,
        Material::NAME,
        PreAcceptance::NAME,
        Acceptance::NAME,
        Approval::NAME,
        CorrectionNotice::NAME,
        CorrectionAcceptance::NAME,
        SpecialProcedureRequest::NAME,
        SpecialProcedureResult::NAME,
        Completion::NAME,
        Collection::NAME,
    ]
}

fn flats<R: Record>(records: &[R]) -> impl Iterator<Item = Flat> {
    records.iter().map(R::flat)
}

impl CaseRecords {
    /// As files hold them, in their order.
    pub(super) fn flats(&self) -> Vec<Flat> {
        std::iter::once(self.application.flat())
            .chain(flats(&self.materials))
            .chain(flats(&self.pre_acceptances))
            .chain(flats(&self.acceptances))
            .chain(flats(&self.approvals))
            .chain(flats(&self.correction_notices))
            .chain(flats(&self.correction_acceptances))
            .chain(flats(&self.special_requests))
            .chain(flats(&self.special_results))
            .chain(flats(&self.completions))
            .chain(flats(&self.collections))
            .collect()
    }

    /// As they were read.
    pub(super) fn from_flats(flats: Vec<Flat>) -> Result<Self, ReadError> {
        fn put<R: Record>(into: &mut Vec<R>, flat: Flat) -> Result<(), ReadError> {
            into.push(R::from_flat(flat)?);
            Ok(())
        }
        let (mut case, mut applications) = (Self::default(), Vec::new());
        for flat in flats {
            match flat.key.as_str() {
                key if key == Application::NAME.key => put(&mut applications, flat),
                key if key == Material::NAME.key => put(&mut case.materials, flat),
                key if key == PreAcceptance::NAME.key => put(&mut case.pre_acceptances, flat),
                key if key == Acceptance::NAME.key => put(&mut case.acceptances, flat),
                key if key == Approval::NAME.key => put(&mut case.approvals, flat),
                key if key == CorrectionNotice::NAME.key => put(&mut case.correction_notices, flat),
                key if key == CorrectionAcceptance::NAME.key => {
                    put(&mut case.correction_acceptances, flat)
                }
                key if key == SpecialProcedureRequest::NAME.key => {
                    put(&mut case.special_requests, flat)
                }
                key if key == SpecialProcedureResult::NAME.key => {
                    put(&mut case.special_results, flat)
                }
                key if key == Completion::NAME.key => put(&mut case.completions, flat),
                key if key == Collection::NAME.key => put(&mut case.collections, flat),
                _ => Err(ReadError::Unknown(flat.key.clone())),
            }?;
        }
        match (applications.pop(), applications.is_empty()) {
            (Some(application), true) => Ok(Self {
                application,
                ..case
            }),
            _ => Err(ReadError::Application),
        }
    }
}

/// The table as Markdown; `docs/exchange-records.md` holds it, and a test compares.
pub fn table() -> String {
    let mut lines = Vec::new();
    for record in names() {
        lines.push(format!("### {} · {}\n", record.label, record.key));
        lines.push("| 数据项 | key | 来源 |\n|---|---|---|".to_owned());
        lines.extend(record.fields.iter().map(|field| {
            let many = if field.many { "（多值）" } else { "" };
            format!(
                "| {}{many} | `{}` | {} |",
                field.label, field.key, field.source
            )
        }));
        lines.push(String::new());
    }
    lines.join("\n")
}
