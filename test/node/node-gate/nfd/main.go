// Prints, as JSON, the labels that the local source of Node Feature Discovery makes of its directory of feature files.
package main

import (
	"encoding/json"
	"fmt"
	"log"
	"os"

	"k8s.io/apimachinery/pkg/util/validation"
	"sigs.k8s.io/node-feature-discovery/source"
	"sigs.k8s.io/node-feature-discovery/source/local"
)

func main() {
	if err := source.GetFeatureSource(local.Name).Discover(); err != nil {
		log.Fatal(err)
	}
	found, err := source.GetLabelSource(local.Name).GetLabels()
	if err != nil {
		log.Fatal(err)
	}
	labels := map[string]string{}
	for name, value := range found {
		// What nfd-worker asks of a label, and what nfd-master does with one that has no prefix.
		key, text := labelNamespace+"/"+name, fmt.Sprint(value)
		if faults := append(validation.IsQualifiedName(name), validation.IsValidLabelValue(text)...); len(faults) > 0 {
			log.Fatalf("%s=%s is no label: %v", name, text, faults)
		}
		labels[key] = text
	}
	if err := json.NewEncoder(os.Stdout).Encode(labels); err != nil {
		log.Fatal(err)
	}
}
