//go:build !oldest

package main

import (
	admissionregistrationv1 "k8s.io/api/admissionregistration/v1"
	"k8s.io/api/admissionregistration/v1beta1"
	"k8s.io/apiserver/pkg/admission/plugin/policy/validating"
	"k8s.io/apiserver/pkg/authorization/authorizerfactory"
)

type betaBinding = v1beta1.ValidatingAdmissionPolicyBinding

func setAuthorizer(policies *validating.Plugin) {
	policies.SetUnconditionalAuthorizer(authorizerfactory.NewAlwaysDenyAuthorizer())
}

// The oldest looks after it.
func errorsBefore(*admissionregistrationv1.ValidatingAdmissionPolicy) []string { return nil }
