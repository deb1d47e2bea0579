//! How the tables are read, inflected and resolved, and what is said of a table that is wrong.

use std::path::Path;

use super::conjugation::{first_group, second_group};
use super::inflection::Class;
use super::{Error, Sources, compile, homographs, tables};

fn texts(infinitive: &str) -> Vec<String> {
    first_group(infinitive).into_iter().map(|form| form.text).collect()
}

/// The lemma that a lexicon of these tables gives to a form.
fn lemma_of(sources: &Sources, form: &str) -> Option<String> {
    homographs::resolve(tables::read(sources).unwrap()).remove(form)
}

fn error_of(sources: &Sources) -> Error {
    compile(sources).expect_err("a table that is wrong")
}

#[test]
fn spelling_before_a_mute_e() {
    let has = |infinitive: &str, forms: &str| {
        let all = texts(infinitive);
        let missing: Vec<_> = forms.split_whitespace().filter(|form| !all.iter().any(|text| text == form)).collect();
        assert!(missing.is_empty(), "{infinitive} lacks {missing:?}");
    };
    has("appeler", "appelle appellent appellera appelons");
    has("peler", "pèle pèlera pelons");
    has("sevrer", "sèvre");
    has("régler", "règle réglera règlera");
    has("disséquer", "dissèque");
    has("balayer", "balaie balaye");
    has("nettoyer", "nettoie nettoiera nettoyons");
    has("manger", "mangeons mangea mangeât");
    has("lancer", "lançons lança");
    has("créer", "crée créée créerai");
    assert!(!texts("tester").contains(&"tèste".to_owned()));
    assert!(!texts("agréer").contains(&"agrèe".to_owned()));
    assert!(first_group("finir").is_empty() && second_group("aimer").is_empty());
}

#[test]
fn sections_of_nouns() {
    let forms = |head: &str, word: &str| Class::parse(head).inflect(word).unwrap().join(" ");
    assert_eq!(forms("s", "chat"), "chat chats");
    assert_eq!(forms("s", "prix"), "prix prix");
    assert_eq!(forms("s", "étau"), "étau étaux");
    assert_eq!(forms("e", "petit"), "petit petits petite petites");
    assert_eq!(forms("-", "demain"), "demain");
    assert_eq!(forms("teur teurs trice trices", "acteur"), "acteur acteurs actrice actrices");
    assert!(Class::parse("al aux").inflect("bateau").is_err());
}

#[test]
fn homographs_go_to_one_lemma() {
    let sources = Sources {
        groups: "être: été".into(),
        apart: "[s]\nmarché".into(),
        er_verbs: "marcher porter mater".into(),
        nouns: "[s]\nporte marché portion\n[e]\nmatant".into(),
        ..Sources::default()
    };
    for (form, lemma) in [
        ("été", "être"),
        ("marchés", "marché"),
        ("marchée", "marcher"),
        ("portes", "porter"),
        ("portions", "portion"),
        ("matant", "matant"),
    ] {
        assert_eq!(lemma_of(&sources, form).as_deref(), Some(lemma), "{form}");
    }
}

#[test]
fn a_wrong_table_is_refused_with_its_line() {
    let says = |sources: &Sources, words: &str| {
        let error = error_of(sources);
        assert!(error.contains(words), "{error}");
    };
    let irregular = |text: &str| Sources { irregular_verbs: text.into(), ..Sources::default() };
    says(&irregular("# comment\n-enir iens iens"), "line 2: no colon");
    says(&irregular("-enir: iens"), "line 1: no future");
    says(&irregular("-enir: iens / iendr / ins / enu"), "six persons");
    says(&irregular("-enir: - / iendr / ins / enu / plural x"), "unknown part");
    says(&irregular("-enir: - / iendr / ins / enu\n    partir"), "partir does not end in -enir");
    says(&Sources { groups: "le la".into(), ..Sources::default() }, "groups, line 1");
    says(&Sources { nouns: "[al aux]\nbateau".into(), ..Sources::default() }, "nouns, line 2");
    says(&Sources { er_verbs: "finir".into(), ..Sources::default() }, "finir is not an infinitive");
    says(&Sources { ir_verbs: "aimer".into(), ..Sources::default() }, "aimer is not an infinitive");
    says(&Sources { stems: "fin finance".into(), ..Sources::default() }, "stems, line 1");
    says(&Sources { stems: "fin: a\nfon: a".into(), ..Sources::default() }, "two stems");
    says(&Sources { groups: "anticonstitutionnel: x".into(), ..Sources::default() }, "too long for a code");
    assert!(Sources::read(Path::new("no/such/folder")).err().unwrap().contains("groups.txt"));
}
