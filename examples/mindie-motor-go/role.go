package main

import (
	"regexp"
	"strings"

	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"
	"github.com/cdk8s-team/cdk8s-core-go/cdk8s/v2"
	"github.com/cdk8s-team/cdk8s-plus-go/cdk8splus28/v2"
)

const (
	namespace = "mindie"
	image     = "mindie:1.0.0-aarch64-800I-A2"
	scripts   = "/mnt/configmap"
)

// The images log below /root; the group owns the mounted volumes.
func podSecurity() *cdk8splus28.PodSecurityContextProps {
	return &cdk8splus28.PodSecurityContextProps{EnsureNonRoot: jsii.Bool(false), FsGroup: jsii.Number(1001)}
}

func containerSecurity() *cdk8splus28.ContainerSecurityContextProps {
	return &cdk8splus28.ContainerSecurityContextProps{
		EnsureNonRoot:            jsii.Bool(false),
		ReadOnlyRootFilesystem:   jsii.Bool(false),
		AllowPrivilegeEscalation: jsii.Bool(false),
	}
}

// roleContainer returns what the containers of all roles have in common. Its variables come from setVariables.
func roleContainer(scope constructs.Construct, role string) *cdk8splus28.ContainerProps {
	return &cdk8splus28.ContainerProps{
		Name:            jsii.String(role),
		Image:           jsii.String(image),
		Command:         jsii.Strings("/bin/bash", "-c", "source "+scripts+"/boot.sh"),
		VolumeMounts:    &[]*cdk8splus28.VolumeMount{configMount(scope)},
		SecurityContext: containerSecurity(),
	}
}

type variable struct {
	name  string
	value cdk8splus28.EnvValue
}

// setVariables gives the workload's container the variables of its role, and more. A Go map, as in ContainerProps.EnvVariables,
// would lose their order, which is part of the manifest.
func setVariables(workload cdk8splus28.Workload, role string, more ...variable) {
	variables := []variable{
		{"ROLE", cdk8splus28.EnvValue_FromValue(jsii.String(role))},
		{"JOB_NAME", cdk8splus28.EnvValue_FromValue(jsii.String("mindie-motor"))},
		{"POD_IP", cdk8splus28.EnvValue_FromFieldRef(cdk8splus28.EnvFieldPaths_POD_IP, nil)},
		{"HOST_IP", cdk8splus28.EnvValue_FromFieldRef(cdk8splus28.EnvFieldPaths_NODE_IP, nil)},
		{"POD_NAMESPACE", cdk8splus28.EnvValue_FromFieldRef(cdk8splus28.EnvFieldPaths_POD_NAMESPACE, nil)},
		{"CONFIGMAP_PATH", cdk8splus28.EnvValue_FromValue(jsii.String(scripts))},
		{"CONFIG_PATH", cdk8splus28.EnvValue_FromValue(jsii.String("/usr/local/Ascend/pyMotor/conf"))},
	}
	env := (*workload.Containers())[0].Env()
	for _, v := range append(variables, more...) {
		env.AddVariable(jsii.String(v.name), v.value)
	}
}

// MindIE Motor's deployment tool fills this ConfigMap: boot and probe scripts, and the configuration of the roles.
func configMount(scope constructs.Construct) *cdk8splus28.VolumeMount {
	config := cdk8splus28.ConfigMap_FromConfigMapName(scope, jsii.String("MotorConfig"), jsii.String("motor-config"))
	volume := cdk8splus28.Volume_FromConfigMap(scope, jsii.String("MotorConfigVolume"), config, &cdk8splus28.ConfigMapVolumeOptions{
		Name:        jsii.String("motor-config"),
		DefaultMode: jsii.Number(0o550),
	})
	return &cdk8splus28.VolumeMount{Path: jsii.String(scripts), Volume: volume}
}

var notInName = regexp.MustCompile(`[^a-z0-9]+`)

func hostMounts(scope constructs.Construct, paths ...string) []*cdk8splus28.VolumeMount {
	var mounts []*cdk8splus28.VolumeMount
	for _, path := range paths {
		name := notInName.ReplaceAllString(strings.ToLower(path[1:]), "-")
		volume := cdk8splus28.Volume_FromHostPath(scope, jsii.String("Host-"+name), jsii.String(name), &cdk8splus28.HostPathVolumeOptions{
			Path: jsii.String(path),
		})
		mounts = append(mounts, &cdk8splus28.VolumeMount{Path: jsii.String(path), Volume: volume})
	}
	return mounts
}

func sharedMemory(scope constructs.Construct, size cdk8s.Size) *cdk8splus28.VolumeMount {
	volume := cdk8splus28.Volume_FromEmptyDir(scope, jsii.String("SharedMemory"), jsii.String("dshm"), &cdk8splus28.EmptyDirVolumeOptions{
		Medium:    cdk8splus28.EmptyDirMedium_MEMORY,
		SizeLimit: size,
	})
	return &cdk8splus28.VolumeMount{Path: jsii.String("/dev/shm"), Volume: volume}
}

// probe returns the "startup", "readiness" or "liveness" probe.
func probe(kind string) cdk8splus28.Probe {
	return cdk8splus28.Probe_FromCommand(jsii.Strings("bash", scripts+"/probe.sh", kind), nil)
}

// patchPodSpec is for what cdk8s-plus has no property.
func patchPodSpec(workload cdk8splus28.Workload, path string, value any) {
	cdk8s.ApiObject_Of(workload).AddJsonPatch(cdk8s.JsonPatch_Add(jsii.String("/spec/template/spec/"+path), value))
}

// resources takes CPU in units, memory in GiB.
func resources(cpuRequest, cpuLimit, memoryRequest, memoryLimit float64) *cdk8splus28.ContainerResources {
	return &cdk8splus28.ContainerResources{
		Cpu: &cdk8splus28.CpuResources{
			Request: cdk8splus28.Cpu_Units(jsii.Number(cpuRequest)),
			Limit:   cdk8splus28.Cpu_Units(jsii.Number(cpuLimit)),
		},
		Memory: &cdk8splus28.MemoryResources{
			Request: cdk8s.Size_Gibibytes(jsii.Number(memoryRequest)),
			Limit:   cdk8s.Size_Gibibytes(jsii.Number(memoryLimit)),
		},
	}
}
