package agent

import (
	"bufio"
	"context"
	"crypto/ed25519"
	"errors"
	"fmt"
	"io"
	"math"
	"os"

	"thermie/agent/queue"
	"thermie/carry"
	"thermie/configs"
	"thermie/durable"
	"thermie/signing"
)

// CmdCarry is `thermie carry`: lines leave the site in a signed file that a
// person carries, and leave the queue when the collector's receipt has come
// back. The agent may run meanwhile.
func CmdCarry(_ context.Context, args []string, out, errOut io.Writer) error {
	flags := newFlags("carry", errOut)
	config := flags.String("config", "", "the agent's configuration `FILE` (YAML)")
	file := flags.String("out", "", "write what waits into this new `FILE`")
	again := flags.Uint64("again", 0, "with -out: write the file of this `NUMBER` once more, because it was lost")
	receipt := flags.String("receipt", "", "the collector's receipt `FILE`: the lines that it confirms leave the queue")
	lost := flags.Bool("lost", false, "with -receipt: give up older files that never got one, because the collector went on without them")
	if err := flags.parse(args, "config"); err != nil {
		return err
	}
	cfg, err := configs.LoadAgent(*config)
	if err != nil {
		return err
	}
	p, err := openPorter(cfg, out)
	switch {
	case err != nil:
		return err
	case *file != "" && *receipt != "" || *again != 0 && *file == "":
		return errors.New("-out writes a file, -receipt takes a receipt, -again goes with -out (hint: thermie carry -h)")
	case *receipt != "":
		return p.confirm(*receipt, *lost)
	case *again != 0:
		return p.again(*again, *file)
	case *file != "":
		return p.write(*file)
	}
	return p.list()
}

// porter writes a site's files and takes their receipts.
type porter struct {
	cfg    *configs.Agent
	folder queue.Folder
	memory carried
	out    io.Writer
}

func openPorter(cfg *configs.Agent, out io.Writer) (*porter, error) {
	folder, err := queue.Look(cfg.State)
	if err != nil {
		return nil, err
	}
	memory, err := readCarried(cfg.State)
	return &porter{cfg, folder, memory, out}, err
}

// list shows the files that wait for a receipt, and the site's key.
func (p *porter) list() error {
	for _, f := range p.memory.Open {
		fmt.Fprintf(p.out, "file %d, %d lines: no receipt yet\n", f.Number, f.Lines)
	}
	if len(p.memory.Open) == 0 {
		fmt.Fprintln(p.out, "No file waits for a receipt.")
	}
	key, err := signing.OpenKey(carryKeyPath(p.cfg.State))
	if err != nil {
		return err
	}
	p.tellKey(key)
	return nil
}

// tellKey says how the collector knows what this site signs.
func (p *porter) tellKey(key ed25519.PrivateKey) {
	fmt.Fprintf(p.out, "signed with the key %s\n(the collector knows it as carry_key: of this site)\n", signing.Public(key))
}

// write makes the next file of what waits, and of nothing that is held.
func (p *porter) write(path string) error {
	upTo := uint64(math.MaxUint64)
	if p.cfg.Collector.Hold {
		upTo = p.folder.Released
	}
	f := p.memory.next(p.folder.Acknowledged)
	f.Last = upTo
	return p.produce(path, &f, func() error {
		if f.Lines == 0 {
			return errors.New("nothing waits that may leave (hint: thermie outbox shows what is held)")
		}
		p.memory.written(f)
		return p.memory.store(p.cfg.State)
	})
}

// again makes a file once more, the same byte for byte.
func (p *porter) again(number uint64, path string) error {
	lost, err := p.memory.find(number)
	if err != nil {
		return err
	}
	f := lost
	f.Lines = 0
	return p.produce(path, &f, func() error {
		if f.Name != lost.Name {
			return fmt.Errorf("the queue no longer keeps all lines of file %d, which was bound to drop some (hint: let the collector go on without it: thermie takein -lost)", number)
		}
		return nil
	})
}

