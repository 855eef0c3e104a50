// Does what the library refuses, and prints the message that arrives in Go.
package main

import (
	"fmt"
	"os"

	"github.com/aws/jsii-runtime-go"
	"github.com/cdk8s-seccomp/cdk8s-seccomp-go/cdk8sseccomp"
	"github.com/cdk8s-team/cdk8s-core-go/cdk8s/v2"
	"github.com/cdk8s-team/cdk8s-plus-go/cdk8splus28/v2"
)

func main() {
	defer jsii.Close()
	defer func() { fmt.Println(recover()) }()
	if os.Args[1] == "document" {
		cdk8sseccomp.SeccompProfile_FromJson(jsii.String(`{ "defaultAction": "SCMP_ACT_ALOW" }`))
	} else {
		synthesizePrivilegedContainer()
	}
}

func synthesizePrivilegedContainer() {
	app := cdk8s.NewApp(nil)
	chart := cdk8s.NewChart(app, jsii.String("chart"), nil)
	cdk8sseccomp.NewSeccompSecuredDeployment(chart, jsii.String("Engine"), &cdk8sseccomp.SeccompSecuredDeploymentProps{
		Seccomp: cdk8sseccomp.SeccompMode_LocalhostPath(jsii.String("profiles/app.json")),
		Containers: &[]*cdk8splus28.ContainerProps{{
			Image:      jsii.String("app"),
			PortNumber: jsii.Number(1025),
			SecurityContext: &cdk8splus28.ContainerSecurityContextProps{
				Privileged:               jsii.Bool(true),
				AllowPrivilegeEscalation: jsii.Bool(true),
			},
		}},
	})
	app.Synth()
}
