package filing

import (
	"archive/zip"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"thermie/reports"
)

// Filing is an open archive.
type Filing struct {
	Manifest
	Path    string
	Figures []Figure
	zip     *zip.ReadCloser
}

// Open opens the archive at path. Of one that a newer program wrote, it says
// so.
func Open(path string) (f *Filing, err error) {
	z, err := zip.OpenReader(path)
	if err != nil {
		return nil, fmt.Errorf("opening the filing %s: %w", path, err)
	}
	f = &Filing{Path: path, zip: z}
	if err = f.decode(manifestName, &f.Manifest); err == nil {
		err = errors.Join(f.check(), f.decode(figuresName, &f.Figures))
	}
	if err != nil {
		return nil, errors.Join(fmt.Errorf("opening the filing %s: %w", path, err), z.Close())
	}
	return f, nil
}

// Close closes the archive.
func (f *Filing) Close() error { return f.zip.Close() }

func (f *Filing) decode(name string, into any) error {
	data, err := f.read(name)
	if err != nil {
		return err
	}
	if err := json.Unmarshal(data, into); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	return nil
}

// maxFile bounds what is read of one file of an archive into memory.
const maxFile = 1 << 30

func (f *Filing) read(name string) ([]byte, error) {
	file, err := f.zip.Open(name)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	data, err := io.ReadAll(io.LimitReader(file, maxFile+1))
	if err == nil && len(data) > maxFile {
		err = fmt.Errorf("%s is larger than a filing's file can be", name)
	}
	return data, err
}

// Verify compares every file with the manifest, and the archive with the
// checksum beside it.
func (f *Filing) Verify() error {
	var faults []error
	fault := func(format string, args ...any) { faults = append(faults, fmt.Errorf(format, args...)) }
	listed := map[string]bool{manifestName: true}
	for _, want := range f.Files {
		listed[want.Name] = true
		data, err := f.read(want.Name)
		sum := sha256.Sum256(data)
		switch {
		case err != nil:
			fault("%s cannot be read: %w", want.Name, err)
		case int64(len(data)) != want.Bytes || hex.EncodeToString(sum[:]) != want.SHA256:
			fault("%s is not what was filed", want.Name)
		}
	}
	for _, entry := range f.zip.File {
		if !listed[entry.Name] {
			fault("%s was not filed", entry.Name)
		}
	}
	if err := f.whole(); err != nil {
		faults = append(faults, err)
	}
	return errors.Join(faults...)
}

// whole compares the archive with the checksum beside it.
func (f *Filing) whole() error {
	line, err := os.ReadFile(f.Path + ".sha256")
	if err != nil {
		return fmt.Errorf("the checksum beside the archive: %w", err)
	}
	file, err := os.Open(f.Path)
	if err != nil {
		return err
	}
	defer file.Close()
	h := sha256.New()
	if _, err := io.Copy(h, file); err != nil {
		return err
	}
	if want, _, _ := strings.Cut(string(line), " "); want != hex.EncodeToString(h.Sum(nil)) {
		return fmt.Errorf("%s has not the checksum that was written beside it", filepath.Base(f.Path))
	}
	return nil
}

// inputs are the filed source, area and options. The area's files are laid
// into the folder dir.
func (f *Filing) inputs(dir string) (reports.Source, reports.Area, reports.Options, error) {
	o := f.options()
	lines, err := f.zip.Open(recordsName)
	if err != nil {
		return nil, reports.Area{}, o, err
	}
	defer lines.Close()
	src, err := reports.ReadFile(f.ID, lines)
	if err != nil {
		return nil, reports.Area{}, o, err
	}
	data, err := f.read(areaName)
	if err != nil {
		return nil, reports.Area{}, o, err
	}
	area, err := reports.DecodeArea(f.ID+"/"+areaName, data)
	if err != nil {
		return nil, area, o, err
	}
	for _, name := range area.Files() {
		if err := f.lay(dir, name); err != nil {
			return nil, area, o, err
		}
	}
	err = f.decode(openingsName, &o.Openings)
	return src, area.Rebased(func(name string) string { return filepath.Join(dir, filepath.FromSlash(name)) }), o, err
}

// lay writes one of the area's files into a folder.
func (f *Filing) lay(dir, name string) error {
	if !filepath.IsLocal(filepath.FromSlash(name)) || !strings.HasPrefix(name, filesFolder) {
		return fmt.Errorf("%q is no file of a filing", name)
	}
	data, err := f.read(name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil // it could not be read when the report was filed either
	}
	if err != nil {
		return err
	}
	path := filepath.Join(dir, filepath.FromSlash(name))
	return errors.Join(os.MkdirAll(filepath.Dir(path), 0o700), os.WriteFile(path, data, 0o600))
}

// List returns the manifests of the filings in a folder, by territory, year
// and number. An archive that cannot be opened is told and holds up none of
// the others. Without a folder nothing was filed.
func List(dir string) (all []Manifest, faults error) {
	if dir == "" {
		return nil, nil
	}
	paths, err := filepath.Glob(filepath.Join(dir, "*.zip"))
	if err != nil {
		return nil, err
	}
	for _, path := range paths {
		f, err := Open(path)
		if err != nil {
			faults = errors.Join(faults, err)
			continue
		}
		all = append(all, f.Manifest)
		faults = errors.Join(faults, f.Close())
	}
	slices.SortFunc(all, func(a, b Manifest) int {
		return strings.Compare(fmt.Sprintf("%s %d %04d", a.SIREN, a.Year, a.Number), fmt.Sprintf("%s %d %04d", b.SIREN, b.Year, b.Number))
	})
	return all, faults
}

// Of returns the filings of a territory's year, the last one last.
func Of(dir, siren string, year int) (all []Manifest, err error) {
	listed, err := List(dir)
	for _, m := range listed {
		if m.SIREN == siren && m.Year == year {
			all = append(all, m)
		}
	}
	return all, err
}

// Latest opens the last filing of a territory's year; nil where there is none.
func Latest(dir, siren string, year int) (*Filing, error) {
	all, err := Of(dir, siren, year)
	if len(all) == 0 {
		return nil, err
	}
	return Named(dir, all[len(all)-1].ID)
}

// Named opens the filing of an id.
func Named(dir, id string) (*Filing, error) {
	return Open(filepath.Join(dir, filepath.Base(id)+".zip"))
}
