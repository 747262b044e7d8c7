//! The same paper gives the same bytes, whoever renders it and when.

use super::{TYPESETTER, day, fonts, paper, remedy};
use crate::{
    Decision, FaceLine, Licence, Matter, Paper, Ruling, SheetWay, Template, TypesetError,
    Typesetter,
};

fn denial(reason: &str) -> Paper {
    paper(Template::Decision(Decision {
        matter: Matter::Service,
        accepted_on: day(2026, 2, 11),
        basis: None,
        ruling: Ruling::Denied {
            reason: reason.into(),
            remedy: remedy(),
        },
    }))
}

#[test]
fn the_same_paper_gives_the_same_bytes() {
    let first = TYPESETTER.render(&denial("材料虚假")).unwrap();
    for other in ["别的理由", "又一个理由"] {
        assert_ne!(TYPESETTER.render(&denial(other)).unwrap(), first);
    }
    assert_eq!(TYPESETTER.render(&denial("材料虚假")).unwrap(), first);
    let fresh = Typesetter::new(fonts()).unwrap();
    assert_eq!(fresh.render(&denial("材料虚假")).unwrap(), first);
}

#[test]
fn papers_can_be_rendered_side_by_side() {
    let expected = TYPESETTER.render(&denial("并行")).unwrap();
    std::thread::scope(|scope| {
        let threads: Vec<_> = (0..4)
            .map(|_| scope.spawn(|| TYPESETTER.render(&denial("并行")).unwrap()))
            .collect();
        for thread in threads {
            assert_eq!(thread.join().unwrap(), expected);
        }
    });
}

#[test]
fn the_date_of_the_file_is_the_date_of_the_paper() {
    let pdf = TYPESETTER.render(&denial("日期")).unwrap();
    let text = String::from_utf8_lossy(&pdf);
    assert!(text.contains("D:20260211000000+08'00"), "creation date");
    assert!(
        !text.contains("Typst"),
        "no version of the typesetter in the file"
    );
}

#[test]
fn fonts_without_chinese_are_refused() {
    for files in [Vec::new(), vec![b"no font".to_vec()], vec![Vec::new()]] {
        assert!(matches!(
            Typesetter::new(files),
            Err(TypesetError::NoChineseFont)
        ));
    }
}

fn licence(way: SheetWay, value: &str) -> Licence {
    Licence {
        title: "食品经营许可证".into(),
        number: "JY2430102000001".into(),
        mark: "1.2.156.3005.2.11430102TB0000108H001.11430102TB0000108H.0000001.001.7".into(),
        organ: "芙蓉区市场监督管理局".into(),
        issued_on: day(2026, 11, 22),
        sample: true,
        seal: true,
        way,
        face: vec![FaceLine {
            label: "经营场所".into(),
            value: value.into(),
        }],
        code: vec![
            vec![true, false, true],
            vec![false, true, false],
            vec![true, false, true],
        ],
        address: "http://localhost/verify/x".into(),
    }
}

#[test]
fn a_licence_stands_on_one_page_and_gives_the_same_bytes() {
    for way in [SheetWay::Portrait, SheetWay::Landscape] {
        let sheet = licence(way, "八一路 1 号 #panic(\"x\") \\ $x$");
        let layout = TYPESETTER.layout_licence(&sheet).unwrap();
        assert_eq!(layout.pages().len(), 1);
        let first = TYPESETTER.render_licence(&sheet).unwrap();
        let again = Typesetter::new(fonts()).unwrap().render_licence(&sheet);
        assert!(first == again.unwrap(), "the bytes differ");
        let other = TYPESETTER.render_licence(&licence(way, "八一路 2 号"));
        assert!(first != other.unwrap());
    }
}
