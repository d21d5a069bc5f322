import type { Contract, Schema } from '../../harness/contract/index.js';
import { quote } from '../../harness/quote.js';
import { InterfaceValue, toJson, type Value } from '../../harness/value/index.js';

/** How a `$ref` begins; the format of contracts has no other. */
const REF = '#/$defs/';

/**
 * The error in a reply, as text: in the fields that the contract declares as Go's `error`, or the reply itself.
 * `undefined` when there is none, or it is nil.
 */
export function errorInReply(
  contract: Contract,
  plugin: string,
  method: string,
  reply: Value,
): string | undefined {
  const schema = resolve(contract, contract.json.plugins[plugin]?.methods?.[method]?.reply ?? undefined);
  if (schema?.go === 'error') return textOf(reply);
  for (const [field, declared] of Object.entries(schema?.properties ?? {})) {
    if (resolve(contract, declared)?.go !== 'error') continue;
    const text = textOf((reply as Record<string, Value>)[field] ?? null);
    if (text !== undefined) return text;
  }
  return undefined;
}

function resolve(contract: Contract, schema: Schema | undefined): Schema | undefined {
  if (schema?.$ref === undefined) return schema;
  return resolve(contract, contract.json.$defs?.[schema.$ref.slice(REF.length)]);
}

function textOf(error: Value): string | undefined {
  if (error === null) return undefined;
  if (!(error instanceof InterfaceValue)) return quote(JSON.stringify(toJson(error)));
  return `${quote(error.typeName)} ${quote(JSON.stringify(toJson(error.value)))}`;
}
