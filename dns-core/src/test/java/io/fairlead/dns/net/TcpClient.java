package io.fairlead.dns.net;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;

/** A plain client over TCP; whatever it waits for has to come within half a minute. */
final class TcpClient implements AutoCloseable {
  private static final int DEADLINE_MILLIS = 30_000;

  final Socket socket = new Socket();
  private final DataInputStream in;

  TcpClient(InetSocketAddress server) throws IOException {
    this(server, new InetSocketAddress(0).getAddress());
  }

  TcpClient(InetSocketAddress server, InetAddress from) throws IOException {
    socket.bind(new InetSocketAddress(from, 0));
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(DEADLINE_MILLIS);
    socket.connect(server, DEADLINE_MILLIS);
    in = new DataInputStream(socket.getInputStream());
  }

  void send(byte[] octets) throws IOException {
    socket.getOutputStream().write(octets);
  }

  byte[] receive() throws IOException {
    byte[] message = new byte[in.readUnsignedShort()];
    in.readFully(message);
    return message;
  }

  byte[] ask(byte[] query) throws IOException {
    send(Messages.framed(query));
    return receive();
  }

  /** Waits for the server to close, by whatever way; false if it sends something instead. */
  boolean isClosedByServer() throws IOException {
    try {
      return in.read() < 0;
    } catch (EOFException | SocketException _) {
      return true;
    }
  }

  /** Closes with a reset instead of a FIN. */
  void reset() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
