#!/usr/bin/env bash
# Prints the JVM's memory options, one a line: the heap takes half of what this container or machine has, at most 768 MiB
# unless PHAROS_HEAP_MIB says otherwise, so that a default Pharos stays below 1 GiB in all. What it has is the least of the
# physical memory and the limits of the process's control group and of the groups around it (version 2, or 1).
# An argument stands for the root of the file system; tests give one.
set -eu
root=${1:-}
total_kib=$(awk '/^MemTotal:/ {print $2}' "$root/proc/meminfo" 2>/dev/null || true)
total_kib=${total_kib:-4194304}

# Takes the limit in this file into account, if there is one: "max" and a missing file are none.
limit() {
  local bytes kib
  if [ -r "$1" ] && read -r bytes <"$1" && [ "$bytes" -gt 0 ] 2>/dev/null; then
    kib=$((bytes / 1024))
    if [ "$kib" -lt "$total_kib" ]; then total_kib=$kib; fi
  fi
}

# Takes the limits of a group and of all groups around it; within a container its own group often is the root.
limits() {
  local path=$2
  while :; do
    limit "$1${path%/}/$3"
    if [ -z "${path%/}" ]; then break; fi
    path=${path%/*}
  done
}

if [ -r "$root/proc/self/cgroup" ]; then
  while IFS=: read -r _ controllers path; do
    case ",$controllers," in
      ,,) limits "$root/sys/fs/cgroup" "$path" memory.max ;;
      *,memory,*) limits "$root/sys/fs/cgroup/memory" "$path" memory.limit_in_bytes ;;
    esac
  done <"$root/proc/self/cgroup"
else
  limit "$root/sys/fs/cgroup/memory.max"
  limit "$root/sys/fs/cgroup/memory/memory.limit_in_bytes"
fi
heap=$((total_kib / 1024 / 2))
if [ "$heap" -gt 768 ]; then heap=768; fi
if [ "$heap" -lt 96 ]; then heap=96; fi
heap=${PHAROS_HEAP_MIB:-$heap}
echo "-Xmx${heap}m"
# A pause copies what is alive in the young generation, above all what waits for the next cut: small generations make short
# pauses. The old generation has its full size from the start, which costs no memory until it is used: growing and shrinking it,
# a pause would wait for the system's pages.
young=$((heap / 8))
first=$((young < 16 ? young : 16))
echo "-Xms$((heap - young + first))m"
echo "-XX:NewSize=${first}m"
echo "-XX:MaxNewSize=${young}m"
echo "-XX:MaxTenuringThreshold=2"
echo "-XX:+UseParallelGC"
echo "-XX:MaxDirectMemorySize=$((heap / 4))m"
