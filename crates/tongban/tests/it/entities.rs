//! Every entity of every crate, taken in by its path since domains keep theirs to themselves, as
//! what a test can compare with a database. A table without a line here fails in `tables`.

use std::collections::BTreeMap;

use sea_orm::{ColumnTrait, ColumnType, EntityTrait, IdenStatic, Iterable};

#[path = "../../../domains/approval/src/entity/archive_entry.rs"]
mod approval_archive_entry;
#[path = "../../../domains/approval/src/entity/archive_fonds.rs"]
mod approval_archive_fonds;
#[path = "../../../domains/approval/src/entity/archive_list.rs"]
mod approval_archive_list;
#[path = "../../../domains/approval/src/entity/archive_place.rs"]
mod approval_archive_place;
#[path = "../../../domains/approval/src/entity/archive_rule.rs"]
mod approval_archive_rule;
#[path = "../../../domains/approval/src/entity/archive_serial.rs"]
mod approval_archive_serial;
#[path = "../../../domains/approval/src/entity/bar.rs"]
mod approval_bar;
#[path = "../../../domains/approval/src/entity/batch.rs"]
mod approval_batch;
#[path = "../../../domains/approval/src/entity/batch_row.rs"]
mod approval_batch_row;
#[path = "../../../domains/approval/src/entity/calendar.rs"]
mod approval_calendar;
#[path = "../../../domains/approval/src/entity/case.rs"]
mod approval_case;
#[path = "../../../domains/approval/src/entity/case_event.rs"]
mod approval_case_event;
#[path = "../../../domains/approval/src/entity/case_label.rs"]
mod approval_case_label;
#[path = "../../../domains/approval/src/entity/clock_sweep.rs"]
mod approval_clock_sweep;
#[path = "../../../domains/approval/src/entity/co_applicant.rs"]
mod approval_co_applicant;
#[path = "../../../domains/approval/src/entity/department.rs"]
mod approval_department;
#[path = "../../../domains/approval/src/entity/ended_licence.rs"]
mod approval_ended_licence;
#[path = "../../../domains/approval/src/entity/fee_order.rs"]
mod approval_fee_order;
#[path = "../../../domains/approval/src/entity/fee_payment.rs"]
mod approval_fee_payment;
#[path = "../../../domains/approval/src/entity/fee_refund.rs"]
mod approval_fee_refund;
#[path = "../../../domains/approval/src/entity/item.rs"]
mod approval_item;
#[path = "../../../domains/approval/src/entity/joint_part.rs"]
mod approval_joint_part;
#[path = "../../../domains/approval/src/entity/label.rs"]
mod approval_label;
#[path = "../../../domains/approval/src/entity/mention.rs"]
mod approval_mention;
#[path = "../../../domains/approval/src/entity/note.rs"]
mod approval_note;
#[path = "../../../domains/approval/src/entity/opinion.rs"]
mod approval_opinion;
#[path = "../../../domains/approval/src/entity/paper.rs"]
mod approval_paper;
#[path = "../../../domains/approval/src/entity/paper_serial.rs"]
mod approval_paper_serial;
#[path = "../../../domains/approval/src/entity/payload.rs"]
mod approval_payload;
#[path = "../../../domains/approval/src/entity/payment_notice.rs"]
mod approval_payment_notice;
#[path = "../../../domains/approval/src/entity/relay_entry.rs"]
mod approval_relay_entry;
#[path = "../../../domains/approval/src/entity/relay_list.rs"]
mod approval_relay_list;
#[path = "../../../domains/approval/src/entity/saved_view.rs"]
mod approval_saved_view;
#[path = "../../../domains/approval/src/entity/simulated_bill.rs"]
mod approval_simulated_bill;
#[path = "../../../domains/approval/src/entity/simulated_nonce.rs"]
mod approval_simulated_nonce;
#[path = "../../../domains/approval/src/entity/supervision.rs"]
mod approval_supervision;
#[path = "../../../domains/approval/src/entity/tally.rs"]
mod approval_tally;
#[path = "../../../domains/approval/src/entity/tally_delta.rs"]
mod approval_tally_delta;
#[path = "../../../domains/apps/src/entity/attempt.rs"]
mod apps_attempt;
#[path = "../../../domains/apps/src/entity/delivery.rs"]
mod apps_delivery;
#[path = "../../../domains/apps/src/entity/endpoint.rs"]
mod apps_endpoint;
#[path = "../../../domains/catalogue/src/entity/base_item.rs"]
mod catalogue_base_item;
#[path = "../../../domains/catalogue/src/entity/base_item_version.rs"]
mod catalogue_base_item_version;
#[path = "../../../domains/catalogue/src/entity/calendar.rs"]
mod catalogue_calendar;
#[path = "../../../domains/catalogue/src/entity/code_table.rs"]
mod catalogue_code_table;
#[path = "../../../domains/catalogue/src/entity/department.rs"]
mod catalogue_department;
#[path = "../../../domains/catalogue/src/entity/division.rs"]
mod catalogue_division;
#[path = "../../../domains/catalogue/src/entity/form_file.rs"]
mod catalogue_form_file;
#[path = "../../../domains/catalogue/src/entity/form_use.rs"]
mod catalogue_form_use;
#[path = "../../../domains/catalogue/src/entity/item.rs"]
mod catalogue_item;
#[path = "../../../domains/catalogue/src/entity/item_code.rs"]
mod catalogue_item_code;
#[path = "../../../domains/catalogue/src/entity/item_review.rs"]
mod catalogue_item_review;
#[path = "../../../domains/catalogue/src/entity/item_version.rs"]
mod catalogue_item_version;
#[path = "../../../domains/catalogue/src/entity/joint_item.rs"]
mod catalogue_joint_item;
#[path = "../../../domains/catalogue/src/entity/joint_item_version.rs"]
mod catalogue_joint_item_version;
#[path = "../../../domains/catalogue/src/entity/revision.rs"]
mod catalogue_revision;
#[path = "../../../domains/catalogue/src/entity/synonym.rs"]
mod catalogue_synonym;
#[path = "../../../domains/catalogue/src/entity/theme.rs"]
mod catalogue_theme;
#[path = "../../../platform/events/src/entity/inbox.rs"]
mod events_inbox;
#[path = "../../../platform/events/src/entity/member.rs"]
mod events_member;
#[path = "../../../platform/events/src/entity/offset.rs"]
mod events_offset;
#[path = "../../../platform/events/src/entity/parked.rs"]
mod events_parked;
#[path = "../../../domains/governance/src/entity/channel.rs"]
mod governance_channel;
#[path = "../../../domains/governance/src/entity/cursor.rs"]
mod governance_cursor;
#[path = "../../../domains/governance/src/entity/department.rs"]
mod governance_department;
#[path = "../../../domains/hall/src/entity/appointment.rs"]
mod hall_appointment;
#[path = "../../../domains/hall/src/entity/calendar.rs"]
mod hall_calendar;
#[path = "../../../domains/hall/src/entity/department.rs"]
mod hall_department;
#[path = "../../../domains/hall/src/entity/item.rs"]
mod hall_item;
#[path = "../../../domains/hall/src/entity/site.rs"]
mod hall_site;
#[path = "../../../domains/hall/src/entity/site_version.rs"]
mod hall_site_version;
#[path = "../../../domains/identity/src/entity/account.rs"]
mod identity_account;
#[path = "../../../domains/identity/src/entity/attempt.rs"]
mod identity_attempt;
#[path = "../../../domains/identity/src/entity/credential.rs"]
mod identity_credential;
#[path = "../../../domains/identity/src/entity/delegation.rs"]
mod identity_delegation;
#[path = "../../../domains/identity/src/entity/kiosk.rs"]
mod identity_kiosk;
#[path = "../../../domains/identity/src/entity/proxy.rs"]
mod identity_proxy;
#[path = "../../../domains/identity/src/entity/session.rs"]
mod identity_session;
#[path = "../../../domains/insight/src/entity/calendar.rs"]
mod insight_calendar;
#[path = "../../../domains/insight/src/entity/case.rs"]
mod insight_case;
#[path = "../../../domains/insight/src/entity/comparison.rs"]
mod insight_comparison;
#[path = "../../../domains/insight/src/entity/day.rs"]
mod insight_day;
#[path = "../../../domains/insight/src/entity/delta.rs"]
mod insight_delta;
#[path = "../../../domains/insight/src/entity/department.rs"]
mod insight_department;
#[path = "../../../domains/insight/src/entity/item.rs"]
mod insight_item;
#[path = "../../../domains/insight/src/entity/penalty.rs"]
mod insight_penalty;
#[path = "../../../domains/insight/src/entity/permit.rs"]
mod insight_permit;
#[path = "../../../domains/insight/src/entity/told.rs"]
mod insight_told;
#[path = "../../../domains/intake/src/entity/application.rs"]
mod intake_application;
#[path = "../../../domains/intake/src/entity/assist_change.rs"]
mod intake_assist_change;
#[path = "../../../domains/intake/src/entity/assist_consent.rs"]
mod intake_assist_consent;
#[path = "../../../domains/intake/src/entity/assist_note.rs"]
mod intake_assist_note;
#[path = "../../../domains/intake/src/entity/assist_request.rs"]
mod intake_assist_request;
#[path = "../../../domains/intake/src/entity/batch.rs"]
mod intake_batch;
#[path = "../../../domains/intake/src/entity/batch_row.rs"]
mod intake_batch_row;
#[path = "../../../domains/intake/src/entity/calendar.rs"]
mod intake_calendar;
#[path = "../../../domains/intake/src/entity/call.rs"]
mod intake_call;
#[path = "../../../domains/intake/src/entity/co_applicant.rs"]
mod intake_co_applicant;
#[path = "../../../domains/intake/src/entity/commitment.rs"]
mod intake_commitment;
#[path = "../../../domains/intake/src/entity/commitment_bar.rs"]
mod intake_commitment_bar;
#[path = "../../../domains/intake/src/entity/counter_entry.rs"]
mod intake_counter_entry;
#[path = "../../../domains/intake/src/entity/counter_item.rs"]
mod intake_counter_item;
#[path = "../../../domains/intake/src/entity/counter_place.rs"]
mod intake_counter_place;
#[path = "../../../domains/intake/src/entity/item.rs"]
mod intake_item;
#[path = "../../../domains/intake/src/entity/joint_item.rs"]
mod intake_joint_item;
#[path = "../../../domains/intake/src/entity/letter.rs"]
mod intake_letter;
#[path = "../../../domains/intake/src/entity/mandate.rs"]
mod intake_mandate;
#[path = "../../../domains/intake/src/entity/material.rs"]
mod intake_material;
#[path = "../../../domains/intake/src/entity/message.rs"]
mod intake_message;
#[path = "../../../domains/intake/src/entity/rating.rs"]
mod intake_rating;
#[path = "../../../domains/intake/src/entity/result.rs"]
mod intake_result;
#[path = "../../../domains/intake/src/entity/serial.rs"]
mod intake_serial;
#[path = "../../../domains/intake/src/entity/signing.rs"]
mod intake_signing;
#[path = "../../../domains/intake/src/entity/timeline.rs"]
mod intake_timeline;
#[path = "../../../domains/intake/src/entity/vault_document.rs"]
mod intake_vault_document;
#[path = "../../../domains/intake/src/entity/vault_edition.rs"]
mod intake_vault_edition;
#[path = "../../../domains/intake/src/entity/vault_file.rs"]
mod intake_vault_file;
#[path = "../../../domains/intake/src/entity/vault_use.rs"]
mod intake_vault_use;
#[path = "../../../domains/interaction/src/entity/appraisal.rs"]
mod interaction_appraisal;
#[path = "../../../domains/interaction/src/entity/calendar.rs"]
mod interaction_calendar;
#[path = "../../../domains/interaction/src/entity/department.rs"]
mod interaction_department;
#[path = "../../../domains/interaction/src/entity/link.rs"]
mod interaction_link;
#[path = "../../../domains/interaction/src/entity/occasion.rs"]
mod interaction_occasion;
#[path = "../../../domains/interaction/src/entity/simulated_sms.rs"]
mod interaction_simulated_sms;
#[path = "../../../domains/interaction/src/entity/sms.rs"]
mod interaction_sms;
#[path = "../../../domains/interaction/src/entity/sms_heard.rs"]
mod interaction_sms_heard;
#[path = "../../../domains/interaction/src/entity/sms_wish.rs"]
mod interaction_sms_wish;
#[path = "../../../domains/interaction/src/entity/task.rs"]
mod interaction_task;
#[path = "../../../domains/interaction/src/entity/task_event.rs"]
mod interaction_task_event;
#[path = "../../../platform/jobs/src/entity/lease.rs"]
mod jobs_lease;
#[path = "../../../platform/jobs/src/entity/queue.rs"]
mod jobs_queue;
#[path = "../../../domains/licence/src/entity/calendar.rs"]
mod licence_calendar;
#[path = "../../../domains/licence/src/entity/change.rs"]
mod licence_change;
#[path = "../../../domains/licence/src/entity/event.rs"]
mod licence_event;
#[path = "../../../domains/licence/src/entity/kind.rs"]
mod licence_kind;
#[path = "../../../domains/licence/src/entity/kind_version.rs"]
mod licence_kind_version;
#[path = "../../../domains/licence/src/entity/licence.rs"]
mod licence_licence;
#[path = "../../../domains/licence/src/entity/serial.rs"]
mod licence_serial;

