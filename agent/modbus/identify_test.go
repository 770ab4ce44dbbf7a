package modbus

import (
	"bytes"
	"testing"

	"thermie/agent/modbus/modbustest"
	"thermie/configs"
)

// object is one of an identity, as it stands in an answer.
func object(number byte, value string) []byte {
	return append([]byte{number, byte(len(value))}, value...)
}

// identityOf is the data of an answer with objects.
func identityOf(more, next byte, objects ...[]byte) []byte {
	return append([]byte{deviceID, regularIdentity, 0x82, more, next, byte(len(objects))}, bytes.Join(objects, nil)...)
}

// A device may spread its identity over several answers, and know only one of
// the two functions, or none.
func TestADeviceSaysWhoItIs(t *testing.T) {
	first := identityOf(0xff, 2, object(0, "ABB"), object(1, "2CMA"))
	second := identityOf(0, 0, object(2, "1.7"), object(4, "B23\x00 "), object(0x80, "its own"))
	for name, c := range map[string]struct {
		answer modbustest.Misbehaviour
		want   Identity
	}{
		"in two answers": {func(_ int, r []byte) ([]byte, bool) {
			switch {
			case r[7] == serverID:
				return modbustest.Framed(r, r[6], r[7]|0x80, 1), false
			case r[10] == 2:
				return modbustest.Framed(r, r[6], r[7], second...), false
			}
			return modbustest.Framed(r, r[6], r[7], first...), false
		}, Identity{Maker: "ABB", Code: "2CMA", Revision: "1.7", Product: "B23"}},
		"by its server's name": {func(_ int, r []byte) ([]byte, bool) {
			if r[7] == serverID {
				return modbustest.Framed(r, r[6], r[7], 6, 'U', 'M', 'G', '9', '6', 0xff), false
			}
			return modbustest.Framed(r, r[6], r[7]|0x80, 1), false
		}, Identity{Server: "UMG96"}},
		"not at all": {func(_ int, r []byte) ([]byte, bool) {
			return modbustest.Framed(r, r[6], r[7]|0x80, 1), false
		}, Identity{}},
		"for ever": {func(_ int, r []byte) ([]byte, bool) {
			if r[7] == serverID {
				return modbustest.Framed(r, r[6], r[7], 0), false
			}
			return modbustest.Framed(r, r[6], r[7], identityOf(0xff, 0, object(0, "again"))...), false
		}, Identity{Maker: "again"}},
	} {
		t.Run(name, func(t *testing.T) {
			p := modbustest.NewPeer(t, c.answer)
			l := OpenToProbe(t.Context(), configs.Line{Address: p.Address})
			if who, err := testClient(l, 1).Identify(); err != nil || who != c.want {
				t.Errorf("%+v, %v", who, err)
			}
		})
	}
}

// On a serial line only the objects tell how long an identification is.
func TestAnIdentityInPiecesIsRead(t *testing.T) {
	frame := rtuFrame(append([]byte{7, encapsulated}, identityOf(0, 0, object(0, "Socomec"), object(1, ""))...)...)
	line := listenRTU(t, func(r []byte) [][]byte {
		if r[1] == serverID {
			return [][]byte{rtuFrame(7, serverID|0x80, 1)}
		}
		return singly(frame)
	})
	who, err := testClient(OpenToProbe(t.Context(), line), 7).Identify()
	if err != nil || who.Maker != "Socomec" {
		t.Errorf("%+v, %v", who, err)
	}
}

// Whatever comes in the place of an identity, it is one or it is refused.
func FuzzIdentity(f *testing.F) {
	f.Add(append([]byte{encapsulated}, identityOf(0, 0, object(0, "ABB"))...))
	f.Add([]byte{serverID, 2, 1, 0xff})
	f.Fuzz(func(t *testing.T, pdu []byte) {
		frame := rtuFrame(append([]byte{7}, pdu...)...)
		if read, err := (rtuFraming{}).read(bytes.NewReader(frame)); err == nil && len(read) > len(frame) {
			t.Errorf("%d bytes of %d", len(read), len(frame))
		}
		if len(pdu) == 0 || checkIdentity(pdu) != nil || pdu[0] != encapsulated {
			return
		}
		p := &Identity{}
		for at := identityHead; at < len(pdu); at += 2 + int(pdu[at+1]) {
			p.set(pdu[at], shown(pdu[at+2:at+2+int(pdu[at+1])]))
		}
	})
}
