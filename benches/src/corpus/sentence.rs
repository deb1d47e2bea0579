//! Sentences: a small grammar of French that places the made-up words among its real function words.

use limier_french::MONTHS;

use super::chance::{Ranks, log_normal};
use super::lexicon::{Kind, Lemma, Tense, capitalized};
use crate::random::Random;

/// Words of a sentence: the median, and the deviation of the logarithm.
const SENTENCE: (f64, f64) = (19.0, 0.5);

/// How many times of a hundred a word that the article has said is taken again, if it is of the kind that is called for: words
/// come in bursts.
const AGAIN: usize = 40;

/// Between clauses, the frequent ones several times.
const LINKS: [&str; 20] = [
    "et",
    "et",
    "et",
    "et",
    "et",
    "et",
    "et",
    "et",
    "et",
    "mais",
    "mais",
    "mais",
    "ou",
    "ou",
    "alors que",
    "parce que",
    "car",
    "si",
    "quand",
    "puisque",
];
const OPENINGS: [&str; 10] =
    ["mais", "pourtant", "ainsi", "depuis", "en effet", "de plus", "selon elle", "puis", "aujourd'hui", "pour lui"];
const PREPOSITIONS: [&str; 20] = [
    "à", "à", "à", "à", "à", "de", "de", "de", "de", "en", "en", "dans", "dans", "pour", "pour", "par", "par", "sur",
    "avec", "sans",
];
const PRONOUNS: [(&str, bool); 9] = [
    ("il", false),
    ("il", false),
    ("elle", false),
    ("on", false),
    ("ils", true),
    ("elles", true),
    ("cela", false),
    ("qui", false),
    ("ce", false),
];
const DETERMINERS: [(&str, &str, &str); 9] = [
    ("le", "la", "les"),
    ("le", "la", "les"),
    ("le", "la", "les"),
    ("le", "la", "les"),
    ("un", "une", "des"),
    ("un", "une", "des"),
    ("ce", "cette", "ces"),
    ("son", "sa", "ses"),
    ("leur", "leur", "leurs"),
];
const PARTICLES: [&str; 12] =
    ["plus", "aussi", "très", "encore", "toujours", "déjà", "bien", "moins", "peu", "trop", "même", "ici"];

/// Writes the sentences of one article; what it has said comes again.
pub(crate) struct Writer<'a> {
    random: &'a mut Random,
    apostrophe: char,
    said: Vec<(Kind, u64)>,
    out: String,
    /// A function word that waits for the next word, before which it may lose its vowel.
    waiting: Option<&'static str>,
    words: usize,
    starts_sentence: bool,
    scratch: String,
}

