//! A disk that gives a program no more than so much: a limit of the size of files, as `ulimit -f` sets it.
//!
//! It stands for a quota, which only whoever administers a machine can set: the write fails in the midst of a segment, by an
//! error, or by a signal that ends the program there and then.

use limier_tests::Sandbox;

use crate::texts;

/// Blocks of 512 bytes: more than the first articles need in any file, less than the text of the others.
const BLOCKS: usize = 64;

#[test]
fn a_limit_of_file_sizes_leaves_the_last_commit_and_the_next_run_mends_it() {
    for how_it_ends in ["an error", "a signal"] {
        let sandbox = Sandbox::new(env!("CARGO_BIN_EXE_limier"));
        for number in 0..10 {
            sandbox.write(format!("p/{number}.txt"), format!("Une brève {number}\n\n{}\n", texts::body(number, 5)));
        }
        sandbox.write("p/rare.txt", "Un ornithorynque\n\nIl nage.\n");
        sandbox.run(&["index", "p", "--index", "idx"]).code(0);
        for number in 0..24 {
            let text = format!("Un gros article {number}\n\n{}\n", texts::body(500 + number, 1500));
            sandbox.write(format!("p/gros-{number}.txt"), text);
        }
        // A signal that is ignored becomes an error of the write.
        let signal = if how_it_ends == "an error" { "trap '' XFSZ; " } else { "" };
        let run = sandbox.run_line(&format!("{signal}ulimit -f {BLOCKS}; exec limier index --index idx"));
        if how_it_ends == "an error" {
            let run = run.refused();
            assert!(run.err().contains("cannot write idx/"), "{}", run.shown());
            println!("quota: {}", run.err().trim());
        } else {
            assert!(!matches!(run.code, Some(0)), "{}", run.shown());
        }

        // The last commit is what it was.
        let run = sandbox.run(&["ornithorynque", "--index", "idx", "--json", "--no-refresh"]).code(0);
        assert_eq!((run.ids(), run.summary()["articles"].as_u64()), (vec!["rare.txt".to_owned()], Some(11)));
        sandbox.run(&["verify", "--index", "idx"]).code(0);
        // Without the limit, the next run does what that one could not.
        let run = sandbox.run(&["ornithorynque", "--index", "idx", "--json"]).code(0);
        assert_eq!(run.summary()["articles"], 35, "{}", run.shown());
        sandbox.run(&["verify", "--index", "idx"]).code(0);
        println!("quota: {how_it_ends} in the midst of a segment left the last commit, and the next run mended it");
    }
}
