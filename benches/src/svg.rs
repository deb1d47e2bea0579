//! Writes SVG that is read in light and in dark.

use std::fmt::Write;

/// An image that is being drawn; lengths are in pixels.
#[derive(Debug)]
pub(crate) struct Svg {
    width: f64,
    height: f64,
    title: String,
    style: String,
    body: String,
}

/// Where a text stands to its point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Anchor {
    Start,
    Middle,
    End,
}

impl Svg {
    /// Starts an image with a title for whoever cannot see it.
    ///
    /// `light` and `dark` are rules of CSS: those of `dark` hold where the reader prefers dark.
    pub(crate) fn new(width: f64, height: f64, title: &str, light: &str, dark: &str) -> Svg {
        let style = format!("{light}\n@media (prefers-color-scheme: dark) {{\n{dark}\n}}");
        Svg { width, height, title: title.to_owned(), style, body: String::new() }
    }

    /// Writes a text.
    pub(crate) fn text(&mut self, x: f64, y: f64, class: &str, anchor: Anchor, text: &str) {
        let anchor = match anchor {
            Anchor::Start => "",
            Anchor::Middle => " text-anchor=\"middle\"",
            Anchor::End => " text-anchor=\"end\"",
        };
        self.element(&format!("<text x=\"{x:.1}\" y=\"{y:.1}\" class=\"{class}\"{anchor}>{}</text>", escaped(text)));
    }

    /// Writes a text that takes exactly this width, whatever the font.
    pub(crate) fn text_of_width(&mut self, x: f64, y: f64, width: f64, class: &str, text: &str) {
        self.element(&format!(
            "<text x=\"{x:.1}\" y=\"{y:.1}\" class=\"{class}\" textLength=\"{width:.1}\" \
             lengthAdjust=\"spacingAndGlyphs\">{}</text>",
            escaped(text)
        ));
    }

    /// Draws a rectangle with round corners.
    pub(crate) fn rectangle(&mut self, x: f64, y: f64, width: f64, height: f64, class: &str, round: f64) {
        self.element(&format!(
            "<rect x=\"{x:.1}\" y=\"{y:.1}\" width=\"{width:.1}\" height=\"{height:.1}\" rx=\"{round}\" class=\"{class}\"/>"
        ));
    }

    /// Draws a straight line through points.
    pub(crate) fn line(&mut self, points: &[(f64, f64)], class: &str) {
        let points: Vec<String> = points.iter().map(|(x, y)| format!("{x:.1},{y:.1}")).collect();
        self.element(&format!("<polyline points=\"{}\" class=\"{class}\" fill=\"none\"/>", points.join(" ")));
    }

    /// Draws a dot.
    pub(crate) fn dot(&mut self, x: f64, y: f64, radius: f64, class: &str) {
        self.element(&format!("<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"{radius}\" class=\"{class}\"/>"));
    }

    fn element(&mut self, element: &str) {
        self.body.push_str(element);
        self.body.push('\n');
    }

    /// Returns the image.
    pub(crate) fn finish(self) -> String {
        let Svg { width, height, title, style, body } = self;
        let mut out = String::with_capacity(body.len() + 1_000);
        // Writing into a string cannot fail.
        let _ = write!(
            out,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width:.0} {height:.0}\" width=\"{width:.0}\" \
             height=\"{height:.0}\" role=\"img\">\n<title>{}</title>\n<style>\n{style}\n</style>\n{body}</svg>\n",
            escaped(&title)
        );
        out
    }
}

/// Escapes what XML reads as markup, and replaces what it does not allow.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\t' | '\n' => out.push(' '),
            c if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_escaped_and_titles_too() {
        let mut svg = Svg::new(10.0, 20.0, "a < b", ".t { fill: black }", ".t { fill: white }");
        svg.text(1.0, 2.0, "t", Anchor::End, "<b>\u{1b}&\"");
        let image = svg.finish();
        assert!(image.contains("<title>a &lt; b</title>"), "{image}");
        assert!(image.contains(">&lt;b&gt;\u{fffd}&amp;&quot;</text>"), "{image}");
        assert!(image.contains("text-anchor=\"end\"") && image.ends_with("</svg>\n"), "{image}");
        assert!(image.contains("prefers-color-scheme: dark"), "{image}");
    }
}
