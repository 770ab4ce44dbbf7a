package mqtt

import (
	"math"
	"testing"
	"time"

	"google.golang.org/protobuf/encoding/protowire"

	"thermie/configs"
	"thermie/interval"
)

// newNode reads two metrics of device cdu-3 of node plant/gateway, and one of
// the node itself.
func newNode(t testing.TB) *story {
	return newStory(t, configs.ProfileSparkplug, "plant/gateway",
		configs.Value{Device: "cdu-3", Path: "Heat/Power", Point: "cdu", Kind: interval.ThermalPower, Unit: "kW"},
		configs.Value{Device: "cdu-3", Path: "Supply", Point: "cdu", Kind: interval.SupplyTemperature, Unit: "°C"},
		configs.Value{Path: "Outdoor", Point: "outdoor", Kind: interval.OutdoorTemperature, Unit: "°C"})
}

// sparks writes a payload as org.eclipse.tahu.protobuf.Payload: seq below 0
// is none, as in a death certificate.
func sparks(seq int, metrics ...[]byte) []byte {
	b := protowire.AppendTag(nil, 1, protowire.VarintType)
	b = protowire.AppendVarint(b, uint64(noon.UnixMilli()))
	for _, m := range metrics {
		b = protowire.AppendTag(b, 2, protowire.BytesType)
		b = protowire.AppendBytes(b, m)
	}
	if seq >= 0 {
		b = protowire.AppendTag(b, 3, protowire.VarintType)
		b = protowire.AppendVarint(b, uint64(seq))
	}
	return b
}

// field adds a number to a metric.
func field(b []byte, number protowire.Number, n uint64) []byte {
	return protowire.AppendVarint(protowire.AppendTag(b, number, protowire.VarintType), n)
}

func named(name string, alias uint64, datatype uint32) []byte {
	b := protowire.AppendString(protowire.AppendTag(nil, 1, protowire.BytesType), name)
	return field(field(b, 2, alias), 4, uint64(datatype))
}

func aliased(alias uint64) []byte { return field(nil, 2, alias) }

func double(b []byte, v float64) []byte {
	return protowire.AppendFixed64(protowire.AppendTag(b, 13, protowire.Fixed64Type), math.Float64bits(v))
}

// quality adds a property set with Quality.
func quality(b []byte, code uint64) []byte {
	set := protowire.AppendString(protowire.AppendTag(nil, 1, protowire.BytesType), "Quality")
	value := field(field(nil, 1, 3), 3, code)
	set = protowire.AppendBytes(protowire.AppendTag(set, 2, protowire.BytesType), value)
	return protowire.AppendBytes(protowire.AppendTag(b, 9, protowire.BytesType), set)
}

const typeDouble = 10

func spark(what, device string, payload []byte) Message {
	topic := "spBv1.0/plant/" + what + "/gateway"
	if device != "" {
		topic += "/" + device
	}
	return Message{Topic: topic, Payload: payload, At: noon}
}

// nodeBirth begins session number bdSeq, with 5 °C outdoors.
func nodeBirth(bdSeq uint64) Message {
	return spark("NBIRTH", "", sparks(0, field(named("bdSeq", 0, typeInt64), 11, bdSeq), double(named("Outdoor", 1, typeDouble), 5)))
}

func nodeDeath(bdSeq uint64) Message {
	return spark("NDEATH", "", sparks(-1, field(named("bdSeq", 0, typeInt64), 11, bdSeq)))
}

func deviceBirth(seq int) Message {
	return spark("DBIRTH", "cdu-3", sparks(seq, double(named("Heat/Power", 10, typeDouble), 20), field(named("Supply", 11, typeInt16), 10, 45)))
}

func deviceData(seq int, kw float64) Message {
	return spark("DDATA", "cdu-3", sparks(seq, double(aliased(10), kw)))
}

const allGone = "cdu/thermal_power=NaN cdu/supply_temperature=NaN outdoor/outdoor_temperature=NaN"

