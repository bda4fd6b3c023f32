package io.yitong.hub.launch.demo;

import io.yitong.hub.launch.LaunchFailure;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.Charset;

/** A sender's side of MLLP (HL7 v2 transport specification, release 1). */
public final class Mllp {
  private static final int START = 0x0B;
  private static final int END = 0x1C;
  private static final int RETURN = 0x0D;
  private static final int PATIENCE_MILLIS = 30_000;

  private Mllp() {}

  /** Sends one message on a connection of its own and returns what is answered. */
  public static String send(int port, String message, Charset charset) {
    return new String(send(port, message.getBytes(charset)), charset);
  }

  public static byte[] send(int port, byte[] message) {
    try (var socket = new Socket()) {
      socket.connect(new InetSocketAddress("localhost", port), PATIENCE_MILLIS);
      socket.setSoTimeout(PATIENCE_MILLIS);
      var frame = new ByteArrayOutputStream();
      frame.write(START);
      frame.write(message);
      frame.write(END);
      frame.write(RETURN);
      socket.getOutputStream().write(frame.toByteArray());
      socket.getOutputStream().flush();
      return receive(socket);
    } catch (IOException e) {
      throw new LaunchFailure("MLLP on port %d: %s".formatted(port, e.getMessage()), e);
    }
  }

  private static byte[] receive(Socket socket) throws IOException {
    var in = socket.getInputStream();
    var message = new ByteArrayOutputStream();
    var started = false;
    for (var next = in.read(); next != END; next = in.read()) {
      if (next < 0) {
        throw new IOException("the connection was closed before an answer came");
      }
      if (started) {
        message.write(next);
      }
      started |= next == START;
    }
    return message.toByteArray();
  }
}
