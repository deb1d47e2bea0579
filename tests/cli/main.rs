//! The built program, run in temporary folders as a person or a script would run it.
#![allow(clippy::unwrap_used, clippy::panic)]

mod analyze;
mod articles;
mod bad_input;
mod commands;
mod config;
mod control;
mod damage;
#[cfg(unix)]
mod examples;
mod flags;
mod formats;
#[cfg(unix)]
mod forms;
mod hostile;
mod html;
#[cfg(unix)]
mod interactive;
mod json;
mod languages;
mod life;
#[cfg(unix)]
mod minutes;
#[cfg(unix)]
mod moved;
mod page;
mod passages;
#[cfg(unix)]
mod pictures;
mod queries;
mod refresh;
mod results;
mod similar;
mod standard_input;
mod suggest;
#[cfg(unix)]
mod terminal;
mod timeline;
mod together;
mod wording;

use limier_tests::Sandbox;

/// Makes an empty sandbox for the program.
fn sandbox() -> Sandbox {
    Sandbox::new(env!("CARGO_BIN_EXE_limier"))
}

/// Makes a sandbox with a folder `presse` of four articles.
fn press() -> Sandbox {
    let sandbox = sandbox();
    sandbox.write(
        "presse/orly.txt",
        "L'avion d'Orly\n\nUn avion a décollé d'Orly avec deux heures de retard. Les passagers ont attendu.\n",
    );
    sandbox.write(
        "presse/sora.txt",
        "Des artistes en colère\n\nDes artistes non rémunérés ont publié Sora, l'outil vidéo d'OpenAI. Ils protestent.\n",
    );
    sandbox.write(
        "presse/2024/musee.md",
        "---\ntitle: Le musée de la dentelle\ndate: 2024-05-03\nauthor: Jeanne Quint\nsource: Le Bocage\n---\n\n\
         Une élève a visité le musée. Les artistes y exposent.\n",
    );
    sandbox.write(
        "presse/depeches.jsonl",
        "{\"id\":\"dep-1\",\"title\":\"Un train de nuit\",\"text\":\"Un train de nuit relie Paris à Nice.\",\
         \"date\":\"2023-01-02\",\"url\":\"https://exemple.fr/1\"}\n",
    );
    sandbox
}
