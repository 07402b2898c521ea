package io.bocadillo.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SecretsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "session-secret",
                "database.password",
                "db.passwd",
                "PASSPHRASE",
                "github.token",
                "sessions.key",
                "apiKey",
                "aws.credentials",
                "smtp.pass",
                "db.pwd",
                "api.auth",
                "webhook.signature",
                "sentry.dsn",
                "sessions.older-keys",
                "AWS_SECRET_ACCESS_KEY",
                "stripe.APIKey",
                "apikey",
                "clientSecret",
                "clientsecret",
                "PGPASSWORD",
                "MYSQL_PWD",
                "dbPassword",
                "dbpass",
                "storepass",
                "keyPass",
                "key2",
                "password1",
                "passwords",
                "access_tokens",
                "oauth",
                "proxy-authorization",
                "jwt.private",
                "ssl.key-store-password",
                "public.api-key.of-the-shop",
                "TS_AUTHKEY",
                "authkey",
                "sessionkey",
                "hmackeys",
                "aeskey",
                "servicekey",
                "basicauth",
                "proxyauth",
                "redispass",
                "mysqlpass",
                "pgpass",
                "PGPASS",
                "sentrydsn",
                "hooksignature",
                "proxyauthorization",
                "monkey.auth"
            })
    void aKeySaysThatItIsASecret(String key) {
        assertThat(Secrets.isSecret(key)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "timeout",
                "max-body",
                "cors.allow-origins",
                "database.url",
                "env",
                "monkey",
                "shop.keyboard",
                "turkeys",
                "hotkey",
                "hotkeys.enabled",
                "jockey",
                "turnkey",
                "whiskey.age",
                "trespass",
                "OVERPASS",
                "keynote.speaker",
                "tokenizer",
                "text.tokenize",
                "author",
                "authors.page-size",
                "authority.url",
                "compass.direction",
                "bypass",
                "proxy-bypass",
                "passenger.limit",
                "passive",
                "secretary",
                "privateer",
                "",
                "."
            })
    void otherKeysDoNot(String key) {
        assertThat(Secrets.isSecret(key)).isFalse();
    }

    @Test
    void thePageOfSettingsHasTheWords() throws IOException {
        String page = Files.readString(Path.of("docs/settings.md"));
        String endings = between(page, "in the plural too:", "So `dbpassword`");
        String plain = between(page, "Only some plain words are not:", "In other values");
        assertThat(words(endings))
                .hasSizeGreaterThan(10)
                .allSatisfy(word ->
                        assertThat(List.of(word, word + "s", "x" + word)).allMatch(Secrets::isSecret));
        assertThat(words(plain)).hasSizeGreaterThan(10).noneMatch(Secrets::isSecret);
    }

    private static String between(String text, String begin, String end) {
        int from = text.indexOf(begin);
        return text.substring(from, text.indexOf(end, from));
    }

    private static List<String> words(String markdown) {
        return Pattern.compile("`([a-z]+)`")
                .matcher(markdown)
                .results()
                .map(word -> word.group(1))
                .toList();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "plain text | plain text",
                "https://app.example:8443/a?b=c | https://app.example:8443/a?b=c",
                "mail@app.example | mail@app.example",
                "https://user@app.example/ | https://user@app.example/",
                "postgres://user:hidden@db.example/app | postgres://user:***@db.example/app",
                "postgres://user:hid:den@hidden@db/app | postgres://user:***@db/app",
                "redis://:hidden@cache:6379 | redis://:***@cache:6379",
                "jdbc:mysql://db/app?user=me&password=hidden&ssl=true | jdbc:mysql://db/app?user=me&password=***&ssl=true",
                "jdbc:x:db;Password=hidden;a=b | jdbc:x:db;Password=***;a=b",
                "jdbc:oracle:thin:scott/hidden@db:1521 | jdbc:oracle:thin:scott/***@db:1521",
                "https://x.example/?api_key=hidden | https://x.example/?api_key=***",
                "https://x.example/?access_token=hidden, b | https://x.example/?access_token=*** b",
                "https://x.example/?monkey=shown&author=me | https://x.example/?monkey=shown&author=me",
                "https://x.example/?a=1&apiKey=hid=den=&b=2 | https://x.example/?a=1&apiKey=***&b=2",
                "options=-Dpassword=hidden -Dx=y | options=-Dpassword=*** -Dx=y",
                "token=hidden | token=***",
                "token= | token=***",
                "=token= | =token=***",
            })
    void passwordsInsideOfOtherValuesAreMasked(String text, String masked) {
        assertThat(Secrets.masked(text)).isEqualTo(masked);
    }

    @Test
    void whatIsMaskedIsOnOneLine() {
        assertThat(Secrets.masked("a\r\nb\u0007é")).isEqualTo("a  b é");
    }

    @ParameterizedTest
    @CsvSource({
        "hidden, expected a number; got 'hidden'., expected a number; got '***'.",
        "hidden, hidden and hidden, *** and ***",
        "x, expected 'x' to be next, expected '***' to be next",
        "a.b$1, got 'a.b$1' or a-b$1, got '***' or a-b$1"
    })
    void aSecretInAMessageIsMaskedWhereItStandsAlone(String secret, String text, String masked) {
        assertThat(Secrets.without(secret, text)).isEqualTo(masked);
    }
}
