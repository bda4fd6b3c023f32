package io.yitong.hub.launch.bench.load;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;

/** One kept-alive connection, on which one request at a time is under way. */
final class Connection implements AutoCloseable {
  private final SocketChannel channel;
  private final SelectionKey key;
  private final Answer answer;
  private ByteBuffer out = ByteBuffer.allocateDirect(1 << 16);
  private long began;

  Connection(int port, Selector selector, boolean wholeAnswers) throws IOException {
    channel = SocketChannel.open(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port));
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    channel.configureBlocking(false);
    key = channel.register(selector, SelectionKey.OP_READ, this);
    answer = new Answer(wholeAnswers);
  }

  void send(RequestText request) throws IOException {
    if (out.capacity() < request.length()) {
      out = ByteBuffer.allocateDirect(request.length() * 2);
    }
    out.clear();
    out.put(request.bytes(), 0, request.length()).flip();
    answer.clear();
    began = System.nanoTime();
    write();
  }

  /** What the socket did not take at once goes out when it can. */
  void write() throws IOException {
    channel.write(out);
    key.interestOps(
        out.hasRemaining() ? SelectionKey.OP_READ | SelectionKey.OP_WRITE : SelectionKey.OP_READ);
  }

  /** True when the answer is complete. */
  boolean read(ByteBuffer buffer) throws IOException {
    buffer.clear();
    if (channel.read(buffer) < 0) {
      throw new IOException("the hub closed the connection");
    }
    return answer.take(buffer.flip());
  }

  Answer answer() {
    return answer;
  }

  long began() {
    return began;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
