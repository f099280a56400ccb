// PDF: opens a document with Mozilla's library, whose work is done in a thread of its own. https://mozilla.github.io/pdf.js/

import { getDocument, GlobalWorkerOptions, type PDFDocumentProxy } from 'pdfjs-dist';
import workerAddress from 'pdfjs-dist/build/pdf.worker.min.mjs?url';

export interface OpenPdf {
  readonly opened: Promise<PDFDocumentProxy>;
  readonly close: () => void;
}

GlobalWorkerOptions.workerSrc = workerAddress;

/** A document may carry scripts and forms; neither is run. */
export const openPdf = (data: ArrayBuffer): OpenPdf => {
  const task = getDocument({ data, enableXfa: false, useWasm: false });
  return { opened: task.promise, close: () => void task.destroy() };
};
