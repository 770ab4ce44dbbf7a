package probe

import (
	"cmp"
	"maps"
	"math"
	"regexp"
	"slices"
	"strings"

	"thermie/agent/modbus"
	"thermie/configs"
)

// notInNames is what makers write differently from one paper to the next.
var notInNames = regexp.MustCompile(`[^a-z0-9]+`)

func plainName(s string) string { return notInNames.ReplaceAllString(strings.ToLower(s), "") }

// byName lists the templates of which the identity names a model, the longest
// name first. An x at the end of a model stands for any digit.
func byName(who modbus.Identity, templates map[string]configs.Template) []string {
	said := plainName(who.String())
	length := map[string]int{}
	for id, t := range templates {
		for _, model := range t.Models {
			name := plainName(model)
			fixed := strings.TrimRight(name, "x")
			pattern := regexp.MustCompile(regexp.QuoteMeta(fixed) + strings.Repeat("[0-9]", len(name)-len(fixed)))
			if len(fixed) >= 3 && pattern.MatchString(said) {
				length[id] = max(length[id], len(name))
			}
		}
	}
	return slices.SortedFunc(maps.Keys(length), func(a, b string) int {
		return cmp.Or(cmp.Compare(length[b], length[a]), strings.Compare(a, b))
	})
}

// byMaker lists the templates that a device of a maker may have; all where it
// names none.
func byMaker(maker string, templates map[string]configs.Template) (ids []string) {
	said := plainName(maker)
	for _, id := range slices.Sorted(maps.Keys(templates)) {
		first, _, _ := strings.Cut(templates[id].Maker, " ")
		if said == "" || strings.Contains(said, plainName(first)) {
			ids = append(ids, id)
		}
	}
	return ids
}

// leastTelling is how many telling values a template must explain.
const leastTelling = 2

// telling are the units whose values can hardly be right by chance.
var telling = []string{"V", "Hz", "°C", "°F"}

// fitting lists those of the templates whose registers the unit has, with
// values that can be, the one with the most such values first.
func fitting(unit modbus.Unit, templates map[string]configs.Template, ids []string) []string {
	score := map[string]int{}
	for _, id := range ids {
		if n := fit(unit, templates[id]); n >= leastTelling {
			score[id] = n
		}
	}
	return slices.SortedFunc(maps.Keys(score), func(a, b string) int {
		return cmp.Or(cmp.Compare(score[b], score[a]), strings.Compare(a, b))
	})
}

// fit counts the telling values of a unit read by a template; 0 where one of
// its registers is missing, or shows what cannot be.
func fit(unit modbus.Unit, t configs.Template) (told int) {
	wanted := judged(t)
	answers, err := unit.Try(t, wanted)
	if err != nil {
		return 0
	}
	for _, r := range wanted {
		a := answers[r.Name]
		switch verdict, _ := plausible(r, a); {
		case verdict == Suspect && !math.IsNaN(a.Value):
			return 0
		case slices.Contains(telling, r.Unit) && a.Value != 0 && !math.IsNaN(a.Value):
			told++
		}
	}
	return told
}

// judged lists the registers of a template by which it can be recognised.
func judged(t configs.Template) (wanted []configs.Register) {
	for _, r := range t.Registers {
		if _, known := spanOf(r, r.Unit); known && (r.Kind != "" || slices.Contains(telling, r.Unit)) {
			wanted = append(wanted, r)
		}
	}
	return wanted
}
