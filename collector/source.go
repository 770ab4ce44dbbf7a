package collector

import (
	"thermie/collector/store"
	"thermie/configs"
	"thermie/reports"
)

// OpenSource opens cfg's store for reading, which a running collector does
// not mind, as the source of a report.
func OpenSource(cfg *configs.Collector) (src reports.Source, done func() error, err error) {
	from, err := store.OpenToRead(cfg)
	if err != nil {
		return nil, nil, err
	}
	return NewRegistry(cfg, from), from.Close, nil
}
