# What takes minutes and is run by hand; .ci/run is what must pass.

# CPU and memory of the whole agent beside Telegraf's; agent/MEASURED.md.
bench-agent:
	go test -run '^$$' -bench '^BenchmarkAgentProcess$$' -benchtime 1x -timeout 2h ./agent/bench

# A fleet of 10,000 sites against the collector, VictoriaMetrics and InfluxDB,
# ten minutes each: three quarters of an hour; collector/MEASURED.md.
bench-collector:
	go run ./collector/compare -minutes 10

.PHONY: bench-agent bench-collector
