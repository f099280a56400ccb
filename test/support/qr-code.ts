// How an app draws the QR code of a health card, as conformance/health-cards.md tells it.
// https://hl7.org/fhir/uv/smart-health-cards-and-links/STU1/cards-specification.html#encoding-qrs

import QRCode, { type QRCode as Code } from 'qrcode';

/** What is no digit as bytes (`shc:/`, or `shc:/1/3/` of a part), the rest as digits. */
const segmentsOf = (text: string): QRCode.QRCodeSegment[] => {
  const [, start = '', digits = ''] = /^(.*\/)(\d+)$/.exec(text) ?? [];
  return [
    { data: Buffer.from(start), mode: 'byte' },
    { data: digits, mode: 'numeric' },
  ];
};

const errorCorrectionLevel = 'L';

export const drawCode = (text: string): Code =>
  QRCode.create(segmentsOf(text), { errorCorrectionLevel });

/** A PNG, six pixels a module. */
export const pictureOf = (text: string): Promise<Buffer> =>
  QRCode.toBuffer(segmentsOf(text), { errorCorrectionLevel, scale: 6 });
