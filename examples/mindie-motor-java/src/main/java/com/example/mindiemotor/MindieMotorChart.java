package com.example.mindiemotor;

import io.github.cdk8sseccomp.SeccompMode;
import io.github.cdk8sseccomp.SeccompSecuredDeployment;
import java.util.List;
import java.util.Map;
import org.cdk8s.ApiObjectMetadata;
import org.cdk8s.Chart;
import org.cdk8s.ChartProps;
import org.cdk8s.Size;
import org.cdk8s.plus28.ApiResource;
import org.cdk8s.plus28.Capability;
import org.cdk8s.plus28.ClusterRole;
import org.cdk8s.plus28.ContainerPort;
import org.cdk8s.plus28.ContainerResources;
import org.cdk8s.plus28.ContainerSecutiryContextCapabilities;
import org.cdk8s.plus28.Cpu;
import org.cdk8s.plus28.CpuResources;
import org.cdk8s.plus28.MemoryResources;
import org.cdk8s.plus28.Namespace;
import org.cdk8s.plus28.Service;
import org.cdk8s.plus28.ServiceAccount;
import org.cdk8s.plus28.ServicePort;
import org.cdk8s.plus28.ServiceType;
import software.constructs.Construct;

/** MindIE Motor with one prefill and one decode engine. */
final class MindieMotorChart extends Chart {
    private final SeccompMode seccomp;

    MindieMotorChart(Construct scope, String id, SeccompMode seccomp) {
        super(scope, id, ChartProps.builder().namespace(Role.NAMESPACE).build());
        this.seccomp = seccomp;
        Namespace.Builder.create(this, "Namespace").metadata(named(Role.NAMESPACE)).build();

        ServiceAccount account = ServiceAccount.Builder.create(this, "ControllerAccount").metadata(named("mindie-motor-controller")).build();
        ClusterRole reader = ClusterRole.Builder.create(this, "ControllerRole").metadata(named("mindie-motor-controller")).build();
        reader.allowRead(ApiResource.CONFIG_MAPS, ApiResource.NODES, ApiResource.PODS);
        reader.bind(account);

        control("controller", resources(4, 8, 2, 4), List.of(port(1026, "internal"), nodePort(1027, "manage", 31027)), account);
        control("coordinator", resources(16, 64, 4, 8), List.of(
            nodePort(1025, "inference", 31015), port(1026, "internal"), nodePort(1027, "manage", 31017)), null);
        control("kv-pool", resources(4, 8, 4, 8), List.of(port(50088, "kvp-master")), null);
        control("kv-conductor", resources(4, 8, 4, 8), List.of(port(13333, "conductor")), null);

        new Engine(this, "prefill-0", new Engine.Props("prefill", 8, seccomp));
        new Engine(this, "decode-0", new Engine.Props("decode", 8, seccomp));
    }

    /** A role without an NPU, and the Service that leads to it. */
    private void control(String role, ContainerResources size, List<ServicePort> ports, ServiceAccount account) {
        Construct scope = new Construct(this, role);
        SeccompSecuredDeployment deployment = SeccompSecuredDeployment.Builder.create(scope, "Deployment")
            .metadata(named("mindie-motor-" + role))
            .podMetadata(ApiObjectMetadata.builder().labels(Map.of("app", "mindie-motor-" + role)).build())
            .replicas(1)
            .seccomp(seccomp)
            .serviceAccount(account)
            .automountServiceAccountToken(account != null)
            .securityContext(Role.POD_SECURITY)
            .containers(List.of(
                Role.container(scope, role, Map.of(), List.of())
                    .ports(ports.stream().map(port -> ContainerPort.builder().number(port.getPort()).name(port.getName()).build()).toList())
                    .resources(size)
                    .startup(Role.probe("startup"))
                    .readiness(Role.probe("readiness"))
                    .liveness(Role.probe("liveness"))
                    .securityContext(Role.containerSecurity()
                        .capabilities(ContainerSecutiryContextCapabilities.builder().drop(List.of(Capability.ALL)).build())
                        .build())
                    .build()))
            .build();
        Service.Builder.create(scope, "Service")
            .metadata(named("mindie-motor-" + role))
            .selector(deployment)
            .type(ports.stream().anyMatch(port -> port.getNodePort() != null) ? ServiceType.NODE_PORT : ServiceType.CLUSTER_IP)
            .ports(ports)
            .build();
    }

    private static ApiObjectMetadata named(String name) {
        return ApiObjectMetadata.builder().name(name).build();
    }

    private static ServicePort port(int port, String name) {
        return ServicePort.builder().port(port).name(name).build();
    }

    private static ServicePort nodePort(int port, String name, int nodePort) {
        return ServicePort.builder().port(port).name(name).nodePort(nodePort).build();
    }

    /** CPU in units, memory in GiB. */
    private static ContainerResources resources(int cpuRequest, int cpuLimit, int memoryRequest, int memoryLimit) {
        return ContainerResources.builder()
            .cpu(CpuResources.builder().request(Cpu.units(cpuRequest)).limit(Cpu.units(cpuLimit)).build())
            .memory(MemoryResources.builder().request(Size.gibibytes(memoryRequest)).limit(Size.gibibytes(memoryLimit)).build())
            .build();
    }
}
