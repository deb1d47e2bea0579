//! Words that stand for each other, from a plain file.

use std::collections::HashMap;
use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use limier_french::FrenchAnalyzer;
use serde::Serialize;

use super::understand::content_words;

/// Bytes of a list that are read, at most.
const MAX_BYTES: usize = 4 << 20;
/// Rules of a list, at most.
const MAX_RULES: usize = 10_000;
/// Expressions of a rule, at most.
const MAX_EXPRESSIONS: usize = 32;
/// Words that carry sense in an expression, at most.
const MAX_WORDS: usize = 8;

/// Rules that one word of a query calls, at most.
const MAX_CALLED: usize = 65;

/// Words and expressions that a search takes for each other; given to [`Search::synonyms`](crate::Search::synonyms).
///
/// They are read from a text with a rule a line:
///
/// ```text
/// # each of these finds the others
/// voiture, auto, automobile
/// # what stands before the arrow also finds what stands behind it, not the other way round
/// sncf => société nationale des chemins de fer
/// ```
///
/// Expressions are separated by commas and may be of several words, which an article must hold side by side; stop words in
/// them may be any. What follows a `#` at the beginning of a line or behind a blank is a comment. Both sides are read by
/// the analysis of queries and articles, so that `Voitures` stands for `voiture`.
///
/// Any text can be read: a line that makes no sense is left out, and told by [`issues`](Synonyms::issues). At most 4 MiB
/// and 10,000 rules are read, of at most 32 expressions of 8 words. Cheap to clone.
///
/// ```
/// use limier::{Article, Index, Synonyms};
/// let index = Index::in_memory()?;
/// let mut writer = index.writer()?;
/// writer.add(Article::new("1").body("Une automobile rouge."))?;
/// writer.commit()?;
/// let synonyms = Synonyms::parse("voiture, auto, automobile # des engins\nrouge,");
/// assert_eq!(synonyms.len(), 1);
/// assert_eq!((synonyms.issues()[0].line, synonyms.issues()[0].kind.code()), (2, "alone"));
/// let hits = index.search("voitures").synonyms(&synonyms).run()?;
/// assert_eq!(hits.first().unwrap().passages()[0].to_html(), "Une <mark>automobile</mark> rouge.");
/// # Ok::<(), limier::Error>(())
/// ```
#[derive(Clone, Default)]
pub struct Synonyms(Arc<Rules>);

#[derive(Default)]
struct Rules {
    count: usize,
    /// All expressions that are searched, those of one rule side by side.
    expressions: Vec<Expression>,
    /// What calls for them, by each stem of its first word.
    triggers: HashMap<String, Vec<Trigger>>,
    issues: Vec<SynonymsIssue>,
}

/// A word or several, as they are searched.
pub(super) struct Expression {
    /// As it is written in the list.
    pub(super) text: String,
    /// Any of these is the expression.
    pub(super) readings: Vec<Reading>,
}

/// Words that carry sense, each with its distance in positions from the first and the stems any of which may stand there.
pub(super) type Reading = Vec<(u32, Vec<String>)>;

/// Words of a query that call for expressions.
struct Trigger {
    reading: Reading,
    /// Which expressions of the list, but for this one.
    expressions: Range<usize>,
    except: Option<usize>,
}

/// Expressions that stand for some words of a query.
pub(super) struct Called<'s> {
    /// Which words, by their ranks.
    pub(super) words: Range<usize>,
    pub(super) expressions: Vec<&'s Expression>,
}

/// A line of a list of synonyms that was left out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SynonymsIssue {
    /// The line, from 1.
    pub line: usize,
    /// What is wrong with it.
    pub kind: SynonymsIssueKind,
    /// The part of the line that is wrong.
    pub text: String,
}

