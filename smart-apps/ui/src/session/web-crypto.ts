// Web Crypto: in place of the substitute that the SMART library brings for browsers of before. https://www.w3.org/TR/WebCryptoAPI/

export { crypto as default };
const { crypto } = globalThis;
