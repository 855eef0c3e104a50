// Patches a new Talos machine configuration as talosctl does, validates it as machined does, and prints the profiles as machined writes them.
package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"

	"github.com/siderolabs/talos/pkg/machinery/config/configloader"
	"github.com/siderolabs/talos/pkg/machinery/config/configpatcher"
	"github.com/siderolabs/talos/pkg/machinery/config/generate"
	"github.com/siderolabs/talos/pkg/machinery/config/machine"
)

// metal is the mode of a machine with a disk.
type metal struct{}

func (metal) String() string        { return "metal" }
func (metal) RequiresInstall() bool { return true }
func (metal) InContainer() bool     { return false }

type file struct {
	Name    string `json:"name"`
	Content string `json:"content"`
}

func main() {
	patch, err := os.ReadFile(os.Args[1])
	check(err)
	input, err := generate.NewInput("test", "https://192.0.2.1:6443", "1.33.0", generate.WithInstallDisk("/dev/vda"))
	check(err)
	generated, err := input.Config(machine.TypeWorker)
	check(err)
	loaded, err := configpatcher.LoadPatch(patch)
	check(err)
	patched, err := configpatcher.Apply(configpatcher.WithConfig(generated), []configpatcher.Patch{loaded})
	check(err)
	bytes, err := patched.Bytes()
	check(err)
	config, err := configloader.NewFromBytes(bytes)
	check(err)
	warnings, err := config.Validate(metal{})
	check(err)
	if len(warnings) > 0 {
		check(errors.New(warnings[0]))
	}
	files := []file{}
	for _, profile := range config.Machine().SeccompProfiles() {
		content, err := json.Marshal(profile.Value())
		check(err)
		files = append(files, file{profile.Name(), string(content)})
	}
	check(json.NewEncoder(os.Stdout).Encode(files))
}

func check(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
