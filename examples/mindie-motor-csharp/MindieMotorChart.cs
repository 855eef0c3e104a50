using System.Collections.Generic;
using System.Linq;
using Cdk8sSeccomp;
using Constructs;
using Org.Cdk8s;
using Org.Cdk8s.Plus28;

namespace MindieMotor
{
    /// <summary>MindIE Motor with one prefill and one decode engine.</summary>
    internal sealed class MindieMotorChart : Chart
    {
        private readonly SeccompMode _seccomp;

        internal MindieMotorChart(Construct scope, string id, SeccompMode seccomp)
            : base(scope, id, new ChartProps { Namespace = Role.Namespace })
        {
            _seccomp = seccomp;
            new Namespace(this, "Namespace", new NamespaceProps { Metadata = Named(Role.Namespace) });

            var account = new ServiceAccount(this, "ControllerAccount", new ServiceAccountProps { Metadata = Named("mindie-motor-controller") });
            var reader = new ClusterRole(this, "ControllerRole", new ClusterRoleProps { Metadata = Named("mindie-motor-controller") });
            reader.AllowRead(ApiResource.CONFIG_MAPS, ApiResource.NODES, ApiResource.PODS);
            reader.Bind(account);

            Control("controller", Resources(4, 8, 2, 4), new[] { Port(1026, "internal"), Port(1027, "manage", 31027) }, account);
            Control("coordinator", Resources(16, 64, 4, 8), new[]
            {
                Port(1025, "inference", 31015), Port(1026, "internal"), Port(1027, "manage", 31017),
            });
            Control("kv-pool", Resources(4, 8, 4, 8), new[] { Port(50088, "kvp-master") });
            Control("kv-conductor", Resources(4, 8, 4, 8), new[] { Port(13333, "conductor") });

            new Engine(this, "prefill-0", role: "prefill", npus: 8, seccomp);
            new Engine(this, "decode-0", role: "decode", npus: 8, seccomp);
        }

        /// <summary>A role without an NPU, and the Service that leads to it.</summary>
        private void Control(string role, ContainerResources size, ServicePort[] ports, ServiceAccount? account = null)
        {
            var scope = new Construct(this, role);
            var container = Role.Container(scope, role);
            container.Ports = ports.Select(port => new ContainerPort { Number = port.Port, Name = port.Name }).ToArray();
            container.Resources = size;
            container.Startup = Role.Probe("startup");
            container.Readiness = Role.Probe("readiness");
            container.Liveness = Role.Probe("liveness");
            container.SecurityContext = Role.ContainerSecurity(new ContainerSecutiryContextCapabilities { Drop = new[] { Capability.ALL } });

            var deployment = new SeccompSecuredDeployment(scope, "Deployment", new SeccompSecuredDeploymentProps
            {
                Metadata = Named($"mindie-motor-{role}"),
                PodMetadata = new ApiObjectMetadata { Labels = new Dictionary<string, string> { ["app"] = $"mindie-motor-{role}" } },
                Replicas = 1,
                Seccomp = _seccomp,
                ServiceAccount = account,
                AutomountServiceAccountToken = account != null,
                SecurityContext = Role.PodSecurity,
                Containers = new[] { container },
            });
            new Service(scope, "Service", new ServiceProps
            {
                Metadata = Named($"mindie-motor-{role}"),
                Selector = deployment,
                Type = ports.Any(port => port.NodePort != null) ? ServiceType.NODE_PORT : ServiceType.CLUSTER_IP,
                Ports = ports,
            });
        }

        private static ApiObjectMetadata Named(string name) => new ApiObjectMetadata { Name = name };

        private static ServicePort Port(int port, string name, int? nodePort = null) =>
            new ServicePort { Port = port, Name = name, NodePort = nodePort };

        /// <summary>CPU in units, memory in GiB.</summary>
        private static ContainerResources Resources(int cpuRequest, int cpuLimit, int memoryRequest, int memoryLimit) => new ContainerResources
        {
            Cpu = new CpuResources { Request = Cpu.Units(cpuRequest), Limit = Cpu.Units(cpuLimit) },
            Memory = new MemoryResources { Request = Size.Gibibytes(memoryRequest), Limit = Size.Gibibytes(memoryLimit) },
        };
    }
}
