//! What is typed and shown, and what each key does: plain data, changed by events and answers, drawn elsewhere.

use std::cell::Cell;
use std::time::Duration;

use limier::{Article, Facet, Hits};
use ratatui::crossterm::event::{Event, KeyCode, KeyEvent, KeyEventKind, KeyModifiers, MouseButton, MouseEventKind};
use ratatui::layout::{Position, Rect};

use super::line::Line;
use super::open::Opener;
use super::worker::{Answer, Preview, Question, Search};
use crate::context::Context;
use crate::options::Order;
use crate::paths::Shown;

/// Rows that a turn of the mouse wheel moves.
const WHEEL: usize = 3;

/// What an event asks for beyond the state itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Act {
    Stay,
    Leave,
    /// Leave, and print this path.
    Print(String),
    /// Open the article that is shown.
    Open(Opener),
    /// Step back into the shell until called to the front.
    Stop,
}

/// Where the panes lie in the last picture: what the mouse points at.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Panes {
    pub(super) list: Rect,
    pub(super) preview: Rect,
    /// The first hit in the list.
    pub(super) top: usize,
}

pub(super) struct State<'s> {
    pub(super) line: Line,
    pub(super) order: Order,
    /// What all hits are counted by.
    pub(super) facet: Option<Facet>,
    pub(super) hits: Option<Hits>,
    /// What the search said, or what went wrong.
    pub(super) notes: Vec<String>,
    pub(super) elapsed: Duration,
    pub(super) articles: u64,
    pub(super) selected: usize,
    pub(super) preview: Option<Preview>,
    pub(super) preview_top: usize,
    pub(super) has_help: bool,
    pub(super) has_color: bool,
    /// Written while a picture is drawn, since only then it is known.
    pub(super) panes: Cell<Panes>,
    shown: &'s Shown,
    prints: bool,
    /// What was asked last.
    number: u64,
    /// The search that the hits answer, or will.
    asked: Option<Search>,
    is_searching: bool,
    /// Whether the hits are those of a finished query.
    is_finished: bool,
    previewed: Option<(u64, usize, usize)>,
    is_previewing: bool,
    is_stale: bool,
}

