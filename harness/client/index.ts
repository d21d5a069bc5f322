export { Connection } from './connection.js';
export { Client, type Reply } from './dispensed.js';
export { ConnectionError, type ConnectionErrorCode } from './errors.js';
export type { LaunchOptions } from './launch-options.js';
export { launch, LaunchedPlugin } from './launched-plugin.js';
export { connectSocket, type SocketOptions } from './socket.js';
