#!/bin/bash
# Fascia as a server under test of the shared benches (FASCIA_SHARED/bench): the verbs start, stop, kill, wipe, pid, args.
# All state lives in $BENCH_STATE/fascia; the embedded database counts as part of the server and is killed with it.
: "${FASCIA_SHARED:=$(dirname "$0")/../../../shared}" "${NAME:=fascia}" "${DIMSE:=22304}" "${HTTP:=22342}"
ROOT=$(cd "$(dirname "$0")/../.." && pwd)
. "$FASCIA_SHARED/bench/servers/common.sh"
export FASCIA_DATA=$S/data FASCIA_HTTP=127.0.0.1:$HTTP FASCIA_DICOM=127.0.0.1:$DIMSE FASCIA_MLLP=127.0.0.1:0 FASCIA_AET=BENCH FASCIA_PEERS=ANY FASCIA_AUTH=off
postmaster() { [ -s "$FASCIA_DATA/postgres/cluster/postmaster.pid" ] && head -1 "$FASCIA_DATA/postgres/cluster/postmaster.pid"; }
# Peers can only be made known to a node that runs: with the first question for its pid, which the benches ask once it is
# ready and before they measure.
introduce() {
  [ -e "$FASCIA_DATA/introduced" ] || ! alive && return
  "$ROOT/fascia" peer add BENCHDST 127.0.0.1:$BENCH_DST_PORT; "$ROOT/fascia" peer add BENCHFWD 127.0.0.1:$BENCH_FWD_PORT
  if [ -n "$ROUTING" ]; then
    cat >"$FASCIA_DATA/rules.yaml" <<'RULES'
rules:
  - name: route
    when: person.patientId.startsWith("ROUTE-")
    after: instance
    do: { send: BENCHFWD }
RULES
    "$ROOT/fascia" rules put "$FASCIA_DATA/rules.yaml"
  fi
  touch "$FASCIA_DATA/introduced"
}
case $1 in
  start) mkdir -p "$FASCIA_DATA"; launch "$ROOT/fascia" start;;
  stop) stop_main;;
  kill) database=$(postmaster); kill_main; [ -n "$database" ] && kill -KILL "$database" 2>/dev/null; true;;
  wipe) rm -rf "$FASCIA_DATA";;
  pid) introduce >>"$S/log" 2>&1; printf '%s,%s\n' "$(cat "$S/pid")" "$(postmaster)";;
  args) echo "127.0.0.1 $DIMSE BENCH http://127.0.0.1:$HTTP/dicomweb";;
esac
exit 0
