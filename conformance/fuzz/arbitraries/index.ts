export { callArbitrary, withTaken } from './call-arbitrary.js';
export { ArbitraryError, type ArbitraryErrorCode } from './errors.js';
export { argsArbitrary, replyArbitrary } from './method-arbitrary.js';
