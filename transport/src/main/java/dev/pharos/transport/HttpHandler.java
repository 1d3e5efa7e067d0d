package dev.pharos.transport;

/// Answers the requests of one HTTP route.
///
/// Called once a request is read whole and decompressed, on the thread that the route's [Execution] names. The reply
/// may be sent at once or later, from any thread; exactly one reply must be sent, or the request stays open until its
/// client goes. An exception thrown before a reply is sent becomes status 500 and is logged; what it says is not sent.
@FunctionalInterface
public interface HttpHandler {
  void handle(HttpRequest request, HttpReply reply);
}
