package filing

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"os"
	"slices"
	"strings"

	"thermie/reports"
)

// Rebuilt is what came of building a filed report anew from its own inputs.
type Rebuilt struct {
	Manifest   Manifest
	Software   string   // that built it now
	InputsSame bool     // the digest of the inputs is the filed one
	Figures    int      // that were compared
	Differ     []Change // figures that do not come to the filed string
	Tables     []string // dated tables that are not as they were
	Files      []string // files that are not the same bytes; a newer program may set them otherwise
	Gone       []string // filed files that this program does not write
}

// Same reports whether every figure came to the filed string.
func (r Rebuilt) Same() bool { return len(r.Differ) == 0 }

// Change is a figure that was filed as one string and is another now; one of
// them is empty where it is not printed.
type Change struct {
	Code, Filed, Now   string
	Table, Row, Column string
}

// Rebuild builds the filed report anew, with this program, from the filed
// inputs.
func (f *Filing) Rebuild(ctx context.Context, print Print, software string) (r Rebuilt, files []reports.Output, err error) {
	dir, err := os.MkdirTemp("", "thermie-filing-")
	if err != nil {
		return r, nil, err
	}
	defer os.RemoveAll(dir)
	src, area, o, err := f.inputs(dir)
	if err != nil {
		return r, nil, fmt.Errorf("the inputs of %s: %w", f.ID, err)
	}
	d, err := reports.Build(ctx, src, area, o)
	if err != nil {
		return r, nil, fmt.Errorf("building %s anew: %w", f.ID, err)
	}
	doc, files, err := print(d)
	if err != nil {
		return r, nil, fmt.Errorf("building %s anew: %w", f.ID, err)
	}
	if f.Format == 1 {
		if err := digestIntervals(ctx, src, d); err != nil {
			return r, nil, err
		}
	}
	inputs, err := d.Inputs()
	if err != nil {
		return r, nil, err
	}
	r = Rebuilt{Manifest: f.Manifest, Software: software, InputsSame: inputs.String() == f.Inputs, Figures: len(f.Figures), Differ: Changes(f.Figures, figuresOf(doc))}
	if r.Tables, err = f.tablesChanged(); err != nil {
		return r, nil, err
	}
	if r.Files, files, err = f.filesChanged(files); err == nil {
		r.Gone = f.gone(files)
	}
	return r, files, err
}

// Changes are the figures that differ, in the order of the filed ones.
func Changes(filed, now []Figure) (changes []Change) {
	type at struct{ code, unit string }
	current := map[at]Figure{}
	for _, n := range now {
		current[at{n.Code, n.Unit}] = n
	}
	for _, f := range filed {
		n, printed := current[at{f.Code, f.Unit}]
		delete(current, at{f.Code, f.Unit})
		if !printed || n.Printed != f.Printed {
			changes = append(changes, Change{f.Code, f.Printed, n.Printed, f.Table, f.Row, f.Column})
		}
	}
	for _, n := range now {
		if _, added := current[at{n.Code, n.Unit}]; added {
			changes = append(changes, Change{n.Code, "", n.Printed, n.Table, n.Row, n.Column})
		}
	}
	return changes
}

// tablesChanged names the dated tables that this program has otherwise.
func (f *Filing) tablesChanged() (changed []string, err error) {
	tables, err := reports.Tables()
	for _, t := range tables {
		if filed, missing := f.read(tablesFolder + t.Name); missing != nil || !bytes.Equal(filed, t.Data) {
			changed = append(changed, t.Name)
		}
	}
	return changed, err
}

// filesChanged names the files that are not the filed bytes, and keeps their
// contents, for the folder that their inputs lay in goes away.
func (f *Filing) filesChanged(files []reports.Output) (changed []string, kept []reports.Output, err error) {
	filed := map[string]string{}
	for _, x := range f.Files {
		filed[x.Name] = x.SHA256
	}
	for _, out := range files {
		var b bytes.Buffer
		if err := out.Write(&b); err != nil {
			return nil, nil, fmt.Errorf("%s: %w", out.Name, err)
		}
		if sum := sha256.Sum256(b.Bytes()); filed[outputs+out.Name] != hex.EncodeToString(sum[:]) {
			changed = append(changed, out.Name)
		}
		kept = append(kept, reports.Contents(out.Name, b.Bytes()))
	}
	return changed, kept, nil
}

// gone names the filed files that are not among those that were written now.
func (f *Filing) gone(files []reports.Output) (names []string) {
	for _, filed := range f.Files {
		name, output := strings.CutPrefix(filed.Name, outputs)
		if output && !slices.ContainsFunc(files, func(now reports.Output) bool { return now.Name == name }) {
			names = append(names, name)
		}
	}
	return names
}
