//! What the forms promise, chapter by chapter: readable as a description of how French words are grouped.

use std::collections::BTreeSet;
use std::path::Path;

use super::compile::tables::{self, read_stems};
use super::compile::{Sources, compile, homographs};
use super::lexicon::{self, DATA, WORDS_DATA, all_forms};
use super::suffix::without_suffix;
use super::{fold_into, is_known, lemma, lemma_and_stem_into, stem_into};

/// Asserts that all words of each line have one lemma.
fn same_lemma(lines: &[&str]) {
    for line in lines {
        let lemmas: Vec<_> = line.split_whitespace().map(|word| (word, lemma(word))).collect();
        let first = &lemmas[0].1;
        assert!(lemmas.iter().all(|(_, lemma)| lemma == first), "{lemmas:?}");
    }
}

/// Asserts that no two words of a line have the same lemma.
fn different_lemmas(lines: &[&str]) {
    for line in lines {
        let mut lemmas: Vec<_> = line.split_whitespace().map(lemma).collect();
        let words = lemmas.len();
        lemmas.sort();
        lemmas.dedup();
        assert_eq!(lemmas.len(), words, "{line}: {lemmas:?}");
    }
}

fn stem(word: &str) -> String {
    let mut out = String::new();
    stem_into(&lemma(word), &mut out);
    out
}

#[test]
fn verbs_in_er_by_their_spelling() {
    same_lemma(&[
        "manger mangeons mangeait mangea mangé mangerions mangèrent",
        "placer plaçons plaçait placé placèrent",
        "jeter jette jetez jettera jetait jeté jète",
        "appeler appelle appelons appellerait",
        "acheter achète achetons achètera",
        "céder cède cédons cédera cèdera",
        "payer paie paye payons paiera payera",
        "employer emploie employons emploiera",
        "essuyer essuie essuyons essuiera",
        "créer crée créons créée créa",
        "envoyer envoie envoyons enverrai",
        "intégrer intègre intégrions intégrera",
        "léguer lègue léguons",
    ]);
}

#[test]
fn irregular_verbs_in_all_their_forms() {
    same_lemma(&[
        "être suis es est sommes êtes sont étais fut serai soyons fussent étant",
        "avoir ai as a avons ont eu eût aurait ayant aient",
        "aller vais va vont irai aille allé",
        "venir viens vient vinrent viendrai vînt venu",
        "tenir tiens tinrent tiendra tenu",
        "faire fait font ferai fasse fîmes faisait",
        "pouvoir peux peut pouvons pourrai puisse put",
        "savoir sais sut sachant saura sache",
        "vouloir veux veut voudrais veuille voulut",
        "voir voit vu verra voyons vîmes",
        "prendre prennent pris prîmes prendra",
        "connaître connaît connaissait connu connut connaissent",
        "peindre peint peignons peignit",
        "craindre craint craignait craignirent",
        "résoudre résout résolvait résolu",
        "acquérir acquiert acquis acquerra",
        "boire boit buvait bu burent",
        "écrire écrit écrivait écrivit",
        "conduire conduit conduisit",
        "mourir meurt mort mourra moururent",
        "vivre vit vécu vécut",
        "naître naît né naquit",
        "croire croit cru crut croyait",
        "asseoir assieds assois assis assoit assiéra",
        "ouvrir ouvre ouvert ouvrit",
        "courir courent couru courrait",
        "finir finissons finit finirent finissait",
    ]);
}

#[test]
fn plurals_that_change_the_word() {
    same_lemma(&[
        "travail travaux",
        "cheval chevaux",
        "journal journaux",
        "vitrail vitraux",
        "général généraux générale générales",
        "festival festivals",
        "bateau bateaux",
        "neveu neveux",
        "genou genoux",
        "trou trous",
        "oeil yeux",
        "ciel cieux",
        "aïeul aïeux",
        "monsieur messieurs",
        "loi lois",
        "tuyau tuyaux",
        "prix",
    ]);
}

#[test]
fn feminines() {
    same_lemma(&[
        "directeur directrice directrices",
        "employeur employeuse",
        "acteur actrice",
        "heureux heureuse heureuses",
        "actif active actives",
        "naïf naïve",
        "professionnel professionnelle",
        "européen européenne",
        "ouvrier ouvrière",
        "premier première",
        "complet complète",
        "blanc blanche",
        "public publique publics",
        "grec grecque",
        "long longue",
        "vieux vieil vieille",
        "beau bel belle beaux",
        "fou folle",
        "français française françaises",
        "parisien parisienne",
        "maître maîtresse",
        "favori favorite",
        "bénin bénigne",
        "aigu aiguë aigüe",
        "étudiant étudiante étudiants",
        "professeur professeure professeures",
        "auteur autrice auteure auteures",
        "chercheur chercheuse chercheure",
        "chef cheffe cheffes",
    ]);
}

