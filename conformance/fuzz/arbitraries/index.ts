export { callArbitrary, withTaken } from './call-arbitrary.js';
export { argsArbitrary } from './method-arbitrary.js';
