//! A page as a careless scraper writes it: all lines that it shows, nothing chosen.

/// Returns every text of a page that is not a program, a line a block.
pub(crate) fn flatten(html: &str) -> String {
    let mut text = String::with_capacity(html.len() / 4);
    let mut rest = html;
    while let Some(open) = rest.find('<') {
        push(&mut text, rest.get(..open).unwrap_or_default());
        rest = rest.get(open..).unwrap_or_default();
        if let Some(comment) = rest.strip_prefix("<!--") {
            rest = comment.split_once("-->").map_or("", |(_, after)| after);
            continue;
        }
        let Some((tag, after)) = rest.split_once('>') else { break };
        rest = after;
        let name: String = tag
            .trim_start_matches(['<', '/'])
            .chars()
            .take_while(char::is_ascii_alphanumeric)
            .collect::<String>()
            .to_lowercase();
        if matches!(name.as_str(), "script" | "style" | "head" | "noscript" | "svg" | "select")
            && !tag.starts_with("</")
        {
            rest = rest.find(&format!("</{name}")).map_or("", |end| rest.get(end..).unwrap_or_default());
        } else if !INLINE.contains(&name.as_str()) {
            text.push('\n');
        }
    }
    let lines = text.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "));
    lines.filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
}

/// Elements that start no line.
const INLINE: &[&str] =
    &["a", "abbr", "b", "em", "font", "i", "label", "meta", "q", "small", "span", "strong", "sub", "sup", "time", "u"];

fn push(text: &mut String, raw: &str) {
    let mut rest = raw;
    while let Some(at) = rest.find('&') {
        text.push_str(rest.get(..at).unwrap_or_default());
        rest = rest.get(at..).unwrap_or_default();
        let end = rest.find(';').filter(|end| *end <= 10);
        let character = end.and_then(|end| character(rest.get(1..end)?));
        match (character, end) {
            (Some(c), Some(end)) => {
                text.push(c);
                rest = rest.get(end + 1..).unwrap_or_default();
            }
            _ => {
                text.push('&');
                rest = rest.get(1..).unwrap_or_default();
            }
        }
    }
    // A line of markup is no line of text.
    text.extend(rest.chars().map(|c| if c.is_ascii_whitespace() { ' ' } else { c }));
}

fn character(name: &str) -> Option<char> {
    match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "nbsp" => Some('\u{a0}'),
        "eacute" => Some('é'),
        "egrave" => Some('è'),
        "agrave" => Some('à'),
        "laquo" => Some('«'),
        "raquo" => Some('»'),
        "rsquo" => Some('’'),
        _ => {
            let digits = name.strip_prefix('#')?;
            let code = match digits.strip_prefix(['x', 'X']) {
                Some(hexadecimal) => u32::from_str_radix(hexadecimal, 16).ok()?,
                None => digits.parse().ok()?,
            };
            char::from_u32(code)
        }
    }
}
