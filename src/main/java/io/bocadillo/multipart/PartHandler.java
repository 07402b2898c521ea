package io.bocadillo.multipart;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * What a {@link MultipartParser} pushes parts into, one after the other.
 *
 * <p>{@code (part data* endOfPart)*}. How content is cut into {@link #data} depends on how it was fed. Whatever a
 * method throws comes out of {@link MultipartParser#feed}, and ends the parser.
 */
public interface PartHandler {

    /** A part begins. */
    void part(PartHead head) throws IOException;

    /** A piece of its content: a view of what was fed, valid until the method returns. */
    void data(ByteBuffer bytes) throws IOException;

    /** The part is complete. */
    void endOfPart() throws IOException;
}
