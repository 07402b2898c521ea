package io.bocadillo;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The forms in which {@link HttpError} can be answered: {@code app.onError(HttpError.class, ErrorHandlers.problem())}.
 *
 * <p>All of them set the status of the error; its headers are there already.
 */
public final class ErrorHandlers {

    private ErrorHandlers() {}

    /** JSON, the default: {@code {"error": "403 Forbidden", "status": 403, "detail": "Nope!"}} (Bocadillo's form). */
    public static ErrorHandler<HttpError> json() {
        return (req, res, error) -> {
            Map<String, Object> answer = new LinkedHashMap<>();
            answer.put("error", error.title());
            answer.put("status", error.status());
            if (error.detail() != null) {
                answer.put("detail", error.detail());
            }
            return res.status(error.status()).json(answer);
        };
    }

    /** Plain text: the title, and the detail on a second line. */
    public static ErrorHandler<HttpError> text() {
        return (req, res, error) -> {
            String detail = error.detail() == null ? "" : "\n" + error.detail();
            return res.status(error.status()).text(error.title() + detail);
        };
    }

    /** HTML: the title as a heading, and the detail as a paragraph, escaped. */
    public static ErrorHandler<HttpError> html() {
        return (req, res, error) -> {
            String detail = error.detail() == null
                    ? ""
                    : "\n<p>" + escaped(error.detail().toString()) + "</p>";
            return res.status(error.status()).html("<h1>" + error.title() + "</h1>" + detail);
        };
    }

    /** {@code application/problem+json} (RFC 9457); a detail that is not text becomes the member {@code errors}. */
    public static ErrorHandler<HttpError> problem() {
        return (req, res, error) -> {
            Map<String, Object> problem = new LinkedHashMap<>();
            String title = Status.phrase(error.status());
            if (!title.isEmpty()) {
                problem.put("title", title);
            }
            problem.put("status", error.status());
            if (error.detail() != null) {
                problem.put(error.detail() instanceof String ? "detail" : "errors", error.detail());
            }
            return res.status(error.status())
                    .header("Content-Type", "application/problem+json")
                    .json(problem);
        };
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
