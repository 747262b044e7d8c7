//! The exported schema: shape, bounds, conditions.

use serde_json::json;
use tb_forms::schema;

use crate::example;

#[test]
fn the_schema_says_shape_bounds_and_conditions() {
    let schema = schema(&example());
    assert_eq!(
        schema["$schema"],
        "https://json-schema.org/draft/2020-12/schema"
    );
    assert_eq!(schema["additionalProperties"], false);
    let always = json!([
        "name",
        "citizen_id",
        "phone",
        "residence",
        "address",
        "worked_before",
        "reason"
    ]);
    assert_eq!(schema["required"], always);
    let properties = &schema["properties"];
    assert_eq!(properties["name"]["maxLength"], 50);
    assert_eq!(properties["certificate_number"]["pattern"], "^(?:\\d{16})$");
    assert_eq!(properties["wishes"]["maxItems"], 3);
    assert_eq!(properties["worked_before"]["enum"], json!(["yes", "no"]));
    assert_eq!(
        properties["family"]["items"]["required"],
        json!(["name", "relation"])
    );
    assert_eq!(properties["family"]["items"]["additionalProperties"], false);
    let employer = json!({
        "if": { "required": ["worked_before"], "properties": { "worked_before": { "enum": ["yes"] } } },
        "then": { "required": ["employer"] },
        "else": { "properties": { "employer": false } },
    });
    assert_eq!(schema["allOf"][0], employer);
}
