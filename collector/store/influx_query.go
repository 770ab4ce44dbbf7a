package store

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
)

// influxSeries is a part of a result: rows that share tags. A row is an
// array that begins with the Unix second.
type influxSeries struct {
	Name string            `json:"name"`
	Tags map[string]string `json:"tags"`
	Rows []json.RawMessage `json:"values"`
}

// influxChunk is one JSON document of a chunked answer.
type influxChunk struct {
	Error   string `json:"error"`
	Results []struct {
		Statement int            `json:"statement_id"`
		Series    []influxSeries `json:"series"`
		Error     string         `json:"error"`
		Partial   bool           `json:"partial"` // more of this result follows
	} `json:"results"`
}

// query runs statements and hands over every part of their results in
// order. An answer that ends before its end is an error, never a shorter
// result.
func (d *influxDoor) query(ctx context.Context, statements []string, each func(*influxSeries) error) error {
	if len(statements) == 0 {
		return nil
	}
	body, err := d.ask(ctx, strings.Join(statements, "; "))
	if err != nil {
		return err
	}
	defer body.Close()
	decoder := json.NewDecoder(body)
	last, more := -1, false
	for {
		var chunk influxChunk
		if err := decoder.Decode(&chunk); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			return fmt.Errorf("read InfluxDB's answer: %w", err)
		}
		if chunk.Error != "" {
			return &influxAnswer{200, chunk.Error}
		}
		for _, result := range chunk.Results {
			if result.Error != "" {
				return &influxAnswer{200, result.Error}
			}
			for i := range result.Series {
				if err := each(&result.Series[i]); err != nil {
					return err
				}
			}
			last, more = result.Statement, result.Partial
		}
	}
	if more || last != len(statements)-1 {
		return errors.New("InfluxDB's answer ends early")
	}
	return nil
}
