//! Settings that each could be right and together are not.

use config::ConfigError;

use super::{Config, Mode, OperatorChoice, PaymentChoice};

/// The longest window of a batch: a day.
const MOST_WINDOW: u32 = 86_400;

/// The longest term for paying a fee.
const MOST_PAYMENT_DAYS: u32 = 90;

/// The longest time for a rating by reply.
const MOST_REPLY_DAYS: u32 = 30;

/// The longest term for getting in touch with whoever has asked for help.
const MOST_CONTACT_DAYS: u32 = 10;

impl Config {
    /// Values that leave nobody able to work, break a term of the law, or pretend in earnest.
    pub(super) fn check(&self) -> Result<(), ConfigError> {
        let all = self.bounds().into_iter().chain(self.pretended());
        match all.into_iter().find(|(wrong, _)| *wrong) {
            Some((_, rule)) => Err(ConfigError::Message(rule)),
            None => Ok(()),
        }
    }

    /// Whether a value is out of bounds, and what holds.
    fn bounds(&self) -> [(bool, String); 8] {
        let (sessions, approval, sms) = (&self.sessions, &self.approval, &self.sms);
        let within = |days: u32, most: u32| (1..=most).contains(&days);
        [
            (
                sessions.idle_minutes == 0 || sessions.absolute_hours == 0,
                "[sessions] idle_minutes and absolute_hours are at least 1".to_owned(),
            ),
            (
                approval.batch_window_seconds > MOST_WINDOW,
                format!("[approval] batch_window_seconds is at most {MOST_WINDOW}"),
            ),
            (
                !approval.escalation_days.is_sorted(),
                "[approval] escalation_days grow from level to level".to_owned(),
            ),
            (
                !approval.lights.is_sound(),
                "[approval.lights] yellow_percent is at most 100".to_owned(),
            ),
            (
                !approval.joint_terms().is_sound(),
                "[approval] joint_part_days is at least 1, joint_send_days greater than that and at most 4: the law gives 5".to_owned(),
            ),
            (
                !within(approval.payment_days, MOST_PAYMENT_DAYS),
                format!("[approval] payment_days is 1 to {MOST_PAYMENT_DAYS}"),
            ),
            (
                sms.signature.trim().is_empty() || !within(sms.reply_days, MOST_REPLY_DAYS),
                format!("[sms] signature is not empty, and reply_days is 1 to {MOST_REPLY_DAYS}"),
            ),
            (
                !within(self.intake.assist_contact_days, MOST_CONTACT_DAYS),
                format!("[intake] assist_contact_days is 1 to {MOST_CONTACT_DAYS}"),
            ),
        ]
    }

    /// Simulators of outside parties are for trying out.
    fn pretended(&self) -> [(bool, String); 3] {
        let simulated = [
            (
                self.approval.payments == PaymentChoice::Simulator,
                "[approval] payments = \"simulator\"",
            ),
            (
                self.sessions.simulated_card_reader,
                "[sessions] simulated_card_reader",
            ),
            (
                self.sms.operator == OperatorChoice::Simulator,
                "[sms] operator = \"simulator\"",
            ),
        ];
        let earnest = self.mode == Mode::Production;
        simulated.map(|(on, setting)| {
            let rule = format!("{setting} is for trying out, not for mode = \"production\"");
            (on && earnest, rule)
        })
    }
}
