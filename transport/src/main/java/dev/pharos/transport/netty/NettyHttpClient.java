package dev.pharos.transport.netty;
import dev.pharos.transport.*;
import io.netty.channel.EventLoopGroup;
import java.util.concurrent.CompletableFuture;
final class NettyHttpClient implements HttpClient {
  NettyHttpClient(EventLoopGroup loops, HttpClientSettings settings, Runnable forget) {}
  public CompletableFuture<HttpResponse> send(HttpCall call) { throw new UnsupportedOperationException(); }
  public void close() {}
}
