// Compress: a text packed the way the client prefers, when that is worth the time.
// https://www.rfc-editor.org/rfc/rfc9110#name-accept-encoding

import { promisify } from 'node:util';
import { brotliCompress, constants, gzip, type BrotliOptions, type ZlibOptions } from 'node:zlib';

export interface Packed {
  readonly encoding: 'br' | 'gzip';
  readonly bytes: Buffer;
}

/** undefined when the client takes no packing or the text is short. */
export const compress = (
  text: string,
  acceptEncoding: string | undefined,
): Promise<Packed> | undefined => {
  // Shorter ones fit into two or three packets anyway, and packing takes longer than sending them.
  if (text.length < worthwhile || acceptEncoding === undefined) return undefined;
  if (accepts(acceptEncoding, 'br')) return packed('br', text);
  return accepts(acceptEncoding, 'gzip') ? packed('gzip', text) : undefined;
};

const worthwhile = 4096;

const brotli = promisify<string, BrotliOptions, Buffer>(brotliCompress);
const zip = promisify<string, ZlibOptions, Buffer>(gzip);

const packers = {
  br: (text: string) => brotli(text, { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } }),
  gzip: (text: string) => zip(text, { level: 4 }),
} as const;

const packed = async (encoding: Packed['encoding'], text: string): Promise<Packed> => ({
  encoding,
  bytes: await packers[encoding](text),
});

const accepts = (header: string, encoding: string): boolean =>
  header.split(',').some((part) => {
    const [name = '', ...parameters] = part.split(';').map((each) => each.trim().toLowerCase());
    const quality = parameters.find((each) => each.startsWith('q='))?.slice(2);
    return name === encoding && (quality === undefined || Number(quality) > 0);
  });
