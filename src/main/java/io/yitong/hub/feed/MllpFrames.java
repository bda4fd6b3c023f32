package io.yitong.hub.feed;

import io.netty.channel.ChannelHandler;
import io.quarkus.arc.Unremovable;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import org.apache.camel.component.netty.DefaultChannelHandlerFactory;

/** {@code decoders: "#mllpFrames"} of a route: a codec of its own for every connection. */
@Singleton
@Unremovable
@Named("mllpFrames")
class MllpFrames extends DefaultChannelHandlerFactory {
  @Override
  public ChannelHandler newChannelHandler() {
    return new MllpCodec();
  }
}
