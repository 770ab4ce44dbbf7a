package modbus

import (
	"errors"
	"fmt"
	"io"
	"strings"
)

// The functions by which a device says who it is (MODBUS Application Protocol
// 1.1b3, 6.13 and 6.21). A link refuses them unless it was opened to probe.
const (
	serverID     = 0x11
	encapsulated = 0x2B
	deviceID     = 0x0E // what 0x2B carries here; others could write

	basicIdentity   = 1 // maker, product code, revision
	regularIdentity = 2 // and the names of product and model
)

// mostObjects bounds the answers that one identification is spread over.
const mostObjects = 4

// MostIdentityRequests is the most that Identify asks: both categories, and
// the server's name.
const MostIdentityRequests = 2*mostObjects + 1

// Identity is what a device says of itself; empty where it does not.
type Identity struct {
	Maker    string `json:"maker,omitempty"`
	Code     string `json:"code,omitempty"` // of the product
	Revision string `json:"revision,omitempty"`
	Product  string `json:"product,omitempty"`
	Model    string `json:"model,omitempty"`
	Server   string `json:"server,omitempty"` // what function 0x11 says
}

// String joins what the device says of itself.
func (i Identity) String() string {
	var said []string
	for _, s := range []string{i.Maker, i.Product, i.Model, i.Code, i.Revision, i.Server} {
		if s != "" {
			said = append(said, s)
		}
	}
	return strings.Join(said, " ")
}

// isIdentification reports whether a PDU asks who a device is, and nothing
// else.
func isIdentification(pdu []byte) bool {
	switch {
	case len(pdu) == 1:
		return pdu[0] == serverID
	case len(pdu) == 4:
		return pdu[0] == encapsulated && pdu[1] == deviceID && (pdu[2] == basicIdentity || pdu[2] == regularIdentity)
	}
	return false
}

// Present reports whether anybody answers for the unit, be it with a refusal.
// It asks for one holding register, at 1, which is the least that any device
// answers. The error says that the link itself is down.
func (u Unit) Present() (bool, error) {
	_, err := u.read(request{function: 3, address: 1, words: 1})
	if errors.As(err, new(Unreachable)) {
		return false, err
	}
	return err == nil || IsException(err), nil
}

// Identify asks a device who it is, by both functions. A device that refuses
// them has an empty identity; the error says that there was no answer.
func (u Unit) Identify() (who Identity, err error) {
	err = u.objects(regularIdentity, &who)
	if IsException(err) {
		err = u.objects(basicIdentity, &who)
	}
	if err != nil && !IsException(err) {
		return who, err
	}
	data, err := u.ask(serverID)
	if err == nil {
		who.Server = shown(data[1:]) // behind the byte count
	} else if IsException(err) {
		err = nil
	}
	return who, err
}

// objects reads the objects of an identity, which may come in several
// answers.
func (u Unit) objects(category byte, who *Identity) error {
	next := byte(0)
	for range mostObjects {
		data, err := u.ask(encapsulated, deviceID, category, next)
		if err != nil {
			return err
		}
		for at := identityHead - 1; at+2 <= len(data); at += 2 + int(data[at+1]) {
			who.set(data[at], shown(data[at+2:at+2+int(data[at+1])]))
		}
		if more := data[3]; more == 0 || data[4] <= next {
			return nil
		}
		next = data[4]
	}
	return nil
}

// set keeps an object by its number (1.1b3, 6.21, table of objects).
func (i *Identity) set(object byte, value string) {
	switch object {
	case 0:
		i.Maker = value
	case 1:
		i.Code = value
	case 2:
		i.Revision = value
	case 4:
		i.Product = value
	case 5:
		i.Model = value
	}
}

// shown is what can be shown of bytes that may be text.
func shown(b []byte) string {
	return strings.TrimSpace(strings.Map(printable, string(b)))
}

// identityHead is how much of a PDU stands before its objects: function, 0x0E,
// category, conformity, whether more follows, the next object, their number.
const identityHead = 7

// checkIdentity reports why a PDU is not a whole identification.
func checkIdentity(pdu []byte) error {
	if pdu[0] == serverID {
		if len(pdu) < 2 || int(pdu[1]) != len(pdu)-2 {
			return errors.New("an identification whose length is not the announced one")
		}
		return nil
	}
	if len(pdu) < identityHead || pdu[1] != deviceID {
		return errors.New("not an identification")
	}
	at := identityHead
	for range pdu[identityHead-1] {
		if at+2 > len(pdu) {
			return errors.New("an identification that is cut short")
		}
		at += 2 + int(pdu[at+1])
	}
	if at != len(pdu) {
		return errors.New("an identification whose length is not the announced one")
	}
	return nil
}

// readObjects reads the rest of an identification on a serial line, where
// only the objects themselves tell its length.
func readObjects(r io.Reader, frame []byte) ([]byte, error) {
	have := shortestRTU
	upTo := func(length int) error {
		if length > longestRTU {
			return fmt.Errorf("not an RTU frame: length %d", length)
		}
		if length <= have {
			return nil
		}
		_, err := io.ReadFull(r, frame[have:length])
		have = length
		return err
	}
	at := 1 + identityHead // behind the unit
	if err := upTo(at); err != nil {
		return nil, err
	}
	for range frame[at-1] {
		if err := upTo(at + 2); err != nil {
			return nil, err
		}
		at += 2 + int(frame[at+1])
	}
	if err := upTo(at + crcBytes); err != nil {
		return nil, err
	}
	return frame[:at+crcBytes], intact(frame[:at+crcBytes])
}
