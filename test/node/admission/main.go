// Answers with the ValidatingAdmissionPolicy machinery of Kubernetes itself. Its argument is a file with the policies, bindings and namespaces of a
// cluster. The first line of standard output says what an API server has against them when they are created, and what its type checker warns of.
// Then comes one answer per line of standard input, each of which is a request to the API server.
package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"os"

	admissionregistrationv1 "k8s.io/api/admissionregistration/v1"
	corev1 "k8s.io/api/core/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	"k8s.io/apimachinery/pkg/api/meta/testrestmapper"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/apimachinery/pkg/runtime/serializer"
	"k8s.io/apimachinery/pkg/util/validation/field"
	"k8s.io/apiserver/pkg/admission"
	"k8s.io/apiserver/pkg/admission/plugin/policy/validating"
	"k8s.io/apiserver/pkg/authentication/user"
	"k8s.io/apiserver/pkg/cel/openapi/resolver"
	"k8s.io/apiserver/pkg/warning"
	dynamicfake "k8s.io/client-go/dynamic/fake"
	"k8s.io/client-go/informers"
	"k8s.io/client-go/kubernetes/fake"
	kubernetesscheme "k8s.io/client-go/kubernetes/scheme"
	"k8s.io/kubernetes/pkg/apis/admissionregistration"
	"k8s.io/kubernetes/pkg/apis/admissionregistration/install"
	"k8s.io/kubernetes/pkg/apis/admissionregistration/validation"
	"k8s.io/kubernetes/pkg/generated/openapi"
)

type request struct {
	Operation   admission.Operation `json:"operation"`
	Resource    string              `json:"resource"`
	Subresource string              `json:"subresource"`
	Namespace   string              `json:"namespace"`
	User        string              `json:"user"`
	Object      json.RawMessage     `json:"object"`
	OldObject   json.RawMessage     `json:"oldObject"`
}

type answer struct {
	Allowed  bool              `json:"allowed"`
	Code     int32             `json:"code,omitempty"`
	Message  string            `json:"message,omitempty"`
	Warnings []string          `json:"warnings,omitempty"`
	Audit    map[string]string `json:"audit,omitempty"`
}

type creation struct {
	Errors       []string `json:"errors"`
	TypeWarnings []string `json:"typeWarnings"`
}

func check(err error) {
	if err != nil {
		panic(err)
	}
}

var decoder = serializer.NewCodecFactory(kubernetesscheme.Scheme, serializer.EnableStrict).UniversalDeserializer()

func decode(text []byte) (runtime.Object, *schema.GroupVersionKind) {
	object, kind, err := decoder.Decode(text, nil, nil)
	check(err)
	return object, kind
}

// A resource as an API server holds it: with its defaults, and validated.
func create(object runtime.Object, scheme *runtime.Scheme) (runtime.Object, field.ErrorList) {
	scheme.Default(object)
	convert := func(into any) { check(scheme.Convert(object, into, nil)) }
	switch object.(type) {
	case *corev1.Namespace:
		return object, nil
	case *admissionregistrationv1.ValidatingAdmissionPolicyBinding, *betaBinding:
		var internal admissionregistration.ValidatingAdmissionPolicyBinding
		convert(&internal)
		var stored admissionregistrationv1.ValidatingAdmissionPolicyBinding
		check(scheme.Convert(&internal, &stored, nil))
		return &stored, validation.ValidateValidatingAdmissionPolicyBinding(&internal)
	default:
		var internal admissionregistration.ValidatingAdmissionPolicy
		convert(&internal)
		var stored admissionregistrationv1.ValidatingAdmissionPolicy
		check(scheme.Convert(&internal, &stored, nil))
		return &stored, validation.ValidateValidatingAdmissionPolicy(&internal)
	}
}

