#!/usr/bin/env bash
# Prints the JVM's memory options, one a line: the heap takes half of what this container or machine has, at most 640 MiB
# unless PHAROS_HEAP_MIB says otherwise, so that a default Pharos stays below 1 GiB in all.
set -eu
total_kib=$(awk '/^MemTotal:/ {print $2}' /proc/meminfo 2>/dev/null || echo 4194304)
for limit in /sys/fs/cgroup/memory.max /sys/fs/cgroup/memory/memory.limit_in_bytes; do
  if [ -r "$limit" ] && bytes=$(cat "$limit") && [ "$bytes" -gt 0 ] 2>/dev/null; then
    kib=$((bytes / 1024))
    if [ "$kib" -lt "$total_kib" ]; then total_kib=$kib; fi
    break
  fi
done
heap=$((total_kib / 1024 / 2))
if [ "$heap" -gt 640 ]; then heap=640; fi
if [ "$heap" -lt 96 ]; then heap=96; fi
heap=${PHAROS_HEAP_MIB:-$heap}
echo "-Xmx${heap}m"
echo "-Xms32m"
echo "-XX:+UseParallelGC"
echo "-XX:MaxDirectMemorySize=$((heap / 4))m"
