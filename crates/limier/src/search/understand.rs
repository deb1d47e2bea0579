//! From the tree of a query to a plan for an index: words are analysed, looked up, joined, split and mended.

use limier_french::{Analysis, FrenchAnalyzer, Stop, Token};

use super::expand::{self, Found};
use super::hits::Note;
use super::lookup::{Lookup, TermSource};
use super::mend;
use super::plan::{LengthOf, Plan, PlanNode, PlannedPhrase, PlannedWord, Scope, ScoredTerm};
use super::ranking::Ranking;
use crate::passage::{PhraseTarget, Target, TargetKind, Targets};
use crate::query::{Clause, Field as QueryField, Node, Occur};

/// Terms that a prefix or a fuzzy word stands for, at most.
const MAX_EXPANSION: usize = 64;
/// Words of a query that are searched, at most; the rest is ignored.
const MAX_WORDS: usize = 64;

/// A plan, what its hits light, and what there is to say of it.
pub(super) struct Understood {
    pub(super) plan: Plan,
    pub(super) targets: Targets,
    pub(super) notes: Vec<Note>,
}

/// Turns the tree of a query into a plan.
pub(super) fn understand(
    root: &Node,
    analyzer: &FrenchAnalyzer,
    lookup: &Lookup<'_>,
    ranking: &Ranking,
    mend: bool,
) -> tantivy::Result<Understood> {
    let mut reader = Reader {
        analyzer,
        lookup,
        ranking,
        mend,
        words: Vec::new(),
        targets: Targets::default(),
        notes: Vec::new(),
        mended: Vec::new(),
        analysis: Analysis::new(),
    };
    let root = reader.node(root, Scope::TitleAndBody, Place::Top)?;
    let mended = match PlanNode::any(std::mem::take(&mut reader.mended)) {
        PlanNode::Nothing => None,
        node => Some(node),
    };
    reader.targets.words = reader.words.len();
    let is_empty = matches!(root, PlanNode::Nothing) && mended.is_none();
    if is_empty && reader.notes.is_empty() && reader.words.is_empty() {
        reader.notes.push(Note::NoWords);
    }
    let plan = Plan { root, mended, words: reader.words };
    Ok(Understood { plan, targets: reader.targets, notes: reader.notes })
}

/// Where a part of a query stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    /// Optional, outermost: mended words go to the plan's own part for them.
    Top,
    /// Inside of an operator: mended words take the place of the word.
    Inside,
    /// Under a negation: nothing is lit, nothing is mended.
    Negated,
}

struct Reader<'a> {
    analyzer: &'a FrenchAnalyzer,
    lookup: &'a Lookup<'a>,
    ranking: &'a Ranking,
    mend: bool,
    words: Vec<PlannedWord>,
    targets: Targets,
    notes: Vec<Note>,
    mended: Vec<PlanNode>,
    analysis: Analysis,
}

/// A content word of a run of words, with the terms that stand for it.
struct Word {
    surface: String,
    position: u32,
    stems: Vec<String>,
    exacts: Vec<String>,
}

/// The terms of one kind of field.
#[derive(Default)]
struct TextSources {
    stems: Vec<TermSource>,
    exacts: Vec<TermSource>,
}

