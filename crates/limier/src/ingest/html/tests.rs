//! Pages as they are built by different hands: the same article in each.

use super::*;

const FIRST: &str =
    "La sirène a retenti à six heures, comme avant, et une vingtaine de voitures attendaient déjà sur la cale.";
const SECOND: &str =
    "La panne avait obligé les riverains à faire trente kilomètres de détour par le pont de la ville voisine.";
const THIRD: &str =
    "Le contrôle de la coque est prévu à l’automne. D’ici là, le bac naviguera tous les jours, dimanches compris.";
const FOURTH: &str =
    "Les passeurs, eux, demandent deux bateliers de plus pour l’été, quand les cyclistes arrivent par centaines.";
const FIFTH: &str = "« Nous avons tenu sept mois sans salaire plein », rappelle le doyen de l’équipage, qui compte trente ans de fleuve.";
const LEAD: &str =
    "Après sept mois d’arrêt, le bac transporte de nouveau voitures et piétons d’une rive à l’autre du fleuve.";
const TITLE: &str = "Le bac de Saint-Aubin reprend du service";

fn read(html: &str) -> Article {
    article("x".to_owned(), html, "x17").unwrap()
}

fn paragraphs(texts: &[&str]) -> String {
    texts.join("\n\n")
}

#[test]
fn classes_that_mean_nothing_hide_nothing() {
    let teasers: String = (0..4)
        .map(|i| format!("<div class=q><a href=/{i}><h3>Un tout autre sujet de la semaine, numéro {i}</h3></a></div>"))
        .collect();
    let article = read(&format!(
        "<title>{TITLE} - Le Fil</title><div class=a1><div class=a2><a href=/>Le Fil</a><a href=/s>Sport</a></div>\
         <div class=z><h1>{TITLE}</h1><h2>{LEAD}</h2><span>Par Maud Quesnel</span><span>Le 2 avril 2024 à 6h30</span></div>\
         <div class=b7><div><p>{FIRST}</p></div><div class=k><a href=/p>Le péage ne baissera pas</a></div><div><p>{SECOND}</p></div>\
         <div><p>{THIRD}</p></div></div><div class=w>{teasers}</div><div>Tous droits réservés</div></div>"
    ));
    assert_eq!(article.get_title(), TITLE);
    assert_eq!(article.get_body(), paragraphs(&[LEAD, FIRST, SECOND, THIRD]));
    assert_eq!(article.get_date().unwrap().to_string(), "2024-04-02");
    assert_eq!(article.get_author(), Some("Maud Quesnel"));
}

#[test]
fn an_article_in_sections_with_advertising_between_is_whole() {
    let article = read(&format!(
        "<main><h1>{TITLE}</h1><div class=content><section class=part><p>{FIRST}</p></section>\
         <div id=pub-1><p>Offre spéciale : trois mois pour un euro, sans engagement, et le journal chez vous dès demain matin.</p></div>\
         <section class=part><p>{SECOND}</p></section><section class=part><p>{THIRD}</p></section></div></main>"
    ));
    assert_eq!(article.get_body(), paragraphs(&[FIRST, SECOND, THIRD]));
}

#[test]
fn what_the_page_repeats_for_programs_tells_what_is_text() {
    let linked = "Le règlement du bac fait foi";
    let data = serde_json::json!({ "@type": "NewsArticle", "headline": TITLE, "datePublished": "2024-04-02T06:30:00+02:00",
        "articleBody": format!("{FIRST} {linked} {SECOND} {THIRD} {FIRST}") });
    let page = |body: &str| format!("<script type=application/ld+json>{data}</script><h1>{TITLE}</h1>{body}");
    let article =
        read(&page(&format!("<div><p>{FIRST}</p><p><a href=/r>{linked}</a></p><p>{SECOND}</p><p>{THIRD}</p></div>")));
    assert!(article.get_body().contains(linked), "{article:?}");
    // A page that shows no more than a beginning.
    let article = read(&page("<p>La sirène a retenti à six heures…</p>"));
    assert!(article.get_body().contains("dimanches compris"), "{article:?}");
    // Broken data is no data; line ends within strings are mended.
    let broken =
        format!("<script type=application/ld+json>{{\"@type\":\"Article\",</script><h1>{TITLE}</h1><p>{FIRST}</p>");
    assert_eq!(read(&broken).get_body(), FIRST);
    let lines = format!(
        "<script type=application/ld+json>{{\"@type\":\"Article\",\"headline\":\"{TITLE}\n\"}}</script><p>{FIRST}</p>"
    );
    assert_eq!(read(&lines).get_title(), TITLE);
}

