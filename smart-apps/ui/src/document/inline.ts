// Inline: the bytes of an attachment that carries them itself, in base64. https://hl7.org/fhir/R4/datatypes.html#base64Binary

export const blobOfBase64 = (data: string, contentType = 'application/octet-stream'): Blob => {
  const bytes = Uint8Array.from(atob(data.replaceAll(/\s/g, '')), (letter) => letter.charCodeAt(0));
  return new Blob([bytes], { type: contentType });
};
