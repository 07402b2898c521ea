package io.bocadillo.middleware;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.bocadillo.StartupError;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HexFormat;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IpAddressTest {

    @ParameterizedTest
    @CsvSource({
        "0.0.0.0, 0, ffff00000000",
        "192.0.2.1, 0, ffffc0000201",
        "255.255.255.255, 0, ffffffffffff",
        "::, 0, 0",
        "::1, 0, 1",
        "1::, 1000000000000, 0",
        "2001:db8::1, 20010db800000000, 1",
        "2001:DB8:0:0:0:0:0:1, 20010db800000000, 1",
        "1:2:3:4:5:6:7:8, 1000200030004, 5000600070008",
        "1:2:3:4:5:6:7::, 1000200030004, 5000600070000",
        "::ffff:192.0.2.1, 0, ffffc0000201",
        "64:ff9b::192.0.2.1, 64ff9b00000000, c0000201",
        "1:2:3:4:5:6:192.0.2.1, 1000200030004, 50006c0000201"
    })
    void addressesAreParsed(String text, String high, String low) {
        assertThat(IpAddress.parse(text))
                .isEqualTo(new IpAddress(Long.parseUnsignedLong(high, 16), Long.parseUnsignedLong(low, 16)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "1",
                "1.2.3",
                "1.2.3.4.5",
                "256.0.0.1",
                "01.2.3.4",
                "0x1.2.3.4",
                "1.2.3.4 ",
                "1.2.3.-4",
                "1..3.4",
                ":",
                ":::",
                "1::2::3",
                "1:2:3:4:5:6:7",
                "1:2:3:4:5:6:7:8:9",
                "1:2:3:4:5:6:7:8::",
                "12345::",
                "g::",
                ":1::",
                "1.2.3.4::",
                "::1.2.3.4:5",
                "1:2:3:4:5:6:7:1.2.3.4",
                "::1%eth0",
                "[::1]",
                "localhost",
                "١.٢.٣.٤"
            })
    void whatIsNoneIsNone(String text) {
        assertThat(IpAddress.parse(text)).isNull();
    }

    @Property
    void bytesAreReadAsTheJdkDoes(@ForAll @Size(16) byte[] bytes) throws UnknownHostException {
        String text = InetAddress.getByAddress(bytes).getHostAddress();
        IpAddress address = IpAddress.parse(text);
        assertThat(address).isNotNull();
        assertThat(String.format("%016x%016x", address.high(), address.low()))
                .endsWith(hex(InetAddress.getByName(text).getAddress()));
    }

    @Property
    void aRangeHasWhatBeginsWithItsBits(
            @ForAll @Size(16) byte[] bytes,
            @ForAll @IntRange(max = 128) int bits,
            @ForAll @IntRange(max = 127) int other)
            throws UnknownHostException {
        IpAddress address = of(bytes);
        byte[] changed = bytes.clone();
        changed[other / 8] ^= (byte) (0x80 >> other % 8);
        AddressRange range = new AddressRange(AddressRange.masked(address, bits), bits);
        assertThat(range.contains(address)).isTrue();
        assertThat(range.contains(of(changed))).isEqualTo(other >= bits);
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 10.255.0.1, true",
        "10.0.0.0/8, 11.0.0.0, false",
        "10.0.0.0/8, ::ffff:10.1.2.3, true",
        "0.0.0.0/0, 192.0.2.1, true",
        "0.0.0.0/0, 2001:db8::1, false",
        "::/0, 192.0.2.1, true",
        "192.0.2.1, 192.0.2.1, true",
        "192.0.2.1, 192.0.2.2, false",
        "2001:db8::/32, 2001:db8:ffff::1, true",
        "2001:db8::/32, 2001:db9::, false",
        "fd00::/65, fd00::7fff:ffff:ffff:ffff, true",
        "fd00::/65, fd00::8000:0:0:0, false"
    })
    void aRangeHasItsAddresses(String range, String address, boolean contained) {
        assertThat(AddressRange.parse("here", range).contains(IpAddress.parse(address)))
                .isEqualTo(contained);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/8",
                "10.0.0.0/",
                "10.0.0.0/33",
                "::/129",
                "10.0.0.0/08",
                "10.1.0.0/8",
                "10.0.0.0/-1",
                "::1/64",
                "proxy.example",
                "10.0.0.0/255.0.0.0"
            })
    void whatIsNoRangeIsRefusedAtOnce(String range) {
        assertThatExceptionOfType(StartupError.class)
                .isThrownBy(() -> AddressRange.parse("here", range))
                .withMessage("here: expected an address or a range like 10.0.0.0/8, got '" + range
                        + "'. Its bits behind the length must be 0.");
    }

    @Test
    void everyBitCounts() {
        AddressRange single = AddressRange.parse("here", "2001:db8::1");
        assertThat(single.bits()).isEqualTo(128);
        assertThat(single.contains(IpAddress.parse("2001:db8::"))).isFalse();
    }

    private static IpAddress of(byte[] bytes) {
        String hex = hex(bytes);
        return new IpAddress(
                Long.parseUnsignedLong(hex.substring(0, 16), 16), Long.parseUnsignedLong(hex.substring(16), 16));
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
