from typing import Optional

from cdk8s import ApiObjectMetadata, Chart, Size
from cdk8s_plus_28 import (
    ApiResource, Capability, ClusterRole, ContainerPort, ContainerResources, ContainerSecutiryContextCapabilities, Cpu, CpuResources, MemoryResources,
    Namespace, Service, ServiceAccount, ServicePort, ServiceType,
)
from cdk8s_seccomp import SeccompMode, SeccompSecuredDeployment
from constructs import Construct

from engine import Engine
from role import NAMESPACE, POD_SECURITY, container_security, probe, role_container


class MindieMotorChart(Chart):
    """MindIE Motor with one prefill and one decode engine."""

    def __init__(self, scope: Construct, id: str, *, seccomp: SeccompMode) -> None:
        super().__init__(scope, id, namespace=NAMESPACE)
        self._seccomp = seccomp
        Namespace(self, "Namespace", metadata=ApiObjectMetadata(name=NAMESPACE))

        account = ServiceAccount(self, "ControllerAccount", metadata=ApiObjectMetadata(name="mindie-motor-controller"))
        reader = ClusterRole(self, "ControllerRole", metadata=ApiObjectMetadata(name="mindie-motor-controller"))
        reader.allow_read(ApiResource.CONFIG_MAPS, ApiResource.NODES, ApiResource.PODS)
        reader.bind(account)

        self._control("controller", _resources(4, 8, 2, 4), [
            ServicePort(port=1026, name="internal"),
            ServicePort(port=1027, name="manage", node_port=31027),
        ], account)
        self._control("coordinator", _resources(16, 64, 4, 8), [
            ServicePort(port=1025, name="inference", node_port=31015),
            ServicePort(port=1026, name="internal"),
            ServicePort(port=1027, name="manage", node_port=31017),
        ])
        self._control("kv-pool", _resources(4, 8, 4, 8), [ServicePort(port=50088, name="kvp-master")])
        self._control("kv-conductor", _resources(4, 8, 4, 8), [ServicePort(port=13333, name="conductor")])

        Engine(self, "prefill-0", role="prefill", npus=8, seccomp=seccomp)
        Engine(self, "decode-0", role="decode", npus=8, seccomp=seccomp)

    def _control(self, role: str, size: ContainerResources, ports: list[ServicePort], account: Optional[ServiceAccount] = None) -> None:
        """A role without an NPU, and the Service that leads to it."""
        scope = Construct(self, role)
        deployment = SeccompSecuredDeployment(
            scope,
            "Deployment",
            metadata=ApiObjectMetadata(name=f"mindie-motor-{role}"),
            pod_metadata=ApiObjectMetadata(labels={"app": f"mindie-motor-{role}"}),
            replicas=1,
            seccomp=self._seccomp,
            service_account=account,
            automount_service_account_token=account is not None,
            security_context=POD_SECURITY,
            containers=[role_container(
                scope,
                role,
                ports=[ContainerPort(number=port.port, name=port.name) for port in ports],
                resources=size,
                startup=probe("startup"),
                readiness=probe("readiness"),
                liveness=probe("liveness"),
                security_context=container_security(ContainerSecutiryContextCapabilities(drop=[Capability.ALL])),
            )],
        )
        Service(
            scope,
            "Service",
            metadata=ApiObjectMetadata(name=f"mindie-motor-{role}"),
            selector=deployment,
            type=ServiceType.NODE_PORT if any(port.node_port for port in ports) else ServiceType.CLUSTER_IP,
            ports=ports,
        )


def _resources(cpu_request: int, cpu_limit: int, memory_request: int, memory_limit: int) -> ContainerResources:
    """CPU in units, memory in GiB."""
    return ContainerResources(
        cpu=CpuResources(request=Cpu.units(cpu_request), limit=Cpu.units(cpu_limit)),
        memory=MemoryResources(request=Size.gibibytes(memory_request), limit=Size.gibibytes(memory_limit)),
    )
