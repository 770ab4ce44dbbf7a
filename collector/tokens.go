package collector

import (
	"crypto/sha256"
	"fmt"
	"net/http"
	"os"
	"strings"

	"thermie/configs"
)

// minToken is the shortest secret that is taken for one.
const minToken = 16

// tokens knows which secret, by its hash, speaks for which site. There is no
// default token: without a configured one, nobody can write.
type tokens map[[sha256.Size]byte]string

// loadTokens reads the secrets; only their hashes stay in memory.
func loadTokens(list []configs.Token) (tokens, error) {
	all := tokens{}
	for _, t := range list {
		data, err := os.ReadFile(t.File)
		if err != nil {
			return nil, fmt.Errorf("token of site %s: %w", t.Site, err)
		}
		secret := strings.TrimSpace(string(data))
		if len(secret) < minToken {
			return nil, fmt.Errorf("token of site %s: %s holds fewer than %d characters (hint: openssl rand -hex 32 > FILE)",
				t.Site, t.File, minToken)
		}
		hash := sha256.Sum256([]byte(secret))
		if other, taken := all[hash]; taken {
			return nil, fmt.Errorf("sites %s and %s have the same token (hint: each site needs its own)", other, t.Site)
		}
		all[hash] = t.Site
	}
	return all, nil
}

// site returns the site for which the request may write. Looking a hash up
// takes a time that tells something of the hash, of which nobody can make
// use: no one knows a secret that hashes to what they are looking for.
func (t tokens) site(r *http.Request) (site string, ok bool) {
	scheme, secret, _ := strings.Cut(r.Header.Get("Authorization"), " ")
	if scheme != "Token" && scheme != "Bearer" {
		return "", false
	}
	site, ok = t[sha256.Sum256([]byte(strings.TrimSpace(secret)))]
	return site, ok
}
