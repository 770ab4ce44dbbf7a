package rights

import (
	"fmt"
	"strings"
)

// Table writes the whole policy as a Markdown table: how finely each role
// reads each field of a site that it stands to in that way, without anybody's
// consent. It asks Decide, so it cannot say otherwise than what happens.
func Table() string {
	var b strings.Builder
	askers := []struct {
		title    string
		role     Role
		standing Standing
	}{
		{"public", Public, Stranger}, {"authority, its territory", Authority, Within}, {"authority, elsewhere", Authority, Stranger},
		{"engineer, by convention", Engineer, Convention}, {"operator, own site", Operator, Own}, {"operator, another's", Operator, Stranger},
		{"agent, its site", Agent, Own}, {"admin, person on the machine", Admin, Keeper},
	}
	b.WriteString("| field |")
	for _, a := range askers {
		b.WriteString(" " + a.title + " |")
	}
	b.WriteString("\n|---" + strings.Repeat("|---", len(askers)) + "|\n")
	for _, f := range Fields {
		fmt.Fprintf(&b, "| `%s` |", f)
		for _, a := range askers {
			d := Decide(Question{Who: Identity{Role: a.role}, Standing: a.standing, Site: "x", Field: f, Resolution: Once})
			if d.Finest == Nothing {
				b.WriteString(" – |")
			} else {
				fmt.Fprintf(&b, " %s |", d.Finest)
			}
		}
		b.WriteString("\n")
	}
	return b.String()
}
