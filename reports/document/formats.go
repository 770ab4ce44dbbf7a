package document

import "io"

// Format is a file format in which a whole document can be written.
type Format struct {
	Name      string // the file's extension
	MediaType string
	Write     func(io.Writer, *Document) error
}

// formats lists them; a new one is a file with its writer and a row here.
var formats = []Format{
	{Name: "html", MediaType: "text/html; charset=utf-8", Write: WriteHTML},
	{Name: "docx", MediaType: "application/vnd.openxmlformats-officedocument.wordprocessingml.document", Write: WriteDOCX},
	{Name: "odt", MediaType: odtMediaType, Write: WriteODT},
	{Name: "pdf", MediaType: "application/pdf", Write: WritePDF},
	{Name: "xlsx", MediaType: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", Write: WriteXLSX},
}

// Formats returns the formats in which a whole document can be written.
func Formats() []Format { return append([]Format(nil), formats...) }
