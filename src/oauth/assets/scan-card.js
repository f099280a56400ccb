// Scan card: reads the QR codes of a health card, by the camera or from pictures, and sends their text with the page's form.
// https://hl7.org/fhir/uv/smart-health-cards-and-links/STU1/cards-specification.html#encoding-qrs

'use strict';

const form = document.querySelector('form[data-scan]');
const button = document.querySelector('#camera');
const video = document.querySelector('#seen');
const file = document.querySelector('#file');
const cameraState = document.querySelector('#camera-state');
const pictureState = document.querySelector('#picture-state');

const words = {
  on: 'Hold the QR code of the card before the camera.',
  off: 'The camera is off.',
  stranger: 'This QR code is not that of a health card.',
  noPicture: 'This picture cannot be opened. Choose another one.',
  noCode: 'No QR code of a health card was found in this picture. Choose a sharper or nearer one.',
};

const otherWays = 'Choose a picture or file of the card below, or paste its text.';
const reasons = {
  NotAllowedError: 'This page may not use the camera. Allow it in the settings of your browser.',
  SecurityError: 'This page may not use the camera.',
  NotFoundError: 'No camera was found on this device.',
  NotReadableError: 'The camera is used by something else.',
};
const noCamera = 'This browser does not let this page use a camera.';

// A card too long for one code has several: what was read of them, by their places.

const pattern = /^shc:\/(?:(\d+)\/(\d+)\/)?\d+$/;
let parts = new Map();
let count = 0;

/** Tells what is read by now, and sends the card when it is whole. */
const gather = (code, tell) => {
  const found = pattern.exec(code);
  if (!found) {
    tell(words.stranger);
    return;
  }
  const [, place = '1', all = '1'] = found;
  const isOther = count !== Number(all) || (parts.get(place) ?? code) !== code;
  if (isOther) parts = new Map();
  count = Number(all);
  parts.set(place, code);
  tell(`${parts.size} of ${count} codes read.${parts.size < count ? ' Show the next one.' : ''}`);
  if (parts.size === count) send([...parts.values()]);
};

const send = (codes) => {
  stop();
  parts = new Map();
  form.elements.namedItem('card').value = codes.join('\n');
  file.value = '';
  form.submit();
};

// The browser's own reader of codes, or the library's, which has the same shape.

const createDetector = async () => {
  const formats = await globalThis.BarcodeDetector?.getSupportedFormats();
  const native = formats?.includes('qr_code') ? globalThis.BarcodeDetector : undefined;
  return new (native ?? (await loadReader()))({ formats: ['qr_code'] });
};

const loadReader = async () =>
  (await import(document.querySelector('[data-reader]').dataset.reader)).BarcodeDetector;

let detector;

/** A native reader may be there and not work: its service is missing. */
const readCodes = async (source) => {
  detector ??= await createDetector();
  const found = await detector.detect(source).catch(async () => {
    detector = new (await loadReader())({ formats: ['qr_code'] });
    return detector.detect(source);
  });
  return found.map(({ rawValue }) => rawValue);
};

// The camera: on from a press of the button until the card is whole, another press, or leaving the page.

const tellCamera = (text) => {
  if (cameraState.textContent !== text) cameraState.textContent = text;
};

/** What the camera is on for; undefined while it is off. */
let session;

const start = async () => {
  const mine = (session = {});
  button.textContent = 'Stop the camera';
  try {
    const stream = await openCamera();
    if (session === mine) await watch(mine, stream);
    else closeCamera(stream);
  } catch (error) {
    if (session !== mine) return;
    stop();
    tellCamera(`${reasons[error.name] ?? noCamera} ${otherWays}`);
  }
};

/** The densest code has 105 modules on each side. */
const openCamera = () =>
  navigator.mediaDevices.getUserMedia({
    video: { facingMode: 'environment', width: { ideal: 1920 }, height: { ideal: 1080 } },
  });

const closeCamera = (stream) => stream?.getTracks().forEach((track) => track.stop());

const watch = async (mine, stream) => {
  mine.stream = stream;
  stream.getVideoTracks()[0].addEventListener('ended', leave);
  video.srcObject = stream;
  video.hidden = false;
  tellCamera(words.on);
  await video.play();
  while (session === mine) {
    const codes = await readCodes(video);
    for (const code of codes) if (session === mine) gather(code, tellCamera);
    await new Promise((resolve) => setTimeout(resolve, 80));
  }
};

const stop = () => {
  closeCamera(session?.stream);
  session = undefined;
  video.srcObject = null;
  video.hidden = true;
  button.textContent = 'Scan with the camera';
};

const leave = () => {
  if (!session) return;
  stop();
  tellCamera(words.off);
};

// Pictures: read here when the form is sent, so that only the text of the card leaves the device.

const readPicture = async (picture) => {
  const tell = (text) => (pictureState.textContent = text);
  tell('');
  const bitmap = await createImageBitmap(picture).catch(() => undefined);
  if (!bitmap) return tell(words.noPicture);
  const codes = await readCodes(bitmap);
  if (codes.length === 0) return tell(words.noCode);
  for (const code of codes) gather(code, tell);
};

form.addEventListener('submit', (event) => {
  const [chosen] = file.files;
  if (!chosen?.type.startsWith('image/')) return;
  event.preventDefault();
  readPicture(chosen).catch(() => (pictureState.textContent = words.noPicture));
});
button.addEventListener('click', () => (session ? leave() : start()));
addEventListener('pagehide', leave);
document.addEventListener('visibilitychange', () => document.hidden && leave());
document.querySelectorAll('[data-with-script]').forEach((each) => (each.hidden = false));
