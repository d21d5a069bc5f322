export { autoMtls, type ServerTls } from './auto-mtls.js';
export { contractService, type Handler } from './contract-service.js';
export { PluginConnection, type PluginConnectionOptions, type PluginContext, type PluginFactory } from './plugin-connection.js';
export { PluginServer, serve, type ServeOptions } from './serve.js';
