// concerns: how sure a write must be before it counts, and what a read may see. Said with every collection, because what the
// url says would else count more than what the connection does.
// https://www.mongodb.com/docs/manual/reference/write-concern/

/** A write is on the disks of a majority when it is acknowledged; a read sees only what a majority has. */
export const concerns = {
  writeConcern: { w: 'majority', journal: true },
  readConcern: { level: 'majority' },
  readPreference: 'primary',
} as const;
