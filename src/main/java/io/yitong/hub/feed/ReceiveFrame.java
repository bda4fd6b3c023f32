package io.yitong.hub.feed;

import io.quarkus.arc.Unremovable;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** What an MLLP route does with what came over its connection. */
@Singleton
@Unremovable
@Named("receiveFrame")
class ReceiveFrame implements Processor {
  /** Header in which the route says which feed it is. */
  static final String FEED = "YitongFeed";

  private final Senders senders;
  private final ReceiveMessage receive;

  ReceiveFrame(Senders senders, ReceiveMessage receive) {
    this.senders = senders;
    this.receive = receive;
  }

  @Override
  public void process(Exchange exchange) {
    var message = exchange.getMessage();
    var sender = senders.of(message.getHeader(FEED, String.class)).orElseThrow();
    if (message.getBody() instanceof BrokenFrame broken) {
      receive.refuse(sender, broken.bytes(), broken.why());
      message.setBody(null); // no answer: it would be taken for that of the next message
    } else {
      message.setBody(receive.receive(sender, message.getBody(byte[].class)).ack().bytes());
    }
  }
}
