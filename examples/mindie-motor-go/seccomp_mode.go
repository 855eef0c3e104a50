package main

import (
	"github.com/aws/jsii-runtime-go"
	"github.com/cdk8s-seccomp/cdk8s-seccomp-go/cdk8sseccomp"
	"github.com/cdk8s-team/cdk8s-core-go/cdk8s/v2"
	"github.com/cdk8s-team/cdk8s-plus-go/cdk8splus28/v2"
)

// chooseSeccompMode is the one place that decides how every pod of MindIE Motor is filtered: "unconfined", "runtime-default" or "localhost".
func chooseSeccompMode(app cdk8s.App, name string) cdk8sseccomp.SeccompMode {
	if name == "localhost" {
		return cdk8sseccomp.SeccompMode_Localhost(newProfileDaemonSet(app))
	}
	return cdk8sseccomp.SeccompMode_Of(jsii.String(name))
}

// The DaemonSet mounts a host path, which Pod Security must allow: hence a namespace of its own.
func newProfileDaemonSet(app cdk8s.App) cdk8sseccomp.MindieProfileDaemonSet {
	namespace := jsii.String("seccomp-profiles")
	chart := cdk8s.NewChart(app, namespace, &cdk8s.ChartProps{Namespace: namespace, DisableResourceNameHashes: jsii.Bool(true)})
	cdk8splus28.NewNamespace(chart, jsii.String("Namespace"), &cdk8splus28.NamespaceProps{
		Metadata: &cdk8s.ApiObjectMetadata{
			Name:   namespace,
			Labels: &map[string]*string{"pod-security.kubernetes.io/enforce": jsii.String("privileged")},
		},
	})
	return cdk8sseccomp.NewMindieProfileDaemonSet(chart, jsii.String("mindie"), nil)
}
