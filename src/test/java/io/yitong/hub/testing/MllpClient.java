package io.yitong.hub.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.Charset;

/** A sender's end of an MLLP connection, on a real socket. */
public final class MllpClient implements AutoCloseable {
  private static final int START = 0x0B;
  private static final int END = 0x1C;
  private static final int CR = 0x0D;

  private final Socket socket;

  public MllpClient(int port) {
    try {
      socket = new Socket("localhost", port);
      socket.setSoTimeout(30_000);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Sends one message on a connection of its own and waits for the answer. */
  public static byte[] exchange(int port, byte[] message) {
    try (var client = new MllpClient(port)) {
      return client.send(message);
    }
  }

  public static String exchange(int port, String message, Charset charset) {
    return new String(exchange(port, message.getBytes(charset)), charset);
  }

  public byte[] send(byte[] message) {
    var frame = new ByteArrayOutputStream(message.length + 3);
    frame.write(START);
    frame.writeBytes(message);
    frame.write(END);
    frame.write(CR);
    raw(frame.toByteArray());
    return answer();
  }

  /** Bytes as they are, with no frame around them. */
  public void raw(byte[] bytes) {
    try {
      socket.getOutputStream().write(bytes);
      socket.getOutputStream().flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The next answer; what stands before its start block is an error. */
  public byte[] answer() {
    try {
      var in = socket.getInputStream();
      var first = in.read();
      if (first != START) {
        throw new IllegalStateException("no start block but " + first);
      }
      var bytes = new ByteArrayOutputStream();
      for (var next = in.read(); next != END; next = in.read()) {
        if (next < 0) {
          throw new IllegalStateException("closed inside an answer");
        }
        bytes.write(next);
      }
      if (in.read() != CR) {
        throw new IllegalStateException("no carriage return after the end block");
      }
      return bytes.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** No more will be sent; what is answered all the same, until the other end closes too. */
  public byte[] halfCloseAndDrain() {
    try {
      socket.shutdownOutput();
      return socket.getInputStream().readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
