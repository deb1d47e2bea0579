//! Compounds written with a space: `week end`, `aujourd hui`, `anti virus`, `open ai`.
//!
//! Where the joined spelling is in use (`weekend`, `antivirus`, `OpenAI`), the two words with a space get it as another reading.
//! The list holds what is closed by usage or by the spelling of 1990, names of companies that people cut, and prefixes that are
//! no word of their own. A time of day in words is one, too (`17 heures 30`, `17h30`). What is only ever written with a hyphen
//! needs nothing: its parts are found.

use std::sync::LazyLock;

use crate::hash::FastMap;
use crate::normalize::fold;

/// First word, then the words that can follow it. Folded; a final *s* of the second does not count.
const PAIRS: &str = "
aujourd: hui
quelqu: un une
quelques: uns unes
presqu: ile
presque: ile
prud: homme hommes homal homale homaux
rendez: vous
entr: acte aide
la: bas haut dedans dessus dessous
au: dela dessus dessous dedans dehors devant
par: dela dessus dessous dehors devant
ci: dessus dessous contre apres avant joint jointe
en: dessous deca
week: end
e: mail commerce book sport learning
web: site master cam radio
news: letter
wi: fi
t: shirt
blue: tooth
foot: ball
basket: ball
volley: ball
hand: ball
base: ball
hot: dog
black: out list
feed: back
play: back list station
pull: over
pick: up pocket
smart: phone
start: up
stand: by
check: list
copy: right
porte: monnaie feuille manteau cle clef faix voix mine plume
passe: partout temps port passe
croque: monsieur madame mort mitaine note
tire: bouchon fond lire ligne
pique: nique
mille: feuille patte pertuis
plate: forme bande
haut: parleur
bas: fond relief
basse: cour taille contre
chauve: souris
sage: femme
fourre: tout
mange: tout
fait: tout
brise: tout glace
boute: entrain
branle: bas
chausse: trappe trape
coupe: coupe gorge feu
lieu: dit
pot: pourri
quote: part
sauf: conduit
statu: quo
terre: plein
tourne: vis dos
vanu: pied
cloche: pied
croche: pied
pousse: pousse
arc: boutant
contre: temps poids sens coup appel exemple
auto: stop ecole route
entre: temps
outre: mer
ultra: son violet
photo: copie
bio: dechet
open: ai
deep: mind seek
mid: journey
chat: gpt bot
you: tube tubeur
face: book time
linked: in
git: hub lab
tik: tok
whats: app
snap: chat
insta: gram
pay: pal
air: bnb
drop: box
word: press
power: point
java: script
type: script
black: rock
blabla: car
disney: land
euro: star million tunnel
";

/// Prefixes that are no word of their own: what follows them is joined to them.
const PREFIXES: &str = "
anti co hyper inter intra micro mini mono multi neo pluri poly post pre pseudo retro semi socio tele ultra video cyber geo
hydro electro aero agro cardio gastro neuro psycho thermo macro mega meta para peri supra trans infra extra
";

/// Both lists as one table: no second word stands for any.
static TABLE: LazyLock<FastMap<&'static str, Vec<&'static str>>> = LazyLock::new(|| {
    let pairs = PAIRS.lines().filter_map(|line| line.split_once(": "));
    let prefixes = PREFIXES.split_whitespace().map(|prefix| (prefix, Vec::new()));
    pairs.map(|(first, seconds)| (first, seconds.split(' ').collect())).chain(prefixes).collect()
});

/// Tells whether a word, without its accents, can open a compound written with a space.
pub(crate) fn opens(key: &str) -> bool {
    TABLE.contains_key(key) || is_hour(key)
}

/// Tells whether a word is the hour of a time of day, in figures: `17 heures` is also `17h`.
fn is_hour(word: &str) -> bool {
    word.len() <= 2 && word.bytes().all(|byte| byte.is_ascii_digit()) && word.parse().is_ok_and(|hour: u8| hour <= 24)
}

/// Returns what two words that follow one another are also written as; `after` is the text behind them.
pub(crate) fn joined(first: &str, second: &str, after: &str) -> Vec<String> {
    if !is_hour(first) {
        return if joins(first, second) { vec![[first, second].concat()] } else { Vec::new() };
    }
    if !matches!(second, "heure" | "heures") {
        return Vec::new();
    }
    // As `17h30` gives `17h`, too.
    let hour = format!("{first}h");
    let with_minutes = minutes_of(after).map(|minutes| [&hour, minutes].concat());
    with_minutes.into_iter().chain([hour]).collect()
}

/// Returns the minutes that follow the hour of a time of day: `17 heures 30`.
fn minutes_of(after: &str) -> Option<&str> {
    let figures = after.strip_prefix([' ', '\u{A0}', '\u{202F}'])?;
    let end = figures.find(|c: char| !c.is_alphanumeric()).unwrap_or(figures.len());
    let minutes = figures.get(..end).filter(|minutes| minutes.len() == 2)?;
    let is_number =
        minutes.bytes().all(|byte| byte.is_ascii_digit()) && minutes.parse().is_ok_and(|minutes: u8| minutes < 60);
    is_number.then_some(minutes)
}

/// Tells whether two words that follow one another are also written as one.
fn joins(first: &str, second: &str) -> bool {
    let folded = |word: &'_ str| if word.is_ascii() { word.to_owned() } else { fold(word) };
    let Some(seconds) = TABLE.get(folded(first).as_str()) else { return false };
    let second = folded(second);
    if seconds.is_empty() {
        return second.len() >= 4 && second.bytes().all(|byte| byte.is_ascii_lowercase());
    }
    let singular = second.strip_suffix('s').unwrap_or(&second);
    seconds.iter().any(|known| *known == second || *known == singular)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs_in_use_are_joined() {
        for (first, second) in [("week", "end"), ("week", "ends"), ("anti", "virus"), ("open", "ai"), ("presqu", "île")]
        {
            assert!(opens(first) && joins(first, second), "{first} {second}");
        }
        assert_eq!(joined("17", "heures", " 30, ou"), ["17h30", "17h"]);
        assert_eq!(joined("17", "heures", " 300"), ["17h"]);
        assert_eq!(joined("1", "heure", "."), ["1h"]);
        assert!(joined("25", "heures", "").is_empty() && joined("17", "jours", "").is_empty());
        assert!(!joins("porte", "plainte") && !opens("avion") && !joins("anti", "à"));
    }
}