impl<'s> State<'s> {
    pub(super) fn new(context: &Context, shown: &'s Shown, articles: u64, order: Order) -> State<'s> {
        State {
            line: Line::default(),
            order,
            facet: None,
            hits: None,
            notes: Vec::new(),
            elapsed: Duration::ZERO,
            articles,
            selected: 0,
            preview: None,
            preview_top: 0,
            has_help: false,
            has_color: context.screen.color,
            panes: Cell::default(),
            shown,
            prints: !context.environment.stdout_is_terminal,
            number: 0,
            asked: None,
            is_searching: false,
            is_finished: false,
            previewed: None,
            is_previewing: false,
            is_stale: true,
        }
    }

    /// Tells, once, whether anything changed since the last picture.
    pub(super) fn needs_picture(&mut self) -> bool {
        std::mem::take(&mut self.is_stale)
    }

    /// Tells whether an answer is awaited.
    pub(super) fn is_waiting(&self) -> bool {
        self.is_searching || self.is_previewing
    }

    /// Returns the path of an article as it is shown.
    pub(super) fn path_of(&self, article: &Article) -> Option<String> {
        self.shown.article(article)
    }

    /// Returns the article in the preview, and what is lit in it.
    pub(super) fn shown_article(&self) -> Option<&Preview> {
        self.preview.as_ref()
    }

    /// Returns what has to be asked now, if anything.
    pub(super) fn question(&mut self) -> Option<Question> {
        let wanted = Search { query: self.line.text().trim_start().to_owned(), order: self.order, facet: self.facet };
        if wanted.query.trim().is_empty() {
            self.forget();
            return None;
        }
        if self.asked.as_ref() != Some(&wanted) {
            self.number += 1;
            self.asked = Some(wanted.clone());
            (self.is_searching, self.is_previewing) = (true, false);
            return Some(Question::Search { number: self.number, search: wanted });
        }
        self.preview_question(wanted)
    }

    fn preview_question(&mut self, search: Search) -> Option<Question> {
        let width = usize::from(self.panes.get().preview.width).saturating_sub(2);
        let has_hit = self.hits.as_ref().is_some_and(|hits| self.selected < hits.len());
        if self.is_searching || !has_hit || width == 0 {
            return None;
        }
        let key = (self.number, self.selected, width);
        if self.previewed == Some(key) {
            return None;
        }
        self.previewed = Some(key);
        self.is_previewing = true;
        Some(Question::Preview {
            number: self.number,
            search,
            is_finished: self.is_finished,
            place: self.selected,
            width,
        })
    }

    /// With nothing typed nothing is found.
    fn forget(&mut self) {
        if self.asked.take().is_some() {
            self.number += 1;
            self.hits = None;
            self.preview = None;
            self.previewed = None;
            self.notes.clear();
            (self.is_searching, self.is_previewing) = (false, false);
            self.is_stale = true;
        }
    }

    /// Takes an answer; one to a question that was overtaken is let go.
    pub(super) fn take(&mut self, answer: Answer) {
        match answer {
            Answer::Found { number, is_finished, hits, notes, elapsed } if number == self.number => {
                self.is_finished = is_finished;
                self.is_searching = false;
                self.selected = 0;
                if hits.is_empty() {
                    self.preview = None;
                }
                self.previewed = None;
                (self.hits, self.notes, self.elapsed) = (Some(hits), notes, elapsed);
            }
            Answer::Preview { number, preview } if number == self.number => {
                self.is_previewing = false;
                self.preview_top = preview.first.saturating_sub(1);
                self.preview = Some(*preview);
            }
            Answer::Failed { number, text } if number == self.number => {
                (self.is_searching, self.is_previewing) = (false, false);
                self.notes = vec![text];
            }
            _ => return,
        }
        self.is_stale = true;
    }

    /// Shows what came of opening an article.
    pub(super) fn told(&mut self, failure: Option<String>) {
        self.notes = failure.into_iter().collect();
        self.is_stale = true;
    }

    /// Does what an event asks for.
    pub(super) fn handle(&mut self, event: Event) -> Act {
        self.is_stale = true;
        match event {
            Event::Key(key) if key.kind != KeyEventKind::Release => self.key(key),
            Event::Paste(text) => {
                self.line.insert(&text);
                Act::Stay
            }
            Event::Mouse(mouse) => {
                self.mouse(mouse.kind, Position::new(mouse.column, mouse.row));
                Act::Stay
            }
            _ => Act::Stay,
        }
    }

    fn key(&mut self, key: KeyEvent) -> Act {
        let control = key.modifiers.contains(KeyModifiers::CONTROL);
        let alt = key.modifiers.contains(KeyModifiers::ALT);
        let page = usize::from(self.panes.get().list.height / ROWS_OF_A_HIT).max(1);
        let preview_page = usize::from(self.panes.get().preview.height).saturating_sub(2).max(1);
        if std::mem::take(&mut self.has_help) {
            return if control && key.code == KeyCode::Char('c') { Act::Leave } else { Act::Stay };
        }
        match (key.code, control, alt) {
            (KeyCode::Esc, ..) | (KeyCode::Char('c'), true, _) => return Act::Leave,
            (KeyCode::Char('d'), true, _) if self.line.text().is_empty() => return Act::Leave,
            (KeyCode::Char('z'), true, _) => return Act::Stop,
            (KeyCode::F(1), ..) => self.has_help = true,
            (KeyCode::Enter, _, false) if !self.prints => return self.open(Opener::Pager),
            (KeyCode::Char('o'), true, _) => return self.open(Opener::Editor),
            (KeyCode::Enter, ..) | (KeyCode::Char('y'), true, _) => {
                if let Some(path) = self.chosen_path() {
                    return Act::Print(path);
                }
            }
            (KeyCode::Char('s'), true, _) => self.order = next(self.order),
            (KeyCode::Char('t'), true, _) => self.facet = next_facet(self.facet),
            (KeyCode::Up, false, false) | (KeyCode::Char('p'), true, _) => self.move_by(-1),
            (KeyCode::Down, false, false) | (KeyCode::Char('n'), true, _) => self.move_by(1),
            (KeyCode::PageUp, false, _) => self.move_by(-(page as isize)),
            (KeyCode::PageDown, false, _) => self.move_by(page as isize),
            (KeyCode::Up, ..) => self.scroll(-1),
            (KeyCode::Down, ..) => self.scroll(1),
            (KeyCode::PageUp, true, _) | (KeyCode::Char('b'), true, _) => self.scroll(-(preview_page as isize)),
            (KeyCode::PageDown, true, _) | (KeyCode::Char('f'), true, _) => self.scroll(preview_page as isize),
            (KeyCode::Left, false, false) => self.line.left(),
            (KeyCode::Right, false, false) => self.line.right(),
            (KeyCode::Left, ..) => self.line.word_left(),
            (KeyCode::Right, ..) => self.line.word_right(),
            (KeyCode::Home, ..) | (KeyCode::Char('a'), true, _) => self.line.home(),
            (KeyCode::End, ..) | (KeyCode::Char('e'), true, _) => self.line.end(),
            (KeyCode::Backspace, _, true) | (KeyCode::Char('w'), true, _) => self.line.delete_word(),
            (KeyCode::Backspace, ..) | (KeyCode::Char('h'), true, _) => self.line.backspace(),
            (KeyCode::Delete, ..) | (KeyCode::Char('d'), true, _) => self.line.delete_next(),
            (KeyCode::Char('u'), true, _) => self.line.delete_to_start(),
            (KeyCode::Char('k'), true, _) => self.line.delete_to_end(),
            (KeyCode::Char('g'), true, _) => self.line.clear(),
            (KeyCode::Char(typed), false, false) => self.line.insert(typed.encode_utf8(&mut [0; 4])),
            // AltGr on some keyboards: control and alt together type a character.
            (KeyCode::Char(typed), true, true) => self.line.insert(typed.encode_utf8(&mut [0; 4])),
            _ => {}
        }
        Act::Stay
    }

    fn mouse(&mut self, kind: MouseEventKind, at: Position) {
        let panes = self.panes.get();
        let in_list = panes.list.contains(at);
        match kind {
            MouseEventKind::ScrollUp if in_list => self.move_by(-1),
            MouseEventKind::ScrollDown if in_list => self.move_by(1),
            MouseEventKind::ScrollUp => self.scroll(-(WHEEL as isize)),
            MouseEventKind::ScrollDown => self.scroll(WHEEL as isize),
            MouseEventKind::Down(MouseButton::Left) if in_list => {
                let place = panes.top + usize::from((at.y - panes.list.y) / ROWS_OF_A_HIT);
                if place < self.listed() {
                    self.selected = place;
                }
            }
            _ => {}
        }
    }

    fn open(&self, opener: Opener) -> Act {
        if self.preview.is_some() { Act::Open(opener) } else { Act::Stay }
    }

    fn chosen_path(&self) -> Option<String> {
        let hit = self.hits.as_ref()?.iter().nth(self.selected)?;
        let article = hit.article();
        Some(self.path_of(article).unwrap_or_else(|| article.id().to_owned()))
    }

    fn listed(&self) -> usize {
        self.hits.as_ref().map_or(0, Hits::len)
    }

    fn move_by(&mut self, hits: isize) {
        let last = self.listed().saturating_sub(1);
        self.selected = self.selected.saturating_add_signed(hits).min(last);
    }

    fn scroll(&mut self, rows: isize) {
        let last = self.preview.as_ref().map_or(0, |preview| preview.rows.len().saturating_sub(1));
        self.preview_top = self.preview_top.saturating_add_signed(rows).min(last);
    }
}

/// Rows that one hit takes in the list: its title, and where it is from.
pub(super) const ROWS_OF_A_HIT: u16 = 2;

fn next(order: Order) -> Order {
    match order {
        Order::Relevance => Order::Newest,
        Order::Newest => Order::Oldest,
        Order::Oldest => Order::Relevance,
    }
}

/// Goes from none through what may be counted by, and back.
fn next_facet(facet: Option<Facet>) -> Option<Facet> {
    const COUNTED: [Facet; 4] = [Facet::Source, Facet::Author, Facet::Year, Facet::Month];
    let place = facet.and_then(|facet| COUNTED.iter().position(|other| *other == facet));
    COUNTED.get(place.map_or(0, |place| place + 1)).copied()
}

#[cfg(test)]
mod tests {
    use std::time::Instant;

