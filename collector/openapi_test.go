package collector

import (
	"bytes"
	"compress/gzip"
	"context"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"
	"github.com/getkin/kin-openapi/routers"
	"github.com/getkin/kin-openapi/routers/gorillamux"
)

// documented reads the document that the collector serves itself.
func documented(t *testing.T, s *testServer) *openapi3.T {
	t.Helper()
	status, text := s.get("/api/v1/openapi.yaml", "")
	if status != http.StatusOK {
		t.Fatalf("%d %s", status, text)
	}
	doc, err := openapi3.NewLoader().LoadFromData([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	if err := doc.Validate(context.Background()); err != nil {
		t.Fatal(err)
	}
	return doc
}

// Every door and page is in the document, and the document has no other.
func TestEveryRouteIsInTheDocument(t *testing.T) {
	s := newTestServer(t)
	doc := documented(t, s)
	var served, described []string
	for _, r := range s.routes() {
		if r.pattern != "GET /" { // what is nowhere else
			served = append(served, strings.TrimSuffix(r.pattern, "{$}"))
		}
	}
	for path, item := range doc.Paths.Map() {
		for method := range item.Operations() {
			described = append(described, method+" "+path)
		}
	}
	slices.Sort(served)
	slices.Sort(described)
	if !slices.Equal(served, described) {
		t.Errorf("served:\n%s\ndescribed:\n%s", strings.Join(served, "\n"), strings.Join(described, "\n"))
	}
}

// call is one request of which the document tells the answer.
type call struct {
	operation string
	status    int
	target    string
	token     string
	body      string
	change    func(*http.Request)
	closed    bool // the store cannot be asked
}

// gzipped makes a body gzip.
func gzipped(body string) string {
	var packed bytes.Buffer
	z := gzip.NewWriter(&packed)
	io.WriteString(z, body)
	z.Close()
	return packed.String()
}

func asGzip(r *http.Request) { r.Header.Set("Content-Encoding", "gzip") }

func accepting(form string) func(*http.Request) {
	return func(r *http.Request) { r.Header.Set("Accept", form) }
}

// strange asks from elsewhere, so that nobody is taken for a person on the
// machine.
func strange(r *http.Request) { r.Host = "collector.example" }

var (
	goodLine    = linesOf(dayBatch(0)[:3])
	foreignLine = strings.ReplaceAll(goodLine, "paris-1", "lyon-1")
)

// calls has every answer that the document describes, except those of
// elsewhere.
var calls = []call{
	{"write", 204, "/api/v2/write?precision=s&org=a&bucket=b", secret, goodLine, nil, false},
	{"write", 204, "/api/v2/write?precision=s", secret, gzipped(goodLine), asGzip, false},
	{"write", 400, "/api/v2/write?precision=s", secret, goodLine + "bad\n", nil, false},
	{"write", 400, "/api/v2/write?precision=h", secret, goodLine, nil, false},
	{"write", 401, "/api/v2/write?precision=s", "nobody's", goodLine, nil, false},
	{"write", 403, "/api/v2/write?precision=s", secret, foreignLine, nil, false},
	{"write", 413, "/api/v2/write?precision=s", secret, gzipped(strings.Repeat("\n", 2*maxBody)), asGzip, false},
	{"write", 503, "/api/v2/write?precision=s", secret, goodLine, nil, true},

	{"intervals", 200, "/api/v1/intervals?site=paris-1", secret, "", nil, false},
	{"intervals", 200, "/api/v1/intervals?site=paris-1&format=csv&kind=electric_energy&kind=none&meter=it", secret, "", nil, false},
	{"intervals", 200, "/api/v1/intervals?site=paris-1&limit=2", secret, "", accepting("text/plain"), false},
	{"intervals", 200, "/api/v1/intervals?site=paris-1&from=2030-01-01T00:00:00Z", secret, "", accepting("text/html, text/csv;q=0.9"), false},
	{"intervals", 400, "/api/v1/intervals", secret, "", nil, false},
	{"intervals", 400, "/api/v1/intervals?site=paris-1&format=xml", secret, "", nil, false},
	{"intervals", 400, "/api/v1/intervals?site=paris-1&form=csv", secret, "", nil, false},
	{"intervals", 400, "/api/v1/intervals?site=paris-1&from=yesterday", secret, "", nil, false},
	{"intervals", 400, "/api/v1/intervals?site=paris-1&from=200&to=100", secret, "", nil, false},
	{"intervals", 400, "/api/v1/intervals?site=paris-1&limit=1000000", secret, "", nil, false},
	{"intervals", 400, "/api/v1/intervals?site=paris-1&after=x", secret, "", nil, false},
	{"intervals", 401, "/api/v1/intervals?site=paris-1", "", "", strange, false},
	{"intervals", 403, "/api/v1/intervals?site=paris-1", lyonSecret, "", nil, false},
	{"intervals", 404, "/api/v1/intervals?site=lyon-1", lyonSecret, "", nil, false},
	{"intervals", 406, "/api/v1/intervals?site=paris-1", secret, "", accepting("image/png"), false},
	{"intervals", 503, "/api/v1/intervals?site=paris-1", secret, "", nil, true},

	{"sites", 200, "/api/v1/sites", secret, "", nil, false},
	{"sites", 200, "/api/v1/sites", "", "", nil, false},
	{"sites", 401, "/api/v1/sites", "nobody's", "", nil, false},
	{"sites", 503, "/api/v1/sites", secret, "", nil, true},

	{"export", 200, "/api/v1/export?site=paris-1", secret, "", nil, false},
	{"export", 401, "/api/v1/export?site=paris-1", "", "", strange, false},
	{"export", 403, "/api/v1/export?site=paris-1", lyonSecret, "", nil, false},
	{"export", 404, "/api/v1/export?site=lyon-1", lyonSecret, "", nil, false},
	{"export", 503, "/api/v1/export?site=paris-1", secret, "", nil, true},

	{"declare", 401, "/api/v1/registry", "nobody's", declaration, nil, false},

	{"networkDemand", 401, "/api/v1/networks/north/demand", "", "", strange, false},
	{"networkDemand", 403, "/api/v1/networks/north/demand", secret, "", nil, false},
	{"networkDemand", 404, "/api/v1/networks/north/demand", "", "", nil, false},
	{"declareDemand", 401, "/api/v1/networks/north/demand", "nobody's", "demand_kw\n", nil, false},
	{"declareDemand", 403, "/api/v1/networks/north/demand", "", "demand_kw\n", nil, false},

	{"takeRelease", 400, "/api/v1/releases", "", "no release", nil, false},

	{"openapi", 200, "/api/v1/openapi.yaml", "", "", nil, false},
	{"health", 200, "/health", "", "", nil, false},
	{"health", 503, "/health", "", "", nil, true},
	{"ping", 204, "/ping", "", "", nil, false},
	{"metrics", 200, "/metrics", "", "", nil, false},
	{"metrics", 503, "/metrics", "", "", nil, true},

	{"indexPage", 200, "/", "", "", nil, false},
	{"indexPage", 401, "/", "nobody's", "", nil, false},
	{"territoryPage", 200, "/territory/999000012", "", "", nil, false},
	{"territoryPage", 401, "/territory/999000012", "nobody's", "", nil, false},
	{"territoryPage", 200, "/territory/999000012", lyonSecret, "", nil, false},
	{"territoryPage", 404, "/territory/999000020", "", "", nil, false},
	{"territoryFile", 200, "/territory/999000012/sites.geojson", "", "", nil, false},
	{"territoryFile", 200, "/territory/999000012/pcaet.xlsx", "", "", nil, false},
	{"territoryFile", 401, "/territory/999000012/depot.csv", "nobody's", "", nil, false},
	{"territoryFile", 200, "/territory/999000012/depot.csv", lyonSecret, "", nil, false},
	{"territoryFile", 404, "/territory/999000012/none.csv", "", "", nil, false},
	{"sitePage", 200, "/site/paris-1?lang=en", secret, "", nil, false},
	{"sitePage", 401, "/site/paris-1", "nobody's", "", nil, false},
	{"sitePage", 403, "/site/paris-1", lyonSecret, "", nil, false},
	{"sitePage", 404, "/site/none", "", "", nil, false},
	{"siteFile", 200, "/site/paris-1/paris-1-hourly.csv?year=2025", secret, "", nil, false},
	{"siteFile", 401, "/site/paris-1/paris-1-hourly.csv", "nobody's", "", nil, false},
	{"siteFile", 403, "/site/paris-1/paris-1-hourly.csv", lyonSecret, "", nil, false},
	{"siteFile", 404, "/site/paris-1/none.csv", "", "", nil, false},
	{"networkPage", 200, "/network/north", "", "", nil, false},
	{"networkPage", 401, "/network/north", "nobody's", "", nil, false},
	{"networkPage", 404, "/network/none", "", "", nil, false},
}

// elsewhere are answers that the tests of releases and declarations bring
// about.
var elsewhere = []string{"declare 200", "declare 400", "declare 403", "declare 409", "declare 413", "declare 503",
	"declareDemand 200", "declareDemand 400", "declareDemand 404", "declareDemand 409", "declareDemand 413", "declareDemand 503",
	"networkDemand 200", "networkDemand 503",
	"takeRelease 200", "takeRelease 403", "takeRelease 409", "takeRelease 413", "takeRelease 503"}

// Every answer that the document describes is brought about, and is as the
// document says.
func TestEveryAnswerIsAsTheDocumentSays(t *testing.T) {
	open, closed := newTownServer(t), newTownServer(t)
	if err := closed.store.Close(); err != nil {
		t.Fatal(err)
	}
	doc := documented(t, open)
	router, err := gorillamux.NewRouter(doc)
	if err != nil {
		t.Fatal(err)
	}
	for _, form := range []string{"text/html", "application/pdf", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"} {
		openapi3filter.RegisterBodyDecoder(form, openapi3filter.FileBodyDecoder)
	}
	openapi3filter.RegisterBodyDecoder("application/yaml", openapi3filter.FileBodyDecoder) // as it stands
	openapi3filter.RegisterBodyDecoder("text/csv", openapi3filter.FileBodyDecoder)         // some are separated by semicolons
	openapi3filter.RegisterBodyDecoder("application/geo+json", openapi3filter.RegisteredBodyDecoder("application/json"))
	seen := map[string]bool{}
	for _, c := range calls {
		t.Run(fmt.Sprintf("%s %d %s", c.operation, c.status, c.target), func(t *testing.T) {
			s := open
			if c.closed {
				s = closed
			}
			if err := c.check(s, router); err != nil {
				t.Error(err)
			}
		})
		seen[fmt.Sprintf("%s %d", c.operation, c.status)] = true
	}
	for _, item := range doc.Paths.Map() {
		for _, operation := range item.Operations() {
			for status := range operation.Responses.Map() {
				if answer := operation.OperationID + " " + status; !seen[answer] && !slices.Contains(elsewhere, answer) {
					t.Errorf("nothing brings about %s", answer)
				}
			}
		}
	}
}

// check makes the call and holds the answer against the document.
func (c call) check(s *testServer, router routers.Router) error {
	method := http.MethodGet
	if c.body != "" {
		method = http.MethodPost
	}
	r, err := http.NewRequest(method, s.url+c.target, strings.NewReader(c.body))
	if err != nil {
		return err
	}
	if c.token != "" {
		r.Header.Set("Authorization", "Token "+c.token)
	}
	if c.change != nil {
		c.change(r)
	}
	res, err := http.DefaultClient.Do(r)
	if err != nil {
		return err
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		return err
	}
	if res.StatusCode != c.status {
		return fmt.Errorf("%d, want %d: %.300s", res.StatusCode, c.status, body)
	}
	route, path, err := router.FindRoute(&http.Request{Method: method, URL: &url.URL{Path: r.URL.Path}})
	if err != nil {
		return err
	}
	if route.Operation.OperationID != c.operation {
		return fmt.Errorf("this is %s", route.Operation.OperationID)
	}
	asked := &openapi3filter.RequestValidationInput{Request: r, Route: route, PathParams: path}
	answered := &openapi3filter.ResponseValidationInput{RequestValidationInput: asked, Status: res.StatusCode, Header: res.Header,
		Options: &openapi3filter.Options{IncludeResponseStatus: true}}
	return openapi3filter.ValidateResponse(context.Background(), answered.SetBodyBytes(body))
}
