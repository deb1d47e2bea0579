//! Words of pages: those of buttons, of footers and of stamps.
//!
//! Most are no lists: of those the compiler makes a look at the length and one at the bytes.

/// Words of buttons that share.
pub(super) const BUTTONS: [&str; 32] = [
    "partager",
    "partagez",
    "partage",
    "tweeter",
    "facebook",
    "twitter",
    "x",
    "whatsapp",
    "linkedin",
    "pinterest",
    "telegram",
    "messenger",
    "reddit",
    "instagram",
    "youtube",
    "tiktok",
    "bluesky",
    "mastodon",
    "flipboard",
    "imprimer",
    "envoyer",
    "copier",
    "lien",
    "mail",
    "email",
    "e-mail",
    "sms",
    "enregistrer",
    "favoris",
    "commenter",
    "écouter",
    "offrir",
];

/// Words between them.
pub(super) const SMALL: [&str; 14] =
    ["sur", "par", "le", "la", "l'article", "cet", "article", "maintenant", "à", "un", "ami", "via", "et", "ou"];

static BUTTON_KEYS: [u128; BUTTONS.len()] = keys_of(BUTTONS);
static SMALL_KEYS: [u128; SMALL.len()] = keys_of(SMALL);

/// Whether one of these words may be at a [`place`]: nearly all others are known by that.
static MAY_BE: [bool; 256] = {
    let (buttons, small) = (keys_of(BUTTONS), keys_of(SMALL));
    let mut table = [false; 256];
    let mut rank = 0;
    while rank < BUTTONS.len() + SMALL.len() {
        let word = if rank < BUTTONS.len() { buttons[rank] } else { small[rank - BUTTONS.len()] };
        table[place(word)] = true;
        rank += 1;
    }
    table
};

/// The upper bits of a product are a hash of the last four letters.
const fn place(word: u128) -> usize {
    ((word as u32).wrapping_mul(0x9E37_79B1) >> 24) as usize
}

/// What a word of a line is to a line of buttons.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// It says how to share.
    Button,
    /// It stands between buttons: `sur`, `par`.
    Small,
    /// It says something else.
    Other,
    /// Marks, no word.
    Mark,
}

/// Returns what each word of a line is to a line of buttons, whatever its case and the marks around it.
///
/// A word is read as a number: to look its letters up in lists of words takes four times as long.
pub(super) fn roles(line: &str) -> impl Iterator<Item = Role> {
    let mut at = 0;
    let next = move || {
        // All so far, and without the marks behind the last letter.
        let (mut all, mut word, mut is_there) = (0_u128, 0, false);
        while let Some(&byte) = line.as_bytes().get(at) {
            if byte.is_ascii_alphanumeric() {
                at += 1;
                is_there = true;
                all = all << 8 | u128::from(byte.to_ascii_lowercase());
                word = all;
                continue;
            }
            let c = line.get(at..).and_then(|rest| rest.chars().next())?;
            at += c.len_utf8();
            if c.is_whitespace() {
                if is_there {
                    return Some(word);
                }
                continue;
            }
            is_there = true;
            if c.is_alphanumeric() {
                all = all << 8 | u128::from(letter_of(c));
                word = all;
            } else if all > 0 {
                all = all << 8 | u128::from(letter_of(c));
            }
        }
        is_there.then_some(word)
    };
    std::iter::from_fn(next).map(|word| match word {
        0 => Role::Mark,
        word if !MAY_BE[place(word)] => Role::Other,
        word if BUTTON_KEYS.contains(&word) => Role::Button,
        word if SMALL_KEYS.contains(&word) => Role::Small,
        _ => Role::Other,
    })
}

/// Returns the byte that stands for a character: its code where the words above have it, in small letters, else 1.
fn letter_of(c: char) -> u8 {
    match c {
        '’' | 'ʼ' => b'\'',
        'À'..='Þ' => c as u8 | 0x20,
        c => u8::try_from(c).unwrap_or(1),
    }
}

/// Reads words as numbers: a byte a character.
const fn keys_of<const COUNT: usize>(words: [&str; COUNT]) -> [u128; COUNT] {
    let mut keys = [0; COUNT];
    let mut rank = 0;
    while rank < COUNT {
        let word = words[rank].as_bytes();
        assert!(word.len() <= 16, "a longer word goes over the number");
        let mut at = 0;
        while at < word.len() {
            // Of two bytes, the letters from À on.
            let is_wide = word[at] == 0xC3;
            let letter = if is_wide { word[at + 1] | 0x40 } else { word[at] };
            keys[rank] = keys[rank] << 8 | letter as u128;
            at += 1 + is_wide as usize;
        }
        rank += 1;
    }
    keys
}

/// Tells whether a word stands on buttons and in footers: what a site has, what one does there, and small words.
pub(super) fn is_of_pages(word: &str) -> bool {
    BUTTONS.contains(&word)
        || SMALL.contains(&word)
        || matches!(
            word,
            "" | "au"
                | "aux"
                | "avec"
                | "ce"
                | "ces"
                | "cette"
                | "ci-dessous"
                | "de"
                | "des"
                | "du"
                | "en"
                | "est"
                | "les"
                | "mon"
                | "nos"
                | "notre"
                | "nous"
                | "pas"
                | "plus"
                | "pour"
                | "son"
                | "une"
                | "vos"
                | "votre"
                | "vous"
        )
        || matches!(
            word,
            "abonnement"
                | "abonnements"
                | "abonné"
                | "abonnée"
                | "abonnées"
                | "abonnés"
                | "abonnez-vous"
                | "accueil"
                | "accéder"
                | "accès"
                | "aide"
                | "annuler"
                | "annonceurs"
                | "apple"
                | "articles"
                | "charte"
                | "cgu"
                | "cgv"
                | "commentaire"
                | "commentaires"
                | "compte"
                | "conditions"
                | "confidentialité"
                | "connecter"
                | "connectez-vous"
                | "connexion"
                | "contact"
                | "contenu"
                | "continuer"
                | "continuez"
                | "contribution"
                | "cookies"
                | "faq"
                | "générales"
                | "google"
                | "gratuit"
                | "gratuitement"
                | "haut"
                | "identifier"
                | "identifiez-vous"
                | "inscription"
                | "inscrire"
                | "inscrivez-vous"
                | "lecture"
                | "lire"
                | "laisser"
                | "légales"
                | "mentions"
                | "newsletter"
                | "newsletters"
                | "offre"
                | "offres"
                | "page"
                | "pages"
                | "plan"
                | "politique"
                | "poster"
                | "principal"
                | "profiter"
                | "publicité"
                | "publier"
                | "réagir"
                | "répondre"
                | "réseaux"
                | "réservé"
                | "réservée"
                | "site"
                | "sociaux"
                | "suite"
                | "utilisation"
                | "vente"
                | "voter"
        )
}

/// Tells whether a word is one of those of a stamp.
pub(super) fn is_of_dates(word: &str) -> bool {
    matches!(
        word,
        "janvier"
            | "février"
            | "mars"
            | "avril"
            | "mai"
            | "juin"
            | "juillet"
            | "août"
            | "septembre"
            | "octobre"
            | "novembre"
            | "décembre"
            | "lundi"
            | "mardi"
            | "mercredi"
            | "jeudi"
            | "vendredi"
            | "samedi"
            | "dimanche"
            | "à"
            | "h"
            | "min"
            | "le"
            | "par"
            | "et"
            | "heures"
            | "mis"
            | "mise"
            | "modifié"
            | "jour"
            | "publié"
            | "lecture"
    )
}