#[test]
fn a_name_that_holds_the_whole_page_is_not_believed() {
    let article = read(&format!(
        "<body><div class='menu sidebar comments-open'><h1>{TITLE}</h1><p>{FIRST}</p><p>{SECOND}</p><p>{THIRD}</p></div>"
    ));
    assert_eq!(article.get_body(), paragraphs(&[FIRST, SECOND, THIRD]));
}

#[test]
fn the_text_ends_where_the_comments_begin() {
    let opinion = "Il était temps, on nous avait promis une réouverture pour Noël, et j’attends toujours des excuses pour ces détours.";
    let article = read(&format!(
        "<div><h1>{TITLE}</h1><p>{FIRST}</p><p>{SECOND}</p><p>{THIRD}</p><h3>Vos commentaires</h3><p>{opinion}</p><p>{opinion}</p></div>"
    ));
    assert_eq!(article.get_body(), paragraphs(&[FIRST, SECOND, THIRD]));
}

#[test]
fn days_are_found_wherever_pages_keep_them() {
    for (head, body) in [
        ("<meta property=article:published_time content=2024-04-02T06:30:00+02:00>", ""),
        ("<meta name=DC.date content=20240402>", ""),
        ("", "<time datetime=2024-04-02>mardi</time>"),
        ("", "<span itemprop=datePublished content=2024-04-02></span><time datetime=2019-01-01></time>"),
        ("", "<p>Publié le mardi 2 avril 2024 à 6h30</p>"),
        ("<link rel=canonical href=https://exemple.fr/2024/04/02/bac>", ""),
    ] {
        let article = read(&format!(
            "<head>{head}</head><h1>{TITLE}</h1>{body}<p>{FIRST}</p><p>En 1850, le 3 mai 1851, déjà.</p>"
        ));
        assert_eq!(article.get_date().map(|date| date.to_string()).as_deref(), Some("2024-04-02"), "{head}{body}");
    }
    for (head, line, date) in [
        ("<meta name=citation_publication_date content=2019/03>", "", "2019-03"),
        ("<meta name=dc.date content=2019>", "", "2019"),
        ("", "<p>Publié en mars 2019</p>", "2019-03"),
        ("", "<time datetime=2019-03>mars</time>", "2019-03"),
        ("", "<time datetime=2019>cette année-là</time>", "2019"),
        ("", "<time datetime=2018></time><span itemprop=datePublished content=2019-03></span>", "2019-03"),
        ("", "<time datetime=08:30>8 h 30</time><time datetime=2019-03></time>", "2019-03"),
        // A day goes before a month.
        ("", "<time datetime=2019-03></time><p>Publié le 2 avril 2019</p>", "2019-04-02"),
    ] {
        let article = read(&format!("<head>{head}</head><h1>{TITLE}</h1>{line}<p>{FIRST}</p>"));
        assert_eq!(article.get_date().map(|date| date.to_string()).as_deref(), Some(date), "{head}{line}");
    }
    assert_eq!(read(&format!("<h1>{TITLE}</h1><p>{FIRST}</p>")).get_date(), None);
}

#[test]
fn a_heading_alone_goes_before_a_title_that_is_no_longer() {
    let page = |head: &str, heading: &str| {
        read(&format!("<title>{head}</title><article><h1>{heading}</h1><p>{FIRST}</p><p>{SECOND}</p></article>"))
    };
    assert_eq!(page("Le Quotidien", "Procès du maire").get_title(), "Procès du maire");
    assert_eq!(page("Mairie de Vaux", "Travaux rue Pasteur").get_title(), "Travaux rue Pasteur");
    // The name of the site may be the heading, too.
    assert_eq!(page("La crue emporte le pont de Tulle", "Le Fil").get_title(), "La crue emporte le pont de Tulle");
}

