import { readFileSync } from 'node:fs';

function ownPackage(): { name: string; version: string } {
  // The package's root is two folders up in the sources, and one more in what is built.
  for (const up of ['../../package.json', '../../../package.json']) {
    try {
      return JSON.parse(readFileSync(new URL(up, import.meta.url), 'utf8')) as {
        name: string;
        version: string;
      };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    }
  }
  throw new Error('The package.json of iglu-conformance is missing.');
}

const { name, version } = ownPackage();

/** This tool, as it stands in reports. */
export const TOOL = { name, version } as const;
