//! What each thread keeps: the caches of the analyzers it uses, and the last texts it analyzed.

use std::cell::RefCell;
use std::rc::Rc;

use crate::analysis::Analysis;
use crate::cache::Cache;
use crate::fingerprint::Fingerprint;
use crate::words::Scratch;

/// Analyzers whose caches a thread keeps at the same time.
const MAX_CACHES: usize = 4;
/// Texts whose analysis a thread keeps: the fields of an article come one after the other, each at two levels.
const MAX_MEMOS: usize = 4;
/// Bytes of one memo above which it is not kept for later.
const MAX_MEMO_BYTES: usize = 8 << 20;

/// What tells one analyzer's cache from another's: analyzers that behave alike share it.
type CacheKey = (Fingerprint, usize);

/// The analysis of one text.
#[derive(Debug)]
pub(crate) struct Memo {
    fingerprint: Fingerprint,
    text: String,
    pub(crate) analysis: Analysis,
}

#[derive(Default)]
struct Local {
    caches: Vec<(CacheKey, Cache)>,
    scratch: Scratch,
}

thread_local! {
    static LOCAL: RefCell<Local> = RefCell::default();
    static MEMOS: RefCell<Vec<Rc<Memo>>> = const { RefCell::new(Vec::new()) };
}

/// Runs `work` with the cache of one analyzer. A thread that is ending, or that is already inside, works without.
pub(crate) fn with_cache(key: CacheKey, mut work: impl FnMut(&mut Cache, &mut Scratch)) {
    let done = LOCAL.try_with(|local| {
        let Ok(mut local) = local.try_borrow_mut() else {
            return false;
        };
        let Local { caches, scratch } = &mut *local;
        let rank = caches.iter().position(|(known, _)| *known == key).unwrap_or_else(|| {
            if caches.len() == MAX_CACHES {
                caches.remove(0);
            }
            caches.push((key, Cache::new(key.1)));
            caches.len() - 1
        });
        let Some((_, cache)) = caches.get_mut(rank) else {
            return false;
        };
        work(cache, scratch);
        true
    });
    if done != Ok(true) {
        work(&mut Cache::new(0), &mut Scratch::default());
    }
}

/// Returns the analysis of `text`: the one kept, when this thread has just made it, else a new one made by `analyze`.
pub(crate) fn memo(fingerprint: Fingerprint, text: &str, analyze: impl Fn(&str, &mut Analysis)) -> Rc<Memo> {
    let kept = MEMOS.try_with(|memos| {
        let mut memos = memos.try_borrow_mut().ok()?;
        let known = memos.iter().find(|memo| memo.fingerprint == fingerprint && memo.text == text);
        if let Some(memo) = known {
            return Some(Rc::clone(memo));
        }
        // The oldest one gives its buffers, unless a token stream still reads it.
        let oldest = if memos.len() < MAX_MEMOS { None } else { Rc::into_inner(memos.remove(0)) };
        let memo = Rc::new(fill(oldest, fingerprint, text, &analyze));
        if memos.len() == MAX_MEMOS {
            memos.remove(0);
        }
        if memo.text.capacity() + memo.analysis.capacity_bytes() <= MAX_MEMO_BYTES {
            memos.push(Rc::clone(&memo));
        }
        Some(memo)
    });
    match kept {
        Ok(Some(memo)) => memo,
        _ => Rc::new(fill(None, fingerprint, text, &analyze)),
    }
}

fn fill(old: Option<Memo>, fingerprint: Fingerprint, text: &str, analyze: &impl Fn(&str, &mut Analysis)) -> Memo {
    let (mut kept_text, mut analysis) = old.map(|memo| (memo.text, memo.analysis)).unwrap_or_default();
    kept_text.clear();
    kept_text.push_str(text);
    analyze(text, &mut analysis);
    Memo { fingerprint, text: kept_text, analysis }
}

/// Returns the longest beginning of `text` of at most `limit` bytes.
pub(crate) fn first_bytes(text: &str, limit: usize) -> &str {
    if text.len() <= limit {
        return text;
    }
    let end = (0..=limit).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
    text.get(..end).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_cut_on_a_boundary() {
        assert_eq!(first_bytes("été", 10), "été");
        assert_eq!(first_bytes("été", 1), "");
        assert_eq!(first_bytes("été", 3), "ét");
    }
}
