package configs

import (
	"cmp"
	"fmt"
	"maps"
	"net"
	"net/url"
	"reflect"
	"slices"
	"strings"
)

// Redacted is a configuration as its owner may send it to somebody who mends
// this program: its shape, its settings and Thermie's own words. Whatever else
// a person wrote stands under an alias, the same one wherever it stands.
type Redacted struct {
	Agent     *Agent     // one of the two, as far as it can be read
	Collector *Collector // the other is nil
	Text      string     // with every default
	Faults    []string   // what check finds: lines and kinds of faults, without what was written there

	addresses bool
	words     map[string]bool
	aliases   map[string]string
	counts    map[string]int
}

// Redact reads an agent's or a collector's configuration, whatever is wrong
// with it. Hosts and ports stay readable where addresses are wanted, logins
// in them never.
func Redact(file string, addresses bool) (*Redacted, error) {
	data, err := readFile(file)
	if err != nil {
		return nil, err
	}
	a, col := defaultAgent(), defaultCollector()
	doc, faults := decode(file, data, a)
	asCollector, others := decode(file, data, col)
	r := &Redacted{addresses: addresses, words: vocabulary(), aliases: map[string]string{}, counts: map[string]int{}}
	c := newChecker(doc, faults)
	if len(others) < len(faults) {
		c = newChecker(asCollector, others)
		r.Collector = col
		c.run(func() { c.collector(col); col.resolve(file) })
		r.Text = r.block(reflect.ValueOf(*col), "", false)
	} else {
		r.Agent = a
		c.run(func() { c.agent(a); a.resolve(file); c.machine(a) })
		r.Text = r.block(reflect.ValueOf(*a), "", false)
	}
	for _, f := range c.faults {
		where := fmt.Sprintf("line %d: ", f.Line)
		if f.File != file {
			where = "a template of the site's own, " + where
		}
		r.Faults = append(r.Faults, where+cmp.Or(f.form, "an unknown key, a key twice, or a value that cannot be read"))
	}
	return r, nil
}

// Alias stands for what a person wrote under a key. Words of Thermie's own
// stand for themselves.
func (r *Redacted) Alias(key, value string) string {
	if r.words[value] || accuracyClass.MatchString(value) {
		return value
	}
	if _, known := r.aliases[value]; !known {
		r.counts[key]++
		r.aliases[value] = fmt.Sprintf("%s-%d", key, r.counts[key])
		if shown := hostOf(value); r.addresses && shown != "" {
			r.aliases[value] = shown
		}
	}
	return r.aliases[value]
}

// hostOf is the part of an address that holds no login and no path.
func hostOf(value string) string {
	if u, err := url.Parse(value); err == nil && u.Host != "" {
		return u.Scheme + "://" + u.Host
	}
	if host, _, err := net.SplitHostPort(value); err == nil && !strings.ContainsAny(host, "@/") {
		return value
	}
	return ""
}

// declared are the keys of what is said of sites, areas and plans: of it
// numbers are left out too.
var declared = []string{"site", "sites", "territories", "networks", "factors", "studies", "plans"}

// block writes the keys of a struct.
func (r *Redacted) block(v reflect.Value, indent string, private bool) string {
	var b strings.Builder
	for i := range v.NumField() {
		field := v.Type().Field(i)
		key, option, _ := strings.Cut(field.Tag.Get("yaml"), ",")
		switch {
		case option == "inline":
			b.WriteString(r.block(v.Field(i), indent, private))
		case field.IsExported() && key != "-" && !v.Field(i).IsZero():
			private := private || indent == "" && slices.Contains(declared, key)
			fmt.Fprintf(&b, "%s%s:%s", indent, key, r.value(v.Field(i), key, indent+"  ", private))
		}
	}
	return b.String()
}

// value writes what stands behind a key, with the end of its line.
func (r *Redacted) value(v reflect.Value, key, indent string, private bool) string {
	if d, ok := v.Interface().(Duration); ok {
		return " " + d.String() + "\n"
	}
	switch v.Kind() {
	case reflect.Pointer:
		return r.value(v.Elem(), key, indent, private)
	case reflect.Struct:
		return "\n" + r.block(v, indent, private)
	case reflect.Slice:
		b := "\n"
		for i := range v.Len() {
			b += indent + "-" + r.value(v.Index(i), key, indent+"  ", private)
		}
		return b
	case reflect.Map:
		b := "\n"
		all := map[string]reflect.Value{}
		for entry := v.MapRange(); entry.Next(); {
			all[fmt.Sprint(entry.Key())] = entry.Value()
		}
		for _, k := range slices.Sorted(maps.Keys(all)) {
			b += indent + r.Alias(key+"-key", k) + ":" + r.value(all[k], key, indent+"  ", private)
		}
		return b
	case reflect.String:
		return " " + r.Alias(key, v.String()) + "\n"
	case reflect.Bool:
		return fmt.Sprintf(" %v\n", v)
	}
	if private {
		return " a number\n"
	}
	return fmt.Sprintf(" %v\n", v)
}

// vocabulary holds the words that a configuration may use by closed lists.
func vocabulary() map[string]bool {
	templates, _ := Templates() // what comes with Thermie can be read
	all := map[string]bool{"": true}
	for _, word := range slices.Concat(roles, provenances, taps, media, sides, fluids, injections, loadProfiles, degreeDayMethods,
		factorBases, climateZones, territoryKinds, kindNames(), links, serialModes, MQTTProfiles(), orders, confidences, registerTypes,
		Scenarios, planTopics, planActions, publicFields, StudyInputs(), slices.Collect(maps.Keys(hypothesisKinds)),
		slices.Collect(maps.Keys(conversions)), slices.Collect(maps.Keys(templates)),
		[]string{EmbeddedStore, InfluxStore, RefuseUnmapped, CountUnmapped}) {
		all[word] = true
	}
	return all
}
