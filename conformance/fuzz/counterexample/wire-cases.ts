import type { WireCase } from '../wire/index.js';
import type { WireCaseDocument } from './counterexample.js';

/** Malformed conversations as they stand in a file. */
export function wireCasesToDocument(cases: readonly WireCase[]): WireCaseDocument[] {
  return cases.map(({ layer, mutations, parts, brokerId, ending }) => ({
    layer,
    mutations,
    parts: parts.map(({ bytes, dispensed, brokerIdAt }) => ({
      bytes: Buffer.from(bytes).toString('base64'),
      dispensed,
      brokerIdAt,
    })),
    brokerId,
    ending,
  }));
}

/** Malformed conversations of a file, to be had again. */
export function wireCasesOf(cases: readonly WireCaseDocument[]): WireCase[] {
  return cases.map(({ parts, ...rest }) => ({
    kind: 'wire',
    ...rest,
    parts: parts.map(({ bytes, ...part }) => ({ ...part, bytes: Buffer.from(bytes, 'base64') })),
  }));
}
