from typing import Literal

from cdk8s import ApiObjectMetadata, Size
from cdk8s_plus_28 import ContainerResources, Cpu, CpuResources, EnvValue, MemoryResources, Node, NodeLabelQuery, k8s
from cdk8s_seccomp import SeccompMode, SeccompSecuredDeployment
from constructs import Construct

from role import POD_SECURITY, host_mounts, patch_pod_spec, role_container, shared_memory


class Engine(Construct):
    """One instance of the inference engine: its pod holds all NPUs of one server."""

    def __init__(self, scope: Construct, id: str, *, role: Literal["prefill", "decode"], npus: int, seccomp: SeccompMode) -> None:
        super().__init__(scope, id)
        engine = SeccompSecuredDeployment(
            self,
            "Deployment",
            metadata=ApiObjectMetadata(name=f"mindie-motor-{id}"),
            pod_metadata=ApiObjectMetadata(
                labels={"app": f"mindie-motor-{role}", "ring-controller.atlas": "ascend-910b", "fault-scheduling": "grace"},
            ),
            replicas=1,
            seccomp=seccomp,
            security_context=POD_SECURITY,
            containers=[role_container(
                self,
                role,
                env_variables={"OMP_NUM_THREADS": EnvValue.from_value("100")},
                resources=ContainerResources(
                    cpu=CpuResources(request=Cpu.units(32), limit=Cpu.units(64)),
                    memory=MemoryResources(request=Size.gibibytes(128), limit=Size.gibibytes(256)),
                ),
                volume_mounts=[
                    shared_memory(self, Size.gibibytes(4)),
                    *host_mounts(self, "/usr/local/Ascend/driver", "/etc/hccn.conf", "/mnt/weight", "/data", "/var/queue_schedule"),
                ],
            )],
        )
        node = Node.labeled(NodeLabelQuery.is_("accelerator", "huawei-Ascend910"), NodeLabelQuery.is_("accelerator-type", "module-910b-8"))
        engine.scheduling.attract(node)
        patch_pod_spec(engine, "schedulerName", "volcano")
        for kind in ("requests", "limits"):
            patch_pod_spec(engine, f"containers/0/resources/{kind}/huawei.com~1Ascend910", k8s.Quantity.from_number(npus))
