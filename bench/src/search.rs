//! Search over as many items as a province has, on the engine itself: how long it takes to build,
//! how large it is, and how long a search takes with facets counted, as the page of results asks.

use std::path::Path;
use std::time::{Duration, Instant};

use tb_search::{Entry, Query, SearchIndex};

use crate::figure::{Figure, Goal, Sample};
use crate::machine;
use crate::table::Table;
use crate::{Fallible, Measure};

/// Items of a real provincial catalogue.
const ITEMS: usize = 1_600_000;

/// Names of real items, one per line; every office has an item of each name.
const TITLES: &str = "crates/platform/search/tests/fixtures/titles.txt";

/// The facets that the page of results counts.
const FACETS: [&str; 6] = [
    "department",
    "audience",
    "theme",
    "region",
    "item_type",
    "online",
];

/// What people type: whole names, words, everyday words, pinyin, initials, letters among
/// characters, a wrong character, a code, more words than one item has, and nothing at all.
const TYPED: [&str; 24] = [
    "护士执业注册",
    "营业执照",
    "社保卡",
    "食品经营许可证",
    "道路运输",
    "残疾人证",
    "医师执业注册",
    "养老",
    "身份证",
    "低保",
    "建设工程规划许可证核发",
    "特种设备",
    "公共场所卫生许可",
    "失业登计",
    "hushi",
    "shiyedengji",
    "hszyzc",
    "sydj",
    "食品jingying",
    "许可",
    "变更",
    "11510000",
    "开一家小饭店要办什么手续",
    "",
];

/// Measures.
pub(crate) fn measure(measure: &Measure, table: &mut Table) -> Fallible<()> {
    let titles = titles(&measure.root)?;
    let index = SearchIndex::in_memory()?;
    let me = std::process::id();
    let (begin, spent) = (Instant::now(), machine::cpu(me));
    index.replace_all((0..ITEMS).filter_map(|number| entry(&titles, number)))?;
    let mut build = Figure::new("search: build of 1,600,000 items", "s", Goal::None);
    build.ours.push(Sample {
        value: begin.elapsed().as_secs_f64(),
        program: micros(machine::cpu(me).saturating_sub(spent)),
        load: machine::load(),
        ..Sample::default()
    });
    let mut size = Figure::new("search: size of the index", "MiB", Goal::None);
    let mebibytes = f64::from(u32::try_from(index.bytes()? >> 20)?);
    size.ours.push(Sample {
        value: mebibytes,
        load: machine::load(),
        ..Sample::default()
    });
    table.add(build);
    table.add(size);

    let mut all = Figure::new(
        "search: p95 of a page with facets",
        "ms",
        Goal::AtMost(50.0),
    );
    let mut half = Figure::new("search: p50 of a page with facets", "ms", Goal::None);
    let mut slowest = (Duration::ZERO, "");
    for _ in 0..measure.rounds {
        let spent = machine::cpu(me);
        let mut times = Vec::new();
        for query in queries() {
            let begin = Instant::now();
            index.search(&query.asked)?;
            let took = begin.elapsed();
            slowest = slowest.max((took, query.typed));
            times.push(took);
        }
        times.sort_unstable();
        let spent =
            micros(machine::cpu(me).saturating_sub(spent)) / f64::from(u32::try_from(times.len())?);
        let at = |percent: usize| {
            let rank = (times.len() * percent).div_ceil(100).saturating_sub(1);
            times.get(rank).map_or(0.0, Duration::as_secs_f64) * 1e3
        };
        let beside = Sample {
            program: spent,
            load: machine::load(),
            ..Sample::default()
        };
        all.ours.push(Sample {
            value: at(95),
            ..beside
        });
        half.ours.push(Sample {
            value: at(50),
            ..beside
        });
    }
    table.add(all);
    table.add(half);
    table.note(format!(
        "Search: the engine alone, one search at a time on all processors, {} queries a round ({} typed texts, in the province, in one county, and for enterprises); the slowest was \u{201c}{}\u{201d} with {:.0} ms. Each item has a name out of {} real ones, its office, its place with all above, audience, theme and conditions at the fill rates of a provincial catalogue.",
        TYPED.len() * 3, TYPED.len(), slowest.1, slowest.0.as_secs_f64() * 1e3, titles.len(),
    ));
    Ok(())
}

