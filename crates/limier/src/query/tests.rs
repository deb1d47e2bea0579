use super::*;

fn words(text: &str) -> Node {
    Node::Words(text.into())
}

fn parsed(text: &str) -> Node {
    let query = Query::parse(text);
    assert_eq!(query.issues(), [], "{text}");
    query.root().clone()
}

fn issues(text: &str) -> Vec<IssueKind> {
    Query::parse(text).issues().iter().map(|issue| issue.kind).collect()
}

fn group(clauses: Vec<(Occur, Node)>) -> Node {
    Node::Group(clauses.into_iter().map(|(occur, node)| Clause { occur, node }).collect())
}

#[test]
fn plain_words_stay_together() {
    for text in ["l'avion d'Orly", "11 000 professionnels", "étudiant(e)s en grève", "week-end", "C++ ou C#", "08:30"]
    {
        assert_eq!(parsed(text), words(text));
    }
    assert_eq!(parsed("Paris : capitale"), words("Paris : capitale"));
    assert_eq!(parsed("https://exemple.fr/page"), words("https://exemple.fr/page"));
}

#[test]
fn operators_bind_and_before_or() {
    assert_eq!(parsed("avion ET Orly"), Node::All(vec![words("avion"), words("Orly")]));
    assert_eq!(
        parsed("avion ET Orly OU train"),
        Node::Any(vec![Node::All(vec![words("avion"), words("Orly")]), words("train")])
    );
    let both = Node::Any(vec![words("Orly"), words("Roissy")]);
    assert_eq!(parsed("avion SAUF Orly SAUF Roissy"), Node::Except(Box::new(words("avion")), Box::new(both)));
    assert_eq!(parsed("avion SAUF Orly"), Node::Except(Box::new(words("avion")), Box::new(words("Orly"))));
    assert_eq!(
        parsed("avion ET (Orly OU Roissy)"),
        Node::All(vec![words("avion"), Node::Any(vec![words("Orly"), words("Roissy")])])
    );
    assert_eq!(parsed("avion AND train"), parsed("avion ET train"));
}

#[test]
fn a_headline_in_capitals_has_no_operators() {
    assert_eq!(parsed("ARTISTES ET MUSICIENS"), words("ARTISTES ET MUSICIENS"));
}

#[test]
fn signs_bind_to_what_follows() {
    let should = Occur::Should;
    assert_eq!(
        parsed("colère +artistes -musique"),
        group(vec![(should, words("colère")), (Occur::Must, words("artistes")), (Occur::Not, words("musique"))])
    );
    assert_eq!(parsed("-musique"), group(vec![(Occur::Not, words("musique"))]));
    assert_eq!(parsed("porte-monnaie - vide"), words("porte-monnaie - vide"));
}

#[test]
fn phrases_in_every_quotation_mark() {
    let phrase = |slop| Node::Phrase { text: "en colère".into(), slop };
    for text in ["\"en colère\"", "« en colère »", "“en colère”", "«\u{a0}en colère\u{a0}»"] {
        assert_eq!(parsed(text), phrase(0), "{text}");
    }
    assert_eq!(parsed("\"en colère\"~5"), phrase(5));
    assert_eq!(parsed("\"en colère\"~12345"), phrase(9_999));
    assert_eq!(parsed("\"en colère\"~99999999999999999999"), phrase(9_999));
    assert_eq!(parsed("\"\""), group(vec![]));
}

#[test]
fn words_with_signs() {
    assert_eq!(parsed("avi*"), Node::Prefix("avi".into()));
    assert_eq!(parsed("avion~"), Node::Fuzzy { text: "avion".into(), distance: 1 });
    assert_eq!(parsed("avion~2"), Node::Fuzzy { text: "avion".into(), distance: 2 });
    assert_eq!(parsed("=élève"), Node::Exact("élève".into()));
    for (text, word) in [("=RTL2*", "RTL2"), ("=France2~", "France2"), ("=avion~1", "avion"), ("=avion*", "avion")] {
        assert_eq!(Query::parse(text).root, Node::Exact(word.into()), "{text}");
    }
    assert_eq!(parsed("*"), Node::Everything);
    assert_eq!(parsed("\"deux mots\"*"), parsed("\"deux mots\""));
    assert_eq!(parsed("*\"deux mots\""), parsed("\"deux mots\""));
    assert_eq!(parsed("** = ~"), words("** = ~"));
}

