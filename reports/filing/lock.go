package filing

import (
	"archive/zip"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"thermie/reports"
	"thermie/reports/document"
)

// Print writes a dossier's report and the files that are filed with it.
type Print func(d *reports.Dossier) (*document.Document, []reports.Output, error)

// Request is a report to be filed.
type Request struct {
	Source  reports.Source
	Area    reports.Area
	Options reports.Options
	Print   Print
	Reason  string // why a year that is filed already is filed again
}

// FiledError is returned where a territory's year is filed already.
type FiledError struct{ ID string }

// Error implements error.
func (e *FiledError) Error() string {
	return fmt.Sprintf("this year is filed already, as %s, and a filing is never restated\nhint: -again \"why\" files a further one beside it; a report of the year says what has changed since the last one", e.ID)
}

// Lock builds the report and writes its archive into the folder dir, read-only,
// with its checksum beside it. It appears once it is whole.
func Lock(ctx context.Context, dir string, r Request) (m Manifest, err error) {
	d, err := reports.Build(ctx, r.Source, r.Area, r.Options)
	if err != nil {
		return m, err
	}
	earlier, err := Of(dir, d.Area.Territory.SIREN, d.Options.Year)
	if err != nil {
		return m, err
	}
	if len(earlier) > 0 && r.Reason == "" {
		return m, &FiledError{earlier[len(earlier)-1].ID}
	}
	doc, files, err := r.Print(d)
	if err != nil {
		return m, err
	}
	if m, err = describe(d, len(earlier)+1, r.Reason); err != nil {
		return m, err
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return m, fmt.Errorf("the folder of filings: %w", err)
	}
	path := filepath.Join(dir, m.ID+".zip")
	os.Remove(path + ".part") // a cut left it, perhaps read-only already; it was never a filing
	part, err := os.OpenFile(path+".part", os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
	if err != nil {
		return m, fmt.Errorf("filing: %w", err)
	}
	defer os.Remove(part.Name()) // gone already when all went well
	whole := sha256.New()
	a := &archive{zip: zip.NewWriter(io.MultiWriter(part, whole)), manifest: &m}
	err = errors.Join(a.inputs(ctx, r.Source, d), a.json(figuresName, figuresOf(doc)), a.outputs(files), a.close(), part.Sync(), part.Close())
	if err != nil {
		return m, fmt.Errorf("filing %s: %w", m.ID, err)
	}
	return m, seal(path, hex.EncodeToString(whole.Sum(nil)))
}

// seal gives an archive its name and its checksum, and takes the right to
// write from both.
func seal(path, sum string) error {
	if _, err := os.Lstat(path); err == nil {
		return fmt.Errorf("%s is there already, and a filing is never written over", path)
	}
	if err := os.Remove(path + ".sha256"); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err // of an archive that a cut kept from its name
	}
	line := sum + "  " + filepath.Base(path) + "\n"
	return errors.Join(os.Chmod(path+".part", 0o400), os.WriteFile(path+".sha256", []byte(line), 0o400), os.Rename(path+".part", path))
}

// describe begins the manifest.
func describe(d *reports.Dossier, number int, reason string) (Manifest, error) {
	t, o := d.Area.Territory, d.Options
	inputs, err := d.Inputs()
	return Manifest{Format: format, ID: nameOf("pcaet", t.SIREN, o.Year, number), Report: "pcaet", SIREN: t.SIREN, Territory: t.Name, Year: o.Year, Number: number,
		Reason: reason, Date: o.Date.UTC(), Lang: o.Lang, Disclosure: o.Disclosure, Reader: o.Reader, OtherThermal: o.OtherThermal, Fictitious: d.Fictitious(),
		Software: o.Software, Inputs: inputs.String()}, err
}

// archive is one being written. Its entries carry no time, so that the same
// report is the same archive.
type archive struct {
	zip      *zip.Writer
	manifest *Manifest
}

// file writes one file and lists it.
func (a *archive) file(name string, write func(io.Writer) error) error {
	out, err := a.zip.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate})
	if err != nil {
		return err
	}
	hash, count := sha256.New(), &counter{}
	if err := write(io.MultiWriter(out, hash, count)); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	if name != manifestName {
		a.manifest.Files = append(a.manifest.Files, File{name, count.bytes, hex.EncodeToString(hash.Sum(nil))})
	}
	return nil
}

type counter struct{ bytes int64 }

// Write implements io.Writer.
func (c *counter) Write(p []byte) (int, error) { c.bytes += int64(len(p)); return len(p), nil }

func (a *archive) bytes(name string, data []byte) error {
	return a.file(name, func(w io.Writer) error { _, err := w.Write(data); return err })
}

func (a *archive) json(name string, v any) error {
	return a.file(name, func(w io.Writer) error {
		e := json.NewEncoder(w)
		e.SetIndent("", " ")
		return e.Encode(v)
	})
}

// inputs writes all that the figures were computed from.
func (a *archive) inputs(ctx context.Context, src reports.Source, d *reports.Dossier) error {
	if err := a.file(recordsName, func(w io.Writer) error { return writeLines(ctx, w, src, d) }); err != nil {
		return err
	}
	moved := map[string]string{}
	for i, path := range d.Area.Files() {
		moved[path] = fmt.Sprintf("%s%04d/%s", filesFolder, i, filepath.Base(path)) // in the order of their paths
		data, err := os.ReadFile(path)
		if err != nil {
			continue // it was a fault of the dossier already, which says so, and will be one when it is built anew
		}
		if err := a.bytes(moved[path], data); err != nil {
			return err
		}
	}
	area, err := d.Area.Rebased(func(path string) string { return moved[path] }).JSON()
	if err != nil {
		return err
	}
	if err := errors.Join(a.bytes(areaName, area), a.json(openingsName, d.Openings)); err != nil {
		return err
	}
	tables, err := reports.Tables()
	for _, t := range tables {
		err = errors.Join(err, a.bytes(tablesFolder+t.Name, t.Data))
	}
	return err
}

// writeLines writes the cards and the year's records of the dossier's sites.
func writeLines(ctx context.Context, w io.Writer, src reports.Source, d *reports.Dossier) error {
	var line []byte
	for _, s := range d.Sites {
		cards, err := src.Cards(ctx, s.ID)
		if err != nil {
			return err
		}
		for _, c := range cards {
			line = append(c.AppendLine(line[:0]), '\n')
			if _, err := w.Write(line); err != nil {
				return err
			}
		}
		records, err := recordsOf(ctx, src, s, cards)
		if err != nil {
			return err
		}
		for _, r := range records {
			line = append(r.AppendLine(line[:0]), '\n')
			if _, err := w.Write(line); err != nil {
				return err
			}
		}
	}
	return nil
}

// outputs writes the report's files.
func (a *archive) outputs(files []reports.Output) error {
	for _, f := range files {
		if err := a.file(outputs+f.Name, f.Write); err != nil {
			return err
		}
	}
	return nil
}

// close writes the manifest and ends the archive.
func (a *archive) close() error { return errors.Join(a.json(manifestName, a.manifest), a.zip.Close()) }