impl Reader<'_> {
    fn node(&mut self, node: &Node, scope: Scope, place: Place) -> tantivy::Result<PlanNode> {
        match node {
            Node::Words(text) => self.run_of_words(text, scope, place),
            Node::Phrase { text, slop } => self.phrase(text, *slop, scope, place),
            Node::Exact(text) => self.exact(text, scope, place),
            Node::Prefix(text) => self.prefix(text, scope, place),
            Node::Fuzzy { text, distance } => self.fuzzy(text, *distance, scope, place),
            Node::In(field, node) => {
                let scope = match field {
                    QueryField::Title => Scope::Title,
                    QueryField::Author => Scope::Label(self.lookup.fields.author),
                    QueryField::Source => Scope::Label(self.lookup.fields.source),
                };
                self.node(node, scope, place)
            }
            Node::Dates(range) => Ok(PlanNode::Dates(*range)),
            Node::Everything => Ok(PlanNode::Everything),
            Node::Group(clauses) => self.group(clauses, scope, place),
            Node::All(nodes) => {
                let inside = place.inside();
                let must = nodes.iter().map(|node| self.node(node, scope, inside)).collect::<tantivy::Result<_>>()?;
                Ok(PlanNode::Bool { must, should: Vec::new(), not: Vec::new() })
            }
            Node::Any(nodes) => {
                let nodes: tantivy::Result<Vec<_>> = nodes.iter().map(|node| self.node(node, scope, place)).collect();
                Ok(PlanNode::any(nodes?))
            }
            Node::Except(node, without) => {
                let must = vec![self.node(node, scope, place.inside())?];
                let not = vec![self.node(without, scope, Place::Negated)?];
                Ok(PlanNode::Bool { must, should: Vec::new(), not })
            }
        }
    }

    fn group(&mut self, clauses: &[Clause], scope: Scope, place: Place) -> tantivy::Result<PlanNode> {
        // A phrase among words weighs but excludes nothing; without words beside it, it is asked for. So is a date.
        let is_plain = |clause: &Clause| clause.occur == Occur::Should && matches!(clause.node, Node::Words(_));
        let among_words = clauses.iter().any(is_plain);
        let (mut must, mut should, mut not) = (Vec::new(), Vec::new(), Vec::new());
        let selects =
            clauses.iter().any(|clause| clause.occur != Occur::Should || matches!(clause.node, Node::Dates(_)));
        let place = if selects && place == Place::Top { Place::Inside } else { place };
        for Clause { occur, node } in clauses {
            match occur {
                Occur::Not => not.push(self.node(node, scope, Place::Negated)?),
                Occur::Must => must.push(self.node(node, scope, place.inside())?),
                Occur::Should if matches!(node, Node::Dates(_)) => must.push(self.node(node, scope, place)?),
                Occur::Should if matches!(node, Node::Phrase { .. }) => {
                    let phrase = self.node(node, scope, place)?;
                    if among_words {
                        should.push(phrase);
                        if let Node::Phrase { text, .. } = node {
                            should.push(self.run_of_words(text, scope, place)?);
                        }
                    } else {
                        must.push(phrase);
                    }
                }
                Occur::Should => should.push(self.node(node, scope, place)?),
            }
        }
        if must.is_empty() && should.is_empty() {
            if !not.is_empty() && place != Place::Negated {
                self.notes.push(Note::OnlyNegation);
            }
            return Ok(PlanNode::Nothing);
        }
        // A date selects among what the words find: beside words it does not find articles of its own.
        let is_date = |clause: &Clause| clause.occur == Occur::Should && matches!(clause.node, Node::Dates(_));
        let has_must = clauses.iter().any(|clause| clause.occur == Occur::Must);
        let asks = clauses.iter().any(|clause| clause.occur == Occur::Should && asks_words(&clause.node));
        if clauses.iter().any(is_date) && asks && !has_must {
            must.push(PlanNode::any(std::mem::take(&mut should)));
        }
        if must.is_empty() && not.is_empty() {
            return Ok(PlanNode::any(should));
        }
        Ok(PlanNode::Bool { must, should, not })
    }

    /// Reads plain words: each is optional.
    fn run_of_words(&mut self, text: &str, scope: Scope, place: Place) -> tantivy::Result<PlanNode> {
        let mut analysis = std::mem::take(&mut self.analysis);
        self.analyzer.analyze_into(text, &mut analysis);
        let node = self.words_of(text, &analysis, scope, place);
        self.analysis = analysis;
        node
    }

    fn words_of(&mut self, text: &str, analysis: &Analysis, scope: Scope, place: Place) -> tantivy::Result<PlanNode> {
        let words = content_words(text, analysis);
        if words.is_empty() {
            // Nothing but stop words: they are what is searched, as one phrase.
            if analysis.is_empty() {
                return Ok(PlanNode::Nothing);
            }
            if place != Place::Negated {
                self.notes.push(Note::OnlyStopWords);
            }
            return self.phrase(text, 0, scope, place);
        }
        let mut nodes = Vec::new();
        let joined = self.joined(&words, analysis)?;
        for (mut word, joined) in words.into_iter().zip(joined) {
            if self.words.len() >= MAX_WORDS {
                break;
            }
            for (stem, exact) in joined {
                push_new(&mut word.stems, stem);
                push_new(&mut word.exacts, exact);
            }
            nodes.push(self.word(&word, scope, place)?);
        }
        Ok(PlanNode::any(nodes))
    }

    /// For each word, the joined readings with a neighbour that the index has: `Open AI` is also `openai`.
    fn joined(&self, words: &[Word], analysis: &Analysis) -> tantivy::Result<Vec<Vec<(String, String)>>> {
        let mut joined: Vec<Vec<(String, String)>> = words.iter().map(|_| Vec::new()).collect();
        let body = self.lookup.fields.body;
        for (rank, word) in words.iter().enumerate() {
            let Some(first) = word.exacts.first() else { continue };
            // The next word may be one that carries no sense alone: the `AI` of `Open AI` is also `j'ai`.
            let next_token = analysis.tokens().find(|token| !token.alternate && token.position == word.position + 1);
            let Some(next) = next_token else { continue };
            let whole = format!("{first}{}", next.exact);
            if whole.chars().count() < 4 || !whole.chars().all(char::is_alphanumeric) {
                continue;
            }
            if self.lookup.doc_freq(body.exact, &whole)? == 0
                && self.lookup.doc_freq(self.lookup.fields.title.exact, &whole)? == 0
            {
                continue;
            }
            let read = self.analyzer.analyze(&whole);
            let Some(token) = read.tokens().find(|token| token.exact == whole) else { continue };
            let pair = (token.stem.to_owned(), whole);
            if let Some(slot) = joined.get_mut(rank) {
                slot.push(pair.clone());
            }
            if words.get(rank + 1).is_some_and(|other| other.position == word.position + 1)
                && let Some(slot) = joined.get_mut(rank + 1)
            {
                slot.push(pair);
            }
        }
        Ok(joined)
    }

    /// Plans one content word.
    fn word(&mut self, word: &Word, scope: Scope, place: Place) -> tantivy::Result<PlanNode> {
        let found = self.sources(word, scope)?;
        if let Scope::Label(_) = scope {
            return Ok(flat_terms(found.body.stems));
        }
        let total = total_freq(&found.body.stems).max(total_freq(&found.title.stems));
        let rarity = self.lookup.rarity(total);
        let mut nodes = Vec::new();
        if total > 0 {
            nodes.push(self.scored(&found, rarity));
        }
        let split = self.split(word, scope, total)?;
        let is_unknown = total == 0 && split.is_none();
        nodes.extend(split);
        if place != Place::Negated {
            self.light(word, rarity);
            self.push_word(word, rarity, found, false);
            if is_unknown || total <= mend::NEARLY_NONE {
                self.suggest_or_mend(word, scope, place, is_unknown, &mut nodes)?;
            }
        }
        Ok(PlanNode::any(nodes))
    }

    fn push_word(&mut self, word: &Word, rarity: f32, found: Sources, mended: bool) {
        self.words.push(PlannedWord {
            surface: word.surface.clone(),
            position: word.position,
            rarity,
            body: found.body.stems,
            title: found.title.stems,
            body_exact: found.body.exacts,
            title_exact: found.title.exacts,
            mended,
        });
    }

    /// A word that no article has is searched by its neighbours; one that nearly none has is only spoken of.
    fn suggest_or_mend(
        &mut self,
        word: &Word,
        scope: Scope,
        place: Place,
        is_unknown: bool,
        nodes: &mut Vec<PlanNode>,
    ) -> tantivy::Result<()> {
        let Some(exact) = word.exacts.first() else { return Ok(()) };
        if !self.mend {
            return Ok(());
        }
        let near = mend::neighbours(self.lookup, exact)?;
        if !is_unknown {
            let suggestions: Vec<String> =
                near.into_iter().filter(|found| found.text != *exact).map(|found| found.text).take(1).collect();
            if !suggestions.is_empty() {
                self.notes.push(Note::DidYouMean { word: word.surface.clone(), suggestions });
            }
            return Ok(());
        }
        let glued = if near.is_empty() { mend::glued(self.lookup, exact)? } else { Vec::new() };
        let by: Vec<Found> = if near.is_empty() { glued } else { near };
        if by.is_empty() {
            return Ok(());
        }
        let mut terms = Vec::new();
        let slot = self.words.len().saturating_sub(1);
        let freq = by.iter().map(|found| found.doc_freq).max().unwrap_or(1);
        let rarity = self.lookup.rarity(freq) * self.ranking.mended;
        for found in &by {
            terms.extend(self.exact_terms(&found.text, scope, rarity)?);
            self.targets.terms.push(Target {
                kind: TargetKind::Exact,
                text: found.text.clone(),
                word: slot,
                weight: rarity,
            });
        }
        if let Some(planned) = self.words.last_mut() {
            planned.mended = true;
            planned.rarity = rarity;
            for term in &terms {
                let is_title = term.length == Some(LengthOf::Title);
                if is_title { &mut planned.title_exact } else { &mut planned.body_exact }.push(term.source.clone());
            }
        }
        self.notes
            .push(Note::Mended { word: word.surface.clone(), by: by.into_iter().map(|found| found.text).collect() });
        let node = PlanNode::Terms(terms);
        match place {
            Place::Top => self.mended.push(node),
            _ => nodes.push(node),
        }
        Ok(())
    }

    /// Reads a word as two that stand side by side: `portemonnaie` finds `porte monnaie`.
    fn split(&mut self, word: &Word, scope: Scope, freq: u32) -> tantivy::Result<Option<PlanNode>> {
        /// A split of a word that this many articles have as it is would cost time and find nothing more.
        const KNOWN: u32 = 50;
        let Some(exact) = word.exacts.first() else { return Ok(None) };
        if freq > KNOWN || !exact.chars().all(char::is_alphabetic) || exact.chars().count() < 6 {
            return Ok(None);
        }
        let fields = self.fields_of(scope);
        let mut best: Option<(u32, String, String)> = None;
        for (at, _) in exact.char_indices().skip(2) {
            let (first, second) = exact.split_at(at);
            if second.chars().count() < 2 {
                break;
            }
            let stems = (self.stem_of(first), self.stem_of(second));
            let (Some(first), Some(second)) = stems else { continue };
            let freq = self.lookup.doc_freq(fields.stem, &first)?.min(self.lookup.doc_freq(fields.stem, &second)?);
            if freq > best.as_ref().map_or(0, |(freq, ..)| *freq) {
                best = Some((freq, first, second));
            }
        }
        let Some((_, first, second)) = best else { return Ok(None) };
        let slots =
            vec![(0, vec![self.lookup.term(fields.stem, &first)?]), (1, vec![self.lookup.term(fields.stem, &second)?])];
        let rarity = self.lookup.rarity(freq.max(1));
        let target =
            |text: String| vec![Target { kind: TargetKind::Stem, text, word: self.words.len(), weight: rarity }];
        self.targets.phrases.push(PhraseTarget { slots: vec![(0, target(first)), (1, target(second))], slop: 0 });
        Ok(Some(PlanNode::Phrase(PlannedPhrase { slots, slop: 0, weight: rarity })))
    }

    /// The stem of a text that is one content word.
    fn stem_of(&self, text: &str) -> Option<String> {
        let analysis = self.analyzer.analyze(text);
        let token = analysis.token(0).filter(|token| token.stop == Stop::None && token.exact == text)?;
        Some(token.stem.to_owned())
    }

    fn phrase(&mut self, text: &str, slop: u32, scope: Scope, place: Place) -> tantivy::Result<PlanNode> {
        let analysis = self.analyzer.analyze(text);
        let tokens: Vec<Token<'_>> = analysis.tokens().filter(|token| !token.alternate).collect();
        let Some(first) = tokens.first().map(|token| token.position) else { return Ok(PlanNode::Nothing) };
        if tokens.len() == 1 && tokens.first().is_some_and(|token| token.stop == Stop::None) {
            // One word between quotation marks is asked for in this very form.
            return self.exact(text, scope, place);
        }
        // Within a distance, stop words only stand in the way.
        let counts = |token: &&Token<'_>| slop == 0 || token.stop == Stop::None;
        let tokens: Vec<&Token<'_>> = tokens.iter().filter(counts).collect();
        let scopes = match scope {
            Scope::TitleAndBody => vec![self.lookup.fields.body, self.lookup.fields.title],
            _ => vec![self.fields_of(scope)],
        };
        let mut nodes = Vec::new();
        for fields in scopes {
            let mut slots = Vec::new();
            let mut rarity = 0.0;
            for token in &tokens {
                let source = match token.stop {
                    Stop::None => self.lookup.term(fields.stem, token.stem)?,
                    _ => self.lookup.term(fields.stop, token.exact)?,
                };
                rarity += self.lookup.rarity(source.doc_freq);
                let slot = if slop == 0 { token.position - first } else { 0 };
                slots.push((slot, vec![source]));
            }
            let weight = rarity * self.ranking.phrase;
            if slots.iter().all(|(_, sources)| sources.iter().any(|source| source.doc_freq > 0)) {
                nodes.push(PlanNode::Phrase(PlannedPhrase { slots, slop, weight }));
            }
        }
        if place != Place::Negated {
            let word = self.words.len();
            let target = |token: &&Token<'_>| {
                let (kind, text) = match token.stop {
                    Stop::None => (TargetKind::Stem, token.stem),
                    _ => (TargetKind::Exact, token.exact),
                };
                let weight = 1.0;
                (token.position - first, vec![Target { kind, text: text.to_owned(), word, weight }])
            };
            self.targets.phrases.push(PhraseTarget { slots: tokens.iter().map(target).collect(), slop });
            // A phrase counts as a word of the query, so that a passage with it is preferred.
            self.words.push(PlannedWord {
                surface: text.to_owned(),
                position: u32::MAX,
                rarity: 0.0,
                body: Vec::new(),
                title: Vec::new(),
                body_exact: Vec::new(),
                title_exact: Vec::new(),
                mended: false,
            });
        }
        Ok(PlanNode::any(nodes))
    }

    fn exact(&mut self, text: &str, scope: Scope, place: Place) -> tantivy::Result<PlanNode> {
        let analysis = self.analyzer.analyze(text);
        let mut nodes = Vec::new();
        for token in analysis.tokens().filter(|token| !token.alternate) {
            let mut terms = Vec::new();
            for (fields, length, worth) in self.texts_of(scope) {
                let is_stop = token.stop != Stop::None;
                let field = if is_stop { fields.stop } else { fields.exact };
                let source = self.lookup.term(field, token.exact)?;
                let weight = self.lookup.rarity(source.doc_freq) * worth;
                terms.push(ScoredTerm { source, weight, length: (!is_stop).then_some(length) });
            }
            if place != Place::Negated {
                let word = Word {
                    surface: surface(text, &token),
                    position: token.position,
                    stems: Vec::new(),
                    exacts: vec![token.exact.to_owned()],
                };
                let rarity = terms.iter().map(|term| term.weight).fold(0.0, f32::max);
                self.light(&word, rarity);
                self.push_word(&word, rarity, Sources::default(), false);
            }
            nodes.push(PlanNode::Terms(terms));
        }
        Ok(match nodes.len() {
            0 | 1 => PlanNode::any(nodes),
            _ => PlanNode::Bool { must: nodes, should: Vec::new(), not: Vec::new() },
        })
    }

    fn prefix(&mut self, text: &str, scope: Scope, place: Place) -> tantivy::Result<PlanNode> {
        // An article before it is no part of the word: `l'avi*`.
        let analysis = self.analyzer.analyze(text);
        let tokens: Vec<Token<'_>> = analysis.tokens().filter(|token| !token.alternate).collect();
        let Some(last) = tokens.last() else { return Ok(PlanNode::Nothing) };
        let prefix = surface(text, last).to_lowercase();
        let fields = self.exact_fields(scope);
        let (found, more) = expand::prefixed(self.lookup, &fields, &prefix, MAX_EXPANSION)?;
        self.expanded(text, &prefix, TargetKind::Prefix, found, more, scope, place)
    }

    fn fuzzy(&mut self, text: &str, distance: u8, scope: Scope, place: Place) -> tantivy::Result<PlanNode> {
        let analysis = self.analyzer.analyze(text);
        let Some(token) = analysis.tokens().find(|token| !token.alternate) else { return Ok(PlanNode::Nothing) };
        let fields = self.exact_fields(scope);
        let (found, more) = expand::similar(self.lookup, &fields, token.exact, distance, MAX_EXPANSION)?;
        self.expanded(text, token.exact, TargetKind::Exact, found, more, scope, place)
    }

    #[allow(clippy::too_many_arguments)]
    fn expanded(
        &mut self,
        typed: &str,
        text: &str,
        kind: TargetKind,
        found: Vec<Found>,
        more: bool,
        scope: Scope,
        place: Place,
    ) -> tantivy::Result<PlanNode> {
        if more && place != Place::Negated {
            self.notes.push(Note::TooManyTerms { word: typed.to_owned(), searched: found.len() });
        }
        // All words together are as rare as the most frequent one: a prefix is one word of the query.
        let rarity = self.lookup.rarity(found.iter().map(|found| found.doc_freq).max().unwrap_or(0));
        let mut terms = Vec::new();
        for found in &found {
            let nearness = 1.0 / f32::from(1 + u16::from(found.distance));
            terms.extend(self.exact_terms(&found.text, scope, rarity * nearness)?);
        }
        if place != Place::Negated {
            let word = self.words.len();
            let mut light = |kind, text: String| {
                self.targets.terms.push(Target { kind, text, word, weight: rarity.max(0.1) });
            };
            match kind {
                TargetKind::Prefix => light(kind, expand::folded(text)),
                _ => found.into_iter().for_each(|found| light(kind, found.text)),
            }
            let word = Word { surface: typed.to_owned(), position: u32::MAX, stems: Vec::new(), exacts: Vec::new() };
            self.push_word(&word, rarity, Sources::default(), false);
        }
        Ok(if terms.is_empty() { PlanNode::Nothing } else { PlanNode::Terms(terms) })
    }

    /// What a word lights, by any of its forms.
    fn light(&mut self, word: &Word, rarity: f32) {
        let slot = self.words.len();
        let mut light = |kind, text: &String| {
            self.targets.terms.push(Target { kind, text: text.clone(), word: slot, weight: rarity.max(0.1) });
        };
        if word.stems.is_empty() {
            word.exacts.iter().for_each(|text| light(TargetKind::Exact, text));
        }
        word.stems.iter().for_each(|text| light(TargetKind::Stem, text));
    }

    fn sources(&self, word: &Word, scope: Scope) -> tantivy::Result<Sources> {
        let find = |field, texts: &[String]| -> tantivy::Result<Vec<TermSource>> {
            let mut sources = Vec::new();
            for text in texts {
                let source = self.lookup.term(field, text)?;
                if source.doc_freq > 0 {
                    sources.push(source);
                }
            }
            Ok(sources)
        };
        let fields = self.lookup.fields;
        let both = |text: crate::index::TextFields| -> tantivy::Result<TextSources> {
            Ok(TextSources { stems: find(text.stem, &word.stems)?, exacts: find(text.exact, &word.exacts)? })
        };
        Ok(match scope {
            Scope::TitleAndBody => Sources { title: both(fields.title)?, body: both(fields.body)? },
            Scope::Title => Sources { title: both(fields.title)?, body: TextSources::default() },
            Scope::Label(field) => {
                let stems = find(field, &word.stems)?;
                Sources { title: TextSources::default(), body: TextSources { stems, exacts: Vec::new() } }
            }
        })
    }

    fn scored(&self, found: &Sources, rarity: f32) -> PlanNode {
        let term = |source: &TermSource, worth: f32, length| ScoredTerm {
            source: source.clone(),
            weight: rarity * worth,
            length: Some(length),
        };
        let title = found.title.stems.iter().map(|source| term(source, self.ranking.title, LengthOf::Title));
        let body = found.body.stems.iter().map(|source| term(source, 1.0, LengthOf::Body));
        PlanNode::Terms(body.chain(title).collect())
    }

    fn exact_terms(&self, text: &str, scope: Scope, rarity: f32) -> tantivy::Result<Vec<ScoredTerm>> {
        let mut terms = Vec::new();
        for (fields, length, worth) in self.texts_of(scope) {
            let source = self.lookup.term(fields.exact, text)?;
            if source.doc_freq > 0 {
                terms.push(ScoredTerm { source, weight: rarity * worth, length: Some(length) });
            }
        }
        Ok(terms)
    }

    /// The texts of a scope, each with what it is worth.
    fn texts_of(&self, scope: Scope) -> Vec<(crate::index::TextFields, LengthOf, f32)> {
        let fields = self.lookup.fields;
        let title = (fields.title, LengthOf::Title, self.ranking.title);
        match scope {
            Scope::TitleAndBody => vec![(fields.body, LengthOf::Body, 1.0), title],
            Scope::Title => vec![title],
            Scope::Label(field) => {
                let label = crate::index::TextFields { stem: field, exact: field, stop: field };
                vec![(label, LengthOf::Title, 1.0)]
            }
        }
    }

    fn fields_of(&self, scope: Scope) -> crate::index::TextFields {
        self.texts_of(scope).first().map_or(self.lookup.fields.body, |&(fields, ..)| fields)
    }

    fn exact_fields(&self, scope: Scope) -> Vec<tantivy::schema::Field> {
        self.texts_of(scope).into_iter().map(|(fields, ..)| fields.exact).collect()
    }
}

