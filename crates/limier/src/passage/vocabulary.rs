//! What the sentence breaker knows of French words: abbreviations, and words that begin or cannot end a sentence.

/// In bytes, without the stop.
const LONGEST_ABBREVIATION: usize = 8;

/// What the stop after an abbreviation can mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Abbreviation {
    /// Stands before a name (`M. Martin`, `St. Louis`): never the end of a sentence.
    Title,
    /// Stands before what it introduces (`cf. Durand`, `p. ex. Lyon`): ends a sentence only before a sure beginning.
    Inner,
    /// Stands before a number or a letter (`art. 5`, `art. L. 122-4`, `p. 12`): ends a sentence only where the next
    /// words can be nothing but the beginning of another.
    Reference,
    /// Stands at the end of something (`etc.`, `et al.`): the next capital begins a sentence.
    Closing,
}

/// Says what kind of abbreviation `word` is; without its stop, in its own case.
pub(super) fn abbreviation(word: &str) -> Option<Abbreviation> {
    use Abbreviation::{Closing, Inner, Reference, Title};
    if word.len() > LONGEST_ABBREVIATION {
        return None;
    }
    // Where the capital is what tells "M." (monsieur) from "m." (mètre).
    match word {
        "M" | "MM" | "Me" | "Mes" | "Pr" | "Dr" | "Drs" | "St" | "Ste" | "Sts" | "Sté" | "Gal" | "Cdt" | "Lt"
        | "Col" | "Cap" | "Cne" | "Adj" | "Sgt" | "Maj" | "Ct" | "Vve" | "Fr" | "Sr" | "Mt" | "Mts" | "Mal"
        | "Prof" | "N.-D" => return Some(Title),
        _ => {}
    }
    let lower = word.to_lowercase();
    Some(match lower.as_str() {
        "mr" | "mrs" | "ms" | "mme" | "mmes" | "mlle" | "mlles" | "mgr" | "dr" | "gén" | "bd" | "boul" | "bld"
        | "faub" | "fbg" | "fg" | "rte" | "pl" | "hon" | "rév" | "ste" | "sté" | "vve" | "éts" | "ets" => Title,
        "cf" | "conf" | "vs" | "p.ex" | "ex" | "c.-à-d" | "c.à.d" | "c.a.d" | "càd" | "i.e" | "e.g" | "env" | "dir"
        | "resp" | "trad" | "préf" | "ill" | "av" | "ap" | "apr" | "dép" | "cass" | "trib" | "c.c" | "anc" | "q.v"
        | "à-d" | "approx" | "réf" | "ref" | "op" | "loc" | "c" | "éd" | "r" | "auj" | "prof" | "coll" | "pers"
        | "spéc" | "not" | "litt" | "fam" => Inner,
        "art" | "arts" | "p" | "pp" | "pag" | "chap" | "ch" | "fig" | "vol" | "t" | "tom" | "n" | "no" | "nos"
        | "num" | "sect" | "parag" | "tél" | "tel" | "ann" | "tab" | "l" | "liv" | "v" | "vv" | "fol" | "f" | "ff"
        | "d" | "déc" | "jan" | "janv" | "févr" | "fév" | "avr" | "juil" | "juill" | "sept" | "oct" | "nov"
        | "alin" | "al" | "prot" | "ord" | "bull" | "civ" | "crim" | "soc" | "com" | "req" | "pén" | "trav" | "pr"
        | "proc" | "suppl" | "sér" | "mss" | "inv" | "ex-n" | "annot" | "lig" | "lun" | "ven" | "sam" | "aff"
        | "jo" | "cm" | "qté" | "qte" | "min" | "max" | "moy" | "tot" | "bât" | "esc" | "appt" | "ét" | "let"
        | "concl" | "chron" | "obs" => Reference,
        "etc" | "cie" | "sqq" | "suiv" | "inc" | "ltd" | "corp" | "co" | "ibid" | "cit" | "hab" | "jr" => Closing,
        _ => return None,
    })
}

