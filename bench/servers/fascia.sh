#!/bin/bash
# Fascia as a server under test of the shared benches (FASCIA_SHARED/bench): the verbs start, stop, kill, wipe, pid, args.
# All state lives in $BENCH_STATE/fascia; the embedded database counts as part of the server and is killed with it.
: "${FASCIA_SHARED:=$(dirname "$0")/../../../shared}" "${NAME:=fascia}" "${DIMSE:=22304}" "${HTTP:=22342}"
ROOT=$(cd "$(dirname "$0")/../.." && pwd)
. "$FASCIA_SHARED/bench/servers/common.sh"
export FASCIA_DATA=$S/data FASCIA_HTTP=127.0.0.1:$HTTP FASCIA_DICOM=127.0.0.1:$DIMSE FASCIA_MLLP=127.0.0.1:0 FASCIA_AET=BENCH FASCIA_PEERS=ANY FASCIA_AUTH=off
postmaster() { [ -s "$FASCIA_DATA/postgres/cluster/postmaster.pid" ] && head -1 "$FASCIA_DATA/postgres/cluster/postmaster.pid"; }
# The start verb returns once forked, so the peers are made known as soon as the node listens on its control socket.
introduce() {
  for _ in $(seq 600); do [ -S "$FASCIA_DATA/control.sock" ] && break; alive || return; sleep .05; done
  "$ROOT/fascia" peer add BENCHDST 127.0.0.1:$BENCH_DST_PORT; "$ROOT/fascia" peer add BENCHFWD 127.0.0.1:$BENCH_FWD_PORT
}
case $1 in
  start) mkdir -p "$FASCIA_DATA"; launch "$ROOT/fascia" start
         [ -e "$FASCIA_DATA/introduced" ] || { touch "$FASCIA_DATA/introduced"; introduce >>"$S/log" 2>&1 </dev/null & };;
  stop) stop_main;;
  kill) database=$(postmaster); kill_main; [ -n "$database" ] && kill -KILL "$database" 2>/dev/null; true;;
  wipe) rm -rf "$FASCIA_DATA";;
  pid) printf '%s,%s\n' "$(cat "$S/pid")" "$(postmaster)";;
  args) echo "127.0.0.1 $DIMSE BENCH http://127.0.0.1:$HTTP/dicomweb";;
esac
exit 0