/// What is wrong with a line of synonyms.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum SynonymsIssueKind {
    /// A rule needs two expressions, or one on either side of its arrow.
    Alone,
    /// A rule has more than one arrow.
    SecondArrow,
    /// An expression holds no word that carries sense: only stop words, or signs.
    NoWord,
    /// An expression has more than 8 words.
    TooManyWords,
    /// A rule has more than 32 expressions.
    TooManyExpressions,
    /// The list has more than 10,000 rules or 4 MiB: from this line on it was not read.
    TooLong,
}

impl SynonymsIssueKind {
    /// Returns a short name for programs, in kebab case.
    pub fn code(self) -> &'static str {
        match self {
            SynonymsIssueKind::Alone => "alone",
            SynonymsIssueKind::SecondArrow => "second-arrow",
            SynonymsIssueKind::NoWord => "no-word",
            SynonymsIssueKind::TooManyWords => "too-many-words",
            SynonymsIssueKind::TooManyExpressions => "too-many-expressions",
            SynonymsIssueKind::TooLong => "too-long",
        }
    }
}

impl Synonyms {
    /// Reads a list.
    pub fn parse(text: &str) -> Synonyms {
        let analyzer = FrenchAnalyzer::new();
        let mut rules = Rules::default();
        let mut bytes = 0;
        for (number, line) in (1..).zip(text.trim_start_matches('\u{feff}').lines()) {
            bytes += line.len() + 1;
            let line = without_comment(line);
            if line.is_empty() {
                continue;
            }
            let outcome = match rules.count >= MAX_RULES || bytes > MAX_BYTES {
                true => Err((SynonymsIssueKind::TooLong, "")),
                false => rules.add(line, &analyzer),
            };
            if let Err((kind, text)) = outcome {
                rules.issues.push(SynonymsIssue { line: number, kind, text: text.to_owned() });
                if kind == SynonymsIssueKind::TooLong {
                    break;
                }
            }
        }
        Synonyms(Arc::new(rules))
    }

    /// Returns the number of rules.
    pub fn len(&self) -> usize {
        self.0.count
    }

    /// Tells whether there is no rule.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Returns the lines that were left out, in their order.
    pub fn issues(&self) -> &[SynonymsIssue] {
        &self.0.issues
    }

    /// Returns what stands for words of a run, each given by its position and its stems.
    ///
    /// Of rules that call, one for fewer words gives way to one for more: in `chemin de fer`, `fer` stands for no metal.
    pub(super) fn called(&self, words: &[(u32, &[String])]) -> Vec<Called<'_>> {
        let mut called: Vec<Called<'_>> = Vec::new();
        for (rank, (_, stems)) in words.iter().enumerate() {
            let triggers = stems.iter().filter_map(|stem| self.0.triggers.get(stem)).flatten();
            let rest = words.get(rank..).unwrap_or_default();
            for trigger in triggers.filter(|trigger| stands(&trigger.reading, rest)).take(MAX_CALLED) {
                let words = rank..rank + trigger.reading.len();
                let ranks = trigger.expressions.clone().filter(|rank| Some(*rank) != trigger.except);
                let expressions = ranks.filter_map(|rank| self.0.expressions.get(rank)).collect();
                called.push(Called { words, expressions });
            }
        }
        let mut spans: Vec<Range<usize>> = called.iter().map(|called| called.words.clone()).collect();
        spans.dedup();
        let is_inside = |inner: &Range<usize>, outer: &Range<usize>| {
            outer.start <= inner.start && inner.end <= outer.end && inner.len() < outer.len()
        };
        called.retain(|called| !spans.iter().any(|span| is_inside(&called.words, span)));
        called
    }
}

impl fmt::Debug for Synonyms {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Synonyms").field("rules", &self.len()).field("issues", &self.issues()).finish()
    }
}