#[test]
fn fields_in_both_languages() {
    let in_title = |node| Node::In(Field::Title, Box::new(node));
    assert_eq!(parsed("titre:avion"), in_title(words("avion")));
    assert_eq!(parsed("title:avi*"), in_title(Node::Prefix("avi".into())));
    assert_eq!(parsed("titre:\"deux mots\""), in_title(Node::Phrase { text: "deux mots".into(), slop: 0 }));
    assert_eq!(parsed("titre:„deux mots“"), parsed("titre:\"deux mots\""));
    assert_eq!(parsed("source:AFP"), Node::In(Field::Source, Box::new(words("AFP"))));
}

#[test]
fn dates_in_every_form() {
    let range = |first: &str, last: &str| {
        let date = |text: &str| (!text.is_empty()).then(|| text.parse().unwrap());
        Node::Dates(DateRange { first: date(first), last: date(last) })
    };
    for (text, expected) in [
        ("date:2024", range("2024-01-01", "2024-12-31")),
        ("date:2024-02", range("2024-02-01", "2024-02-29")),
        ("date:2024-11-26", range("2024-11-26", "2024-11-26")),
        ("date:2024-11..2024-12", range("2024-11-01", "2024-12-31")),
        ("date:2024..", range("2024-01-01", "")),
        ("date:..2024", range("", "2024-12-31")),
        ("date:>=2024", range("2024-01-01", "")),
        ("date:>2024", range("2025-01-01", "")),
        ("date:<2024", range("", "2023-12-31")),
        ("date:<=2024-02", range("", "2024-02-29")),
    ] {
        assert_eq!(parsed(text), expected, "{text}");
    }
}

#[test]
fn a_language_is_asked_for_by_its_code() {
    for query in ["langue:fr", "lang:FR", "langue:fr-CA", "langue:\"fr\""] {
        assert_eq!(parsed(query), Node::Language("fr".to_owned()), "{query}");
    }
    assert!(Query::parse("langue:").issues().is_empty());
}

#[test]
fn what_is_odd_is_said_and_read_as_words() {
    for (text, issue, node) in [
        ("\"en colère", IssueKind::UnbalancedQuote, words("en colère")),
        ("(avion", IssueKind::UnbalancedParenthesis, words("avion")),
        ("avion)", IssueKind::UnbalancedParenthesis, words("avion")),
        ("avion ET", IssueKind::LonelyOperator, words("avion")),
        ("ET avion", IssueKind::LonelyOperator, words("avion")),
        ("lieu:avion", IssueKind::UnknownField, words("lieu avion")),
        ("date:hier", IssueKind::BadDate, words("date hier")),
        ("date:2024-13", IssueKind::BadDate, words("date 2024-13")),
        ("date:..", IssueKind::BadDate, words("date ..")),
    ] {
        assert_eq!(issues(text), [issue], "{text}");
        assert_eq!(Query::parse(text).root(), &node, "{text}");
        assert_eq!(Query::parse_strict(text).unwrap_err().kind(), ErrorKind::InvalidQuery);
    }
}

#[test]
fn limits_hold() {
    assert!(issues(&"(".repeat(5000)).contains(&IssueKind::TooDeep));
    assert!(issues(&"+a ".repeat(500)).contains(&IssueKind::TooLong));
    assert!(issues(&"é".repeat(20_000)).contains(&IssueKind::TooLong));
    let Node::Group(clauses) = Query::parse(&"+a ".repeat(500)).root().clone() else { panic!("no group") };
    assert_eq!(clauses.len(), 64);
}

#[test]
fn a_sign_behind_an_operator_is_read_with_it() {
    assert_eq!(parsed("onu ET -macron"), parsed("onu -macron"));
    assert_eq!(parsed("onu AND -macron"), parsed("onu AND NOT macron"));
    assert_eq!(parsed("onu SAUF -macron"), parsed("onu SAUF macron"));
    assert_eq!(parsed("onu ET +macron"), parsed("onu ET macron"));
    assert_eq!(parsed("onu –macron"), parsed("onu -macron"));
    for text in ["onu ET -macron", "onu SAUF -macron", "onu –macron", "La crue – le bilan", "–Oui, dit-il"] {
        assert_eq!(issues(text), [], "{text}");
    }
    assert!(matches!(parsed("La crue – le bilan"), Node::Words(_)));
    assert_eq!(issues("onu OU -macron"), [IssueKind::LonelyOperator]);
}

