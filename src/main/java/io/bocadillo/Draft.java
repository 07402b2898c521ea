package io.bocadillo;

import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** What is recorded of a {@link Response} until it goes out, and what is declared for its next answer. */
final class Draft {

    /**
     * What is declared for the next answer.
     *
     * @param length that of a stream
     * @param type what a stream or a file is unless its {@code Content-Type} is set
     */
    private record Declared(long length, String type) {
        static final Declared NOTHING = new Declared(Streamed.UNKNOWN_LENGTH, ContentType.BYTES);

        Declared withoutLength() {
            return length == Streamed.UNKNOWN_LENGTH ? this : new Declared(Streamed.UNKNOWN_LENGTH, type);
        }
    }

    private final Request request;
    private final Head head;
    private Answer answer = Answer.NONE;
    private @Nullable Response giver;

    /** What an error of the answer goes back to: what was set before the view was called, or what a middleware called on to. */
    private Headers.Mark around = Headers.Mark.NOTHING;

    private Declared declared = Declared.NOTHING;

    private @Nullable Afterwards afterwards;

    private volatile boolean ended;

    Draft(Request request) {
        this(request, new Head());
    }

    private Draft(Request request, Head head) {
        this.request = request;
        this.head = head;
    }

    Head head() {
        return head;
    }

    Answer answer() {
        return answer;
    }

    String attachmentType() {
        return declared.type;
    }

    void attachmentType(String type) {
        checkOpen();
        declared = new Declared(declared.length, type);
    }

    void streamLength(long length) {
        checkOpen();
        declared = new Declared(length, declared.type);
    }

    /** What follows the answer, null for nothing yet. */
    @Nullable
    Afterwards afterwards() {
        return afterwards;
    }

    /** The same, to add to. */
    Afterwards following() {
        checkOpen();
        return owed();
    }

    private Afterwards owed() {
        afterwards = afterwards == null ? new Afterwards() : afterwards;
        return afterwards;
    }

    CompletionStage<Void> give(Answer given, Response giver) {
        forgetAnswer();
        this.giver = giver;
        around = head.mark();
        declared = declared.withoutLength(); // It was declared for this answer, not for one made of it.
        answer = given.addTo(head.headers());
        return Response.ANSWERED;
    }

    CompletionStage<Void> give(Streamed stream, Response giver) {
        return give(Answer.of(stream.withLength(declared.length), declared.type), giver);
    }

    /** As whose code the answer was given, for errors on its way; {@code otherwise} if there is none. */
    Response giver(Response otherwise) {
        Response known = giver;
        return known == null ? otherwise : known;
    }

    void encode(ContentCoding coding) {
        checkOpen();
        answer = answer.encoded(coding, head.headers());
    }

    /** Takes back what the answer has implied, and nothing that was set. */
    void forgetAnswer() {
        checkOpen();
        answer.takeBackFrom(head.headers());
        if (answer.stream() != null) {
            owed().replaced(answer);
        }
        answer = Answer.NONE;
    }

    /**
     * Remembers what those outside have set: an error further inside takes back only what came after. A middleware that
     * calls on once more, after an error, starts afresh.
     */
    Headers.Mark mark() {
        if (head.isOfError()) {
            reset(false);
        }
        return head.mark(answer);
    }

    /** Takes back the answer for an error handler to give another one. */
    void reset() {
        reset(true);
    }

    private void reset(boolean ofError) {
        forgetAnswer();
        head.reset(ofError);
        around = head.mark();
        declared = Declared.NOTHING;
        if (afterwards != null) {
            afterwards.forgetBackground();
        }
    }

    /** Lets an error of the answer go back to what was set around whoever gave it, though whoever that is has ended by then. */
    void returnToGiver() {
        head.returnTo(around);
    }

    /** One for another response in the place of this one, which somebody late may still hold and change. */
    Draft successor() {
        Draft successor = new Draft(request, head.successor());
        successor.afterwards = afterwards == null ? null : afterwards.successor();
        successor.reset();
        return successor;
    }

    /** Lets go of the source of a body that nobody will send. */
    void discard() {
        answer.discard();
        if (afterwards != null) {
            afterwards.discardReplaced();
        }
    }

    boolean hasEnded() {
        return ended;
    }

    /** Refuses every use from here on, whoever is using it at this moment. */
    void end() {
        ended = true;
        head.headers().freeze();
    }

    /** Throws {@link IllegalStateException} after the end. */
    void checkOpen() {
        if (ended) {
            throw new IllegalStateException("response to " + request
                    + ": expected use before the end of the exchange, got it after."
                    + " Return a stage that completes when the answer is there.");
        }
    }
}
