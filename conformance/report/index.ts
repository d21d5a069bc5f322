export * from './document.js';
export { labelled, PLAIN, type Style } from './style.js';
export { reportToText, type TextOptions } from './text.js';
