#!/usr/bin/env bash
# Prints the JVM's memory options, one a line: the heap takes half of what this container or machine has, at most 768 MiB
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
if [ "$heap" -gt 768 ]; then heap=768; fi
if [ "$heap" -lt 96 ]; then heap=96; fi
heap=${PHAROS_HEAP_MIB:-$heap}
echo "-Xmx${heap}m"
echo "-Xms32m"
# Batches live either for milliseconds or until the next cut: a large young generation lets the first kind die there, and a low
# threshold copies the second kind once.
echo "-XX:NewSize=16m"
echo "-XX:MaxNewSize=$((heap * 45 / 100))m"
echo "-XX:MaxTenuringThreshold=2"
echo "-XX:+UseParallelGC"
echo "-XX:MaxDirectMemorySize=$((heap / 4))m"
