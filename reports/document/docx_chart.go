package document

import "fmt"

// emuPerUnit converts a scene's unit (a quarter of a millimetre) into the
// English metric units of DrawingML.
const emuPerUnit = 9000

// picture writes a chart or map as a metafile, which every word processor
// draws, with the same drawing as SVG for those that prefer it.
func (x *docx) picture(drawing scene, title, alt string) {
	number := x.nextChart()
	metafile, svg := fmt.Sprintf("media/figure%d.emf", number), fmt.Sprintf("media/figure%d.svg", number)
	caption, alt := Typeset(x.lang, title), Typeset(x.lang, alt)
	x.parts = append(x.parts, part{name: "word/" + metafile, body: drawing.emf()},
		part{name: "word/" + svg, body: []byte(drawing.svg(fmt.Sprintf("f%d", number), caption, alt))})
	x.printf(`<w:p><w:pPr><w:pStyle w:val="ChartFrame"/>%s</w:pPr><w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="%d" cy="%d"/>`,
		x.breakBefore(), int(drawing.width*emuPerUnit), int(drawing.height*emuPerUnit))
	x.printf(`<wp:docPr id="%d" name="%s %[1]d" descr="%s"/>`, number, escapeXML(x.figure), escapeXML(alt))
	x.printf(`<a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:nvPicPr><pic:cNvPr id="%d" name="%s" descr="%s"/><pic:cNvPicPr/></pic:nvPicPr>`,
		number, metafile, escapeXML(alt))
	x.printf(`<pic:blipFill><a:blip r:embed="%s"><a:extLst><a:ext uri="{96DAC541-7B7A-43D3-8B79-37D633B846F1}"><asvg:svgBlip xmlns:asvg="http://schemas.microsoft.com/office/drawing/2016/SVG/main" r:embed="%s"/></a:ext></a:extLst></a:blip><a:stretch><a:fillRect/></a:stretch></pic:blipFill>`,
		x.relate("image", metafile, false), x.relate("image", svg, false))
	x.printf(`<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="%d" cy="%d"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>`,
		int(drawing.width*emuPerUnit), int(drawing.height*emuPerUnit))
	x.captionBlock(x.figure, number, title, false)
}
