package virtual

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"sync"
	"sync/atomic"
	"time"
)

// loopback is where a listener opens that was given no address.
const loopback = "127.0.0.1:0"

// Options say where the virtual data center listens; an empty one takes a
// free port on the loopback.
type Options struct {
	Modbus, MQTT, HTTP string
}

// DataCenter is a small data center that answers as a real one would: its
// electricity meters on Modbus TCP, its sensors on an MQTT broker. It shows
// a measured day, and moves through it when asked to (StepURL).
type DataCenter struct {
	replay   *replay
	stepping sync.Mutex // one step at a time
	units    atomic.Pointer[map[byte]image]

	modbus *modbusServer
	broker *broker
	steps  net.Listener
	http   *http.Server
	closed func() error
}

// Start opens the listeners and shows the day's first instant. The data
// center stands until Close, or until ctx ends.
func Start(ctx context.Context, o Options) (*DataCenter, error) {
	replay, err := newReplay()
	if err != nil {
		return nil, err
	}
	d := &DataCenter{replay: replay}
	d.closed = sync.OnceValue(d.shut)
	if err := d.showRow(0); err != nil {
		return nil, err
	}
	if err := d.listen(o); err != nil {
		return nil, errors.Join(err, d.Close())
	}
	context.AfterFunc(ctx, func() { d.Close() })
	return d, nil
}

func (d *DataCenter) listen(o Options) (err error) {
	if d.modbus, err = serveModbus(cmp.Or(o.Modbus, loopback), d.unit); err != nil {
		return err
	}
	if d.broker, err = serveMQTT(cmp.Or(o.MQTT, loopback)); err != nil {
		return err
	}
	if d.steps, err = net.Listen("tcp", cmp.Or(o.HTTP, loopback)); err != nil {
		return fmt.Errorf("virtual clock: %w", err)
	}
	d.http = &http.Server{Handler: d.stepHandler(), ReadHeaderTimeout: 10 * time.Second}
	go d.http.Serve(d.steps)
	return nil
}

// showRow puts one row of the day into the registers, all meters at once.
func (d *DataCenter) showRow(row int) error {
	units, err := d.replay.registers(row)
	if err != nil {
		return err
	}
	d.units.Store(&units)
	return nil
}

func (d *DataCenter) unit(number byte) (image, bool) {
	im, known := (*d.units.Load())[number]
	return im, known
}

// ModbusAddr is host:port of the Modbus TCP server.
func (d *DataCenter) ModbusAddr() string { return d.modbus.addr() }

// MQTTAddr is host:port of the broker.
func (d *DataCenter) MQTTAddr() string { return d.broker.addr() }

// StepURL is where POST {"now": <Unix seconds>} moves the data center to its
// next instant after now (0: the first) and answers {"now": …, "done": …}.
func (d *DataCenter) StepURL() string { return "http://" + d.steps.Addr().String() + "/step" }

// Close ends all listeners and connections. It may be called again.
func (d *DataCenter) Close() error { return d.closed() }

func (d *DataCenter) shut() error {
	var errs []error
	if d.http != nil {
		errs = append(errs, d.http.Close())
	}
	if d.broker != nil {
		errs = append(errs, d.broker.close())
	}
	if d.modbus != nil {
		errs = append(errs, d.modbus.close())
	}
	return errors.Join(errs...)
}
