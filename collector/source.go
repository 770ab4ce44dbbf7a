package collector

import (
	"thermie/configs"
	"thermie/reports"
)

// OpenSource opens cfg's store for reading, which a running collector does
// not mind, as the source of a report.
func OpenSource(cfg *configs.Collector) (src reports.Source, done func() error, err error) {
	store, err := OpenStoreToRead(cfg)
	if err != nil {
		return nil, nil, err
	}
	return NewRegistry(cfg, store), store.Close, nil
}
