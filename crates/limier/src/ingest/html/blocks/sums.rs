//! How much of what stands in each element: of running text, of links, of headings.

use std::ops::Range;

use super::super::hint::Hint;
use super::super::tag::Tag;
use super::super::tree::Page;
use super::hidden::Hidden;

/// A run of text outside of links counts as running text from so many bytes on.
const RUNNING_BYTES: usize = 60;

/// What stands before a node: differences tell what stands in an element.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Sum {
    /// Bytes of running text that are not readers' comments.
    pub(super) running: usize,
    /// Bytes of running text that speak of cookies and of leave to set them.
    pub(super) consent: usize,
    /// Bytes of sentences that are shown, and stand neither beside the article nor in a notice.
    pub(super) said: usize,
    /// Texts that speak of cookies, however short.
    pub(super) notices: usize,
    /// Bytes of text outside of links.
    pub(super) plain: usize,
    /// Bytes of text in links.
    pub(super) linked: usize,
    /// Headings of the first level.
    pub(super) titles: usize,
    /// Pictures.
    pub(super) images: usize,
    /// Texts of headings that lead elsewhere.
    pub(super) linked_headings: usize,
}

/// The sums before each node of a page, and at the end those of all of it.
pub(super) struct Sums(Vec<Sum>);

impl Sums {
    /// Counts what stands before each node, and at the end what stands in the whole page.
    pub(super) fn of(page: &Page, hints: &[Hint], hidden: &Hidden) -> Sums {
        let nodes = page.nodes();
        let mut sums = Vec::with_capacity(nodes.len() + 1);
        let mut sum = Sum::default();
        let (mut left_out_until, mut comments_until, mut heading_until, mut beside_until) = (0, 0, 0, 0);
        for (index, node) in nodes.iter().enumerate() {
            sums.push(sum);
            if index > 0 && node.tag.is_left_out() {
                left_out_until = left_out_until.max(node.end);
            }
            if index >= comments_until && hints.get(index) == Some(&Hint::Comments) {
                comments_until = node.end;
            }
            if index < left_out_until {
                continue;
            }
            sum.titles += usize::from(node.tag == Tag::Heading(1));
            if matches!(node.tag, Tag::Heading(_)) {
                heading_until = node.end;
            }
            if matches!(node.tag, Tag::Nav | Tag::Aside | Tag::Footer | Tag::Form) {
                beside_until = beside_until.max(node.end);
            }
            sum.images += usize::from(node.tag == Tag::Img);
            let text = page.text(node).trim();
            let bytes = text.len();
            if node.in_link {
                sum.linked += bytes;
                sum.linked_headings += usize::from(bytes > 0 && index < heading_until);
                continue;
            }
            sum.plain += bytes;
            let is_notice = speaks_of_cookies(text);
            sum.notices += usize::from(is_notice);
            let is_beside = index < beside_until || index < comments_until || hidden.holds(index);
            if !is_notice && !is_beside && reads_as_text(text) {
                sum.said += bytes;
            }
            if bytes >= RUNNING_BYTES && index >= comments_until {
                sum.running += bytes;
                sum.consent += if speaks_of_consent(text) { bytes } else { 0 };
            }
        }
        sums.push(sum);
        Sums(sums)
    }

    /// Returns what stands in the whole page.
    pub(super) fn all(&self) -> Sum {
        self.0.last().copied().unwrap_or_default()
    }

    /// Returns what stands in a range of nodes.
    pub(super) fn within(&self, range: Range<usize>) -> Sum {
        let at = |index: usize| self.0.get(index).copied().unwrap_or_default();
        let (start, end) = (at(range.start), at(range.end));
        Sum {
            running: end.running.saturating_sub(start.running),
            plain: end.plain.saturating_sub(start.plain),
            linked: end.linked.saturating_sub(start.linked),
            said: end.said.saturating_sub(start.said),
            notices: end.notices.saturating_sub(start.notices),
            consent: end.consent.saturating_sub(start.consent),
            titles: end.titles.saturating_sub(start.titles),
            images: end.images.saturating_sub(start.images),
            linked_headings: end.linked_headings.saturating_sub(start.linked_headings),
        }
    }
}

/// Tells whether a text is a sentence, or as long as one.
fn reads_as_text(text: &str) -> bool {
    text.len() >= RUNNING_BYTES || (text.len() >= SENTENCE_BYTES && text.ends_with(['.', '!', '?', '…', '»']))
}

/// A shorter text, in bytes, is a label, though it ends with a stop.
const SENTENCE_BYTES: usize = 25;

/// Tells whether a text has one of the terms that notices of sites are about.
fn speaks_of_cookies(text: &str) -> bool {
    const TERMS: [&str; 5] = ["ookie", "traceurs", "vie privée", "données personnelles", "onsentement"];
    TERMS.iter().any(|term| text.contains(*term))
}

/// Tells whether a text has two of the terms by which sites ask for leave to follow their readers: many articles have one.
fn speaks_of_consent(text: &str) -> bool {
    const TERMS: [&str; 16] = [
        "cookie",
        "traceur",
        "partenaires",
        "consent",
        "confidentialité",
        "vie privée",
        "données personnelles",
        "données de géolocalisation",
        "appareil",
        "vos choix",
        "vos préférences",
        "intérêt légitime",
        "intérêts légitimes",
        "contenu personnalisé",
        "personnalisés",
        "mesure d",
    ];
    TERMS.iter().filter(|term| text.contains(**term)).take(2).count() == 2
}
