package dev.pharos.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The memory options that the launcher gives the JVM, on file systems made up for it.
class LauncherMemoryTest {
  private static final long MIB = 1 << 20;

  @TempDir Path root;

  @BeforeEach
  void machineOf16Gib() throws IOException {
    write("proc/meminfo", "MemTotal:       16777216 kB\nMemFree:         1000000 kB\n");
  }

  private void write(String file, String text) throws IOException {
    Path path = root.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }

  private List<String> options(String... environment) throws Exception {
    Path script = Path.of(System.getProperty("user.dir"), "../launcher/memory.sh");
    var builder = new ProcessBuilder("bash", script.toString(), root.toString());
    builder.environment().remove("PHAROS_HEAP_MIB");
    for (int i = 0; i < environment.length; i += 2) {
      builder.environment().put(environment[i], environment[i + 1]);
    }
    Process process = builder.redirectErrorStream(true).start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(out).isZero();
    return out.lines().toList();
  }

  @Test
  void staysBelowOneGibOnALargeMachine() throws Exception {
    assertThat(options()).contains("-Xmx768m", "-XX:MaxDirectMemorySize=192m");
  }

  @Test
  void takesHalfOfTheContainersLimit() throws Exception {
    write("proc/self/cgroup", "0::/\n");
    write("sys/fs/cgroup/memory.max", 512 * MIB + "\n");
    assertThat(options()).contains("-Xmx256m", "-XX:MaxNewSize=32m", "-XX:MaxDirectMemorySize=64m");
  }

  @Test
  void takesTheLeastLimitOfTheGroupsAroundTheProcess() throws Exception {
    write("proc/self/cgroup", "0::/system.slice/pharos.service\n");
    write("sys/fs/cgroup/system.slice/pharos.service/memory.max", "max\n");
    write("sys/fs/cgroup/system.slice/memory.max", 800 * MIB + "\n");
    assertThat(options()).contains("-Xmx400m");
    write("sys/fs/cgroup/system.slice/pharos.service/memory.max", 600 * MIB + "\n");
    assertThat(options()).contains("-Xmx300m");
  }

  @Test
  void readsTheFirstVersionOfControlGroups() throws Exception {
    write("proc/self/cgroup", "12:cpu,cpuacct:/a\n7:memory:/docker/abc\n");
    write("sys/fs/cgroup/memory/memory.limit_in_bytes", 640 * MIB + "\n");
    assertThat(options()).contains("-Xmx320m");
  }

  @Test
  void readsTheLimitWhereTheGroupIsNotTold() throws Exception {
    write("sys/fs/cgroup/memory.max", 640 * MIB + "\n");
    assertThat(options()).contains("-Xmx320m");
  }

  @Test
  void noLimitIsTheMachines() throws Exception {
    write("proc/self/cgroup", "0::/\n");
    write("sys/fs/cgroup/memory.max", "max\n");
    write("proc/meminfo", "MemTotal:       1048576 kB\n");
    assertThat(options()).contains("-Xmx512m");
  }

  @Test
  void heapGivenByTheUserCounts() throws Exception {
    assertThat(options("PHAROS_HEAP_MIB", "2000")).contains("-Xmx2000m");
  }
}
