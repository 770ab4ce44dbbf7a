package collector

import (
	"bytes"
	"context"
	"embed"
	"errors"
	"fmt"
	"html/template"
	"net/http"
	"net/url"
	"strconv"
	"sync"

	"thermie/collector/rights"
	"thermie/configs"
	"thermie/daemon"
	"thermie/reports"
	"thermie/reports/document"
)

//go:embed pages
var pageFiles embed.FS

// frame is what every page has around its body. A word that is missing is an
// error, never a blank.
var frame = template.Must(template.New("page.html").Option("missingkey=error").ParseFS(pageFiles, "pages/page.html"))

// pageStyle is the reports' style and a few lines for navigation.
var pageStyle = sync.OnceValue(func() template.CSS {
	own, err := pageFiles.ReadFile("pages/page.css")
	if err != nil {
		panic(err) // embedded: a build without it cannot be
	}
	return template.CSS(document.HTMLStyle() + string(own))
})

// pageWords are the words of the pages by language.
var pageWords = sync.OnceValues(func() (map[string]map[string]string, error) {
	all := map[string]map[string]string{}
	for _, lang := range reports.Languages {
		name := "pages/words." + lang + ".yaml"
		data, err := pageFiles.ReadFile(name)
		if err != nil {
			return nil, err
		}
		words := map[string]string{}
		if err := configs.DecodeStrict(name, data, &words); err != nil {
			return nil, err
		}
		all[lang] = words
	}
	return all, nil
})

// page is what the frame shows.
type page struct {
	Title, Subtitle, Banner string
	Trail, Languages, Years []link
	Files                   []fileLinks
	Lists                   []list
	Body                    template.HTML // from reports, escaped there

	Locale, Version string
	Style           template.CSS
	Words           map[string]string
}

// link leads to a page; the one that is being shown is Current.
type link struct {
	Href, Text, Lang string
	Current          bool
}

// fileLinks are files for one purpose; without a Title all are for the same.
type fileLinks struct {
	Title string
	Files []fileLink
}

// fileLink leads to a file.
type fileLink struct{ Href, Name, About string }

// list is a table of things that have a page of their own.
type list struct {
	ID, Title string
	Heads     []string
	Rows      []listRow
}

type listRow struct {
	Href, Name string
	Cells      []string
}

// errNoPage is the error of an address under which nothing is known.
var errNoPage = errors.New("nothing is known under this address")

// errNoSites is the error of a report on a territory of which no data center
// is known: nothing is not a report of zeros.
var errNoSites = errors.New("no data center of this territory is known")

// maxPages bounds how many pages and files are computed at once, so that
// readers never take the processors from those who write.
const maxPages = 2

// visit is one request for a page or a file.
type visit struct {
	*Server
	ctx   context.Context
	r     *http.Request
	lang  string
	words map[string]string
}

// visited makes a handler that gives its visit to answer.
func (s *Server) visited(answer func(*visit, http.ResponseWriter) error) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		words, err := pageWords()
		if err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
			return
		}
		v := &visit{Server: s, ctx: r.Context(), r: r, lang: "fr"}
		if r.URL.Query().Get("lang") == "en" {
			v.lang = "en"
		}
		v.words = words[v.lang]
		if err := answer(v, w); err != nil {
			v.fail(w, err)
		}
	}
}

// inTurn computes a page or a file when a processor is to be had for it. The
// sending comes later: a slow reader keeps nobody waiting.
func inTurn[T any](v *visit, compose func(*visit) (T, error)) (result T, err error) {
	select {
	case v.turns <- struct{}{}:
		defer func() { <-v.turns }()
		return compose(v)
	case <-v.ctx.Done():
		return result, v.ctx.Err()
	}
}

// shown makes a handler that shows the page that compose returns.
func (s *Server) shown(compose func(*visit) (*page, error)) http.HandlerFunc {
	return s.visited(func(v *visit, w http.ResponseWriter) error {
		p, err := inTurn(v, compose)
		if err != nil {
			return err
		}
		return v.show(w, http.StatusOK, p)
	})
}

// fail shows a page that says what went wrong.
func (v *visit) fail(w http.ResponseWriter, err error) {
	p, status := &page{Title: v.words["failed"], Subtitle: v.words["failed_text"]}, http.StatusInternalServerError
	if no := (denied{}); errors.As(err, &no) {
		p, status = v.refusal(w, no), no.status
	} else if errors.Is(err, errNoPage) {
		p, status = &page{Title: v.words["not_found"], Subtitle: v.words["not_found_text"]}, http.StatusNotFound
	} else if errors.Is(err, errNoSites) {
		p, status = &page{Title: v.words["no_sites"], Subtitle: v.words["no_sites_text"]}, http.StatusNotFound
	} else if v.ctx.Err() == nil { // else it is the reader who went away
		v.log.Error("page", "path", v.r.URL.Path, "error", err)
		if rights.From(v.ctx).Role == rights.Admin {
			p.Subtitle = err.Error() // it may name files: nothing for who only reads
		}
	}
	if err := v.show(w, status, p); err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
	}
}

// show renders p in its frame.
func (v *visit) show(w http.ResponseWriter, status int, p *page) error {
	p.Words, p.Locale, p.Style, p.Version = v.words, v.words["locale"], pageStyle(), daemon.Version()
	p.Trail = append([]link{{Href: v.href("/"), Text: v.words["home"]}}, p.Trail...)
	for _, lang := range reports.Languages {
		query := v.r.URL.Query()
		query.Set("lang", lang)
		p.Languages = append(p.Languages, link{Href: "?" + query.Encode(), Text: map[string]string{"fr": "Français", "en": "English"}[lang],
			Lang: lang, Current: lang == v.lang})
	}
	var b bytes.Buffer
	if err := frame.Execute(&b, p); err != nil {
		return fmt.Errorf("page %s: %w", v.r.URL.Path, err)
	}
	secure(w.Header())
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(status)
	_, _ = w.Write(b.Bytes()) // who has gone away cannot be told
	return nil
}

// secure lets a browser run nothing and load nothing from elsewhere.
func secure(h http.Header) {
	h.Set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'none'; base-uri 'none'; form-action 'none'")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Referrer-Policy", "no-referrer")
}

// href is a path of this server with the visit's language and, where one was
// chosen, year.
func (v *visit) href(path string) string {
	keep := url.Values{}
	for _, name := range []string{"lang", "year"} {
		if value := v.r.URL.Query().Get(name); value != "" {
			keep.Set(name, value)
		}
	}
	return (&url.URL{Path: path, RawQuery: keep.Encode()}).String()
}

// body renders blocks of a report.
func (v *visit) body(doc *document.Document, blocks []document.Block) (template.HTML, error) {
	part := *doc
	part.Blocks = blocks
	var b bytes.Buffer
	if err := document.WriteHTMLBlocks(&b, &part); err != nil {
		return "", err
	}
	return template.HTML(b.String()), nil
}

// years links to the same page of each year from first to last.
func (v *visit) years(first, last, current int) (links []link) {
	if first == 0 || first == last {
		return nil
	}
	for year := first; year <= last; year++ {
		query := v.r.URL.Query()
		query.Set("year", strconv.Itoa(year))
		links = append(links, link{Href: "?" + query.Encode(), Text: strconv.Itoa(year), Current: year == current})
	}
	return links
}