#[test]
fn titles_lose_the_name_of_the_site() {
    for (head, expected) in [
        (
            format!("<title>{TITLE} | Le Fil du fleuve</title><meta property=og:site_name content='Le Fil du fleuve'>"),
            TITLE,
        ),
        (
            format!("<title>Le Fil du fleuve - {TITLE}</title><meta property=og:site_name content='Le Fil du fleuve'>"),
            TITLE,
        ),
        (format!("<title>{TITLE} - exemple.fr</title>"), TITLE),
        (
            format!("<title>x</title><meta property=og:title content='{TITLE} &amp;eacute;'>"),
            "Le bac de Saint-Aubin reprend du service é",
        ),
        ("<title>Pont - péage : la guerre</title>".to_owned(), "Pont - péage : la guerre"),
    ] {
        assert_eq!(read(&format!("<head>{head}</head><p>{FIRST}</p>")).get_title(), expected, "{head}");
    }
}

#[test]
fn tables_items_and_lines_keep_their_shape() {
    let article = read(&format!(
        "<article><h1>{TITLE}</h1><p>{FIRST}</p><h2>Horaires</h2><table><tr><td>Matin<td>6 h<tr><td>Soir<td>19 h</table>\
         <ul><li>gratuit<li>tous les jours</ul><p>Un vers<br>un autre<p>{THIRD}</article>"
    ));
    let expected = format!(
        "{FIRST}\n\nHoraires\n\nMatin | 6 h\nSoir | 19 h\n\n- gratuit\n- tous les jours\n\nUn vers\nun autre\n\n{THIRD}"
    );
    assert_eq!(article.get_body(), expected);
}

#[test]
fn any_bytes_are_a_page_or_nothing() {
    for html in [
        "",
        "<",
        "</",
        "<>",
        "<!--",
        "<p",
        "<a href=",
        "&",
        "&#x110000;",
        "<table><p></table></p>",
        "</p></div></html>",
        "<title>",
    ] {
        let _ = article("x".to_owned(), html, "x");
    }
    assert!(article("x".to_owned(), "<script>var a</script><img src=a>", "x").is_none());
    assert_eq!(read("<title>Rien d’autre</title>").get_title(), "Rien d’autre");
}

#[test]
fn the_tree_holds_each_subtree_in_its_parent() {
    let page = Page::parse(
        "<ul><li>a<li>b<b><i>c</b>d</i></ul><p>e<div>f</p>g<table><tr><td>h<td>i</table><svg><title>j</title></svg><br/>k",
    );
    let nodes = page.nodes();
    for (index, node) in nodes.iter().enumerate().skip(1) {
        let parent = &nodes[node.parent];
        assert!(node.parent < index && index < node.end && node.end <= parent.end, "{index}: {node:?} in {parent:?}");
    }
    assert_eq!(nodes.iter().filter(|node| node.tag == Tag::Li && nodes[node.parent].tag == Tag::List).count(), 2);
    assert_eq!(nodes.iter().filter(|node| node.tag == Tag::Td && nodes[node.parent].tag == Tag::Tr).count(), 2);
    assert_eq!(page.text_below(0), "a bcd e f g h i k");
}

