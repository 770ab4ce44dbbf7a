package exchange

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"thermie/heat"
	"thermie/interval"
	"thermie/reports"
	"thermie/reports/gis"
)

// sourceFormat is one of the engineer's files. To add one is to write its
// writer in a file of its own and to add a row here and a text to the words.
type sourceFormat struct {
	key   string // of its text in the chapter "file" of the words
	name  func(s *SourceSeries) string
	write func(w io.Writer, s *SourceSeries, records []interval.Record) error
}

// sourceFormats are all of them, in the order of the list of files.
var sourceFormats = []sourceFormat{
	{"native", ending("-native.csv"), WriteNative},
	{"npro", nproName, ofSeries(WriteNPro)},
	{"modelica", ending(".mos"), ofSeries(WriteModelica)},
	{"emb3rs", ending("-emb3rs.json"), ofSeries(WriteEMB3Rs)},
	{"pandapipes", ending("-pandapipes.json"), ofSeries(WritePandapipes)},
	{"thermos", ending("-thermos.csv"), ofSeries(WriteTHERMOS)},
	{"pfa", ending("-pfa.csv"), ofSeries(WritePFA)},
	{"pfa_profile", ending("-pfa-profil.csv"), ofSeries(WritePFAProfile)},
	{"gpkg", ending(".gpkg"), ofSeries(writeGeoPackage)},
	{"geo_source", ending("-source.geojson"), ofLayer(0)},
	{"geo_connection", ending("-connection.geojson"), ofLayer(1)},
	{"geo_network", ending("-network.geojson"), ofLayer(2)},
}

func ending(end string) func(*SourceSeries) string {
	return func(s *SourceSeries) string { return s.ID + end }
}

// nproName says in the name what nPro's format cannot say inside.
func nproName(s *SourceSeries) string {
	name := s.ID + "-npro"
	if s.Place.Fictitious {
		name += "-demonstration"
	}
	if s.Simulated() {
		name += "-simulated"
	}
	if s.KnownHours() < len(s.Hours) {
		name += "-filled"
	}
	return name + ".txt"
}

func ofSeries(write func(io.Writer, *SourceSeries) error) func(io.Writer, *SourceSeries, []interval.Record) error {
	return func(w io.Writer, s *SourceSeries, _ []interval.Record) error { return write(w, s) }
}

func ofLayer(i int) func(io.Writer, *SourceSeries, []interval.Record) error {
	return func(w io.Writer, s *SourceSeries, _ []interval.Record) error {
		layers, err := s.MapLayers()
		if err != nil {
			return err
		}
		return gis.WriteMapGeoJSON(w, layers[i])
	}
}

// Files renders the engineer's files of one of the dossier's sites,
// with records at the meters' own steps from src, and the list of them, which
// says for each how it shows a gap, and which were not written and why.
func Files(ctx context.Context, d *reports.Dossier, src reports.Source, r *reports.SiteResult) ([]reports.Output, error) {
	s, err := sourceSeries(d, r)
	if err != nil {
		return nil, fmt.Errorf("the data files of site %s: %w", r.ID, err)
	}
	year := heat.YearOf(s.Year, reports.MetropolitanOffset)
	records, err := src.Records(ctx, r.ID, year.From, year.To)
	if err != nil {
		return nil, fmt.Errorf("reading the intervals of site %s: %w", r.ID, err)
	}
	return s.files(records)
}

// files renders every format that the data carry.
func (s *SourceSeries) files(records []interval.Record) ([]reports.Output, error) {
	w, err := s.words()
	if err != nil {
		return nil, err
	}
	var files []reports.Output
	var written, refused []string
	for _, f := range sourceFormats {
		var b bytes.Buffer
		err := f.write(&b, s, records)
		var why *refusal
		switch {
		case errors.As(err, &why):
			refused = append(refused, f.name(s)+"  "+w.T("refused."+why.key, why.pairs...))
		case err != nil:
			return nil, fmt.Errorf("%s: %w", f.name(s), err)
		default:
			written = append(written, f.name(s)+"  "+w.T("file."+f.key))
			files = append(files, reports.Output{Name: f.name(s), Write: func(w io.Writer) error { _, err := w.Write(b.Bytes()); return err }})
		}
	}
	list, err := s.list(written, refused)
	return append(files, reports.Output{Name: s.ID + "-files.txt", Write: func(w io.Writer) error { _, err := io.WriteString(w, list); return err }}), err
}

// list is the text beside the files.
func (s *SourceSeries) list(written, refused []string) (string, error) {
	w, err := s.words()
	if err != nil {
		return "", err
	}
	notes, err := s.notes(s.lang, 0)
	if err != nil {
		return "", err
	}
	lines := append([]string{w.T("index.title", "site", oneLine(s.Name()), "year", fmt.Sprint(s.Year)), ""}, notes...)
	lines = append(lines, "", w.T("index.written"))
	lines = append(lines, written...)
	if len(refused) > 0 {
		lines = append(append(lines, "", w.T("index.refused")), refused...)
	}
	return strings.Join(lines, "\n") + "\n", nil
}
