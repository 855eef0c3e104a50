"""Does what the library refuses, and prints the message that arrives in Python."""
import sys

from cdk8s import App, Chart
from cdk8s_plus_28 import ContainerProps, ContainerSecurityContextProps
from cdk8s_seccomp import SeccompMode, SeccompProfile, SeccompSecuredDeployment


def read_bad_document() -> None:
    SeccompProfile.from_json('{ "defaultAction": "SCMP_ACT_ALOW" }')


def synthesize_privileged_container() -> None:
    app = App()
    chart = Chart(app, "chart")
    security = ContainerSecurityContextProps(privileged=True, allow_privilege_escalation=True)
    SeccompSecuredDeployment(
        chart,
        "Engine",
        seccomp=SeccompMode.localhost_path("profiles/app.json"),
        containers=[ContainerProps(image="app", port_number=1025, security_context=security)],
    )
    app.synth()


try:
    {"document": read_bad_document, "privileged": synthesize_privileged_container}[sys.argv[1]]()
except RuntimeError as error:
    print(error)
