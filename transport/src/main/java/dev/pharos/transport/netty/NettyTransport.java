package dev.pharos.transport.netty;

import dev.pharos.transport.Address;
import dev.pharos.transport.AddressInUseException;
import dev.pharos.transport.GrpcClient;
import dev.pharos.transport.GrpcClientSettings;
import dev.pharos.transport.HttpClient;
import dev.pharos.transport.HttpClientSettings;
import dev.pharos.transport.Listener;
import dev.pharos.transport.Listening;
import dev.pharos.transport.RouteTable;
import dev.pharos.transport.Transport;
import dev.pharos.transport.TransportException;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.ResourceLeakDetector;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

/// The transport on Netty's NIO event loops, one for each core. Any thread but an event loop.
public final class NettyTransport implements Transport {
  private static final int BACKLOG = 1024;
  private static final long STOP_WITHIN_MILLIS = 2000;

  static {
    // Sampling each buffer's life costs some percent; a test run asks for it by Netty's own
    // property.
    if (System.getProperty("io.netty.leakDetection.level") == null) {
      ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.DISABLED);
    }
  }

  private final EventLoopGroup loops;
  private final Executor threads;
  private final Set<AutoCloseable> open = ConcurrentHashMap.newKeySet();

  /// @param eventLoops their number
  public NettyTransport(int eventLoops) {
    loops =
        new MultiThreadIoEventLoopGroup(
            eventLoops, new DefaultThreadFactory("transport", true), NioIoHandler.newFactory());
    ThreadFactory requests = Thread.ofVirtual().name("request").factory();
    threads = task -> requests.newThread(task).start();
  }

  @Override
  public Listening listen(Listener listener) {
    var service =
        new Service(
            new RouteTable(listener.routes()),
            listener.cors(),
            listener.connections(),
            listener.responseHeaders(),
            threads);
    var tls = listener.tls().map(TlsContexts::server);
    ChannelGroup connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
    var accepted = new ServerPipeline(service, tls);
    ChannelFuture bound =
        new ServerBootstrap()
            .group(loops)
            .channel(NioServerSocketChannel.class)
            .option(ChannelOption.SO_BACKLOG, BACKLOG)
            .option(ChannelOption.SO_REUSEADDR, true)
            .handler(new Accepted(connections))
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
            .childOption(
                ChannelOption.RECVBUF_ALLOCATOR,
                new AdaptiveRecvByteBufAllocator(2048, 8192, 256 << 10))
            .childHandler(accepted)
            .bind(socketAddress(listener.address()))
            .awaitUninterruptibly();
    if (!bound.isSuccess()) {
      throw failure(listener.address(), bound.cause());
    }
    Channel socket = bound.channel();
    Address actual =
        new Address(
            listener.address().host(), ((InetSocketAddress) socket.localAddress()).getPort());
    return remember(forget -> new BoundListener(actual, service, socket, connections, forget));
  }

  private static InetSocketAddress socketAddress(Address address) {
    return address.host().isEmpty()
        ? new InetSocketAddress(address.port())
        : new InetSocketAddress(address.host(), address.port());
  }

  private static TransportException failure(Address address, Throwable cause) {
    String why = String.valueOf(cause.getMessage());
    if (cause instanceof BindException && why.contains("in use")) {
      return new AddressInUseException(address, cause);
    }
    return new TransportException("cannot listen on " + address + ": " + why, cause);
  }

  /// Puts each accepted connection into the listener's group.
  private static final class Accepted extends ChannelInboundHandlerAdapter {
    private final ChannelGroup connections;

    Accepted(ChannelGroup connections) {
      this.connections = connections;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
      if (message instanceof Channel connection) {
        connections.add(connection);
      }
      ctx.fireChannelRead(message);
    }
  }

  @Override
  public HttpClient httpClient(HttpClientSettings settings) {
    return remember(forget -> new NettyHttpClient(loops, settings, forget));
  }

  @Override
  public GrpcClient grpcClient(GrpcClientSettings settings) {
    return remember(forget -> new NettyGrpcClient(loops, settings, forget));
  }

  private interface Opening<T> {
    T open(Runnable forget);
  }

  /// Opens something that this transport closes, unless it is closed and so forgotten before.
  private <T extends AutoCloseable> T remember(Opening<T> opening) {
    var self =
        new Object() {
          Optional<AutoCloseable> made = Optional.empty();
        };
    T made = opening.open(() -> self.made.ifPresent(open::remove));
    self.made = Optional.of(made);
    open.add(made);
    return made;
  }

  @Override
  public void close() {
    for (Class<?> first : new Class<?>[] {Listening.class, AutoCloseable.class}) {
      for (AutoCloseable each : Set.copyOf(open)) {
        if (first.isInstance(each)) {
          closeQuietly(each);
        }
      }
    }
    loops
        .shutdownGracefully(0, STOP_WITHIN_MILLIS, TimeUnit.MILLISECONDS)
        .awaitUninterruptibly(STOP_WITHIN_MILLIS, TimeUnit.MILLISECONDS);
  }

  private static void closeQuietly(AutoCloseable each) {
    try {
      each.close();
    } catch (Exception e) {
      throw new IllegalStateException("closing " + each + " failed", e);
    }
  }
}
