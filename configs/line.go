package configs

import "time"

// The ways to a Modbus line.
const (
	LinkTCP        = "tcp"          // Modbus TCP
	LinkTLS        = "tls"          // Modbus/TCP Security: both sides show a certificate
	LinkRTUOverTCP = "rtu_over_tcp" // RTU frames through a serial device server
	LinkRTU        = "rtu"          // a serial port of this machine
)

// Line is one way to Modbus devices and the devices behind it.
type Line struct {
	Link        string   `yaml:"link"`               // one of the above; default tcp
	Address     string   `yaml:"address"`            // host:port; of rtu the serial port, such as /dev/ttyUSB0
	TLS         Security `yaml:"tls"`                // of tls
	Serial      Serial   `yaml:"serial"`             // of rtu
	SoleMaster  bool     `yaml:"sole_master"`        // of both RTU links: nobody else asks on this line
	Timeout     Duration `yaml:"timeout"`            // for one answer; default 2s
	Period      Duration `yaml:"period"`             // between two readings of a register; default 10s
	MaxRequests float64  `yaml:"max_requests_per_s"` // default 1
	IdleClose   Duration `yaml:"idle_close"`         // a connection not used for so long is closed; default 1m
	Devices     []Device `yaml:"devices"`
}

// Serial is how a serial line is set.
type Serial struct {
	Baud int    `yaml:"baud"` // default 19200
	Mode string `yaml:"mode"` // data bits, parity, stop bits; default 8E1
}

// Parity is N, E or O.
func (s Serial) Parity() string { return s.Mode[1:2] }

// StopBits is 1 or 2.
func (s Serial) StopBits() int { return int(s.Mode[2] - '0') }

// Device is one Modbus unit whose registers a template describes.
type Device struct {
	Unit     uint8             `yaml:"unit"`
	Template string            `yaml:"template"`
	Point    string            `yaml:"point"`
	Units    map[string]string `yaml:"units,omitempty"` // unit by register name, where the meter's own setting decides it

	Timeout  Duration `yaml:"timeout"`   // for one answer, where this device needs another than the line's
	Pause    Duration `yaml:"pause"`     // of the line before each request to this device
	MaxWords int      `yaml:"max_words"` // a request, where this device takes fewer than its template says
}

// PatienceWith is how long a device of the line has for one answer.
func (l Line) PatienceWith(d Device) time.Duration {
	if d.Timeout > 0 {
		return time.Duration(d.Timeout)
	}
	return time.Duration(l.Timeout)
}