#[test]
fn closed_classes() {
    same_lemma(&["le la les", "ce cet cette ces", "mon ma mes", "celui celle ceux", "tout toute tous", "quel quelle"]);
}

#[test]
fn a_noun_joins_the_verb_whose_form_it_is() {
    same_lemma(&["porte portes porter portons", "marche marcher", "aide aider", "fatigué fatigués fatiguer"]);
}

#[test]
fn words_that_a_reader_keeps_apart() {
    different_lemmas(&[
        "été être",
        "fils fil",
        "mois moi",
        "marché marcher",
        "livre livrer",
        "avions avoir",
        "portions porter",
        "président présider",
        "content conter",
        "cours courir",
        "partie partir",
        "pas passer",
        "vers ver verre",
    ]);
}

/// Asserts that the words of each line have one stem.
fn same_stem(lines: &[&str]) {
    for line in lines {
        let stems: Vec<_> = line.split_whitespace().map(|word| (word, stem(word))).collect();
        assert!(stems.iter().all(|(_, stem)| *stem == stems[0].1), "{stems:?}");
    }
}

/// Asserts that no two words of a line have the same stem.
fn different_stems(lines: &[&str]) {
    for line in lines {
        let mut stems: Vec<_> = line.split_whitespace().map(stem).collect();
        let words = stems.len();
        stems.sort();
        stems.dedup();
        assert_eq!(stems.len(), words, "{line}: {stems:?}");
    }
}

#[test]
fn a_stem_joins_a_family() {
    same_stem(&[
        "rémunérer rémunération rémunérées",
        "exploiter exploitation exploitant",
        "collaborer collaboration collaborateur collaboratrice",
        "licencier licenciement",
        "venir vinrent",
        "prud'hommes prud'homal prudhommes",
    ]);
}

#[test]
fn a_stem_keeps_words_apart() {
    different_stems(&[
        "université universel univers",
        "organe organisation organisme",
        "cheval chevalet",
        "lit litre",
        "sel selle",
        "vin vingt",
        "bal balle",
        "mot moteur",
        "fin finance",
        "portion porte port",
        "base bassin bas",
        "règle règlement",
        "main maine",
        "repas répit",
        "crédit créer",
        "désir dès",
        "vente vent",
        "péché pêcher",
        "foyer foi",
        "danger dans",
        "maïs mais",
        "mars mari",
        "mûre mur mûr",
        "communisme communiquer commun",
    ]);
}

#[test]
fn words_that_the_lexicon_lacks() {
    same_lemma(&[
        "skyper skypèrent skyperions skypé skypée skypaient",
        "flouzir flouzissaient flouzissait",
        "blogosphère blogosphères",
        "zorglutrice zorgluteur zorglutrices",
        "vlimative vlimatif vlimatives",
        "chloruraux chlorural",
    ]);
    different_lemmas(&["virus viru", "procès procè", "tapis tapir"]);
}

#[test]
fn words_typed_without_accents() {
    same_lemma(&[
        "étudiante étudiantes etudiante",
        "rémunérer rémunérée remuneree remunerees",
        "général généraux generaux",
        "naïf naïve naive naives",
        "congé conges conge",
    ]);
    different_lemmas(&["jeune jeûne", "mur mûr", "sur sûr", "tache tâche", "cote côté"]);
}

#[test]
fn the_spelling_of_1990() {
    same_lemma(&[
        "connaître connaitre connaît connait connaitra",
        "événement évènement évènements",
        "clé clef clefs",
        "oignon ognons",
        "brûler bruler brule",
        "cèdera cédera",
        "amoncelle amoncèle amonceler",
        "nénuphar nénufar",
        "maître maitre maitresse",
        "mûre mûres mure mures",
    ]);
}

#[test]
fn the_lexicon_is_there() {
    assert!(is_known("mangeassions"));
    for word in ["lune", "dune", "lame", "latte", "saucisse", "desserts", "exploitation", "avion", "horloges", "œuvres"]
    {
        assert!(is_known(&word.replace('œ', "oe")), "{word}");
    }
    for word in ["zorglub", "lexploitation", "remuneree", ""] {
        assert!(!is_known(word), "{word}");
    }
    assert_eq!(stem("rémunérées"), stem("rémunération"));
}

