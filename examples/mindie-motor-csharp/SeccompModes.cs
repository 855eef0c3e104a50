using System.Collections.Generic;
using Cdk8sSeccomp;
using Org.Cdk8s;
using Org.Cdk8s.Plus28;

namespace MindieMotor
{
    internal static class SeccompModes
    {
        /// <summary>The one place that decides how every pod of MindIE Motor is filtered.</summary>
        /// <param name="app">gets the chart that brings the profile to the nodes</param>
        /// <param name="name"><c>unconfined</c>, <c>runtime-default</c> or <c>localhost</c></param>
        internal static SeccompMode Choose(App app, string name) =>
            name == "localhost" ? SeccompMode.Localhost(ProfileDaemonSet(app)) : SeccompMode.Of(name);

        /// <summary>The DaemonSet mounts a host path, which Pod Security must allow: hence a namespace of its own.</summary>
        private static MindieProfileDaemonSet ProfileDaemonSet(App app)
        {
            const string name = "seccomp-profiles";
            var chart = new Chart(app, name, new ChartProps { Namespace = name, DisableResourceNameHashes = true });
            new Namespace(chart, "Namespace", new NamespaceProps
            {
                Metadata = new ApiObjectMetadata
                {
                    Name = name,
                    Labels = new Dictionary<string, string> { ["pod-security.kubernetes.io/enforce"] = "privileged" },
                },
            });
            return new MindieProfileDaemonSet(chart, "mindie");
        }
    }
}
