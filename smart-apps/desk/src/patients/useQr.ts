// useQr: a text as a QR code, drawn as one path of squares; the drawing is loaded when it is needed.

import { useQuery } from '@tanstack/react-query';
import { pathOf } from './qr-path.ts';

export interface Qr {
  /** Squares along a side, without the quiet zone around. */
  readonly size: number;
  readonly path: string;
}

export const useQr = (text: string): Qr | undefined =>
  useQuery({
    queryKey: ['qr', text],
    queryFn: async (): Promise<Qr> => {
      const { default: qrcode } = await import('qrcode');
      const { modules } = qrcode.create(text, { errorCorrectionLevel: 'M' });
      const { size } = modules;
      return { size, path: pathOf(size, (x, y) => Boolean(modules.get(y, x))) };
    },
    staleTime: Infinity,
  }).data;
