//go:build !oldest

package main

import "sigs.k8s.io/node-feature-discovery/api/nfd/v1alpha1"

const labelNamespace = v1alpha1.FeatureLabelNs
