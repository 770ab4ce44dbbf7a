package main

import (
	"bytes"
	"fmt"
	"regexp"
	"testing"
	"time"

	"thermie/proof"
)

// Agent and collector of a company with an authority of its own know each
// other by certificates alone: there is no token, and the day that comes in
// over TLS is, line for line, the one that a token brings in.
func TestAnAgentIsKnownByItsCertificate(t *testing.T) {
	byToken := newChain(t).play(0)

	c, company := newChain(t), proof.NewAuthority(t)
	certificate, key := company.Server("collector.company")
	c.edit(c.collectorYAML, regexp.MustCompile(`(?m)^tokens: .*`),
		fmt.Sprintf("tls: {certificate: %q, key: %q, client_ca: %q}", certificate, key, company.CA))
	certificate, key = company.Client("agent", time.Now().Add(time.Hour))
	c.edit(c.agentYAML, regexp.MustCompile(`  token_file: token\n`),
		fmt.Sprintf("  tls: {ca: %q, certificate: %q, key: %q, server_name: collector.company}\n", company.CA, certificate, key))
	c.edit(c.agentYAML, regexp.MustCompile(`(?m)^collector:\n  url: "http`), "collector:\n  url: \"https")
	kill(c.startUntil("collector serves", "collector", "-config", c.collectorYAML)) // which makes its folder
	c.must("token", "create", "-config", c.collectorYAML, "-role", "agent", "-holder", "hall", "-site", "micro-dc", "-certificate", certificate)
	if byCertificate := c.play(0); !bytes.Equal(byToken, byCertificate) {
		t.Errorf("what a certificate brings in differs from what a token does:\n%s", firstDifference(byToken, byCertificate))
	}
}
