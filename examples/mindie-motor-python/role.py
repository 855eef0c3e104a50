import re
from collections.abc import Mapping, Sequence
from typing import Any, Optional

from cdk8s import ApiObject, JsonPatch, Size
from cdk8s_plus_28 import (
    ConfigMap, ContainerProps, ContainerSecurityContextProps, ContainerSecutiryContextCapabilities, EmptyDirMedium, EnvFieldPaths, EnvValue,
    PodSecurityContextProps, Probe, Volume, VolumeMount, Workload,
)
from constructs import Construct

NAMESPACE = "mindie"
IMAGE = "mindie:1.0.0-aarch64-800I-A2"

_SCRIPTS = "/mnt/configmap"

# The images log below /root; the group owns the mounted volumes.
POD_SECURITY = PodSecurityContextProps(ensure_non_root=False, fs_group=1001)


def container_security(capabilities: Optional[ContainerSecutiryContextCapabilities] = None) -> ContainerSecurityContextProps:
    return ContainerSecurityContextProps(
        ensure_non_root=False, read_only_root_filesystem=False, allow_privilege_escalation=False, capabilities=capabilities,
    )


def role_container(
    scope: Construct,
    role: str,
    *,
    env_variables: Optional[Mapping[str, EnvValue]] = None,
    volume_mounts: Sequence[VolumeMount] = (),
    **props: Any,
) -> ContainerProps:
    """What the containers of all roles have in common, and what one of them adds to it."""
    props.setdefault("security_context", container_security())
    return ContainerProps(
        name=role,
        image=IMAGE,
        command=["/bin/bash", "-c", f"source {_SCRIPTS}/boot.sh"],
        env_variables={
            "ROLE": EnvValue.from_value(role),
            "JOB_NAME": EnvValue.from_value("mindie-motor"),
            "POD_IP": EnvValue.from_field_ref(EnvFieldPaths.POD_IP),
            "HOST_IP": EnvValue.from_field_ref(EnvFieldPaths.NODE_IP),
            "POD_NAMESPACE": EnvValue.from_field_ref(EnvFieldPaths.POD_NAMESPACE),
            "CONFIGMAP_PATH": EnvValue.from_value(_SCRIPTS),
            "CONFIG_PATH": EnvValue.from_value("/usr/local/Ascend/pyMotor/conf"),
            **(env_variables or {}),
        },
        volume_mounts=[_config_mount(scope), *volume_mounts],
        **props,
    )


def _config_mount(scope: Construct) -> VolumeMount:
    """MindIE Motor's deployment tool fills this ConfigMap: boot and probe scripts, and the configuration of the roles."""
    config = ConfigMap.from_config_map_name(scope, "MotorConfig", "motor-config")
    volume = Volume.from_config_map(scope, "MotorConfigVolume", config, name="motor-config", default_mode=0o550)
    return VolumeMount(path=_SCRIPTS, volume=volume)


def host_mounts(scope: Construct, *paths: str) -> list[VolumeMount]:
    def mount(path: str) -> VolumeMount:
        name = re.sub(r"[^a-z0-9]+", "-", path[1:].lower())
        return VolumeMount(path=path, volume=Volume.from_host_path(scope, f"Host-{name}", name, path=path))

    return [mount(path) for path in paths]


def shared_memory(scope: Construct, size: Size) -> VolumeMount:
    volume = Volume.from_empty_dir(scope, "SharedMemory", "dshm", medium=EmptyDirMedium.MEMORY, size_limit=size)
    return VolumeMount(path="/dev/shm", volume=volume)


def probe(kind: str) -> Probe:
    """:param kind: ``startup``, ``readiness`` or ``liveness``"""
    return Probe.from_command(["bash", f"{_SCRIPTS}/probe.sh", kind])


def patch_pod_spec(workload: Workload, path: str, value: Any) -> None:
    """For what cdk8s-plus has no property."""
    ApiObject.of(workload).add_json_patch(JsonPatch.add(f"/spec/template/spec/{path}", value))
