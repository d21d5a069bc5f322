/** The shape of a contract after it was found valid against `contract.schema.json`. */
export interface ContractDocument {
  readonly name: string;
  readonly title?: string;
  readonly description?: string;
  readonly handshake: {
    readonly protocolVersions: readonly number[];
    readonly magicCookieKey: string;
    readonly magicCookieValue: string;
  };
  readonly exclusive?: boolean;
  readonly plugins: Readonly<Record<string, PluginDocument>>;
  readonly errorTypes?: Readonly<Record<string, Schema>>;
  readonly hostServices?: Readonly<Record<string, ServiceDocument>>;
  readonly laws?: string;
  readonly $defs?: Readonly<Record<string, Schema>>;
}

export interface PluginDocument {
  readonly description?: string;
  readonly transport?: 'netrpc' | 'grpc';
  readonly methods?: Readonly<Record<string, MethodDocument>>;
  readonly services?: readonly string[];
}

export interface ServiceDocument {
  readonly description?: string;
  readonly methods: Readonly<Record<string, MethodDocument>>;
}

export interface MethodDocument {
  readonly description?: string;
  readonly required?: boolean;
  readonly once?: boolean;
  readonly stable?: boolean;
  readonly unordered?: boolean;
  readonly readOnly?: boolean;
  readonly effects?: 'none' | 'local' | 'external';
  readonly args: Schema | null;
  readonly reply: Schema | null;
}

/** The part of JSON Schema 2020-12 that contracts have, with the annotations for Go. */
export interface Schema {
  readonly $ref?: string;
  readonly $comment?: string;
  readonly title?: string;
  readonly description?: string;
  readonly deprecated?: boolean;
  readonly examples?: readonly unknown[];
  readonly type?: 'boolean' | 'integer' | 'number' | 'string' | 'array' | 'object';
  readonly go?: 'uint' | '[]byte' | 'array' | 'error' | 'interface' | 'complex';
  readonly goKey?: 'int' | 'uint' | 'float' | 'bool';
  readonly brokerId?: string;
  readonly valuesFrom?: string;
  readonly should?: Schema;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly exclusiveMaximum?: number;
  readonly multipleOf?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly pattern?: string;
  readonly format?: string;
  readonly contentEncoding?: 'base64';
  readonly items?: Schema;
  readonly prefixItems?: readonly Schema[];
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly uniqueItems?: boolean;
  readonly uniqueBy?: string;
  readonly contains?: Schema;
  readonly minContains?: number;
  readonly maxContains?: number;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: Schema | boolean;
  readonly propertyNames?: Schema;
  readonly minProperties?: number;
  readonly maxProperties?: number;
  readonly allOf?: readonly Schema[];
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly not?: Schema;
  readonly if?: Schema;
  readonly then?: Schema;
  readonly else?: Schema;
}

const REF_PREFIX = '#/$defs/';

/** The name that a `$ref` refers to. The format allows no other references. */
export function refName(ref: string): string {
  return ref.slice(REF_PREFIX.length);
}

/** A contract's document while it is read: where it came from, and the types that it names. */
export interface Scope {
  readonly source: string;
  readonly definitions: ReadonlyMap<string, Schema>;
}