#[test]
fn signs_of_other_languages_are_noted_and_passed_over() {
    for (text, plain) in [
        ("!avion", "avion"),
        ("*avion", "avion"),
        ("^avion", "avion"),
        ("avion^3", "avion"),
        ("avion^2.5", "avion"),
        ("avion~3", "avion"),
        ("titre:avion^3", "titre:avion"),
        ("ma?on", "ma?on"),
        ("ma*on", "ma*on"),
        ("=avion*", "=avion"),
        ("=avion~2", "=avion"),
        ("=\"deux avions\"", "\"deux avions\""),
        ("=(avion train)", "(avion train)"),
    ] {
        assert_eq!(issues(text), [IssueKind::UnknownSign], "{text}");
        if text != plain {
            assert_eq!(Query::parse(text).root(), Query::parse(plain).root(), "{text}");
        }
    }
    for text in [
        "Oui !",
        "!!!",
        "avion*",
        "avion~",
        "avion~2",
        "qui ?",
        "Vraiment ?!",
        "C*",
        "2^10",
        "m^3",
        "^",
        "5 * 3",
        "=avion",
        "= avion",
    ] {
        assert_eq!(issues(text), [], "{text}");
    }
}

#[test]
fn operators_of_other_languages_are_read() {
    assert_eq!(parsed("avion && train"), parsed("avion ET train"));
    assert_eq!(parsed("avion || train"), parsed("avion OU train"));
    for text in ["avion ET NON train", "avion ET PAS train", "avion && NOT train"] {
        assert_eq!(parsed(text), parsed("avion AND NOT train"), "{text}");
        assert_eq!(issues(text), [], "{text}");
    }
    // Alone they are words.
    assert!(matches!(parsed("la victoire du NON"), Node::Words(_)));
    assert!(matches!(parsed("NON à la réforme"), Node::Words(_)));
    assert_eq!(Query::parse("avion OU NON train").root(), Query::parse("avion OU NOT train").root());
    assert_eq!(issues("avion OU NON train"), [IssueKind::LonelyOperator]);
    assert_eq!(issues("référendum : OUI OU NON à Paris"), []);
    assert_eq!(issues("Faut-il voter OU NON ?"), []);
    for (twice, once) in [("crue ET ET barrage", "crue ET barrage"), ("crue OU OU OU lac", "crue OU lac")] {
        assert_eq!(Query::parse(twice).root(), Query::parse(once).root());
        assert!(issues(twice).iter().all(|kind| *kind == IssueKind::LonelyOperator) && !issues(twice).is_empty());
    }
}

#[test]
fn a_sign_between_quotation_marks_is_noted() {
    for text in ["\"chat noi*\"", "«chats~ noirs»", "crue \"grand barrag~2\""] {
        assert_eq!(issues(text), [IssueKind::SignInPhrase], "{text}");
    }
    for text in ["\"2*3\"", "\"le 5 * 3\"", "\"chat\"~2", "\"C*\"", "\"chat\"", "\"-chat\"", "\"bac+2\""] {
        assert_eq!(issues(text), [], "{text}");
    }
}

#[test]
fn dates_are_read_as_french_writes_them() {
    for (text, plain) in [
        ("date:26/11/2024", "date:2024-11-26"),
        ("date:26-11-2024", "date:2024-11-26"),
        ("date:26.11.2024..2.12.2024", "date:2024-11-26..2024-12-02"),
        ("date:11-2024", "date:2024-11"),
        ("date:2024/11/26", "date:2024-11-26"),
        ("date:2024-3", "date:2024-03"),
        ("date:1/3/2024", "date:2024-03-01"),
        ("date:11/2024", "date:2024-11"),
        ("date:01/11/2024..15/11/2024", "date:2024-11-01..2024-11-15"),
        ("date:>=11/2024", "date:>=2024-11"),
        ("date:12/2024..10/2024", "date:2024-10..2024-12"),
        ("date:\"9 janvier 2024\"", "date:2024-01-09"),
        ("date:« le mardi 1er  Août 2023 »", "date:2023-08-01"),
        ("date:février-2024", "date:2024-02"),
        ("date:\"nov. 2024..15 déc. 2024\"", "date:2024-11..2024-12-15"),
        ("date:>=mars-2024", "date:>=2024-03"),
        ("date:juil.2024", "date:2024-07"),
    ] {
        assert_eq!((parsed(text), issues(text)), (parsed(plain), vec![]), "{text}");
    }
    for text in [
        "date:31/02/2024",
        "date:1/2/3/2024",
        "date:/2024",
        "date:11/24",
        "date:/",
        "date:2024-",
        "date:-2024",
        "date:jui-2024",
        "date:\"9 mars\"",
        "date:\"31 février 2024\"",
        "date:\"le 9 mars 24\"",
        "date:mars",
        "date:\"mars mars 2024\"",
        "date:2024-11-26T10",
    ] {
        assert_eq!(issues(text), [IssueKind::BadDate], "{text}");
    }
}

