export { type BrokerId } from './broker-ids.js';
export type { Contract, Handshake, MethodContract, PluginContract, ServiceContract } from './contract.js';
export type {
  ContractDocument,
  MethodDocument,
  PluginDocument,
  Schema,
  ServiceDocument,
} from './document.js';
export { refName } from './document.js';
export { ContractError, type ContractErrorCode, type Mistake } from './errors.js';
export { allowed, greatest, least } from './facets.js';
export { FORMATS } from './formats.js';
export { loadContract } from './load.js';
export { parseContract } from './parse.js';
export { protocolOnlyContract } from './protocol-only.js';
export { mayBeNil } from './recursion.js';
export { UNLIKELY_NUMBER } from './sample-number.js';
export { UNLIKELY_TEXT } from './sample-string.js';
export { type ContractSchemas, schemasOf, type TypedSchemas, type Verdict } from './schemas.js';
export { contractToTypeScript } from './typescript.js';
export type { Violation } from './violations.js';
export { valuesAt, withValue, type ValueSource } from './value-sources.js';