/// A table as its entity describes it.
pub struct Table {
    pub name: String,
    pub columns: BTreeMap<String, Column>,
}

/// A column as its entity describes it.
pub struct Column {
    pub nullable: bool,
    pub kind: ColumnType,
}

/// All of them.
pub fn all() -> Vec<Table> {
    let mut all = of_the_offer();
    all.extend(of_cases());
    all.extend(of_ratings());
    all.extend(of_the_platform());
    all
}

/// What is offered, by whom, to whom, and what is counted of it.
fn of_the_offer() -> Vec<Table> {
    vec![
        of::<apps_attempt::Entity>(),
        of::<apps_delivery::Entity>(),
        of::<apps_endpoint::Entity>(),
        of::<hall_appointment::Entity>(),
        of::<hall_calendar::Entity>(),
        of::<hall_department::Entity>(),
        of::<hall_item::Entity>(),
        of::<hall_site::Entity>(),
        of::<hall_site_version::Entity>(),
        of::<identity_account::Entity>(),
        of::<identity_attempt::Entity>(),
        of::<identity_credential::Entity>(),
        of::<identity_delegation::Entity>(),
        of::<identity_kiosk::Entity>(),
        of::<identity_proxy::Entity>(),
        of::<identity_session::Entity>(),
        of::<catalogue_base_item::Entity>(),
        of::<catalogue_base_item_version::Entity>(),
        of::<catalogue_calendar::Entity>(),
        of::<catalogue_code_table::Entity>(),
        of::<catalogue_department::Entity>(),
        of::<catalogue_division::Entity>(),
        of::<catalogue_form_file::Entity>(),
        of::<catalogue_form_use::Entity>(),
        of::<catalogue_item::Entity>(),
        of::<catalogue_item_code::Entity>(),
        of::<catalogue_item_review::Entity>(),
        of::<catalogue_item_version::Entity>(),
        of::<catalogue_joint_item::Entity>(),
        of::<catalogue_joint_item_version::Entity>(),
        of::<catalogue_revision::Entity>(),
        of::<catalogue_synonym::Entity>(),
        of::<catalogue_theme::Entity>(),
        of::<insight_calendar::Entity>(),
        of::<insight_case::Entity>(),
        of::<insight_comparison::Entity>(),
        of::<insight_day::Entity>(),
        of::<insight_delta::Entity>(),
        of::<insight_department::Entity>(),
        of::<insight_item::Entity>(),
        of::<insight_penalty::Entity>(),
        of::<insight_permit::Entity>(),
        of::<insight_told::Entity>(),
    ]
}

