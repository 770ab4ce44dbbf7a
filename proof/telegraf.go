package proof

// GoTelegraf is how Telegraf comes onto a machine, with no more of it than
// the tests need.
const GoTelegraf = "GOFLAGS=-mod=mod go install -tags custom,inputs.modbus,inputs.mqtt_consumer,inputs.file,outputs.influxdb_v2,aggregators.basicstats,parsers.influx,parsers.value,serializers.influx github.com/influxdata/telegraf/cmd/telegraf@v1.37.2"
