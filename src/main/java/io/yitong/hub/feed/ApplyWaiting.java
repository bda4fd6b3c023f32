package io.yitong.hub.feed;

import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

/** Results that came before their patient was registered are applied once it is. */
@ApplicationScoped
class ApplyWaiting {
  private static final Logger LOG = Logger.getLogger(ApplyWaiting.class);

  private final Journal journal;
  private final ApplyMessage apply;

  ApplyWaiting(Journal journal, ApplyMessage apply) {
    this.journal = journal;
    this.apply = apply;
  }

  /** In order of arrival. A fault here leaves them in quarantine and says so in the log. */
  void applyAfter(Sender sender, MessageId accepted) {
    try {
      var number = journal.patientNumber(accepted);
      for (var id : journal.waiting(sender.id().institution().urn(), number)) {
        apply.again(id);
      }
    } catch (RuntimeException e) {
      LOG.errorf(e, "messages waiting for the patient of message %s stay in quarantine", accepted);
    }
  }
}
