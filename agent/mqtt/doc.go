// Package mqtt reads what devices publish over MQTT. A profile is a
// convention of topics and payloads: given one message it returns readings,
// and says what it could not read. Nothing here knows of a network; the
// agent's paho client brings the messages.
//
// What holds for every profile stands in reader.go: a retained value is as
// old as nobody knows and is never integrated, a message delivered twice
// counts once, and a time ahead of this machine's clock is not believed.
package mqtt
