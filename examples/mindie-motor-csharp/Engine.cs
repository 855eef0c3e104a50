using System.Collections.Generic;
using System.Linq;
using Cdk8sSeccomp;
using Constructs;
using Org.Cdk8s;
using Org.Cdk8s.Plus28;
using Org.Cdk8s.Plus28.K8S;
// In a construct, `Node` is its place in the tree.
using ClusterNode = Org.Cdk8s.Plus28.Node;

namespace MindieMotor
{
    /// <summary>One instance of the inference engine: its pod holds all NPUs of one server.</summary>
    internal sealed class Engine : Construct
    {
        /// <param name="scope">where it stands</param>
        /// <param name="id">its id there</param>
        /// <param name="role"><c>prefill</c> or <c>decode</c></param>
        /// <param name="npus">NPUs of one server</param>
        /// <param name="seccomp">how its pod is filtered</param>
        internal Engine(Construct scope, string id, string role, int npus, SeccompMode seccomp) : base(scope, id)
        {
            var container = Role.Container(this, role);
            container.EnvVariables!["OMP_NUM_THREADS"] = EnvValue.FromValue("100");
            container.VolumeMounts = container.VolumeMounts!
                .Append(Role.SharedMemory(this, Size.Gibibytes(4)))
                .Concat(Role.HostMounts(this, "/usr/local/Ascend/driver", "/etc/hccn.conf", "/mnt/weight", "/data", "/var/queue_schedule"))
                .ToArray();
            container.Resources = new ContainerResources
            {
                Cpu = new CpuResources { Request = Cpu.Units(32), Limit = Cpu.Units(64) },
                Memory = new MemoryResources { Request = Size.Gibibytes(128), Limit = Size.Gibibytes(256) },
            };

            var engine = new SeccompSecuredDeployment(this, "Deployment", new SeccompSecuredDeploymentProps
            {
                Metadata = new ApiObjectMetadata { Name = $"mindie-motor-{id}" },
                PodMetadata = new ApiObjectMetadata
                {
                    Labels = new Dictionary<string, string>
                    {
                        ["app"] = $"mindie-motor-{role}",
                        ["ring-controller.atlas"] = "ascend-910b",
                        ["fault-scheduling"] = "grace",
                    },
                },
                Replicas = 1,
                Seccomp = seccomp,
                SecurityContext = Role.PodSecurity,
                Containers = new[] { container },
            });
            engine.Scheduling.Attract(ClusterNode.Labeled(
                NodeLabelQuery.Is("accelerator", "huawei-Ascend910"),
                NodeLabelQuery.Is("accelerator-type", "module-910b-8")));
            Role.PatchPodSpec(engine, "schedulerName", "volcano");
            foreach (var kind in new[] { "requests", "limits" })
            {
                Role.PatchPodSpec(engine, $"containers/0/resources/{kind}/huawei.com~1Ascend910", Quantity.FromNumber(npus));
            }
        }
    }
}
