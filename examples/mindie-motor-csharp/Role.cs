using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using Constructs;
using Org.Cdk8s;
using Org.Cdk8s.Plus28;

namespace MindieMotor
{
    internal static class Role
    {
        internal const string Namespace = "mindie";

        private const string Image = "mindie:1.0.0-aarch64-800I-A2";
        private const string Scripts = "/mnt/configmap";

        /// <summary>The images log below /root; the group owns the mounted volumes.</summary>
        internal static readonly PodSecurityContextProps PodSecurity = new PodSecurityContextProps { EnsureNonRoot = false, FsGroup = 1001 };

        internal static ContainerSecurityContextProps ContainerSecurity(ContainerSecutiryContextCapabilities? capabilities = null) =>
            new ContainerSecurityContextProps
            {
                EnsureNonRoot = false,
                ReadOnlyRootFilesystem = false,
                AllowPrivilegeEscalation = false,
                Capabilities = capabilities,
            };

        /// <summary>What the containers of all roles have in common.</summary>
        internal static ContainerProps Container(Construct scope, string role) => new ContainerProps
        {
            Name = role,
            Image = Image,
            Command = new[] { "/bin/bash", "-c", $"source {Scripts}/boot.sh" },
            // Their order is part of the manifest: a Dictionary keeps it.
            EnvVariables = new Dictionary<string, EnvValue>
            {
                ["ROLE"] = EnvValue.FromValue(role),
                ["JOB_NAME"] = EnvValue.FromValue("mindie-motor"),
                ["POD_IP"] = EnvValue.FromFieldRef(EnvFieldPaths.POD_IP),
                ["HOST_IP"] = EnvValue.FromFieldRef(EnvFieldPaths.NODE_IP),
                ["POD_NAMESPACE"] = EnvValue.FromFieldRef(EnvFieldPaths.POD_NAMESPACE),
                ["CONFIGMAP_PATH"] = EnvValue.FromValue(Scripts),
                ["CONFIG_PATH"] = EnvValue.FromValue("/usr/local/Ascend/pyMotor/conf"),
            },
            VolumeMounts = new[] { ConfigMount(scope) },
            SecurityContext = ContainerSecurity(),
        };

        /// <summary>MindIE Motor's deployment tool fills this ConfigMap: boot and probe scripts, and the configuration of the roles.</summary>
        private static VolumeMount ConfigMount(Construct scope)
        {
            var config = ConfigMap.FromConfigMapName(scope, "MotorConfig", "motor-config");
            // C# has no octal numbers: r-xr-x---.
            var options = new ConfigMapVolumeOptions { Name = "motor-config", DefaultMode = 0b101_101_000 };
            return new VolumeMount { Path = Scripts, Volume = Volume.FromConfigMap(scope, "MotorConfigVolume", config, options) };
        }

        internal static IEnumerable<VolumeMount> HostMounts(Construct scope, params string[] paths) => paths.Select(path => HostMount(scope, path));

        private static VolumeMount HostMount(Construct scope, string path)
        {
            var name = Regex.Replace(path.Substring(1).ToLowerInvariant(), "[^a-z0-9]+", "-");
            return new VolumeMount
            {
                Path = path,
                Volume = Volume.FromHostPath(scope, $"Host-{name}", name, new HostPathVolumeOptions { Path = path }),
            };
        }

        internal static VolumeMount SharedMemory(Construct scope, Size size)
        {
            var options = new EmptyDirVolumeOptions { Medium = EmptyDirMedium.MEMORY, SizeLimit = size };
            return new VolumeMount { Path = "/dev/shm", Volume = Volume.FromEmptyDir(scope, "SharedMemory", "dshm", options) };
        }

        /// <param name="kind"><c>startup</c>, <c>readiness</c> or <c>liveness</c></param>
        internal static Probe Probe(string kind) => Org.Cdk8s.Plus28.Probe.FromCommand(new[] { "bash", $"{Scripts}/probe.sh", kind });

        /// <summary>For what cdk8s-plus has no property.</summary>
        internal static void PatchPodSpec(Workload workload, string path, object value) =>
            ApiObject.Of(workload).AddJsonPatch(JsonPatch.Add($"/spec/template/spec/{path}", value));
    }
}