/// Tells whether `word`, after a number, is a unit (`20 h.`, `5 km.`), so that its stop is a plain one.
pub(super) fn is_unit(word: &str) -> bool {
    matches!(
        word,
        "h" | "mn"
            | "s"
            | "m"
            | "km"
            | "cm"
            | "mm"
            | "g"
            | "kg"
            | "mg"
            | "t"
            | "l"
            | "cl"
            | "ml"
            | "ha"
            | "v"
            | "W"
            | "kW"
            | "MW"
            | "Hz"
            | "A"
            | "V"
            | "C"
            | "F"
            | "K"
            | "€"
            | "m²"
            | "m³"
            | "km²"
            | "L"
            | "Mo"
            | "Go"
            | "To"
    )
}

/// Tells whether `word`, with its capital, is one that begins sentences rather than names.
pub(super) fn begins_sentence(word: &str) -> bool {
    matches!(
        word.to_lowercase().as_str(),
        "le" | "la"
            | "les"
            | "l"
            | "un"
            | "une"
            | "des"
            | "du"
            | "de"
            | "d"
            | "au"
            | "aux"
            | "ce"
            | "cet"
            | "cette"
            | "ces"
            | "c"
            | "cela"
            | "ceci"
            | "ça"
            | "celui"
            | "celle"
            | "ceux"
            | "celles"
            | "il"
            | "elle"
            | "ils"
            | "elles"
            | "on"
            | "je"
            | "j"
            | "tu"
            | "nous"
            | "vous"
            | "son"
            | "sa"
            | "ses"
            | "leur"
            | "leurs"
            | "mon"
            | "ma"
            | "mes"
            | "notre"
            | "nos"
            | "votre"
            | "vos"
            | "et"
            | "mais"
            | "ou"
            | "où"
            | "or"
            | "donc"
            | "car"
            | "ni"
            | "si"
            | "s"
            | "que"
            | "qu"
            | "qui"
            | "quoi"
            | "dont"
            | "quand"
            | "lorsque"
            | "lorsqu"
            | "comme"
            | "comment"
            | "pourquoi"
            | "dans"
            | "en"
            | "à"
            | "a"
            | "pour"
            | "sur"
            | "sous"
            | "avec"
            | "sans"
            | "chez"
            | "entre"
            | "vers"
            | "depuis"
            | "pendant"
            | "après"
            | "avant"
            | "selon"
            | "malgré"
            | "ainsi"
            | "alors"
            | "puis"
            | "ensuite"
            | "enfin"
            | "cependant"
            | "toutefois"
            | "pourtant"
            | "aussi"
            | "tout"
            | "tous"
            | "toute"
            | "toutes"
            | "plus"
            | "très"
            | "voici"
            | "voilà"
            | "quel"
            | "quelle"
            | "quels"
            | "quelles"
            | "aucun"
            | "aucune"
            | "chaque"
            | "plusieurs"
            | "certains"
            | "certaines"
            | "quelques"
            | "deux"
            | "trois"
            | "n"
            | "ne"
            | "y"
            | "rien"
            | "personne"
            | "bien"
            | "puisque"
            | "tandis"
            | "parce"
            | "afin"
            | "lors"
            | "hier"
            | "demain"
            | "aujourd"
    )
}

/// Tells whether nothing can end with `word`: an article, a preposition, a conjunction, a determiner.
pub(super) fn cannot_end(word: &str) -> bool {
    // In small letters only: "LA" and "Un" at the end of a line belong to a heading.
    matches!(
        word,
        "le" | "la"
            | "les"
            | "l"
            | "un"
            | "une"
            | "des"
            | "du"
            | "de"
            | "d"
            | "au"
            | "aux"
            | "à"
            | "et"
            | "ou"
            | "en"
            | "dans"
            | "pour"
            | "sur"
            | "sous"
            | "avec"
            | "sans"
            | "chez"
            | "entre"
            | "vers"
            | "que"
            | "qu"
            | "qui"
            | "dont"
            | "ce"
            | "cet"
            | "cette"
            | "ces"
            | "son"
            | "sa"
            | "ses"
            | "leur"
            | "leurs"
            | "mon"
            | "ma"
            | "mes"
            | "notre"
            | "nos"
            | "votre"
            | "vos"
            | "se"
            | "ne"
            | "n"
            | "s"
            | "j"
            | "c"
            | "m"
            | "t"
            | "si"
            | "comme"
            | "mais"
            | "car"
            | "lorsque"
            | "puisque"
            | "quand"
            | "très"
            | "plus"
            | "je"
            | "tu"
            | "il"
            | "ils"
            | "elle"
            | "elles"
            | "on"
            | "nous"
            | "vous"
    )
}
