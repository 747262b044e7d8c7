//! Files as people and programs make them, read as lists.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

use std::io::{Cursor, Read, Write};

use chrono::DateTime;
use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Worksheet};
use tb_sheet::{Column, Flaw, Kind, List, Unreadable, Workbook, csv, read, workbook};

const TYPES: &[(&str, &str)] = &[("01", "行政许可"), ("20", "公共服务")];
const COLUMNS: [Column; 5] = [
    column("code", "编码", Kind::Code, true),
    column("name", "名称", Kind::Text, true),
    column("type", "类型", Kind::Word(TYPES), false),
    column("visits", "次数", Kind::Number, false),
    column("from", "施行日期", Kind::Day, false),
];
const LONG: &str = "1143010200000087144320990010001";

const fn column(
    name: &'static str,
    title: &'static str,
    kind: Kind<'static>,
    required: bool,
) -> Column<'static> {
    Column {
        name,
        title,
        kind,
        required,
        about: "怎么填",
    }
}

fn rows() -> Vec<Vec<String>> {
    let rows = [
        [LONG, "失业登记", "20", "1", "2026-01-01"],
        ["007", "=1+1", "01", "", ""],
        ["2026-01-02", "多\n行 & <尖括号>", "", "0", ""],
    ];
    rows.map(|row| row.map(str::to_owned).to_vec()).to_vec()
}

fn cells(list: &List) -> Vec<[String; 5]> {
    let of = |row: &tb_sheet::Row| {
        let cells = row.cells.as_ref().unwrap();
        COLUMNS.map(|column| cells.get(column.name).to_owned())
    };
    list.rows.iter().map(of).collect()
}

fn written(rows: &[Vec<String>]) -> Vec<u8> {
    let list = Workbook {
        title: "清单",
        columns: &COLUMNS,
        rows,
        remarks: &["请先试导入。"],
        written_at: DateTime::UNIX_EPOCH,
    };
    workbook(&list).unwrap()
}

/// A workbook of one sheet with the headings, filled by hand.
fn by_hand(fill: impl FnOnce(&mut Worksheet)) -> Vec<u8> {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    for (at, column) in (0..).zip(COLUMNS) {
        sheet.write_string(0, at, column.title).unwrap();
    }
    fill(sheet);
    book.save_to_buffer().unwrap()
}

#[test]
fn a_workbook_says_what_was_written() {
    let file = written(&rows());
    let list = read(&file, &COLUMNS).unwrap();
    assert_eq!(list.columns.len(), 5);
    let mut wanted = rows();
    // People see names; a heading or a name is read as well as a code.
    wanted[0][2] = "公共服务".to_owned();
    wanted[1][2] = "行政许可".to_owned();
    assert_eq!(
        cells(&list),
        wanted
            .iter()
            .map(|row| row.clone().try_into().unwrap())
            .collect::<Vec<[String; 5]>>()
    );
    assert_eq!(
        list.rows.iter().map(|row| row.line).collect::<Vec<_>>(),
        [2, 3, 4]
    );
    assert_eq!(file, written(&rows()), "the same list is the same file");
}

fn part(file: &[u8], name: &str) -> String {
    let mut archive = zip::ZipArchive::new(Cursor::new(file)).unwrap();
    let mut text = String::new();
    archive
        .by_name(name)
        .unwrap()
        .read_to_string(&mut text)
        .unwrap();
    text
}

#[test]
fn people_find_headings_choices_and_an_explanation() {
    let file = written(&rows());
    let list = part(&file, "xl/worksheets/sheet1.xml");
    assert!(
        list.contains("state=\"frozen\"") && list.contains("\"行政许可,公共服务\""),
        "{list}"
    );
    // The code is text, the number and the day are not.
    let cell = |place: &str| {
        let (_, found) = list.split_once(&format!("<c r=\"{place}\"")).unwrap();
        found.split_once("</c>").unwrap().0.to_owned()
    };
    assert!(cell("A2").contains(" t=\"s\">"), "{}", cell("A2"));
    for (place, value) in [("D2", "1"), ("E2", "46023")] {
        let found = cell(place);
        assert!(
            !found.contains(" t=") && found.ends_with(&format!("<v>{value}</v>")),
            "{found}"
        );
    }
    assert!(part(&file, "xl/workbook.xml").contains("name=\"说明\""));
    let words = part(&file, "xl/sharedStrings.xml");
    for word in ["是否必填", "怎么填", "公共服务（20）", "请先试导入。"] {
        assert!(words.contains(word), "{word}");
    }
}

