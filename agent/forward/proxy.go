package forward

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"os"

	"thermie/configs"
)

// useProxy makes a transport go through the configured proxy, and through
// none if there is none, whatever the environment says.
func useProxy(transport *http.Transport, up configs.Upstream) error {
	transport.Proxy = nil
	if up.Proxy == "" {
		return nil
	}
	address, err := url.Parse(up.Proxy)
	if err != nil || address.Host == "" || address.User != nil {
		return setupError{errors.New("collector.proxy: want http://host:port, without a login in it")}
	}
	transport.Proxy = func(*http.Request) (*url.URL, error) { return withLogin(*address, up.ProxyLogin) }
	transport.OnProxyConnectResponse = func(_ context.Context, _ *url.URL, _ *http.Request, response *http.Response) error {
		if response.StatusCode == http.StatusOK {
			return nil
		}
		return &uploadAnswer{status: response.StatusCode, words: "said by the proxy " + address.Host}
	}
	return nil
}

// withLogin adds the login in a file, which is read anew each time so that
// it can be exchanged while the agent runs.
func withLogin(address url.URL, file string) (*url.URL, error) {
	if file == "" {
		return &address, nil
	}
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, setupError{fmt.Errorf("collector.proxy_login_file: %w", err)}
	}
	name, password, ok := bytes.Cut(bytes.TrimSpace(text), []byte(":"))
	if !ok {
		return nil, setupError{fmt.Errorf("collector.proxy_login_file: %s does not hold name:password", file)}
	}
	address.User = url.UserPassword(string(name), string(password))
	return &address, nil
}
