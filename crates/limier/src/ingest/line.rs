//! Which line of its file a place in an article stands on.

use std::path::Path;

use super::Kind;
use crate::Article;

/// Returns the 1-based line of the article's file on which the byte at `offset` of its body stands.
///
/// A record (of JSON, of a table) is taken to stand on the line on which it begins, whatever line ends its text holds. `None` for an article that comes
/// from no file; an offset beyond the body counts as its end.
///
/// ```
/// use limier::{Article, ingest};
/// let article = Article::new("1").body("Un.\n\nDeux.").line(3);
/// assert_eq!(ingest::line_at(&article.clone().path("presse/a.txt"), 5), Some(5));
/// assert_eq!(ingest::line_at(&article.clone().path("presse/a.jsonl"), 5), Some(3));
/// assert_eq!(ingest::line_at(&article, 5), None);
/// ```
pub fn line_at(article: &Article, offset: usize) -> Option<u32> {
    let path = article.get_path()?;
    let first = Some(article.get_line()).filter(|&line| line > 0)?;
    // The lines of a page's markup are not those of its text.
    if Kind::of(Path::new(path)).is_ok_and(|kind| kind.has_records() || kind == Kind::Html) {
        return Some(first);
    }
    let before = article.get_body().bytes().take(offset).filter(|&byte| byte == b'\n').count();
    Some(first.saturating_add(u32::try_from(before).unwrap_or(u32::MAX)))
}