/// Pages by the habits of many site builders, made for this test (`pages.txt`): what is read out of each, and what is not.
#[test]
fn pages_of_many_builders_give_their_article() {
    let told = [("¶1", FIRST), ("¶2", SECOND), ("¶3", THIRD), ("¶4", FOURTH), ("¶5", FIFTH), ("¶T", TITLE)];
    let filled = told.iter().fold(include_str!("pages.txt").to_owned(), |text, (mark, said)| text.replace(mark, said));
    let mut wrong = Vec::new();
    let mut count = 0;
    for page in filled.split("===== ").filter(|page| !page.trim().is_empty()) {
        let (head, html) = page.split_once("\n\n").unwrap();
        let (name, asked) = head.split_once('\n').unwrap();
        let article = read(html);
        let body = article.get_body().split_whitespace().collect::<Vec<_>>().join(" ");
        count += 1;
        for line in asked.lines() {
            let (what, value) = line.split_once(' ').unwrap();
            let is_right = match what {
                "titre" => article.get_title() == value,
                "date" => article.get_date().is_some_and(|date| date.to_string() == value),
                "auteur" => article.get_author() == Some(value),
                "tout" => article.get_body() == value.replace("\\n", "\n"),
                "+" => body.contains(value),
                "-" => !body.contains(value),
                _ => panic!("{line}"),
            };
            if !is_right {
                wrong.push(format!("{name}: {line}"));
            }
        }
    }
    assert!(count >= 50, "{count}");
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn what_follows_a_sharing_line_is_kept_however_short() {
    for (inner, lines) in [
        ("<details><summary>Horaires</summary><p>6 h</p></details>", "Horaires\n\n6 h"),
        ("<h2>Horaires</h2><p>Lundi : 6 h</p>", "Horaires\n\nLundi : 6 h"),
        ("<dl><dt>Traille</dt><dd>Câble</dd></dl>", "Traille\n\nCâble"),
        ("<pre>bac 6 h\n  bac 7 h</pre>", "bac 6 h\nbac 7 h"),
        ("<table><tr><td>6 h</td><td>7 h</td></tr></table>", "6 h | 7 h"),
        ("<ul><li>un</li><li>deux</li></ul>", "- un\n- deux"),
        ("<blockquote>Le fleuve</blockquote>", "Le fleuve"),
    ] {
        let article =
            read(&format!("<article><h1>{TITLE}</h1><p>{FIRST}</p><p>{SECOND}</p><p>Publicité</p>{inner}</article>"));
        let body = article.get_body();
        assert!(body.starts_with(FIRST) && !body.contains("Publicité"), "{inner}: {body}");
        assert!(body.ends_with(lines), "{inner}: {body}");
    }
}

#[test]
fn an_article_goes_on_behind_a_box_of_its_own() {
    let article = read(&format!(
        "<article><h1>{TITLE}</h1><div class=b><p>{FIRST}</p><p>{SECOND}</p></div><div class=n><h3>Newsletter</h3>\
         <p>Recevez chaque matin notre lettre d’information : inscription gratuite.</p></div><div class=b><p>{THIRD}</p></div>\
         <p>Lire aussi : <a href=x>{FIFTH}</a></p></article>"
    ));
    assert_eq!(article.get_body(), paragraphs(&[FIRST, SECOND, THIRD]));
}

#[test]
fn a_text_about_cookies_is_told_from_a_window_that_asks() {
    let ask = "Nos partenaires et nous utilisons des cookies et des traceurs pour stocker vos données personnelles, avec votre accord.";
    let page = |above: &str, text: &str, below: &str| {
        read(&format!(
            "<body><div><p>{above}</p></div><div><h1>{TITLE}</h1><p>{text}</p><p>{SECOND}</p></div><div><p>{below}</p></div></body>"
        ))
    };
    assert_eq!(page(ask, FIRST, "").get_body(), paragraphs(&[FIRST, SECOND]));
    assert_eq!(page("", FIRST, ask).get_body(), paragraphs(&[FIRST, SECOND]));
    let about = "La règle rappelle aux éditeurs que leurs partenaires ne peuvent lire un traceur sans que le lecteur y consente, sur aucun appareil.";
    assert_eq!(page("", about, "").get_body(), paragraphs(&[about, SECOND]));
}

#[test]
fn a_box_that_calls_for_a_subscription_goes_with_its_text() {
    let article = read(&format!(
        "<article><h1>{TITLE}</h1><p>{FIRST}</p><div><h3>Chaque matin avec vous</h3><p>Les nouvelles du fleuve avant tout le monde.</p>\
         <a href=/abo>Je m’abonne</a></div><p>{SECOND}</p><p>{THIRD}</p></article>"
    ));
    assert_eq!(article.get_body(), paragraphs(&[FIRST, SECOND, THIRD]));
}

#[test]
fn a_quotation_beside_the_text_is_kept_once() {
    let said = "Un violon pressé est un violon sourd, disait mon père.";
    let page = |text: &str| {
        read(&format!(
            "<article><h1>{TITLE}</h1><p>{FIRST}</p><aside class=citation><p>{said}</p></aside><p>{text}</p><p>{THIRD}</p></article>"
        ))
    };
    assert_eq!(page(SECOND).get_body(), paragraphs(&[FIRST, said, SECOND, THIRD]));
    let text = format!("{SECOND} {said}");
    assert_eq!(page(&text).get_body(), paragraphs(&[FIRST, &text, THIRD]));
}

#[test]
fn short_parts_beside_one_long_paragraph_are_of_the_article() {
    const LONG: &str =
        "Le comité organise sa grande journée annuelle, avec le soutien de la commune et de ses voisines.";
    for (below, expected) in [
        ("<p>Entrée libre.</p>", "Entrée libre."),
        ("<ul><li>Tombola</li><li>Défilé à 15 h</li></ul>", "- Tombola\n- Défilé à 15 h"),
        ("<h2>Programme</h2><ol><li>Vin d'honneur</li><li>Bal</li></ol>", "Programme\n\n- Vin d'honneur\n- Bal"),
        ("<blockquote>Venez tous !</blockquote>", "Venez tous !"),
    ] {
        for around in ["main", "article", "div"] {
            let article = read(&format!(
                "<title>{TITLE}</title><nav><a href=/>Accueil</a> <a href=/s>Sport</a></nav>\
                 <{around}><h1>{TITLE}</h1><p>{LONG}</p>{below}</{around}><footer><a href=/m>Mentions légales</a></footer>"
            ));
            assert_eq!(article.get_body(), format!("{LONG}\n\n{expected}"), "{around}");
        }
    }
}

#[test]
fn teasers_do_not_outweigh_an_article_of_one_sentence() {
    let card = |text| format!("<article><h3><a href=/x>Un autre titre</a></h3><p>{text}</p></article>");
    let cards = [FIRST, SECOND, THIRD].map(card).concat();
    for around in ["article", "main", "div"] {
        let article = read(&format!(
            "<title>{TITLE}</title><body><{around}><h1>{TITLE}</h1><p>La route est rouverte depuis ce matin.</p></{around}>\
             <section class=related><h2>À lire aussi</h2>{cards}</section>"
        ));
        assert_eq!(article.get_body(), "La route est rouverte depuis ce matin.", "{around}");
    }
}

#[test]
fn a_sentence_that_begins_as_a_button_is_its_authors() {
    let body = |sentence: &str| {
        let page = format!(
            "<title>{TITLE}</title><article><h1>{TITLE}</h1><p>{FIRST}</p><p>{sentence}</p><p>{SECOND}</p></article>"
        );
        read(&page).get_body().to_owned()
    };
    for own in [
        "Inscrivez-vous avant le 12 mai à la mairie, au guichet des sports, pour la course du village.",
        "Sur le même sujet, le sénateur avait déposé une question écrite en janvier dernier.",
        "Accepter les cookies est devenu un réflexe, regrette la présidente de la commission.",
    ] {
        assert_eq!(body(own), paragraphs(&[FIRST, own, SECOND]));
    }
    for of_page in [
        "Inscrivez-vous à notre infolettre pour recevoir chaque matin l'essentiel de l'actualité.",
        "Il vous reste 70 % de cet article à lire, la suite est réservée aux abonnés du journal.",
        "Nous utilisons des cookies pour améliorer votre navigation sur ce site et mesurer son audience.",
    ] {
        assert_eq!(body(of_page), paragraphs(&[FIRST, SECOND]), "{of_page}");
    }
}

#[test]
fn a_notice_of_a_few_words_is_what_the_page_marks_as_its_main_part() {
    let article = read(&format!(
        "<title>{TITLE}</title><nav><a href=/>Accueil</a> <a href=/s>Sport</a></nav><main><h1>{TITLE}</h1>\
         <p>Samedi 4 mai, 20 h</p><p>Salle des fêtes</p></main><footer>© 2024 Tous droits réservés</footer>"
    ));
    assert_eq!(article.get_body(), "Samedi 4 mai, 20 h\n\nSalle des fêtes");
    let recipe = read(&format!(
        "<title>{TITLE}</title><nav><a href=/>Accueil</a></nav><div><h1>{TITLE}</h1><h2>Ingrédients</h2><ul><li>500 g de prunes</li>\
         <li>200 g de farine</li></ul><h2>Préparation</h2><ol><li>Étaler la pâte dans un moule.</li><li>Cuire trente minutes.</li>\
         </ol></div><footer><a href=/m>Mentions légales</a></footer>"
    ));
    let steps = "Préparation\n\n- Étaler la pâte dans un moule.\n- Cuire trente minutes.";
    assert_eq!(recipe.get_body(), format!("Ingrédients\n\n- 500 g de prunes\n- 200 g de farine\n\n{steps}"));
    // Where nothing is marked, all of the page can be found.
    let article = read(&format!("<title>{TITLE}</title><div>Salle des fêtes</div><div>Entrée : 5 euros</div>"));
    assert_eq!(article.get_body(), "Salle des fêtes\n\nEntrée : 5 euros");
}

/// A text that no reader sees: longer than what is said beside it.
const UNSEEN: &str = "Ce service vous envoie sur votre téléphone les alertes de la vallée, commune par commune, et vous permet de \
    choisir dans une liste celles qui vous concernent ; il ne coûte rien, et se résilie d’un mot.";

#[test]
fn what_nobody_sees_is_not_the_article_however_long() {
    const NOTICE: &str = "La route est rouverte depuis ce matin.";
    let unseen = format!("<h2>Vos alertes</h2><p>{UNSEEN}</p><p>{SECOND}</p>");
    for hidden in [
        format!("<div style='display:none'>{unseen}</div>"),
        format!("<section hidden>{unseen}</section>"),
        format!("<div style='position: absolute; left: -9999px'>{unseen}</div>"),
    ] {
        for page in [
            format!("{hidden}<main><h1>{TITLE}</h1><p>{NOTICE}</p></main>"),
            format!("<main><h1>{TITLE}</h1><p>{NOTICE}</p></main>{hidden}"),
            format!("<div><h1>{TITLE}</h1><p>{NOTICE}</p></div>{hidden}"),
            format!("<div><h2>{TITLE}</h2><p>{NOTICE}</p></div>{hidden}"),
            format!("<article><h1>{TITLE}</h1><p>{NOTICE}</p>{hidden}</article>"),
        ] {
            let article = read(&format!("<title>{TITLE}</title><body>{page}"));
            assert_eq!(article.get_body(), NOTICE, "{page}");
        }
    }
    let inside = format!(
        "<p>{FIRST} <span class=visually-hidden>Nouvelle fenêtre</span></p><p class=sr-only>Fin</p><p>{SECOND}</p>"
    );
    assert_eq!(read(&format!("<article><h1>{TITLE}</h1>{inside}</article>")).get_body(), paragraphs(&[FIRST, SECOND]));
}

#[test]
fn what_is_hidden_until_a_program_shows_it_is_read() {
    let text = format!("<p>{FIRST}</p><p>{SECOND}</p>");
    for page in [
        format!("<body style='visibility:hidden'><article><h1>{TITLE}</h1>{text}</article>"),
        format!("<body><main><h1>{TITLE}</h1><div style='display:none'>{text}</div></main>"),
        format!(
            "<body><div hidden><h1>{TITLE}</h1>{text}</div><footer><p>Ce journal paraît chaque matin dans la vallée.</p></footer>"
        ),
        format!("<body><h1>{TITLE}</h1><div aria-hidden=true>{text}</div>"),
    ] {
        assert_eq!(read(&page).get_body(), paragraphs(&[FIRST, SECOND]), "{page}");
    }
    let answers: String = [FIRST, SECOND, THIRD]
        .map(|text| format!("<button>Que dit le bac ?</button><div class=r style='display:none'><p>{text}</p></div>"))
        .concat();
    let article = read(&format!("<body><h1>Questions</h1><p>Vos questions, nos réponses.</p>{answers}"));
    assert!([FIRST, SECOND, THIRD].iter().all(|text| article.get_body().contains(text)), "{article:?}");
}

#[test]
fn a_window_before_a_short_main_part_is_not_the_article() {
    let asks = "Avec votre accord, nos partenaires et nous utilisons des cookies pour stocker des données personnelles comme votre \
        visite sur ce site. Vous pouvez retirer votre consentement à tout moment.";
    for window in [
        format!("<div><p>{asks}</p><button>Accepter</button></div>"),
        format!("<div><h2>Votre vie privée</h2><p>{asks}</p><p>{UNSEEN}</p></div>"),
        "<section><p>Nous utilisons des cookies.</p><p>Ils servent à mesurer l’audience du site et à vous proposer des publicités à \
         votre goût.</p><p>Vous pouvez tout refuser.</p></section>"
            .to_owned(),
        format!("<div class=panneau aria-hidden=true><p>{UNSEEN}</p></div>"),
    ] {
        for main in [
            "<p>La route est rouverte depuis ce matin.</p>",
            "<h1>Le bac de Saint-Aubin reprend du service</h1><p>La route est rouverte depuis ce matin.</p>",
            "<h2>Le bac de Saint-Aubin reprend du service</h2><p>La route est rouverte depuis ce matin.</p>",
        ] {
            let article = read(&format!("<title>{TITLE}</title><body>{window}<main>{main}</main></body>"));
            assert_eq!(article.get_body(), "La route est rouverte depuis ce matin.", "{window} {main}");
        }
    }
    // An article about cookies is one.
    let about = "La loi veut qu’un site demande un consentement avant de poser un cookie, et que le refus y soit aussi simple que l’accord.";
    let article = read(&format!("<main><h1>{TITLE}</h1><p>{about}</p><p>{UNSEEN}</p></main>"));
    assert_eq!(article.get_body(), paragraphs(&[about, UNSEEN]));
}

#[test]
fn a_page_that_a_program_builds_is_read_from_what_it_tells_programs() {
    let page = |data: &str, body: &str| {
        read(&format!(
            "<title>{TITLE}</title><script type=application/ld+json>{data}</script><body><div id=app></div>{body}"
        ))
    };
    let article = page(
        r#"{"@type":"NewsArticle","articleBody":"La route est rouverte."}"#,
        "<noscript>Activez les programmes.</noscript>",
    );
    assert_eq!(article.get_body(), "La route est rouverte.");
    let recipe = r#"{"@type":"Recipe","description":"Une tarte.","recipeIngredient":["des prunes","de la farine"],
        "recipeInstructions":[{"@type":"HowToSection","itemListElement":[{"text":"Étaler."},{"text":"Cuire."}]}]}"#;
    assert_eq!(page(recipe, "").get_body(), "Une tarte.\n\n- des prunes\n- de la farine\n\n- Étaler.\n- Cuire.");
    // What the page shows goes before.
    assert_eq!(page(recipe, &format!("<p>{FIRST}</p><p>{SECOND}</p>")).get_body(), paragraphs(&[FIRST, SECOND]));
    let noscript = format!("<noscript><h1>{TITLE}</h1><p>{FIRST}</p><p>{SECOND}</p><p>{THIRD}</p></noscript>");
    assert_eq!(page("{}", &noscript).get_body(), paragraphs(&[FIRST, SECOND, THIRD]));
}

