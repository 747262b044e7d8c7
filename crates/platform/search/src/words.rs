//! Words: how a text is indexed and what a query asks for.
//!
//! A text is indexed by its words and, beside them, by every character and
//! pair of characters. So a word that the segmenter cut differently in text and
//! query is still found.

use std::sync::LazyLock;

use jieba_rs::Jieba;

use crate::text::{Run, runs};

/// Longer runs of letters are no words; they are cut so that a term stays small.
const MAX_RUN: usize = 64;

/// Words that say nothing about what is looked for.
const FILLERS: [&str; 40] = [
    "的",
    "了",
    "吗",
    "呢",
    "吧",
    "啊",
    "和",
    "与",
    "及",
    "在",
    "是",
    "我",
    "要",
    "想",
    "请",
    "问",
    "请问",
    "我要",
    "我想",
    "怎么",
    "怎样",
    "如何",
    "哪里",
    "什么",
    "怎么办",
    "需要",
    "去",
    "办",
    "个",
    "家",
    "一个",
    "一家",
    "一下",
    "能",
    "可以",
    "能不能",
    "给",
    "帮",
    "我们",
    "有",
];

/// How a sentence begins that says what somebody wants. The segmenter joins them to what follows
/// (想开 | 个 | 饭店), so they go before it looks.
const WISHES: [&str; 6] = ["我们", "我", "请问", "想要", "要", "想"];

/// The dictionary takes a moment to unpack: once, at the first use.
static SEGMENTER: LazyLock<Jieba> = LazyLock::new(Jieba::new);

/// One thing that a query asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Atom {
    /// A Chinese word.
    Word(String),
    /// Letters and digits: the beginning of a word or code, or pinyin.
    Letters(String),
}

/// The terms of a text, repeated as often as they occur.
pub(crate) fn terms(text: &str) -> Vec<String> {
    let mut terms = Vec::new();
    for run in runs(text) {
        match run {
            Run::Han(run) => {
                terms.extend(run.chars().map(String::from));
                terms.extend(pairs(&run));
                let words = SEGMENTER.cut_for_search(&run, false);
                // Shorter words are there already, as characters and pairs.
                let long = words.iter().filter(|token| token.word.chars().count() > 2);
                terms.extend(long.map(|token| token.word.to_owned()));
            }
            Run::Other(run) => terms.push(shortened(&run)),
        }
    }
    terms
}

/// What a query asks for, without fillers unless there is nothing else. Letters that each stand alone, as
/// the names of marks do between their brackets, are no words: each of them is in nearly everything.
pub(crate) fn atoms(text: &str) -> Vec<Atom> {
    let mut atoms = Vec::new();
    for run in runs(text) {
        match run {
            Run::Han(run) => {
                let words = SEGMENTER.cut(without_wish(&run), false);
                atoms.extend(words.iter().map(|token| Atom::Word(token.word.to_owned())));
            }
            Run::Other(run) => atoms.push(Atom::Letters(shortened(&run))),
        }
    }
    if atoms.iter().all(is_single_letter) {
        return Vec::new();
    }
    let telling: Vec<Atom> = atoms
        .iter()
        .filter(|atom| !is_filler(atom))
        .cloned()
        .collect();
    distinct(if telling.is_empty() { atoms } else { telling })
}

/// What somebody wants, without saying that he does. 要 begins other words too (要约): it
/// is taken off only behind a person.
fn without_wish(run: &str) -> &str {
    let mut rest = run;
    for wish in WISHES {
        let is_lone = wish == "要" && rest.len() == run.len();
        rest = match rest.strip_prefix(wish) {
            Some(more) if !is_lone && more.chars().count() > 1 => more,
            _ => rest,
        };
    }
    rest
}

/// The same question for those who find nothing by it: long words fall into
/// pairs of characters.
pub(crate) fn in_pieces(atoms: &[Atom]) -> Vec<Atom> {
    let pieces = atoms.iter().flat_map(|atom| match atom {
        Atom::Word(word) if word.chars().count() > 2 => pairs(word).map(Atom::Word).collect(),
        other => vec![other.clone()],
    });
    distinct(pieces.collect())
}

/// Every two neighbouring characters.
pub(crate) fn pairs(word: &str) -> impl Iterator<Item = String> {
    word.chars()
        .zip(word.chars().skip(1))
        .map(|(left, right)| String::from_iter([left, right]))
}

fn shortened(run: &str) -> String {
    run.chars().take(MAX_RUN).collect()
}

fn is_single_letter(atom: &Atom) -> bool {
    matches!(atom, Atom::Letters(letters) if letters.chars().count() < 2)
}

fn is_filler(atom: &Atom) -> bool {
    matches!(atom, Atom::Word(word) if FILLERS.contains(&word.as_str()))
}

fn distinct(atoms: Vec<Atom>) -> Vec<Atom> {
    let mut distinct: Vec<Atom> = Vec::new();
    for atom in atoms {
        if !distinct.contains(&atom) {
            distinct.push(atom);
        }
    }
    distinct
}

#[cfg(test)]
mod tests {
    use super::*;

    fn word(text: &str) -> Atom {
        Atom::Word(text.into())
    }

    #[test]
    fn a_question_is_reduced_to_what_it_asks_for() {
        assert_eq!(atoms("我想办失业登记"), vec![word("失业"), word("登记")]);
        assert_eq!(atoms("怎么办"), vec![word("怎么办")]);
        assert_eq!(atoms("我想开个饭店"), vec![word("开"), word("饭店")]);
        assert_eq!(atoms("想开饭店"), vec![word("开"), word("饭店")]);
        assert_eq!(atoms("要约收购"), vec![word("要约"), word("收购")]);
        assert_eq!(atoms("<b>x</b>"), []);
        assert_eq!(
            atoms("IC卡 ic"),
            vec![Atom::Letters("ic".into()), word("卡")]
        );
    }

    #[test]
    fn a_text_has_characters_pairs_and_long_words() {
        let terms = terms("身份证A4");
        for wanted in ["身", "份", "证", "身份", "份证", "身份证", "a4"] {
            assert!(terms.iter().any(|term| term == wanted), "{wanted}");
        }
    }
}
