#!/usr/bin/env bash
# Compares the time from the start of the process to its first 200: the shop on SQLite, as it is published; the same not compiled
# ahead, of whose time it may take 0.75 at most; and an empty web app with the same packages, where the aim is a ratio under 1.2. The
# three start in turns. Prints the size of the published build for this machine, too; Lambda gets another.
# usage: bench/startup.sh [starts, default 10]
set -euo pipefail
cd "$(dirname "$0")"
starts=${1:-10}
build=(-c Release --nologo -v quiet --use-current-runtime --self-contained false)
rm -rf bin/api bin/plain
dotnet publish ../src/Ecommerce.Api "${build[@]}" -p:PublishReadyToRun=false -o bin/plain
dotnet publish ../src/Ecommerce.Api "${build[@]}" -o bin/api
dotnet publish Ecommerce.Empty "${build[@]}" -o bin/empty

work=$(mktemp -d)
pid=
trap '[[ -z $pid ]] || kill "$pid" 2>/dev/null || true; rm -rf "$work"' EXIT
port=$(( 20000 + RANDOM % 10000 ))

# Nothing is ever written there: reading from it is a pause that needs no process.
mkfifo "$work/pause"
exec 4<> "$work/pause"

# Milliseconds until the program answers a path with 200. Asked by bash itself, for every process started here would count, too.
first_answer() { # path program arguments...
    local path=$1 program=$2 line began
    shift 2
    began=$(date +%s%N)
    (cd "${program%/*}" && exec "./${program##*/}" "$@" --environment Production --urls "http://127.0.0.1:$port" > "$work/log" 2>&1) &
    pid=$!
    while kill -0 "$pid" 2>/dev/null; do
        if { exec 3<>"/dev/tcp/127.0.0.1/$port"; } 2>/dev/null; then
            printf 'GET %s HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n' "$path" >&3
            IFS= read -r line <&3
            exec 3>&-
            [[ $line == "HTTP/1.1 200"* ]] && break
        fi
        read -rt 0.003 -u 4 || true
    done
    milliseconds=$(( ($(date +%s%N) - began) / 1000000 ))
    kill -0 "$pid" 2>/dev/null || { cat "$work/log" >&2; exit 1; }
    kill "$pid"
    wait "$pid" || true
    pid=
}

key=$(head -c 32 /dev/urandom | base64)

# The list of products: what a visitor asks for first, by way of the store.
shop_in() { first_answer /product "$1/Ecommerce.Api" --Store:SqlitePath "$work/shop.db" --Payment:AllowSimulated true --Auth:SigningKey "$key"; }

shop() { shop_in bin/api; }

plain() { shop_in bin/plain; }

empty() { first_answer / bin/empty/Ecommerce.Empty; }

median() { sort -n | awk '{ value[NR] = $1 } END { print (value[int((NR + 1) / 2)] + value[int(NR / 2) + 1]) / 2 }'; }

# Once unmeasured: that one reads the programs from disk and makes the database.
for program in empty plain shop; do $program; done
for (( i = 0; i < starts; i++ )); do
    for program in empty plain shop; do
        $program
        echo "$milliseconds" >> "$work/$program"
    done
done
empty=$(median < "$work/empty")
plain=$(median < "$work/plain")
shop=$(median < "$work/shop")
ratio() { awk "BEGIN { printf \"%.2f\", $1 / $2 }"; }

echo "first answer, median of $starts starts: shop $shop ms; not compiled ahead $plain ms, ratio $(ratio "$shop" "$plain"); empty app $empty ms, ratio $(ratio "$shop" "$empty")"
unpacked=$(find bin/api -type f -printf '%s\n' | awk '{ sum += $1 } END { print sum }')
packed=$(python3 -c 'import shutil, os, sys; print(os.path.getsize(shutil.make_archive(sys.argv[1], "zip", "bin/api")))' "$work/package")
awk "BEGIN { printf \"published for this machine: %.1f MB, %.1f MB zipped\n\", $unpacked / 1e6, $packed / 1e6 }"
awk "BEGIN { exit !($shop <= 0.75 * $plain) }"
