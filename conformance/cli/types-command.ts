import { contractToTypeScript, loadContract } from '../../harness/contract/index.js';

/** `iglu-conformance types <contract>`: TypeScript types of a contract, on stdout. */
export async function typesCommand(name: string): Promise<number> {
  process.stdout.write(await contractToTypeScript(await loadContract(name)));
  return 0;
}