#[test]
fn a_page_without_a_title_is_called_by_its_first_line() {
    let article = read(&format!("<body><p class=c1><span>{TITLE}</span></p><p>{FIRST}</p><p>{SECOND}</p>"));
    assert_eq!((article.get_title(), article.get_body()), (TITLE, &*paragraphs(&[FIRST, SECOND])));
    let article = read(&format!("<body><p>{FIRST}</p><p>{SECOND}</p>"));
    assert_eq!(article.get_body(), paragraphs(&[FIRST, SECOND]));
}

#[test]
fn a_placeholder_is_no_title_and_a_site_no_author() {
    for head in ["Untitled Document", "Sans titre", "Nouvelle page 1"] {
        let page = format!(
            "<title>{head}</title><body><font size=5><b>{TITLE}</b></font><br><br><p>{FIRST}</p><p>{SECOND}</p>"
        );
        assert_eq!(read(&page).get_title(), TITLE, "{head}");
    }
    let page = |by: &str| {
        let head = format!("<title>{TITLE} | Le Fil</title><meta name=author content='Le Fil'>");
        read(&format!("{head}<article><h1>{TITLE}</h1>{by}<p>{FIRST}</p><p>{SECOND}</p></article>"))
            .get_author()
            .map(str::to_owned)
    };
    assert_eq!(page("<p>Par <a rel=author href=l>Léa Le Gall</a></p>").as_deref(), Some("Léa Le Gall"));
    assert_eq!(page("").as_deref(), Some("Le Fil"));
}

