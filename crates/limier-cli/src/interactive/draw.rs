//! A picture of the state: the query line, a line of what was found, the hits, the article, and the keys.

use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Position, Rect};
use ratatui::style::{Color, Modifier, Style};
use ratatui::text::{Line, Span};
use ratatui::widgets::{Block, Borders, Clear, Paragraph};

use limier::{Facet, FacetCount, Hit};

use super::state::{Panes, ROWS_OF_A_HIT, State};
use super::worker::Preview;
use crate::messages::{self, interactive as words};
use crate::print::sanitize::visible_line;

/// From so many columns on, the article stands beside the hits, else below them.
const WIDE: u16 = 100;

const PROMPT: &str = "> ";

/// Draws everything.
pub(super) fn picture(state: &State<'_>, frame: &mut Frame<'_>) {
    let counts = counts_line(state);
    let rows = [1, 1, u16::from(counts.is_some())].map(Constraint::Length);
    let [query, status, counted, middle, keys] =
        Layout::vertical(rows.into_iter().chain([Constraint::Min(0), Constraint::Length(1)])).areas(frame.area());
    query_line(state, frame, query);
    frame.render_widget(Paragraph::new(status_line(state)).style(dim()), status);
    if let Some(counts) = counts {
        frame.render_widget(Paragraph::new(counts).style(dim()), counted);
    }
    let is_wide = middle.width >= WIDE;
    let [list, article] = match is_wide {
        true => Layout::horizontal([Constraint::Percentage(40), Constraint::Percentage(60)]).areas(middle),
        false => Layout::vertical([Constraint::Percentage(45), Constraint::Percentage(55)]).areas(middle),
    };
    let edge = if is_wide { Borders::LEFT } else { Borders::TOP };
    let block = Block::new().borders(edge).border_style(dim());
    let inside = block.inner(article);
    frame.render_widget(block, article);
    let top = hits(state, frame, list);
    state.panes.set(Panes { list, preview: inside, top });
    if let Some(preview) = &state.preview {
        preview_pane(state, preview, frame, inside);
    }
    frame.render_widget(Paragraph::new(words::KEYS.as_str()).style(dim()), keys);
    if state.has_help {
        help(frame, middle);
    }
}

fn query_line(state: &State<'_>, frame: &mut Frame<'_>, area: Rect) {
    let room = usize::from(area.width).saturating_sub(PROMPT.len() + 1);
    let before = state.line.columns_before();
    // A long query is shown around its cursor.
    let scrolled = before.saturating_sub(room);
    let text = Paragraph::new(state.line.text()).scroll((0, clamped(scrolled)));
    let [prompt, typed] =
        Layout::horizontal([Constraint::Length(clamped(PROMPT.len())), Constraint::Min(0)]).areas(area);
    frame.render_widget(Paragraph::new(PROMPT).style(strong()), prompt);
    if state.line.text().is_empty() {
        frame.render_widget(Paragraph::new(words::TYPE_HERE.as_str()).style(dim()), typed);
    } else {
        frame.render_widget(text, typed);
    }
    let column = typed.x.saturating_add(clamped(before - scrolled));
    frame.set_cursor_position(Position::new(column, area.y));
}

fn status_line(state: &State<'_>) -> String {
    let order = words::order(state.order);
    let found = match &state.hits {
        None => messages::counted_articles(state.articles),
        Some(hits) => words::found(hits.len(), hits.total(), state.elapsed),
    };
    let mut line = format!("{found} · {order}");
    for note in &state.notes {
        line.push_str(" · ");
        line.push_str(&visible_line(note));
    }
    line
}

/// Returns how many hits there are of each source or author, the most first, or of each year or month, the latest first,
/// where that was asked for.
fn counts_line(state: &State<'_>) -> Option<String> {
    let counts = state.hits.as_ref()?.facets().first()?;
    let title = messages::facet(counts.facet);
    if counts.counts.is_empty() {
        return Some(format!("{title} · {}", messages::no_values().trim_start()));
    }
    let value = |value: &str| visible_line(&messages::facet_value(counts.facet, value));
    let part = |count: &FacetCount| format!("{} {}", value(&count.value), messages::grouped(count.count));
    let mut parts: Vec<String> = counts.counts.iter().map(part).collect();
    if matches!(counts.facet, Facet::Year | Facet::Month) {
        parts.reverse();
    }
    Some(format!("{title} · {}", parts.join(" · ")))
}