impl Rules {
    /// Adds the rule of a line.
    fn add<'l>(&mut self, line: &'l str, analyzer: &FrenchAnalyzer) -> Result<(), (SynonymsIssueKind, &'l str)> {
        let mut sides = line.split("=>");
        let (first, second) = (sides.next().unwrap_or_default(), sides.next());
        if sides.next().is_some() {
            return Err((SynonymsIssueKind::SecondArrow, line));
        }
        let left = expressions(first, analyzer)?;
        let right = second.map(|side| expressions(side, analyzer)).transpose()?;
        let is_alone = right.as_ref().map_or(left.len() < 2, |right| left.is_empty() || right.is_empty());
        if is_alone {
            return Err((SynonymsIssueKind::Alone, line));
        }
        if left.len() + right.as_ref().map_or(0, Vec::len) > MAX_EXPRESSIONS {
            return Err((SynonymsIssueKind::TooManyExpressions, line));
        }
        let start = self.expressions.len();
        let is_mutual = right.is_none();
        let span = start..start + right.as_ref().map_or(left.len(), Vec::len);
        for (place, expression) in left.iter().enumerate() {
            let except = is_mutual.then_some(start + place);
            for reading in &expression.readings {
                for stem in reading.first().map(|(_, stems)| stems.as_slice()).unwrap_or_default() {
                    let trigger = Trigger { reading: reading.clone(), expressions: span.clone(), except };
                    self.triggers.entry(stem.clone()).or_default().push(trigger);
                }
            }
        }
        self.expressions.extend(right.unwrap_or(left));
        self.count += 1;
        Ok(())
    }
}

/// Returns a line without its comment and without blanks around it.
fn without_comment(line: &str) -> &str {
    let mut before = ' ';
    let mut begins = |c: char| std::mem::replace(&mut before, c).is_whitespace() && c == '#';
    line.split(&mut begins).next().unwrap_or_default().trim()
}

/// Reads the expressions of one side of a rule.
fn expressions<'l>(side: &'l str, analyzer: &FrenchAnalyzer) -> Result<Vec<Expression>, (SynonymsIssueKind, &'l str)> {
    let texts = side.split(',').map(str::trim).filter(|text| !text.is_empty());
    texts
        .take(MAX_EXPRESSIONS + 1)
        .map(|text| {
            let readings = readings(text, analyzer);
            match readings.first().map_or(0, Vec::len) {
                0 => Err((SynonymsIssueKind::NoWord, text)),
                words if words > MAX_WORDS => Err((SynonymsIssueKind::TooManyWords, text)),
                _ => Ok(Expression { text: text.to_owned(), readings }),
            }
        })
        .collect()
}

/// Reads an expression: as its words, and where these may also be written as one (`porte-monnaie`), as that one.
fn readings(text: &str, analyzer: &FrenchAnalyzer) -> Vec<Reading> {
    let words = content_words(text, &analyzer.analyze(text));
    let Some(first) = words.first() else { return Vec::new() };
    let joined = first.stems.iter().find(|stem| words.len() > 1 && words.iter().all(|word| word.stems.contains(stem)));
    let joined = joined.map(|stem| vec![(0, vec![stem.clone()])]);
    let words = words.iter().map(|word| (word.position - first.position, word.stems.clone())).collect();
    std::iter::once(words).chain(joined).collect()
}

