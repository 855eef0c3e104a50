// Answers with the admission of Kubernetes itself, of which it takes the seccomp control alone: one JSON request per line of standard input, one
// answer per line of standard output. Its arguments are the versions to hold pods to.
package main

import (
	"bufio"
	"context"
	"encoding/json"
	"os"
	"strings"

	admissionv1 "k8s.io/api/admission/v1"
	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/apimachinery/pkg/runtime/serializer"
	"k8s.io/pod-security-admission/admission"
	admissionapi "k8s.io/pod-security-admission/admission/api"
	"k8s.io/pod-security-admission/api"
	"k8s.io/pod-security-admission/metrics"
	"k8s.io/pod-security-admission/policy"
)

type request struct {
	Pod       json.RawMessage `json:"pod"`
	Namespace json.RawMessage `json:"namespace"`
}

type result struct {
	Allowed bool   `json:"allowed"`
	Reason  string `json:"reason"`
	Detail  string `json:"detail"`
}

type answer struct {
	// Of the decoder.
	Error string `json:"error,omitempty"`
	// Each once, and by level and version the number of the one that holds.
	Results []result         `json:"results,omitempty"`
	Levels  map[string][]int `json:"levels,omitempty"`
	// Of a pod in a namespace.
	Labels      map[string]string `json:"labels,omitempty"`
	LabelErrors []string          `json:"labelErrors,omitempty"`
	Message     string            `json:"message,omitempty"`
	Warnings    []string          `json:"warnings,omitempty"`
	Audit       string            `json:"audit,omitempty"`
}

type silent struct{}

func (silent) RecordEvaluation(metrics.Decision, api.LevelVersion, metrics.Mode, api.Attributes) {}
func (silent) RecordExemption(api.Attributes)                                                    {}
func (silent) RecordError(bool, api.Attributes)                                                  {}

type oneNamespace struct{ namespace *corev1.Namespace }

func (n oneNamespace) GetNamespace(context.Context, string) (*corev1.Namespace, error) {
	return n.namespace, nil
}

func check(err error) {
	if err != nil {
		panic(err)
	}
}

var decoder = newDecoder()

func newDecoder() runtime.Decoder {
	scheme := runtime.NewScheme()
	check(corev1.AddToScheme(scheme))
	return serializer.NewCodecFactory(scheme).UniversalDeserializer()
}

func decode(raw []byte, kind string, into runtime.Object) error {
	gvk := schema.GroupVersionKind{Version: "v1", Kind: kind}
	_, _, err := decoder.Decode(raw, &gvk, into)
	return err
}

func newEvaluator() policy.Evaluator {
	var checks []policy.Check
	for _, each := range policy.DefaultChecks() {
		if strings.HasPrefix(string(each.ID), "seccompProfile_") {
			checks = append(checks, each)
		}
	}
	evaluator, err := policy.NewEvaluator(checks, nil)
	check(err)
	return evaluator
}

func evaluate(evaluator policy.Evaluator, pod *corev1.Pod, versions []api.Version) answer {
	known := map[result]int{}
	said := answer{Levels: map[string][]int{}}
	for _, level := range []api.Level{api.LevelPrivileged, api.LevelBaseline, api.LevelRestricted} {
		for _, version := range versions {
			found := policy.AggregateCheckResults(evaluator.EvaluatePod(api.LevelVersion{Level: level, Version: version}, &pod.ObjectMeta, &pod.Spec))
			each := result{found.Allowed, found.ForbiddenReason(), strings.Join(found.ForbiddenDetails, ", ")}
			number, ok := known[each]
			if !ok {
				number = len(known)
				known[each] = number
				said.Results = append(said.Results, each)
			}
			said.Levels[string(level)] = append(said.Levels[string(level)], number)
		}
	}
	return said
}

func admit(evaluator policy.Evaluator, pod *corev1.Pod, namespace *corev1.Namespace) answer {
	controller := admission.Admission{
		Configuration: &admissionapi.PodSecurityConfiguration{Defaults: admissionapi.PodSecurityDefaults{
			Enforce: "privileged", EnforceVersion: "latest", Audit: "privileged", AuditVersion: "latest", Warn: "privileged", WarnVersion: "latest",
		}},
		Evaluator:       evaluator,
		Metrics:         silent{},
		NamespaceGetter: oneNamespace{namespace},
	}
	check(controller.CompleteConfiguration())
	asked, errs := controller.PolicyToEvaluate(namespace.Labels)
	said := answer{Labels: map[string]string{"enforce": asked.Enforce.String(), "audit": asked.Audit.String(), "warn": asked.Warn.String()}}
	for _, err := range errs {
		said.LabelErrors = append(said.LabelErrors, err.Error())
	}
	response := controller.Validate(context.Background(), &api.AttributesRecord{
		Name: pod.Name, Namespace: namespace.Name, Operation: admissionv1.Create, Object: pod,
		Resource: schema.GroupVersionResource{Version: "v1", Resource: "pods"}, Kind: schema.GroupVersionKind{Version: "v1", Kind: "Pod"},
	})
	if response.Result != nil {
		said.Message = response.Result.Message
	}
	said.Warnings = response.Warnings
	said.Audit = response.AuditAnnotations[api.AuditViolationsAnnotationKey]
	return said
}

func respond(evaluator policy.Evaluator, line []byte, versions []api.Version) answer {
	var asked request
	check(json.Unmarshal(line, &asked))
	var pod corev1.Pod
	if err := decode(asked.Pod, "Pod", &pod); err != nil {
		return answer{Error: err.Error()}
	}
	if asked.Namespace == nil {
		return evaluate(evaluator, &pod, versions)
	}
	var namespace corev1.Namespace
	if err := decode(asked.Namespace, "Namespace", &namespace); err != nil {
		return answer{Error: err.Error()}
	}
	return admit(evaluator, &pod, &namespace)
}

func main() {
	var versions []api.Version
	for _, text := range os.Args[1:] {
		version, err := api.ParseVersion(text)
		check(err)
		versions = append(versions, version)
	}
	evaluator := newEvaluator()
	in := bufio.NewReaderSize(os.Stdin, 1<<20)
	out := bufio.NewWriterSize(os.Stdout, 1<<20)
	defer out.Flush()
	encoder := json.NewEncoder(out)
	encoder.SetEscapeHTML(false)
	for {
		line, err := in.ReadBytes('\n')
		if err != nil {
			return
		}
		check(encoder.Encode(respond(evaluator, line, versions)))
	}
}