/// Draws the hits and returns the first that is seen.
fn hits(state: &State<'_>, frame: &mut Frame<'_>, area: Rect) -> usize {
    let Some(hits) = &state.hits else { return 0 };
    if hits.is_empty() {
        frame.render_widget(Paragraph::new(words::NOTHING.as_str()).style(dim()), area);
        return 0;
    }
    let room = usize::from(area.height / ROWS_OF_A_HIT).max(1);
    // The list moves no more than it must, so that the eye keeps its place.
    let last_top = state.panes.get().top.min(hits.len().saturating_sub(1));
    let top = last_top.clamp(
        (state.selected + 1).saturating_sub(room),
        state.selected.max((state.selected + 1).saturating_sub(room)),
    );
    let mut lines = Vec::new();
    for (place, hit) in hits.iter().enumerate().skip(top).take(room) {
        let is_selected = place == state.selected;
        let mark = if is_selected { "> " } else { "  " };
        let base = if is_selected { strong().add_modifier(Modifier::REVERSED) } else { strong() };
        let mut title = vec![Span::styled(mark, strong())];
        title.extend(lit(&hit.article().heading(), hit.title_highlights(), base, state.has_color));
        lines.push(Line::from(title));
        lines.push(Line::styled(format!("  {}", visible_line(&known(state, hit))), dim()));
    }
    frame.render_widget(Paragraph::new(lines), area);
    top
}

/// Returns what is known of an article, in one line.
fn known(state: &State<'_>, hit: &Hit) -> String {
    let article = hit.article();
    let path = state.path_of(article);
    let date = article.get_date().map(messages::date);
    let parts = [date.as_deref(), article.get_source(), article.get_author(), path.as_deref()];
    let parts: Vec<&str> = parts.into_iter().flatten().collect();
    if parts.is_empty() { hit.id().to_owned() } else { parts.join(" · ") }
}

fn preview_pane(state: &State<'_>, preview: &Preview, frame: &mut Frame<'_>, area: Rect) {
    let hit = &preview.hit;
    let [head, about, body] =
        Layout::vertical([Constraint::Length(1), Constraint::Length(1), Constraint::Min(0)]).areas(area);
    let title = lit(&hit.article().heading(), hit.title_highlights(), strong(), state.has_color);
    frame.render_widget(Paragraph::new(Line::from(title)), head);
    frame.render_widget(Paragraph::new(visible_line(&known(state, hit))).style(dim()), about);
    let rows = preview.rows.iter().skip(state.preview_top).take(usize::from(body.height)).map(|row| {
        // The mark does without colour.
        let mut spans = vec![Span::styled(if row.is_passage { "▌ " } else { "  " }, dim())];
        spans.extend(row.runs.iter().map(|run| {
            Span::styled(run.text.as_str(), if run.is_lit { lit_style(state.has_color) } else { Style::new() })
        }));
        Line::from(spans)
    });
    frame.render_widget(Paragraph::new(rows.collect::<Vec<_>>()), body);
}

/// Draws the keys over everything else.
fn help(frame: &mut Frame<'_>, area: Rect) {
    let text = words::HELP.as_str();
    let columns = text.lines().map(|line| line.chars().count()).max().unwrap_or_default() + 4;
    let rows = text.lines().count() + 2;
    let width = clamped(columns).min(area.width);
    let height = clamped(rows).min(area.height);
    let place = Rect { x: area.x + (area.width - width) / 2, y: area.y + (area.height - height) / 2, width, height };
    frame.render_widget(Clear, place);
    let block = Block::bordered().title(words::HELP_TITLE.as_str());
    frame.render_widget(Paragraph::new(text).block(block), place);
}

/// Splits a text into what is lit and what is not; control characters are made visible.
fn lit(text: &str, lights: &[std::ops::Range<usize>], base: Style, has_color: bool) -> Vec<Span<'static>> {
    let mut spans = Vec::new();
    let mut push = |part: Option<&str>, style: Style| {
        if let Some(part) = part.filter(|part| !part.is_empty()) {
            spans.push(Span::styled(visible_line(part), style));
        }
    };
    let mut at = 0;
    for light in lights {
        push(text.get(at..light.start), base);
        push(text.get(light.start..light.end), base.patch(lit_style(has_color)));
        at = light.end;
    }
    push(text.get(at..), base);
    spans
}

fn strong() -> Style {
    Style::new().add_modifier(Modifier::BOLD)
}

fn dim() -> Style {
    Style::new().add_modifier(Modifier::DIM)
}

/// The style of a match: that of results in a terminal, or underlined where there are no colours.
fn lit_style(has_color: bool) -> Style {
    match has_color {
        true => strong().fg(Color::Red),
        false => strong().add_modifier(Modifier::UNDERLINED),
    }
}

fn clamped(columns: usize) -> u16 {
    u16::try_from(columns).unwrap_or(u16::MAX)
}