/// Applications, cases and what comes of them.
fn of_cases() -> Vec<Table> {
    vec![
        of::<intake_application::Entity>(),
        of::<intake_assist_change::Entity>(),
        of::<intake_assist_consent::Entity>(),
        of::<intake_assist_note::Entity>(),
        of::<intake_assist_request::Entity>(),
        of::<intake_batch::Entity>(),
        of::<intake_batch_row::Entity>(),
        of::<intake_calendar::Entity>(),
        of::<intake_call::Entity>(),
        of::<intake_co_applicant::Entity>(),
        of::<intake_commitment::Entity>(),
        of::<intake_commitment_bar::Entity>(),
        of::<intake_counter_entry::Entity>(),
        of::<intake_counter_item::Entity>(),
        of::<intake_counter_place::Entity>(),
        of::<intake_item::Entity>(),
        of::<intake_joint_item::Entity>(),
        of::<intake_letter::Entity>(),
        of::<intake_result::Entity>(),
        of::<intake_mandate::Entity>(),
        of::<intake_material::Entity>(),
        of::<intake_message::Entity>(),
        of::<intake_rating::Entity>(),
        of::<intake_serial::Entity>(),
        of::<intake_signing::Entity>(),
        of::<intake_timeline::Entity>(),
        of::<intake_vault_document::Entity>(),
        of::<intake_vault_edition::Entity>(),
        of::<intake_vault_file::Entity>(),
        of::<intake_vault_use::Entity>(),
        of::<governance_channel::Entity>(),
        of::<governance_cursor::Entity>(),
        of::<governance_department::Entity>(),
        of::<approval_archive_entry::Entity>(),
        of::<approval_archive_fonds::Entity>(),
        of::<approval_archive_list::Entity>(),
        of::<approval_archive_place::Entity>(),
        of::<approval_archive_rule::Entity>(),
        of::<approval_archive_serial::Entity>(),
        of::<approval_bar::Entity>(),
        of::<approval_relay_entry::Entity>(),
        of::<approval_relay_list::Entity>(),
        of::<approval_saved_view::Entity>(),
        of::<approval_joint_part::Entity>(),
        of::<approval_opinion::Entity>(),
        of::<approval_supervision::Entity>(),
        of::<approval_fee_order::Entity>(),
        of::<approval_fee_payment::Entity>(),
        of::<approval_fee_refund::Entity>(),
        of::<approval_payment_notice::Entity>(),
        of::<approval_simulated_bill::Entity>(),
        of::<approval_simulated_nonce::Entity>(),
        of::<approval_ended_licence::Entity>(),
        of::<approval_batch::Entity>(),
        of::<approval_batch_row::Entity>(),
        of::<approval_calendar::Entity>(),
        of::<approval_case::Entity>(),
        of::<approval_case_event::Entity>(),
        of::<approval_case_label::Entity>(),
        of::<approval_label::Entity>(),
        of::<approval_mention::Entity>(),
        of::<approval_note::Entity>(),
        of::<approval_co_applicant::Entity>(),
        of::<approval_department::Entity>(),
        of::<approval_item::Entity>(),
        of::<approval_paper::Entity>(),
        of::<approval_paper_serial::Entity>(),
        of::<approval_payload::Entity>(),
        of::<approval_tally::Entity>(),
        of::<approval_tally_delta::Entity>(),
        of::<approval_clock_sweep::Entity>(),
        of::<licence_calendar::Entity>(),
        of::<licence_change::Entity>(),
        of::<licence_event::Entity>(),
        of::<licence_kind::Entity>(),
        of::<licence_kind_version::Entity>(),
        of::<licence_licence::Entity>(),
        of::<licence_serial::Entity>(),
    ]
}