#[test]
fn both_kinds_of_file_are_read_alike() {
    let file = csv(&COLUMNS, &rows()[..1]).unwrap();
    let list = read(&file, &COLUMNS).unwrap();
    assert_eq!(cells(&list)[0], [LONG, "失业登记", "20", "1", "2026-01-01"]);
    let (gbk, ..) = encoding_rs::GBK.encode("编码,名称\n007,失业登记\n");
    assert_eq!(
        cells(&read(&gbk, &COLUMNS).unwrap())[0][..2],
        ["007", "失业登记"]
    );
}

#[test]
fn cells_that_do_not_say_what_was_typed_are_flaws_of_their_row() {
    let day = Format::new().set_num_format("yyyy/m/d");
    let file = by_hand(|sheet| {
        let code = |row: u32| format!("A-{row}");
        for row in 1..=9 {
            sheet.write_string(row, 0, code(row)).unwrap();
            sheet.write_string(row, 1, "名称").unwrap();
        }
        sheet.write_number(1, 0, 1.143_010_200_000_087e30).unwrap();
        sheet.write_string(2, 0, "4.32099E+11").unwrap();
        let date = ExcelDateTime::from_ymd(2026, 1, 2).unwrap();
        sheet.write_datetime_with_format(3, 0, &date, &day).unwrap();
        sheet
            .write_formula(4, 1, Formula::new("=A5&\"号\"").set_result("甲号"))
            .unwrap();
        sheet.write_boolean(5, 1, true).unwrap();
        sheet
            .merge_range(6, 1, 7, 1, "两行", &Format::new())
            .unwrap();
        sheet.write_number(8, 0, 432_099_001_000.0).unwrap();
        sheet.write_datetime_with_format(8, 4, &date, &day).unwrap();
        // Beside the list: nobody reads it.
        sheet.write_formula(9, 9, "=1/0").unwrap();
    });
    let list = read(&file, &COLUMNS).unwrap();
    let flaw = |at: usize| list.rows[at].cells.clone().unwrap_err();
    let cell = |name: &str| name.to_owned();
    assert!(
        matches!(flaw(0), Flaw::Rounded { cell, shown } if cell == "A2" && shown.contains("E30"))
    );
    assert!(matches!(flaw(1), Flaw::Rounded { cell, .. } if cell == "A3"));
    assert_eq!(flaw(2), Flaw::Converted { cell: cell("A4") });
    assert_eq!(flaw(3), Flaw::Formula { cell: cell("B5") });
    assert_eq!(flaw(4), Flaw::Converted { cell: cell("B6") });
    assert_eq!(flaw(5), Flaw::Merged { cell: cell("B7") });
    assert_eq!(flaw(6), Flaw::Merged { cell: cell("B8") });
    let good = list.rows[7].cells.as_ref().unwrap();
    assert_eq!(
        (good.get("code"), good.get("from")),
        ("432099001000", "2026-01-02")
    );
    assert_eq!(list.rows[8].cells.as_ref().unwrap().get("code"), "A-9");
}

#[test]
fn titles_gaps_and_other_sheets_are_passed_over() {
    let mut book = rust_xlsxwriter::Workbook::new();
    book.add_worksheet()
        .set_name("封面")
        .unwrap()
        .write_string(0, 0, "××市")
        .unwrap();
    let sheet = book.add_worksheet();
    sheet
        .merge_range(0, 0, 0, 4, "××市事项清单", &Format::new())
        .unwrap();
    for (at, title) in [(1, "名称"), (3, "编码")] {
        sheet.write_string(2, at, title).unwrap();
    }
    sheet
        .write_string(5, 1, " 甲 ")
        .unwrap()
        .write_string(5, 3, "A-1")
        .unwrap();
    for row in 6..40 {
        sheet
            .write_blank(row, 1, &Format::new().set_bold())
            .unwrap();
    }
    let list = read(&book.save_to_buffer().unwrap(), &COLUMNS).unwrap();
    assert_eq!(list.rows.len(), 1);
    assert_eq!(list.rows[0].line, 6);
    assert_eq!(cells(&list)[0][..2], ["A-1", "甲"]);
    assert_eq!(
        list.columns.into_iter().collect::<Vec<_>>(),
        ["code", "name"]
    );
}

#[test]
fn what_is_no_list_says_why() {
    let why = |bytes: &[u8]| read(bytes, &COLUMNS).unwrap_err();
    let old = [
        &[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1][..],
        &[0; 512],
    ]
    .concat();
    assert_eq!(why(&old), Unreadable::OldKind);
    let name: Vec<u8> = "EncryptedPackage"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    assert_eq!(why(&[&old[..], &name].concat()), Unreadable::Locked);
    assert_eq!(
        why("编码\n1\n".as_bytes()),
        Unreadable::Columns(vec!["名称".to_owned()])
    );
    assert_eq!(
        why(b""),
        Unreadable::Columns(vec!["编码".to_owned(), "名称".to_owned()])
    );
    let bare = rust_xlsxwriter::Workbook::new().save_to_buffer().unwrap();
    assert_eq!(
        why(&bare),
        Unreadable::Columns(vec!["编码".to_owned(), "名称".to_owned()])
    );
    assert!(matches!(why(b"PK\x03\x04\xff\xfe"), Unreadable::Damaged(_)));
    let whole = written(&rows());
    assert!(matches!(
        why(&whole[..whole.len() / 2]),
        Unreadable::Damaged(_)
    ));
    assert!(matches!(why(&[0xff, 0xfe, 0x00]), Unreadable::Damaged(_)));
}

