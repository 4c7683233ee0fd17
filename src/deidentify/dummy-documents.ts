// Documents that stand for encapsulated ones (0042,0011), which nobody can clean without reading them as people do: one page that
// says so, in the form the object declares. ISO 32000-1 7.5, HL7 CDA R2, STL, Wavefront OBJ.

const ascii = new TextEncoder();

const SAID = 'Removed by de-identification';

/** Of a form that is not known: a line of text. */
export function dummyDocument(mimeType: string | undefined): Uint8Array {
  switch (mimeType?.toLowerCase()) {
    case 'application/pdf':
      return pdf();
    case 'text/xml':
      return ascii.encode(
        '<?xml version="1.0" encoding="UTF-8"?>\n<ClinicalDocument xmlns="urn:hl7-org:v3">' +
          '<typeId root="2.16.840.1.113883.1.3" extension="POCD_HD000040"/><id nullFlavor="MSK"/>' +
          '<code nullFlavor="MSK"/><effectiveTime nullFlavor="MSK"/><confidentialityCode code="N" ' +
          'codeSystem="2.16.840.1.113883.5.25"/><recordTarget nullFlavor="MSK"/><author nullFlavor="MSK"/>' +
          `<custodian nullFlavor="MSK"/><component><nonXMLBody><text>${SAID}</text></nonXMLBody></component>` +
          '</ClinicalDocument>\n',
      );
    case 'model/stl':
      // A header of 80 bytes and no triangle.
      return new Uint8Array(84);
    case 'model/obj':
    case 'model/mtl':
      return ascii.encode(`# ${SAID}\n`);
    default:
      return ascii.encode(`${SAID}\n`);
  }
}

/** One empty page with a line of text; offsets of the cross-reference table are counted here. */
function pdf(): Uint8Array {
  const content = `BT /F1 14 Tf 72 770 Td (${SAID}) Tj ET`;
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>',
    `<< /Length ${content.length} >>\nstream\n${content}\nendstream`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
  ];
  let text = '%PDF-1.4\n';
  const offsets = objects.map((object, at) => {
    const offset = text.length;
    text += `${at + 1} 0 obj\n${object}\nendobj\n`;
    return `${String(offset).padStart(10, '0')} 00000 n \n`;
  });
  const start = text.length;
  const table = `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${offsets.join('')}`;
  return ascii.encode(
    `${text}${table}trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${start}\n%%EOF\n`,
  );
}
