// Reads an Ignition configuration as each release of Ignition 2 would, and prints the files that it holds.
package main

import (
	"bytes"
	"crypto/sha512"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"os"

	"github.com/coreos/ignition/v2/config"
	v3_0 "github.com/coreos/ignition/v2/config/v3_0"
	v3_4 "github.com/coreos/ignition/v2/config/v3_4"
	"github.com/coreos/vcontext/report"
	"github.com/vincent-petithory/dataurl"
)

type file struct {
	Path      string `json:"path"`
	Mode      int    `json:"mode"`
	Overwrite bool   `json:"overwrite"`
	Content   string `json:"content"`
}

func main() {
	raw, err := os.ReadFile(os.Args[1])
	check(err)
	_, report, err := v3_0.Parse(raw)
	accept(report, err)
	_, report, err = v3_4.ParseCompatibleVersion(raw)
	accept(report, err)
	parsed, report, err := config.Parse(raw)
	accept(report, err)
	files := []file{}
	for _, each := range parsed.Storage.Files {
		url, err := dataurl.DecodeString(*each.Contents.Source)
		check(err)
		function, sum, err := each.Contents.Verification.HashParts()
		check(err)
		expected, err := hex.DecodeString(sum)
		check(err)
		actual := sha512.Sum512(url.Data)
		if function != "sha512" || !bytes.Equal(expected, actual[:]) {
			check(fmt.Errorf("%s: the hash is another one", each.Path))
		}
		files = append(files, file{each.Path, *each.Mode, *each.Overwrite, string(url.Data)})
	}
	check(json.NewEncoder(os.Stdout).Encode(files))
}

// A warning counts as well.
func accept(report report.Report, err error) {
	check(err)
	if len(report.Entries) > 0 {
		check(fmt.Errorf("%s", report.String()))
	}
}

func check(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
