export { formatTapeLine, Tape, type TapeEntry, type TapeLine } from './tape.js';
