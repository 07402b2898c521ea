package io.bocadillo.middleware;

import io.bocadillo.Plugin;
import io.bocadillo.SettingKey;

/** {@link AllowedHosts}, switched on by the hosts. */
final class AllowedHostsSettings {

    static final Plugin PLUGIN = BuiltIn.of(
            SettingKey.list(
                    "allowed-hosts", "The hosts of this site, *.app.example for all below; others are refused."),
            hosts -> new AllowedHosts(hosts.toArray(String[]::new)));

    private AllowedHostsSettings() {}
}
