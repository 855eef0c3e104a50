from cdk8s import ApiObjectMetadata, App, Chart
from cdk8s_plus_28 import Namespace
from cdk8s_seccomp import MindieProfileDaemonSet, SeccompMode


def choose_seccomp_mode(app: App, name: str) -> SeccompMode:
    """The one place that decides how every pod of MindIE Motor is filtered.

    :param name: ``unconfined``, ``runtime-default`` or ``localhost``
    """
    return SeccompMode.localhost(_profile_daemon_set(app)) if name == "localhost" else SeccompMode.of(name)


def _profile_daemon_set(app: App) -> MindieProfileDaemonSet:
    """The DaemonSet mounts a host path, which Pod Security must allow: hence a namespace of its own."""
    namespace = "seccomp-profiles"
    chart = Chart(app, namespace, namespace=namespace, disable_resource_name_hashes=True)
    labels = {"pod-security.kubernetes.io/enforce": "privileged"}
    Namespace(chart, "Namespace", metadata=ApiObjectMetadata(name=namespace, labels=labels))
    return MindieProfileDaemonSet(chart, "mindie")
