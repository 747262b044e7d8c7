//! The service places: run by offices of the demo, with visits about items that can be booked there.

use tb_hall::seed::SiteSeed;

use crate::items;

#[test]
fn places_are_run_by_offices_and_visited_for_bookable_items() {
    let seeds: Vec<SiteSeed> = serde_json::from_str(include_str!("../../demo/sites.json")).unwrap();
    assert_eq!(seeds.len(), 2);
    let offices = crate::departments();
    let items = items();
    for seed in seeds {
        let office = &offices[&seed.department_code];
        assert_eq!(office.region.as_str(), seed.region);
        assert!(!seed.visits.is_empty());
        for visit in seed.visits {
            let (_, _, item) = items
                .iter()
                .find(|(_, _, item)| item.code == visit.item_code)
                .unwrap();
            assert_eq!(item.name, visit.item_name);
            assert!(item.handling.appointment && item.handling.in_hall);
            assert_eq!(item.region.as_str(), seed.region);
        }
    }
}
