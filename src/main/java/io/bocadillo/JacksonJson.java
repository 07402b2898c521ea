package io.bocadillo;

import io.bocadillo.routing.Printable;
import java.lang.reflect.Type;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.exc.InvalidDefinitionException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.type.LogicalType;

/**
 * {@link Json} by Jackson 3, which reads and writes records and {@code java.time}, and bounds the depth and the lengths
 * of numbers and texts that it reads. Of a repeated member the last one counts; an unknown member is skipped. Safe for use
 * by many threads.
 */
public final class JacksonJson implements Json {

    static final Json DEFAULT = new JacksonJson(standardMapper());

    private final JsonMapper mapper;

    /** Reads and writes with a mapper of one's own; {@link #standardMapper()} is a good start. */
    public JacksonJson(JsonMapper mapper) {
        this.mapper = mapper;
    }

    /**
     * The mapper of an app that says nothing, to {@link JsonMapper#rebuild()}: Jackson's defaults but for scalars, where
     * it is strict. 3.7 or "3" for a whole number is a mistake of the client, and so is 3 for a text.
     */
    public static JsonMapper standardMapper() {
        return JsonMapper.builder()
                .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                .withCoercionConfig(
                        LogicalType.Textual,
                        text -> text.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                                .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                                .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail))
                .build();
    }

    @Override
    public byte[] encode(@Nullable Object value) {
        try {
            return mapper.writeValueAsBytes(value);
        } catch (JacksonException failure) {
            throw new IllegalArgumentException(
                    "json: expected a value that Jackson can write, got '"
                            + (value == null ? null : value.getClass().getName())
                            + "'. Give it a form Jackson knows, such as a record.",
                    failure);
        }
    }

    @Override
    public <T> T decode(byte[] json, Type type) {
        if (json.length == 0) {
            throw new HttpError(400, "body: expected JSON, got nothing.");
        }
        T value;
        try {
            value = mapper.readValue(json, mapper.constructType(type));
        } catch (InvalidDefinitionException mistake) {
            throw new IllegalArgumentException(
                    "json: expected a type that Jackson can read, got '" + type.getTypeName()
                            + "'. Give one such as a record, or a mapper that knows it.",
                    mistake);
        } catch (DatabindException misfit) {
            throw new HttpError(400, Map.of(member(misfit), expectation(misfit)), misfit);
        } catch (JacksonException malformed) {
            throw new HttpError(400, "body: expected JSON, got text that is malformed" + place(malformed), malformed);
        }
        if (value == null) {
            throw new HttpError(400, "body: expected a JSON value, got 'null'.");
        }
        return value;
    }

    /** Where it is in the document, like {@code lines[2].price}. Messages of Jackson's own would tell class names. */
    private static String member(JacksonException misfit) {
        StringBuilder member = new StringBuilder();
        for (JacksonException.Reference step : misfit.getPath()) {
            if (step.getPropertyName() == null) {
                member.append('[').append(step.getIndex()).append(']');
            } else {
                member.append(member.isEmpty() ? "" : ".").append(step.getPropertyName());
            }
        }
        return member.isEmpty() ? "body" : Printable.of(member.toString());
    }

    private static String expectation(DatabindException misfit) {
        Class<?> type = misfit instanceof MismatchedInputException mismatch ? mismatch.getTargetType() : null;
        if (type == null) {
            return "Is not valid.";
        }
        if (type.isArray() || Collection.class.isAssignableFrom(type)) {
            return "Must be a list.";
        }
        if (type.isRecord() || Map.class.isAssignableFrom(type)) {
            return "Must be an object.";
        }
        return Conversion.to(type).<String>map(Conversion::expectation).orElse("Is not valid.");
    }

    private static String place(JacksonException malformed) {
        var location = malformed.getLocation();
        return location == null ? "." : " at line " + location.getLineNr() + ", column " + location.getColumnNr() + ".";
    }
}
