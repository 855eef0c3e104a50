package com.example.mindiemotor;

import io.github.cdk8sseccomp.SeccompMode;
import io.github.cdk8sseccomp.SeccompSecuredDeployment;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.cdk8s.ApiObjectMetadata;
import org.cdk8s.Size;
import org.cdk8s.plus28.ContainerResources;
import org.cdk8s.plus28.Cpu;
import org.cdk8s.plus28.CpuResources;
import org.cdk8s.plus28.EnvValue;
import org.cdk8s.plus28.MemoryResources;
import org.cdk8s.plus28.Node;
import org.cdk8s.plus28.NodeLabelQuery;
import org.cdk8s.plus28.VolumeMount;
import org.cdk8s.plus28.k8s.Quantity;
import software.constructs.Construct;

/** One instance of the inference engine: its pod holds all NPUs of one server. */
final class Engine extends Construct {
    /**
     * @param role {@code prefill} or {@code decode}
     * @param npus NPUs of one server
     */
    record Props(String role, int npus, SeccompMode seccomp) {
    }

    Engine(Construct scope, String id, Props props) {
        super(scope, id);
        List<VolumeMount> mounts = new ArrayList<>(List.of(Role.sharedMemory(this, Size.gibibytes(4))));
        mounts.addAll(Role.hostMounts(this,
            "/usr/local/Ascend/driver", "/etc/hccn.conf", "/mnt/weight", "/data", "/var/queue_schedule"));

        SeccompSecuredDeployment engine = SeccompSecuredDeployment.Builder.create(this, "Deployment")
            .metadata(ApiObjectMetadata.builder().name("mindie-motor-" + id).build())
            .podMetadata(ApiObjectMetadata.builder()
                .labels(Map.of(
                    "app", "mindie-motor-" + props.role(),
                    "ring-controller.atlas", "ascend-910b",
                    "fault-scheduling", "grace"))
                .build())
            .replicas(1)
            .seccomp(props.seccomp())
            .securityContext(Role.POD_SECURITY)
            .containers(List.of(
                Role.container(this, props.role(), Map.of("OMP_NUM_THREADS", EnvValue.fromValue("100")), mounts)
                    .resources(ContainerResources.builder()
                        .cpu(CpuResources.builder().request(Cpu.units(32)).limit(Cpu.units(64)).build())
                        .memory(MemoryResources.builder().request(Size.gibibytes(128)).limit(Size.gibibytes(256)).build())
                        .build())
                    .build()))
            .build();

        engine.getScheduling().attract(Node.labeled(
            NodeLabelQuery.is("accelerator", "huawei-Ascend910"),
            NodeLabelQuery.is("accelerator-type", "module-910b-8")));
        Role.patchPodSpec(engine, "schedulerName", "volcano");
        for (String kind : List.of("requests", "limits")) {
            Role.patchPodSpec(engine, "containers/0/resources/" + kind + "/huawei.com~1Ascend910", Quantity.fromNumber(props.npus()));
        }
    }
}
