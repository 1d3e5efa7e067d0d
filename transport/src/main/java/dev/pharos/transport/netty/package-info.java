/// The network side on Netty's channels and codecs: connections, exchanges and clients. Nothing of Netty leaves this
/// package.
@NullMarked
package dev.pharos.transport.netty;

import org.jspecify.annotations.NullMarked;
