package io.bocadillo.example;

import io.bocadillo.HttpError;
import io.bocadillo.Session;
import java.util.ArrayList;
import java.util.List;

/** What the session keeps for a visitor: the courses they take, and a word for the next page. */
record Visit(Session session) {

    /** A session in a cookie has room for about 3,000 bytes. */
    private static final int MOST_COURSES = 12;

    private static final String ENROLLED = "enrolled";
    private static final String NOTICE = "notice";

    /** The keys of the courses; numbers in a session are kept as {@code long}. */
    List<Integer> enrolled() {
        return session.get(ENROLLED, List.of()).stream()
                .map(pk -> ((Number) pk).intValue())
                .toList();
    }

    /** {@link HttpError} 409 for one course too many. */
    void enrol(Course course) {
        List<Integer> enrolled = new ArrayList<>(enrolled());
        if (enrolled.contains(course.pk())) {
            return;
        }
        if (enrolled.size() == MOST_COURSES) {
            throw new HttpError(409, "Nobody can take more than " + MOST_COURSES + " courses at a time.");
        }
        enrolled.add(course.pk());
        session.put(ENROLLED, enrolled);
    }

    void leave(Course course) {
        session.put(
                ENROLLED, enrolled().stream().filter(pk -> pk != course.pk()).toList());
    }

    void tell(String notice) {
        session.put(NOTICE, notice);
    }

    /** Empty if there is none; it is shown once. */
    String takeNotice() {
        String notice = session.get(NOTICE, "");
        session.remove(NOTICE);
        return notice;
    }
}
