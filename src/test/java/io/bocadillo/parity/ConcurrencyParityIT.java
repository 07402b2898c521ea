package io.bocadillo.parity;

import static org.assertj.core.api.Assertions.assertThat;

import io.bocadillo.containers.Wire;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ArgumentsSource;

@ParameterizedClass(name = "{0}")
@ArgumentsSource(Sites.TwoHomes.class)
class ConcurrencyParityIT {

    private static final int CLIENTS = 1000;

    @Parameter
    Site site;

    @Test
    void aThousandClientsAtOnceGetTheirOwnAnswers() throws Exception {
        List<Wire> wires = new ArrayList<>();
        try {
            for (int i = 0; i < CLIENTS; i++) {
                wires.add(site.connect());
            }
            for (int i = 0; i < CLIENTS; i++) {
                String request = request(i);
                wires.get(i).send(request.substring(0, request.length() - 1));
            }
            for (int i = 0; i < CLIENTS; i++) {
                String request = request(i);
                wires.get(i).send(request.substring(request.length() - 1));
            }
            for (int i = 0; i < CLIENTS; i++) {
                assertThat(wires.get(i).read().text()).isEqualTo(token(i));
            }
            for (int i = CLIENTS - 1; i >= 0; i--) {
                wires.get(i).send(request(i + 1));
            }
            for (int i = 0; i < CLIENTS; i++) {
                assertThat(wires.get(i).read().text()).isEqualTo(token(i + 1));
            }
        } finally {
            for (Wire wire : wires) {
                wire.close();
            }
        }
    }

    private String request(int i) {
        return switch (i % 5) {
            case 0 -> site.head("GET /segment/" + token(i));
            case 1 -> site.head("GET /async/later?token=" + token(i));
            case 2 -> site.withBody("POST /echo", token(i));
            case 3 ->
                site.head("POST /async/echo", "Transfer-Encoding: chunked") + Integer.toHexString(token(i).length())
                        + "\r\n" + token(i) + "\r\n0\r\n\r\n";
            default -> site.withBody("POST /hop", token(i));
        };
    }

    private static String token(int i) {
        return "token-" + i;
    }
}
