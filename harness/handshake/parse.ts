import { CORE_PROTOCOL_VERSION, MIN_FIELDS } from './constants.js';
import { HandshakeError, Refusal } from './errors.js';
import {
  readAddress,
  readCertificate,
  readCoreVersion,
  readMultiplex,
  readProtocol,
  readProtocolVersion,
} from './fields.js';
import { trimSpace } from './go-text.js';
import type { Handshake, HandshakeExpectations } from './handshake.js';
import { notAHandshake } from './not-a-handshake.js';

/**
 * Reads a handshake line as go-plugin's client does, field by field and in its order (client.go, `Start`).
 *
 * Three kinds of line are refused here that a Go host takes at first: a tcp address that is not a loopback address,
 * a port or socket path that nobody can connect to, and a certificate that OpenSSL cannot read.
 *
 * @throws HandshakeError naming the first field that a host would refuse.
 */
export function parseHandshake(rawLine: string, expect: HandshakeExpectations): Handshake {
  const line = trimSpace(rawLine);
  try {
    return readLine(line, expect);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    throw new HandshakeError({ ...error.details, line });
  }
}

function readLine(line: string, expect: HandshakeExpectations): Handshake {
  const fields = line.split('|');
  if (fields.length < MIN_FIELDS) throw notAHandshake(line, fields.length);
  const [core = '', version = '', network = '', address = '', protocolText, certificate, multiplex] = fields;
  readCoreVersion(core, fields.length);
  const protocolVersion = readProtocolVersion(version, expect);
  const where = readAddress(network, address, expect);
  const protocol = readProtocol(protocolText, expect);
  return {
    line,
    coreVersion: CORE_PROTOCOL_VERSION,
    protocolVersion,
    address: where,
    protocol,
    certificate: readCertificate(certificate, expect),
    multiplex: readMultiplex(multiplex, protocol, expect),
  };
}