#[test]
fn a_mail_saved_as_a_page_says_what_it_is() {
    let head = "<p><b>De :</b> Inès Guichard &lt;ines@exemple.fr&gt;<br><b>Envoyé :</b> jeudi 3 octobre 2024<br><b>Objet :</b> Le bac</p>";
    let article = read(&format!("<body>{head}<p>{FIRST}</p><p>{SECOND}</p>"));
    assert_eq!((article.get_title(), article.get_author()), ("Le bac", Some("Inès Guichard")));
    assert_eq!(article.get_date().map(|date| date.to_string()).as_deref(), Some("2024-10-03"));
}

#[test]
fn what_a_site_says_of_itself_does_not_outweigh_a_notice() {
    let about = format!("<div class=a><h2>Qui sommes-nous ?</h2><p>{SECOND} {THIRD}</p><p>{FOURTH}</p></div>");
    for page in [
        format!("<main><h1>{TITLE}</h1><p>La route est rouverte depuis ce matin.</p></main>{about}"),
        format!("{about}<main><h2>{TITLE}</h2><p>La route est rouverte depuis ce matin.</p></main>"),
    ] {
        let article = read(&format!("<title>{TITLE}</title><body>{page}"));
        assert_eq!(article.get_body(), "La route est rouverte depuis ce matin.", "{page}");
    }
    // A text that goes on outside of the main part has no heading of its own.
    let page = format!(
        "<main><h1>{TITLE}</h1><p>Le bac est de retour sur le fleuve.</p></main><div><p>{FIRST}</p><p>{SECOND}</p></div>"
    );
    assert!(read(&page).get_body().contains(SECOND));
}

