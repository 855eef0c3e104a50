package main

import (
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"
	"github.com/cdk8s-seccomp/cdk8s-seccomp-go/cdk8sseccomp"
	"github.com/cdk8s-team/cdk8s-core-go/cdk8s/v2"
	"github.com/cdk8s-team/cdk8s-plus-go/cdk8splus28/v2"
)

type MindieMotorChartProps struct {
	Seccomp cdk8sseccomp.SeccompMode
}

// NewMindieMotorChart adds MindIE Motor with one prefill and one decode engine.
func NewMindieMotorChart(scope constructs.Construct, id string, props *MindieMotorChartProps) cdk8s.Chart {
	chart := cdk8s.NewChart(scope, jsii.String(id), &cdk8s.ChartProps{Namespace: jsii.String(namespace)})
	cdk8splus28.NewNamespace(chart, jsii.String("Namespace"), &cdk8splus28.NamespaceProps{Metadata: named(namespace)})

	account := cdk8splus28.NewServiceAccount(chart, jsii.String("ControllerAccount"), &cdk8splus28.ServiceAccountProps{
		Metadata: named("mindie-motor-controller"),
	})
	reader := cdk8splus28.NewClusterRole(chart, jsii.String("ControllerRole"), &cdk8splus28.ClusterRoleProps{
		Metadata: named("mindie-motor-controller"),
	})
	reader.AllowRead(cdk8splus28.ApiResource_CONFIG_MAPS(), cdk8splus28.ApiResource_NODES(), cdk8splus28.ApiResource_PODS())
	reader.Bind(account)

	newControl(chart, "controller", &controlProps{
		size:    resources(4, 8, 2, 4),
		ports:   []*cdk8splus28.ServicePort{port(1026, "internal"), nodePort(1027, "manage", 31027)},
		account: account,
		seccomp: props.Seccomp,
	})
	newControl(chart, "coordinator", &controlProps{
		size:    resources(16, 64, 4, 8),
		ports:   []*cdk8splus28.ServicePort{nodePort(1025, "inference", 31015), port(1026, "internal"), nodePort(1027, "manage", 31017)},
		seccomp: props.Seccomp,
	})
	newControl(chart, "kv-pool", &controlProps{
		size:    resources(4, 8, 4, 8),
		ports:   []*cdk8splus28.ServicePort{port(50088, "kvp-master")},
		seccomp: props.Seccomp,
	})
	newControl(chart, "kv-conductor", &controlProps{
		size:    resources(4, 8, 4, 8),
		ports:   []*cdk8splus28.ServicePort{port(13333, "conductor")},
		seccomp: props.Seccomp,
	})

	NewEngine(chart, "prefill-0", &EngineProps{Role: "prefill", Npus: 8, Seccomp: props.Seccomp})
	NewEngine(chart, "decode-0", &EngineProps{Role: "decode", Npus: 8, Seccomp: props.Seccomp})
	return chart
}

type controlProps struct {
	size    *cdk8splus28.ContainerResources
	ports   []*cdk8splus28.ServicePort
	account cdk8splus28.ServiceAccount // nil: the pod calls no API
	seccomp cdk8sseccomp.SeccompMode
}

// newControl adds a role without an NPU, and the Service that leads to it.
func newControl(parent constructs.Construct, role string, props *controlProps) {
	scope := constructs.NewConstruct(parent, jsii.String(role))
	container := roleContainer(scope, role)
	container.Resources = props.size
	container.Startup = probe("startup")
	container.Readiness = probe("readiness")
	container.Liveness = probe("liveness")
	container.SecurityContext.Capabilities = &cdk8splus28.ContainerSecutiryContextCapabilities{
		Drop: &[]cdk8splus28.Capability{cdk8splus28.Capability_ALL},
	}
	ports := []*cdk8splus28.ContainerPort{}
	serviceType := cdk8splus28.ServiceType_CLUSTER_IP
	for _, port := range props.ports {
		ports = append(ports, &cdk8splus28.ContainerPort{Number: port.Port, Name: port.Name})
		if port.NodePort != nil {
			serviceType = cdk8splus28.ServiceType_NODE_PORT
		}
	}
	container.Ports = &ports

	deployment := cdk8sseccomp.NewSeccompSecuredDeployment(scope, jsii.String("Deployment"), &cdk8sseccomp.SeccompSecuredDeploymentProps{
		Metadata:                     named("mindie-motor-" + role),
		PodMetadata:                  &cdk8s.ApiObjectMetadata{Labels: &map[string]*string{"app": jsii.String("mindie-motor-" + role)}},
		Replicas:                     jsii.Number(1),
		Seccomp:                      props.seccomp,
		ServiceAccount:               props.account,
		AutomountServiceAccountToken: jsii.Bool(props.account != nil),
		SecurityContext:              podSecurity(),
		Containers:                   &[]*cdk8splus28.ContainerProps{container},
	})
	setVariables(deployment, role)

	cdk8splus28.NewService(scope, jsii.String("Service"), &cdk8splus28.ServiceProps{
		Metadata: named("mindie-motor-" + role),
		Selector: deployment,
		Type:     serviceType,
		Ports:    &props.ports,
	})
}

func named(name string) *cdk8s.ApiObjectMetadata {
	return &cdk8s.ApiObjectMetadata{Name: jsii.String(name)}
}

func port(number float64, name string) *cdk8splus28.ServicePort {
	return &cdk8splus28.ServicePort{Port: jsii.Number(number), Name: jsii.String(name)}
}

func nodePort(number float64, name string, node float64) *cdk8splus28.ServicePort {
	return &cdk8splus28.ServicePort{Port: jsii.Number(number), Name: jsii.String(name), NodePort: jsii.Number(node)}
}
