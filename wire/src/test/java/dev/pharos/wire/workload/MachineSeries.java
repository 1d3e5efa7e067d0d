package dev.pharos.wire.workload;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// What one machine with node_exporter and an HTTP service shows: 1,741 points, which are 2,001 samples when its 20
/// histograms are spelt out. Names and labels are node_exporter's, so that dashboards' queries find them.
final class MachineSeries {
  /// A series, or a histogram where `histogram` is set; then the pace is its requests a second.
  ///
  /// @param labels key, value, key, value, ...
  record Series(
      String name,
      boolean counter,
      boolean histogram,
      Motion motion,
      double pace,
      double start,
      List<String> labels) {}

  private static final String[] CPU_MODES = {
    "idle", "user", "system", "iowait", "softirq", "irq", "nice", "steal"
  };
  private static final double[] CPU_SHARES = {.78, .13, .06, .01, .008, 0, 0, 0};
  private static final String[] MOVING_MEMORY = {
    "MemFree", "MemAvailable", "Buffers", "Cached", "Active", "Inactive", "Active_anon",
    "Inactive_anon", "Active_file", "Inactive_file", "Dirty", "Writeback", "AnonPages", "Mapped",
    "Shmem", "KReclaimable", "Slab", "SReclaimable", "SUnreclaim", "KernelStack", "PageTables",
    "Committed_AS", "VmallocUsed", "Percpu", "AnonHugePages", "DirectMap4k"
  };
  private static final String[] STILL_MEMORY = {
    "MemTotal",
    "SwapTotal",
    "SwapFree",
    "SwapCached",
    "Unevictable",
    "Mlocked",
    "NFS_Unstable",
    "Bounce",
    "WritebackTmp",
    "CommitLimit",
    "VmallocTotal",
    "HardwareCorrupted",
    "CmaTotal",
    "HugePages_Total",
    "Hugepagesize",
    "DirectMap2M"
  };
  private static final String[] UNIT_STATES = {
    "active", "activating", "deactivating", "failed", "inactive"
  };

  private final Stamps random;
  private final List<Series> all = new ArrayList<>();

  private MachineSeries(Stamps random) {
    this.random = random;
  }

  /// All series of a machine, by name.
  static List<Series> of(Stamps random) {
    var machine = new MachineSeries(random);
    machine.processors();
    machine.disks();
    machine.networks();
    machine.filesystems();
    machine.memory();
    machine.kernel();
    machine.units();
    machine.requests();
    machine.all.sort(Comparator.comparing(Series::name));
    return machine.all;
  }

  private void add(
      String name, boolean counter, Motion motion, double pace, double start, String... labels) {
    double scale = 0.5 + random.fraction();
    double first = Math.floor(start * (0.5 + random.fraction()));
    all.add(new Series(name, counter, false, motion, pace * scale, first, List.of(labels)));
  }

  private void counter(String name, Motion motion, double pace, String... labels) {
    add(name, true, motion, pace, 1e9 * random.fraction(), labels);
  }

  private void processors() {
    for (int i = 0; i < 32; i++) {
      String cpu = Integer.toString(i);
      for (int mode = 0; mode < CPU_MODES.length; mode++) {
        double share = CPU_SHARES[mode];
        Motion motion = share == 0 ? Motion.STILL : Motion.BUSY_SECONDS;
        add(
            "node_cpu_seconds_total",
            true,
            motion,
            share,
            2e6 * share,
            "cpu",
            cpu,
            "mode",
            CPU_MODES[mode]);
      }
      counter("node_schedstat_running_seconds_total", Motion.COUNTER, 2e8, "cpu", cpu);
      counter("node_schedstat_waiting_seconds_total", Motion.COUNTER, 3e7, "cpu", cpu);
      counter("node_schedstat_timeslices_total", Motion.COUNTER, 800, "cpu", cpu);
      counter("node_softnet_processed_total", Motion.COUNTER, 1500, "cpu", cpu);
      counter("node_softnet_dropped_total", Motion.STILL, 0, "cpu", cpu);
      counter("node_softnet_times_squeezed_total", Motion.SELDOM, 0, "cpu", cpu);
      add("node_cpu_scaling_frequency_hertz", false, Motion.PAGES, 2e9, 2.6e9, "cpu", cpu);
    }
  }

  private double spread(int decades) {
    return Math.pow(10, 1 + decades * random.fraction());
  }

  private void disks() {
    for (int i = 0; i < 8; i++) {
      String device = "nvme" + i + "n1";
      Motion motion = i < 5 ? Motion.COUNTER : Motion.SELDOM;
      for (String what :
          List.of(
              "reads_completed",
              "writes_completed",
              "read_bytes",
              "written_bytes",
              "reads_merged",
              "writes_merged",
              "io_time_weighted_ms",
              "discards_completed",
              "flush_requests")) {
        counter("node_disk_" + what + "_total", motion, spread(5), "device", device);
      }
      for (String what : List.of("read_time", "write_time", "io_time")) {
        counter("node_disk_" + what + "_seconds_total", Motion.BUSY_SECONDS, .1, "device", device);
      }
      add("node_disk_io_now", false, Motion.SMALL, 0, 2, "device", device);
    }
  }

