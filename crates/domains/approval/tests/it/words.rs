//! Texts of every code, and the document that holds the state table.

#[test]
fn every_code_has_a_text_in_both_languages() {
    tb_testkit::assert_texts(&tb_approval::manifest());
}

#[test]
fn the_document_holds_the_table_that_runs() {
    let path = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../../docs/domains/approval.md"
    );
    let document = std::fs::read_to_string(path).unwrap();
    let table = tb_approval::state_table();
    assert!(
        document.contains(&table),
        "put this table into docs/domains/approval.md:\n{table}"
    );
}

#[test]
fn the_document_names_every_field_of_the_exchange() {
    let path = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../../docs/exchange-records.md"
    );
    let document = std::fs::read_to_string(path).unwrap();
    let table = tb_approval::exchange::table();
    assert!(
        document.contains(table.trim_end()),
        "put this into docs/exchange-records.md:\n{table}"
    );
}