/// Tells whether words begin with a reading.
fn stands(reading: &Reading, words: &[(u32, &[String])]) -> bool {
    let Some((start, _)) = words.first() else { return false };
    reading.len() <= words.len()
        && reading.iter().zip(words).all(|((distance, wanted), (position, stems))| {
            position - start == *distance && stems.iter().any(|stem| wanted.contains(stem))
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn issues(text: &str) -> Vec<(usize, &'static str, String)> {
        let synonyms = Synonyms::parse(text);
        synonyms.issues().iter().map(|issue| (issue.line, issue.kind.code(), issue.text.clone())).collect()
    }

    #[test]
    fn rules_comments_and_blanks_are_read() {
        let list =
            "\u{feff}# autos\r\n\r\nvoiture , auto,  automobile # trois\r\nC#, C sharp\nsncf=>chemins de fer,train\n";
        let synonyms = Synonyms::parse(list);
        assert_eq!((synonyms.len(), synonyms.issues()), (3, &[][..]));
        assert!(!synonyms.is_empty() && Synonyms::parse("# rien\n").is_empty());
    }

    #[test]
    fn what_makes_no_sense_is_told_with_its_line() {
        let told = |line: usize, kind, text: &str| (line, kind, text.to_owned());
        assert_eq!(
            issues("seul\na => b => c\n\nvoiture => \n=> auto\nvoiture, de la\nvoiture, !!\n un deux trois, x"),
            [
                told(1, "alone", "seul"),
                told(2, "second-arrow", "a => b => c"),
                told(4, "alone", "voiture =>"),
                told(5, "alone", "=> auto"),
                told(6, "no-word", "de la"),
                told(7, "no-word", "!!"),
            ]
        );
        let long = ["mot"; 9].join(" ");
        assert_eq!(issues(&format!("x, {long}")), [told(1, "too-many-words", &long)]);
        let many: Vec<String> = (0..33).map(|number| format!("mot{number}")).collect();
        assert_eq!(issues(&many.join(",")), [told(1, "too-many-expressions", &many.join(","))]);
    }

    #[test]
    fn a_list_has_its_bounds() {
        let list: String = (0..MAX_RULES + 5).map(|number| format!("mot{number}, bis{number}\n")).collect();
        let synonyms = Synonyms::parse(&list);
        assert_eq!(synonyms.len(), MAX_RULES);
        assert_eq!(issues(&list), [(MAX_RULES + 1, "too-long", String::new())]);
        let blank = " #".repeat(MAX_BYTES / 2);
        assert_eq!(issues(&format!("{blank}\nvoiture, auto\n")), [(2, "too-long", String::new())]);
    }

    #[test]
    fn any_text_is_read() {
        let pieces = [
            "voiture",
            "auto",
            ",",
            "=>",
            "#",
            "\n",
            " ",
            "\t",
            "é\u{301}",
            "l'",
            "-",
            "\u{feff}",
            "\r\n",
            "de",
            "2",
            "=",
            "\0",
        ];
        let mut state = 7_u64;
        for _ in 0..500 {
            let mut text = String::new();
            for _ in 0..40 {
                state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                text.push_str(pieces[(state >> 33) as usize % pieces.len()]);
            }
            let synonyms = Synonyms::parse(&text);
            let lines = text.lines().count();
            assert!(synonyms.len() + synonyms.issues().len() <= lines, "{text:?}");
            assert!(synonyms.issues().windows(2).all(|pair| pair[0].line < pair[1].line), "{text:?}");
            let words = content_words(&text, &FrenchAnalyzer::new().analyze(&text));
            let words: Vec<(u32, &[String])> =
                words.iter().map(|word| (word.position, word.stems.as_slice())).collect();
            for called in synonyms.called(&words) {
                assert!(called.words.end <= words.len() && !called.expressions.is_empty(), "{text:?}");
            }
        }
    }

    #[test]
    fn a_rule_for_more_words_goes_first() {
        let synonyms = Synonyms::parse("chemin de fer => train\nfer, métal");
        let called = |query: &str| {
            let words = content_words(query, &FrenchAnalyzer::new().analyze(query));
            let words: Vec<(u32, &[String])> =
                words.iter().map(|word| (word.position, word.stems.as_slice())).collect();
            let called = synonyms.called(&words);
            called
                .into_iter()
                .flat_map(|called| called.expressions.into_iter().map(|expression| expression.text.clone()))
                .collect::<Vec<_>>()
        };
        assert_eq!(called("les chemins de fer"), ["train"]);
        assert_eq!(called("un chemin, du fer"), ["train"]);
        assert_eq!(called("le fer du chemin"), ["métal"]);
        assert_eq!(called("métal"), ["fer"]);
        assert_eq!(called("train"), [""; 0]);
    }
}
