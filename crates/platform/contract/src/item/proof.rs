//! Papers by which somebody proves that he may act for the applicant. They are asked for like any
//! material of the item, whatever the item itself asks for: so they are handed in, checked, named in a
//! correction and mended like the others.

use super::{
    ItemDocument, MaterialForm, MaterialRequirement, MaterialSource, Necessity, PaperMark,
};
use crate::events::ProxyRelation;

/// Key of the letter of authorisation among the materials of a case.
pub const PROXY_LETTER: &str = "proxy.letter";
/// Key of the proof of guardianship.
pub const GUARDIANSHIP: &str = "proxy.guardianship";

impl ItemDocument {
    /// The item with the paper that proves somebody's right to act for the applicant.
    #[must_use]
    pub fn with_proof(mut self, relation: ProxyRelation) -> Self {
        self.materials.insert(0, proof(relation));
        self
    }
}

/// Key of the paper that proves a relation.
pub fn proof_of(relation: ProxyRelation) -> &'static str {
    match relation {
        ProxyRelation::Proxy => PROXY_LETTER,
        ProxyRelation::Guardian => GUARDIANSHIP,
    }
}

/// Whether a material is a paper that proves a relation. Whatever is applied for together, it is brought
/// once, and belongs to each.
pub fn is_proof(material: &str) -> bool {
    [PROXY_LETTER, GUARDIANSHIP].contains(&material)
}

fn proof(relation: ProxyRelation) -> MaterialRequirement {
    let (name, standard, basis) = match relation {
        ProxyRelation::Proxy => (
            "授权委托书",
            "载明委托人与受托人姓名、公民身份号码、委托事项、权限和期限，由委托人签名或者捺印，并附委托人身份证件影像。",
            "《中华人民共和国民法典》第一百六十五条",
        ),
        ProxyRelation::Guardian => (
            "监护关系证明",
            "户口簿、出生医学证明、人民法院指定监护人的裁判文书，或者居（村）民委员会、民政部门出具的指定监护文书，应当载明监护人与被监护人姓名。",
            "《中华人民共和国民法典》第二十三条、第二十七条、第二十八条",
        ),
    };
    MaterialRequirement {
        id: proof_of(relation).to_owned(),
        name: name.to_owned(),
        necessity: Necessity::Required,
        source: MaterialSource::Applicant,
        issuer: String::new(),
        form: MaterialForm::Electronic,
        original: false,
        copies: 0,
        paper_size: String::new(),
        mark: (relation == ProxyRelation::Proxy).then_some(PaperMark::Signature),
        standard: standard.to_owned(),
        notes: String::new(),
        basis: basis.to_owned(),
        waived: None,
        licence_types: Vec::new(),
        commitment: false,
        // It is written for one matter: nothing offers it for another.
        reuse_days: Some(0),
        blank_form: None,
        sample_form: None,
    }
}
