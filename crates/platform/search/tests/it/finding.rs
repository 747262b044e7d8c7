//! What people type, and what they must see first.

use super::{Entry, found, index_of, real_index, titled};

#[test]
fn every_way_of_typing_a_title_finds_it_first() {
    let index = real_index();
    for typed in [
        "失业登记",
        "失业",
        "sydj",
        "SYDJ",
        "ｓｙｄｊ",
        "shiye",
        "shiyedengji",
        "shi ye deng ji",
        "ShiYe DengJi",
        "shiyedeng",
        "shiyedengj",
        "失业dj",
        "失业 dj",
        "失业dengji",
        "sy登记",
        "sydengji",
        "shiyedj",
        " 失业 登记 ",
        "失业登记！",
        "《失业登记》",
        "我想办失业登记",
        "失业登记怎么办",
    ] {
        assert_eq!(
            found(&index, typed).first().map(String::as_str),
            Some("失业登记"),
            "{typed}"
        );
    }
}

#[test]
fn exact_comes_before_beginning_before_piece_before_words() {
    let best_first = [
        "失业登记",
        "失业登记证明打印",
        "注销失业登记",
        "登记失业人员",
        "失业补助金申领",
    ];
    let mut titles = best_first.map(titled).to_vec();
    titles.reverse();
    titles.push(titled("户口迁移"));
    let mut in_body = titled("其他事项");
    in_body.body = vec![(1.0, "先登记，后领取失业金".into())];
    titles.push(in_body);
    let order = found(&index_of(titles), "失业登记");
    assert_eq!(order[..4], best_first[..4]);
    assert_eq!(order[4..], ["其他事项", "失业补助金申领"]);
}

#[test]
fn a_word_that_stands_nowhere_as_a_whole_is_found_by_its_pairs() {
    let index = index_of(["老年优待", "优待证", "户口迁移"].map(titled).into());
    assert_eq!(found(&index, "优待证"), ["优待证", "老年优待"]);
}

#[test]
fn a_better_match_is_never_beaten_by_boost_but_equals_are() {
    let mut boosted = titled("失业登记证明打印");
    boosted.boost = 1e9;
    let mut quiet = titled("失业登记");
    quiet.boost = -5.0;
    let mut twin = titled("失业登记注");
    twin.boost = 3.0;
    let index = index_of(vec![boosted, quiet, twin, titled("失业登记册")]);
    let order = found(&index, "失业登记");
    assert_eq!(order[0], "失业登记");
    let position = |title: &str| order.iter().position(|found| found == title);
    assert!(position("失业登记注") < position("失业登记册"));
}

#[test]
fn polyphones_are_found_by_each_reading() {
    let index = index_of(
        [
            "银行开户",
            "行政复议",
            "重大疾病救助",
            "重复登记更正",
            "校长任职资格",
            "长期护理险",
            "旅行社设立",
            "调解申请",
            "音乐会审批",
            "提供劳务",
        ]
        .map(titled)
        .into(),
    );
    for (typed, title) in [
        ("yinhang", "银行开户"),
        ("yhkh", "银行开户"),
        ("xingzheng", "行政复议"),
        ("zhongda", "重大疾病救助"),
        ("chongfu", "重复登记更正"),
        ("xiaozhang", "校长任职资格"),
        ("changqi", "长期护理险"),
        ("lvxingshe", "旅行社设立"),
        ("lyuxing", "旅行社设立"),
        ("tiaojie", "调解申请"),
        ("yinyuehui", "音乐会审批"),
        ("yyh", "音乐会审批"),
        ("tigong", "提供劳务"),
    ] {
        assert_eq!(
            found(&index, typed).first().map(String::as_str),
            Some(title),
            "{typed}"
        );
    }
}

#[test]
fn codes_are_found_by_their_beginning_however_they_are_written() {
    let mut entry = titled("失业登记");
    entry.keywords = vec!["512B0066800002-511602000000-000-1151130108778239R-1-00".into()];
    let index = index_of(vec![
        entry,
        titled("512 路公交线路调整"),
        titled("户口迁移"),
    ]);
    for typed in [
        "512B0066800002-511602000000-000-1151130108778239R-1-00",
        "512b0066800002",
        "512B00668",
        "512Ｂ00668",
        "512b0066800002 511602",
        "1151130108778239r",
    ] {
        assert_eq!(
            found(&index, typed).first().map(String::as_str),
            Some("失业登记"),
            "{typed}"
        );
    }
    assert!(found(&index, "99999").is_empty());
}

#[test]
fn keywords_and_body_are_searched_behind_the_title() {
    let entry = |id: &str, title: &str, keyword: &str, weight: f32, body: &str| Entry {
        id: id.into(),
        title: title.into(),
        keywords: vec![keyword.into()],
        body: vec![(weight, body.into())],
        ..Entry::default()
    };
    let index = index_of(vec![
        entry("light", "甲事项", "", 0.5, "需要提交敬老卡复印件"),
        entry("heavy", "乙事项", "", 4.0, "需要提交敬老卡复印件"),
        entry("keyword", "丙事项", "敬老卡", 1.0, ""),
        entry("title", "敬老卡申领", "", 1.0, ""),
    ]);
    let order = found(&index, "敬老卡");
    assert_eq!(order.len(), 4);
    assert!(
        ["title", "keyword"].contains(&order[0].as_str()) && order[2..] == ["heavy", "light"],
        "{order:?}"
    );
    assert!(found(&index, "jlk").contains(&"keyword".to_owned()));
    assert_eq!(found(&index, "复印件"), ["heavy", "light"]);
}

#[test]
fn rare_characters_can_be_searched() {
    let index = index_of(["𠮷野家食品经营许可", "㙍头社区服务"].map(titled).into());
    assert_eq!(found(&index, "𠮷野")[0], "𠮷野家食品经营许可");
    assert_eq!(found(&index, "㙍")[0], "㙍头社区服务");
}

#[test]
fn marks_and_single_letters_find_only_what_is_called_so() {
    let index = real_index();
    assert_eq!(found(&index, "<b>x</b>"), [""; 0]);
    assert_eq!(found(&index, "<i>"), [""; 0]);
    assert!(
        found(&index, "s y d j").contains(&"失业登记".to_owned()),
        "initials typed apart"
    );
}
