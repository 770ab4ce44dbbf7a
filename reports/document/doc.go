// Package document is the one tree from which a report is printed in every
// format: headings, texts, tables, charts and notes, with figures whose
// digits are the same string on a page, in a word processor, in a PDF and in
// a spreadsheet's cell. It knows nothing of heat or of climate plans.
package document
