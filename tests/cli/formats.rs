//! Every format through the program: what is taken from each, packed or under a name that lies, and what is told.

use std::io::{Cursor, Write};

use crate::{press, sandbox};

/// Packs entries into a zip file.
fn zipped(entries: &[(&str, &str)]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in entries {
        writer.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        writer.write_all(content.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn gzipped(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

const BODY: &str = "Le conseil a voté mardi la fermeture du pont aux poids lourds, après deux heures de débat, et la commune \
                    cherche encore de quoi payer les travaux que demande la préfecture.";

fn epub() -> Vec<u8> {
    let page = format!("<html><body><h1>Chapitre premier</h1><p>{BODY}</p></body></html>");
    zipped(&[
        ("mimetype", "application/epub+zip"),
        ("META-INF/container.xml", "<container><rootfile full-path=\"livre.opf\"/></container>"),
        (
            "livre.opf",
            "<package><metadata><dc:title>Le pont fermé</dc:title><dc:creator>Ada Quint</dc:creator>\
             <dc:date>2024-05-03</dc:date><dc:language>fr</dc:language></metadata>\
             <manifest><item id=\"a\" href=\"un.xhtml\"/></manifest><spine><itemref idref=\"a\"/></spine></package>",
        ),
        ("un.xhtml", &page),
    ])
}

fn odt() -> Vec<u8> {
    let content = format!(
        "<office:document-content><office:body><office:text><text:p>{BODY}</text:p></office:text></office:body>\
         </office:document-content>"
    );
    zipped(&[
        ("mimetype", "application/vnd.oasis.opendocument.text"),
        ("content.xml", &content),
        (
            "meta.xml",
            "<office:meta><dc:title>Le pont fermé</dc:title><meta:initial-creator>Ada Quint</meta:initial-creator>\
             <meta:creation-date>2024-05-03T09:00:00</meta:creation-date></office:meta>",
        ),
    ])
}

fn docx() -> Vec<u8> {
    let document = format!("<w:document><w:body><w:p><w:r><w:t>{BODY}</w:t></w:r></w:p></w:body></w:document>");
    zipped(&[
        ("word/document.xml", &document),
        (
            "docProps/core.xml",
            "<c><dc:title>Le pont fermé</dc:title><dc:creator>Ada Quint</dc:creator>\
             <dcterms:created>2024-05-03T09:00:00Z</dcterms:created></c>",
        ),
    ])
}

#[test]
fn every_format_gives_title_body_date_and_author() {
    let record = format!(
        "{{\"titre\":\"Le pont fermé\",\"texte\":\"{BODY}\",\"date\":\"2024-05-03\",\"auteur\":\"Ada Quint\"}}"
    );
    let row = format!("titre;texte;date;auteur\nLe pont fermé;\"{BODY}\";2024-05-03;Ada Quint\n");
    let markdown = format!("---\ntitle: Le pont fermé\ndate: 2024-05-03\nauthor: Ada Quint\n---\n\n{BODY}\n");
    let files: [(&str, Vec<u8>); 14] = [
        ("a.md", markdown.clone().into()),
        ("a.jsonl", record.clone().into()),
        ("a.json", format!("[\n{record}\n]").into()),
        ("objet.json", record.clone().into()),
        ("a.csv", row.clone().into()),
        ("a.tsv", row.replace(';', "\t").into()),
        ("a.epub", epub()),
        ("a.odt", odt()),
        ("a.docx", docx()),
        ("a.jsonl.gz", gzipped(record.as_bytes())),
        ("a.csv.gz", gzipped(row.as_bytes())),
        ("a.md.gz", gzipped(markdown.as_bytes())),
        // Names that lie.
        ("vrai-gzip.txt", gzipped(format!("{record}\n").as_bytes())),
        ("lignes.json", format!("{record}\n").into()),
    ];
    for (name, content) in files {
        let sandbox = sandbox();
        sandbox.write(name, content);
        let lines = sandbox.run(&["extract", name, "--json"]).code(0).quiet().json();
        assert_eq!(lines.len(), 1, "{name}");
        let line = &lines[0];
        for (field, expected) in [
            ("title", "Le pont fermé"),
            ("date", "2024-05-03"),
            ("author", "Ada Quint"),
            ("path", name),
            ("lang", "fr"),
        ] {
            assert_eq!(line[field], expected, "{name} {field}");
        }
        assert!(line["body"].as_str().unwrap().ends_with(BODY), "{name}: {line}");
        let run = sandbox.run(&["fermeture du pont", ".", "--json"]).code(0);
        assert_eq!(run.hits().len(), 1, "{name}");
        assert_eq!(run.hits()[0]["lang"], "fr", "{name}");
    }
}

#[test]
fn fields_are_mapped_by_name() {
    let sandbox = sandbox();
    sandbox.write("a.jsonl", "{\"accroche\":\"Un tapir\",\"verbatim\":\"Il nage.\"}\n");
    sandbox.write("b.csv", "accroche,verbatim\nUn pangolin,Il dort.\n");
    let run = sandbox.run(&["extract", ".", "--json"]).code(1);
    run.err_has("--map body=COLUMN").err_has("accroche, verbatim");
    let map = ["--map", "title=accroche,body=verbatim"];
    let lines = sandbox.run(&[&["extract", ".", "--json"][..], &map].concat()).code(0).json();
    let titles: Vec<_> = lines.iter().map(|line| line["title"].as_str().unwrap()).collect();
    assert_eq!(titles, ["Un tapir", "Un pangolin"]);
    // The flag says which index of the cache is meant.
    sandbox.run(&["tapir", "."]).code(1);
    sandbox.run(&[&["tapir", "."][..], &map].concat()).code(0);
    sandbox.run(&["tapir", "."]).code(1);
    sandbox.run(&["extract", ".", "--map", "couleur=bleu"]).code(2).err_has("body=contenu");
}

#[test]
fn a_named_index_remembers_how_files_are_read() {
    let sandbox = sandbox();
    sandbox.write("p/a.jsonl", "{\"verbatim\":\"Un tapir nage.\"}\n");
    sandbox.write("p/b.txt", "Un tapir dort\n\nIl dort.\n");
    sandbox.run(&["index", "p", "--index", "idx", "--map", "body=verbatim", "--type", "json"]).code(0);
    assert_eq!(sandbox.run(&["tapir", "--index", "idx", "--json"]).code(0).ids(), ["a.jsonl#1"]);
    let ids = sandbox.run(&["tapir", "--index", "idx", "--json", "--type", "text"]).code(0).ids();
    assert_eq!(ids, ["b.txt"]);
}

#[test]
fn types_narrow_what_is_read() {
    let sandbox = press();
    sandbox.run(&["artistes", "presse", "--type", "markdown", "--json"]).code(0);
    let ids = |types: &str| sandbox.run(&["extract", "presse", "--json", "--type", types]).code(0).json().len();
    assert_eq!((ids("markdown"), ids("text,json"), ids("text")), (1, 3, 2));
    sandbox.run(&["extract", "presse", "--type", "pdf"]).code(2).err_has("use one of text, markdown");
}

#[test]
fn globs_narrow_the_hits_and_not_the_index() {
    let sandbox = press();
    let ids = |globs: &[&str]| {
        let flags: Vec<&str> = globs.iter().flat_map(|glob| ["-g", glob]).collect();
        sandbox.run(&[&["artistes", "presse", "--json"][..], &flags].concat()).ids()
    };
    assert_eq!(ids(&["*.md"]), ["2024/musee.md"]);
    assert_eq!(ids(&["!*.md"]), ["sora.txt"]);
    assert_eq!(ids(&["2024/"]), ["2024/musee.md"]);
    assert_eq!(ids(&["*.txt", "!sora*"]), [""; 0]);
    assert_eq!(sandbox.run(&["cache", "--json"]).code(0).json().len(), 1);
    sandbox.run(&["artistes", "presse", "-g", "a["]).code(2).err_has("'*.txt'");
}

#[test]
fn what_is_not_read_is_told_in_one_line() {
    let sandbox = press();
    for name in ["a.pdf", "b.PDF", "c.mp3"] {
        sandbox.write(format!("presse/{name}"), "%PDF-1.4 ...");
    }
    sandbox.write("presse/faux.txt", "%PDF-1.4 ...");
    sandbox.write("presse/cassé.docx", "PK\u{3}\u{4} cassé");
    let run = sandbox.run(&["index", "presse"]).code(0);
    run.err_has("2 PDF, 1 MP3 files not read: try --pre").err_has("faux.txt").err_has("cassé.docx");
    let run = sandbox.run(&["index", "presse", "--lang", "fr"]).code(0);
    run.err_has("2 PDF, 1 MP3 : fichiers non lus, essayez --pre");
}

#[test]
fn files_that_are_too_large_are_told() {
    let sandbox = sandbox();
    sandbox.write("grand.txt", "Un tapir nage.\n".repeat(200));
    sandbox.write("petit.txt", "Un tapir dort.\n");
    let run = sandbox.run(&["tapir", ".", "--json", "--max-filesize", "2K"]).code(0);
    assert_eq!((run.ids(), run.note_codes()), (vec!["petit.txt".to_owned()], vec!["too-large".to_owned()]));
    assert_eq!(sandbox.run(&["tapir", ".", "--json"]).code(0).ids().len(), 2);
    sandbox.run(&["tapir", ".", "--max-filesize", "beaucoup"]).code(2).err_has("64M");
}

#[cfg(unix)]
#[test]
fn links_are_followed_when_asked_and_never_in_circles() {
    let sandbox = sandbox();
    sandbox.write("vrai/a.txt", "Un tapir nage.\n");
    std::fs::create_dir(sandbox.path("p")).unwrap();
    std::os::unix::fs::symlink(sandbox.path("vrai"), sandbox.path("p/lien")).unwrap();
    std::os::unix::fs::symlink(sandbox.path("p"), sandbox.path("p/boucle")).unwrap();
    sandbox.run(&["tapir", "p"]).code(1).err_has("2 links not followed: try --follow");
    let run = sandbox.run(&["tapir", "p", "--follow", "--json"]).code(0);
    assert_eq!((run.ids(), run.note_codes()), (vec!["lien/a.txt".to_owned()], vec!["link-loop".to_owned()]));
}

#[cfg(unix)]
#[test]
fn a_command_makes_texts_of_other_files() {
    use std::os::unix::fs::PermissionsExt;
    let sandbox = sandbox();
    let script = sandbox.write("texte.sh", "#!/bin/sh\n[ $# = 1 ] || exit 9\ncase \"$1\" in *cassé*) echo illisible >&2; exit 3;; esac\nsed s/X/tapir/ \"$1\"\n");
    std::fs::set_permissions(&script, std::fs::Permissions::from_mode(0o755)).unwrap();
    sandbox.write("p/a $(rm b).pdf", "Un X nage\n\nLe X traverse la rivière.\n");
    sandbox.write("p/cassé.pdf", "X\n");
    sandbox.write("p/b.eml", "Un X dort.\n");
    let pre = ["--pre", "./texte.sh", "--pre-glob", "*.pdf"];
    sandbox.run(&["tapir", "p"]).code(1).err_has("2 PDF, 1 EML files not read: try --pre");
    let run = sandbox.run(&[&["tapir", "p", "--json"][..], &pre].concat()).code(0);
    // The glob leaves the mail out, which is told too.
    let codes = ["command-failed", "unknown-types"].map(str::to_owned).to_vec();
    assert_eq!((run.ids(), run.note_codes()), (vec!["a $(rm b).pdf".to_owned()], codes));
    // Without a glob it is for all that is not read otherwise.
    let run = sandbox.run(&["tapir", "p", "--json", "--pre", "./texte.sh"]).code(0);
    assert_eq!(run.ids().len(), 2);
    sandbox.run(&["tapir", "p", "--pre-glob", "*.pdf"]).code(2);
    sandbox.run(&["extract", "p", "--pre", "./absent.sh"]).code(1).err_has("the command of --pre failed");

    // An index may come from elsewhere: what it remembers of a command is never run by itself.
    sandbox.run(&[&["index", "p", "--index", "idx"][..], &pre].concat()).code(0);
    std::fs::write(sandbox.path("p/a $(rm b).pdf"), "Un X et un pangolin.\n").unwrap();
    let run = sandbox.run(&["tapir", "--index", "idx", "--json"]).code(0);
    assert_eq!(run.ids(), ["a $(rm b).pdf"]);
    assert!(run.note_codes().contains(&"command-not-given".to_owned()), "{:?}", run.note_codes());
    sandbox.run(&["pangolin", "--index", "idx", "--no-mend"]).code(1);
    sandbox.run(&[&["pangolin", "--index", "idx"][..], &pre].concat()).code(0);
}

#[test]
fn what_was_guessed_of_letters_is_shown() {
    let sandbox = sandbox();
    sandbox.write("latin.txt", b"La pr\xe9f\xe8te a parl\xe9 hier \xe0 S\xe8te, o\xf9 la f\xeate fut belle.\n");
    sandbox.write("cassé.txt", "La prÃ©fÃ¨te a parlÃ© hier.\n");
    sandbox.write("utf8.txt", "La préfète a parlé hier.\n");
    let line = |name: &str| sandbox.run(&["extract", name, "--json"]).code(0).json().remove(0);
    let (latin, broken, plain) = (line("latin.txt"), line("cassé.txt"), line("utf8.txt"));
    assert_eq!((latin["encoding"].as_str(), latin["repaired"].as_bool()), (Some("windows-1252"), None));
    assert!(latin["body"].as_str().unwrap().contains("La préfète a parlé hier à Sète"));
    assert_eq!((broken["encoding"].as_str(), broken["repaired"].as_bool()), (Some("UTF-8"), Some(true)));
    assert_eq!(broken["body"], "La préfète a parlé hier.");
    assert_eq!((plain["encoding"].as_str(), plain["repaired"].as_bool()), (Some("UTF-8"), None));
}

#[test]
fn a_language_narrows_the_answer() {
    let sandbox = sandbox();
    let french = "La rivière est sortie de son lit dans la nuit, et les habitants ont été accueillis dans le gymnase.";
    let english =
        "The river left its bed during the night, and the people of the town slept in the gymnasium, said Orly.";
    sandbox.write("fr.txt", format!("Orly sous les eaux\n\n{french} {french}\n"));
    sandbox.write("en.txt", format!("Orly under water\n\n{english} {english}\n"));
    let ids = |query: &str| sandbox.run(&[query, ".", "--json"]).ids();
    assert_eq!(ids("Orly").len(), 2);
    assert_eq!(ids("Orly langue:fr"), ["fr.txt"]);
    assert_eq!(ids("Orly lang:en"), ["en.txt"]);
    assert_eq!(ids("Orly -langue:en"), ["fr.txt"]);
    assert_eq!(ids("langue:en"), ["en.txt"]);
    assert_eq!(ids("Orly langue:de"), [""; 0]);
    let run = sandbox.run(&["gymnasium", ".", "--json"]).code(0);
    assert_eq!(run.hits()[0]["lang"], "en");
}

#[test]
fn a_dispatch_in_several_newspapers_is_shown_once() {
    let sandbox = sandbox();
    let dispatch = "La préfète a été entendue hier par la commission d'enquête sur les crues de la Vernelle. Elle a défendu \
                    le choix de ne pas évacuer le bas de la ville avant la nuit. Les élus demandent un plan de prévention.";
    for (number, title) in
        ["La préfète entendue", "Crues : la préfète s'explique", "Vernelle, la préfète répond"].iter().enumerate()
    {
        sandbox.write(format!("p/{number}.txt"), format!("{title}\n\n(Agence) - {dispatch}\n"));
    }
    sandbox.write(
        "p/autre.txt",
        "Un musée rouvre\n\nLa préfète a inauguré le musée de la dentelle en présence du maire.\n",
    );
    let run = sandbox.run(&["préfète", "p", "--json"]).code(0);
    assert_eq!((run.hits().len(), &run.summary()["total"], &run.summary()["folded"]), (2, &4.into(), &2.into()));
    let folded: Vec<_> = run.hits().iter().filter_map(|hit| hit["duplicates"].as_array().map(Vec::len)).collect();
    assert_eq!(folded, [2]);
    sandbox.run(&["préfète", "p"]).code(0).out_has("+2 similar");
    sandbox.run(&["préfète", "p", "--lang", "fr"]).code(0).out_has("+2 semblables");
    let run = sandbox.run(&["préfète", "p", "--json", "--duplicates", "show"]).code(0);
    assert_eq!((run.hits().len(), &run.summary()["folded"]), (4, &0.into()));
}
