import { ByteString, Complex, type Value } from '../value/index.js';
import { Misfit, unfit } from './misfit.js';
import type { Writer } from './writer.js';

type EncodeScalar = (writer: Writer, value: Value | undefined) => void;

const INT_MIN = -(2n ** 63n);
const INT_MAX = 2n ** 63n - 1n;
const UINT_MAX = 2n ** 64n - 1n;

export const encodeBool: EncodeScalar = (writer, value) => {
  if (typeof value !== 'boolean') throw unfit(value, 'true or false');
  writer.byte(value ? 1 : 0);
};

export const encodeInt: EncodeScalar = (writer, value) => {
  if (typeof value === 'number' && Number.isSafeInteger(value)) {
    writer.int(value);
  } else {
    const integer = toBigInt(value);
    if (integer < INT_MIN || integer > INT_MAX) throw unfit(value, `an integer of ${INT_MIN} to ${INT_MAX}`);
    writer.bigInt(integer);
  }
};

export const encodeUint: EncodeScalar = (writer, value) => {
  if (typeof value === 'number' && value >= 0 && Number.isSafeInteger(value)) {
    writer.uint(value);
  } else {
    const integer = toBigInt(value);
    if (integer < 0n || integer > UINT_MAX) throw unfit(value, `an integer of 0 to ${UINT_MAX}`);
    writer.bigUint(integer);
  }
};

export const encodeFloat: EncodeScalar = (writer, value) => {
  if (typeof value !== 'number') throw unfit(value, 'a number');
  writer.float(value);
};

export const encodeComplex: EncodeScalar = (writer, value) => {
  if (!(value instanceof Complex)) throw unfit(value, 'a Complex');
  writer.float(value.re);
  writer.float(value.im);
};

export const encodeString: EncodeScalar = (writer, value) => {
  if (typeof value === 'string') {
    if (!writer.string(value)) throw new Misfit('a string with half a surrogate pair has no UTF-8 form');
  } else if (value instanceof ByteString) {
    writer.bytes(value.bytes);
  } else {
    throw unfit(value, 'a string');
  }
};

export const encodeBytes: EncodeScalar = (writer, value) => {
  if (!(value instanceof Uint8Array)) throw unfit(value, 'a Uint8Array');
  writer.bytes(value);
};

function toBigInt(value: Value | undefined): bigint {
  if (typeof value === 'bigint') return value;
  if (typeof value === 'number' && Number.isInteger(value)) return BigInt(value);
  throw unfit(value, 'an integer');
}
