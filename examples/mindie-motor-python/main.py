import os

from cdk8s import App

from mindie_motor_chart import MindieMotorChart
from seccomp_mode import choose_seccomp_mode

app = App()
seccomp = choose_seccomp_mode(app, os.environ.get("SECCOMP_MODE", "localhost"))
MindieMotorChart(app, "mindie-motor", seccomp=seccomp)
app.synth()
