//! What an operator looks at before it sends: the approved signature and template, the parameters, the
//! length of the text.

use std::collections::BTreeMap;

use tb_contract::sms::{MAX_PARAM, SmsAsked, SmsKind, SmsRefusal};

/// The signature that is approved.
const SIGNATURE: &str = "通办";
/// Longest text with its signature, in characters.
const LONGEST: usize = 500;
/// Characters of a message that is one segment.
const ONE: usize = 70;
/// Characters of each segment of a longer one.
const MANY: usize = 67;
/// Longest extension, in digits.
const MAX_EXTENSION: usize = 6;

/// The text of an approved template: as it stands in our texts, from where it was handed in.
fn template(name: &str) -> Option<String> {
    SmsKind::parse(name)?;
    let texts: BTreeMap<String, String> =
        serde_json::from_str(include_str!("../../locales/zh-CN.json")).ok()?;
    texts.get(&format!("interaction.sms.{name}")).cloned()
}

/// The text as phones show it.
pub(super) fn text(asked: &SmsAsked) -> Result<String, SmsRefusal> {
    if asked.signature != SIGNATURE {
        return Err(SmsRefusal::Signature);
    }
    let approved = template(&asked.template).ok_or(SmsRefusal::Template)?;
    let text = fill(&approved, &asked.params).ok_or(SmsRefusal::Params)?;
    let is_digits = asked.extension.bytes().all(|byte| byte.is_ascii_digit());
    if !is_digits || asked.extension.len() > MAX_EXTENSION {
        return Err(SmsRefusal::Params);
    }
    let text = format!("【{SIGNATURE}】{text}");
    if text.chars().count() > LONGEST {
        return Err(SmsRefusal::TooLong);
    }
    Ok(text)
}

/// Puts parameters into a template: all that it names, no others, none too long or with a link in it.
fn fill(template: &str, params: &BTreeMap<String, String>) -> Option<String> {
    let mut text = template.to_owned();
    for (name, value) in params {
        let place = format!("{{{name}}}");
        let is_fit = value.chars().count() <= MAX_PARAM && !value.contains("://");
        if !is_fit || !template.contains(&place) {
            return None;
        }
        text = text.replace(&place, value);
    }
    let named = template.matches('{').count();
    (named == params.len()).then_some(text)
}

/// How many segments a text is counted as.
pub(super) fn segments(text: &str) -> u32 {
    let long = text.chars().count();
    let many = if long <= ONE { 1 } else { long.div_ceil(MANY) };
    u32::try_from(many).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use tb_contract::sms::{SmsAsked, SmsKind, SmsRefusal};

    use super::{LONGEST, segments, text};

    fn asked(template: &str, item: &str) -> SmsAsked {
        let params = [
            ("item_name", item),
            ("case_number", "430102202611220000019"),
        ];
        let params = params.map(|(name, value)| (name.to_owned(), value.to_owned()));
        SmsAsked {
            key: "1".to_owned(),
            to: "13907310001".to_owned(),
            signature: "通办".to_owned(),
            template: template.to_owned(),
            params: BTreeMap::from(params),
            extension: "0001".to_owned(),
        }
    }

    #[test]
    fn every_kind_is_an_approved_template() {
        for kind in SmsKind::ALL {
            let mut asked = asked(kind.as_str(), "失业登记");
            if kind == SmsKind::RatingHelp {
                asked.params.clear();
            }
            let text = text(&asked).unwrap_or_default();
            assert!(text.starts_with("【通办】"), "{kind:?}: {text}");
            assert!(text.chars().count() < LONGEST && !text.contains('{'));
        }
    }

    #[test]
    fn what_was_not_approved_is_refused() {
        let good = asked("correction_asked", "失业登记");
        let refusal = |change: &dyn Fn(&mut SmsAsked)| {
            let mut asked = good.clone();
            change(&mut asked);
            text(&asked).err()
        };
        assert_eq!(refusal(&|_| ()), None);
        let signature = refusal(&|asked| asked.signature = "别家".to_owned());
        assert_eq!(signature, Some(SmsRefusal::Signature));
        let template = refusal(&|asked| asked.template = "verification_code".to_owned());
        assert_eq!(template, Some(SmsRefusal::Template));
        let missing = refusal(&|asked| drop(asked.params.remove("item_name")));
        assert_eq!(missing, Some(SmsRefusal::Params));
        let surplus = refusal(&|asked| {
            asked.params.insert("name".to_owned(), "张三".to_owned());
        });
        assert_eq!(surplus, Some(SmsRefusal::Params));
        for value in ["好".repeat(31), "http://a.cn".to_owned()] {
            let long = refusal(&|asked| {
                asked.params.insert("item_name".to_owned(), value.clone());
            });
            assert_eq!(long, Some(SmsRefusal::Params), "{value}");
        }
        let extension = refusal(&|asked| asked.extension = "12a".to_owned());
        assert_eq!(extension, Some(SmsRefusal::Params));
    }

    #[test]
    fn segments_of_70_and_then_of_67() {
        for (long, many) in [(1, 1), (70, 1), (71, 2), (134, 2), (135, 3)] {
            assert_eq!(segments(&"字".repeat(long)), many, "{long}");
        }
    }
}
