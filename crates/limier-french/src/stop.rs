//! Stop words: what carries no sense of its own.
//!
//! Two lists. *Function words* are articles, pronouns, prepositions, conjunctions and the forms of *être* and *avoir*.
//! *Question words* ask: a person writes them in a question, and no article has to hold them. Both are exact terms, with
//! their accents: `ou` is a stop word and `où` another, `sur` is one and `sûr` is none.
//!
//! The analyzer only marks them: who reads the tokens decides where to leave them out.

use std::collections::BTreeMap;

use crate::hash::FastMap;
use crate::normalize::normalize;
use crate::token::Stop;

/// A list of stop words, by class.
///
/// ```
/// use limier_french::{Stop, StopWords};
/// let mut words = StopWords::french();
/// words.extend([("alinéa", Stop::Function), ("contre", Stop::None)]);
/// assert_eq!((words.stop("alinéa"), words.stop("contre"), words.stop("le")), (Stop::Function, Stop::None, Stop::Function));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StopWords {
    words: FastMap<String, Stop>,
}

impl Default for StopWords {
    fn default() -> Self {
        Self::french()
    }
}

impl StopWords {
    /// Returns the French list of this crate.
    pub fn french() -> Self {
        Self::of(words(FUNCTION), words(QUESTION))
    }

    /// Returns an empty list: no token is marked.
    pub fn none() -> Self {
        StopWords { words: FastMap::default() }
    }

    /// Makes a list from function words and question words; a word in both is a question word.
    pub fn of<'w>(function: impl IntoIterator<Item = &'w str>, question: impl IntoIterator<Item = &'w str>) -> Self {
        let function = function.into_iter().map(|word| (normalize(word), Stop::Function));
        let question = question.into_iter().map(|word| (normalize(word), Stop::Question));
        StopWords { words: function.chain(question).collect() }
    }

    /// Returns the class of an exact term.
    pub fn stop(&self, exact: &str) -> Stop {
        self.words.get(exact).copied().unwrap_or_default()
    }

    /// Returns the words and their classes, in the order of their bytes.
    pub fn iter(&self) -> impl Iterator<Item = (&str, Stop)> {
        let sorted: BTreeMap<&str, Stop> = self.words.iter().map(|(word, stop)| (word.as_str(), *stop)).collect();
        sorted.into_iter()
    }
}

/// A word that is there already takes its new class; one of [`Stop::None`] is taken out of the list.
impl<'w> Extend<(&'w str, Stop)> for StopWords {
    fn extend<I: IntoIterator<Item = (&'w str, Stop)>>(&mut self, words: I) {
        for (word, stop) in words {
            match stop {
                Stop::None => self.words.remove(&normalize(word)),
                stop => self.words.insert(normalize(word), stop),
            };
        }
    }
}

impl<'w> FromIterator<(&'w str, Stop)> for StopWords {
    fn from_iter<I: IntoIterator<Item = (&'w str, Stop)>>(words: I) -> StopWords {
        let mut list = StopWords::none();
        list.extend(words);
        list
    }
}

fn words(list: &'static str) -> impl Iterator<Item = &'static str> {
    list.split_whitespace()
}

/// Function words. Homographs that carry sense are left out (`été`, `avions`, `fût`, `sûr`), and so is `non`, which readers look
/// for (`non rémunéré`). Some with an accent also stand without it, as they are often typed, unless that is another word.
const FUNCTION: &str = "
    le la les un une des du de au aux ce cet cette ces
    mon ton son ma ta sa mes tes ses notre votre nos vos leur leurs
    je tu il elle on nous vous ils elles iel iels me te se moi toi soi lui eux y en
    mien tien sien mienne tienne sienne nôtre nôtres vôtre vôtres
    ci là cela ça ceci celui celle ceux celles
    même mêmes meme memes
    et ou mais donc or ni car si
    comme lorsque puisque quoique
    qu jusqu lorsqu puisqu quoiqu
    à dans par pour sur avec sans sous chez vers entre dès depuis pendant contre parmi selon malgré malgre jusque afin lors
    dont
    ne pas très tres
    suis es est sommes êtes sont étais était étions étiez étaient serai seras sera serons serez seront
    serais serait serions seriez seraient sois soit soyons soyez soient être étant
    etes etais etait etions etiez etaient etre etant
    ai as a avons avez ont avais avait avaient aurai auras aura aurons aurez auront
    aurais aurait aurions auriez auraient aie ait ayons ayez aient avoir ayant eu eue eus
";

/// Question words.
const QUESTION: &str = "
    qui que quoi quel quelle quels quelles comment pourquoi combien où quand
    lequel laquelle lesquels lesquelles auquel auxquels auxquelles duquel desquels desquelles
";