impl<'a> Writer<'a> {
    pub(crate) fn new(random: &'a mut Random) -> Writer<'a> {
        let apostrophe = if random.percent(60) { '’' } else { '\'' };
        Writer {
            random,
            apostrophe,
            said: Vec::new(),
            out: String::new(),
            waiting: None,
            words: 0,
            starts_sentence: true,
            scratch: String::new(),
        }
    }

    /// Returns the number of words written so far.
    pub(crate) fn words(&self) -> usize {
        self.words
    }

    /// Returns the source of chance.
    pub(crate) fn random(&mut self) -> &mut Random {
        self.random
    }

    /// Takes what was written.
    pub(crate) fn take(&mut self) -> String {
        self.starts_sentence = true;
        std::mem::take(&mut self.out)
    }

    /// Writes a title.
    pub(crate) fn title(&mut self) {
        let length = log_normal(9.0, 0.3, self.random);
        if self.random.percent(20) {
            self.noun_phrase(true);
            self.punctuation("\u{a0}:");
        }
        let end = self.words + length;
        self.clause();
        while self.words < end {
            self.complement();
        }
        let stop = if self.random.percent(12) { "\u{a0}?" } else { "" };
        self.punctuation(stop);
    }

    /// Writes one sentence, after a blank where another stands before it.
    pub(crate) fn sentence(&mut self) {
        let length = log_normal(SENTENCE.0, SENTENCE.1, self.random).max(3);
        let is_quoted = self.random.percent(8);
        self.starts_sentence = true;
        if is_quoted {
            self.blank();
            self.out.push('«');
        }
        if self.random.percent(22) {
            self.opening();
        }
        let end = self.words + length;
        loop {
            self.clause();
            while self.words < end && self.random.percent(60) {
                self.complement();
            }
            if self.words >= end {
                break;
            }
            if self.random.percent(40) {
                self.punctuation(",");
            }
            let link = self.random.pick(&LINKS).unwrap_or("et");
            self.small_words(link);
        }
        if is_quoted {
            self.punctuation("\u{a0}»");
        }
        let stop = match self.random.below(100) {
            0..4 => "\u{a0}?",
            4..7 => "\u{a0}!",
            7..9 => "…",
            _ => ".",
        };
        self.punctuation(stop);
    }

    fn opening(&mut self) {
        match self.random.below(4) {
            0 => {
                self.small("en");
                self.year();
            }
            1 => {
                self.small("à");
                self.name();
            }
            2 => {
                self.small("selon");
                self.name();
                self.name();
            }
            _ => {
                let opening = self.random.pick(&OPENINGS).unwrap_or("mais");
                self.small_words(opening);
            }
        }
        self.punctuation(",");
    }

    /// A subject and a verb.
    fn clause(&mut self) {
        let plural = match self.random.below(10) {
            0..5 => self.noun_phrase(false),
            5..7 => {
                self.name();
                self.name();
                false
            }
            _ => {
                let (pronoun, plural) = self.random.pick(&PRONOUNS).unwrap_or(("il", false));
                self.small(pronoun);
                plural
            }
        };
        self.verb_phrase(plural);
    }

    fn verb_phrase(&mut self, plural: bool) {
        let is_denied = self.random.percent(8);
        if is_denied {
            self.small("ne");
        }
        let is_reflexive = self.random.percent(12);
        if is_reflexive {
            self.small("se");
        }
        if self.random.percent(18) {
            self.small(if plural { "sont" } else { "est" });
            if is_denied {
                self.small("pas");
            }
            let rank = self.rank(Kind::Adjective);
            self.write(|out| Lemma::new(Kind::Adjective, rank).adjective(false, plural, out));
            return;
        }
        let tense = match self.random.below(10) {
            0..3 => Tense::Present,
            3..5 => Tense::Imperfect,
            5 => Tense::Future,
            6..8 => Tense::Past,
            _ => Tense::Participle,
        };
        if tense == Tense::Participle {
            self.small(match (is_reflexive, plural) {
                (true, false) => "est",
                (true, true) => "sont",
                (false, false) => "a",
                (false, true) => "ont",
            });
            if is_denied {
                self.small("pas");
            }
        }
        let rank = self.rank(Kind::Verb);
        self.write(|out| Lemma::new(Kind::Verb, rank).verb(tense, plural && tense != Tense::Participle, out));
        if is_denied && tense != Tense::Participle {
            self.small("pas");
        }
        if self.random.percent(15) {
            let particle = self.random.pick(&PARTICLES).unwrap_or("plus");
            self.small(particle);
        }
    }

    fn complement(&mut self) {
        match self.random.below(100) {
            0..34 => drop(self.noun_phrase(false)),
            34..72 => {
                let preposition = self.random.pick(&PREPOSITIONS).unwrap_or("de");
                self.after(preposition);
            }
            72..78 => {
                let preposition = self.random.pick(&["de", "pour"]).unwrap_or("de");
                self.small(preposition);
                let rank = self.rank(Kind::Verb);
                self.write(|out| Lemma::new(Kind::Verb, rank).verb(Tense::Infinitive, false, out));
            }
            78..83 => {
                self.small("que");
                self.clause();
            }
            83..88 => {
                self.small("qui");
                self.verb_phrase(false);
            }
            88..91 => {
                self.small("en");
                let rank = self.rank(Kind::Verb);
                self.write(|out| Lemma::new(Kind::Verb, rank).verb(Tense::PresentParticiple, false, out));
            }
            91..95 => {
                let rank = self.rank(Kind::Adverb);
                self.write(|out| Lemma::new(Kind::Adverb, rank).plain(out));
            }
            95..98 => self.amount(),
            _ => self.date(),
        }
    }

    /// A preposition and what it governs, run together where French does so.
    fn after(&mut self, preposition: &'static str) {
        if self.random.percent(12) {
            self.small(preposition);
            self.name();
            return;
        }
        let is_bare = match preposition {
            "en" => true,
            "de" => self.random.percent(50),
            _ => self.random.percent(20),
        };
        if is_bare {
            self.small(preposition);
            self.noun(false);
            return;
        }
        let plural = self.random.percent(30);
        let rank = self.rank(Kind::Noun);
        let lemma = Lemma::new(Kind::Noun, rank);
        let is_open = lemma_is_open(&lemma);
        let joined = match (preposition, plural, lemma.feminine || is_open) {
            ("de", false, false) => "du",
            ("de", true, _) => "des",
            ("à", false, false) => "au",
            ("à", true, _) => "aux",
            _ => {
                self.small(preposition);
                match (plural, lemma.feminine) {
                    (true, _) => "les",
                    (false, true) => "la",
                    (false, false) => "le",
                }
            }
        };
        self.small(joined);
        self.inflected(&lemma, plural);
    }

    /// A determiner, a noun, and now and then an adjective and what it is of; tells whether it is plural.
    fn noun_phrase(&mut self, is_short: bool) -> bool {
        let plural = self.random.percent(32);
        let rank = self.rank(Kind::Noun);
        let lemma = Lemma::new(Kind::Noun, rank);
        let (masculine, feminine, many) = self.random.pick(&DETERMINERS).unwrap_or(("le", "la", "les"));
        let determiner = match (plural, lemma.feminine) {
            (true, _) => many,
            (false, true) => feminine,
            (false, false) => masculine,
        };
        self.small(determiner);
        self.inflected(&lemma, plural);
        if !is_short && self.random.percent(55) {
            self.after("de");
        }
        plural
    }

    /// A bare noun.
    fn noun(&mut self, plural: bool) {
        let rank = self.rank(Kind::Noun);
        self.inflected(&Lemma::new(Kind::Noun, rank), plural);
    }

    /// A noun and now and then its adjective.
    fn inflected(&mut self, lemma: &Lemma, plural: bool) {
        self.write(|out| lemma.noun(plural, out));
        if self.random.percent(32) {
            let rank = self.rank(Kind::Adjective);
            let feminine = lemma.feminine;
            self.write(|out| Lemma::new(Kind::Adjective, rank).adjective(feminine, plural, out));
        }
    }

    fn name(&mut self) {
        let rank = self.rank(Kind::Name);
        self.write(|out| {
            let mut name = String::new();
            Lemma::new(Kind::Name, rank).plain(&mut name);
            capitalized(&name, out);
        });
    }

    fn year(&mut self) {
        let year = 2024 - log_normal(8.0, 1.0, self.random);
        self.write(|out| out.push_str(&year.to_string()));
    }

    fn date(&mut self) {
        self.small("le");
        let (day, month) = (1 + self.random.below(28), self.random.pick(&MONTHS).unwrap_or("mai"));
        let ordinal = if day == 1 { "er" } else { "" };
        self.write(|out| out.push_str(&format!("{day}{ordinal} {month}")));
        if self.random.percent(50) {
            self.year();
        }
    }

    fn amount(&mut self) {
        let amount = log_normal(60.0, 1.8, self.random);
        let text = match amount {
            0..1_000 => amount.to_string(),
            _ => format!("{}\u{202f}{:03}", amount / 1_000, amount % 1_000),
        };
        let unit = self.random.pick(&[" euros", " personnes", "\u{a0}%", " ans", ",5\u{a0}%", " kilomètres"]);
        self.write(|out| {
            out.push_str(&text);
            out.push_str(unit.unwrap_or_default());
        });
    }

    /// Draws a word: a new one, or one that the article has said.
    fn rank(&mut self, kind: Kind) -> u64 {
        if self.random.percent(AGAIN)
            && let Some((_, rank)) = self.random.pick(&self.said).filter(|(said, _)| *said == kind)
        {
            return rank;
        }
        let rank = law(kind).draw(self.random);
        self.said.push((kind, rank));
        rank
    }

    /// Writes function words, each of which waits for the next.
    fn small_words(&mut self, words: &'static str) {
        words.split(' ').for_each(|word| self.small(word));
    }

    fn small(&mut self, word: &'static str) {
        self.flush(word);
        self.waiting = Some(word);
    }

    /// Writes a content word.
    fn write(&mut self, write: impl FnOnce(&mut String)) {
        let mut word = std::mem::take(&mut self.scratch);
        word.clear();
        write(&mut word);
        self.flush(&word);
        self.blank();
        self.push(&word);
        self.scratch = word;
    }

    /// Writes the function word that waits, with an apostrophe where the next word calls for it.
    fn flush(&mut self, next: &str) {
        let Some(word) = self.waiting.take() else { return };
        self.blank();
        let is_open = begins_with_vowel(next);
        let can_elide = matches!(word, "le" | "la" | "de" | "que" | "puisque" | "ne" | "se")
            || matches!((word, next), ("ce", "est") | ("si", "il" | "ils"));
        let is_elided = is_open && can_elide;
        self.push(match word {
            _ if is_elided => word.trim_end_matches(['a', 'e', 'i']),
            "ce" if is_open => "cet",
            "sa" if is_open => "son",
            _ => word,
        });
        if is_elided {
            self.out.push(self.apostrophe);
        }
    }

    /// Writes what stands after the last word.
    fn punctuation(&mut self, mark: &str) {
        self.flush("");
        self.out.push_str(mark);
    }

    fn push(&mut self, word: &str) {
        self.words += 1;
        if std::mem::take(&mut self.starts_sentence) {
            return capitalized(word, &mut self.out);
        }
        self.out.push_str(word);
    }

    fn blank(&mut self) {
        match self.out.chars().next_back() {
            None | Some('\'' | '’' | '\n') => {}
            Some('«') => self.out.push('\u{a0}'),
            Some(_) => self.out.push(' '),
        }
    }
}

/// Returns the law of the words of a kind.
///
/// The bend that was published is of 7,873 forms; a lemma here has two on average, and kinds share the lemmas. The first
/// ranks of a language are function words, so those of content words begin far from the first.
fn law(kind: Kind) -> Ranks {
    match kind {
        Kind::Noun => Ranks::new(20.0, 1_700.0),
        Kind::Adjective => Ranks::new(20.0, 700.0),
        Kind::Verb => Ranks::new(12.0, 500.0),
        Kind::Adverb => Ranks::new(6.0, 100.0),
        Kind::Name => Ranks::new(40.0, 900.0),
    }
}

fn lemma_is_open(lemma: &Lemma) -> bool {
    let mut word = String::new();
    lemma.plain(&mut word);
    begins_with_vowel(&word)
}

fn begins_with_vowel(word: &str) -> bool {
    word.starts_with(['a', 'e', 'i', 'o', 'u', 'y', 'é', 'è', 'ê', 'à', 'A', 'E', 'I', 'O', 'U', 'É', 'È'])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(write: impl FnOnce(&mut Writer<'_>)) -> String {
        let mut random = Random::new(1);
        let mut writer = Writer::new(&mut random);
        writer.apostrophe = '\'';
        write(&mut writer);
        writer.take()
    }

    #[test]
    fn small_words_lose_their_vowel_before_another() {
        let text = written(|writer| {
            writer.small("que");
            writer.small("il");
            writer.small("ne");
            writer.write(|out| out.push_str("été"));
            writer.small("la");
            writer.write(|out| out.push_str("mer"));
        });
        assert_eq!(text, "Qu'il n'été la mer");
    }

    #[test]
    fn sentences_begin_with_a_capital_and_end_with_a_stop() {
        let text = written(|writer| (0..200).for_each(|_| writer.sentence()));
        assert!(text.starts_with(|c: char| c.is_uppercase() || c == '«'));
        assert!(text.ends_with(['.', '?', '!', '…']), "{text}");
        assert!(!text.contains("  ") && !text.contains(" .") && !text.contains(" ,"), "{text}");
        for wrong in [" de les ", " à les ", " de le ", " à le ", " la a", " le i", " de é"] {
            assert!(!text.contains(wrong), "{wrong}: {text}");
        }
    }
}