    use limier::Index;

    use super::*;
    use crate::color::ColorChoice;
    use crate::environment::Environment;

    fn press(state: &mut State<'_>, code: KeyCode, modifiers: KeyModifiers) -> Act {
        state.handle(Event::Key(KeyEvent::new(code, modifiers)))
    }

    fn type_in(state: &mut State<'_>, text: &str) {
        for c in text.chars() {
            press(state, KeyCode::Char(c), KeyModifiers::NONE);
        }
    }

    fn context() -> Context {
        let environment = Environment { stdout_is_terminal: true, ..Environment::default() };
        Context::new(environment, ColorChoice::Never, ColorChoice::Never, Instant::now())
    }

    fn hits() -> Hits {
        let index = Index::in_memory().unwrap();
        let mut writer = index.writer().unwrap();
        for id in ["a.txt", "b.txt", "c.txt"] {
            writer.add(Article::new(id).title("Orly").body("Un avion.").path(id)).unwrap();
        }
        writer.commit().unwrap();
        index.search("avion").run().unwrap()
    }

    fn found(number: u64) -> Answer {
        Answer::Found { number, is_finished: false, hits: hits(), notes: Vec::new(), elapsed: Duration::ZERO }
    }

    #[test]
    fn typing_asks_and_an_overtaken_answer_is_let_go() {
        let (context, shown) = (context(), Shown::default());
        let mut state = State::new(&context, &shown, 3, Order::Relevance);
        assert_eq!(state.question(), None);
        type_in(&mut state, "av");
        let Some(Question::Search { number, search }) = state.question() else { panic!("no search") };
        assert_eq!((number, search.query.as_str()), (1, "av"));
        assert_eq!(state.question(), None, "it was asked already");
        type_in(&mut state, "i");
        assert!(matches!(state.question(), Some(Question::Search { number: 2, .. })));
        state.take(found(1));
        assert!(state.hits.is_none() && state.is_waiting());
        state.take(found(2));
        assert!(state.hits.is_some() && !state.is_waiting());
        press(&mut state, KeyCode::Char('u'), KeyModifiers::CONTROL);
        assert_eq!(state.question(), None);
        assert!(state.hits.is_none(), "nothing typed, nothing found");
    }

