package collector

import (
	"crypto/sha256"
	"crypto/subtle"
	"fmt"
	"net/http"
	"os"
	"strings"

	"thermie/configs"
)

// minToken is the shortest secret that is taken for one.
const minToken = 16

// tokens knows which secret speaks for which site. There is no default
// token: without a configured one, nobody can write.
type tokens []siteToken

type siteToken struct {
	site string
	hash [sha256.Size]byte
}

// loadTokens reads the secrets; only their hashes stay in memory.
func loadTokens(list []configs.Token) (tokens, error) {
	var all tokens
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
		one := siteToken{t.Site, sha256.Sum256([]byte(secret))}
		for _, other := range all {
			if other.hash == one.hash {
				return nil, fmt.Errorf("sites %s and %s have the same token (hint: each site needs its own)", other.site, one.site)
			}
		}
		all = append(all, one)
	}
	return all, nil
}

// site returns the site for which the request may write. Every known hash is
// compared, each in constant time, so that time tells nothing.
func (t tokens) site(r *http.Request) (site string, ok bool) {
	scheme, secret, _ := strings.Cut(r.Header.Get("Authorization"), " ")
	if scheme != "Token" && scheme != "Bearer" {
		return "", false
	}
	hash := sha256.Sum256([]byte(strings.TrimSpace(secret)))
	for _, one := range t {
		if subtle.ConstantTimeCompare(hash[:], one.hash[:]) == 1 {
			site, ok = one.site, true
		}
	}
	return site, ok
}
