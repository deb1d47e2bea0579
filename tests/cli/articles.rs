//! Whole articles: what was read from files, and one article with its matches lit.

use crate::{press, sandbox};

#[test]
fn extract_writes_what_was_read() {
    let sandbox = press();
    let lines = sandbox.run(&["extract", "presse", "--json"]).code(0).quiet().json();
    assert_eq!(lines.len(), 4);
    let musee = lines.iter().find(|line| line["id"] == "2024/musee.md").unwrap();
    assert_eq!(musee["type"], "article");
    assert_eq!(musee["title"], "Le musée de la dentelle");
    assert_eq!(musee["date"], "2024-05-03");
    assert_eq!(musee["author"], "Jeanne Quint");
    assert_eq!(musee["body"], "Une élève a visité le musée. Les artistes y exposent.");
    assert_eq!(musee["path"], "presse/2024/musee.md");
    let run = sandbox.run(&["extract", "presse/2024/musee.md"]).code(0);
    assert_eq!(
        run.out(),
        "Le musée de la dentelle\n  presse/2024/musee.md · 3 May 2024 · Le Bocage · Jeanne Quint\n\n\
         Une élève a visité le musée. Les artistes y exposent.\n"
    );
    assert!(!sandbox.cache().exists());
}

#[test]
fn a_year_or_a_month_alone_is_shown_as_such() {
    let sandbox = press();
    sandbox.write("un.md", "---\ndate: 2019\n---\n# Le gué\n\nLe gué a disparu sous les eaux.\n");
    sandbox.write("deux.txt", "La passerelle\nPublié en mars 2019\n\nLa passerelle a disparu sous les eaux.\n");
    for (file, date, shown) in [("un.md", "2019", "un.md · 2019\n"), ("deux.txt", "2019-03", "deux.txt · March 2019\n")]
    {
        assert_eq!(sandbox.run(&["extract", file, "--json"]).code(0).json()[0]["date"], date);
        let hit =
            sandbox.run(&["disparu", file, "--json"]).code(0).json().into_iter().find(|line| line["type"] == "hit");
        assert_eq!(hit.unwrap()["date"], date);
        sandbox.run(&["disparu", file]).code(0).out_has(shown);
    }
}

#[test]
fn extract_tells_what_it_left_out() {
    let sandbox = press();
    sandbox.write("image.txt", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR");
    sandbox.run(&["extract", "image.txt"]).code(1).err_has("image.txt");
    sandbox.run(&["extract", "image.txt", "presse/orly.txt"]).code(0).out_has("L'avion d'Orly").err_has("image.txt");
    sandbox.run(&["extract", "nulle-part"]).refused();
    sandbox.run(&["extract"]).code(2);
    sandbox.run_with_input(&["extract", "-"], "Un pont\n\nIl a cédé.\n").code(0).out_has("Un pont\n");
}

#[test]
fn show_lights_the_matches_of_one_article() {
    let sandbox = press();
    let run = sandbox.run(&["show", "presse/sora.txt", "rémunérer", "--color", "always"]).code(0).quiet();
    run.out_has("non \u{1b}[1;31mrémunérés\u{1b}[0m ont").out_has("Ils protestent.");
    sandbox.run(&["show", "presse/sora.txt"]).code(0).out_has("Des artistes non rémunérés");
    sandbox.run(&["index", "presse", "--index", "idx"]).code(0);
    for (id, title) in [("dep-1", "Un train de nuit"), ("2024/musee.md", "Le musée de la dentelle")] {
        sandbox.run(&["show", id, "--index", "idx"]).code(0).out_has(title);
    }
    let line = &sandbox.run(&["show", "dep-1", "trains", "--index", "idx", "--json"]).code(0).json()[0];
    assert_eq!(line["title_highlights"], serde_json::json!([[3, 8]]));
    assert_eq!(line["highlights"], serde_json::json!([[3, 8]]));
    assert_eq!(line["body"], "Un train de nuit relie Paris à Nice.");
}

#[test]
fn show_finds_an_article_of_the_current_folder() {
    let sandbox = press();
    sandbox.run(&["show", "dep-1"]).code(0).out_has("Un train de nuit");
    sandbox.run(&["show", "dep-2"]).code(1).err_has("no article is called dep-2");
}

#[test]
fn show_says_when_a_file_is_not_one_article() {
    let sandbox = sandbox();
    sandbox.write("a.jsonl", "{\"id\":1,\"text\":\"Un tapir.\"}\n{\"id\":2,\"text\":\"Un pangolin.\"}\n");
    sandbox.run(&["show", "a.jsonl"]).refused().err_has("holds 2 articles").err_has("1, 2");
    sandbox.write("vide.txt", "");
    sandbox.run(&["show", "vide.txt"]).refused().err_has("no article");
}

#[test]
fn lines_that_recur_in_a_folder_are_found_marked_and_are_no_title() {
    let sandbox = sandbox();
    for (name, title, text) in [
        (
            "a",
            "La crue gagne les jardins",
            "La rivière est sortie de son lit dans la nuit, et les habitants ont dormi au gymnase.",
        ),
        (
            "b",
            "Le pont ferme aux camions",
            "Le conseil a voté la fermeture du pont, et les camions passeront par la vallée voisine.",
        ),
        (
            "c",
            "La foire change de place",
            "La foire aux oignons quitte la halle pour le pré, où les forains ont plus de place.",
        ),
    ] {
        sandbox.write(
            format!("lettre/{name}.txt"),
            format!("Lettre du canton de Vernay\n\n{title}\n\n{text}\n\nImprimerie de la rue Basse\n"),
        );
    }
    let lines = sandbox.run(&["imprimerie", "lettre", "--json"]).code(0).json();
    let hits: Vec<_> = lines.iter().filter(|line| line["type"] == "hit").collect();
    assert_eq!(hits.len(), 3);
    for hit in hits {
        assert_eq!(hit["passages"][0]["text"], "Imprimerie de la rue Basse");
        assert_eq!(hit["passages"][0]["boilerplate"], true, "{hit}");
    }
    // Neither the title nor a part of a passage, in the search as in what is said to have been read.
    let run = sandbox.run(&["camions", "lettre"]).code(0).out_has("Le pont ferme aux camions");
    assert!(!run.out().contains("Imprimerie") && !run.out().contains("Lettre du canton"), "{}", run.out());
    let titles: Vec<_> = sandbox.run(&["extract", "lettre", "--json"]).code(0).json();
    assert_eq!(
        titles.iter().map(|line| line["title"].as_str().unwrap()).collect::<Vec<_>>(),
        ["La crue gagne les jardins", "Le pont ferme aux camions", "La foire change de place"]
    );
}
