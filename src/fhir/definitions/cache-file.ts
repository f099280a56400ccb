// The definitions cache: one file of compressed JSON records with a directory in front, read record by record.

import { closeSync, mkdirSync, openSync, readSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { deflateRawSync, inflateRawSync } from 'node:zlib';

/** What stands in front of the records: small facts, and where each record begins and how long it is. */
export interface Directory {
  readonly fingerprint: string;
  readonly resourceTypes: readonly string[];
  readonly typeNames: readonly string[];
  readonly compartments: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
  readonly records: Readonly<Record<string, readonly [offset: number, length: number]>>;
}

export interface CacheFile {
  readonly directory: Directory;
  /** The record of that name, parsed anew on every call; undefined when there is none. */
  read(name: string): unknown;
}

/** Names of the records. */
export const recordName = {
  type: (name: string) => `type ${name}`,
  parameters: (base: string) => `parameters ${base}`,
  canonical: (url: string) => `canonical ${url}`,
};

const lengthBytes = 4;

/** Opens the cache; undefined when there is no such file. The file stays open as long as the process lives. */
export const openCacheFile = (path: string): CacheFile | undefined => {
  const file = openIfThere(path);
  if (file === undefined) return undefined;
  const directoryLength = readBytes(file, 0, lengthBytes).readUInt32LE();
  const directory = unpack(readBytes(file, lengthBytes, directoryLength)) as Directory;
  const start = lengthBytes + directoryLength;
  return {
    directory,
    read: (name) => {
      if (!Object.hasOwn(directory.records, name)) return undefined;
      const [offset, length] = directory.records[name]!;
      return unpack(readBytes(file, start + offset, length));
    },
  };
};

/** Reads only the fingerprint's worth: whether a cache is there and by whom it was made. */
export const readFingerprint = (path: string): string | undefined => {
  const file = openIfThere(path);
  if (file === undefined) return undefined;
  const length = readBytes(file, 0, lengthBytes).readUInt32LE();
  const directory = unpack(readBytes(file, lengthBytes, length)) as Directory;
  closeSync(file);
  return directory.fingerprint;
};

/** Writes the whole cache beside and then in place of the old one, so that no reader ever sees a part of it. */
export const writeCacheFile = (
  path: string,
  facts: Omit<Directory, 'records'>,
  contents: ReadonlyMap<string, unknown>,
): void => {
  const records: Record<string, [number, number]> = {};
  const packed: Buffer[] = [];
  let offset = 0;
  for (const [name, content] of contents) {
    const bytes = pack(content);
    records[name] = [offset, bytes.length];
    packed.push(bytes);
    offset += bytes.length;
  }
  const directory = pack({ ...facts, records });
  const length = Buffer.alloc(lengthBytes);
  length.writeUInt32LE(directory.length);
  mkdirSync(dirname(path), { recursive: true });
  const beside = `${path}.${String(process.pid)}`;
  writeFileSync(beside, Buffer.concat([length, directory, ...packed]));
  renameSync(beside, path);
};

const openIfThere = (path: string): number | undefined => {
  try {
    return openSync(path, 'r');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
};

const readBytes = (file: number, position: number, length: number): Buffer => {
  const bytes = Buffer.allocUnsafe(length);
  const count = readSync(file, bytes, 0, length, position);
  if (count < length)
    throw new Error('The definitions cache is cut off; run `npm run definitions`.');
  return bytes;
};

const pack = (content: unknown): Buffer => deflateRawSync(JSON.stringify(content), { level: 9 });

const unpack = (bytes: Buffer): unknown => JSON.parse(inflateRawSync(bytes).toString('utf8'));
