package exchange

import (
	"bytes"
	"encoding/json"
)

// frame is a pandas DataFrame as pandapower and pandapipes put it into JSON:
// a text of columns, index and rows (orient "split"), and a type a column.
type frame struct {
	columns []frameColumn
	rows    [][]any
}

type frameColumn struct{ name, dtype string }

// MarshalJSON implements json.Marshaler.
func (f frame) MarshalJSON() ([]byte, error) {
	split := struct {
		Columns []string `json:"columns"`
		Index   []int    `json:"index"`
		Data    [][]any  `json:"data"`
	}{[]string{}, []int{}, [][]any{}}
	dtypes := ordered{}
	for _, c := range f.columns {
		split.Columns = append(split.Columns, c.name)
		dtypes = append(dtypes, member{c.name, c.dtype})
	}
	for i, r := range f.rows {
		split.Index, split.Data = append(split.Index, i), append(split.Data, r)
	}
	text, err := compact(split)
	if err != nil {
		return nil, err
	}
	return compact(ordered{{"_module", "pandas.core.frame"}, {"_class", "DataFrame"}, {"_object", string(text)}, {"orient", "split"}, {"dtype", dtypes}})
}

// ordered is a JSON object whose members keep their order.
type ordered []member

type member struct {
	name  string
	value any
}

// MarshalJSON implements json.Marshaler.
func (o ordered) MarshalJSON() ([]byte, error) {
	var b bytes.Buffer
	b.WriteByte('{')
	for i, m := range o {
		if i > 0 {
			b.WriteByte(',')
		}
		name, err := compact(m.name)
		if err != nil {
			return nil, err
		}
		value, err := compact(m.value)
		if err != nil {
			return nil, err
		}
		b.Write(name)
		b.WriteByte(':')
		b.Write(value)
	}
	b.WriteByte('}')
	return b.Bytes(), nil
}

// compact is JSON without HTML's escapes and without a line end.
func compact(v any) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	err := e.Encode(v)
	return bytes.TrimSuffix(b.Bytes(), []byte("\n")), err
}
