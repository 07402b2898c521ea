package io.bocadillo.streams;

import org.reactivestreams.tck.TestEnvironment;
import org.reactivestreams.tck.flow.FlowPublisherVerification;

/** The rules for publishers, without those for several subscribers. */
abstract class PublisherRules<T> extends FlowPublisherVerification<T> {

    private static final long LONGEST_MS = 10_000;
    private static final long SILENCE_MS = 50;
    private static final long POLL_MS = 10;
    private static final long COLLECTED_AFTER_MS = 500;

    PublisherRules() {
        super(new TestEnvironment(LONGEST_MS, SILENCE_MS, POLL_MS), COLLECTED_AFTER_MS);
    }

    @Override
    public void optional_spec111_maySupportMultiSubscribe() {}

    @Override
    public void optional_spec111_registeredSubscribersMustReceiveOnNextOrOnCompleteSignals() {}

    @Override
    public void
            optional_spec111_multicast_mustProduceTheSameElementsInTheSameSequenceToAllOfItsSubscribersWhenRequestingOneByOne() {}

    @Override
    public void
            optional_spec111_multicast_mustProduceTheSameElementsInTheSameSequenceToAllOfItsSubscribersWhenRequestingManyUpfront() {}

    @Override
    public void
            optional_spec111_multicast_mustProduceTheSameElementsInTheSameSequenceToAllOfItsSubscribersWhenRequestingManyUpfrontAndCompleteAsExpected() {}
}
