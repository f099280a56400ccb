// A film for the browser's camera, and pictures: the QR codes of a card as phones show them.
// https://wiki.multimedia.cx/index.php/YUV4MPEG2

import { writeFile } from 'node:fs/promises';
import QRCode, { type QRCode as Code } from 'qrcode';

const width = 1280;
const height = 720;

/** As a card's code is drawn: `shc:/` and what stands between slashes as bytes, the rest as digits. */
const segmentsOf = (text: string): QRCode.QRCodeSegment[] => {
  const [, start = '', digits = ''] = /^(.*\/)(\d+)$/.exec(text) ?? [];
  return [
    { data: Buffer.from(start), mode: 'byte' },
    { data: digits, mode: 'numeric' },
  ];
};

export const pictureOf = (text: string): Promise<Buffer> =>
  QRCode.toBuffer(segmentsOf(text), { errorCorrectionLevel: 'L', scale: 6 });

/** Each code for half a second, again and again. */
export const writeFilm = async (path: string, texts: readonly string[]): Promise<void> => {
  const header = Buffer.from(`YUV4MPEG2 W${String(width)} H${String(height)} F2:1 Ip A1:1 C420\n`);
  const frames = texts.map((text) => frameOf(QRCode.create(segmentsOf(text), drawn)));
  await writeFile(path, Buffer.concat([header, ...frames]));
};

const drawn = { errorCorrectionLevel: 'L' } as const;

const black = 16;
const white = 235;

const frameOf = ({ modules }: Code): Buffer => {
  const side = modules.size + 8;
  const scale = Math.floor(height / side);
  const left = Math.floor((width - side * scale) / 2);
  const light = Buffer.alloc(width * height, white);
  const isDark = (x: number, y: number): boolean => {
    const column = Math.floor((x - left) / scale) - 4;
    const row = Math.floor(y / scale) - 4;
    const isInside = [column, row].every((at) => at >= 0 && at < modules.size);
    return isInside && modules.get(row, column) === 1;
  };
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1) if (isDark(x, y)) light[y * width + x] = black;
  const grey = Buffer.alloc((width * height) / 2, 128);
  return Buffer.concat([Buffer.from('FRAME\n'), light, grey]);
};
