//go:build oldest

package main

import (
	admissionregistrationv1 "k8s.io/api/admissionregistration/v1"
	"k8s.io/api/admissionregistration/v1beta1"
	"k8s.io/apimachinery/pkg/util/version"
	"k8s.io/apiserver/pkg/admission/plugin/cel"
	"k8s.io/apiserver/pkg/admission/plugin/policy/validating"
	"k8s.io/apiserver/pkg/authorization/authorizerfactory"
	"k8s.io/apiserver/pkg/cel/environment"
)

type betaBinding = v1beta1.ValidatingAdmissionPolicyBinding

func setAuthorizer(policies *validating.Plugin) {
	policies.SetAuthorizer(authorizerfactory.NewAlwaysDenyAuthorizer())
}

// What does not compile with the functions of Kubernetes 1.27, which are those that 1.28 lets new policies use.
func errorsBefore(policy *admissionregistrationv1.ValidatingAdmissionPolicy) []string {
	compiler, err := cel.NewCompositedCompiler(environment.MustBaseEnvSet(version.MajorMinor(1, 27), true))
	check(err)
	var errs []string
	add := func(result cel.CompilationResult) {
		if result.Error != nil {
			errs = append(errs, "before 1.30: "+result.Error.Error())
		}
	}
	declarations := cel.OptionalVariableDeclarations{HasAuthorizer: true}
	for _, each := range policy.Spec.Variables {
		add(compiler.CompileAndStoreVariable(&validating.Variable{Name: each.Name, Expression: each.Expression}, declarations, environment.NewExpressions))
	}
	for _, each := range policy.Spec.Validations {
		add(compiler.CompileCELExpression(&validating.ValidationCondition{Expression: each.Expression}, declarations, environment.NewExpressions))
		message := &validating.MessageExpressionCondition{MessageExpression: each.MessageExpression}
		add(compiler.CompileCELExpression(message, cel.OptionalVariableDeclarations{}, environment.NewExpressions))
	}
	return errs
}