struct Asked {
    typed: &'static str,
    asked: Query,
}

fn queries() -> impl Iterator<Item = Asked> {
    let filters = [
        vec![],
        vec![("region".to_owned(), place(17).2)],
        vec![("audience".to_owned(), "enterprise".to_owned())],
    ];
    TYPED.into_iter().flat_map(move |typed| {
        filters.clone().map(|filters| Asked {
            typed,
            asked: Query {
                text: typed.to_owned(),
                filters,
                facet_counts: FACETS.map(str::to_owned).to_vec(),
                ..Query::default()
            },
        })
    })
}

fn titles(root: &Path) -> Fallible<Vec<String>> {
    let text = std::fs::read_to_string(root.join(TITLES))?;
    let lines = text.lines().filter(|line| !line.starts_with('#'));
    Ok(lines.map(str::to_owned).collect())
}

/// Province, city and county of an office: 21 cities of 9 counties, and the towns of those.
fn place(office: usize) -> (String, String, String) {
    let (city, county) = (1 + office % 21, 1 + office / 21 % 9);
    (
        "51".to_owned(),
        format!("51{city:02}"),
        format!("51{city:02}{county:02}"),
    )
}

/// Whether this item has what this part (in thousandths) of the catalogue has.
fn has(number: usize, salt: usize, thousandths: usize) -> bool {
    (number
        .wrapping_mul(2_654_435_761)
        .wrapping_add(salt * 40_503)
        >> 7)
        % 1_000
        < thousandths
}

fn entry(titles: &[String], number: usize) -> Option<Entry> {
    let (office, kind) = (number / titles.len(), number % titles.len());
    let title = titles.get(kind)?;
    let (province, city, county) = place(office);
    let code = format!("11{county}{office:09}{kind:06}");
    let pick = |salt: usize, of: &[&'static str]| {
        of.get((kind + salt) % of.len())
            .copied()
            .unwrap_or_default()
    };
    let department = pick(
        0,
        &[
            "人力资源和社会保障局",
            "市场监督管理局",
            "卫生健康局",
            "交通运输局",
            "民政局",
            "住房和城乡建设局",
            "农业农村局",
            "自然资源局",
        ],
    );
    let mut facets = vec![
        ("department".to_owned(), format!("{office}-{}", kind % 34)),
        (
            "item_type".to_owned(),
            pick(0, &["01", "05", "07", "10", "20"]).to_owned(),
        ),
        ("online".to_owned(), has(number, 1, 520).to_string()),
        (
            "audience".to_owned(),
            pick(1, &["natural_person", "enterprise"]).to_owned(),
        ),
    ];
    if has(number, 2, 900) {
        facets.push((
            "theme".to_owned(),
            pick(
                2,
                &[
                    "生育收养",
                    "就业创业",
                    "社会保障",
                    "准营准办",
                    "医疗卫生",
                    "交通出行",
                ],
            )
            .to_owned(),
        ));
    }
    facets.extend([province, city, county.clone()].map(|region| ("region".to_owned(), region)));
    let mut body = vec![(1.0, format!("{county}{department}"))];
    if has(number, 3, 750) {
        body.push((
            0.5,
            format!("申请{title}的，应当具备法律、法规规定的条件；材料齐全，符合法定形式。"),
        ));
    }
    Some(Entry {
        id: code.clone(),
        title: title.clone(),
        body,
        keywords: vec![code],
        facets,
        boost: if has(number, 1, 520) { 4.0 } else { 0.0 },
    })
}

fn micros(time: Duration) -> f64 {
    time.as_secs_f64() * 1e6
}
