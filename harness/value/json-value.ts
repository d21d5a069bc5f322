/** Whatever `JSON.parse` returns and `JSON.stringify` takes without loss. */
export type JsonValue = null | boolean | number | string | JsonValue[] | JsonObject;

export interface JsonObject {
  [name: string]: JsonValue;
}