#[test]
fn the_embedded_table_is_what_the_sources_give() {
    let sources = Sources::read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("lexicon")).unwrap();
    let compiled = compile(&sources).unwrap();
    assert!(compiled.forms == DATA && compiled.words == WORDS_DATA);
}

#[test]
fn a_form_is_found_with_its_lemma_and_the_stem_of_that() {
    let sources = Sources::read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("lexicon")).unwrap();
    let forms = homographs::resolve(tables::read(&sources).unwrap());
    assert_eq!(forms.len(), all_forms().len());
    let (mut of_lemma, mut found) = (String::new(), String::new());
    for (form, expected) in &forms {
        assert_eq!(lemma_and_stem_into(form, &mut found), *expected, "{form}");
        stem_into(expected, &mut of_lemma);
        assert_eq!(found, of_lemma, "{form}");
    }
    for word in ["xyzzyations", "rémunératrices", "antigel", "déconfinements", "eleves", "1er", ""] {
        assert_eq!(lemma_and_stem_into(word, &mut found), lemma(word), "{word}");
        assert_eq!(found, stem(word), "{word}");
    }
}

#[test]
fn the_table_of_stems_says_what_rules_say() {
    let sources = Sources::read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("lexicon")).unwrap();
    let prescribed = read_stems(&sources.stems).unwrap();
    let lemmas: BTreeSet<String> = all_forms().iter().map(|form| lemma(form).into_owned()).collect();
    let mut by_rule = 0;
    for lemma in &lemmas {
        let (head, text) = lexicon::stem(lemma).expect("each lemma has a stem");
        if prescribed.iter().all(|(known, _)| known != lemma) {
            assert_eq!([head, text].concat(), without_suffix(lemma, lexicon::is_lemma), "{lemma}");
            by_rule += 1;
        }
    }
    assert!(by_rule > 20_000, "{by_rule}");
    assert_eq!(lexicon::stem("xyzzyation"), None);
    assert_eq!(stem("xyzzyations"), "xyzzyat", "a word that no table knows");
}

#[test]
fn the_lemma_of_a_lemma_is_itself() {
    let forms = all_forms();
    assert!(forms.len() > 200_000, "{}", forms.len());
    let lemmas: BTreeSet<_> = forms.iter().map(|form| lemma(form)).collect();
    assert!(lemmas.len() > 10_000, "{}", lemmas.len());
    for once in lemmas {
        assert_eq!(lemma(&once), once);
    }
}

/// Words that nobody wrote: every length, letters of several scripts, marks, digits.
fn arbitrary_words() -> impl Iterator<Item = String> {
    const LETTERS: &[char] = &[
        'a', 'e', 'i', 'r', 's', 'x', 'u', 't', 'n', 'é', 'è', 'ç', 'î', 'ï', 'œ', 'ß', 'ø', '-', '\'', '0', 'é',
        '\u{301}', '\u{200d}', 'ά', 'ж', 'й', '語', '🦀', ' ', 'İ', 'ﬁ',
    ];
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    let mut random = move |below: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state % below as u64) as usize
    };
    let endings = ["issait", "geait", "trices", "aux", "ées", "euse", "s", "ènt", ""];
    (0..5_000).map(move |_| {
        let head: String = (0..random(9)).map(|_| LETTERS[random(LETTERS.len())]).collect();
        head + endings[random(endings.len())]
    })
}

#[test]
fn any_string_has_a_lemma_and_a_stem() {
    for word in arbitrary_words() {
        let once = lemma(&word).into_owned();
        assert_eq!(lemma(&once), once, "{word:?}");
        assert_eq!(stem(&word), stem(&word), "{word:?}");
    }
}

#[test]
fn folding_what_is_folded_changes_nothing() {
    let fold = |text: &str| {
        let mut out = String::new();
        fold_into(text, &mut out);
        out
    };
    for word in arbitrary_words() {
        assert_eq!(fold(&fold(&word)), fold(&word), "{word:?}");
    }
    assert_eq!(fold("élève naïf ça cœur straße łódź"), "eleve naif ca coeur strasse lodz");
    assert_eq!(fold("e\u{301}té ελιά йод 語"), "ete ελιά йод 語");
}

#[test]
fn a_slip_is_not_taken_for_the_feminine_of_a_form() {
    for (word, lemma_of_it) in
        [("polise", "polise"), ("exquise", "exquis"), ("caissiere", "caissier"), ("caissière", "caissier")]
    {
        assert_eq!(lemma(word), lemma_of_it);
    }
}
