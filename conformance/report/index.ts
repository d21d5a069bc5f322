export { commandLine } from './command-line.js';
export * from './document.js';
export { ReportError, type ReportErrorCode } from './errors.js';
export { reportToJson } from './json.js';
export { readReport } from './read.js';
export { hanging, labelled, PLAIN, type Style } from './style.js';
export { reportToText, setToText, type TextOptions } from './text.js';
export { cutToColumns } from './width.js';
