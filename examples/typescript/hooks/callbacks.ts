import { INT, type PluginContext, type RpcMethod, type Value } from '../../../harness/server/index.js';
import { withApi } from './host-api.js';
import type { CopyKeysArgs, CopyKeysReply, Int, LogLinesArgs, SumKeysArgs, SumKeysReply } from './types.js';

export function logLines(context: PluginContext, { API, Lines }: LogLinesArgs): Promise<number> {
  return withApi(context, API, async (api) => {
    for (const [index, line] of Lines.entries()) {
      await api.log('info', line, new Map([['line', String(index + 1)]]));
    }
    return Lines.length;
  });
}

export function sumKeys(context: PluginContext, { API, Keys }: SumKeysArgs): Promise<SumKeysReply> {
  return withApi(context, API, async (api) => {
    let Total = 0n;
    const Missing: string[] = [];
    for (const key of Keys) {
      const text = Buffer.from(await api.get(key)).toString();
      if (/^[+-]?\d+$/.test(text)) Total += BigInt(text);
      else Missing.push(key);
    }
    return { Total, Missing };
  });
}

export function copyKeys(
  context: PluginContext,
  { API, Keys, Prefix }: CopyKeysArgs,
): Promise<CopyKeysReply> {
  return withApi(context, API, async (api) => {
    let Bytes = 0;
    const Missing: string[] = [];
    for (const key of Keys) {
      const value = await api.get(key);
      if (value.length === 0) {
        Missing.push(key);
        continue;
      }
      await api.set(Prefix + key, value);
      Bytes += value.length;
    }
    return { Bytes, Missing };
  });
}

/** A counter lives in the plugin for as long as the host holds its connection. */
export function openCounter(context: PluginContext, start: Int): number {
  let value = BigInt(start);
  const Add: RpcMethod = {
    args: INT,
    reply: INT,
    handle: (delta: Value) => {
      // As Go's int64 does, it goes round.
      value = BigInt.asIntN(64, value + BigInt(delta as Int));
      return value;
    },
  };
  return context.serveHost(new Map([['Add', Add]]));
}