/// Tells whether a part of a query holds anything to look for but dates.
fn asks_words(node: &Node) -> bool {
    match node {
        Node::Words(text) => text.chars().any(char::is_alphanumeric),
        Node::Dates(_) => false,
        _ => true,
    }
}

impl Place {
    fn inside(self) -> Place {
        if self == Place::Negated { Place::Negated } else { Place::Inside }
    }
}

#[derive(Default)]
struct Sources {
    title: TextSources,
    body: TextSources,
}

fn total_freq(sources: &[TermSource]) -> u32 {
    sources.iter().map(|source| source.doc_freq).sum()
}

/// Terms of a label: having them is what counts.
fn flat_terms(sources: Vec<TermSource>) -> PlanNode {
    let terms: Vec<ScoredTerm> =
        sources.into_iter().map(|source| ScoredTerm { source, weight: 1.0, length: None }).collect();
    if terms.is_empty() { PlanNode::Nothing } else { PlanNode::Terms(terms) }
}

fn surface(text: &str, token: &Token<'_>) -> String {
    text.get(token.start..token.end).unwrap_or(token.exact).to_owned()
}

fn push_new(list: &mut Vec<String>, text: String) {
    if !list.contains(&text) {
        list.push(text);
    }
}

/// The words that carry sense, each with its other readings; a reading of several words stands for each of them.
fn content_words(text: &str, analysis: &Analysis) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    for token in analysis.tokens().filter(|token| !token.alternate && token.stop == Stop::None) {
        words.push(Word {
            surface: surface(text, &token),
            position: token.position,
            stems: vec![token.stem.to_owned()],
            exacts: vec![token.exact.to_owned()],
        });
    }
    for token in analysis.tokens().filter(|token| token.alternate && token.stop == Stop::None) {
        let covered = token.position..token.position.saturating_add(token.span.max(1));
        let mut stood_for = false;
        for word in words.iter_mut().filter(|word| covered.contains(&word.position)) {
            push_new(&mut word.stems, token.stem.to_owned());
            push_new(&mut word.exacts, token.exact.to_owned());
            stood_for = true;
        }
        if !stood_for {
            // It stands for stop words alone: `week-end` keeps its sense where its parts would not.
            words.push(Word {
                surface: surface(text, &token),
                position: token.position,
                stems: vec![token.stem.to_owned()],
                exacts: vec![token.exact.to_owned()],
            });
        }
    }
    words.sort_by_key(|word| word.position);
    words
}