#[test]
fn a_field_apart_from_its_value_is_noted() {
    for text in ["titre : rien", "titre: rien", "titre :rien", "Auteur : Zola", "crue DATE: 2024"] {
        assert_eq!(issues(text), [IssueKind::SpacedField], "{text}");
    }
    for text in ["Paris : capitale", "titre", "un titre sans rien", "titre:rien", "le titre ; rien"] {
        assert_eq!(issues(text), [], "{text}");
    }
    let Node::Words(words) = Query::parse("titre : rien").root().clone() else { panic!("no words") };
    assert_eq!(words, "titre : rien");
}

/// Random strings over the signs of the language: nothing panics, nothing becomes match-all, nothing takes long.
#[test]
fn every_string_parses() {
    let cases = std::env::var("LIMIER_TEST_CASES").ok().and_then(|n| n.parse().ok()).unwrap_or(20_000_u64);
    let alphabet: Vec<char> = "aéœ 0\"«»“”()+-~=*:.,'’!?<>ETOU\u{a0}\u{301}\u{200b}界\n".chars().collect();
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    let mut random = move |below: u64| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state % below
    };
    for case in 0..cases {
        let length = if case % 100 == 0 { random(4096) } else { random(40) };
        let mut text = String::new();
        for _ in 0..length {
            let at = usize::try_from(random(alphabet.len() as u64)).unwrap();
            text.push(alphabet[at]);
            if random(12) == 0 {
                text.push_str(
                    [" ET ", " OU ", " SAUF ", "date:", "titre:", "2024-11"][usize::try_from(random(6)).unwrap()],
                );
            }
        }
        parses(&text);
    }
}

/// The queries of the collections, with signs put in anywhere.
#[test]
#[cfg(feature = "packed")]
fn every_query_of_the_collections_parses_whatever_is_put_into_it() {
    use std::io::Read;

    let workspace = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let shared = std::env::var_os("LIMIER_SHARED").map_or_else(|| workspace.join("../shared"), Into::into);
    let Ok(collections) = std::fs::read_dir(shared.join("collections")) else {
        println!("skipped: {} is absent", shared.join("collections").display());
        return;
    };
    let signs = ["\"", "«", "»", "(", ")", "+", "-", "~2", "=", "*", ":", "titre:", " ET ", " SAUF ", "\u{301}", "\0"];
    let mut count = 0;
    for collection in collections {
        let Ok(file) = std::fs::File::open(collection.unwrap().path().join("queries.jsonl.gz")) else { continue };
        let mut lines = String::new();
        flate2::read::GzDecoder::new(file).read_to_string(&mut lines).unwrap();
        for (number, line) in lines.lines().enumerate() {
            let query: serde_json::Value = serde_json::from_str(line).unwrap();
            let mut text = query["text"].as_str().unwrap().to_owned();
            parses(&text);
            for round in 0..4 {
                let at = (number * 31 + round * 17) % (text.len() + 1);
                let at = (0..=at).rev().find(|&at| text.is_char_boundary(at)).unwrap();
                text.insert_str(at, signs[(number + round) % signs.len()]);
                parses(&text);
            }
            count += 5;
        }
    }
    assert!(count > 1000, "{count}");
}

/// Parses a string and looks at what came out: no panic, no match-all without a star, issues inside the text, in time.
fn parses(text: &str) {
    fn has_everything(node: &Node) -> bool {
        match node {
            Node::Everything => true,
            Node::In(_, node) => has_everything(node),
            Node::Group(clauses) => clauses.iter().any(|clause| has_everything(&clause.node)),
            Node::All(nodes) | Node::Any(nodes) => nodes.iter().any(has_everything),
            Node::Except(one, other) => has_everything(one) || has_everything(other),
            _ => false,
        }
    }
    /// Microseconds that four kilobytes may take; tests are built to be compiled soon, not to run fast.
    const LIMIT: u128 = if cfg!(debug_assertions) { 20_000 } else { 1_000 };
    // The fastest of a few runs: a machine that does something else now and then is no slow parser.
    let fastest = (0..5).map(|_| {
        let start = std::time::Instant::now();
        std::hint::black_box(Query::parse(text));
        start.elapsed().as_micros()
    });
    let in_time = fastest.into_iter().any(|time| time < LIMIT * (1 + text.len() as u128 / 4096));
    assert!(in_time, "{} bytes took too long: {text:?}", text.len());
    let query = Query::parse(text);
    let stars = text.split(|c: char| c.is_whitespace() || "()+-:".contains(c)).any(|word| word == "*");
    assert!(stars || !has_everything(query.root()), "{text:?}");
    for issue in query.issues() {
        assert!(issue.start <= issue.end && issue.end <= text.len(), "{text:?}");
    }
}
