//! The receipt of a delivery (送达回证), as it is frozen.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use tb_typeset as t;

use super::delivery::{Collector, CollectorDocument, CollectorRelation, Parcel};
use super::state::DeliveryWay;

/// 送达回证
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Receipt {
    /// Titles and numbers of what was delivered.
    pub papers: Vec<String>,
    /// How.
    pub way: DeliveryWay,
    /// When.
    pub at: DateTime<Utc>,
    /// Where.
    pub place: Option<String>,
    /// Who took it.
    pub collector: Option<Collector>,
    /// Whether it was delivered to an organisation.
    #[serde(default)]
    pub organisation: bool,
    /// The parcel.
    pub parcel: Option<Parcel>,
    /// Who delivered; none where the applicant confirmed himself.
    pub clerk: Option<String>,
}

impl DeliveryWay {
    /// As papers and messages name it.
    pub(crate) fn label(self) -> &'static str {
        match self {
            Self::PickUp => "窗口领取",
            Self::Courier => "邮寄送达",
            Self::Online => "网上送达",
            Self::InPerson => "上门送达",
        }
    }
}

impl Receipt {
    pub(super) fn template(&self) -> t::Template {
        let at = self.at.with_timezone(&tb_kernel::office_time::shanghai());
        let collector = self.collector.as_ref();
        let by_word = collector.is_some_and(|who| who.signature.is_empty());
        let remark = match (self.way, &self.clerk) {
            (DeliveryWay::Online, _) => Some("电子文书已存入受送达人在网上办事大厅的个人空间。"),
            (DeliveryWay::Courier, None) => Some("受送达人已在网上办事大厅确认收到。"),
            (DeliveryWay::Courier, Some(_)) => Some("根据快递签收信息登记。"),
            _ if by_word => Some("签收人未手写签名，由送达人核对证件后当面确认。"),
            _ => None,
        };
        t::Template::DeliveryReceipt(t::DeliveryReceipt {
            papers: self.papers.clone(),
            way: self.way.label().to_owned(),
            delivered_at: at.format("%Y年%-m月%-d日 %H:%M").to_string(),
            place: self.place.clone(),
            collector: collector.map(|who| lines(who, self.organisation)),
            parcel: self
                .parcel
                .as_ref()
                .map(|parcel| format!("{} {}", parcel.company, parcel.tracking_number)),
            remark: remark.map(str::to_owned),
            signature: collector
                .map(|who| who.signature.clone())
                .unwrap_or_default(),
            clerk: self.clerk.clone(),
        })
    }
}

/// The number is masked: the paper is read by all who may see the application, and the whole number
/// stays with the event.
fn lines(who: &Collector, organisation: bool) -> t::CollectorLines {
    let document = match who.document {
        CollectorDocument::CitizenId => "居民身份证",
        CollectorDocument::TravelPermit => "港澳台居民证件",
        CollectorDocument::Passport => "护照",
        CollectorDocument::Other => "其他证件",
    };
    t::CollectorLines {
        name: who.name.clone(),
        document: format!("{document} {}", who.masked_number()),
        relation: match who.relation {
            CollectorRelation::Own if organisation => "经办人".to_owned(),
            CollectorRelation::Own => "本人".to_owned(),
            CollectorRelation::Authorised => format!("受委托人（{}）", who.authority),
        },
    }
}
