//! What is signed, and that nothing is handed in before everybody named has signed exactly that.

use tb_contract::events::{Applicant, CoApplicant as Told, DeferredPromise};
use tb_contract::item::ItemDocument;
use tb_kernel::{Fault, FieldFault};
use tb_storage::{StorageError, Tx};

use crate::error::{Error, fault_at, field, with_fields};
use crate::model::signing::{
    Attached, Content, Person, SignerState, SigningState, digest, too_few,
};
use crate::sealed::{self, CO_SIGNATURE};
use crate::service::submit::HandedIn;
use crate::store;
use crate::store::application::Application;
use crate::store::material::Material;
use crate::store::signing::CoApplicant;

/// Who is named, opened.
pub(super) fn content_of(tx: &Tx, those: &[CoApplicant]) -> Result<Vec<Person>, StorageError> {
    those
        .iter()
        .map(|one| sealed::co_applicant(tx.sealer(), one))
        .collect()
}

/// The digest of what is signed.
pub(super) fn signed_content(
    row: &Application,
    who: &Applicant,
    handed: &HandedIn,
    (materials, deferred): (&[Material], &[DeferredPromise]),
    people: &[Person],
) -> Result<String, Fault> {
    let files = materials.iter().filter(|file| !file.removed);
    let content = Content {
        item: (&row.item_code, row.item_version),
        situation: &handed.answers,
        form: &handed.form,
        materials: files
            .map(|file| Attached {
                requirement_id: &file.requirement_id,
                id: file.id,
                size: file.size,
            })
            .collect(),
        deferred,
        applicant: (&who.name, &who.id_number),
        co_applicants: people
            .iter()
            .map(|one| (one.name.as_str(), one.id_number.as_str()))
            .collect(),
    };
    digest(content).map_err(Fault::internal)
}

/// The co-applicants as they signed what is handed in now; refused while somebody is missing.
pub(crate) async fn signed(
    tx: &Tx,
    row: &mut Application,
    item: &ItemDocument,
    who: &Applicant,
    handed: &HandedIn,
    files: (&[Material], &[DeferredPromise]),
) -> Result<Vec<Told>, Fault> {
    let Some(rule) = &item.handling.co_applicants else {
        return Ok(Vec::new());
    };
    let those = store::signing::all(tx.conn(), row.id).await?;
    let people = content_of(tx, &those)?;
    let digest = signed_content(row, who, handed, files, &people)?;
    let mut faults: Vec<FieldFault> = too_few(rule, those.len()).into_iter().collect();
    let mut told = Vec::with_capacity(those.len());
    for (at, (one, person)) in those.into_iter().zip(people).enumerate() {
        let is_signed = SignerState::parse(&one.state) == SignerState::Signed
            && one.digest.as_deref() == Some(digest.as_str());
        match (&one.signature, one.signed_at) {
            (Some(signature), Some(signed_at)) if is_signed => told.push(Told {
                role: rule.role.clone(),
                organisation: person.organisation,
                signature: tx.sealer().open_text(CO_SIGNATURE, one.id, signature)?,
                name: person.name,
                id_number: person.id_number,
                phone: person.phone,
                signed_at,
                digest: digest.clone(),
            }),
            _ => {
                let path = format!("/co_applicants/{at}");
                let args = [("name", person.name.as_str())];
                faults.push(fault_at(path, field::SIGNER_MISSING, &args));
            }
        }
    }
    if !faults.is_empty() {
        return Err(with_fields(Error::SignaturesMissing, faults));
    }
    row.signing_until = None;
    if let Some(mut request) = store::signing::find(tx.conn(), row.id).await? {
        SigningState::HandedIn
            .as_str()
            .clone_into(&mut request.state);
        store::signing::save(tx.conn(), request).await?;
    }
    Ok(told)
}
