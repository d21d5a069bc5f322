import { quote } from '../../../harness/quote.js';
import type { JsonObject, JsonValue } from '../../../harness/value/index.js';
import { AdapterError } from './errors.js';
import type { Line } from './lines.js';
import { MAX_LINE_BYTES, type AdapterMethod, type AdapterRequest, type RequestId } from './protocol.js';

/** The params of each method: those that are needed, each a string, and those that may be there, of any type. */
const PARAMS: Readonly<Record<AdapterMethod, { needed: readonly string[]; optional?: readonly string[] }>> = {
  load: { needed: ['dir'] },
  list: { needed: [] },
  call: { needed: ['id', 'method'], optional: ['args'] },
  start: { needed: ['id'] },
  stop: { needed: ['id'] },
  reload: { needed: ['id'] },
  unload: { needed: ['id'] },
  shutdown: { needed: [] },
};

/** A request, with the id under which it is to be answered; `undefined` of one that wants no answer. */
export interface Received {
  readonly id: RequestId | undefined;
  readonly request: AdapterRequest;
}

/** @throws AdapterError, with the request's id where it could be read */
export function readRequest(line: Line): Received {
  const json = parse(line);
  if (!isObject(json))
    throw new AdapterError('ADAPTER_REQUEST', 'A request is a JSON object, one a line.', null);
  const { jsonrpc, id, method } = json;
  const known = typeof id === 'string' || typeof id === 'number' ? id : undefined;
  const refuse = (message: string): AdapterError =>
    new AdapterError('ADAPTER_REQUEST', message, known ?? null);
  if ('id' in json && known === undefined) throw refuse('The id of a request is a string or a number.');
  if (jsonrpc !== '2.0') throw refuse('A request has "jsonrpc": "2.0".');
  if (typeof method !== 'string') throw refuse('A request has a method, which is a string.');
  return { id: known, request: readMethod(method, json['params'], known) };
}

function parse(line: Line): JsonValue {
  if ('tooLong' in line)
    throw new AdapterError(
      'ADAPTER_REQUEST',
      `A line has more than ${MAX_LINE_BYTES} bytes; it was not read.`,
      null,
    );
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(line.bytes)) as JsonValue;
  } catch (error) {
    // V8 quotes the text itself, and Node's decoder tells of no place.
    const { message } = error as Error;
    throw new AdapterError('ADAPTER_PARSE', `A line is no JSON in UTF-8: ${quote(message)}.`, null);
  }
}

function readMethod(method: string, given: JsonValue | undefined, id: RequestId | undefined): AdapterRequest {
  if (!Object.hasOwn(PARAMS, method)) {
    const names = Object.keys(PARAMS).join(', ');
    throw new AdapterError('ADAPTER_METHOD', `There is no method ${quote(method)}; there are ${names}.`, id);
  }
  const { needed, optional = [] } = PARAMS[method as AdapterMethod];
  const refuse = (message: string): AdapterError =>
    new AdapterError('ADAPTER_PARAMS', `${message} in the params of ${method}.`, id);
  const params = given ?? {};
  if (!isObject(params)) throw refuse('Names and values, an object, are needed');
  const missing = needed.find((name) => typeof params[name] !== 'string');
  if (missing !== undefined) throw refuse(`${missing}, a string, is missing`);
  const unknown = Object.keys(params).find((name) => !needed.includes(name) && !optional.includes(name));
  if (unknown !== undefined) throw refuse(`There is no ${quote(unknown)}`);
  return { method, params } as unknown as AdapterRequest;
}

function isObject(json: JsonValue): json is JsonObject {
  return typeof json === 'object' && json !== null && !Array.isArray(json);
}
