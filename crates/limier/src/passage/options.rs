//! What a reader asks of passages: how many, how long, in which order.

/// How passages are chosen and cut; the default is two passages of about 300 characters.
///
/// ```
/// use limier::passage::{Measure, Order, PassageOptions};
///
/// let options = PassageOptions::new().count(3).max_chars(160).measure(Measure::Columns).order(Order::Worth);
/// # let _ = options;
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[must_use = "options do nothing before a search is given them"]
pub struct PassageOptions {
    pub(super) count: usize,
    pub(super) max_chars: usize,
    /// A sentence that is alone may be so long before it is shortened.
    pub(super) max_sentence: usize,
    pub(super) measure: Measure,
    pub(super) order: Order,
    pub(super) context: usize,
}

/// The order of the passages of one article.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Order {
    /// As they follow each other in the article.
    #[default]
    Text,
    /// The best first.
    Worth,
}

/// How the length of a passage is counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Measure {
    /// Characters as a person counts them: extended grapheme clusters (Unicode annex 29).
    #[default]
    Graphemes,
    /// Columns of a terminal: an ideograph takes two, a combining accent none (Unicode annex 11).
    Columns,
}

impl PassageOptions {
    /// Returns the default options.
    pub fn new() -> PassageOptions {
        PassageOptions {
            count: 2,
            max_chars: 300,
            max_sentence: 450,
            measure: Measure::Graphemes,
            order: Order::Text,
            context: 1,
        }
    }

    /// Sets how many passages are shown at most, from 0; 2 by default.
    pub fn count(mut self, count: usize) -> PassageOptions {
        self.count = count;
        self
    }

    /// Sets how long each passage may be, in the unit of [`measure`](PassageOptions::measure).
    ///
    /// By default 300, but a single sentence is shown whole up to 450: cutting it would save less than it hides.
    /// Only a match that is longer by itself, a long phrase in a short passage, goes beyond: a match is never cut.
    pub fn max_chars(mut self, max_chars: usize) -> PassageOptions {
        self.max_chars = max_chars;
        self.max_sentence = max_chars;
        self
    }

    /// Sets the unit of [`max_chars`](PassageOptions::max_chars).
    pub fn measure(mut self, measure: Measure) -> PassageOptions {
        self.measure = measure;
        self
    }

    /// Sets the order of the passages.
    pub fn order(mut self, order: Order) -> PassageOptions {
        self.order = order;
        self
    }

    /// Sets how many sentences without a match are shown on either side at most, where there is room; 1 by default.
    pub fn context(mut self, context: usize) -> PassageOptions {
        self.context = context;
        self
    }
}

impl Default for PassageOptions {
    fn default() -> PassageOptions {
        PassageOptions::new()
    }
}
