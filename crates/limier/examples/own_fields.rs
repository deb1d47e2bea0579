//! Fields and filters of one's own: what an article has no field for stays with the application, under the article's id.
//!
//! An article has a title, a body, a date, an author, a source, an address and a language. Whatever else an application
//! knows of it (a price, a section, who may read it) lies in a table of the application's anyway, and changes there without
//! any text being indexed again. So the search gives ids and scores, the table says which of them pass, and only the
//! articles of the page that is shown are loaded. Where such a field must be searched by the engine itself, build an index
//! of your own in Tantivy with `limier-french`: see its example `tantivy_index`.
//!
//! `cargo run -p limier --example own_fields`
#![allow(clippy::print_stdout)]

use std::collections::HashMap;

use limier::passage::Passager;
use limier::{Article, Error, Index, PassageOptions};

/// What the application knows of an article beside its text.
struct Recipe {
    minutes: u32,
    is_vegetarian: bool,
}

struct Cookbook {
    index: Index,
    recipes: HashMap<String, Recipe>,
}

/// A recipe as a page shows it.
struct Shown {
    title: String,
    minutes: u32,
    /// Passages with their matches lit, safe to put into a page.
    passages: Vec<String>,
}

impl Cookbook {
    /// Returns one page of the recipes that a query finds and a filter lets through, and how many there are in all.
    fn page(
        &self,
        typed: &str,
        passes: impl Fn(&Recipe) -> bool,
        offset: usize,
        limit: usize,
    ) -> Result<(Vec<Shown>, usize), Error> {
        let search = self.index.search(typed);
        // All that match, best first; no text is loaded for it.
        let ranked = search.clone().limit(usize::MAX).run_ids()?;
        let recipe_of = |id: &str| self.recipes.get(id).filter(|recipe| passes(recipe));
        let passing: Vec<(&str, &Recipe)> =
            ranked.iter().filter_map(|(id, _)| Some((id.as_str(), recipe_of(id)?))).collect();

        let targets = search.targets()?;
        let mut passager = Passager::new(self.index.analyzer(), &targets);
        let mut shown = Vec::new();
        for (id, recipe) in passing.iter().skip(offset).take(limit) {
            // Deleted between the search and now: nothing to show.
            let Some(article) = self.index.article(id)? else { continue };
            let passages = passager.passages(article.get_body(), article.get_line(), &PassageOptions::default());
            shown.push(Shown {
                title: article.get_title().to_owned(),
                minutes: recipe.minutes,
                passages: passages.iter().map(|passage| passage.to_html()).collect(),
            });
        }
        Ok((shown, passing.len()))
    }
}

fn filled() -> Result<Cookbook, Error> {
    let recipes = [
        ("tian", "Tian de courgettes", "Coupez les courgettes en rondelles. Enfournez à four doux.", 70, true),
        ("soupe", "Soupe de courgettes", "Faites revenir les courgettes, mouillez, mixez.", 25, true),
        ("farcies", "Courgettes farcies", "Évidez les courgettes. Garnissez-les de bœuf haché.", 55, false),
        ("tarte", "Tarte aux pommes", "Disposez les pommes en rosace sur la pâte.", 60, true),
    ];
    let index = Index::in_memory()?;
    let mut writer = index.writer()?;
    let mut table = HashMap::new();
    for (id, title, body, minutes, is_vegetarian) in recipes {
        writer.add(Article::new(id).title(title).body(body))?;
        table.insert(id.to_owned(), Recipe { minutes, is_vegetarian });
    }
    writer.commit()?;
    Ok(Cookbook { index, recipes: table })
}

fn main() -> Result<(), Error> {
    let (shown, total) = filled()?.page("que faire d'une courgette ?", |recipe| recipe.is_vegetarian, 0, 10)?;
    println!("{total} recipes without meat");
    for recipe in shown {
        println!("{} ({} min)\n  {}", recipe.title, recipe.minutes, recipe.passages.join("\n  "));
    }
    Ok(())
}

#[test]
fn filters_of_the_application_narrow_what_the_query_finds() {
    main().unwrap();
    let cookbook = filled().unwrap();
    let titles = |passes: &dyn Fn(&Recipe) -> bool, offset, limit| {
        let (shown, total) = cookbook.page("courgettes", passes, offset, limit).unwrap();
        assert!(shown.iter().all(|recipe| recipe.passages[0].contains("<mark>courgettes</mark>")));
        let mut titles: Vec<String> = shown.into_iter().map(|recipe| recipe.title).collect();
        titles.sort();
        (titles, total)
    };
    assert_eq!(titles(&|_| true, 0, 10).1, 3);
    assert_eq!(titles(&|recipe| recipe.is_vegetarian, 0, 10).0, ["Soupe de courgettes", "Tian de courgettes"]);
    assert_eq!(titles(&|recipe| recipe.minutes <= 30, 0, 10).0, ["Soupe de courgettes"]);
    let (first, total) = titles(&|recipe| recipe.is_vegetarian, 0, 1);
    let (second, _) = titles(&|recipe| recipe.is_vegetarian, 1, 1);
    assert!(total == 2 && first.len() == 1 && second.len() == 1 && first != second);
}
