import schema from './adapter.schema.json' with { type: 'json' };

/** The JSON Schema 2020-12 of every line that a host and its driver may send; `$defs` has each message by its name. */
export const ADAPTER_SCHEMA: Readonly<Record<string, unknown>> = schema;
