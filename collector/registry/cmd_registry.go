package registry

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/user"
	"strings"
	"time"

	"thermie/configs"
)

const usage = `which? thermie registry
  list     [sites|territories|networks|factors] [-as-of DAY]
  show     KIND ID [-history] [-as-of DAY]
  hours    NETWORK [-as-of DAY]                   its own demand by the hour, as it was declared
  find     NAME or CODE or SIREN [DEPARTMENT]     communes, EPCI, EPT of the embedded geography
  declare  KIND key=value ... [-from DAY]         a part of what is known, or something new
  import   FILE.csv or FILE.yaml                  a list of sites; or sites, territories, networks, factors
  withdraw KIND ID [-from DAY]
  copy     -to FILE -owner NAME                   for another collector, which takes no changes
with -config FILE or -data DIR; KIND is site, territory, network or factor`

// verbs are what the command does.
var verbs = map[string]func(*command, context.Context) error{
	"list": (*command).list, "show": (*command).show, "hours": (*command).hours, "find": (*command).find, "declare": (*command).declare,
	"import": (*command).take, "withdraw": (*command).withdraw, "copy": (*command).copy,
}

// command is one call of `thermie registry`.
type command struct {
	words       []string // what is no flag
	out, errOut io.Writer
	now         func() time.Time

	data, config, from, asOf, person, to, owner string
	dryRun, history, json                       bool
	collector                                   *configs.Collector
}

// CmdRegistry is `thermie registry`: a person looks at what is declared of
// sites, territories, networks and factors, and declares more. The collector
// may be running meanwhile.
func CmdRegistry(ctx context.Context, args []string, out, errOut io.Writer) error {
	if len(args) == 0 || strings.HasPrefix(args[0], "-") {
		return errors.New(usage)
	}
	run, ok := verbs[args[0]]
	if !ok {
		return fmt.Errorf("there is no registry %q; %s", args[0], usage)
	}
	c := &command{out: out, errOut: errOut, now: time.Now}
	if err := c.parse(args[0], args[1:]); err != nil {
		return err
	}
	return run(c, ctx)
}

// parse takes flags before, between and behind the words.
func (c *command) parse(verb string, args []string) error {
	f := flag.NewFlagSet("thermie registry "+verb, flag.ContinueOnError)
	f.SetOutput(c.errOut)
	f.StringVar(&c.data, "data", "", "the collector's data `DIR`")
	f.StringVar(&c.config, "config", "", "the collector's configuration `FILE`")
	f.StringVar(&c.from, "from", "", "`DAY` from which it holds, 2026-07-01 (default: since ever)")
	f.StringVar(&c.asOf, "as-of", "", "the registry as it was known at the end of a `DAY`")
	f.StringVar(&c.person, "person", login(), "who declares; `NAME`")
	f.StringVar(&c.to, "to", "", "`FILE` of the copy")
	f.StringVar(&c.owner, "owner", "", "`NAME` of this collector in the copy, such as its address")
	f.BoolVar(&c.dryRun, "dry-run", false, "say what would change, and keep nothing")
	f.BoolVar(&c.history, "history", false, "all that was ever declared of it")
	f.BoolVar(&c.json, "json", false, "for a program")
	for {
		if err := f.Parse(args); err != nil {
			return err
		}
		if f.NArg() == 0 {
			break
		}
		c.words, args = append(c.words, f.Arg(0)), f.Args()[1:]
	}
	if c.config == "" {
		return nil
	}
	var err error
	if c.collector, err = configs.LoadCollector(c.config); err == nil && c.data == "" {
		c.data = c.collector.Data
	}
	return err
}

// login is the person's name on this machine.
func login() string {
	if u, err := user.Current(); err == nil {
		return u.Username
	}
	return "unknown"
}

// errNowhere asks for the registry.
var errNowhere = errors.New("say whose registry (hint: -config FILE of the collector, or -data DIR)")

// open opens the registry to write. A folder that only -data names must be
// there: it may be misspelt.
func (c *command) open(ctx context.Context) (*DB, error) {
	if c.data == "" {
		return nil, errNowhere
	}
	if _, err := os.Stat(c.data); err != nil && c.collector == nil {
		return nil, fmt.Errorf("%w (hint: give the collector's -config, or its data folder)", err)
	}
	return Open(ctx, c.data, c.now)
}

// read opens the registry for as long as do reads it.
func (c *command) read(ctx context.Context, do func(*DB, View) error) (err error) {
	if c.data == "" {
		return errNowhere
	}
	db, err := OpenToRead(ctx, c.data, c.now)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	v, err := c.view(ctx, db)
	if err != nil {
		return err
	}
	return do(db, v)
}

// view is the registry of the day that is asked for, or of now with what the
// configuration declares.
func (c *command) view(ctx context.Context, db *DB) (v View, err error) {
	if c.asOf != "" {
		end, err := dayBegins(c.asOf, metropolitan)
		if err != nil {
			return v, fmt.Errorf("-as-of %q: want a day such as 2026-07-01", c.asOf)
		}
		return db.AsOf(time.Unix(end, 0).Add(24*time.Hour - time.Second)), nil
	}
	v = db.Now()
	if c.collector != nil {
		_, err = db.Follow(ctx, c.collector.Declared())
	}
	return v, err
}
