// wire: the messages MongoDB and its drivers exchange, as far as a driver of today needs them.
// https://www.mongodb.com/docs/manual/reference/mongodb-wire-protocol/

import mongoose from 'mongoose';

const { serialize, deserialize } = mongoose.mongo.BSON;

export type Document = Record<string, unknown>;

export interface Request {
  readonly id: number;
  /** The first greeting of a driver comes in the old form, and is answered in it. */
  readonly form: 'message' | 'query';
  readonly body: Document;
}

const codes = { reply: 1, query: 2004, message: 2013 } as const;
const headerBytes = 16;

/** Splits what arrives into whole messages; gives the rest back. */
export const splitMessages = (
  bytes: Buffer,
): { readonly whole: Buffer[]; readonly rest: Buffer } => {
  const whole: Buffer[] = [];
  let rest = bytes;
  while (rest.length >= 4 && rest.length >= rest.readInt32LE(0)) {
    const size = rest.readInt32LE(0);
    whole.push(rest.subarray(0, size));
    rest = rest.subarray(size);
  }
  return { whole, rest };
};

export const readRequest = (message: Buffer): Request => {
  const id = message.readInt32LE(4);
  const code = message.readInt32LE(12);
  if (code === codes.message) return { id, form: 'message', body: readSections(message) };
  if (code === codes.query) return { id, form: 'query', body: readQuery(message) };
  throw new Error(`The stand-in does not know messages of code ${code}.`);
};

const readSections = (message: Buffer): Document => {
  let body: Document = {};
  const lists: Document = {};
  let at = headerBytes + 4;
  while (at < message.length) {
    const kind = message[at]!;
    at += 1;
    const size = message.readInt32LE(at);
    if (kind === 0) body = read(message.subarray(at, at + size));
    else {
      const end = message.indexOf(0, at + 4);
      const name = message.toString('utf8', at + 4, end);
      lists[name] = readDocuments(message.subarray(end + 1, at + size));
    }
    at += size;
  }
  return { ...body, ...lists };
};

const readDocuments = (bytes: Buffer): readonly Document[] => {
  const documents: Document[] = [];
  for (let at = 0; at < bytes.length; at += bytes.readInt32LE(at))
    documents.push(read(bytes.subarray(at, at + bytes.readInt32LE(at))));
  return documents;
};

const readQuery = (message: Buffer): Document => {
  const end = message.indexOf(0, headerBytes + 4);
  const start = end + 1 + 8;
  return read(message.subarray(start, start + message.readInt32LE(start)));
};

const read = (bytes: Buffer): Document => deserialize(bytes, { promoteBuffers: false });

export const writeReply = ({ id, form }: Request, body: Document): Buffer => {
  const document = serialize(body, { ignoreUndefined: true });
  const between = form === 'message' ? messageHead() : replyHead();
  const header = Buffer.alloc(headerBytes);
  header.writeInt32LE(headerBytes + between.length + document.length, 0);
  header.writeInt32LE(0, 4);
  header.writeInt32LE(id, 8);
  header.writeInt32LE(form === 'message' ? codes.message : codes.reply, 12);
  return Buffer.concat([header, between, document]);
};

/** Flags, and a section that is the body. */
const messageHead = (): Buffer => Buffer.alloc(5);

/** Flags, cursor, start, and that there is one document. */
const replyHead = (): Buffer => {
  const head = Buffer.alloc(20);
  head.writeInt32LE(8, 0);
  head.writeInt32LE(1, 16);
  return head;
};

/** A copy that shares nothing, as a document has when it was stored and read. */
export const copy = <T extends object>(document: T): T =>
  deserialize(serialize(document, { ignoreUndefined: true }), { promoteBuffers: false }) as T;

export const sizeOf = (document: object): number =>
  mongoose.mongo.BSON.calculateObjectSize(document);
