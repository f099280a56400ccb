// A film for the browser's camera: the QR codes of a card, as a phone is held before it.
// https://wiki.multimedia.cx/index.php/YUV4MPEG2

import { writeFile } from 'node:fs/promises';
import type { QRCode as Code } from 'qrcode';
import { drawCode } from '../../support/qr-code.ts';

const width = 1280;
const height = 720;

/** Each code for half a second, again and again. */
export const writeFilm = async (path: string, texts: readonly string[]): Promise<void> => {
  const header = Buffer.from(`YUV4MPEG2 W${String(width)} H${String(height)} F2:1 Ip A1:1 C420\n`);
  const frames = texts.map((text) => frameOf(drawCode(text)));
  await writeFile(path, Buffer.concat([header, ...frames]));
};

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
