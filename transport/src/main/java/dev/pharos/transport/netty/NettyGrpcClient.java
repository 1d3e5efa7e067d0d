package dev.pharos.transport.netty;
import dev.pharos.transport.*;
import io.netty.channel.EventLoopGroup;
import java.util.concurrent.CompletableFuture;
final class NettyGrpcClient implements GrpcClient {
  NettyGrpcClient(EventLoopGroup loops, GrpcClientSettings settings, Runnable forget) {}
  public CompletableFuture<Body> call(GrpcCall call) { throw new UnsupportedOperationException(); }
  public void close() {}
}