    #[test]
    fn the_selection_stays_in_the_list_and_asks_for_its_preview() {
        let (context, shown) = (context(), Shown::default());
        let mut state = State::new(&context, &shown, 3, Order::Relevance);
        let panes = Panes { list: Rect::new(0, 2, 40, 20), preview: Rect::new(40, 2, 40, 20), top: 0 };
        state.panes.set(panes);
        type_in(&mut state, "avion");
        state.question();
        state.take(found(1));
        assert!(matches!(state.question(), Some(Question::Preview { place: 0, width: 38, .. })));
        for (code, selected) in
            [(KeyCode::Up, 0), (KeyCode::Down, 1), (KeyCode::PageDown, 2), (KeyCode::Down, 2), (KeyCode::PageUp, 0)]
        {
            press(&mut state, code, KeyModifiers::NONE);
            assert_eq!(state.selected, selected, "{code:?}");
        }
        state.mouse(MouseEventKind::Down(MouseButton::Left), Position::new(5, 5));
        assert_eq!(state.selected, 1);
        state.mouse(MouseEventKind::Down(MouseButton::Left), Position::new(5, 15));
        assert_eq!(state.selected, 1, "there is no hit");
        assert!(matches!(state.question(), Some(Question::Preview { place: 1, .. })));
        assert_eq!(
            press(&mut state, KeyCode::Char('y'), KeyModifiers::CONTROL),
            Act::Print(state.chosen_path().unwrap())
        );
    }

    #[test]
    fn keys_change_the_order_show_help_and_leave() {
        let (context, shown) = (context(), Shown::default());
        let mut state = State::new(&context, &shown, 3, Order::Relevance);
        for order in [Order::Newest, Order::Oldest, Order::Relevance] {
            press(&mut state, KeyCode::Char('s'), KeyModifiers::CONTROL);
            assert_eq!(state.order, order);
        }
        for facet in [Some(Facet::Source), Some(Facet::Author), Some(Facet::Year), Some(Facet::Month), None] {
            press(&mut state, KeyCode::Char('t'), KeyModifiers::CONTROL);
            assert_eq!(state.facet, facet);
        }
        press(&mut state, KeyCode::F(1), KeyModifiers::NONE);
        assert!(state.has_help);
        assert_eq!(press(&mut state, KeyCode::Esc, KeyModifiers::NONE), Act::Stay);
        assert!(!state.has_help);
        assert_eq!(press(&mut state, KeyCode::Enter, KeyModifiers::NONE), Act::Stay, "there is nothing to open");
        assert_eq!(press(&mut state, KeyCode::Esc, KeyModifiers::NONE), Act::Leave);
        assert_eq!(press(&mut state, KeyCode::Char('c'), KeyModifiers::CONTROL), Act::Leave);
        assert_eq!(press(&mut state, KeyCode::Char('z'), KeyModifiers::CONTROL), Act::Stop);
    }
}
