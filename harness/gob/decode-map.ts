import type { Value, ValueMap } from '../value/index.js';
import { SUSPENDED, type DecodeContext, type DecodeFunction, type Frame } from './decode-context.js';
import type { MapType } from './types.js';

/** A map that is being read: how many entries are to come, and the key whose element is next, if there is one. */
interface Progress {
  readonly type: MapType;
  readonly depth: number;
  readonly map: ValueMap;
  readonly count: number;
  left: number;
  key: Value | undefined;
}

/** A map is a count and as many keys and elements in turn (doc.go). */
export function decodeMap(type: MapType): DecodeFunction {
  return (context, depth) => {
    const { reader } = context;
    reader.checkDepth(depth);
    const count = reader.uintNumber();
    reader.charge(count * 2);
    return readEntries(context, { type, depth, map: new Map(), count, left: count, key: undefined });
  };
}

function readEntries(context: DecodeContext, progress: Progress): Value | typeof SUSPENDED {
  const { type, depth, map } = progress;
  while (progress.left > 0) {
    if (progress.key === undefined) {
      const key = readPart(context, progress, context.functionFor(type.key), depth);
      if (key === SUSPENDED) return SUSPENDED;
      progress.key = key;
    }
    const elem = readPart(context, progress, context.functionFor(type.elem), depth);
    if (elem === SUSPENDED) return SUSPENDED;
    map.set(progress.key, elem);
    progress.key = undefined;
    progress.left--;
  }
  return map;
}

function readPart(
  context: DecodeContext,
  progress: Progress,
  decode: DecodeFunction,
  depth: number,
): Value | typeof SUSPENDED {
  const { reader } = context;
  if (reader.pos >= reader.end) {
    throw reader.malformed(`a map of ${progress.count} entries ends with ${progress.left} to come`);
  }
  const part = decode(context, depth + 1);
  return part === SUSPENDED ? context.suspend(new MapFrame(progress)) : part;
}

class MapFrame implements Frame {
  readonly #progress: Progress;

  constructor(progress: Progress) {
    this.#progress = progress;
  }

  resume(context: DecodeContext, part: Value): Value | typeof SUSPENDED {
    const progress = this.#progress;
    if (progress.key === undefined) {
      progress.key = part;
    } else {
      progress.map.set(progress.key, part);
      progress.key = undefined;
      progress.left--;
    }
    return readEntries(context, progress);
  }
}
