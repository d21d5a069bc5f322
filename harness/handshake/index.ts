export { formatAddress, MAX_SOCKET_PATH_BYTES, type PluginAddress } from './address.js';
export { formatCertificateField } from './certificate-field.js';
export { createCertificate, type CertificatePair } from './certificate.js';
export * from './constants.js';
export { handshakeEnvironment, type HandshakeOffer } from './environment.js';
export { HandshakeError, type HandshakeErrorCode, type HandshakeField } from './errors.js';
export type { Handshake, HandshakeExpectations, PluginProtocol } from './handshake.js';
export { parseHandshake } from './parse.js';
