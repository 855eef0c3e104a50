using System;
using Org.Cdk8s;

namespace MindieMotor
{
    internal static class Program
    {
        private static void Main()
        {
            var app = new App();
            var seccomp = SeccompModes.Choose(app, Environment.GetEnvironmentVariable("SECCOMP_MODE") ?? "localhost");
            new MindieMotorChart(app, "mindie-motor", seccomp);
            app.Synth();
        }
    }
}
