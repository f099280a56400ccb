// The file of the embedded store in its data folder.

export const fileName = 'meridian.db';
