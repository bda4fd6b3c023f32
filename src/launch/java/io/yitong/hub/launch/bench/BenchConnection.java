package io.yitong.hub.launch.bench;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** An MLLP connection that stays open, as a laboratory's system keeps it. */
final class BenchConnection implements AutoCloseable {
  private static final int START = 0x0B;
  private static final int END = 0x1C;
  private static final int RETURN = 0x0D;

  private final Socket socket;
  private final InputStream in;

  BenchConnection(int port) throws IOException {
    socket = new Socket("localhost", port);
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(30_000);
    in = new BufferedInputStream(socket.getInputStream());
  }

  String send(byte[] message) throws IOException {
    var frame = new ByteArrayOutputStream(message.length + 3);
    frame.write(START);
    frame.writeBytes(message);
    frame.write(END);
    frame.write(RETURN);
    socket.getOutputStream().write(frame.toByteArray());
    var answer = new ByteArrayOutputStream(256);
    for (var next = in.read(); next != END; next = in.read()) {
      if (next < 0) {
        throw new EOFException("the hub closed the connection");
      }
      if (next != START) {
        answer.write(next);
      }
    }
    if (in.read() != RETURN) {
      throw new IOException("no carriage return after the end block");
    }
    return answer.toString(StandardCharsets.UTF_8);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
