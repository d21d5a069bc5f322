import { toJson, type JsonValue, type ValueStruct } from '../../harness/value/index.js';
import type { SubjectFacts } from '../report/index.js';
import type { Subject } from '../subject/index.js';

/** What is known of a subject that never shook hands. */
export function bareFacts(command: readonly string[], sha256: string | null): SubjectFacts {
  return { kind: 'plugin', command, sha256, transport: null, protocolVersion: null, manifest: null };
}

/** What was learned of the subject by the way. @throws LaunchError when it could not be started */
export async function seenFacts(subject: Subject, bare: SubjectFacts): Promise<SubjectFacts> {
  const { handshake } = await subject.firstLaunch();
  if (!handshake) return bare;
  return {
    ...bare,
    transport: handshake.protocol,
    protocolVersion: handshake.protocolVersion,
    manifest: await manifestOf(subject),
  };
}

/** The manifest as the plugin sent it, when it was asked for anyway. */
async function manifestOf(subject: Subject): Promise<JsonValue> {
  // What went wrong while it was asked is told by the checks that asked.
  const seen = await subject.seen('GetManifest')?.catch(() => undefined);
  if (seen?.first?.kind !== 'reply') return null;
  const { value = null } = seen.first.reply;
  return toJson((value as ValueStruct | null)?.['Manifest'] ?? value);
}