func load(path string) ([]runtime.Object, creation) {
	text, err := os.ReadFile(path)
	check(err)
	var manifests []json.RawMessage
	check(json.Unmarshal(text, &manifests))
	scheme := runtime.NewScheme()
	install.Install(scheme)
	checker := validating.TypeChecker{
		SchemaResolver: resolver.NewDefinitionsSchemaResolver(openapi.GetOpenAPIDefinitions, kubernetesscheme.Scheme),
		RestMapper:     testrestmapper.TestOnlyStaticRESTMapper(kubernetesscheme.Scheme),
	}
	var objects []runtime.Object
	said := creation{Errors: []string{}, TypeWarnings: []string{}}
	for _, each := range manifests {
		decoded, _ := decode(each)
		object, errs := create(decoded, scheme)
		for _, err := range errs {
			said.Errors = append(said.Errors, err.Error())
		}
		if policy, ok := object.(*admissionregistrationv1.ValidatingAdmissionPolicy); ok {
			said.Errors = append(said.Errors, errorsBefore(policy)...)
			for _, found := range checker.Check(policy) {
				said.TypeWarnings = append(said.TypeWarnings, found.FieldRef+": "+found.Warning)
			}
		}
		objects = append(objects, object)
	}
	return objects, said
}

type initializer struct{ objects []runtime.Object }

func (i initializer) Initialize(plugin admission.Interface) {
	client := fake.NewSimpleClientset(i.objects...)
	factory := informers.NewSharedInformerFactory(client, 0)
	policies := plugin.(*validating.Plugin)
	policies.SetEnabled(true)
	policies.SetExternalKubeClientSet(client)
	policies.SetExternalKubeInformerFactory(factory)
	policies.SetRESTMapper(testrestmapper.TestOnlyStaticRESTMapper(kubernetesscheme.Scheme))
	policies.SetDynamicClient(dynamicfake.NewSimpleDynamicClient(kubernetesscheme.Scheme))
	policies.SetDrainedNotification(make(chan struct{}))
	setAuthorizer(policies)
	// Informers start only once they have been asked for.
	factory.Admissionregistration().V1().ValidatingAdmissionPolicies().Informer()
	factory.Admissionregistration().V1().ValidatingAdmissionPolicyBindings().Informer()
	factory.Core().V1().Namespaces().Informer()
	factory.Start(make(chan struct{}))
	factory.WaitForCacheSync(make(chan struct{}))
}

type recorder struct{ said *answer }

func (r recorder) AddWarning(_, text string) { r.said.Warnings = append(r.said.Warnings, text) }

type audited struct {
	admission.Attributes
	said *answer
}

func (a audited) AddAnnotation(key, value string) error {
	if a.said.Audit == nil {
		a.said.Audit = map[string]string{}
	}
	a.said.Audit[key] = value
	return nil
}

func respond(policies admission.ValidationInterface, line []byte) answer {
	var asked request
	check(json.Unmarshal(line, &asked))
	object, kind := decode(asked.Object)
	var oldObject runtime.Object
	if asked.OldObject != nil {
		oldObject, _ = decode(asked.OldObject)
	}
	var options runtime.Object = &metav1.CreateOptions{}
	if asked.Operation == admission.Update {
		options = &metav1.UpdateOptions{}
	}
	var said answer
	attributes := admission.NewAttributesRecord(object, oldObject, *kind, asked.Namespace, "", kind.GroupVersion().WithResource(asked.Resource), asked.Subresource,
		asked.Operation, options, false, &user.DefaultInfo{Name: asked.User})
	ctx := warning.WithWarningRecorder(context.Background(), recorder{&said})
	err := policies.Validate(ctx, audited{attributes, &said}, admission.NewObjectInterfacesFromScheme(kubernetesscheme.Scheme))
	said.Allowed = err == nil
	var status apierrors.APIStatus
	if errors.As(err, &status) {
		said.Code, said.Message = status.Status().Code, status.Status().Message
	} else {
		check(err)
	}
	return said
}

func main() {
	objects, said := load(os.Args[1])
	out := bufio.NewWriterSize(os.Stdout, 1<<20)
	defer out.Flush()
	encoder := json.NewEncoder(out)
	encoder.SetEscapeHTML(false)
	check(encoder.Encode(said))
	if len(said.Errors) > 0 {
		return
	}
	plugins := admission.NewPlugins()
	validating.Register(plugins)
	plugin, err := plugins.InitPlugin(validating.PluginName, nil, initializer{objects})
	check(err)
	in := bufio.NewReaderSize(os.Stdin, 1<<20)
	for {
		line, err := in.ReadBytes('\n')
		if err != nil {
			return
		}
		check(encoder.Encode(respond(plugin.(admission.ValidationInterface), line)))
	}
}
