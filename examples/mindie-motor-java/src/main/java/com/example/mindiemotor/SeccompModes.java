package com.example.mindiemotor;

import io.github.cdk8sseccomp.MindieProfileDaemonSet;
import io.github.cdk8sseccomp.SeccompMode;
import java.util.Map;
import org.cdk8s.ApiObjectMetadata;
import org.cdk8s.App;
import org.cdk8s.Chart;
import org.cdk8s.ChartProps;
import org.cdk8s.plus28.Namespace;

final class SeccompModes {
    private SeccompModes() {
    }

    /**
     * The one place that decides how every pod of MindIE Motor is filtered.
     *
     * @param name {@code unconfined}, {@code runtime-default} or {@code localhost}
     */
    static SeccompMode choose(App app, String name) {
        return name.equals("localhost") ? SeccompMode.localhost(profileDaemonSet(app)) : SeccompMode.of(name);
    }

    /** The DaemonSet mounts a host path, which Pod Security must allow: hence a namespace of its own. */
    private static MindieProfileDaemonSet profileDaemonSet(App app) {
        String namespace = "seccomp-profiles";
        Chart chart = new Chart(app, namespace, ChartProps.builder().namespace(namespace).disableResourceNameHashes(true).build());
        Namespace.Builder.create(chart, "Namespace")
            .metadata(ApiObjectMetadata.builder()
                .name(namespace)
                .labels(Map.of("pod-security.kubernetes.io/enforce", "privileged"))
                .build())
            .build();
        return new MindieProfileDaemonSet(chart, "mindie");
    }
}
