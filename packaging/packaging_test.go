// Package packaging holds what the packages are made of, and the tests of it.
package packaging

import (
	"os"
	"os/exec"
	"regexp"
	"strings"
	"testing"

	"thermie/configs"
)

// What a package puts in /etc is a good configuration, and names the folders
// that the units make.
func TestTheStartingConfigurationsAreClean(t *testing.T) {
	agent, err := configs.LoadAgent("agent.yaml")
	if err != nil {
		t.Fatal(err)
	}
	if agent.State != "/var/lib/thermie-agent" || agent.Collector.TokenFile != "/run/credentials/thermie-agent.service/token" {
		t.Errorf("state %s, token %s", agent.State, agent.Collector.TokenFile)
	}
	collector, err := configs.LoadCollector("collector.yaml")
	if err != nil {
		t.Fatal(err)
	}
	if collector.Data != "/var/lib/thermie-collector" || collector.Tokens[0].File != "/run/credentials/thermie-collector.service/tokens_"+collector.Tokens[0].Site {
		t.Errorf("data %s, tokens %+v", collector.Data, collector.Tokens)
	}
}

func TestTheManPageRendersWithoutAWarning(t *testing.T) {
	groff, err := exec.LookPath("groff")
	if err != nil {
		if os.Getenv("THERMIE_REQUIRE_EXTERNAL") != "" {
			t.Fatal("groff is required and not there (Debian: apt-get install groff-base)")
		}
		t.Skip("groff is not there: the man page is not rendered (Debian: apt-get install groff-base)")
	}
	warnings, err := exec.Command(groff, "-mandoc", "-ww", "-z", "thermie.1").CombinedOutput()
	if err != nil || len(warnings) > 0 {
		t.Errorf("%v\n%s", err, warnings)
	}
}

var row = regexp.MustCompile(`(?m)^\t+\{"([a-z]+)", "`)

// The page has every command of the program, and no other.
func TestTheManPageHasEveryCommand(t *testing.T) {
	page, err := os.ReadFile("thermie.1")
	if err != nil {
		t.Fatal(err)
	}
	commands := map[string]bool{"version": true}
	for _, file := range []string{"../main_agent.go", "../main_collector.go"} {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, found := range row.FindAllStringSubmatch(string(text), -1) {
			commands[found[1]] = true
		}
	}
	if len(commands) < 5 {
		t.Fatalf("only %v found in the program", commands)
	}
	for command := range commands {
		if !strings.Contains(string(page), ".It Cm "+command+"\n") {
			t.Errorf("the man page does not explain %s", command)
		}
	}
	for _, found := range regexp.MustCompile(`(?m)^\.It Cm (\w+)$`).FindAllStringSubmatch(string(page), -1) {
		if !commands[found[1]] {
			t.Errorf("the man page explains %s, which is no command", found[1])
		}
	}
}