func TestASparkplugNodeIsReadFromItsBirthOn(t *testing.T) {
	s := newNode(t)
	s.told(deviceData(9, 20), "", "birth certificate has not been seen")
	s.told(nodeBirth(7), "outdoor/outdoor_temperature=278.15", "")
	s.told(spark("DDATA", "cdu-3", sparks(1, double(aliased(10), 20))), "", "birth certificate of device cdu-3")
	s.told(deviceBirth(2), "cdu/thermal_power=20000 cdu/supply_temperature=318.15", "")
	s.told(deviceData(3, 24.5), "cdu/thermal_power=24500", "")
	s.told(spark("DDATA", "ups-1", sparks(4, double(aliased(10), 99))), "", "") // another device: only its number counts
	s.told(spark("NCMD", "", []byte("whatever")), "", "")
	s.told(spark("NDATA", "", sparks(5, double(aliased(1), 6))), "outdoor/outdoor_temperature=279.15", "")
	s.told(spark("DDATA", "cdu-3", sparks(6, field(aliased(11), 10, uint64(uint32(0xfffffffb))))), "cdu/supply_temperature=268.15", "") // -5, an Int16
	s.told(spark("DDEATH", "cdu-3", sparks(7)), "cdu/thermal_power=NaN cdu/supply_temperature=NaN", "cdu-3 is away")
	s.told(deviceData(8, 20), "", "birth certificate of device cdu-3")
	s.counted(Unused{Held: 3})
}

// Sequence numbers run from 0 to 255 and again. One missing means lost
// messages, perhaps a new birth: nothing is known until the next.
func TestAGapInASparkplugSequenceEndsTheSession(t *testing.T) {
	s := newNode(t)
	s.told(nodeBirth(7), "outdoor/outdoor_temperature=278.15", "")
	s.told(deviceBirth(1), "cdu/thermal_power=20000 cdu/supply_temperature=318.15", "")
	for seq := 2; seq <= 256; seq++ {
		s.told(deviceData(seq%256, 20), "cdu/thermal_power=20000", "")
	}
	again := deviceData(0, 20)
	again.Duplicate = true
	s.told(again, "", "") // delivered twice is no gap
	s.told(deviceData(2, 21), allGone, "sequence number 2 after 0")
	s.told(deviceData(3, 21), "", "birth certificate has not been seen")
	s.told(nodeBirth(7), "outdoor/outdoor_temperature=278.15", "") // a rebirth that somebody else asked for
	s.told(deviceBirth(1), "cdu/thermal_power=20000 cdu/supply_temperature=318.15", "")
}

// The broker sends a death certificate late: it ends its own session alone.
func TestASparkplugDeathIsOfItsSession(t *testing.T) {
	s := newNode(t)
	s.told(nodeDeath(6), "", "")
	s.told(nodeBirth(7), "outdoor/outdoor_temperature=278.15", "")
	s.told(nodeDeath(6), "", "")
	s.told(spark("NDATA", "", sparks(1, double(aliased(1), 6))), "outdoor/outdoor_temperature=279.15", "")
	s.told(nodeDeath(7), allGone, "node is away")
	s.told(spark("NDATA", "", sparks(2, double(aliased(1), 6))), "", "birth certificate has not been seen")
}

func TestASparkplugMetricIsANumberOrNothing(t *testing.T) {
	for _, c := range []struct {
		name        string
		metric      []byte
		want, fault string
	}{
		{"null", field(aliased(1), 7, 1), "outdoor/outdoor_temperature=NaN", ""},
		{"bad quality", quality(double(aliased(1), 6), 0), "outdoor/outdoor_temperature=NaN", ""},
		{"stale", quality(double(aliased(1), 6), 500), "outdoor/outdoor_temperature=NaN", ""},
		{"good quality", quality(double(aliased(1), 6), 192), "outdoor/outdoor_temperature=279.15", ""},
		{"its own time", double(field(aliased(1), 3, uint64(noon.Add(-time.Minute).UnixMilli())), 6), "outdoor/outdoor_temperature=279.15 at 11:59:00", ""},
		{"by name", double(named("Outdoor", 1, 0), 6), "outdoor/outdoor_temperature=279.15", ""},
		{"float", protowire.AppendFixed32(protowire.AppendTag(aliased(1), 12, protowire.Fixed32Type), math.Float32bits(6.5)), "outdoor/outdoor_temperature=279.65", ""},
		{"Int64", field(field(aliased(1), 4, typeInt64), 11, math.MaxUint64), "outdoor/outdoor_temperature=272.15", ""},
		{"Int32 in the long field", field(field(aliased(1), 4, typeInt32), 11, math.MaxUint64), "outdoor/outdoor_temperature=272.15", ""},
		{"without name and alias", double(nil, 6), "", ""},
		{"not finite", double(aliased(1), math.Inf(1)), "", "not a number"},
		{"a text", protowire.AppendString(protowire.AppendTag(aliased(1), 15, protowire.BytesType), "warm"), "", "no number"},
		{"far ahead", double(field(aliased(1), 3, uint64(noon.Add(time.Hour).UnixMilli())), 6), "", "1h0m0s ahead"},
		{"another metric", double(aliased(99), 6), "", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := newNode(t)
			s.told(nodeBirth(7), "outdoor/outdoor_temperature=278.15", "")
			s.told(spark("NDATA", "", sparks(1, c.metric)), c.want, c.fault)
		})
	}
}

