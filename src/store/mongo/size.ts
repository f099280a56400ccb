// size: whether a document is larger than MongoDB keeps one.
// https://www.mongodb.com/docs/manual/reference/limits/#mongodb-limit-BSON-Document-Size

import mongoose from 'mongoose';

const mostBytes = 16 * 1024 * 1024;
/** What a command and a later deletion add around the document. */
const margin = 64 * 1024;
/** A text this short is never too large, whatever its index values are. */
const surelySmall = 1024 * 1024;

/** Words for what is wrong, undefined when it is small enough. */
export const tooLarge = (document: object, text: string): string | undefined => {
  if (text.length < surelySmall) return undefined;
  const bytes = mongoose.mongo.BSON.calculateObjectSize(document);
  if (bytes <= mostBytes - margin) return undefined;
  const megabytes = (bytes / 1024 / 1024).toFixed(1);
  return `is ${megabytes} MB large with its index values, and the database keeps 16 MB at most: put large attachments into a Binary and refer to it.`;
};
