// Save: gives bytes to the browser to be kept as a file.

/** The address is given back at once; a page of foreign bytes is never opened under it. */
export const saveAs = (blob: Blob, fileName: string): void => {
  const plain = new Blob([blob], { type: 'application/octet-stream' });
  const address = URL.createObjectURL(plain);
  const link = document.createElement('a');
  link.href = address;
  link.download = fileName;
  link.click();
  // The browser has taken it up by the next turn.
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
};
