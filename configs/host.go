package configs

// Host is the machine that the agent runs on, as an estimate where a room has
// no meter: of a point that is this machine and nothing else.
type Host struct {
	Point       string   `yaml:"point"`
	Period      Duration `yaml:"period"`             // between two readings; default 10s
	Sys         string   `yaml:"sys"`                // where the kernel shows its devices; default /sys
	RAPL        bool     `yaml:"rapl"`               // the processors' energy counters, which only root may read
	Power       string   `yaml:"power_sensor"`       // chip/sensor of hwmon that tells a power, such as power_meter/power1
	Temperature string   `yaml:"temperature_sensor"` // chip/sensor of hwmon that tells a temperature, such as coretemp/temp1
}
