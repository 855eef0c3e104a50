"""Checks manifests strictly against the Kubernetes OpenAPI schemas of several versions (needs the PyPI package kubernetes-validate and PyYAML).

    validate-manifests.py VERSION[,VERSION...] DIRECTORY...

VERSION is a minor version such as 1.28, or "latest". Prints one line per directory and version, and every fault; exits 1 if there is one.
"""
import pathlib
import sys

import kubernetes_validate
import yaml


# First and last minor version of Kubernetes 1 that serves what not every version has.
SERVED = {
    ("admissionregistration.k8s.io/v1", "ValidatingAdmissionPolicy"): (30, None),
    ("admissionregistration.k8s.io/v1", "ValidatingAdmissionPolicyBinding"): (30, None),
    ("admissionregistration.k8s.io/v1beta1", "ValidatingAdmissionPolicy"): (28, 33),
    ("admissionregistration.k8s.io/v1beta1", "ValidatingAdmissionPolicyBinding"): (28, 33),
}


def is_served(manifest, version):
    first, last = SERVED.get((manifest.get("apiVersion"), manifest.get("kind")), (0, None))
    minor = int(version.split(".")[1])
    return first <= minor and (last is None or minor <= last)


def manifests(directory):
    """(file, manifest) of every document below a directory; JSON is YAML, and a file may hold a list of manifests."""
    for file in sorted(pathlib.Path(directory).rglob("*")):
        # What cdk8s-cli notes for its validations is no manifest.
        if file.suffix not in (".yaml", ".json") or file.name == "construct-metadata.json":
            continue
        for document in yaml.safe_load_all(file.read_text()):
            for manifest in document if isinstance(document, list) else [document]:
                if manifest:
                    yield file, manifest


def main():
    versions, *directories = sys.argv[1:]
    failed = 0
    for version in versions.split(","):
        version = kubernetes_validate.latest_version() if version == "latest" else version
        for directory in directories:
            checked = 0
            for file, manifest in manifests(directory):
                if not is_served(manifest, version):
                    continue
                checked += 1
                try:
                    kubernetes_validate.validate(manifest, version, strict=True)
                except kubernetes_validate.ValidationError as error:
                    failed += 1
                    print(f"{file}: {manifest.get('kind')} {manifest['metadata'].get('name')}: {'.'.join(map(str, error.path))}: {error.message}")
            if checked == 0:
                failed += 1
            print(f"{directory}: {checked} manifests against Kubernetes {version}")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
