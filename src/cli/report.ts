// Report: one file and whose it is, as somebody listed it, checked as far as that goes without the server.

import { stat } from 'node:fs/promises';
import { basename, extname } from 'node:path';
import { readNumber } from '../health-id/number.ts';

/** As it was written in a list or on the command line. */
export interface Listed {
  readonly file: string;
  readonly path: string;
  readonly uhid?: string | undefined;
  readonly birthDate?: string | undefined;
  readonly family?: string | undefined;
  readonly given?: string | undefined;
  readonly type?: string | undefined;
  readonly title?: string | undefined;
  readonly contentType?: string | undefined;
}

export interface Report extends Listed {
  /** 14 digits. */
  readonly uhid: string;
  readonly title: string;
  readonly contentType: string;
  readonly size: number;
}

/** The report, or in words what is wrong with it. */
export const checkReport = async (listed: Listed): Promise<Report | { readonly fault: string }> => {
  const { path, birthDate, family, type } = listed;
  const number = readNumber(listed.uhid ?? '');
  if (listed.uhid === undefined) return { fault: 'The health ID (uhid) is missing.' };
  if (!number.ok) return { fault: number.fault };
  if (birthDate === undefined && family === undefined)
    return {
      fault: 'Birth date or family name is missing: one of them must go with the health ID.',
    };
  if (birthDate !== undefined && !isDate(birthDate))
    return { fault: `The birth date '${birthDate}' is not a date such as 1980-02-03.` };
  if (type !== undefined && !/^\d{1,7}-\d$/.test(type))
    return { fault: `The type '${type}' is not a LOINC code such as 11502-2.` };
  const found = await stat(path).catch(() => undefined);
  if (!found?.isFile()) return { fault: 'There is no such file.' };
  return {
    ...listed,
    uhid: number.number,
    title: listed.title ?? basename(path),
    contentType: listed.contentType ?? contentTypeOf(path),
    size: found.size,
  };
};

/** The 31st of February is none. */
const isDate = (text: string): boolean => {
  const at = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : NaN;
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(text);
};

const contentTypeOf = (path: string): string =>
  types[extname(path).toLowerCase()] ?? 'application/octet-stream';

/** What hospitals send. */
const types: Readonly<Record<string, string>> = {
  ...{ '.pdf': 'application/pdf', '.txt': 'text/plain', '.rtf': 'application/rtf' },
  ...{ '.jpg': 'image/jpeg', '.jpeg': 'image/jpeg', '.png': 'image/png', '.tif': 'image/tiff' },
  ...{
    '.tiff': 'image/tiff',
    '.dcm': 'application/dicom',
    '.mp4': 'video/mp4',
    '.mp3': 'audio/mpeg',
  },
  ...{ '.xml': 'text/xml', '.json': 'application/json', '.hl7': 'x-application/hl7-v2+er7' },
  ...{
    '.html': 'text/html',
    '.csv': 'text/csv',
    '.zip': 'application/zip',
    '.svg': 'image/svg+xml',
  },
};
