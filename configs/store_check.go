package configs

import "regexp"

// bucketName is a bucket, or a database with a retention policy of
// InfluxDB 1.8.
var bucketName = regexp.MustCompile(`^[A-Za-z0-9_.-]+(/[A-Za-z0-9_.-]+)?$`)

// store checks what keeps the intervals, and fills its defaults.
func (p place) store(s *Store) {
	if !p.at("kind").oneOf(s.Kind, []string{EmbeddedStore, InfluxStore}) {
		return
	}
	if s.Kind == EmbeddedStore {
		for _, key := range []string{"url", "bucket", "database", "org", "token_file"} {
			if one := p.at(key); one.written() {
				one.fault("write kind: influx, or take it out", "the embedded store has no %s", key)
			}
		}
		return
	}
	p.at("url").url(s.URL, "http", "https")
	if !p.at("bucket").written() {
		s.Bucket = "thermie"
	}
	if bucket := p.at("bucket"); bucket.required(s.Bucket) && !bucketName.MatchString(s.Bucket) {
		bucket.fault("letters, digits, _, . and -; InfluxDB 1.8 takes database/retention-policy", "%q cannot be a bucket", s.Bucket)
	}
}