  private void networks() {
    for (int i = 0; i < 12; i++) {
      String device = "veth" + Integer.toHexString(0x3a10 + i * 1237);
      for (String what :
          List.of(
              "receive_bytes",
              "transmit_bytes",
              "receive_packets",
              "transmit_packets",
              "receive_multicast")) {
        counter("node_network_" + what + "_total", Motion.COUNTER, spread(5), "device", device);
      }
      for (String what :
          List.of(
              "receive_errs",
              "transmit_errs",
              "receive_drop",
              "transmit_drop",
              "receive_fifo",
              "transmit_fifo",
              "receive_compressed",
              "transmit_compressed",
              "receive_frame",
              "transmit_carrier",
              "transmit_colls")) {
        add("node_network_" + what + "_total", true, Motion.STILL, 0, 0, "device", device);
      }
      for (String what : List.of("up", "mtu_bytes", "carrier", "speed_bytes")) {
        add("node_network_" + what, false, Motion.STILL, 0, 1500, "device", device);
      }
    }
  }

  private void filesystems() {
    for (int i = 0; i < 10; i++) {
      String[] labels = {
        "device", "/dev/nvme" + i + "n1p1", "fstype", "xfs", "mountpoint", "/var/lib/volume-" + i
      };
      add("node_filesystem_size_bytes", false, Motion.STILL, 0, 4e12, labels);
      add("node_filesystem_free_bytes", false, Motion.PAGES, 1e9, 1e12, labels);
      add("node_filesystem_avail_bytes", false, Motion.PAGES, 1e9, 1e12, labels);
      add("node_filesystem_files", false, Motion.STILL, 0, 1e8, labels);
      add("node_filesystem_files_free", false, Motion.SMALL, 0, 9e7, labels);
      add("node_filesystem_readonly", false, Motion.STILL, 0, 0, labels);
    }
  }

  private void memory() {
    for (String what : MOVING_MEMORY) {
      add("node_memory_" + what + "_bytes", false, Motion.PAGES, 1e9, 1e10);
    }
    for (String what : STILL_MEMORY) {
      add("node_memory_" + what + "_bytes", false, Motion.STILL, 0, 1e9);
    }
  }

  private void kernel() {
    Motion[] motions = {Motion.COUNTER, Motion.SELDOM, Motion.STILL};
    for (int i = 0; i < 120; i++) {
      counter("node_vmstat_item_" + i + "_total", motions[i % 3], spread(3));
    }
    for (int i = 0; i < 60; i++) {
      counter("node_netstat_item_" + i + "_total", motions[i % 3], spread(2));
    }
    for (int i = 0; i < 40; i++) {
      add(
          "node_hwmon_temp_celsius",
          false,
          Motion.DEGREES,
          0,
          50,
          "chip",
          "platform_coretemp_" + i / 20,
          "sensor",
          "temp" + i % 20);
    }
    for (String name : List.of("node_load1", "node_load5", "node_load15")) {
      add(name, false, Motion.LOAD, 0, 3);
    }
    for (String name :
        List.of(
            "node_procs_running",
            "node_procs_blocked",
            "node_sockstat_TCP_inuse",
            "node_sockstat_TCP_tw",
            "node_sockstat_UDP_inuse",
            "node_filefd_allocated",
            "node_entropy_available_bits")) {
      add(name, false, Motion.SMALL, 0, 100);
    }
    add("node_time_seconds", false, Motion.CLOCK, 0, 0);
    add("node_boot_time_seconds", false, Motion.STILL, 0, 1.7e9);
    counter("node_context_switches_total", Motion.COUNTER, 18_000);
    counter("node_intr_total", Motion.COUNTER, 14_000);
    counter("node_forks_total", Motion.COUNTER, 12);
  }

  private void units() {
    for (int i = 0; i < 112; i++) {
      for (String state : UNIT_STATES) {
        double value = state.equals("active") ? 1 : 0;
        all.add(
            new Series(
                "node_systemd_unit_state",
                false,
                false,
                Motion.STILL,
                0,
                value,
                List.of("name", "job-" + i + ".service", "state", state, "type", "simple")));
      }
    }
  }

  private void requests() {
    List<String> codes = List.of("200", "404", "500");
    for (int i = 0; i < 20; i++) {
      all.add(
          new Series(
              "http_request_duration_seconds",
              true,
              true,
              Motion.COUNTER,
              2 + 40 * random.fraction(),
              0,
              List.of(
                  "code",
                  codes.get(i % 3),
                  "handler",
                  Site.ROUTES.get(i % Site.ROUTES.size())[0],
                  "method",
                  List.of("GET", "POST", "PATCH").get(i / 8))));
    }
  }
}
