//! The text of the article as the page repeats it for programs: what it holds is the article's.

use std::collections::HashSet;

use super::super::super::noise;
use super::super::blocks::Block;

/// Which blocks the page repeats in its JSON-LD as the text of the article.
pub(super) struct Repeated(Vec<bool>);

/// A text shorter than this, in characters, is no article's whole.
const REPEATED_CHARS: usize = 300;

/// The page agrees with what it repeats where it shows this share of it.
const AGREEMENT: f32 = 0.7;

impl Repeated {
    pub(super) fn of(blocks: &[Block], body: Option<&str>) -> Repeated {
        let Some(body) = body.filter(|body| body.chars().count() >= REPEATED_CHARS) else {
            return Repeated(Vec::new());
        };
        let words = words(body);
        let known: HashSet<&[String]> = words.windows(3).collect();
        let mut shown = 0;
        let mut held = Vec::with_capacity(blocks.len());
        for block in blocks {
            let own = self::words(&block.text);
            let all = own.windows(3).count();
            let common = own.windows(3).filter(|words| known.contains(words)).count();
            let is_held = all > 0 && common * 5 >= all * 4 && !block.place.is_caption;
            shown += if is_held { block.chars } else { 0 };
            held.push(is_held);
        }
        if (shown as f32) < AGREEMENT * body.chars().count() as f32 {
            return Repeated(Vec::new());
        }
        Repeated(held)
    }

    pub(super) fn holds(&self, index: usize) -> bool {
        self.0.get(index).copied().unwrap_or(false)
    }
}

fn words(text: &str) -> Vec<String> {
    noise::fold(text).split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}