#[test]
fn marks_of_notes_are_not_of_the_text() {
    let text =
        "Le bac<sup><a href=#n1>[1]</a></sup> rouvre<a href=#c>[a]</a>, selon l’article <a href=#a>12</a> de l’arrêté.";
    let article = read(&format!("<article><h1>{TITLE}</h1><p>{text}</p><p>{SECOND}</p></article>"));
    assert_eq!(article.get_body(), paragraphs(&["Le bac rouvre, selon l’article 12 de l’arrêté.", SECOND]));
}

#[test]
fn days_above_the_parts_of_a_diary_are_its_text() {
    let diary = format!("<p>Samedi 4 mai.</p><p>{FIRST}</p><p>Dimanche 5 mai.</p><p>{SECOND}</p>");
    let expected = ["Samedi 4 mai.", FIRST, "Dimanche 5 mai.", SECOND];
    assert_eq!(read(&format!("<article><h1>{TITLE}</h1>{diary}</article>")).get_body(), paragraphs(&expected));
    let headings = diary.replace("<p>Sa", "<h2>Sa").replace("<p>Di", "<h2>Di").replace("mai.</p>", "mai.</h2>");
    assert_eq!(read(&format!("<article><h1>{TITLE}</h1>{headings}</article>")).get_body(), paragraphs(&expected));
    let novel = format!("<p>{FIRST}</p><p>Samedi 4 mai.</p><p>{SECOND}</p>");
    assert_eq!(
        read(&format!("<article><h1>{TITLE}</h1>{novel}</article>")).get_body(),
        paragraphs(&[FIRST, "Samedi 4 mai.", SECOND])
    );
    // Near the title it is the day of the page.
    for stamp in ["Samedi 4 mai 2024", "Samedi 4 mai"] {
        let page = format!("<article><h1>{TITLE}</h1><p>{stamp}</p><p>{FIRST}</p><p>{SECOND}</p></article>");
        assert_eq!(read(&page).get_body(), paragraphs(&[FIRST, SECOND]), "{stamp}");
    }
    let summed_up = format!("<p>{FIRST}</p><p>4 mai 2024</p><p>{SECOND}</p>");
    assert_eq!(
        read(&format!("<article><h1>{TITLE}</h1>{summed_up}</article>")).get_body(),
        paragraphs(&[FIRST, SECOND])
    );
}
