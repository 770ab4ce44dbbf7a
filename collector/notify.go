package collector

import (
	"context"
	"crypto/tls"
	"fmt"
	"io"
	"net"
	"net/http"
	"time"

	"thermie/collector/rights"
	"thermie/daemon"
)

// checkTimeout is how long the collector may take to answer itself.
const checkTimeout = 30 * time.Second

// reassure tells the service manager that the collector is ready, and then,
// as often as its watchdog wants to hear it, that it answers: each time a
// request passes the collector's own address and its store. It ends with ctx.
func (s *Server) reassure(ctx context.Context) {
	s.tell(daemon.Ready, daemon.Status("serving %s://%s", s.scheme(), s.Addr()))
	period := daemon.WatchdogPeriod()
	if period == 0 {
		return
	}
	ticker := time.NewTicker(period / 3)
	defer ticker.Stop()
	for {
		if err := s.answersItself(ctx); err == nil {
			s.tell(daemon.Alive)
		} else if ctx.Err() == nil {
			s.log.Error("the collector does not answer itself; the service manager is not told that it is alive", "error", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		}
	}
}

// itself is the collector to its own door. It may read nothing; as somebody of
// its own it is heard while strangers are told to wait.
var itself = rights.Identity{ID: "-", Holder: "the collector itself", Role: rights.Agent}

// answersItself asks for GET /health, as a monitor would.
func (s *Server) answersItself(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, checkTimeout)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, s.scheme()+"://"+fromHere(s.Addr())+"/health", nil)
	if err != nil {
		return err
	}
	request.Header.Set("Authorization", "Token "+s.secret)
	client := http.Client{Transport: &http.Transport{DisableKeepAlives: true,
		TLSClientConfig: &tls.Config{InsecureSkipVerify: true}}} // a new connection each time, no proxy, and to itself whatever name the certificate has
	answer, err := client.Do(request)
	if err != nil {
		return err
	}
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusOK {
		words, _ := io.ReadAll(io.LimitReader(answer.Body, 1<<10)) // what came of them
		return fmt.Errorf("%s: %s", answer.Status, words)
	}
	return nil
}

// fromHere is a listening address as this machine reaches it: one that stands
// for all of its addresses is taken as loopback.
func fromHere(address string) string {
	host, port, err := net.SplitHostPort(address)
	if err == nil && (host == "" || net.ParseIP(host).IsUnspecified()) {
		return net.JoinHostPort("localhost", port)
	}
	return address
}

func (s *Server) tell(states ...string) {
	if err := daemon.Notify(states...); err != nil {
		s.log.Warn(err.Error())
	}
}
