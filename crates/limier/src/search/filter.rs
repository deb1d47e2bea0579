//! Narrowing a search to some of the articles, whatever the query.

use limier_french::normalize;
use tantivy::DocAddress;
use tantivy::columnar::StrColumn;

use super::evaluate::SegmentContext;
use super::expand;
use super::within::Within;

/// What articles must have beside what the query asks for.
#[derive(Clone, Debug, Default)]
pub(super) struct Filter {
    pub(super) within: Option<Within>,
    /// Sources, any of which; none for all articles.
    pub(super) sources: Vec<String>,
    /// Authors, any of whom; none for all articles.
    pub(super) authors: Vec<String>,
    /// An article that is not sought.
    pub(super) without: Option<DocAddress>,
}

impl Filter {
    /// Returns this filter, if it keeps anything out.
    pub(super) fn narrows(&self) -> Option<&Filter> {
        let is_labelled = !self.sources.is_empty() || !self.authors.is_empty();
        (self.within.is_some() || is_labelled || self.without.is_some()).then_some(self)
    }

    /// Tells, for each article of a segment, whether it passes.
    pub(super) fn articles(&self, context: &SegmentContext<'_>) -> tantivy::Result<Vec<bool>> {
        let mut passes = match &self.within {
            Some(within) => within.articles(context)?,
            None => vec![true; context.segment.max_doc() as usize],
        };
        for (name, labels) in [("source", &self.sources), ("author", &self.authors)] {
            if labels.is_empty() {
                continue;
            }
            let Some(column) = context.segment.fast_fields().str(name)? else {
                passes.fill(false);
                continue;
            };
            let wanted = ordinals(&column, labels)?;
            for (doc, passes) in (0..).zip(passes.iter_mut()) {
                *passes &= column.ords().first(doc).is_some_and(|ordinal| wanted.contains(&ordinal));
            }
        }
        let without = self.without.filter(|address| address.segment_ord as usize == context.ordinal);
        if let Some(slot) = without.and_then(|address| passes.get_mut(address.doc_id as usize)) {
            *slot = false;
        }
        Ok(passes)
    }
}

/// Returns the ordinals of the labels of a column that are any of `labels`, case and accents apart.
fn ordinals(column: &StrColumn, labels: &[String]) -> tantivy::Result<Vec<u64>> {
    let labels: Vec<String> = labels.iter().map(|label| key(label)).collect();
    let mut found = Vec::new();
    let mut stream = column.dictionary().stream()?;
    while stream.advance() {
        let is_wanted = std::str::from_utf8(stream.key()).is_ok_and(|label| labels.contains(&key(label)));
        if is_wanted {
            found.push(stream.term_ord());
        }
    }
    Ok(found)
}

/// Returns a label as labels are compared: without case and accents.
fn key(label: &str) -> String {
    expand::folded(&normalize(label))
}