fn archive(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        let options = zip::write::SimpleFileOptions::default();
        writer.start_file(*name, options).unwrap();
        writer.write_all(content).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

#[test]
fn a_small_file_does_not_become_a_large_one() {
    let parts: [(&str, &[u8]); 2] = [
        ("[Content_Types].xml", b"<x/>"),
        ("xl/workbook.xml", b"<x/>"),
    ];
    let mut bomb = parts.to_vec();
    let zeros = vec![b' '; 300 * 1024 * 1024];
    bomb.push(("xl/sharedStrings.xml", &zeros));
    let bomb = archive(&bomb);
    assert!(bomb.len() < 2 * 1024 * 1024);
    assert!(matches!(
        read(&bomb, &COLUMNS),
        Err(Unreadable::TooLarge { .. })
    ));
    // An archive that only looks like a workbook is told from one.
    assert!(matches!(
        read(&archive(&parts), &COLUMNS),
        Err(Unreadable::Damaged(_))
    ));
    assert!(matches!(
        read(&archive(&[("a.txt", b"x")]), &COLUMNS),
        Err(Unreadable::Damaged(_))
    ));
}

#[test]
fn a_sheet_far_down_or_merged_all_over_costs_nothing() {
    let file = by_hand(|sheet| {
        sheet.write_string(1_048_575, 0, "A-1").unwrap();
        sheet.write_string(1_048_575, 16_383, "x").unwrap();
    });
    assert_eq!(read(&file, &COLUMNS).unwrap().rows.len(), 1);
    let file = by_hand(|sheet| {
        sheet.merge_range(1, 0, 2, 1, "甲", &Format::new()).unwrap();
    });
    // Made whole, such a sheet takes minutes: the few words that make it one are put in.
    let file = altered(&file, "\"A2:B3\"", "\"A2:IV1048576\"");
    assert!(matches!(
        read(&file, &COLUMNS),
        Err(Unreadable::TooLarge { .. })
    ));
}

#[test]
fn regions_over_each_other_or_beside_the_list_are_not_walked() {
    let merged = |regions: &str| {
        let file = by_hand(|sheet| {
            sheet.merge_range(1, 0, 2, 1, "甲", &Format::new()).unwrap();
        });
        let found = "<mergeCell ref=\"A2:B3\"/>";
        altered(&file, found, &regions.repeat(2_000))
    };
    // Each of them is within the bounds, and all lie over each other.
    let began = std::time::Instant::now();
    for region in ["A1:D200000", "FA1:XFD200000"] {
        let file = merged(&format!("<mergeCell ref=\"{region}\"/>"));
        let read = read(&file, &COLUMNS);
        let is_refused = matches!(read, Err(Unreadable::TooLarge { .. }));
        assert_eq!(is_refused, region.starts_with("A1"), "{read:?}");
    }
    assert!(began.elapsed().as_secs() < 5, "{:?}", began.elapsed());
}

#[test]
fn a_number_of_texts_that_cannot_be_is_refused_before_room_is_made() {
    let file = written(&rows());
    let words = part(&file, "xl/sharedStrings.xml");
    let (_, said) = words.split_once("uniqueCount=\"").unwrap();
    let said = format!("uniqueCount=\"{}\"", said.split_once('"').unwrap().0);
    for count in ["100000000000", "99999999999999999999", "100000"] {
        let lie = format!("uniqueCount=\"{count}\"");
        let file = altered_in("xl/sharedStrings.xml", &file, &said, &lie);
        let refused = read(&file, &COLUMNS).unwrap_err();
        let is_it = matches!(
            refused,
            Unreadable::TooLarge { .. } | Unreadable::Damaged(_)
        );
        assert!(is_it, "{refused:?}");
    }
}

#[test]
fn more_texts_than_a_list_has_cells_are_refused() {
    let file = written(&rows());
    let words = part(&file, "xl/sharedStrings.xml");
    let (_, said) = words.split_once("uniqueCount=\"").unwrap();
    let said = format!("uniqueCount=\"{}\"", said.split_once('"').unwrap().0);
    // Its bytes could hold as many.
    let lie = format!("uniqueCount=\"5000001\"{}", " ".repeat(26_000_000));
    let many = "<si/>".repeat(5_000_001);
    for (from, to) in [(said.as_str(), lie), ("</sst>", format!("{many}</sst>"))] {
        let file = altered_in("xl/sharedStrings.xml", &file, from, &to);
        let refused = read(&file, &COLUMNS).unwrap_err();
        let is_it = matches!(refused, Unreadable::TooLarge { .. });
        assert!(is_it, "{refused:?}");
    }
}

#[test]
fn cells_far_to_the_right_are_counted_with_their_gaps() {
    let row = |at: u32| format!("<row r=\"{at}\"><c r=\"DX{at}\"><v>1</v></c></row>");
    let rows: String = (2..60_000).map(row).collect();
    let file = by_hand(|_| {});
    let file = altered(&file, "</sheetData>", &format!("{rows}</sheetData>"));
    assert!(matches!(
        read(&file, &COLUMNS),
        Err(Unreadable::TooLarge { .. })
    ));
}

#[test]
fn a_file_of_text_is_bounded_while_it_is_read() {
    let refused = |text: String| {
        let refused = read(text.as_bytes(), &COLUMNS).unwrap_err();
        assert!(
            matches!(refused, Unreadable::TooLarge { .. }),
            "{refused:?}"
        );
    };
    refused(format!("编码,名称\n{}", "A,甲\n".repeat(200_001)));
    refused(format!("编码,名称\nA{}", ",".repeat(5_000_001)));
    // What says nothing does not count.
    let empty = format!("编码,名称\n{}A,甲\n", ",\n".repeat(200_001));
    assert_eq!(
        read(empty.as_bytes(), &COLUMNS).unwrap().rows[0].line,
        200_003
    );
}

#[test]
fn what_no_spreadsheet_runs_comes_back_as_it_was() {
    let cells = [LONG, "-1号窗口", "20", "1", "2026-01-01"].map(str::to_owned);
    let file = csv(&COLUMNS, &[cells.to_vec()]).unwrap();
    assert_eq!(
        self::cells(&read(&file, &COLUMNS).unwrap())[0][1],
        "-1号窗口"
    );
    let quoted = "编码,名称\nA,'引号'\n";
    assert_eq!(
        self::cells(&read(quoted.as_bytes(), &COLUMNS).unwrap())[0][1],
        "'引号'"
    );
}

#[test]
fn what_fits_into_no_cell_does_not_stop_the_rest() {
    let mut all = rows();
    all[0][1] = "长".repeat(40_000);
    all[0][4] = "1899-12-31".to_owned();
    let list = read(&written(&all), &COLUMNS).unwrap();
    let first = &cells(&list)[0];
    assert_eq!(first[1].chars().count(), 32_767);
    assert!(first[1].ends_with("……"));
    assert_eq!(first[4], "1899-12-31");
    assert_eq!(list.rows.len(), 3);
}

/// A workbook with other words in its first sheet.
fn altered(file: &[u8], from: &str, to: &str) -> Vec<u8> {
    altered_in("xl/worksheets/sheet1.xml", file, from, to)
}

fn altered_in(wanted: &str, file: &[u8], from: &str, to: &str) -> Vec<u8> {
    let mut opened = zip::ZipArchive::new(Cursor::new(file)).unwrap();
    let mut parts = Vec::new();
    for at in 0..opened.len() {
        let mut part = opened.by_index(at).unwrap();
        let name = part.name().unwrap().into_owned();
        let mut text = Vec::new();
        part.read_to_end(&mut text).unwrap();
        if name == wanted {
            let whole = String::from_utf8(text).unwrap();
            assert!(whole.contains(from), "{whole}");
            text = whole.replace(from, to).into_bytes();
        }
        parts.push((name, text));
    }
    let parts: Vec<(&str, &[u8])> = parts
        .iter()
        .map(|(name, text)| (name.as_str(), text.as_slice()))
        .collect();
    archive(&parts)
}

#[test]
fn words_too_many_for_a_choice_in_a_cell_are_only_explained() {
    let names: Vec<String> = (0..60).map(|n| format!("第{n}种很长的选项名称")).collect();
    let words: Vec<(&str, &str)> = names
        .iter()
        .map(|name| (name.as_str(), name.as_str()))
        .collect();
    let columns = [Column {
        name: "kind",
        title: "种类",
        kind: Kind::Word(&words),
        required: true,
        about: "填其中一项",
    }];
    let list = Workbook {
        title: "清单",
        columns: &columns,
        rows: &[vec!["第7种很长的选项名称".to_owned()]],
        remarks: &[],
        written_at: DateTime::UNIX_EPOCH,
    };
    let list = read(&workbook(&list).unwrap(), &columns).unwrap();
    let cells = list.rows.first().unwrap().cells.as_ref().unwrap();
    assert_eq!(cells.get("kind"), "第7种很长的选项名称");
}
