package main

import (
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"
	"github.com/cdk8s-seccomp/cdk8s-seccomp-go/cdk8sseccomp"
	"github.com/cdk8s-team/cdk8s-core-go/cdk8s/v2"
	"github.com/cdk8s-team/cdk8s-plus-go/cdk8splus28/v2"
	"github.com/cdk8s-team/cdk8s-plus-go/cdk8splus28/v2/k8s"
)

type EngineProps struct {
	Role    string // "prefill" or "decode"
	Npus    float64
	Seccomp cdk8sseccomp.SeccompMode
}

// NewEngine adds one instance of the inference engine: its pod holds all NPUs of one server.
func NewEngine(parent constructs.Construct, id string, props *EngineProps) constructs.Construct {
	scope := constructs.NewConstruct(parent, jsii.String(id))
	container := roleContainer(scope, props.Role)
	container.Resources = resources(32, 64, 128, 256)
	mounts := append(*container.VolumeMounts, sharedMemory(scope, cdk8s.Size_Gibibytes(jsii.Number(4))))
	mounts = append(mounts, hostMounts(scope, "/usr/local/Ascend/driver", "/etc/hccn.conf", "/mnt/weight", "/data", "/var/queue_schedule")...)
	container.VolumeMounts = &mounts

	engine := cdk8sseccomp.NewSeccompSecuredDeployment(scope, jsii.String("Deployment"), &cdk8sseccomp.SeccompSecuredDeploymentProps{
		Metadata: &cdk8s.ApiObjectMetadata{Name: jsii.String("mindie-motor-" + id)},
		PodMetadata: &cdk8s.ApiObjectMetadata{Labels: &map[string]*string{
			"app":                   jsii.String("mindie-motor-" + props.Role),
			"ring-controller.atlas": jsii.String("ascend-910b"),
			"fault-scheduling":      jsii.String("grace"),
		}},
		Replicas:        jsii.Number(1),
		Seccomp:         props.Seccomp,
		SecurityContext: podSecurity(),
		Containers:      &[]*cdk8splus28.ContainerProps{container},
	})
	setVariables(engine, props.Role, variable{"OMP_NUM_THREADS", cdk8splus28.EnvValue_FromValue(jsii.String("100"))})

	engine.Scheduling().Attract(cdk8splus28.Node_Labeled(
		cdk8splus28.NodeLabelQuery_Is(jsii.String("accelerator"), jsii.String("huawei-Ascend910")),
		cdk8splus28.NodeLabelQuery_Is(jsii.String("accelerator-type"), jsii.String("module-910b-8")),
	), nil)
	patchPodSpec(engine, "schedulerName", "volcano")
	for _, kind := range []string{"requests", "limits"} {
		patchPodSpec(engine, "containers/0/resources/"+kind+"/huawei.com~1Ascend910", k8s.Quantity_FromNumber(jsii.Number(props.Npus)))
	}
	return scope
}
