package com.example.mindiemotor;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.cdk8s.ApiObject;
import org.cdk8s.JsonPatch;
import org.cdk8s.Size;
import org.cdk8s.plus28.ConfigMap;
import org.cdk8s.plus28.ConfigMapVolumeOptions;
import org.cdk8s.plus28.ContainerProps;
import org.cdk8s.plus28.ContainerSecurityContextProps;
import org.cdk8s.plus28.EmptyDirMedium;
import org.cdk8s.plus28.EmptyDirVolumeOptions;
import org.cdk8s.plus28.EnvFieldPaths;
import org.cdk8s.plus28.EnvValue;
import org.cdk8s.plus28.HostPathVolumeOptions;
import org.cdk8s.plus28.PodSecurityContextProps;
import org.cdk8s.plus28.Probe;
import org.cdk8s.plus28.Volume;
import org.cdk8s.plus28.VolumeMount;
import org.cdk8s.plus28.Workload;
import software.constructs.Construct;

final class Role {
    static final String NAMESPACE = "mindie";
    static final String IMAGE = "mindie:1.0.0-aarch64-800I-A2";

    /** The images log below /root; the group owns the mounted volumes. */
    static final PodSecurityContextProps POD_SECURITY = PodSecurityContextProps.builder().ensureNonRoot(false).fsGroup(1001).build();

    private static final String SCRIPTS = "/mnt/configmap";

    private Role() {
    }

    static ContainerSecurityContextProps.Builder containerSecurity() {
        return ContainerSecurityContextProps.builder()
            .ensureNonRoot(false)
            .readOnlyRootFilesystem(false)
            .allowPrivilegeEscalation(false);
    }

    /** What the containers of all roles have in common, and the variables and mounts that one of them adds. */
    static ContainerProps.Builder container(Construct scope, String role, Map<String, EnvValue> variables, List<VolumeMount> mounts) {
        // The order of the variables is part of the manifest.
        Map<String, EnvValue> environment = new LinkedHashMap<>();
        environment.put("ROLE", EnvValue.fromValue(role));
        environment.put("JOB_NAME", EnvValue.fromValue("mindie-motor"));
        environment.put("POD_IP", EnvValue.fromFieldRef(EnvFieldPaths.POD_IP));
        environment.put("HOST_IP", EnvValue.fromFieldRef(EnvFieldPaths.NODE_IP));
        environment.put("POD_NAMESPACE", EnvValue.fromFieldRef(EnvFieldPaths.POD_NAMESPACE));
        environment.put("CONFIGMAP_PATH", EnvValue.fromValue(SCRIPTS));
        environment.put("CONFIG_PATH", EnvValue.fromValue("/usr/local/Ascend/pyMotor/conf"));
        environment.putAll(variables);

        List<VolumeMount> volumeMounts = new ArrayList<>(List.of(configMount(scope)));
        volumeMounts.addAll(mounts);
        return ContainerProps.builder()
            .name(role)
            .image(IMAGE)
            .command(List.of("/bin/bash", "-c", "source " + SCRIPTS + "/boot.sh"))
            .envVariables(environment)
            .volumeMounts(volumeMounts)
            .securityContext(containerSecurity().build());
    }

    /** MindIE Motor's deployment tool fills this ConfigMap: boot and probe scripts, and the configuration of the roles. */
    private static VolumeMount configMount(Construct scope) {
        var config = ConfigMap.fromConfigMapName(scope, "MotorConfig", "motor-config");
        var options = ConfigMapVolumeOptions.builder().name("motor-config").defaultMode(0550).build();
        return VolumeMount.builder().path(SCRIPTS).volume(Volume.fromConfigMap(scope, "MotorConfigVolume", config, options)).build();
    }

    static List<VolumeMount> hostMounts(Construct scope, String... paths) {
        return Stream.of(paths).map(path -> hostMount(scope, path)).toList();
    }

    private static VolumeMount hostMount(Construct scope, String path) {
        String name = path.substring(1).toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
        Volume volume = Volume.fromHostPath(scope, "Host-" + name, name, HostPathVolumeOptions.builder().path(path).build());
        return VolumeMount.builder().path(path).volume(volume).build();
    }

    static VolumeMount sharedMemory(Construct scope, Size size) {
        var options = EmptyDirVolumeOptions.builder().medium(EmptyDirMedium.MEMORY).sizeLimit(size).build();
        return VolumeMount.builder().path("/dev/shm").volume(Volume.fromEmptyDir(scope, "SharedMemory", "dshm", options)).build();
    }

    /** @param kind {@code startup}, {@code readiness} or {@code liveness} */
    static Probe probe(String kind) {
        return Probe.fromCommand(List.of("bash", SCRIPTS + "/probe.sh", kind));
    }

    /** For what cdk8s-plus has no property. */
    static void patchPodSpec(Workload workload, String path, Object value) {
        ApiObject.of(workload).addJsonPatch(JsonPatch.add("/spec/template/spec/" + path, value));
    }
}
