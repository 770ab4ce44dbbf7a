package collector

import (
	_ "embed"
	"net/http"
)

// openAPI describes every door and page; a test holds it true.
//
//go:embed openapi.yaml
var openAPI []byte

// openAPIDocument answers GET /api/v1/openapi.yaml.
func (s *Server) openAPIDocument(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "application/yaml; charset=utf-8")
	_, _ = w.Write(openAPI) // who has gone away cannot be told
}