/// What the platform keeps for all.
/// What people say of it, and what goes to them.
fn of_ratings() -> Vec<Table> {
    vec![
        of::<interaction_appraisal::Entity>(),
        of::<interaction_calendar::Entity>(),
        of::<interaction_department::Entity>(),
        of::<interaction_link::Entity>(),
        of::<interaction_occasion::Entity>(),
        of::<interaction_simulated_sms::Entity>(),
        of::<interaction_sms::Entity>(),
        of::<interaction_sms_heard::Entity>(),
        of::<interaction_sms_wish::Entity>(),
        of::<interaction_task::Entity>(),
        of::<interaction_task_event::Entity>(),
    ]
}

fn of_the_platform() -> Vec<Table> {
    vec![
        of::<events_inbox::Entity>(),
        of::<events_member::Entity>(),
        of::<events_offset::Entity>(),
        of::<events_parked::Entity>(),
        of::<jobs_lease::Entity>(),
        of::<jobs_queue::Entity>(),
        of::<tb_storage::entity::audit::Entity>(),
        of::<tb_storage::entity::audit_segment::Entity>(),
        of::<tb_storage::entity::epoch::Entity>(),
        of::<tb_storage::entity::idempotency::Entity>(),
        of::<tb_storage::entity::outbox::Entity>(),
    ]
}

fn of<E: EntityTrait>() -> Table {
    let column = |column: E::Column| {
        let definition = column.def();
        let described = Column {
            nullable: definition.is_null(),
            kind: definition.get_column_type().clone(),
        };
        (column.as_str().to_owned(), described)
    };
    Table {
        name: E::default().table_name().to_owned(),
        columns: E::Column::iter().map(column).collect(),
    }
}
