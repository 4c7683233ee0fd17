#!/bin/bash
# Fascia beside its peers, bench by bench in one run: FASCIA_SHARED/bench with every server in turn, then the ratios.
#   bench/side-by-side.sh [bench ids, default: b1 b2 b0 b3 b4 b5 b6 b7 b8]
# PEERS: which other servers (default: orthanc orthanc-pg storescp; orthanc-new where TRIXIE names a Debian 13 tree that has it).
# BENCH_DATA: the generated sets (made below BENCH_STATE when absent). BENCH_RUNS, BENCH_SECONDS as in FASCIA_SHARED/bench/README.md.
# As root it runs in a network namespace of its own, because Debian's Orthanc listens on every address.
set -eu
cd "$(dirname "$0")/.."
if [ "$(id -u)" = 0 ] && [ -z "${BENCH_NETNS:-}" ]; then
  BENCH_NETNS=1 exec unshare -n bash -c 'ip link set lo up; exec "$0" "$@"' "$0" "$@"
fi
: "${FASCIA_SHARED:=../shared}" "${BENCH_STATE:=${TMPDIR:-/tmp}/fascia-bench}" "${BENCH_OUT_ROOT:=$PWD/bench/out}"
FASCIA_SHARED=$(cd "$FASCIA_SHARED" && pwd)
: "${BENCH_DATA:=$BENCH_STATE/data}" "${PEERS:=orthanc orthanc-pg ${TRIXIE:+orthanc-new} storescp}"
export FASCIA_SHARED BENCH_STATE BENCH_DATA
mkdir -p "$BENCH_STATE"
[ -e "$BENCH_DATA/ct/manifest.json" ] || /usr/bin/python3 "$FASCIA_SHARED/bench/gen_data.py" --out "$BENCH_DATA"
benches=${*:-b1 b2 b0 b3 b4 b5 b6 b7 b8}
compare=
for server in fascia $PEERS; do
  driver=$FASCIA_SHARED/bench/servers/$server.sh
  [ "$server" = fascia ] && driver=$PWD/bench/servers/fascia.sh
  # b3, b4 and b5 read what b0 loaded, so a server runs all its benches before the next one starts.
  SERVER_CTL=$driver BENCH_LABEL=$server BENCH_OUT=$BENCH_OUT_ROOT/$server BENCH_ONLY=$benches \
    "$FASCIA_SHARED/bench/all.sh" $("$driver" args) 0 || echo "$server: a bench failed" >&2
  "$driver" stop; "$driver" stopall 2>/dev/null || true
  compare="$compare $BENCH_OUT_ROOT/$server"
done
/usr/bin/python3 "$FASCIA_SHARED/bench/compare.py" $compare
