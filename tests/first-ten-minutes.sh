#!/usr/bin/env bash
# The first ten minutes of somebody new: from a clone to an answer, and away again with nothing left behind.
#
# Each step is what a person would type; what must come of it is checked, and its time printed in milliseconds.
#   tests/first-ten-minutes.sh                           installs from a fresh clone of this repository, in minutes
#   LIMIER=target/release/limier tests/first-ten-minutes.sh   takes a program that is built, as if it had been installed
# It has a home, a cache and a working folder of its own, and changes nothing outside of them.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
place=$(mktemp -d)
tmux_socket=$place/tmux
leave() {
  tmux -S "$tmux_socket" kill-server 2>"$place/ignored" || true
  rm -rf "$place"
}
trap leave EXIT
trap 'printf "first ten minutes: line %s: %s\n" "$LINENO" "$BASH_COMMAND" >&2' ERR

# Milliseconds of the clock; of whole seconds where the shell is older than bash 5.
now() {
  local time=${EPOCHREALTIME:-$(date +%s).000000}
  time=${time/,/.}
  echo $((10#${time%.*} * 1000 + 10#${time#*.} / 1000))
}

fail() {
  printf 'first ten minutes: %s\n' "$*" >&2
  exit 1
}

began=0
step() { began=$(now); }
passed() { printf '%7d ms  %s\n' $(($(now) - began)) "$*"; }
skipped() { printf '  skipped   %s\n' "$*"; }

# The answer to the last command holds this.
has() { grep -qF -- "$1" <<<"$answer" || fail "$2: '$1' expected in"$'\n'"$answer"; }

# --- Install ---------------------------------------------------------------------------------------------------------
step
mkdir -p "$place/bin" "$place/home" "$place/work"
if [[ -n ${LIMIER:-} ]]; then
  cp "$LIMIER" "$place/bin/limier"
  passed "installed: a program that was built"
else
  git clone -q "$here" "$place/clone"
  (cd "$place/clone" && cargo install --quiet --locked --path crates/limier-cli --root "$place")
  passed "installed from a clone, everything compiled"
fi
own_home=${HOME:-}
export HOME=$place/home XDG_CACHE_HOME=$place/home/.cache XDG_CONFIG_HOME=$place/home/.config LC_ALL=C.UTF-8
export PATH=$place/bin:$PATH
unset LIMIER_INDEX NO_COLOR CLICOLOR_FORCE
cd "$place/work"
mkdir articles
cp "$here"/corpus/*.* articles/

# --- Find one's feet -------------------------------------------------------------------------------------------------
step
answer=$(limier -h)
[[ $(wc -l <<<"$answer") -le 24 ]] || fail "-h does not fit a screen"
has "limier --help" "where more is to be read"
passed "limier -h: fits a screen"

# --- Search ----------------------------------------------------------------------------------------------------------
step
answer=$(limier "artistes en colère contre OpenAI" articles)
has "Sora" "the first search"
has "  articles/sora-" "its paths"
passed "first search, the folder is indexed on the way"
step
answer=$(limier "artistes en colère contre OpenAI" articles)
passed "the same again"
id=$(limier --json -n 1 "artistes en colère contre OpenAI" articles | sed -n '1s/.*"id":"\([^"]*\)".*/\1/p')
[[ -n $id ]] || fail "a hit has no id"

# --- Narrow ----------------------------------------------------------------------------------------------------------
step
answer=$(limier -c "crue" articles)
dated=$(limier -c "crue date:2024-10" articles)
((dated > 0 && dated < answer)) || fail "a date narrows $answer hits to $dated"
answer=$(limier --facets month "crue" articles)
has "October 2024" "counts by month"
answer=$(limier --sort date -n 1 "crue" articles)
has "2024" "the newest"
passed "narrowed by date, counted by month, the newest first"

# --- Read ------------------------------------------------------------------------------------------------------------
step
answer=$(cd articles && limier show "$id" "artistes")
[[ ${#answer} -gt 500 ]] || fail "limier show $id is no whole article"
passed "an article read"

# --- Search as one types ---------------------------------------------------------------------------------------------
if command -v tmux >"$place/ignored"; then
  screen() { tmux -S "$tmux_socket" capture-pane -p; }
  shows() {
    local tries=0
    until screen | grep -qF -- "$1"; do
      ((tries += 1))
      ((tries < 400)) || fail "limier -i: '$1' expected on the screen"$'\n'"$(screen)"
      sleep 0.02
    done
  }
  tmux -u -f /dev/null -S "$tmux_socket" new-session -d -x 110 -y 24 "limier -i articles"
  shows " articles · by relevance"
  step
  tmux -S "$tmux_socket" send-keys -l "vendanges"
  shows "vendangeait en moyenne"
  passed "searched as one types, until the preview stands there"
  tmux -S "$tmux_socket" send-keys Escape
else
  skipped "search as one types: tmux is absent"
fi

# --- Change a file ---------------------------------------------------------------------------------------------------
step
[[ $(limier -c "hippogriffe" articles || true) == 0 ]] || fail "a word that no article has is found"
printf '\n\nUn hippogriffe a traversé le bourg.\n' >>articles/crue-vernelle-national.txt
answer=$(limier "hippogriffes" articles)
has "hippogriffe a traversé" "a file that was changed"
rm articles/crue-vernelle-national.txt
[[ $(limier -c "hippogriffe" articles || true) == 0 ]] || fail "a deleted article is found"
passed "a file changed, found; deleted, gone"

# --- JSON ------------------------------------------------------------------------------------------------------------
step
if command -v jq >"$place/ignored"; then
  answer=$(limier --json "grève OU colère" articles | jq -r 'select(.type == "hit") | [.rank, .title] | @tsv')
  has "1"$'\t' "titles by jq"
  passed "titles taken out of JSON by jq"
elif command -v python3 >"$place/ignored"; then
  answer=$(limier --json "grève OU colère" articles | python3 -c '
import json, sys
for line in map(json.loads, sys.stdin):
    if line["type"] == "hit":
        print(line["rank"], line["title"], sep="\t")')
  has "1"$'\t' "titles by Python"
  passed "titles taken out of JSON by Python"
else
  skipped "JSON: neither jq nor python3 is here"
fi

# --- Find help -------------------------------------------------------------------------------------------------------
step
answer=$(limier --help)
has "limier show articles/crue.txt" "an example"
answer=$(limier help syntax)
has "date:2024-05" "the query language"
answer=$(limier help syntaxe --lang fr)
has "accents compris" "the query language in French"
limier man >"$place/limier.1"
limier completions bash >"$place/limier.bash"
bash -n "$place/limier.bash" || fail "completions are no bash"
answer=$(limier --limt 3 crue 2>&1 || true)
has "--limit" "a flag with a slip"
answer=$(limier "vendagnes" articles 2>&1)
has "vendanges" "a word with a slip"
passed "help found: examples, syntax, man page, completions, slips"

# --- Uninstall -------------------------------------------------------------------------------------------------------
step
answer=$(limier cache list)
has "articles" "the list of indexes"
limier cache clear >"$place/ignored"
if [[ -n ${LIMIER:-} ]]; then
  rm "$place/bin/limier"
else
  # Where cargo itself lives is known by the home of whoever runs this.
  HOME=$own_home cargo uninstall --quiet --root "$place" limier-cli
fi
left=$(find "$place/home" -type f)
[[ -z $left ]] || fail "left behind: $left"
[[ $(find "$place/bin" -type f) == "" ]] || fail "the program is still there"
passed "uninstalled, and nothing left in the home folder"
