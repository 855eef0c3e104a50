package main

import (
	"os"

	"github.com/aws/jsii-runtime-go"
	"github.com/cdk8s-team/cdk8s-core-go/cdk8s/v2"
)

func main() {
	defer jsii.Close()

	mode, found := os.LookupEnv("SECCOMP_MODE")
	if !found {
		mode = "localhost"
	}
	app := cdk8s.NewApp(nil)
	seccomp := chooseSeccompMode(app, mode)
	NewMindieMotorChart(app, "mindie-motor", &MindieMotorChartProps{Seccomp: seccomp})
	app.Synth()
}