// produce writes a file beside its place, and puts it there when settled
// agrees.
func (p *porter) produce(path string, f *carriedFile, settled func() error) (err error) {
	key, err := signing.OpenKey(carryKeyPath(p.cfg.State))
	if err != nil {
		return err
	}
	if _, err := os.Lstat(path); err == nil {
		return fmt.Errorf("%s is there already (hint: give the file a name of its own)", path)
	}
	fresh, err := os.OpenFile(path+".new", os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o640)
	if err != nil {
		return fmt.Errorf("write the file: %w", err)
	}
	defer os.Remove(fresh.Name()) // gone already when all went well
	seal, err := p.fill(fresh, f, carry.Seal{Site: p.cfg.Site.ID, Number: f.Number, Previous: f.Previous}, key)
	if err = errors.Join(err, fresh.Sync(), fresh.Close()); err != nil {
		return fmt.Errorf("write the file: %w", err)
	}
	f.Name, f.Lines = seal.Name(), seal.Lines
	if err := settled(); err != nil {
		return err
	}
	if err := durable.Rename(fresh.Name(), path); err != nil {
		return fmt.Errorf("write the file: %w (hint: thermie carry -again %d writes it once more)", err, f.Number)
	}
	fmt.Fprintf(p.out, "%s: file %d of site %s, %d lines, %d bytes unpacked\n",
		path, f.Number, p.cfg.Site.ID, seal.Lines, seal.Bytes)
	p.tellKey(key)
	return nil
}

// fill writes the lines behind f.After up to f.Last, and notes the last one.
func (p *porter) fill(to io.Writer, f *carriedFile, s carry.Seal, key ed25519.PrivateKey) (carry.Seal, error) {
	buffered := bufio.NewWriter(to)
	upTo := f.Last
	s, err := carry.Write(buffered, s, key, func(put func([]byte) error) error {
		err := p.folder.Each(f.After, func(number uint64, line []byte) error {
			if number > upTo {
				return io.EOF
			}
			f.Last = number
			return put(line)
		})
		if err == io.EOF {
			err = nil
		}
		return err
	})
	return s, errors.Join(err, buffered.Flush())
}

// confirm lets go what a receipt confirms.
func (p *porter) confirm(path string, lost bool) error {
	text, err := os.ReadFile(path)
	if err != nil {
		return fmt.Errorf("receipt: %w", err)
	}
	if p.cfg.Collector.ReceiptKey == "" {
		return errors.New("nobody has said by which key the collector's receipts are known; nothing was deleted (hint: receipt_key: under collector:, as thermie takein prints it)")
	}
	key, err := signing.ParsePublic(p.cfg.Collector.ReceiptKey)
	if err != nil {
		return err
	}
	r, err := carry.OpenReceipt(text, key)
	if err != nil {
		return fmt.Errorf("%s: %w; nothing was deleted", path, err)
	}
	f, err := p.memory.find(r.Number)
	if err == nil && (r.Site != p.cfg.Site.ID || r.File != f.Name || r.Lines != f.Lines) {
		err = fmt.Errorf("the receipt is for another file %d than that of this agent", r.Number)
	}
	if oldest := p.memory.Open; err == nil && !lost && oldest[0].Number < f.Number {
		err = fmt.Errorf("file %d has no receipt yet, and its lines are older (hint: bring its receipt first; if the collector went on without it, add -lost)", oldest[0].Number)
	}
	if err != nil {
		return fmt.Errorf("%s: %w; nothing was deleted", path, err)
	}
	if err := queue.Delivered(p.cfg.State, f.Last); err != nil {
		return err
	}
	p.memory.confirmed(f.Number)
	fmt.Fprintf(p.out, "file %d: the collector took its %d lines at %s; they leave the queue\n", f.Number, f.Lines, clock(r.Taken)+" UTC")
	if r.Refused > 0 {
		fmt.Fprintf(p.out, "of them it refused %d, and keeps them aside with its reasons\n", r.Refused)
	}
	return p.memory.store(p.cfg.State)
}
