// List: which files are to be uploaded and whose they are, from a CSV or from the command line.

import { readdir, readFile, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { parse } from 'csv-parse/sync';
import type { Listed } from './report.ts';
import { Misuse, type Words } from './words.ts';

/** In the order they stand. Throws Misuse when there are none, or the list cannot be read. */
export const readList = async (words: Words): Promise<readonly Listed[]> => {
  const csv = words.option('csv');
  if (csv !== undefined && words.files.length > 0)
    throw new Misuse('Name files or a --csv that lists them, not both.');
  const listed = csv === undefined ? await ofWords(words) : await ofCsv(csv);
  if (listed.length > 0) return listed;
  throw new Misuse(
    csv === undefined ? 'Name a file to upload, or --csv.' : `'${csv}' lists no files.`,
  );
};

/** The same person for all; a folder stands for the files in it. */
const ofWords = async ({ files, option }: Words): Promise<readonly Listed[]> => {
  const paths = await Promise.all(files.map(filesIn));
  return paths.flat().map((file) => ({
    ...{ file, path: resolve(file), uhid: option('uhid'), birthDate: option('birth-date') },
    ...{ family: option('family'), given: option('given'), type: option('type') },
    ...{ title: option('title'), contentType: option('content-type') },
  }));
};

const filesIn = async (path: string): Promise<readonly string[]> => {
  const found = await stat(path).catch(() => undefined);
  if (!found?.isDirectory()) return [path];
  const entries = await readdir(path, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
};

const columns = [
  'file',
  'uhid',
  'birthDate',
  'family',
  'given',
  'type',
  'title',
  'contentType',
] as const;
type Column = (typeof columns)[number];

/** `birth_date`, `Birth date` and `birthDate` are the same column. Paths are from where the list lies. */
const ofCsv = async (csv: string): Promise<readonly Listed[]> => {
  const text = await readFile(csv, 'utf8').catch(() => {
    throw new Misuse(`The list '${csv}' cannot be read.`);
  });
  const [header, ...rows] = cellsOf(text, csv);
  const places = placesOf(header ?? [], csv);
  return rows.map((row) => {
    const cell = (column: Column): string | undefined => {
      const place = places.get(column);
      return place === undefined ? undefined : row[place]?.trim() || undefined;
    };
    const file = cell('file') ?? '';
    return {
      ...{ file, path: resolve(dirname(csv), file), uhid: cell('uhid') },
      ...{ birthDate: cell('birthDate'), family: cell('family'), given: cell('given') },
      ...{ type: cell('type'), title: cell('title'), contentType: cell('contentType') },
    };
  });
};

const cellsOf = (text: string, csv: string): readonly (readonly string[])[] => {
  const delimiter = text.split('\n', 1)[0]!.includes(';') ? ';' : ',';
  const options = {
    bom: true,
    skip_empty_lines: true,
    relax_column_count: true,
    delimiter,
  } as const;
  try {
    return parse(text, options);
  } catch (error) {
    throw new Misuse(`'${csv}' is not a CSV: ${(error as Error).message}`);
  }
};

const placesOf = (header: readonly string[], csv: string): ReadonlyMap<Column, number> => {
  const plain = (name: string): string => name.toLowerCase().replace(/[^a-z]/g, '');
  const known = new Map(columns.map((column) => [plain(column), column]));
  const found = header.map((name) => known.get(plain(name)));
  const strange = header.find((_, place) => found[place] === undefined);
  if (strange !== undefined)
    throw new Misuse(`'${csv}' has a column '${strange}'; the columns are ${columns.join(', ')}.`);
  const places = new Map(found.map((column, place) => [column!, place]));
  for (const needed of ['file', 'uhid'] as const)
    if (!places.has(needed))
      throw new Misuse(`'${csv}' has no column '${needed}' in its first line.`);
  return places;
};