// A metric with a time that cannot be costs itself, and not its neighbours.
func TestASparkplugMetricOfAWrongTimeIsAlone(t *testing.T) {
	s := newNode(t)
	s.told(nodeBirth(7), "outdoor/outdoor_temperature=278.15", "")
	power := field(double(named("Heat/Power", 10, typeDouble), 20), 3, 1000) // a second after 1970
	supply := double(named("Supply", 11, typeDouble), 45)
	s.told(deviceBirth(1), "cdu/thermal_power=20000 cdu/supply_temperature=318.15", "")
	s.told(spark("DDATA", "cdu-3", sparks(2, power, supply)), "cdu/supply_temperature=318.15", "clock was never set")
}

// A certificate says how things are, though they may have been so for hours;
// what it tells of the past keeps its time.
func TestASparkplugBirthIsOfItsTime(t *testing.T) {
	s := newNode(t)
	s.told(nodeBirth(7), "outdoor/outdoor_temperature=278.15", "")
	before := func(b []byte) []byte { return field(b, 3, uint64(noon.Add(-time.Hour).UnixMilli())) }
	power := before(double(named("Heat/Power", 10, typeDouble), 20))
	supply := field(before(double(named("Supply", 11, typeDouble), 45)), 5, 1)
	s.told(spark("DBIRTH", "cdu-3", sparks(1, power, supply)), "cdu/thermal_power=20000 cdu/supply_temperature=318.15 at 11:00:00", "")
	s.told(spark("DDATA", "cdu-3", sparks(2, before(double(aliased(10), 21)))), "cdu/thermal_power=21000 at 11:00:00", "")
}

func TestSparkplugRefusesWhatIsNone(t *testing.T) {
	s := newNode(t)
	retained := nodeBirth(7)
	retained.Retained = true
	s.told(retained, "", "retained")
	s.told(spark("NBIRTH", "", []byte{0xff}), "", "not a Sparkplug payload")
	s.told(spark("NODATA", "", sparks(1)), "", "no Sparkplug message")
	s.told(spark("NBIRTH", "", make([]byte, largestSparkplug+1)), "", "payload of")
	s.told(Message{Topic: "spBv1.0/plant", At: noon}, "", "Sparkplug")
}

func FuzzSparkplug(f *testing.F) {
	for _, m := range []Message{nodeBirth(7), deviceBirth(1), deviceData(2, 24.5), nodeDeath(7), spark("NDATA", "", sparks(1, quality(aliased(1), 192)))} {
		f.Add(m.Payload)
	}
	f.Fuzz(func(t *testing.T, payload []byte) {
		s := newNode(t)
		for _, what := range []string{"NBIRTH", "NDATA", "NDEATH", "NBIRTH"} {
			_, readings, _ := s.Read(spark(what, "", payload))
			sane(t, s, payload, readings)
		}
		for _, what := range []string{"DBIRTH", "DDATA", "DDEATH"} {
			_, readings, _ := s.Read(spark(what, "cdu-3", payload))
			sane(t, s, payload, readings)
		}
	})
}
